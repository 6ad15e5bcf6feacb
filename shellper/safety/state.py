"""What is known while a command line is read: data that flows, calls with their words, variables."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from shellper.safety.marks import UNKNOWN, literal
from shellper.safety.options import VALUED

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.syntax import Tree

NETWORK = "network"
DECODED = "decoded"
SECRET = "secret"  # noqa: S105


@dataclass(frozen=True)
class Data:
    """Text that flows through a pipe or a substitution.

    `texts` are the possible texts as far as they are known, none when nothing is known. `taints` tell where it came
    from (NETWORK, DECODED, SECRET). `piped` is false for the terminal.
    """

    texts: tuple[str, ...] = ()
    taints: frozenset[str] = frozenset()
    piped: bool = True

    @property
    def values(self) -> tuple[str, ...]:
        """The possible texts, or the one that stands for any."""
        return self.texts or (UNKNOWN,)


TERMINAL = Data(piped=False)
"""Input that nobody has piped in."""
NOTHING = Data(("",))
"""What a command without output prints."""


@dataclass(frozen=True)
class Word:
    """One argument: its text with quotes and expansions resolved (see `marks`), and where the text came from."""

    text: str
    taints: frozenset[str] = frozenset()
    data: Data | None = None
    """What a process substitution gives to read."""

    @property
    def plain(self) -> str:
        """The text as one would type it."""
        return literal(self.text)


@dataclass(frozen=True)
class Redirect:
    """A redirection to or from a file: the operator as written and the file."""

    operator: str
    target: Word

    @property
    def writes(self) -> bool:
        """Whether it empties or replaces the file."""
        return self.operator in (">", ">|", "&>", ">&")

    @property
    def appends(self) -> bool:
        """Whether it adds to the file or opens it for writing without emptying it."""
        return self.operator in (">>", "&>>", "<>")


@dataclass(frozen=True)
class Call:
    """A simple command as it would be run."""

    name: str
    """The program as written."""
    args: tuple[Word, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    stdin: Data = TERMINAL
    cwd: str | None = None
    """The working directory as far as it is known (None: any)."""
    looped: bool = False
    background: bool = False
    taints: frozenset[str] = frozenset()
    """Where the program's name came from."""
    wrapped: bool = False
    """It stands inside another command's arguments (sudo, xargs …)."""
    remote: bool = False
    """It runs on another machine or in a container: this machine's files say nothing about it."""
    downloads: frozenset[str] = frozenset()
    """Files that the same command line fetched before."""

    @cached_property
    def program(self) -> str:
        """The program's name without its directory."""
        return posixpath.basename(self.name.rstrip("/")) or self.name

    @cached_property
    def _parsed(self) -> tuple[list[tuple[str, Word | None]], list[Word]]:
        return split_options(self.program, self.args)

    @property
    def options(self) -> list[tuple[str, Word | None]]:
        """(option, value) as written; bundled letters are taken apart and stand there whole as well."""
        return self._parsed[0]

    @property
    def operands(self) -> list[Word]:
        """The arguments that are no options and no options' values."""
        return self._parsed[1]

    def option_values(self, *names: str) -> list[Word]:
        """The values given to any of these options."""
        return [value for name, value in self.options if value is not None and _same_option(name, names)]

    def has(self, *names: str) -> bool:
        """Whether one of these options is given; long ones may be abbreviated as GNU allows."""
        return any(_same_option(name, names) for name, _ in self.options)


def _same_option(written: str, names: tuple[str, ...]) -> bool:
    if written in names:
        return True
    return len(written) > 3 and written.startswith("--") and any(name.startswith(written) for name in names)


