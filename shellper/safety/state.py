"""What is known while a command line is read: data that flows, calls with their words, variables."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from shellper.safety.arguments import arguments, same_option
from shellper.safety.marks import UNKNOWN, literal
from shellper.safety.options import VALUED

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.syntax import Tree

_VERSION = re.compile(r"-?\d+(?:\.\d+)*$")

MOST_VALUES = 24
"""How many values of a variable are kept."""
MOST_CHARACTERS = 20_000
"""How much of each."""
MOST_ELEMENTS = 300
"""How many elements of an array."""

NETWORK = "network"
DECODED = "decoded"
SECRET = "secret"  # noqa: S105
"""Keys and passwords as files keep them."""
TOKEN = "token"  # noqa: S105
"""A password or token that a program prints: what one asks for in order to log in with it."""
ENVIRONMENT = "environment"
"""Every variable of the environment, tokens among them."""
SECRETS = frozenset({SECRET, TOKEN, ENVIRONMENT})
VARIES = "varies"
"""What a loop sets: it is another text each time round."""


@dataclass(frozen=True)
class Data:
    """Text that flows through a pipe or a substitution.

    `texts` are the possible texts as far as they are known, none when nothing is known. `taints` tell where it came
    from (NETWORK, DECODED, SECRETS, VARIES). `piped` is false for the terminal.
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
    written: str = field(default="", compare=False)
    """How it stands in the command, with its quotes, where that is kept (see `explanation`)."""

    @property
    def plain(self) -> str:
        """The text as one would type it."""
        return literal(self.text)


@dataclass(frozen=True)
class Redirect:
    """A redirection to or from a file: the operator as written and the file."""

    operator: str
    target: Word
    descriptor: str = ""
    """What stands before the operator: a number, or a name in braces."""

    @property
    def writes(self) -> bool:
        """Whether it empties or replaces the file."""
        return self.operator in (">", ">|", "&>", ">&")

    @property
    def appends(self) -> bool:
        """Whether it adds to the file or opens it for writing without emptying it."""
        return self.operator in (">>", "&>>", "<>")

    @property
    def feeds_input(self) -> bool:
        """Whether it is standard input that it opens."""
        return self.operator.startswith("<") and self.descriptor in ("", "0")


@dataclass(frozen=True)
class Descriptor:
    """A file that stays open under a number (`exec 3<FILE`): its name, and what reading it gives."""

    target: Word
    data: Data


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
    secrets: frozenset[str] = frozenset()
    """Files into which the same command line put keys or passwords before."""
    links: tuple[tuple[str, str], ...] = ()
    """The links that the same command line made before, and where they lead."""
    implied: bool = False
    """Nobody wrote it as a command here: a variable stands for it, or a file that is run later."""

    @cached_property
    def program(self) -> str:
        """The program's name without its directory, and without its version where that is known (python3.11)."""
        name = posixpath.basename(self.name.rstrip("/")) or self.name
        base = _VERSION.sub("", name)
        return base if name not in VALUED and base in VALUED else name

    def followed(self, text: str) -> str:
        """The text of a path; of one that goes through a link where that leads."""
        for link, target in self.links:
            if text.startswith(f"{link}/"):
                return f"{target.rstrip('/')}/{text[len(link) + 1 :]}"
        return text

    @cached_property
    def in_order(self) -> list[tuple[str, Word | None]]:
        """(option, value) as written, and operands with an empty option (see `arguments`)."""
        return list(arguments(self.program, self.args))

    @cached_property
    def options(self) -> list[tuple[str, Word | None]]:
        """(option, value) as written; bundled letters are taken apart and stand there whole as well."""
        return [(name, value) for name, value in self.in_order if name]

    @cached_property
    def operands(self) -> list[Word]:
        """The arguments that are no options and no options' values."""
        return [word for name, word in self.in_order if not name and word is not None]

    def option_values(self, *names: str) -> list[Word]:
        """The values given to any of these options."""
        return [value for name, value in self.options if value is not None and same_option(name, names)]

    def has(self, *names: str) -> bool:
        """Whether one of these options is given; long ones may be abbreviated as GNU allows."""
        return any(same_option(name, names) for name, _ in self.options)


