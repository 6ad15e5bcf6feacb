"""A command in words: what each part does, how dangerous it is, what happens to files. Nothing is guessed.

The parts are those of the command as it is written: `structure` walks the syntax tree, with `compounds` for loops and
conditions, `written` keeps the words with their quotes, `meaning` looks programs, options and operands up in the table
(see `programs`), `finding` does that for find and `conditions` for the tests of `[` and `[[`, `redirecting` for
redirections; `within` finds the commands inside other commands' arguments, `effects` says what happens to files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shellper.errors import UsageError
from shellper.safety.explanation.parts import Part
from shellper.safety.explanation.structure import described
from shellper.safety.explanation.written import display
from shellper.safety.judge import assess
from shellper.safety.levels import Level
from shellper.safety.marks import without_marks
from shellper.safety.syntax import SyntaxProblem

__all__ = ["Explanation", "Part", "explain"]


@dataclass(frozen=True)
class Explanation:
    """A command in words."""

    command: str
    parts: list[Part]
    level: Level
    reasons: list[str] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The explanation as lines for people."""
        lines = []
        width = min(max((len(part.text) for part in self.parts if part.depth), default=0), 28)
        for part in self.parts:
            lines.append(f"  {part.text:<{width}}  {part.meaning}" if part.depth else f"{part.text}\n  {part.meaning}")
        reasons = f" ({'; '.join(self.reasons)})" if self.reasons else ""
        return "\n".join([*lines, "", f"Risk: {self.level.value}{reasons}", *(f"Files: {e}" for e in self.effects)])

    def as_json(self, command: str) -> dict[str, Any]:
        """The explanation of `command` as JSON values."""
        return {
            "command": command,
            "parts": [{"text": part.text, "meaning": part.meaning, "depth": part.depth} for part in self.parts],
            "level": self.level.value,
            "reasons": self.reasons,
            "effects": self.effects,
        }


def explain(text: str, *, cwd: Path | None = None) -> Explanation:
    """What each part of a command line does, its risk, and what it does to files.

    Raises UsageError when bash cannot parse it.
    """
    try:
        parts, effects = described(without_marks(text))
    except SyntaxProblem as problem:
        raise UsageError(f"nothing to explain: {problem}; check quotes and brackets") from None
    verdict = assess(text, cwd=cwd)
    return Explanation(display(text), parts, verdict.level, verdict.reasons, effects or ["no file is changed"])
