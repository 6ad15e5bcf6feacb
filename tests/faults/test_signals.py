"""Signals at every stage: the program ends at once, nothing is left running, the conversation is whole."""

from __future__ import annotations

import os
import signal
import socket
import stat
import sys
import time
from pathlib import Path

import pytest

from shellper.conversation import conversations_folder
from tests.programs import REAL, history, run, started

STRUCK = [sys.executable, "-m", "tests.faults.program"]
ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.mark.parametrize("stage", ["load", "generate"])
@pytest.mark.parametrize("number", ENDING)
def test_while_the_model_works(model: Path, stage: str, number: signal.Signals) -> None:
    fault = {"FAULT": f"{stage}:{number.value}", "SHELLPER_MODEL": str(model)}
    with started("list files", program=STRUCK, **fault) as process:
        out, err = process.communicate(timeout=60)
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    assert (out, err) == ("", "")
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    assert history() == ""


@pytest.mark.parametrize("number", ENDING)
def test_while_the_real_program_loads(model: Path, number: signal.Signals) -> None:
    with started("list files", program=REAL) as process:
        maps = Path(f"/proc/{process.pid}/maps")
        if not maps.exists():
            pytest.skip("there is no /proc that says what a process has mapped")
        until = time.monotonic() + 60
        while str(model) not in maps.read_text() and time.monotonic() < until:
            time.sleep(0.001)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert (out, err) == ("", "")
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    assert history() == ""


@pytest.mark.parametrize("number", ENDING)
def test_while_a_server_is_awaited(number: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = {"SHELLPER_BASE_URL": f"http://127.0.0.1:{server.getsockname()[1]}/v1", "SHELLPER_MODEL": "silent"}
        with started("list files", program=REAL, **address) as process:
            connection, _ = server.accept()
            with connection:
                assert connection.recv(1)
                process.send_signal(number)
                out, err = process.communicate(timeout=60)
    assert (out, err) == ("", "")
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    assert history() == ""


@pytest.mark.parametrize("stage", ["load", "generate"])
def test_ctrl_c_under_the_key(model: Path, stage: str) -> None:
    variables = {"FAULT": f"{stage}:{signal.SIGINT.value}", "SHELLPER_MODEL": str(model)}
    result = run("hook", program=STRUCK, input="list files", variables=variables)
    assert (result.returncode, result.stdout, result.stderr) == (-signal.SIGINT, "", "")
    assert history() == ""


@pytest.mark.parametrize("number", [*ENDING, signal.SIGKILL])
def test_while_the_conversation_is_written(number: signal.Signals) -> None:
    assert run("the first").returncode == 0
    before = history()
    variables = {"FAULT": f"write:{number.value}", "FAKE_ANSWERS": '["pwd"]'}
    struck = run("the second", program=STRUCK, variables=variables)
    assert struck.returncode == (130 if number == signal.SIGINT else -number)
    assert (struck.stdout, struck.stderr) == ("pwd\n", "")
    assert history() == before
    assert run("the third").returncode == 0
    assert history() == before + "> the third\n$ ls\n"
    folder = conversations_folder()
    assert not list(folder.glob("*.new"))
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
