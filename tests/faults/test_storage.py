"""Disks that are full or read-only, and no home at all: the answer comes, with one line about what is not kept."""

from __future__ import annotations

import resource
import shlex
import subprocess
from pathlib import Path

import pytest

from shellper import user_dirs
from tests.programs import FAKE, REAL, environment, history, run, sandbox

LIST = [*FAKE, "list files"]
SET = [*REAL, "config", "set", "tools", "gorilla"]
RESET = [*REAL, "reset"]


def one_line(result: subprocess.CompletedProcess[str], code: int, out: str, about: str) -> None:
    """The result is the output and one line on standard error."""
    assert (result.returncode, result.stdout) == (code, out), result.stderr
    assert result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.startswith("shellper: ")
    assert about in result.stderr


def inside(box: list[str], words: list[str], before: str = "true") -> subprocess.CompletedProcess[str]:
    """The result of a program in a sandbox."""
    return run(program=[*box, "sh", "-c", f"{before}; exec {shlex.join(words)}"])


def test_a_file_that_cannot_grow() -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))

    assert run("the first").returncode == 0
    before = history()
    one_line(run("list files", preexec_fn=small), 0, "ls\n", "cannot be kept")
    assert history() == before
    config = user_dirs.config_file()
    assert config
    config.parent.mkdir(parents=True)
    config.write_text("# " + "mine " * 20 + "\n")
    one_line(run("config", "set", "tools", "gorilla", program=REAL, preexec_fn=small), 1, "", "")
    assert config.read_text() == "# " + "mine " * 20 + "\n"
    assert {path.name for path in config.parent.iterdir()} == {config.name, ".lock"}


def test_a_full_disk(home: Path) -> None:
    box = sandbox("--size", "65536", "--tmpfs", str(home))
    fill = 'cat /dev/zero > "$HOME/full" 2>/dev/null'
    one_line(inside(box, LIST, fill), 0, "ls\n", "cannot be kept: No space left on device")
    one_line(inside(box, SET, fill), 1, "", "No space left on device")


def test_a_read_only_home() -> None:
    box = sandbox()
    assert run("the first").returncode == 0
    before = history()
    one_line(inside(box, LIST), 0, "ls\n", "cannot be kept: Read-only file system")
    one_line(inside(box, SET), 1, "", "Read-only file system")
    one_line(inside(box, RESET), 1, "", "cannot be removed: Read-only file system")
    assert inside(box, [*REAL, "history"]).stdout == before
    assert history() == before


def test_nobody_has_a_home() -> None:
    box = sandbox("--unshare-user", "--uid", "54321", "--unsetenv", "HOME")
    one_line(inside(box, LIST), 0, "ls\n", "set HOME or XDG_STATE_HOME")
    one_line(inside(box, RESET), 1, "", "set HOME or XDG_STATE_HOME")
    assert inside(box, [*REAL, "config"]).returncode == 0
    result = inside(box, SET)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (1, "", 1)


def test_without_a_terminal_nothing_is_kept(home: Path) -> None:
    variables = {key: value for key, value in environment().items() if key != "SHELLPER_SESSION"}
    done = subprocess.run(LIST, env=variables, capture_output=True, check=False, text=True, start_new_session=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "ls\n", "")
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(("closed", "code"), [("<&- >&-", 1), ("<&- 2>&-", 0), ("<&- >&- 2>&-", 1)])
def test_closed_streams_and_the_model(model: Path, tmp_path: Path, closed: str, code: int) -> None:
    """The runtime opens files and a socket: none of them may become a standard stream."""
    (tmp_path / "work").mkdir()
    script = f"{shlex.join(REAL)} create a folder called reports {closed}"
    variables = environment(SHELLPER_MODEL=str(model))
    done = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path / "work", env=variables, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.count("\n")) == (code, 0 if code else 1)
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "work").iterdir())