def transferred(call: Call) -> tuple[list[Word], list[Word]]:
    """What cp, mv and their kin take, and where it goes: given by -t, else the last of several operands."""
    folders = call.option_values("-t", "--target-directory")
    return (call.operands, folders) if folders else (call.operands[:-1], call.operands[1:][-1:])


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
    secrets: set[str] = field(default_factory=set)
    """Files into which earlier commands put keys or passwords."""
    links: dict[str, str] = field(default_factory=dict)
    """Links that earlier commands made, and where they lead."""
    files: dict[str, Data] = field(default_factory=dict)
    """What earlier commands wrote into files."""
    looped: bool = False
    background: bool = False
    branch: bool = False
    """Inside if, case or a loop: an assignment adds a possible value instead of replacing."""
    wrapped: bool = False
    remote: bool = False
    implied: bool = False
    references: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The variables that a name may stand for (`declare -n`), none where they are still to be given."""
    descriptors: dict[str, Descriptor] = field(default_factory=dict)

    def copy(self) -> State:
        """An independent copy, as a subshell gets it. Files are shared: they outlive subshells."""
        return replace(
            self,
            variables=dict(self.variables),
            arrays=dict(self.arrays),
            taints=dict(self.taints),
            functions=dict(self.functions),
            aliases=dict(self.aliases),
            references=dict(self.references),
            descriptors=dict(self.descriptors),
        )

    def call(self, name: str, args: Iterable[Word] = (), redirects: Iterable[Redirect] = ()) -> Call:
        """A command as it would be run at this point."""
        return Call(
            name,
            tuple(args),
            tuple(redirects),
            stdin=self.stdin,
            cwd=self.cwd,
            looped=self.looped,
            background=self.background,
            wrapped=self.wrapped,
            remote=self.remote,
            downloads=frozenset(self.downloads),
            secrets=frozenset(self.secrets),
            links=tuple(self.links.items()),
            implied=self.implied,
        )

    def named(self, name: str) -> tuple[str, ...]:
        """The variables that a name stands for: itself, or those that it refers to."""
        found = [name]
        for one in found:  # which grows as it is read
            found += [other for other in self.references.get(one, ()) if other not in found and len(found) < 24]
        return tuple(one for one in found if not self.references.get(one)) or (name,)

    def refer(self, name: str, values: tuple[str, ...]) -> None:
        """Make a name stand for other variables."""
        self.references[name] = tuple(value for value in values if value not in ("", name))

    def assign(self, name: str, values: tuple[str, ...], taints: frozenset[str] = frozenset()) -> None:
        """Set a variable, or those that it refers to; inside a branch the values that they had stay possible."""
        if self.references.get(name) == ():
            self.refer(name, values)
            return
        for one in self.named(name):
            old = self.variables.get(one, ()) if self.branch else ()
            self.arrays.pop(one, None)
            kept = dict.fromkeys((*old, *(value[:MOST_CHARACTERS] for value in values)))
            self.variables[one] = tuple(kept)[:MOST_VALUES]
            self.taints[one] = taints | (self.taints.get(one, frozenset()) if self.branch else frozenset())

    def assign_array(self, name: str, elements: dict[str, str], taints: frozenset[str] = frozenset()) -> None:
        """Set an array by its elements; inside a branch only as the text of all, which may be the old one."""
        known = [one for one in self.named(name) if not (self.branch and one in self.variables)]
        elements = dict(itertools.islice(elements.items(), MOST_ELEMENTS))
        self.assign(name, (" ".join(elements.values()),), taints)
        self.arrays.update(dict.fromkeys(known, elements))

    def keep(self, before: State) -> None:
        """Keep the values that variables had before as possible ones: what came since may not have run."""
        for name, elements in before.arrays.items():
            if self.arrays.get(name) != elements:
                self.arrays.pop(name, None)
        for name, values in before.variables.items():
            self.variables[name] = tuple(dict.fromkeys((*values, *self.variables[name])))[:MOST_VALUES]
            self.taints[name] = before.taints.get(name, frozenset()) | self.taints.get(name, frozenset())

    def adopt(self, inner: State) -> None:
        """Take over the variables of a copy: what it read runs in this shell after all."""
        self.variables.update(inner.variables)
        self.arrays = dict(inner.arrays)
        self.taints.update(inner.taints)
        self.references.update(inner.references)
        self.descriptors.update(inner.descriptors)


@dataclass(frozen=True)
class Surroundings:
    """Where the command would run: its directory, if known, and the user's home."""

    cwd: Path | None
    home: str
