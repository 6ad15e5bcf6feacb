"""The options that requests, `chat` and others share, and how they become settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from shellper.cli.output import say
from shellper.conversation import ConversationStore
from shellper.settings import ENGINES, KEYS, TOOL_SETS, Settings, load_settings

Function = TypeVar("Function", bound=Callable[..., Any])

_ENGINE = (
    click.option("--engine", type=click.Choice(ENGINES), help="Where the model runs: in shellper, or on a server."),
    click.option("--model", metavar="NAME", help="A model's name on the server, or a GGUF file."),
    click.option("--base-url", "--base_url", metavar="URL", help="A server that speaks OpenAI's protocol."),
    click.option("--tools", type=click.Choice(TOOL_SETS), help="The tools that the model may use."),
)
_RUNNING = (
    click.option("--verbose", is_flag=True, default=None, help="Show the model's tool call."),
    click.option("--new", is_flag=True, default=None, help="Neither continue nor keep the conversation."),
    click.option(
        "--execute-commands",
        "--execute_commands",
        is_flag=True,
        default=None,
        help="Run commands; destructive ones ask.",
    ),
    click.option(
        "--allow-recursive", "--allow_recursive", is_flag=True, default=None, help="Let whole folders be removed."
    ),
)
json_option = click.option("--json", is_flag=True, default=None, help="Answer as JSON.")


def engine_options(function: Function) -> Function:
    """The options that choose engine, model and tools."""
    return _apply(_ENGINE, function)


def running_options(function: Function) -> Function:
    """The options of what asks and runs: --verbose, --new, --execute-commands, --allow-recursive."""
    return _apply(_RUNNING, function)


def _apply(options: tuple[Callable[[Function], Function], ...], function: Function) -> Function:
    for option in reversed(options):
        function = option(function)
    return function


def flag(name: str) -> Any:
    """An option's value as given to the command or before its name, None if it was not."""
    context: click.Context | None = click.get_current_context()
    while context:
        value = context.params.get(name)
        if value is not None:
            return value
        context = context.parent
    return None


def current_settings() -> Settings:
    """The settings under the options of the command line; warnings are shown. Raises ConfigError."""
    settings = load_settings({name: flag(name) for name in KEYS})
    say(*settings.warnings)
    return settings


def current_store() -> ConversationStore:
    """The conversation of this terminal, or one that keeps nothing with --new."""
    from shellper.terminal import current_terminal

    return ConversationStore(None if flag("new") else current_terminal())


def examples(*lines: str) -> str:
    """The end of a help text."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
