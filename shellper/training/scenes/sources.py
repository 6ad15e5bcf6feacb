"""Lists and searches as what they say: `parse(text).render()` gives the text again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

_WORD = r"(?:'[^']*'|[^\s'|]+)"

AnySourceCommand = TypeVar("AnySourceCommand", bound="SourceCommand")
AnyFlagged = TypeVar("AnyFlagged", bound="Flagged")


@dataclass(frozen=True)
class SourceCommand:
    """A command as PROGRAM and its fields in order, as they are written; PATTERN has a group for each that is read."""

    PROGRAM: ClassVar[str]
    PATTERN: ClassVar[str]

    def render(self) -> str:
        """The command."""
        return " ".join(filter(None, [self.PROGRAM, *vars(self).values()]))

    @classmethod
    def parse(cls: type[AnySourceCommand], text: str) -> AnySourceCommand | None:
        """Reads the command; None if it is another."""
        match = re.fullmatch(cls.PROGRAM + cls.PATTERN, text)
        return cls(*[(part or "").strip() for part in match.groups()]) if match else None


@dataclass(frozen=True)
class Flagged(SourceCommand):
    """A command whose first field is its flags, in the order of ORDER."""

    ORDER: ClassVar[str]

    flags: str = ""

    def change(self: AnyFlagged, add: str = "", drop: str = "", **options: str) -> AnyFlagged:
        """With other flags, and other values of other fields."""
        return replace(self, flags=change_flags(self.flags, self.ORDER, add, drop), **options)


def change_flags(flags: str, order: str, add: str = "", drop: str = "") -> str:
    """`-la` with the flags of `add`, without those of `drop`, in this order; as it was where these are its flags."""
    wanted = (set(flags) - set("-" + drop)) | set(add)
    if wanted == set(flags) - {"-"}:
        return flags
    return "-" * bool(wanted) + "".join(flag for flag in order if flag in wanted)


@dataclass(frozen=True)
class Listing(Flagged):
    """`ls`: its flags and the folder."""

    PROGRAM = "ls"
    PATTERN = rf"( -[lahtSr]+)?( (?!-|.*\*){_WORD})?"
    ORDER = "ldahtSr"

    folder: str = ""


@dataclass(frozen=True)
class Search(SourceCommand):
    """`find`: where, how deep, of which type, name, size and age, without which folders, and what is done."""

    PROGRAM = "find"
    PATTERN = (
        rf"( {_WORD})( -maxdepth 1)?( -type [fd])?( -i?name {_WORD})?( -empty)?( -size [+-]\w+)?"
        rf"( -m(?:time|min) [+-]\d+)?((?: -not -path {_WORD})*)"
    )

    root: str = "."
    depth: str = ""
    type: str = ""
    name: str = ""
    empty: str = ""
    size: str = ""
    age: str = ""
    skip: str = ""
    action: str = ""


@dataclass(frozen=True)
class Matches(Flagged):
    """`grep`: its flags, options, pattern and target."""

    PROGRAM = "grep"
    PATTERN = (
        rf"( -[rinwvlco]+)?( -[ABC] \d+)?( --include={_WORD})?((?: --exclude-dir={_WORD})*)"
        rf"( (?!-){_WORD})( (?!-|.*\*){_WORD})"
    )
    ORDER = "rinwvlco"

    context: str = ""
    include: str = ""
    exclude: str = ""
    pattern: str = ""
    target: str = ""


@dataclass(frozen=True)
class Processes(SourceCommand):
    """`ps aux`, in an order."""

    PROGRAM = "ps aux"
    PATTERN = r"( --sort=-%(?:mem|cpu))?"

    sort: str = ""


@dataclass(frozen=True)
class Log(SourceCommand):
    """`git log`: its form, number, author, age, and the file."""

    PROGRAM = "git log"
    PATTERN = rf"( --oneline| --stat| -p)?( -n \d+)?( --author={_WORD})?( --since={_WORD})?( (?!-){_WORD})?"

    form: str = ""
    number: str = ""
    author: str = ""
    since: str = ""
    file: str = ""


Source = Listing | Search | Matches | Processes | Log


@dataclass(frozen=True)
class Pipeline:
    """A source, and what becomes of its lines: filtered, sorted, cut, counted, saved."""

    source: Source
    filters: tuple[str, ...] = ()
    sort: str = ""
    cut: str = ""
    count: str = ""
    save: str = ""

    def render(self) -> str:
        """The command line."""
        stages = [self.source.render(), *self.filters, self.sort, self.cut, self.count]
        return " | ".join(filter(None, stages)) + (f" > {self.save}" if self.save else "")

    @classmethod
    def parse(cls, text: str) -> Pipeline | None:
        """Reads a command line; None where it is of another kind."""
        first, *rest = text.split(" | ")
        source = _parse_source(first)
        if source is None or len(rest) > 1 or "'" in "".join(rest):
            return None
        if not rest:
            found = cls(source)
        elif re.fullmatch(r"(?:head|tail) -n \d+", rest[0]):
            found = cls(source, cut=rest[0])
        elif rest[0] == "wc -l":
            found = cls(source, count=rest[0])
        else:
            return None
        return found if found.render() == text else None


def _parse_source(text: str) -> Source | None:
    return Listing.parse(text) or Search.parse(text) or Matches.parse(text) or Processes.parse(text) or Log.parse(text)
