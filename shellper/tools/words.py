"""Simple command lines as words: a reader for the small part of shell grammar that tools can say.

`words` answers None for whatever is more than words, pipes and redirections: variables, substitutions, lists, braces,
comments. Such a line stays a one-liner for `bash`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Token:
    """A word or an operator.

    `active` holds the positions of the characters of `value` that the shell expands: unquoted globs and a leading `~`.
    """

    value: str
    active: frozenset[int] = frozenset()
    operator: bool = False


class _NotSimpleError(Exception):
    """The line is more than words, pipes and redirections."""


def words(line: str) -> list[Token] | None:
    """The words and operators of a command line; None when it is not that simple."""
    try:
        return list(_tokens(line))
    except _NotSimpleError:
        return None


def trimmed(line: str) -> str:
    """A command line without blanks around it; one that is escaped at its end belongs to the last word."""
    bare = line.strip()
    escaped = (len(bare) - len(bare.rstrip("\\"))) % 2 == 1 and line.lstrip()[len(bare) :].startswith(" ")
    return bare + " " if escaped else bare


_OPERATOR = re.compile(r"\|(?![|&])|>>(?![>&|])|>(?![>&|(])|<(?![<&>(])")


def _tokens(line: str) -> Iterator[Token]:
    position = 0
    while position < len(line):
        if line[position] == " ":
            position += 1
            continue
        match = _OPERATOR.match(line, position)
        if match:
            yield Token(match.group(), operator=True)
            position = match.end()
            continue
        if line[position] in _END:
            raise _NotSimpleError  # `||`, `>&`, `<<`
        token, position = _word(line, position)
        yield token


_BRACES = re.compile(r"\{[^{}]*(?:,|\.\.)[^{}]*\}")
_END = " |<>"
_REFUSED = "\t\n\r$`;&()"


def _word(line: str, start: int) -> tuple[Token, int]:
    value: list[str] = []
    active: set[int] = set()
    bare: list[str] = []  # the unquoted characters, for what only means something unquoted
    position = start
    while position < len(line) and line[position] not in _END:
        character = line[position]
        if character == "\\":
            value.append(_at(line, position + 1))
            bare.append("\\")
            position += 2
        elif character in "'\"":
            quoted, position = _quoted(line, position)
            value.extend(quoted)
            bare.append("'" * len(quoted))
        elif character in _REFUSED:
            raise _NotSimpleError
        else:
            if character in "*?[" or (character == "~" and not value and position == start):
                active.add(len(value))
            value.append(character)
            bare.append(character)
            position += 1
    unquoted = "".join(bare)
    if _BRACES.search(unquoted) or unquoted.startswith("#") or unquoted == "!":
        raise _NotSimpleError
    if position < len(line) and line[position] in "<>" and unquoted.isdigit():
        raise _NotSimpleError  # a file descriptor: 2>
    return Token("".join(value), frozenset(active)), position


def _at(line: str, position: int) -> str:
    if position >= len(line):
        raise _NotSimpleError
    return line[position]


def _quoted(line: str, start: int) -> tuple[str, int]:
    mark = line[start]
    value: list[str] = []
    position = start + 1
    while (character := _at(line, position)) != mark:
        if mark == '"':
            if character in "$`":
                raise _NotSimpleError
            if character == "\\" and _at(line, position + 1) in '$`"\\':
                position += 1
                character = line[position]
        value.append(character)
        position += 1
    return "".join(value), position + 1
