"""The one place where arguments become shell text.

A tool's body answers an argument vector: a list whose items are

- plain strings: program names and options, written by us, quoted like any text;
- `file(value)`: the name of a file or folder. A leading `~/` and globs (`*.txt`) keep their meaning, a leading `-` is
  guarded by `./`;
- `text(value)`: anything else, quoted so that the program gets exactly these characters;
- `script(value)`: text that is quoted even where it need not be;
- `search_pattern(value)`: text for a program that would read a leading `-` as an option: guarded by `-e`;
- `Operator`: `|`, `>`, `>>`, `<`;
- `Either`: options that depend on the platform or on what is allowed;
- `Line`: a whole command line;
- `Raw`: shell text as it is.

What is rendered is read back as the same words by bash, zsh and dash.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from shellper.errors import ToolError


@dataclass(frozen=True)
class Word:
    """A word that is not plain text."""

    kind: Literal["file", "text", "script", "pattern"]
    value: str


@dataclass(frozen=True)
class Operator:
    """A pipe or a redirection."""

    sign: str


@dataclass(frozen=True)
class Raw:
    """Shell text that is not quoted again."""

    value: str


@dataclass(frozen=True)
class Line:
    """A command line for GNU's programs; for BSD's, what differs is rewritten."""

    value: str


@dataclass(frozen=True)
class Either:
    """Words that depend on the target."""

    when: Literal["bsd", "recursive"]
    then: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """What the text is rendered for: BSD or GNU programs, recursive removal asked for or not."""

    bsd: bool = False
    recursive: bool = False


Argument = str | Word | Operator | Raw | Line | Either
PIPE = Operator("|")


def file(value: str) -> Word:
    """A file or folder."""
    return Word("file", value)


def files(*values: str) -> list[Word]:
    """Files or folders."""
    return [file(value) for value in values]


def text(value: str) -> Word:
    """Exactly these characters."""
    return Word("text", value)


def script(value: str) -> Word:
    """Exactly these characters, always between quotes, as programs for sed and awk are written."""
    return Word("script", value)


def search_pattern(value: str) -> Word:
    """Exactly these characters, as an operand even if they begin with `-`."""
    return Word("pattern", value)


def join(arguments: Sequence[Argument], target: Target) -> str:
    """The shell text of an argument vector.

    Raises ToolError for control characters and for empty file names.
    """
    return " ".join(_pieces(arguments, target))


def _pieces(arguments: Sequence[Argument], target: Target) -> Iterator[str]:
    for argument in arguments:
        if isinstance(argument, str):
            yield quote(argument)
        elif isinstance(argument, Word):
            yield from _word(argument)
        elif isinstance(argument, Operator):
            yield argument.sign
        elif isinstance(argument, Raw):
            yield refuse_control(argument.value)
        elif isinstance(argument, Line):
            yield _line(argument.value, target)
        else:
            holds = target.bsd if argument.when == "bsd" else target.recursive
            yield from map(quote, argument.then if holds else argument.otherwise)


def _line(line: str, target: Target) -> str:
    refuse_control(line)
    if not target.bsd:
        return line
    from shellper.tools.portable import for_bsd

    return for_bsd(line)


def _word(word: Word) -> Iterator[str]:
    if word.kind == "file":
        yield quote_file(word.value)
        return
    if word.kind == "pattern" and word.value.startswith("-"):
        yield "-e"
    quoted = quote(word.value)
    yield f"'{quoted}'" if word.kind == "script" and quoted == word.value else quoted


# Characters that no shell of ours gives a meaning to inside a word; other letters and digits are added by isalnum().
_PLAIN = frozenset("_@%+=:,./-")
# Invisible characters that change how a line is shown (direction, joining): category Cf.
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs"}


def refuse_control(value: str) -> str:
    """The value itself; ToolError when it holds control or invisible characters."""
    if value.isascii() and value.isprintable():
        return value
    for character in value:
        # The joiners of emoji and of some scripts belong to names and are harmless.
        if unicodedata.category(character) in _UNSEEN and character not in "\u200c\u200d":
            raise ToolError(f"control character {character!a} in {shown(value)}: leave it out of the request")
    return value


def shown(value: object, most: int = 40) -> str:
    """So much of a value of the model's as a message may hold, in ASCII; a text stands in quotes."""
    text = value if isinstance(value, str) else ascii(value)
    short = text if len(text) <= most else text[: most - 3] + "..."
    return ascii(short) if isinstance(value, str) else short


def is_plain(value: str) -> bool:
    """Whether a word needs no quotes."""
    return bool(value) and value[0] != "=" and all(c in _PLAIN or c.isalnum() for c in value)


def quote(value: str) -> str:
    """A word that the shell reads back as exactly this value. Raises ToolError for control characters."""
    refuse_control(value)
    if is_plain(value):
        return value
    if "'" not in value:
        return f"'{value}'"
    if not any(c in '"$`\\!' for c in value):
        return f'"{value}"'
    return "\\'".join(f"'{part}'" if part else "" for part in value.split("'"))


def quote_file(value: str) -> str:
    """A file name as a word: `~/` and globs keep their meaning, what reads as an option gets `./` before it.

    Raises ToolError for an empty name and for control characters.
    """
    if not value:
        raise ToolError("an empty file name: say which file")
    if value[0] in "-+":
        value = "./" + value
    tilde = tilde_prefix(value)
    return tilde + _quote_glob(value[len(tilde) :]) if len(value) > len(tilde) else tilde


_TILDE = re.compile(r"~(?:[A-Za-z_][A-Za-z0-9_-]*)?/|~\Z")


def tilde_prefix(value: str) -> str:
    """The part at the beginning that the shell expands to a home folder: `~`, `~/` or `~name/`."""
    match = _TILDE.match(value)
    return match.group() if match else ""


# A bracket expression is a glob when it says so itself: a range, a class or a negation. `report[1].pdf` is a file name.
# Only letters, digits and `_.-` may stand in it, for it is written without quotes.
_RANGE = r"[A-Za-z0-9]-[A-Za-z0-9]"
_GLOB = re.compile(rf"[*?]+|\[(?:[!^][A-Za-z0-9_.-]+|\w*(?:{_RANGE})+\w*|\[:[a-z]+:\])\]", re.ASCII)


def is_glob(value: str) -> bool:
    """Whether a file name is a pattern. A name of nothing but stars is a name: `*` is the file called `*`."""
    return bool(_GLOB.search(value)) and value.strip("*") != ""


def _quote_glob(value: str) -> str:
    if not is_glob(value):
        return quote(value)
    refuse_control(value)
    parts: list[str] = []
    end = 0
    for match in _GLOB.finditer(value):
        parts += [_quote_part(value[end : match.start()]), match.group()]
        end = match.end()
    return "".join([*parts, _quote_part(value[end:])])


def _quote_part(value: str) -> str:
    return quote(value) if value else ""
