"""`shellper reset`: forget this terminal's conversation."""

from __future__ import annotations

import click

from shellper.cli.options import examples
from shellper.cli.output import counted, say
from shellper.conversation import ConversationStore
from shellper.terminal import NO_TERMINAL, REMEDY, current_terminal


@click.command("reset", epilog=examples("shellper reset"))
def reset() -> None:
    """Forget this terminal's conversation: the next request starts a new one."""
    terminal = current_terminal()
    if not terminal:
        say(f"{NO_TERMINAL}; {REMEDY}")
        return
    turns = ConversationStore(terminal).reset()
    say(f"forgot {counted(turns, 'turn')} of {terminal.name}" if turns else f"{terminal.name} has nothing to forget")
