"""How a command ends: an error is one line and a status, and Ctrl-C is answered at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from shellper.cli.output import say
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
