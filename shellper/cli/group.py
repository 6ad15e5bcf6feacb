"""The root of the command line: which words are a command and which are a request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from shlex import join, quote

import click

from shellper import __version__
from shellper.cli import AS_OPTIONS, COMMANDS
from shellper.cli.ending import guarded
from shellper.cli.options import engine_options, examples, json_option, running_options
from shellper.cli.output import say
from shellper.cli.slips import is_farewell, nearest, nearest_command
from shellper.errors import UsageError

REQUEST = "request"

TAKE_COMMANDS = ("check", "explain")
"""Commands whose operand is a command line: unquoted words are one if they begin with a program or have an option."""

_ENGLISH = """
    at cat cut date diff file find fold free groups head host id join kill last less link locate look make man more
    mount nice open paste screen service size sleep sort split stat sum tail tee test time top touch users watch whatis
    whereis which who write yes
"""
"""Programs whose names are words: `check file sizes` is a request."""

_AS_A_REQUEST = "`--` before it makes it a request"

_MOST_AFTER_A_SLIP = 2
"""No more words than this follow a subcommand's name, `config set timeout 30`; more of them are a request."""

_NEAR = 0.75
"""How alike a word must be to a subcommand's name to be taken for it."""

_VERBS = ("add", "delete", "get", "help", "info", "list", "ls", "new", "remove", "reset", "right", "rm", "show")
"""What people try after `config`, `model` or `feedback`: an unknown command, not the beginning of a request."""


class Group(click.Group):
    """Loads a command's file when the command is used, and takes everything that is no command for a request."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, for the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, from its module; None if there is none."""
        if cmd_name == REQUEST:
            return request
        if cmd_name not in COMMANDS:
            return None
        found = vars(import_module(f"shellper.cli.{cmd_name}")).values()
        return next((each for each in found if isinstance(each, click.Command) and each.name == cmd_name), None)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options first, then a command with its arguments, or the words of a request."""
        options, rest = self._split(args)
        if rest in AS_OPTIONS:
            return super().parse_args(ctx, [f"--{rest[0]}"])
        if rest and self._is_command(ctx, rest[0], rest[1:]):
            self._require_subcommand(ctx, rest)
            return super().parse_args(ctx, [*options, *rest])
        self._refuse_slip(ctx, rest)
        more, words = self._pick_options(rest)
        return super().parse_args(ctx, [*options, *more, REQUEST, "--", *words])

    def _split(self, args: list[str]) -> tuple[list[str], list[str]]:
        """The options before the first word, and the rest."""
        place = 0
        while place < len(args) and args[place].startswith("-") and args[place] not in ("-", "--"):
            place += len(self._option(args, place))
        return args[:place], args[place:]

    def _pick_options(self, rest: list[str]) -> tuple[list[str], list[str]]:
        """The long options of a request among its words, and the words; what follows `--` is words."""
        options: list[str] = []
        words: list[str] = []
        place = 0
        while place < len(rest):
            word = rest[place]
            if word == "--":
                return options, words + rest[place + 1 :]
            option = self._option(rest, place) if word.partition("=")[0] in self._names() else []
            options += option
            words += [] if option else [word]
            place += len(option) or 1
        return options, words

    def _names(self) -> dict[str, bool]:
        """The names of the options that may stand among words, and whether each takes a value."""
        options = (param for param in self.params if isinstance(param, click.Option) and not param.is_eager)
        return {name: not option.is_flag for option in options for name in option.opts}

    def _option(self, args: list[str], place: int) -> list[str]:
        """The option that stands there, with its value. Raises UsageError if that is missing."""
        option = args[place : place + (2 if self._names().get(args[place]) else 1)]
        if self._names().get(option[-1]) and len(option) == 1:
            raise click.UsageError(f"Option '{option[0]}' requires an argument.")
        return option

    def _is_command(self, ctx: click.Context, name: str, rest: list[str]) -> bool:
        """Whether a command's name is meant as one: what follows is what the command takes, not more words."""
        command = self.get_command(ctx, name) if name in COMMANDS else None
        if not command:
            return False
        words = _operands(rest)
        if isinstance(command, click.Group):
            return self._is_subcommand(ctx, command, words)
        if name in TAKE_COMMANDS:
            return len(words) <= 1 or len(words) < len(rest) or _is_program(words[0])
        parser = command.make_parser(ctx)
        parser.ignore_unknown_options = parser.allow_interspersed_args = True
        try:
            _, extra, _ = parser.parse_args(list(rest))
        except click.UsageError:
            return True
        return not any(word in words for word in extra)

    def _is_subcommand(self, ctx: click.Context, group: click.Group, words: Sequence[str]) -> bool:
        """Whether words after a group's name are meant for it: no words, a subcommand, or one with a slip in it."""
        if not words or words[0] in group.list_commands(ctx) or words[0] in _VERBS:
            return True
        return len(words) == 1 or bool(_meant(ctx, group, words))

    def _require_subcommand(self, ctx: click.Context, rest: Sequence[str]) -> None:
        """Raises UsageError for a group with a subcommand that it does not have."""
        group, words = self.get_command(ctx, rest[0]), _operands(rest[1:])
        if not isinstance(group, click.Group) or not words or words[0] in group.list_commands(ctx):
            return
        meant = _meant(ctx, group, words)
        hint = f"; did you mean: shellper {group.name} {meant} ({_AS_A_REQUEST})" if meant else ""
        raise click.UsageError(
            f"No such command {words[0]!r}{hint}", click.Context(group, parent=ctx, info_name=group.name)
        )

    def _refuse_slip(self, ctx: click.Context, rest: Sequence[str]) -> None:
        """Raises UsageError for a request that is a command with a slip in its name, or a farewell."""
        if is_farewell(rest):
            raise UsageError("there is nothing to leave: shellper reset forgets the conversation")
        near = nearest_command(rest)
        if near and self._is_command(ctx, near, list(rest[1:])):
            line = join(["shellper", near, *rest[1:]])
            raise UsageError(f"{rest[0]!r} is no command; did you mean: {line} ({_AS_A_REQUEST})")


