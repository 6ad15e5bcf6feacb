"""Many requests at once, in one terminal and in as many as there are requests."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from shellper.conversation import ConversationStore, conversations_folder
from shellper.terminal import Terminal
from tests.programs import REAL, run, started


@pytest.mark.parametrize("where", ["same", "own"])
def test_fifty_requests_lose_nothing(where: str) -> None:
    result = run("50", where, program=[sys.executable, "-m", "tests.faults.crowd"])
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == [[0, "ls\n", ""]] * 50
    names = ["test"] if where == "same" else [f"test-{number}" for number in range(50)]
    turns = [turn for name in names for turn in ConversationStore(Terminal(f"session_{name}", "")).load().turns]
    assert sorted(turn.request for turn in turns) == sorted(f"list files {number}" for number in range(50))
    assert len(list(conversations_folder().glob("*.json"))) == len(names)


def test_a_few_with_the_model(model: Path) -> None:
    with ExitStack() as stack:
        asked = [
            stack.enter_context(started("create a folder called reports", program=REAL, SHELLPER_MODEL=str(model)))
            for _ in range(3)
        ]
        for process in asked:
            out, err = process.communicate(timeout=120)
            assert (process.returncode, out.count("\n")) == (0, 1), err
