"""Marks: characters that stand, inside the resolved text of a word, for what is no literal character.

Unicode's noncharacters (U+FDD0 …) never occur in real text, so a resolved word stays an ordinary string: `"*"` is a
star that is meant literally, STAR one that the shell expands.
"""

from __future__ import annotations

import re

STAR = "\ufdd0"
"""A `*` that the shell expands."""
QUERY = "\ufdd1"
"""A `?` that the shell expands."""
BRACKET = "\ufdd2"
"""A `[` that the shell expands."""
SPLIT = "\ufdd3"
"""White space at which an unquoted expansion falls apart into words."""
UNKNOWN = "\ufdd4"
"""Some text that is not known, but not empty."""
UNSET = "\ufdd5"
"""A variable that the command never sets: some text, or none."""
HOME = "\ufdd6"
"""A `~` that the shell expands."""
OPEN = "\ufdd7"
COMMA = "\ufdd8"
CLOSE = "\ufdd9"
"""`{`, `,` and `}` of a brace expansion."""
EMPTY = "\ufdda"
"""Quotes around nothing: keeps an otherwise empty word alive."""

FRESH = "\ufddb"
"""What mktemp has just made up."""

ALL = "".join(map(chr, range(0xFDD0, 0xFDF0)))

_SHOWN = {
    ord(STAR): "*", ord(QUERY): "?", ord(BRACKET): "[", ord(SPLIT): " ", ord(UNKNOWN): "…", ord(UNSET): "$…",
    ord(HOME): "~", ord(OPEN): "{", ord(COMMA): ",", ord(CLOSE): "}", ord(EMPTY): "",
    ord(FRESH): "…",
}  # fmt: skip
_LITERAL = {key: value for key, value in _SHOWN.items() if key not in (ord(UNKNOWN), ord(UNSET), ord(FRESH))}
_STORED = {key: value for key, value in _LITERAL.items() if key != ord(HOME)}
_ACTIVE = {ord("*"): STAR, ord("?"): QUERY, ord("["): BRACKET, ord(" "): SPLIT, ord("\t"): SPLIT, ord("\n"): SPLIT}
_FOREIGN = re.compile(f"[{ALL}]")


def shown(text: str) -> str:
    """The word for people: marks as they are typed, no control characters, not too long."""
    return printable(re.sub(r"\s+", " ", text.translate(_SHOWN)), 60)


def printable(text: str, longest: int) -> str:
    """The text without control characters, its end cut off where it is too long."""
    plain = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return plain if len(plain) <= longest else plain[: longest - 3] + "…"


def literal(text: str) -> str:
    """The word as shell text again; what is not known stays marked."""
    return text.translate(_LITERAL)


def stored(text: str) -> str:
    """The word as a variable keeps it, or as script text: like `literal`, but a home directory stays marked."""
    return text.translate(_STORED)


def activate(text: str) -> str:
    """What an unquoted expansion makes of a value: blanks split, globs expand."""
    return text.translate(_ACTIVE)


def without_marks(text: str) -> str:
    """Text from outside, with anything that could be taken for a mark replaced."""
    return _FOREIGN.sub("\ufffd", text)


def has_glob(text: str) -> bool:
    """Whether the shell would expand something in it to file names."""
    return STAR in text or QUERY in text or "]" in text.partition(BRACKET)[2]


def certain(text: str) -> bool:
    """Whether every character of the word is known."""
    return UNKNOWN not in text and UNSET not in text
