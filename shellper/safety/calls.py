"""A simple command as it would be run: its words, its redirections, what flows into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from shellper.safety.arguments import arguments, same_option
from shellper.safety.bash.marks import literal
from shellper.safety.canonical import canonical
from shellper.safety.flows import TERMINAL, Data


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
    script: Data | None = None
    """What an earlier command of the line wrote into the file that it runs."""
    implied: bool = False
    """Nobody wrote it as a command here: a variable stands for it, or a file that is run later."""

    @cached_property
    def program(self) -> str:
        """The name under which all tables have the program."""
        return canonical(self.name)

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
