"""find in words: where it starts, its tests, and what it does with what it finds."""

from __future__ import annotations

from shellper.safety.calls import Call, Word
from shellper.safety.explanation.parts import UNKNOWN_OPTION, Part
from shellper.safety.explanation.written import source
from shellper.safety.names import names
from shellper.safety.programs import programs
from shellper.safety.wrappers.find import ACTIONS, command_end, find_roots

_WITHOUT_VALUE = frozenset(
    names(
        "-delete -print -print0 -empty -not -o -or -a -and -prune -ls -depth -mount -xdev -quit -nouser -nogroup -true"
    )
)


def find_parts(call: Call) -> list[Part]:
    """The tests and actions of find, with their values, and where it starts."""
    known = programs()["find"].options
    parts: list[Part] = []
    words = list(call.args)
    while words:
        text = words.pop(0).plain
        if text == "!":
            parts.append(Part(text, known["-not"], 1))
        elif text[:1] == "-" and text[1:2].isalpha():
            values = _values(text, words)
            del words[: len(values)]
            meaning = known.get(text, UNKNOWN_OPTION)
            parts.append(Part(" ".join([text, *map(source, values)]), meaning, 1))
    roots = [word for word in find_roots(call.args) if word in call.args]
    return parts + ([Part(" ".join(map(source, roots)), programs()["find"].operands, 1)] if roots else [])


def _values(text: str, words: list[Word]) -> list[Word]:
    if text in ACTIONS:
        return words[: end + 1] if (end := command_end(words)) < len(words) else words
    return [] if text in _WITHOUT_VALUE else words[:1]
