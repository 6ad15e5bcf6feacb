"""shellper as a program that a signal reaches at a stage of its work: FAULT is STAGE:NUMBER, such as load:15.

load        just before the model is loaded
generate    at the first piece of the answer
write       when half of the conversation's new file is written
With FAKE_ANSWERS the engine is that of tests.cli.program, else the real one.
"""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable
from typing import Any

from shellper.engines import embedded, runtime

STAGE, _, NUMBER = os.environ["FAULT"].partition(":")


def strike() -> None:
    """The signal, to this process."""
    os.kill(os.getpid(), int(NUMBER))


def load(*arguments: Any, start: Callable[..., Any] = runtime.start_server) -> Any:
    """Loads the model after the signal."""
    strike()
    return start(*arguments)


class Server:
    """Sends the signal with the first piece of an answer."""

    def __init__(self, server: Any) -> None:
        self._server = server

    def handle_completions(self, body: Any, receive: Callable[[Any], bool]) -> None:
        """As the real one."""
        pieces = 0

        def struck(piece: Any) -> bool:
            nonlocal pieces
            pieces += 1
            if pieces == 1:
                strike()
            return receive(piece)

        self._server.handle_completions(body, struck)


def generate(*arguments: Any, start: Callable[..., Any] = runtime.start_server) -> Server:
    """Starts a server that strikes."""
    return Server(start(*arguments))


def fdopen(*arguments: Any, opened: Callable[..., Any] = os.fdopen, **options: Any) -> Any:
    """A file that is written one half, then the other."""
    file = opened(*arguments, **options)

    def write(text: str, write: Callable[[str], int] = file.write) -> None:
        write(text[: len(text) // 2])
        file.flush()
        strike()
        write(text[len(text) // 2 :])

    if file.writable():
        file.write = write
    return file


if __name__ == "__main__":
    if STAGE == "write":
        os.fdopen = fdopen
    else:
        embedded.start_server = {"load": load, "generate": generate}[STAGE]  # type: ignore[assignment,attr-defined]
    runpy.run_module("tests.cli.program" if "FAKE_ANSWERS" in os.environ else "shellper", run_name="__main__")
