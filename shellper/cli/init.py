"""`shellper init SHELL`: prints the hook. The plain call is answered in shellper.__main__, before click is imported."""

from __future__ import annotations

import click

from shellper.cli.options import examples
from shellper.cli.output import write
from shellper.errors import ShellperError
from shellper.init import LOADING, SHELLS, script


@click.command(
    "init",
    epilog=examples(*(f"{line:<36} # in {file}" for file, line in LOADING.values())),
)
@click.argument("shell", type=click.Choice(SHELLS))
def init(shell: str) -> None:
    """Print the hook of a shell. Ctrl-G then turns the words on the line into a command.

    Another key: set SHELLPER_KEY before this, in the shell's own notation; empty binds none.
    """
    try:
        write(script(shell).rstrip("\n"))
    except FileNotFoundError as error:
        raise ShellperError(str(error)) from None
