"""What can be completed where, read off the command line itself, and written in each shell's own language.

Command     a command, by its path of names: what words, options and operands may follow
Option      an option's names, help and value
Value       what kind of word is wanted: nothing, one of some words, a file, a model
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from shellper.settings import Key

HEADER = "# Generated from the command line by: shellper completions --write"


class Kind(Enum):
    """Kinds of values that a shell can complete."""

    NONE = "none"
    WORDS = "words"
    FILE = "file"
    FOLDER = "folder"
    MODEL = "model"
    """A model at the endpoint, or a model file."""
    MODEL_FILE = "model file"
    """A model file, or the name of one that shellper knows."""


ASKED = {Kind.MODEL: "--models", Kind.MODEL_FILE: "--model-names"}
"""What only the program knows: the option of `shellper completions` that prints it."""


@dataclass(frozen=True)
class Value:
    """What is wanted; `words` are the choices of Kind.WORDS."""

    kind: Kind = Kind.NONE
    words: Sequence[str] = ()


@dataclass(frozen=True)
class Option:
    """An option; `value` is None for a flag, and `count` how many of them it takes."""

    names: Sequence[str]
    help: str
    value: Value | None = None
    count: int = 1


@dataclass(frozen=True)
class Command:
    """A command: `path` is () for the program itself. `subcommands` are names with their help."""

    path: tuple[str, ...]
    help: str
    options: Sequence[Option]
    operands: Sequence[Value]
    many: bool
    """Whether the last operand may be repeated."""
    subcommands: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The path as text."""
        return " ".join(self.path)

    def repeated(self, number: int) -> bool:
        """Whether the operand of that number may be repeated."""
        return self.many and number == len(self.operands) - 1


def commands() -> list[Command]:
    """Every command of the program, the program itself first."""
    from shellper.cli.group import root

    context = click.Context(root, info_name="shellper")
    return list(_walk(root, context, ()))


def with_values(commands: Sequence[Command]) -> dict[str, int]:
    """The names of the options that take values, and how many each takes."""
    options = [option for command in commands for option in command.options if option.value]
    return {name: option.count for option in options for name in option.names}


def _walk(command: click.Command, context: click.Context, path: tuple[str, ...]) -> Iterator[Command]:
    children = {}
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child and not child.hidden:
                children[name] = child
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    operands = [_operand(path, each) for each in arguments]
    settings = _settings(path)
    yield Command(
        path,
        _short(path, command),
        [_option(each) for each in command.params if isinstance(each, click.Option) and not each.hidden]
        + [Option(["--help"], "Show the help")],
        [] if settings else operands if path else [Value(Kind.FILE)],  # a request may name files
        not path or any(each.nargs == -1 for each in arguments),
        {name: _short((*path, name), child) for name, child in children.items()}
        | {each.path[-1]: each.help for each in settings},
    )
    yield from settings
    for name, child in children.items():
        yield from _walk(child, click.Context(child, parent=context, info_name=name), (*path, name))


def _settings(path: tuple[str, ...]) -> list[Command]:
    """The settings as commands of their own after `config set`, for each takes other values; nothing elsewhere."""
    from shellper.settings import KEYS

    if path != ("config", "set"):
        return []
    return [Command((*path, key.name), _sentence(key.help), [], [_setting(key)], False) for key in KEYS.values()]


def _setting(key: Key) -> Value:
    if key.choices:
        return Value(Kind.WORDS, key.choices)
    return Value({"model": Kind.MODEL, "job_description": Kind.FILE}.get(key.name, Kind.NONE))


def _option(option: click.Option) -> Option:
    names = sorted(option.opts + option.secondary_opts, key=lambda name: "_" in name)
    names = [name for name in names if "_" not in name] or names  # the other spelling is known, not offered
    value = None if option.is_flag else _value(option, option.name or "")
    return Option(names, _sentence(option.help or ""), value, option.nargs)


def _operand(path: tuple[str, ...], argument: click.Argument) -> Value:
    if path[:1] == ("config",) and argument.name == "name":
        from shellper.settings import KEYS

        return Value(Kind.WORDS, list(KEYS))
    if path[:1] == ("model",) and argument.name == "name":
        return Value(Kind.MODEL_FILE)
    return _value(argument, argument.name or "")


def _value(parameter: click.Parameter, name: str) -> Value:
    if isinstance(parameter.type, click.Choice):
        return Value(Kind.WORDS, [str(choice) for choice in parameter.type.choices])
    if isinstance(parameter.type, click.Path):
        return Value(Kind.FILE if parameter.type.file_okay else Kind.FOLDER)
    return Value({"model": Kind.MODEL, "base": Kind.FILE}.get(name, Kind.NONE))


def _short(path: tuple[str, ...], command: click.Command) -> str:
    from shellper.cli import COMMANDS

    known = COMMANDS.get(path[0], "") if len(path) == 1 else ""
    return _sentence(known or command.get_short_help_str(limit=90))


def _sentence(text: str) -> str:
    return text.split(". ")[0].strip().rstrip(".…").strip()
