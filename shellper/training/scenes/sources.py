"""Lists and searches as what they say: `parse(text).render()` gives the text again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_WORD = r"(?:'[^']*'|[^\s'|]+)"


@dataclass(frozen=True)
class Listing:
    """`ls`: its flags, in the order of ORDER, and the folder."""

    ORDER = "lahtSr"

    flags: str = ""
    folder: str = ""

    def render(self) -> str:
        """The command."""
        return " ".join(filter(None, ["ls", self.flags and f"-{self.flags}", self.folder]))

    @classmethod
    def parse(cls, text: str) -> Listing | None:
        """Reads the command."""
        match = re.fullmatch(rf"ls(?: -([lahtSr]+))?(?: ((?!-){_WORD}))?", text)
        return cls(cls._sorted(match[1] or ""), match[2] or "") if match and "*" not in text else None

    def change(self, add: str = "", drop: str = "") -> Listing:
        """With other flags."""
        return replace(self, flags=self._sorted((set(self.flags) - set(drop)) | set(add)))

    @classmethod
    def _sorted(cls, flags: str | set[str]) -> str:
        return "".join(flag for flag in cls.ORDER if flag in flags)


@dataclass(frozen=True)
class Search:
    """`find`: where, how deep, of which type, name, size and age, without which folders, and what is done."""

    root: str = "."
    depth: str = ""
    type: str = ""
    name: str = ""
    empty: str = ""
    size: str = ""
    age: str = ""
    skip: str = ""
    action: str = ""

    def render(self) -> str:
        """The command."""
        parts = (self.depth, self.type, self.name, self.empty, self.size, self.age, self.skip, self.action)
        return " ".join(filter(None, ["find", self.root, *parts]))

    @classmethod
    def parse(cls, text: str) -> Search | None:
        """Reads the command."""
        match = re.fullmatch(
            rf"find ({_WORD})( -maxdepth 1)?( -type [fd])?( -i?name {_WORD})?( -empty)?( -size [+-]\w+)?"
            rf"( -m(?:time|min) [+-]\d+)?((?: -not -path {_WORD})*)",
            text,
        )
        return cls(*[(part or "").strip() for part in match.groups()]) if match else None


@dataclass(frozen=True)
class Matches:
    """`grep`: its flags, options, pattern and target."""

    ORDER = "rinwvlco"

    flags: str
    context: str
    include: str
    exclude: str
    pattern: str
    target: str

    def render(self) -> str:
        """The command."""
        flags = self.flags and f"-{self.flags}"
        parts = (flags, self.context, self.include, self.exclude, self.pattern, self.target)
        return " ".join(filter(None, ["grep", *parts]))

    @classmethod
    def parse(cls, text: str) -> Matches | None:
        """Reads the command."""
        match = re.fullmatch(
            rf"grep(?: -([rinwvlco]+))?( -[ABC] \d+)?( --include={_WORD})?((?: --exclude-dir={_WORD})*)"
            rf" ((?!-){_WORD}) ((?!-){_WORD})",
            text,
        )
        if not match or "*" in match[6]:
            return None
        return cls(match[1] or "", *[(part or "").strip() for part in match.groups()[1:]])

    def change(self, add: str = "", drop: str = "", **options: str) -> Matches:
        """With other flags and options."""
        flags = (set(self.flags) - set(drop)) | set(add)
        return replace(self, flags="".join(flag for flag in self.ORDER if flag in flags), **options)


@dataclass(frozen=True)
class Processes:
    """`ps aux`, in an order."""

    sort: str = ""

    def render(self) -> str:
        """The command."""
        return f"ps aux {self.sort}".strip()

    @classmethod
    def parse(cls, text: str) -> Processes | None:
        """Reads the command."""
        match = re.fullmatch(r"ps aux( --sort=-%(?:mem|cpu))?", text)
        return cls((match[1] or "").strip()) if match else None


@dataclass(frozen=True)
class Log:
    """`git log`: its form, number, author, age, and the file."""

    form: str = ""
    number: str = ""
    author: str = ""
    since: str = ""
    file: str = ""

    def render(self) -> str:
        """The command."""
        return " ".join(filter(None, ["git log", self.form, self.number, self.author, self.since, self.file]))

    @classmethod
    def parse(cls, text: str) -> Log | None:
        """Reads the command."""
        match = re.fullmatch(
            rf"git log( --oneline| --stat| -p)?( -n \d+)?( --author={_WORD})?( --since={_WORD})?( (?!-){_WORD})?", text
        )
        return cls(*[(part or "").strip() for part in match.groups()]) if match else None


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