def _operands(rest: Sequence[str]) -> list[str]:
    return [word for word in rest if not word.startswith("-")]


def _meant(ctx: click.Context, group: click.Group, words: Sequence[str]) -> str | None:
    """What was meant by words after a group's name that begin with none of its subcommands; None for a request."""
    near = nearest(words[0], group.list_commands(ctx), _NEAR)
    if near == "set" and words[0] == "get":  # the other half of `set` elsewhere
        return "show"
    if near and len(words) <= 1 + _MOST_AFTER_A_SLIP:
        return join([near, *words[1:]])
    if group.name != "config" or len(words) > 2:
        return None
    from shellper.settings import KEYS

    setting = nearest(words[0].replace("-", "_"), KEYS, _NEAR)
    return f"set {setting} {quote(words[1]) if words[1:] else 'VALUE'}" if setting else None


def _is_program(word: str) -> bool:
    from shutil import which

    return word not in _ENGLISH.split() and which(word) is not None


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from shellper.cli.output import write

        write(f"shellper {__version__}")
        ctx.exit()


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["--help"], "max_content_width": 100},
    options_metavar="[OPTIONS]",
    subcommand_metavar="REQUEST… | COMMAND …",
    epilog=examples(
        'shellper "find big files"',
        "shellper only in src",
        "shellper --execute-commands how much space is left",
        "shellper --model distil_model --base-url http://localhost:11434/v1 list all files",
        "echo 'count the lines of notes.txt' | shellper -",
    ),
)
@engine_options
@running_options
@json_option
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def root(**_options: object) -> None:
    """Turn plain English into a shell command, with a small model on this machine.

    The command is printed, not run. A request continues the conversation of its terminal. Whatever is no command
    below is a request; `--` before it makes sure.
    """


@click.command(REQUEST, hidden=True)
@click.argument("words", nargs=-1)
@click.pass_context
def request(ctx: click.Context, words: tuple[str, ...]) -> int:
    """Print the command for a request."""
    from shellper.cli.request import respond

    return respond(words, ctx.find_root().params)


_CLEARER = (
    (r"is not a valid integer range", "is no whole number"),
    (r"is not a valid float range", "is no number"),
    (r"is not in the range x", "must be "),
    (r"^Invalid value for '[\[{].*?[\]}]': ", ""),  # a list of choices, which follows once more
)
"""What click says of values, and the same in plain words."""


def _clearer(message: str) -> str:
    for theirs, ours in _CLEARER:
        message = re.sub(theirs, ours, message)
    return " ".join(message.split()).rstrip(".")


def _no_such_option(error: click.NoSuchOption) -> str:
    """Click also proposes what has hardly more than the dashes in common."""
    name, known = error.option_name.lstrip("-"), [each.lstrip("-") for each in error.possibilities or ()]
    near = nearest(name, known, _NEAR) or next((each for each in known if each.startswith(f"{name}-")), None)
    return f"No such option {error.option_name!r}" + (f"; did you mean: --{near}" if near else "")


def run(arguments: Sequence[str]) -> int:
    """The exit status of a command line; see shellper.cli.main."""
    return guarded(lambda: _run(arguments))


def _run(arguments: Sequence[str]) -> int:
    try:
        result = root.main(list(arguments), "shellper", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.NoSuchOption as error:
        say(f"{_no_such_option(error)}; see: {error.ctx.command_path if error.ctx else 'shellper'} --help")
        return 2
    except click.UsageError as error:
        place = error.ctx.command_path if error.ctx else "shellper"
        say(f"{_clearer(error.format_message())}; see: {place} --help")
        return 2
    except click.ClickException as error:
        say(error.format_message())
        return error.exit_code
