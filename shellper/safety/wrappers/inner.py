"""What a wrapper runs in turn, and how it is told from the wrapper's own options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shellper.safety.calls import Call, Word
from shellper.safety.flows import Data
from shellper.safety.options import VALUED


@dataclass(frozen=True)
class Inner:
    """One command that another one runs: `words`, or else `script` as shell text."""

    words: tuple[Word, ...] | None = None
    script: str = ""
    stdin: Data | None = None
    positional: tuple[Word, ...] | None = None
    assignments: tuple[tuple[str, str], ...] = ()
    cwd: str | None = None
    """The directory in which it runs, as written; None for that of the wrapper."""
    same_shell: bool = False
    remote: bool = False
    looped: bool = False
    background: bool = False
    guess: bool = False
    """It may be no shell text at all."""


def after_options(call: Call, skip: int = 0) -> tuple[Word, ...]:
    """The words after a wrapper's own options (and `skip` operands): the command that it runs."""
    valued = VALUED.get(call.program, frozenset())
    words = list(call.args)
    while words:
        text = words[0].plain
        if text == "--":
            words = words[1:]
            break
        if not text.startswith("-") or text == "-":
            break
        takes_next = text in valued or (len(text) > 2 and text[1] != "-" and "-" + text[-1] in valued)
        words = words[2 if takes_next else 1 :]
    return tuple(words[skip:])


def assignments(words: Sequence[Word]) -> tuple[tuple[tuple[str, str], ...], tuple[Word, ...]]:
    """The (name, value) pairs of every NAME=VALUE that words begin with, and the words after them."""
    pairs: list[tuple[str, str]] = []
    for place, word in enumerate(words):
        name, equals, value = word.text.partition("=")
        if not equals or not name.replace("_", "a").isalnum():
            return tuple(pairs), tuple(words[place:])
        pairs.append((name, value))
    return tuple(pairs), ()
