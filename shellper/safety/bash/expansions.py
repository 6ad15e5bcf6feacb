"""What `${value OPERATOR arguments}` makes of a value, as far as that is simple."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase

from shellper.safety.bash import marks
from shellper.safety.bash.marks import HOME, UNKNOWN, UNSET
from shellper.safety.bash.state import MOST_CHARACTERS
from shellper.safety.places import SOME_HOME

LONGEST_VALUE = 500
"""Of a longer value every end would be tried: too long to wait for, and no file has such a name."""
CASES: dict[str, Callable[[str], str]] = {
    "^^": str.upper,
    "^": lambda value: value[:1].upper() + value[1:],
    ",,": str.lower,
    ",": lambda value: value[:1].lower() + value[1:],
}


def apply_operator(value: str, operator: str, arguments: list[list[str]]) -> list[str]:
    """The possible results of ${value OPERATOR arguments}."""
    known = marks.certain(value)
    others = arguments[0] if arguments else [""]
    if operator in (":-", "-", ":=", "="):
        if value in ("", UNSET):
            return others if value == "" else [UNKNOWN, *others]
        return [value]
    if operator in (":+", "+"):
        return others if value else [""]
    if operator in (":?", "?"):
        return [value.replace(UNSET, UNKNOWN)]
    if operator == ":":
        return [_substring(value, [part for texts in arguments for part in texts[:1]])]
    if not known:
        return [value]
    if operator in CASES:
        return [CASES[operator](value)]
    if operator in ("/", "//", "/#", "/%"):
        old, new = others[0], next((texts[0] for texts in arguments[1:] if texts and texts[0] != "/"), "")
        count = min(value.count(old) if old else 0, len(value) if operator == "//" else 1)
        grown = len(value) + count * len(new) > MOST_CHARACTERS
        return [UNKNOWN if grown else value.replace(old, new, count) if old else value]
    if operator in ("#", "##", "%", "%%"):
        return [_strip_pattern(value, operator, others[0])]
    return [value]


def _substring(value: str, parts: list[str]) -> str:
    """${value:START:LENGTH}, given as START, `:`, LENGTH; of a value that is partly known as far as that goes."""
    first, _, second = "".join(parts).partition(":")
    try:
        start = int(first.strip() or 0)
        end = len(value) if not second.strip() else start + int(second) if int(second) >= 0 else int(second)
    except ValueError:
        return value
    if marks.certain(value):
        return value[start:end]
    return value[start:end] if second.strip() and 0 <= start <= end and marks.certain(value[:end]) else value


def _strip_pattern(value: str, operator: str, pattern: str) -> str:
    value = SOME_HOME if value == HOME else value
    if len(value) > LONGEST_VALUE:
        return UNKNOWN
    cuts = range(len(value) + 1)
    if operator[0] == "#":
        hits = [cut for cut in cuts if fnmatchcase(value[:cut], pattern)]
        return value[(max(hits) if operator == "##" else min(hits)) :] if hits else value
    hits = [cut for cut in cuts if fnmatchcase(value[cut:], pattern)]
    return value[: (min(hits) if operator == "%%" else max(hits))] if hits else value
