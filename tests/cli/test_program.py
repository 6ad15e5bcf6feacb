"""The program as a process: signals, streams, locales, start-up."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.programs import FAKE, REAL, environment, history, run, started


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGHUP, -signal.SIGHUP)]
)
def test_a_signal_ends_it_and_nothing_is_stored(number: int, code: int) -> None:
    with started("list files", FAKE_SECONDS="30") as process:
        time.sleep(1.5)
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (code, "", "")
    assert history() == ""


def test_an_early_interrupt_is_quiet_as_well() -> None:
    for wait in (0.1, 0.15, 0.2, 0.25, 0.3):
        with started("history", program=REAL) as process:
            time.sleep(wait)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=10)
        assert process.returncode in (0, 130, -2, 1)


def test_a_reader_that_has_gone_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    result = run("list files", stdout=writer)
    os.close(writer)
    assert (result.returncode, result.stderr) == (1, "")
    assert history() == ""


def test_a_full_disk_is_one_line() -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        result = run("list files", stdout=full)
        assert (result.returncode, result.stderr.count("\n")) == (1, 1)
        result = run("--version", program=REAL, stdout=full)
        assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert history() == ""


@pytest.mark.parametrize(("closed", "code"), [("<&-", 0), (">&-", 1), ("2>&-", 0)])
def test_closed_streams(closed: str, code: int) -> None:
    script = f'"{sys.executable}" -m tests.cli.program list files {closed}'
    result = subprocess.run(["sh", "-c", script], env=environment(), capture_output=True, text=True, check=False)
    assert result.returncode == code
    assert result.stdout == ("" if code else "ls\n")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_locales(locale: str) -> None:
    result = run("list ünï", variables={"LC_ALL": locale, "FAKE_ANSWERS": '["ls ünï"]'}, encoding="utf-8")
    assert (result.returncode, result.stdout) == (0, "ls ünï\n")


def test_a_locale_that_cannot_write_the_answer() -> None:
    variables = {"PYTHONIOENCODING": "ascii", "FAKE_ANSWERS": '["ls \\u00fc"]'}
    result = run("list files", variables=variables)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (1, "", 1)


def test_bytes_that_are_no_text() -> None:
    result = subprocess.run([*FAKE, b"list \xff"], env=environment(), capture_output=True, check=False)
    assert (result.returncode, result.stdout, result.stderr.count(b"\n")) == (2, b"", 1)


def test_a_home_that_cannot_be_written(home: Path) -> None:
    result = run("list files", variables={"HOME": "/proc/nowhere"})
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (0, "ls\n", 1)


def test_ctrl_c_belongs_to_the_command_that_runs() -> None:
    command = "trap 'echo caught; exit 5' INT; echo go; while :; do sleep 0.1; done"
    with started("--execute-commands", "wait", FAKE_ANSWERS=f'["{command}"]') as process:
        assert process.stdout
        assert process.stdout.readline() == "go\n"
        os.killpg(process.pid, signal.SIGINT)
        out, _ = process.communicate(timeout=10)
    assert (process.returncode, out) == (5, "caught\n")


def modules(*words: str, program: str = "shellper") -> set[str]:
    """What the program has imported when it ends."""
    code = (
        f"import sys; sys.argv = ['shellper', *{list(words)!r}]\n"
        "import atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        f"import runpy; runpy.run_module({program!r}, run_name='__main__')"
    )
    result = run(program=[sys.executable, "-c", code])
    return set(result.stderr.split())


HEAVY = {
    "openai",
    "xllamacpp",
    "asyncio",
    "pydantic",
    "httpx",
    "httpx2",
    "tree_sitter",
    "numpy",
    "torch",
    "http.client",
}


@pytest.mark.parametrize("words", [["--version"], ["init", "bash"], ["init", "zsh"], ["init", "fish"]])
def test_what_every_new_terminal_runs_imports_next_to_nothing(words: list[str]) -> None:
    assert not modules(*words) & (HEAVY | {"click", "json", "dataclasses", "platformdirs", "pathlib", "subprocess"})


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_the_hook_is_printed_in_every_locale(shell: str, encoding: str) -> None:
    words = [*REAL, "init", shell]
    done = subprocess.run(words, env=environment(PYTHONIOENCODING=encoding), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "…" in done.stdout.decode()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_hook_has_the_path_of_the_program(shell: str) -> None:
    script = run("init", shell, program=REAL).stdout
    [line] = [line for line in script.splitlines() if f"SHELLPER_SHELL={shell}" in line]
    program = next(word for word in shlex.split(line) if "/" in word and word != "/usr/bin/env")
    assert Path(program).is_absolute()
    assert os.access(program, os.X_OK)


@pytest.mark.parametrize("words", [["history"], ["config"], ["--help"], ["check", "--help"]])
def test_light_commands_import_nothing_heavy(words: list[str]) -> None:
    assert not modules(*words) & HEAVY


def test_a_request_imports_no_other_engine_and_no_click() -> None:
    loaded = modules("list files", program="tests.cli.program")
    assert "shellper.assistant" in loaded
    assert not loaded & (HEAVY - {"tree_sitter"} | {"click", "subprocess"})


def test_the_version_is_quick() -> None:
    def seconds(words: list[str]) -> float:
        started = time.perf_counter()
        subprocess.run(words, stdout=subprocess.DEVNULL, check=True, env=environment())
        return time.perf_counter() - started

    # Beside the interpreter's own start, which depends on the machine.
    bare = min(seconds([sys.executable, "-c", "pass"]) for _ in range(5))
    assert min(seconds([*REAL, "--version"]) for _ in range(5)) < bare + 0.06
