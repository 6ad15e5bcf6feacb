"""What the user says was wrong, kept on this machine until it is exported as training data.

Correction       a conversation, its last answer if there was one, and the right one
Feedback         one JSON line for each in the state folder: the owner's alone, never sent anywhere
conversations    what training takes of them
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shellper import user_dirs
from shellper.errors import StateError, UsageError
from shellper.storage import locked, replace_file
from shellper.text import NO_UTF8, is_utf8

Turns = tuple[tuple[str, str], ...]
"""Requests, each with its answer."""

MOST_BYTES = 16_000_000
"""Beyond which nothing is added."""


@dataclass(frozen=True)
class Correction:
    """The turns before, the request, the wrong answer (empty if there was none), and the right one (empty if the user
    did not say it).

    A right answer that begins with `# ` is a question that should have been asked.
    """

    earlier: Turns
    request: str
    wrong: str
    right: str = ""
    time: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The correction as JSON values."""
        return {
            "earlier": [list(turn) for turn in self.earlier],
            "request": self.request,
            "wrong": self.wrong,
            "right": self.right,
            "time": self.time,
        }

    @classmethod
    def from_json(cls, value: Any) -> Correction:
        """The correction that as_json gave. Raises ValueError for anything else."""
        try:
            earlier = tuple((str(request), str(command)) for request, command in value["earlier"])
            request, wrong, right = (str(value[name]) for name in ("request", "wrong", "right"))
            return cls(earlier, request, wrong, right, float(value.get("time", 0.0)))
        except (KeyError, TypeError, AttributeError):
            raise ValueError("no correction") from None


class Feedback:
    """The corrections on disk."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or user_dirs.state_dir() / "feedback.jsonl"

    def load(self) -> list[Correction]:
        """All of them, the oldest first. Raises StateError if the file cannot be read."""
        try:
            lines = self.file.read_text(encoding="utf-8").splitlines()
            return [Correction.from_json(json.loads(line)) for line in lines if line.strip()]
        except FileNotFoundError:
            return []
        except (ValueError, RecursionError):
            raise StateError(f"{self.file} is damaged: mend it, or shellper feedback clear") from None
        except OSError as error:
            raise self._failure("read", error) from None

    def add(self, correction: Correction) -> Correction:
        """Keeps one more, as it is returned: in the place of a former one of the same request, whose right answer stays
        if the new one has none. Raises StateError.
        """
        same = (correction.earlier, correction.request)
        try:
            with locked(user_dirs.private_folder(self.file.parent)):
                kept: list[Correction] = []
                for each in self.load():
                    if (each.earlier, each.request) != same:
                        kept.append(each)
                    elif not correction.right:
                        correction = replace(correction, right=each.right)
                text = "".join(json.dumps(each.as_json()) + "\n" for each in (*kept, correction))
                if len(text) > MOST_BYTES:
                    raise StateError(f"{self.file} is full: shellper feedback export DIR, then shellper feedback clear")
                replace_file(self.file, text)
        except OSError as error:
            raise self._failure("write", error) from None
        return correction

    def clear(self) -> int:
        """Forgets all of them, those of a damaged file too; how many there were. Raises StateError."""
        try:
            with locked(user_dirs.private_folder(self.file.parent)):
                count = sum(bool(line.strip()) for line in self.file.read_bytes().splitlines())
                self.file.unlink()
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise self._failure("remove", error) from None
        return count

    def _failure(self, what: str, error: OSError) -> StateError:
        cure = "set XDG_STATE_HOME to a folder that you can write"
        return StateError(f"cannot {what} {self.file}: {error.strerror}; {cure}")


def conversations(corrections: Iterable[Correction]) -> list[Turns]:
    """Requests and right answers, as training takes them; of several right answers to the same, the last noted.

    Training learns every answer of a conversation. So the turns before are as they were corrected, be it later, and
    those that were only called wrong are left out.
    """
    right: dict[tuple[Turns, str], str] = {}
    wrong: set[tuple[Turns, str, str]] = set()
    # Those with fewer turns before them first: they say how the turns before the others were corrected.
    for each in sorted(corrections, key=lambda each: len(each.earlier)):
        before = _corrected(each.earlier, right, wrong)
        if each.right:
            right[before, each.request] = each.right
        else:
            wrong.add((before, each.request, each.wrong))
    return [(*(turn for turn in before if turn[1]), (request, answer)) for (before, request), answer in right.items()]


def _corrected(turns: Turns, right: Mapping[tuple[Turns, str], str], wrong: Container[tuple[Turns, str, str]]) -> Turns:
    """The turns with what is right; with no answer where it was wrong and nobody said the right one.

    The same turn is the same request after the same conversation, corrected.
    """
    before: Turns = ()
    for request, answer in turns:
        known = "" if (before, request, answer) in wrong else answer
        before = (*before, (request, right.get((before, request), known)))
    return before


def check_right(text: str) -> str:
    """The right command on one line. Raises UsageError if bash cannot read it or safety never shows it."""
    from shellper.safety import assess
    from shellper.safety.levels import Level

    command = " ".join(text.splitlines()).strip()
    if not is_utf8(command):
        raise UsageError(f"the command {NO_UTF8}")
    if command.startswith("#"):
        question = command.lstrip("# ").strip()
        if not question:
            raise UsageError("the question is empty: write it after the #")
        return f"# {question}"
    verdict = assess(command) if command else None
    if verdict is None or verdict.level is Level.INVALID:
        raise UsageError(f"bash cannot read {command!r}: quote the whole command")
    if verdict.level is Level.FORBIDDEN:
        raise UsageError(f"shellper never gives that command ({'; '.join(verdict.reasons)}), so it cannot be learnt")
    return command
