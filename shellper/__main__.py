"""Where the program starts: what must be quick is answered here, before click is imported."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run shellper with the arguments of the process; returns its exit status."""
    _hold_streams()
    try:
        status = _run(sys.argv[1:])
    except KeyboardInterrupt:
        status = 130
    if "xllamacpp" in sys.modules:
        # The process ends here: taking the runtime apart takes time, and after Ctrl-C it may still be at work.
        _leave(status)
    return status


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"] and sys.stdout is not None:
        from shellper import __version__

        return _print(f"shellper {__version__}\n")
    if len(arguments) == 2 and arguments[0] == "init":
        from shellper.init import SHELLS, script

        if arguments[1] in SHELLS:
            try:
                return _print(script(arguments[1]))
            except FileNotFoundError as error:
                sys.stderr.write(f"shellper: {error}\n")
                return 1
    if arguments in (["hook"], ["hook", "--explain"]) and not (sys.stdin is not None and sys.stdin.isatty()):
        from shellper.hook import main as hook

        return hook(arguments[1:])
    from shellper.cli import main as command_line

    return command_line()


def _hold_streams() -> None:
    """Open the standard streams that are closed, so that no file gets their numbers and what is meant for them."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _print(text: str) -> int:
    try:
        sys.stdout.buffer.write(text.encode())  # a shell reads UTF-8, whatever the locale is
        sys.stdout.flush()
    except OSError as error:
        _leave(1 if isinstance(error, BrokenPipeError) else _complain(error))
    return 0


def _complain(error: OSError) -> int:
    from shellper.text import undelivered

    sys.stderr.write(f"shellper: {undelivered(error)}\n")
    return 1


def _leave(status: int) -> None:
    """End the process at once, after delivering what was written."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # None where the stream was closed from the start
        try:
            stream.flush()
        except (OSError, ValueError):
            status = status or 1
    os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
