"""Files that are replaced as a whole, by many at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from shellper.feedback import Feedback

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
