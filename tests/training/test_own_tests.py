"""The conversations that shellper is measured on: what they hold, and that nothing of them is trained on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shellper.errors import ShellperError
from shellper.tools import tool_set
from shellper.training.collection import Blocklist, read_additions
from shellper.training.dataset import read_dataset
from shellper.training.points import read_points
from shellper.training.turns import read_records
from tests.evaluation.convert import CONVERSATIONS, converted

NEWER = CONVERSATIONS.with_suffix(".jsonl")


def test_the_newer_form_is_up_to_date() -> None:
    assert NEWER.read_text(encoding="utf-8") == converted(), "run python -m tests.evaluation.convert"
    talks = [[(turn.phrasings[0], turn.command) for turn in record.turns] for record in read_records(CONVERSATIONS)]
    assert read_dataset(NEWER) == talks
    assert len(read_points(NEWER, tool_set("shell"))) == sum(map(len, talks))


def test_nothing_is_trained_on_the_newer_form() -> None:
    with pytest.raises(ShellperError, match="one of shellper's tests"):
        read_additions([NEWER])
    blocked = Blocklist()
    blocked.read_own_tests()
    assert all(map(blocked.blocked_by, read_dataset(NEWER)))


def test_a_third_of_the_conversations_refer_back_two_turns_or_more() -> None:
    lines = CONVERSATIONS.read_text(encoding="utf-8").splitlines()
    records = read_records(CONVERSATIONS)
    before = [lines[record.line - 2] for record in records]
    marks = [line for line in lines if line.startswith("## back:")]
    assert marks == [line for line in before if line.startswith("## back:")]
    assert len(marks) >= len(records) / 3
    for mark in marks:
        assert re.fullmatch(r"## back: \d to \d(, \d to \d)*", mark)
        for later, earlier in re.findall(r"(\d) to (\d)", mark):
            assert 1 <= int(earlier) <= int(later) - 2 <= 3, mark


def test_a_comment_before_a_record_is_no_part_of_it(tmp_path: Path) -> None:
    file = tmp_path / "t.turns"
    file.write_text("## all\n\n> one\n$ ls\n\n## back: 3 to 1\n> two\n$ pwd\n\n> three\n$ id\n")
    found = [(record.line, record.turns[0].command) for record in read_records(file)]
    assert found == [(3, "ls"), (7, "pwd"), (10, "id")]
