"""Runs a command in a shell for `chat` and `--execute-commands`, and tells what came of it.

    run_plain(command)     the command has shellper's own standard streams; only its status is known
    run_watched(command)   the output is shown and kept; on a terminal the command has a terminal of its own

Both say where the command ended, so that `cd` lasts.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from types import FrameType
from typing import Any

from shellper.errors import ShellperError

OUTPUT_KEPT = 2000

# `eval` keeps the command apart from the frame; the trap tells the last folder even after `exit`.
_SCRIPT = "trap 'pwd -P >&{writer} 2>/dev/null' EXIT; eval \"$1\""
_ESCAPES = re.compile(r"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)?|\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Outcome:
    """A command's exit status (128 + N after signal N), its output where it was watched, its last folder."""

    status: int
    output: str | None
    folder: str


def run_plain(command: str) -> Outcome:
    """Run the command with shellper's standard input, output and error. Raises ShellperError without a shell."""
    with _report() as (reader, writer), _signals_pass_on() as running:
        with _start(command, writer, running) as process:
            status = process.wait()
        return Outcome(_status(status), None, _last_folder(reader))


def run_watched(command: str) -> Outcome:
    """Run the command, show its output as it comes and keep the beginning and end of it. Raises ShellperError."""
    on_terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    kept = _Kept()
    sys.stdout.flush()
    with _report() as (reader, writer), _signals_pass_on() as running:
        run = _run_on_terminal if on_terminal else _run_piped
        status = run(command, writer, running, kept.add)
        return Outcome(_status(status), kept.text(), _last_folder(reader))


def plain_text(output: str) -> str:
    """Output without escape sequences and control characters."""
    return _CONTROLS.sub("", _ESCAPES.sub("", output.replace("\r\n", "\n")))


class _Kept:
    """The first and the last of what a command wrote."""

    def __init__(self) -> None:
        self._first = bytearray()
        self._last = bytearray()
        self._dropped = False

    def add(self, data: bytes) -> None:
        room = OUTPUT_KEPT - len(self._first)
        self._first += data[:room]
        self._last += data[room:]
        self._dropped |= len(self._last) > OUTPUT_KEPT
        del self._last[:-OUTPUT_KEPT]

    def text(self) -> str:
        if not self._dropped:
            whole = plain_text((self._first + self._last).decode("utf-8", "replace"))
        else:
            whole = "".join(plain_text(part.decode("utf-8", "replace")) for part in (self._first, self._last))
        half = OUTPUT_KEPT // 2
        return whole.strip("\n") if len(whole) <= OUTPUT_KEPT else f"{whole[:half]}\n…\n{whole[-half:]}".strip("\n")


@contextmanager
def _report() -> Iterator[tuple[FileIO, FileIO]]:
    """A pipe on which the shell tells its last folder."""
    ends = os.pipe()
    with FileIO(ends[0], "r") as reader, FileIO(ends[1], "w") as writer:
        yield reader, writer


def _last_folder(reader: FileIO) -> str:
    # A background process may still hold the other end: take what is there.
    os.set_blocking(reader.fileno(), False)
    folder = os.fsdecode(reader.read(65536) or b"").rstrip("\n")
    if not os.path.isdir(folder):  # noqa: PTH112
        with suppress(OSError):
            return os.getcwd()  # noqa: PTH109
    return folder


def _start(command: str, writer: FileIO, running: _Running, **options: Any) -> subprocess.Popen[bytes]:
    """A shell for the command, which gets shellper's signals; it alone keeps the writing end of the report."""
    for shell in ("bash", "sh"):
        try:
            arguments = [shell, "-c", _SCRIPT.format(writer=writer.fileno()), shell, command]  # its errors name itself
            process = subprocess.Popen(arguments, pass_fds=(writer.fileno(),), **options)
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            raise ShellperError(f"cannot run the command ({error}): run it yourself") from None
        writer.close()
        running.started(process)
        return process
    raise ShellperError("cannot run the command: install bash, or go to another folder if this one is gone")


def _status(status: int) -> int:
    return 128 - status if status < 0 else status


