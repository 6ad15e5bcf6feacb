"""`shellper explain`: a command in words."""

from __future__ import annotations

import sys

import click

from shellper.cli.options import examples, flag, json_option
from shellper.cli.output import is_terminal, write, write_json
from shellper.errors import UsageError
from shellper.user_dirs import current_folder

_LONGEST = 1_000_000


@click.command(
    "explain",
    context_settings={"ignore_unknown_options": True},
    epilog=examples(
        """shellper explain 'find . -name "*.log" -size +1M | xargs rm'""",
        "shellper explain tar xzf archive.tgz",
        "fc -ln -1 | shellper explain",
    ),
)
@json_option
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def explain(command: tuple[str, ...], **_options: object) -> None:
    """Say what each part of a command does, how dangerous it is, and what it does to files.

    Works offline, from the parsed command and a table of everyday programs; an option that is not in the table is
    said to be unknown. Without COMMAND, or with -, it is read from standard input.
    """
    from shellper.safety import explain as explain_text

    text = " ".join(command) if command and command != ("-",) else _from_input()
    if not text.strip():
        raise UsageError("nothing to explain: give a command, as in: shellper explain 'ls -la'")
    explanation = explain_text(text, cwd=current_folder())
    if flag("json"):
        write_json(explanation.as_json(text))
    else:
        write(explanation.text())


def _from_input() -> str:
    if sys.stdin is None or is_terminal("stdin"):
        return ""
    return sys.stdin.buffer.read(_LONGEST).decode("utf-8", "replace").rstrip("\n")
