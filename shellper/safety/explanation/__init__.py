"""A command in words: what each part does, how dangerous it is, what happens to files. Nothing is guessed.

The parts are those of the command as it is written: `structure` walks the syntax tree, with `compounds` for loops and
conditions, `written` keeps the words with their quotes, `meaning` looks programs, options and operands up in the table
(see `programs`), `find` does that for find and `conditions` for the tests of `[` and `[[`, `redirecting` for
redirections; `within` finds the commands inside other commands' arguments, `effects` says what happens to files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shellper.errors import UsageError
from shellper.safety.bash.marks import without_marks
from shellper.safety.explanation.parts import Part
from shellper.safety.explanation.structure import MOST_PARTS, described
from shellper.safety.judge import assess
from shellper.safety.levels import Level
from shellper.safety.syntax import SyntaxProblem

__all__ = ["Explanation", "Part", "explain"]


@dataclass(frozen=True)
class Explanation:
    """A command in words."""

    parts: list[Part]
    level: Level
    reasons: list[str] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """The programs that shellper does not know."""

    def text(self) -> str:
        """The explanation as lines for people."""
        lines = []
        width = min(max((len(part.text) for part in self.parts if part.depth), default=0), 28)
        for part in self.parts:
            lines.append(f"  {part.text:<{width}}  {part.meaning}" if part.depth else f"{part.text}\n  {part.meaning}")
        return "\n".join([*lines, "", f"Risk: {self._risk()}", *(f"Files: {effect}" for effect in self.effects)])

    @property
    def reservation(self) -> str:
        """What stands against calling a command safe without more words; empty where nothing does."""
        if self.level is not Level.SAFE or not self.unknown:
            return ""
        return f"what {' and '.join(self.unknown)} {'does' if len(self.unknown) == 1 else 'do'} is not known"

    def _risk(self) -> str:
        if self.reservation:
            return f"safe as far as is known: {self.reservation}"
        return self.level.value + (f" ({'; '.join(self.reasons)})" if self.reasons else "")

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
        said = described(without_marks(text))
    except SyntaxProblem as problem:
        raise UsageError(f"nothing to explain: {problem}; check quotes and brackets") from None
    verdict = assess(text, cwd=cwd)
    effects = list(dict.fromkeys(said.effects)) or ["no file is changed"]
    unknown = list(dict.fromkeys(said.unknown))[:3]
    return Explanation(said.parts[:MOST_PARTS], verdict.level, verdict.reasons, effects, unknown)
