"""What leaves the machine: nothing with the embedded engine, with an endpoint the conversation to that address."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.programs import REAL, require, run, sandbox
from tests.terminal.endpoint import Endpoint

CALLS = "socket,connect,bind,listen,sendto,sendmsg,sendmmsg"


def traced(tmp_path: Path, *words: str, **variables: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """A run of the program, and its network calls as strace writes them."""
    log = tmp_path / "calls"
    strace = [require("strace"), "-f", "-qq", "-s", "200", "-o", str(log), "-e", f"trace={CALLS}"]
    if subprocess.run([*strace, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace here")
    result = run(*words, program=[*strace, *REAL], variables=variables)
    return result, [line.split(None, 1)[1] for line in log.read_text().splitlines()]


def test_the_model_needs_no_network(model: Path) -> None:
    result = run(
        "create a folder called reports", program=[*sandbox(), *REAL], variables={"SHELLPER_MODEL": str(model)}
    )
    assert (result.returncode, result.stdout.count("\n")) == (0, 1), result.stderr


def test_the_embedded_engine_speaks_to_nobody(model: Path, tmp_path: Path) -> None:
    result, calls = traced(tmp_path, "create a folder called reports", SHELLPER_MODEL=str(model))
    assert result.returncode == 0, result.stderr
    assert not [call for call in calls if "AF_INET" in call or "AF_NETLINK" in call or "AF_PACKET" in call]
    assert not [call for call in calls if call.startswith(("connect", "send"))]
    # The runtime insists on a place to listen at: a socket without a file whose name nobody knows.
    bound = [call for call in calls if call.startswith("bind")]
    assert all(re.search(r'sun_path=@"shellper-[0-9a-f]{32}\.sock"', call) for call in bound)
    assert len(bound) <= 1


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A server on loopback."""
    with Endpoint() as server:
        yield server


def test_an_endpoint_gets_the_conversation_and_nobody_gets_anything_else(
    endpoint: Endpoint, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "secret-folder"
    folder.mkdir()
    (folder / "secret-file.txt").touch()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SECRET_VARIABLE", "secret-value")
    address = {"SHELLPER_BASE_URL": endpoint.url, "SHELLPER_MODEL": "scripted"}
    assert run("make a folder", program=REAL, variables=address).returncode == 0
    result, calls = traced(tmp_path, "list it", **address)
    assert (result.returncode, result.stdout) == (0, "ls\n"), result.stderr

    port = endpoint.url.split(":")[2].split("/")[0]
    connected = [call for call in calls if call.startswith("connect") and "AF_INET" in call]
    assert connected
    assert all(f"htons({port})" in call and '"127.0.0.1"' in call for call in connected)

    asked = endpoint.asked[-1]
    said = [message.get("content") for message in asked["messages"] if message["role"] == "user"]
    assert said == ["make a folder", "list it"]
    text = json.dumps(asked)
    for private in ("secret", str(home), str(folder), os.uname().nodename, "python" + sys.version[:4]):
        assert private not in text
