"""What is not there: programs and files."""

from __future__ import annotations

from pathlib import Path

import pytest

from shellper.safety.missing import MissingFile, missing_files, missing_programs


def test_programs() -> None:
    assert missing_programs("ls | frobnicate; sudo zzz-none -x; cd /") == [
        name for name in missing_programs("ls | frobnicate; sudo zzz-none -x; cd /") if name not in ("ls", "cd")
    ]
    assert {"frobnicate", "zzz-none"} <= set(missing_programs("ls | frobnicate; sudo zzz-none -x"))
    assert missing_programs("f() { ls; }; f; [ -d x ]; export A=1; ./x.sh") == []
    assert missing_programs("((") == []
    assert missing_programs("ssh host frobnicate") == missing_programs("ssh host ls")


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("cat readme.md", [MissingFile("readme.md", "README.md")]),
        ("cat README.md", []),
        ("head -n 5 notes.tx", [MissingFile("notes.tx", "notes.txt")]),
        ("grep foo notes", [MissingFile("notes", "notes.txt")]),
        ("wc -l src/mian.py", [MissingFile("src/mian.py", "src/main.py")]),
        ("cat nothing-like-it", [MissingFile("nothing-like-it")]),
        ("sort < notes.tx", [MissingFile("notes.tx", "notes.txt")]),
        ("cp gone.txt new.txt", [MissingFile("gone.txt")]),
        ("cp notes.txt new.txt", []),
        ("cat *.zip", [MissingFile("*.zip", is_pattern=True)]),
        ("cat *.txt src/ma?n.p[xy]", []),
        ("mv src/*.png .", [MissingFile("src/*.png", is_pattern=True)]),
        ("cat $x", []),
        ("touch new.txt", []),
        ("ls > made.txt; cat made.txt", []),
        ("cd src && cat main.py", []),
        ("ssh host cat x", []),
        ("cat 'a", []),
        ("cat a:b", []),
        ("cat -", []),
    ],
)
def test_files(tmp_path: Path, command: str, expected: list[MissingFile]) -> None:
    (tmp_path / "src").mkdir()
    for name in ("README.md", "notes.txt", "src/main.py"):
        (tmp_path / name).touch()
    assert missing_files(command, tmp_path) == expected


def test_names_that_are_instructions_are_not_suggested_raw(tmp_path: Path) -> None:
    (tmp_path / "note\x1b[31m").touch()
    [found] = missing_files("cat note", tmp_path)
    assert found.suggestion is None
