"""What shellper writes: results on standard output, everything else as one line on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from shellper.errors import ShellperError
from shellper.text import undelivered, visible

YES = ("y", "yes")
NO = ("n", "no")


def write(text: str) -> None:
    """A result and a newline on standard output, delivered. Raises ShellperError if that cannot be.

    A reader that has gone away (BrokenPipeError) is left to the caller.
    """
    if sys.stdout is None:
        raise ShellperError("standard output is closed: open it, or send it to a file")
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except UnicodeEncodeError:
        raise ShellperError("the answer has letters that this locale cannot write: set LC_ALL=C.UTF-8") from None
    except OSError as error:
        raise ShellperError(undelivered(error)) from None


def write_json(value: Any) -> None:
    """A JSON value on one line of standard output, in ASCII: whatever it holds, no control character gets out."""
    from json import dumps

    write(dumps(value))


def say(*lines: str) -> None:
    """Lines for the user on standard error, each as `shellper: line`. Never fails: there may be nobody to read them."""
    for line in lines:
        whisper(f"shellper: {line}")


def whisper(line: str) -> None:
    """A bare line on standard error."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(visible(line) + "\n")
        sys.stderr.flush()


def is_terminal(*names: str) -> bool:
    """Whether these standard streams are terminals."""
    streams = (getattr(sys, name) for name in names)
    return all(stream is not None and not stream.closed and stream.isatty() for stream in streams)


def ask(question: str) -> bool:
    """Ask on standard error, read the answer from standard input; anything but y or yes is no."""
    if sys.stdin is None:
        return False
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{visible(question)} [y/N] ")
        sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in YES


def counted(number: int, noun: str) -> str:
    """A number and what there is of it, such as `1 turn` or `2 turns`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows as lines with aligned columns."""
    table = [tuple(visible(cell) for cell in row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
