"""What the benchmarks share: programs timed in turn, their memory, and a line about the machine."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.programs import ROOT


@dataclass(frozen=True)
class Run:
    """A program from its start: seconds to its first line, to its end, and megabytes at its peak."""

    first: float
    whole: float
    memory: float


def program() -> list[str]:
    """The console script, which starts faster than `python -m`, where shellper is installed."""
    script = Path(sys.executable).with_name("shellper")
    return [str(script)] if script.exists() else [sys.executable, "-m", "shellper"]


def run(words: Sequence[str], env: Mapping[str, str]) -> Run:
    """One run. Raises SystemExit with what the program said if it fails."""
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors)
        assert process.stdout
        process.stdout.readline()
        first = time.perf_counter() - started
        process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        whole = time.perf_counter() - started
        process.stdout.close()
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        if process.returncode:
            raise SystemExit(f"{' '.join(words)}: status {process.returncode}: {errors.read().decode()}")
    return Run(first, whole, megabytes(usage))


def megabytes(usage: resource.struct_rusage) -> float:
    """The memory of a process at its peak; macOS counts bytes, Linux kilobytes."""
    return usage.ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))


def in_turn(rounds: int, *works: Callable[[], Run]) -> list[Run]:
    """The medians of each work. They take turns, so that a busy machine slows all of them."""
    runs: list[list[Run]] = [[] for _ in works]
    for number in range(rounds + 1):
        for place, work in enumerate(works):
            measured = work()
            if number:  # the first round warms up
                runs[place].append(measured)
    return [
        Run(*(statistics.median(getattr(each, name) for each in done) for name in ("first", "whole", "memory")))
        for done in runs
    ]


@contextmanager
def private() -> Iterator[dict[str, str]]:
    """An environment with a home of its own and none of the user's settings.

    None of Python's either: with PYTHONDONTWRITEBYTECODE a checkout would be compiled anew each time, which no
    installed program is.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SHELLPER_", "XDG_", "PYTHON"))}
    with tempfile.TemporaryDirectory() as home:
        yield {**kept, "HOME": home, "PYTHONPATH": str(ROOT), "SHELLPER_SESSION": "bench"}


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """So many processes that use a core each."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def machine() -> str:
    """A line about this machine, without which no number means anything."""
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), name)
    except OSError:
        pass
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, load {load}"
    )
