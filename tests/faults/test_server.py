"""Servers that fail, before the program itself: one line, at once, and nothing kept."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.programs import REAL, history, run

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10000000\r\n\r\n"


def stall(connection: socket.socket) -> None:
    time.sleep(8)


def drip(connection: socket.socket) -> None:
    connection.sendall(HEAD)
    for _ in range(80):
        connection.sendall(b" ")
        time.sleep(0.1)


def close_early(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"{")


def flood(connection: socket.socket) -> None:
    connection.sendall(HEAD + b" " * 10_000_000)


@pytest.mark.parametrize(
    ("fault", "said"),
    [(stall, "within 1 seconds"), (drip, "within 1 seconds"), (close_early, "broke off"), (flood, "more than 4 MB")],
)
def test_one_line(fault: Callable[[socket.socket], None], said: str) -> None:
    def answer() -> None:
        connection, _ = server.accept()
        with connection, suppress(OSError):  # the client goes away
            connection.recv(65536)
            fault(connection)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        result = run("--base-url", url, "--model", "m", "list files", program=REAL, variables={"SHELLPER_TIMEOUT": "1"})
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert result.stderr.startswith("shellper: ")
    assert said in result.stderr
    assert history() == ""
