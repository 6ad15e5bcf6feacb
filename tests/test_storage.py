"""Files that are replaced as a whole, by many at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from shellper import feedback
from shellper.errors import StateError
from shellper.feedback import Correction, Feedback
from shellper.storage import replace_file

CODE = """
import sys
import shellper.storage
from pathlib import Path
from shellper.feedback import Correction, Feedback

shellper.storage.LOCK_SECONDS = 600.0  # a busy machine is no failure
for number in range(5):
    Feedback(Path(sys.argv[1])).add(Correction((), f"{sys.argv[2]}-{number}", "ls"))
"""


def test_corrections_of_many_at_once_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "state" / "feedback.jsonl"
    processes = [subprocess.Popen([sys.executable, "-c", CODE, str(file), str(number)]) for number in range(4)]
    assert [process.wait(timeout=120) for process in processes] == [0] * 4
    assert len(Feedback(file).load()) == 20
    assert {each.name for each in file.parent.iterdir()} == {"feedback.jsonl", ".lock"}


def test_neighbours_of_a_file_are_left_alone(tmp_path: Path) -> None:
    neighbour = tmp_path / "dot" / "shellper.new"
    neighbour.parent.mkdir()
    neighbour.write_text("mine")
    replace_file(neighbour.parent / "shellper.toml", "a = 1")
    assert {each.name for each in neighbour.parent.iterdir()} == {"shellper.new", "shellper.toml"}
    assert neighbour.read_text() == "mine"


def test_full_feedback_can_be_exported_and_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Feedback(tmp_path / "feedback.jsonl")
    kept.add(Correction((), "one", "ls"))
    monkeypatch.setattr(feedback, "MOST_BYTES", 100)
    with pytest.raises(StateError, match="is full"):
        kept.add(Correction((), "two", "ls"))
    assert [each.request for each in kept.load()] == ["one"]
    assert (kept.clear(), kept.load(), kept.clear()) == (1, [], 0)


def test_damaged_feedback_can_be_cleared(tmp_path: Path) -> None:
    kept = Feedback(tmp_path / "feedback.jsonl")
    kept.file.write_bytes(b"{}\n\n\xff\n")
    with pytest.raises(StateError, match="shellper feedback clear"):
        kept.load()
    assert (kept.clear(), kept.load()) == (2, [])
