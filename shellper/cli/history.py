"""`shellper history`: this terminal's conversation."""

from __future__ import annotations

import click

from shellper.cli.options import current_store, examples, flag, json_option
from shellper.cli.output import say, write, write_json
from shellper.conversation import Turn
from shellper.terminal import NO_TERMINAL, REMEDY
from shellper.text import visible


@click.command("history", epilog=examples("shellper history", "shellper history --json"))
@json_option
def history(**_options: object) -> None:
    """Show this terminal's conversation: each request, and the command or question that answered it."""
    store = current_store()
    turns = store.load().turns
    say(*store.warnings)
    if flag("json"):
        write_json([turn.as_json() for turn in turns])
    elif turns:
        write("\n".join(line for turn in turns for line in _lines(turn)))
    else:
        say("no conversation yet" if store.terminal else f"{NO_TERMINAL}; {REMEDY}")


def _lines(turn: Turn) -> list[str]:
    lines = [
        f"> {visible(turn.request)}",
        f"$ {visible(turn.command)}" if turn.command else f"? {visible(turn.question)}",
    ]
    return [*lines, f"  exit status {turn.status}"] if turn.status else lines
