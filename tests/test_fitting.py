"""Calls are fitted to the files that are here."""

from __future__ import annotations

from pathlib import Path

import pytest

from shellper.assistant import Assistant, Suggestion
from shellper.fitting import names_loosely
from shellper.settings import Settings
from shellper.tools import lift, tool_set
from tests.fakes import FakeEngine


def suggest(command: str, folder: Path, request: str = "do it", tools: str = "shell") -> Suggestion:
    engine = FakeEngine(lift(command, tool_set(tools)))
    return Assistant(Settings(tools=tools), engine, tool_set(tools), folder).suggest(request)


@pytest.mark.parametrize(
    ("request_", "word", "file", "loosely"),
    [
        ("show the readme", "readme", "README.md", True),
        ("count lines in The Readme", "readme", "README.md", True),
        ("open the Makefile", "makefile", "Makefile", True),
        ("open the license file", "license", "LICENSE", True),
        ("show readme", "readme", "README.md", False),
        ("show the readme.txt", "readme", "README.md", False),
        ("show the readme/notes", "readme", "README.md", False),
        ("show the readme", "readme.md", "README.md", False),
        ("show the notes", "notes", "nodes.txt", False),
        ("show the notes", "notes", "docs/notes.txt", True),
    ],
)
def test_what_names_a_file_loosely(request_: str, word: str, file: str, loosely: bool) -> None:
    assert names_loosely(request_, word, file) is loosely


@pytest.mark.parametrize(
    ("command", "fitted"),
    [
        ("rm src", "rm -r src"),
        ("rm -f src/", "rm -rf src/"),
        ("rm a.txt src", "rm -r a.txt src"),
        ("rm 'my photos'", "rm -r 'my photos'"),
        ("cp src copy", "cp -r src copy"),
        ("cp a.txt src copy", "cp -r a.txt src copy"),
        ("grep main src", "grep -r main src"),
        # already so, or no folder, or only the place where something goes
        ("rm -r src", "rm -r src"),
        ("cp -a src copy", "cp -a src copy"),
        ("rm a.txt", "rm a.txt"),
        ("rm link", "rm link"),
        ("rm gone", "rm gone"),
        ("cp a.txt src", "cp a.txt src"),
        ("grep src a.txt", "grep src a.txt"),
        ("mv src copy", "mv src copy"),
    ],
)
def test_a_folder_is_taken_whole(command: str, fitted: str, tmp_path: Path) -> None:
    for name in ("src", "my photos"):
        (tmp_path / name).mkdir()
    (tmp_path / "a.txt").touch()
    (tmp_path / "link").symlink_to("src")
    suggestion = suggest(command, tmp_path)
    assert suggestion.command == fitted
    assert any(note.endswith("is a folder") for note in suggestion.notes) == (command != fitted)


def test_a_folder_that_is_removed_whole_is_judged_so(tmp_path: Path) -> None:
    (tmp_path / ".ssh").mkdir()
    suggestion = suggest("rm .ssh", tmp_path)
    assert (suggestion.command, suggestion.level) == ("rm -r .ssh", "destructive")


def test_the_18_tools_remove_folders_only_when_allowed(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    assert suggest("rm src", tmp_path, tools="gorilla").command == "rm src"


def test_the_readme_is_the_file_that_is_here(tmp_path: Path) -> None:
    (tmp_path / "README.md").touch()
    suggestion = suggest("cat readme", tmp_path, "show the readme")
    assert suggestion.command == "cat README.md"
    assert "readme is README.md here" in suggestion.notes


@pytest.mark.parametrize(
    ("request_", "command", "fitted"),
    [
        ("list {}/My Documents", "ls {}/My Documents", "ls '{}/My Documents'"),
        ("list My Documents.", "ls My Documents", "ls 'My Documents'"),
        ("list 'My Documents'", "ls My Documents", "ls 'My Documents'"),
        ("go to {}/My Documents/2024 taxes", "cd {}/My Documents/2024", "cd '{}/My Documents/2024 taxes'"),
        ("go to My Documents please", "cd My", "cd 'My Documents'"),
        ("copy My Documents to copy", "cp -r My Documents copy", "cp -r 'My Documents' copy"),
        ("delete My Documents", "rm My Documents", "rm -r 'My Documents'"),
        ("words of My Documents/plan b.txt", "cat My Documents/plan b.txt | wc", "cat 'My Documents/plan b.txt' | wc"),
        ("list My Documents", "ls ~/Documents", "ls 'My Documents'"),
        ("move all from a to My Documents", "mv a/* Documents", "mv a/* 'My Documents'"),
        ("compare My Documents with kept", "diff My kept", "diff 'My Documents' kept"),
        # nothing of that name, names of one word, words in quotes, a name that is the program's
        ("list My Pictures", "ls My Pictures", "ls My Pictures"),
        ("compare a.txt b.txt", "diff a.txt b.txt", "diff a.txt b.txt"),
        ("write see My Documents", "echo 'see My Documents'", "echo 'see My Documents'"),
        ("list My Documents and kept things", "ls 'My Documents' kept", "ls 'My Documents' kept"),
        ("list the kept of My Documents/kept", "ls kept", "ls kept"),
        ("wc -l of a.txt", "wc -l a.txt", "wc -l a.txt"),
    ],
)  # fmt: skip
def test_names_with_blanks_stay_in_one_piece(tmp_path: Path, request_: str, command: str, fitted: str) -> None:
    (tmp_path / "My Documents" / "2024 taxes").mkdir(parents=True)
    for name in ("My Documents/plan b.txt", "a.txt", "b.txt", "a.txt b.txt", "wc -l of", "kept"):
        (tmp_path / name).touch()
    suggestion = suggest(command.format(tmp_path), tmp_path, request_.format(tmp_path))
    assert suggestion.command == fitted.format(tmp_path)
