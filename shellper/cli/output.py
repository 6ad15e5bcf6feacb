"""What shellper writes: results on standard output, everything else as one line on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from shellper.errors import ShellperError

Result = TypeVar("Result")


def guarded(work: Callable[[], int]) -> int:
    """The exit status of the work; every error becomes one line and its status."""
    import os

    try:
        return work()
    except ShellperError as error:
        if str(error):
            say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Nobody reads any more. What is still buffered must not fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except OSError as error:
        say(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))
        return 1
    except Exception as error:
        if _verbose():
            raise
        say(f"internal error, please report it: {type(error).__name__}: {error} (SHELLPER_VERBOSE=1 shows more)")
        return 1


def _verbose() -> bool:
    """Whether SHELLPER_VERBOSE is on; the rest of the settings may be what failed."""
    import os

    from shellper.settings import KEYS

    key = KEYS["verbose"]
    with suppress(ValueError):
        return bool(key.read(os.environ.get(key.variable)))
    return False


def write(text: str) -> None:
    """A result and a newline on standard output, delivered. Raises ShellperError if that cannot be.

    A reader that has gone away (BrokenPipeError) is left to the caller.
    """
    if sys.stdout is None:
        raise ShellperError("standard output is closed")
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except UnicodeEncodeError:
        raise ShellperError("the answer has letters that this locale cannot write: set LC_ALL=C.UTF-8") from None
    except OSError as error:
        raise ShellperError(f"cannot write to standard output: {error.strerror}") from None


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


def visible(text: str) -> str:
    """The text with its control characters spelled out, so that none reaches the terminal."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


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
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def interruptible(work: Callable[[], Result]) -> Result:
    """The work's result, done in a thread: Ctrl-C is answered even while native code runs.

    After KeyboardInterrupt the thread is left behind, so the process should end by os._exit.
    """
    from threading import Event, Thread

    results: list[Result] = []
    errors: list[BaseException] = []
    done = Event()

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)
        finally:
            done.set()

    Thread(target=run, daemon=True).start()
    done.wait()
    if errors:
        raise errors[0]
    return results[0]


@contextmanager
def spinner(text: str) -> Iterator[None]:
    """A sign of life on a terminal's standard error while the block runs; nothing elsewhere."""
    import os

    if not is_terminal("stderr") or os.environ.get("TERM") == "dumb":
        yield
        return
    from threading import Event, Thread

    stop = Event()

    def turn() -> None:
        frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏" if "utf" in (sys.stderr.encoding or "").lower() else "|/-\\"
        count = 0
        while not stop.wait(0.1):
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


def columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows as lines with aligned columns."""
    table = [tuple(visible(cell) for cell in row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