def split_options(program: str, args: tuple[Word, ...]) -> tuple[list[tuple[str, Word | None]], list[Word]]:
    """Arguments taken apart into options and operands, by the table of options that take a value."""
    valued = VALUED.get(program, frozenset())
    options: list[tuple[str, Word | None]] = []
    operands: list[Word] = []
    if program in ("tar", "bsdtar", "gtar") and args and not args[0].text.startswith("-"):
        args = (Word("-" + args[0].text, args[0].taints), *args[1:])  # `tar xzf` is `tar -xzf`
    rest: Iterator[Word] = iter(args)
    for word in rest:
        text = word.plain
        if text == "--":
            operands.extend(rest)
        elif text.startswith("--"):
            name, equals, value = text.partition("=")
            given = Word(value, word.taints) if equals else next(rest, None) if name in valued else None
            options.append((name, given))
        elif len(text) > 1 and text[0] in "-" and not text[1:].isspace():
            options.extend(_cluster(text, word, valued, rest))
        else:
            operands.append(word)
    return options, operands


def _cluster(text: str, word: Word, valued: frozenset[str], rest: Iterator[Word]) -> list[tuple[str, Word | None]]:
    """`-rf` as -r and -f; a letter that takes a value swallows what follows."""
    if text in valued:
        return [(text, next(rest, None))]
    found: list[tuple[str, Word | None]] = [(text, None)] if len(text) > 2 else []
    for place, letter in enumerate(text[1:], start=2):
        option = "-" + letter
        if option in valued:
            tail = text[place:]
            found.append((option, Word(tail, word.taints) if tail else next(rest, None)))
            break
        found.append((option, None))
    return found


@dataclass
class State:
    """Variables, functions and the working directory at one point of a script. `copy` gives a subshell its own."""

    variables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    arrays: dict[str, dict[str, str]] = field(default_factory=dict)
    """The elements of arrays by their keys; `variables` has all of them as one text. Replaced, never changed."""
    taints: dict[str, frozenset[str]] = field(default_factory=dict)
    functions: dict[str, tuple[Tree, Node] | None] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    positional: tuple[Word, ...] | None = None
    cwd: str | None = None
    stdin: Data = TERMINAL
    downloads: set[str] = field(default_factory=set)
    files: dict[str, Data] = field(default_factory=dict)
    """What earlier commands wrote into files."""
    looped: bool = False
    background: bool = False
    branch: bool = False
    """Inside if, case or a loop: an assignment adds a possible value instead of replacing."""
    wrapped: bool = False
    remote: bool = False

    def copy(self) -> State:
        """An independent copy, as a subshell gets it. Files are shared: they outlive subshells."""
        return State(
            dict(self.variables), dict(self.arrays), dict(self.taints), dict(self.functions), dict(self.aliases),
            self.positional, self.cwd, self.stdin, self.downloads, self.files, self.looped, self.background,
            self.branch, self.wrapped, self.remote,
        )  # fmt: skip

    def assign(self, name: str, values: tuple[str, ...], taints: frozenset[str] = frozenset()) -> None:
        """Set a variable; inside a branch the values it had stay possible."""
        old = self.variables.get(name, ()) if self.branch else ()
        self.arrays.pop(name, None)
        self.variables[name] = tuple(dict.fromkeys((*old, *values)))[:24]
        self.taints[name] = taints | (self.taints.get(name, frozenset()) if self.branch else frozenset())

    def assign_array(self, name: str, elements: dict[str, str], taints: frozenset[str] = frozenset()) -> None:
        """Set an array by its elements; inside a branch only as the text of all, which may be the old one."""
        known = not (self.branch and name in self.variables)
        self.assign(name, (" ".join(elements.values()),), taints)
        if known:
            self.arrays[name] = elements

    def keep(self, before: State) -> None:
        """Keep the values that variables had before as possible ones: what came since may not have run."""
        for name, elements in before.arrays.items():
            if self.arrays.get(name) != elements:
                self.arrays.pop(name, None)
        for name, values in before.variables.items():
            self.variables[name] = tuple(dict.fromkeys((*values, *self.variables[name])))[:24]
            self.taints[name] = before.taints.get(name, frozenset()) | self.taints.get(name, frozenset())

    def adopt(self, inner: State) -> None:
        """Take over the variables of a copy: what it read runs in this shell after all."""
        self.variables.update(inner.variables)
        self.arrays = dict(inner.arrays)
        self.taints.update(inner.taints)


@dataclass(frozen=True)
class Surroundings:
    """Where the command would run: its directory, if known, and the user's home."""

    cwd: Path | None
    home: str
