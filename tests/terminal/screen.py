"""A program in a pseudo-terminal, with a screen that can be read.

`Terminal` starts the program, types into it, and waits until the screen shows what is expected; nothing here sleeps
for a fixed time. The screen is pyte's: rows of text and a cursor, as a person would see them.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

DEADLINE = 20.0
"""Seconds to wait for what must come; only a failing test waits so long."""

# What newer shells say to the terminal (fish 4: the kitty keyboard protocol, XTGETTCAP) and pyte would print.
_UNKNOWN = re.compile(rb"\x1b\[[<=>][\d;]*[A-Za-z]|\x1bP[^\x1b]*\x1b\\")
_UNFINISHED = re.compile(rb"\x1b(?:\[[<=>]?[\d;]*|P[^\x1b]*\x1b?)?$")


class Terminal:
    """A program on a screen of `columns` by `rows`. A context manager: the program and its children end with it."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.screen.write_process_input = self._answer
        self._stream = pyte.ByteStream(self.screen)
        self.received = b""
        self._held = b""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child becomes the program
            try:
                os.chdir(cwd)
                os.execvpe(command[0], list(command), dict(env))
            finally:
                os._exit(127)
        self._lines = rows
        self.resize(columns)

    def resize(self, columns: int) -> None:
        """Make the terminal that wide; the program hears of it."""
        self.columns = columns
        self.screen.resize(self._lines, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", self._lines, columns, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.close(self._fd)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    # ---- the keyboard

    def send(self, keys: str | bytes) -> None:
        """Type the keys."""
        os.write(self._fd, keys.encode() if isinstance(keys, str) else keys)

    def _answer(self, data: str) -> None:
        """What the terminal itself reports when a program asks for it."""
        self.send(data)

    # ---- the screen

    @property
    def rows(self) -> list[str]:
        """The rows of the screen without trailing blanks, and without empty rows at the end."""
        rows = [row.rstrip() for row in self.screen.display]
        while rows and not rows[-1]:
            rows.pop()
        return rows

    @property
    def text(self) -> str:
        """The rows as one text."""
        return "\n".join(self.rows)

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column, from 0."""
        return self.screen.cursor.y, self.screen.cursor.x

    @property
    def line(self) -> str:
        """The row that the cursor is on."""
        return str(self.screen.display[self.screen.cursor.y]).rstrip()

    def read(self, seconds: float) -> bool:
        """Take in what arrives within the time; False when nothing did."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            data = b""
        if not data:
            raise EOFError(f"the program ended; the screen:\n{self.text}")
        self.received += data
        self._show(self._held + data)
        return True

    def _show(self, data: bytes) -> None:
        unfinished = _UNFINISHED.search(data)
        end = unfinished.start() if unfinished else len(data)
        self._held = data[end:]
        self._stream.feed(_UNKNOWN.sub(b"", data[:end]))

    def settle(self, quiet: float = 0.08) -> None:
        """Read until nothing has arrived for a moment: for assertions that something did not happen."""
        while self.read(quiet):
            pass

    def until(self, condition: Callable[[], bool], what: str = "the condition", deadline: float = DEADLINE) -> None:
        """Read until the condition holds. Raises AssertionError with the screen when it does not in time."""
        end = time.monotonic() + deadline
        while not condition():
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(
                    f"waited {deadline:.0f} s for {what}; the screen:\n{self.text}\ncursor {self.cursor}"
                )
            self.read(min(left, 0.5))

    def wait_for(self, text: str, deadline: float = DEADLINE) -> None:
        """Read until the text stands on the screen."""
        self.until(lambda: text in self.text, repr(text), deadline)

    def wait_line(self, text: str, deadline: float = DEADLINE) -> None:
        """Read until the row with the cursor is the text, without trailing blanks."""
        self.until(lambda: self.line == text.rstrip(), f"the line {text!r}", deadline)

    def wait_rows(self, *rows: str, deadline: float = DEADLINE) -> None:
        """Read until the screen is exactly these rows."""
        self.until(lambda: self.rows == [row.rstrip() for row in rows], "the rows " + "\n".join(rows), deadline)
