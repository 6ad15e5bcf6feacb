"""`shellper check`: the safety verdict of a command, or of many."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from shellper.cli.options import examples, flag, json_option
from shellper.cli.output import is_terminal, write, write_json
from shellper.errors import UsageError
from shellper.text import visible
from shellper.user_dirs import current_folder

_CODES = {"forbidden": 3, "invalid": 1}
_NOTHING = "no command to check, such as: shellper check 'rm -rf build'"


@click.command(
    "check",
    context_settings={"ignore_unknown_options": True},
    epilog=examples(
        "shellper check 'rm -rf build'",
        "shellper check --json 'git push --force'",
        "shellper check --json < commands.txt",
    ),
)
@json_option
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def check(command: tuple[str, ...], **_options: object) -> int:
    """Say how dangerous a command is, and why, without running it.

    The levels are safe, caution, destructive and forbidden, and invalid for what bash cannot read. Without COMMAND,
    or with -, standard input has one command per line. The exit status is 3 if one is forbidden, else 1 if one is
    invalid; with --json it is 0 for verdicts on standard input, which stand in the output.
    """
    if command and command != ("-",):
        return _CODES.get(_report(_said(command)), 0)
    if sys.stdin is None or is_terminal("stdin"):
        raise UsageError(_NOTHING)
    codes = [_CODES.get(_report(line), 0) for line in _lines(sys.stdin.buffer)]
    if not codes:
        raise UsageError(_NOTHING)
    return 0 if flag("json") else max(codes)


def _said(command: tuple[str, ...]) -> str:
    text = " ".join(command)
    if not text.strip():
        raise UsageError(_NOTHING)
    return text


def _lines(lines: Iterable[bytes]) -> Iterable[str]:
    for line in lines:
        yield line.decode("utf-8", "surrogateescape").rstrip("\r\n")


def _report(command: str) -> str:
    from shellper.safety import assess
    from shellper.safety.explanation import explain
    from shellper.safety.levels import Level

    folder = current_folder()
    verdict = assess(command, cwd=folder)
    level, reasons = verdict.level.value, list(verdict.reasons)
    if flag("json"):
        write_json({"command": command, "level": level, "reasons": reasons})
    else:
        reservation = explain(command, cwd=folder).reservation if verdict.level is Level.SAFE else ""
        heading = f"{level} as far as is known" if reservation else level
        said = reservation or "; ".join(reasons)
        write(visible(f"{heading}: {said}" if said else heading))
    return level
