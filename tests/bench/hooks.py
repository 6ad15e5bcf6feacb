"""What the key costs: python -m tests.bench.hooks [--rounds N]

    init        `shellper init SHELL` against a Python that does nothing
    load        a new shell that reads the script, against one that reads nothing
    progress    from the key to the first sign of progress
    command     from the key to the command, against the program's own time (a program that answers at once)

Medians; a and b of every ratio are measured in turn, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from shellper import init

try:
    from tests.terminal.harness import KEY, Session, environment, session
except ModuleNotFoundError as error:
    raise SystemExit(f"{error.name} is missing: pip install -e '.[test]'") from None

PROGRESS = "…".encode()
ANSWER = "find . -size +100M"


def in_turn(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median of each work in milliseconds."""
    times: list[list[float]] = [[] for _ in works]
    for number in range(rounds + 1):
        for place, work in enumerate(works):
            started = time.perf_counter()
            work()
            if number:  # the first round warms up
                times[place].append((time.perf_counter() - started) * 1000)
    return [statistics.median(each) for each in times]


def runs(words: Sequence[str], env: dict[str, str], given: str = "") -> Callable[[], object]:
    """Runs the words."""
    return lambda: subprocess.run(words, env=env, input=given, text=True, capture_output=True, check=False)


def installed_program() -> list[str]:
    """The console script, which starts faster than `python -m`."""
    script = Path(sys.executable).with_name("shellper")
    return [str(script)] if script.exists() else [sys.executable, "-m", "shellper"]


def bench_init(shell: str, rounds: int, env: dict[str, str]) -> None:
    """How long `shellper init` takes."""
    bare, full = in_turn(
        rounds, runs([sys.executable, "-c", "pass"], env), runs([*installed_program(), "init", shell], env)
    )
    report(shell, "init", full, bare, "bare Python")


def bench_load(shell: str, rounds: int, env: dict[str, str], home: Path) -> None:
    """What a new shell pays for reading the script."""
    script = home / f"load.{shell}"
    script.write_text(init.script(shell, ["/nowhere/shellper"]), encoding="utf-8")
    start = {"bash": ["bash", "--norc", "-ic"], "zsh": ["zsh", "-f", "-ic"], "fish": ["fish", "--no-config", "-ic"]}[
        shell
    ]
    empty, full = in_turn(rounds, runs([*start, "true"], env), runs([*start, f"source {script}"], env))
    report(shell, "load", full, empty, "empty rc")


def bench_key(shell: str, rounds: int, home: Path) -> None:
    """From the key to the sign of progress, and to the command."""
    with session(shell, home) as opened:
        opened.fake.answer(ANSWER)
        words = [sys.executable, "-S", "-E", str(Path(__file__).parents[1] / "terminal/fake_program.py"), "hook"]
        alone = runs(words, environment(shell, home), "find big files")
        measured = [press(opened, alone) for _ in range(rounds + 1)][1:]
    progress, command, program = (statistics.median(each) for each in zip(*measured, strict=True))
    report(shell, "progress", progress)
    report(shell, "command", command, program, "the program alone")


def press(opened: Session, alone: Callable[[], object]) -> tuple[float, float, float]:
    """Milliseconds to the progress, to the command, and of the program alone."""
    terminal = opened.terminal
    terminal.send("find big files")
    terminal.wait_for("find big files")
    terminal.settle(0.05)
    terminal.received = b""
    started = time.perf_counter()
    terminal.send(KEY)
    terminal.until(lambda: PROGRESS in terminal.received)
    progress = time.perf_counter() - started
    terminal.until(lambda: ANSWER in terminal.text)
    command = time.perf_counter() - started
    terminal.send("\x15")
    terminal.settle(0.05)
    started = time.perf_counter()
    alone()
    return progress * 1000, command * 1000, (time.perf_counter() - started) * 1000


def report(shell: str, name: str, value: float, other: float | None = None, what: str = "") -> None:
    """One line, and one of JSON for machines when asked for."""
    against = (
        "" if other is None else f"  {value - other:+6.1f} ms and {value / other:4.2f} times {what} ({other:.1f} ms)"
    )
    print(f"{shell:5} {name:9} {value:7.1f} ms{against}")
    if os.environ.get("BENCH_JSON"):
        print(json.dumps({"shell": shell, "name": name, "ms": value, "other_ms": other}), file=sys.stderr)


def main() -> None:
    """All of it for every shell that is installed."""
    parser = argparse.ArgumentParser(description="What the key costs.")
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    for shell in filter(shutil.which, init.SHELLS):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            env = environment(shell, home)
            bench_init(shell, rounds, env)
            bench_load(shell, rounds, env, home)
            bench_key(shell, rounds, home)


if __name__ == "__main__":
    main()