class _Running:
    """The process of the command, which is ended by what ends shellper."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._pending = 0

    def started(self, process: subprocess.Popen[bytes]) -> None:
        """From now on signals pass to the process, and those that came while it was being started."""
        self._process = process
        if self._pending:
            self.end(self._pending, None)

    def end(self, number: int, _frame: FrameType | None) -> None:
        """Pass a signal on and leave."""
        if not self._process:
            self._pending = number
            return
        # A shell that is ended leaves its children running.
        for process in [*_descendants(self._process.pid), self._process.pid]:
            with suppress(OSError):
                os.kill(process, number)
        raise SystemExit(128 + number)

    def go_on(self, _number: int, _frame: FrameType | None) -> None:
        """Ctrl-C is the command's own, which gets it from the terminal."""


def _descendants(process: int) -> list[int]:
    """The children of a process and theirs, as /proc tells, or pgrep where there is none."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        children = "" if sys.platform == "linux" else _pgrep(process)
    return [each for child in map(int, children.split()) for each in [*_descendants(child), child]]


def _pgrep(process: int) -> str:
    try:
        return subprocess.run(["pgrep", "-P", str(process)], capture_output=True, check=False, text=True).stdout
    except OSError:
        return ""


@contextmanager
def _signals_pass_on() -> Iterator[_Running]:
    """Nothing is left running."""
    running = _Running()
    # A handler for Ctrl-C too, for what is ignored here would be ignored by the command as well; but nohup stays.
    handlers = {signal.SIGTERM: running.end, signal.SIGHUP: running.end, signal.SIGINT: running.go_on}
    heard = [number for number in handlers if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, handlers[number]) for number in heard}
    try:
        yield running
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run_piped(command: str, writer: FileIO, running: _Running, keep: Callable[[bytes], None]) -> int:
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with _start(command, writer, running, **options) as process:
        assert process.stdout is not None
        _copy(process.stdout.fileno(), process, keep)
        return process.wait()


def _run_on_terminal(command: str, writer: FileIO, running: _Running, keep: Callable[[bytes], None]) -> int:
    """Give the command a terminal of its own, so that it colours, pages and edits as usual, and copy both ways."""
    import fcntl
    import pty
    import termios
    import tty
    import warnings

    master, slave = pty.openpty()
    before = termios.tcgetattr(0)
    termios.tcsetattr(slave, termios.TCSANOW, before)
    _copy_size(master)

    def adopt() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    options = {"stdin": slave, "stdout": slave, "stderr": slave, "start_new_session": True, "preexec_fn": adopt}
    try:
        with warnings.catch_warnings():
            # The runtime's threads may be there; between fork and exec nothing but one ioctl is called.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = _start(command, writer, running, **options)
    except BaseException:
        os.close(master)
        raise
    finally:
        os.close(slave)
    resized = signal.signal(signal.SIGWINCH, lambda *_: _copy_size(master))
    with process:
        try:
            tty.setraw(0)
            _copy(master, process, keep, typing=True)
        finally:
            os.close(master)
            termios.tcsetattr(0, termios.TCSAFLUSH, before)
            signal.signal(signal.SIGWINCH, resized)
        return process.wait()


def _copy_size(master: int) -> None:
    import fcntl
    import termios

    with suppress(OSError):
        fcntl.ioctl(master, termios.TIOCSWINSZ, fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8))


def _copy(source: int, process: subprocess.Popen[bytes], keep: Callable[[bytes], None], typing: bool = False) -> None:
    """Show and keep what comes from the command, and if it has a terminal of its own hand it what the user types.

    Ends when the source closes, or when the command has ended and nothing more comes: what it left in the background
    may hold the source open.
    """
    import select

    sources = [source, 0] if typing else [source]
    while True:
        ended = process.poll() is not None
        ready, _, _ = select.select(sources, [], [], 0.05)
        if source in ready:
            data = _read(source)
            if not data:
                return
            keep(data)
            _write(1, data)
        elif ended:
            return
        if 0 in ready:
            typed = _read(0)
            if typed:
                _write(source, typed)
            else:
                sources.remove(0)


def _read(descriptor: int) -> bytes:
    """What is there, nothing at the end; a terminal that has closed gives an error instead."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
