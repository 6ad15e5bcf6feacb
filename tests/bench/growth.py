"""How a request grows: python -m tests.bench.growth [--rounds N] [--model PATH]

    turns       with so many turns of conversation before it
    letters     with a request of so many letters
    terminals   with so many terminals' conversations stored

Each row is a fresh process with the embedded model; the last number is the ratio to the first row of its table, which
is measured in turn with it. Flat, or bounded: the prompt takes the newest turns that fit, a sweep looks at some files.
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from shellper.conversation import ConversationStore, Turn
from shellper.models import PACKAGED
from shellper.terminal import Terminal
from shellper.tools.call import ToolCall
from tests.bench.measure import Run, in_turn, machine, private, program, run

REQUEST = "create a folder called reports"
COMMAND = "find . -type f -name '*.log' -size +100M -mtime -7"


def converse(store: ConversationStore, turns: int) -> None:
    """Keep so many turns in an empty conversation."""
    store.reset()
    call = ToolCall("bash", {"command": COMMAND})
    for number in range(turns):
        store.append(Turn(f"find the big log files of week {number}", call, COMMAND))


def table(name: str, sizes: Sequence[int], rounds: int, work: Callable[[int], Run]) -> None:
    """A row for each size."""
    print(f"\n{name:>10} {'first line':>11} {'in all':>9} {'memory':>8} {'ratio':>7}")
    works = [lambda size=size: work(size) for size in sizes]
    measured = in_turn(rounds, *works)
    for size, each in zip(sizes, measured, strict=True):
        ratio = each.first / measured[0].first
        print(f"{size:10} {each.first:9.3f} s {each.whole:7.3f} s {each.memory:5.0f} MB {ratio:7.2f}")


def main() -> None:
    """The three tables."""
    parser = argparse.ArgumentParser(description="How a request grows.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--model", type=Path, default=PACKAGED)
    options = parser.parse_args()
    print(machine())
    with private() as env:
        env["SHELLPER_MODEL"] = str(options.model)
        state = Path(env["HOME"]) / ".local/state/shellper/conversations"
        subprocess.run([*program(), "--version"], env=env, check=True, capture_output=True)
        store = ConversationStore(Terminal("session_bench", ""), state)

        def after_turns(turns: int) -> Run:
            converse(store, turns)
            return run([*program(), REQUEST], env)

        def long_request(letters: int) -> Run:
            store.reset()
            words = ("please " * (letters // 7) + REQUEST)[-letters:]
            return run([*program(), words], env)

        def among_terminals(count: int) -> Run:
            folder = Path(env["HOME"]) / str(count)
            conversations = folder / "shellper/conversations"
            if not folder.exists():
                conversations.mkdir(parents=True)
                for number in range(count):
                    # of another machine, so that they stay
                    (conversations / f"pts-{number}_{number + 2}_1_0.json").write_text('{"version": 1, "turns": []}')
            (conversations / "session_bench.json").unlink(missing_ok=True)
            return run([*program(), REQUEST], {**env, "XDG_STATE_HOME": str(folder)})

        table("turns", (0, 1, 10, 100), options.rounds, after_turns)
        table("letters", (30, 100, 300, 900, 3900), options.rounds, long_request)
        table("terminals", (1, 100, 1000, 10_000), options.rounds, among_terminals)


if __name__ == "__main__":
    main()
