"""Running commands: status, output, folder, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shellper.execute import OUTPUT_KEPT, _pgrep, plain_text, run_plain, run_watched
from tests.programs import require
from tests.test_terminal import in_terminal


@pytest.mark.parametrize(
    ("command", "status"),
    [("true", 0), ("false", 1), ("exit 7", 7), ("kill -TERM $$", 143), ("no-such-program-here", 127), ("if", 2)],
)
def test_the_status_is_the_commands(command: str, status: int, capfd: pytest.CaptureFixture[str]) -> None:
    assert run_plain(command).status == status
    assert run_watched(command).status == status


def test_an_error_of_the_shell_is_the_shells(capfd: pytest.CaptureFixture[str]) -> None:
    run_plain("cd no-such-folder")
    error = capfd.readouterr().err
    assert error.startswith("bash: ")
    assert "shellper" not in error
    assert "line 2" not in error


def test_the_folder_is_where_the_command_ended(tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()
    assert run_watched(f"cd '{tmp_path}/a b'; exit 1").folder == str(tmp_path.resolve() / "a b")
    assert run_plain(f"cd '{tmp_path}' && true").folder == str(tmp_path.resolve())
    assert run_plain("exec true").folder == str(Path.cwd())


def test_output_is_shown_and_its_ends_are_kept(capfd: pytest.CaptureFixture[str]) -> None:
    outcome = run_watched("seq 1 5000; echo oops >&2")
    assert capfd.readouterr().out.startswith("1\n2\n")
    assert outcome.output is not None
    assert outcome.output.startswith("1\n2\n")
    assert outcome.output.endswith("\n5000\noops")
    assert len(outcome.output) <= OUTPUT_KEPT + 10


def test_a_letter_between_the_halves_that_are_kept_stays_whole(capfd: pytest.CaptureFixture[str]) -> None:
    outcome = run_watched(f"printf %{OUTPUT_KEPT - 1}s; printf 'é\\033[31mred'")
    assert outcome.output is not None
    assert "�" not in outcome.output
    assert outcome.output.endswith("éred")


def test_nohup_stays(tmp_path: Path) -> None:
    code = "import signal; from shellper.execute import run_plain; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
    code += f"run_plain('echo $$; sleep 1; touch {tmp_path}/done')"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGHUP)
        assert process.wait(20) == 0
    assert (tmp_path / "done").exists()


def test_a_background_process_is_not_waited_for(capfd: pytest.CaptureFixture[str]) -> None:
    started = time.monotonic()
    outcome = run_watched("sleep 20 & echo $!")
    assert time.monotonic() - started < 10
    assert outcome.output
    os.kill(int(outcome.output), signal.SIGKILL)


def test_escape_sequences_are_not_kept() -> None:
    assert plain_text("\x1b[01;34mdir\x1b[0m\r\n\x1b]0;title\x07x\x1b(B\x08y\tz") == "dir\nxy\tz"


def test_on_a_terminal_the_command_has_one() -> None:
    code = "from shellper.execute import run_watched; print(run_watched('test -t 0 && test -t 1 && tty && stty size'))"
    lines = in_terminal(f'stty rows 33 cols 77; "{sys.executable}" -c "{code}"')
    assert lines[0].startswith("/dev/")
    assert "33 77" in lines
    assert "status=0" in lines[-1]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_ends_shellper_ends_the_command(number: int) -> None:
    code = "from shellper.execute import run_plain; run_plain('sh -c \\'echo $$; exec sleep 60\\'; true')"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        child = int(process.stdout.readline())
        process.send_signal(number)
        assert process.wait(10) == 128 + number
    state = Path(f"/proc/{child}/stat")
    deadline = time.monotonic() + 10
    while state.exists() and " Z " not in state.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_without_proc_pgrep_tells_the_children() -> None:
    require("pgrep")
    with subprocess.Popen(["sleep", "60"]) as process:
        assert str(process.pid) in _pgrep(os.getpid()).split()
        process.kill()
    assert _pgrep(process.pid) == ""
