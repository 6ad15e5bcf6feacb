"""Signs of life on a terminal's standard error: a spinner for a moment, a bar for what takes long."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import TracebackType

from shellper.cli.output import is_terminal

_WIDTH = 24
_PAUSE = 0.1


def _can_draw() -> bool:
    """Whether standard error is a terminal on which a line can be drawn over."""
    import os

    return is_terminal("stderr") and os.environ.get("TERM") != "dumb"


@contextmanager
def spinner(text: str) -> Iterator[None]:
    """A sign of life on a terminal's standard error while the block runs; nothing elsewhere."""
    if not _can_draw():
        yield
        return
    from threading import Event, Thread

    stop = Event()

    def turn() -> None:
        frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏" if "utf" in (sys.stderr.encoding or "").lower() else "|/-\\"
        count = 0
        while not stop.wait(_PAUSE):
            sys.stderr.write(f"\r{frames[count % len(frames)]} {text}")
            sys.stderr.flush()
            count += 1
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    thread = Thread(target=turn, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


class Bar:
    """Shows how much of a total is done, and how long the rest will take; on a terminal that is not dumb."""

    def __init__(self, label: str, total: int) -> None:
        self._label = label
        self._total = max(1, total)
        self._began = monotonic()
        self._last = 0.0
        self.shown = _can_draw()

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.shown:
            self._write("\r\x1b[K")

    def update(self, done: int, note: str = "", seconds_left: float | None = None) -> None:
        """So much is done; `note` stands behind the bar."""
        from shutil import get_terminal_size

        now = monotonic()
        if not self.shown or (now - self._last < _PAUSE and done < self._total):
            return
        self._last = now
        share = min(1.0, done / self._total)
        left = seconds_left if seconds_left is not None else (now - self._began) * (1 - share) / share if share else 0.0
        text = f"{share:4.0%} {clock(left)} left  {note}"
        columns = get_terminal_size().columns - 1  # a line that is wrapped cannot be drawn over
        width = max(1, min(_WIDTH, columns - len(f"{self._label} [] {text}")))
        filled = "#" * round(share * width)
        self._write("\r" + f"{self._label} [{filled:.<{width}}] {text}"[:columns] + "\x1b[K")

    @staticmethod
    def _write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


def clock(seconds: float) -> str:
    """A time as 1:02:03 or 2:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
