"""shellper as a program for tests, and what a test needs from the machine: other programs, a sandbox."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[1]
REAL = [sys.executable, "-m", "shellper"]
FAKE = [sys.executable, "-m", "tests.cli.program"]
"""With an engine that answers what the environment says."""

CTRL_G = {"bash": "\\C-g", "zsh": "^G", "fish": "\\cg"}
"""The key in each shell's own notation."""


def missing(what: str) -> NoReturn:
    """Something that the test needs is not there: skip, in CI fail."""
    import pytest  # the benchmarks use this file without it

    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


def require(program: str) -> str:
    """The path of a program that a test needs: skips without it, fails in CI."""
    path = shutil.which(program)
    if path is None:
        missing(f"{program} is not installed")
    return path


def environment(**variables: str) -> dict[str, str]:
    """The environment of the test, in which shellper is found and has a conversation."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "SHELLPER_SESSION": "test", **variables}


def run(*words: str, program: Sequence[str] = FAKE, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the program to its end; `variables` go into its environment."""
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    if "input" in options:
        del options["stdin"]
    options["env"] = environment(**options.pop("variables", {}))
    return subprocess.run([*program, *words], text=True, timeout=600, check=False, **options)


@contextmanager
def started(*words: str, program: Sequence[str] = FAKE, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """The program at work, in a session of its own, ended at the latest with the block."""
    process = subprocess.Popen(
        [*program, *words],
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def history() -> str:
    """What `shellper history` says of the conversation of these programs."""
    return run("history", program=REAL).stdout


def sandbox(*options: str, network: bool = False) -> list[str]:
    """The words before a command that runs in bubblewrap: the whole system read-only, no network, with more options."""
    _require_sandbox()
    words = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--die-with-parent"]
    return [*words, *([] if network else ["--unshare-net"]), *options, "--"]


@cache
def _sandbox_problem() -> str:
    if not shutil.which("bwrap"):
        return "bwrap is not installed"
    words = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-net", "--", "true"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return f"bwrap does not work here: {done.stderr.strip()}" if done.returncode else ""


def _require_sandbox() -> None:
    import pytest

    problem = _sandbox_problem()
    if problem.endswith("not installed"):
        missing(problem)
    elif problem:  # containers may forbid it
        pytest.skip(problem)
