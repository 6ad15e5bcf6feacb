"""Which terminal this is, in real pseudo-terminals."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from shellper.terminal import Terminal, _device_name, current_terminal, is_dead
from tests.programs import require

TELL = "from shellper.terminal import *; t = current_terminal(); print(t and t.key, t and is_dead(t.key))"
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def in_terminal(script: str) -> list[str]:
    """What a shell script writes as the first process of a new terminal."""
    master, slave = pty.openpty()
    words = [sys.executable, "-c", "import os,sys,fcntl,termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "]
    words[-1] += f"os.execvp('sh', ['sh', '-c', {script!r}])"
    process = subprocess.Popen(words, stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
    os.close(slave)
    output = b""
    try:
        while data := os.read(master, 4096):
            output += data
    except OSError:
        pass
    os.close(master)
    process.wait()
    return output.decode().split("\r\n")[:-1]


@linux
def test_one_terminal_has_one_key_and_the_next_another() -> None:
    tell = f'"{sys.executable}" -c "{TELL}"'
    first = in_terminal(f"{tell}; {tell} </dev/null | cat; :")
    assert first[0] == first[1]
    assert first[0].startswith("pts-")
    assert first[0].endswith(" False")
    second = in_terminal(f"{tell}; :")
    assert first[0] != second[0]
    assert is_dead(first[0].split()[0]) is True


def test_without_proc_ps_tells_the_same_on_every_journey() -> None:
    require("ps")
    code = "import shellper.terminal as t; print(t._from_ps(), t._ps(1, 'lstart'))"
    tell = f'"{sys.executable}" -c "{code}"'
    here, there = in_terminal(f"TZ=Asia/Tokyo LC_ALL=C.UTF-8 {tell}; TZ=America/Lima {tell}; :")
    assert here == there
    assert here.startswith("('pts-")
    alone = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, start_new_session=True
    )
    assert alone.stdout.startswith("None ")


def test_signals_are_as_before_where_no_terminal_can_be_opened() -> None:
    code = (
        "import signal; from shellper.typeahead import drop_typed_ahead; before = signal.getsignal(signal.SIGTTOU);"
        "print(drop_typed_ahead(), signal.getsignal(signal.SIGTTOU) == before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, start_new_session=True, check=True
    )
    assert done.stdout == "False True\n"


def test_without_a_tty_there_is_none_unless_chosen() -> None:
    def tell(**variables: str) -> str:
        words = [sys.executable, "-c", TELL]
        environment = {**os.environ, **variables}
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE}
        run = subprocess.run(words, **streams, check=True, text=True, start_new_session=True, env=environment)  # type: ignore[call-overload]
        return str(run.stdout.strip())

    assert tell() == "None None"
    assert tell(SHELLPER_SESSION="mine") == "session_mine None"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a b", "x" * 1000, "\udcff", "ünï", "_", "."])
def test_a_chosen_name_is_a_plain_file_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELLPER_SESSION", name)
    terminal = current_terminal()
    assert isinstance(terminal, Terminal)
    assert len(terminal.key) < 80
    assert Path(terminal.key).name == terminal.key


@pytest.mark.parametrize(
    ("major", "minor", "name"),
    [(136, 3, "pts-3"), (137, 0, "pts-256"), (4, 1, "tty1"), (4, 65, "ttyS1"), (204, 64, "tty204-64")],
)
def test_a_terminal_is_called_as_the_system_calls_it(major: int, minor: int, name: str) -> None:
    assert _device_name(os.makedev(major, minor)) == name


def test_nothing_is_said_about_other_keys() -> None:
    for key in ("session_mine", "pts-1_1_1_00000000", "", "x", "pts-1_0_0_00000000"):
        assert is_dead(key) is None
