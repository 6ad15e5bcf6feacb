"""Simulated conversations: what the simulation believes is what the commands do, and every step has its words."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from shellper.safety import Level, assess
from shellper.training.phrases import PLACEHOLDER, fill, say, scene_phrases
from shellper.training.scenes import (
    at_once,
    breath,
    comparisons,
    named,
    refining,
    repository,
    scene,
    stages,
    tables,
    workspace,
)
from shellper.training.scenes.sources import Pipeline, change_flags
from shellper.training.scenes.workspace import START, Workspace, advance
from shellper.training.turns import Record, bash_errors, read_all

FILE_PROGRAMS = ("mkdir", "touch", "rm", "rmdir", "mv", "cp", "echo", "cat", "cd", "wc", "ls", "du", "gzip", "gunzip")


@pytest.fixture(scope="module")
def openings() -> list[Record]:
    return [record for record in read_all() if refining.refinable(record)]


def test_every_step_has_words_and_every_phrasing_a_step() -> None:
    refined = [step for steps in refining.steps() for step in steps]
    compared = [*comparisons.SIZES, *comparisons.DIFFERENCE]
    others = [*named.steps(), *repository.steps(), *tables.STEPS, *compared]
    assert set(scene_phrases()) == {*workspace.STEPS, *refined, *others}
    assert min(map(len, scene_phrases().values())) >= 50
    assert [name for name, lines in scene_phrases().items() if len(set(lines)) < len(lines)] == []


def test_the_words_of_a_step_have_the_same_placeholders(openings: list[Record]) -> None:
    """A step fills what its phrasings name: else `say` raises KeyError in the thousands of conversations below."""
    for name, lines in scene_phrases().items():
        marks = Counter(frozenset(PLACEHOLDER.findall(line)) for line in lines)
        assert len(marks) <= 2, (name, marks)
    with pytest.raises(KeyError):
        say("rename", {"it": "a.txt"}, Random(0))


@pytest.mark.parametrize("seed", range(3))
def test_conversations_are_commands_that_bash_reads_and_nobody_forbids(seed: int, openings: list[Record]) -> None:
    chance = Random(seed)
    talks = [scene(openings, 6, chance) for _ in range(200)]
    commands = [command for talk in talks for _, command in talk]
    assert bash_errors(sorted(set(commands))) == []
    assert not any("{" in request and "}" in request for talk in talks for request, _ in talk)
    invalid = [command for command in commands if assess(command).level is Level.INVALID]
    assert invalid == []
    assert {len(talk) for talk in talks} <= set(range(2, 7))


def test_an_extension_has_one_dot() -> None:
    assert fill("only .{ext}, or {ext}", {"ext": ".py"}) == "only .py, or .py"


def test_the_same_seed_gives_the_same_conversations(openings: list[Record]) -> None:
    assert [scene(openings, 8, Random(7)) for _ in range(3)] == [scene(openings, 8, Random(7)) for _ in range(3)]


def test_refinements_keep_the_rest_of_the_command() -> None:
    for text in (
        "ls -lat src",
        "find . -maxdepth 1 -type f -iname '*.py' -size +2M -mtime -7 -not -path '*/venv/*' | head -n 5",
        "grep -rin -C 2 --include='*.c' --exclude-dir=.git word . | wc -l",
        "ps aux --sort=-%mem | head -n 6",
        "git log --oneline -n 5 --author=ana",
    ):
        state = Pipeline.parse(text)
        assert state is not None
        assert state.render() == text
    assert Pipeline.parse("find . -exec rm {} +") is None
    assert Pipeline.parse("ls *.txt") is Pipeline.parse("grep word *.txt") is None


@pytest.mark.parametrize(
    ("flags", "add", "drop", "changed"),
    [
        ("", "r", "", "-r"),
        ("-al", "l", "r", "-al"),
        ("-al", "t", "", "-lat"),
        ("-lS", "tr", "S", "-ltr"),
        ("-l", "", "l", ""),
    ],
)
def test_flags_change_in_order_or_not_at_all(flags: str, add: str, drop: str, changed: str) -> None:
    assert change_flags(flags, "lahtSr", add, drop) == changed


@pytest.mark.parametrize(
    ("table", "printed"),
    [
        ({"column": "2"}, "age\n30\n20\n40\n"),
        ({"column": "2", "headless": True, "end": "sum"}, "90\n"),
        ({"column": "2", "headless": True, "end": "average"}, "30\n"),
        ({"column": "2", "rows": ("grep bob",), "end": "average"}, "35\n"),
        ({"column": "2", "rows": ("grep -v ann",), "headless": True, "end": "min"}, "30\n"),
        ({"column": "2", "end": "max"}, "40\n"),
        ({"column": "1", "headless": True, "end": "values"}, "2\n"),
        ({"column": "1", "headless": True, "end": "counts", "top": "1"}, "2 bob\n"),
        ({"column": "1", "headless": True, "end": "unique"}, "ann\nbob\n"),
        ({"column": "2", "headless": True, "end": "highest", "whole": True}, "bob,40\nbob,30\nann,20\n"),
        ({"column": "2", "whole": True, "rows": ("grep ann",)}, "ann,20\n"),
        ({"column": "2", "whole": True}, "name,age\nbob,30\nann,20\nbob,40\n"),
        ({"column": "1", "end": "count"}, "4\n"),
    ],
)
def test_tables_add_up(table: dict[str, Any], printed: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name,age\nbob,30\nann,20\nbob,40\n")
    command = tables.Table("t.csv", **table).render()
    result = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "\n".join(line.strip() for line in result.stdout.split("\n")) == printed, command


@pytest.mark.parametrize("seed", range(40))
def test_files_are_where_the_simulation_believes_they_are(seed: int, tmp_path: Path) -> None:
    space = Workspace(Random(seed))
    root = tmp_path / "root"
    root.mkdir()
    for _ in range(10):
        here, made = space.here, set(space.folders) | set(space.files)
        request, command = advance(space)
        everything = [*space.files, *space.folders, *space.assumed, space.here]
        if not all(path.startswith(START) for path in everything) or not command.startswith(FILE_PROGRAMS):
            return  # elsewhere on the machine, or a program that is not tried here
        _provide(space, root, made)
        result = subprocess.run(
            ["bash", "-c", command], cwd=_real(root, here), capture_output=True, text=True, check=False
        )
        assert result.returncode == 0 or command == "cd -" or "*" in command, (request, command, result.stderr)
        missing = [path for path in (*space.files, *space.folders) if not _real(root, path).exists()]
        assert missing == [], (request, command)


def _real(root: Path, path: str) -> Path:
    return root / path.removeprefix(START).lstrip("/")


def _provide(space: Workspace, root: Path, made: set[str]) -> None:
    """What the simulation takes for granted, and the folders around what it names."""
    for path, kind in space.assumed.items():
        place = _real(root, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        if kind == "folder":
            place.mkdir(exist_ok=True)
        elif not place.exists() and not any(path in (file, file + ".gz") for file in made):
            if path.endswith(".gz"):
                subprocess.run(["gzip", "-c"], stdin=subprocess.DEVNULL, stdout=place.open("wb"), check=True)
            else:
                place.touch()
    space.assumed.clear()
    for path in space.files:
        if path not in made and Path(path).parent.as_posix() not in space.folders:
            _real(root, path).parent.mkdir(parents=True, exist_ok=True)


def test_steps_said_in_one_breath_are_steps_of_scenes_with_words_for_it() -> None:
    known = {step for steps in refining.steps() for step in steps} | set(tables.STEPS)
    assert set(stages.STAGE) <= known
    assert min(len(breath.phrasings(step)) for step in stages.STAGE) >= 20


TAKEN_BACK = ("again", "instead", "same", "undo", "actually", "i meant", "once more", "sorry", "no, ")


def test_what_is_said_in_one_breath_takes_nothing_back(openings: list[Record]) -> None:
    for step in stages.STAGE:
        assert not [line for line in breath.phrasings(step) if line.startswith(TAKEN_BACK) or "?" in line]
    chance = Random(8)
    for _ in range(300):
        steps = [request.lower() for request, _ in breath.turns(openings, chance)[1:]]
        assert not [said for said in steps if any(f" {word}" in f" {said} " for word in TAKEN_BACK)]


def test_one_request_ends_in_the_command_of_its_scene(openings: list[Record]) -> None:
    for seed in range(100):
        turns = breath.turns(openings, Random(seed))
        request, command = at_once(openings, Random(seed))
        assert command == turns[-1][1]
        assert 2 <= len(turns) <= 4
        assert len({text for _, text in turns}) == len(turns)
        assert request.startswith(turns[0][0])
        assert all(said in request for said, _ in turns)
        assert (request, command) == at_once(openings, Random(seed))


def test_one_request_needs_no_records() -> None:
    assert "csv" in at_once([], Random(1))[0]


def _turned(text: str, *steps: str) -> str:
    state = Pipeline.parse(text)
    for step in steps:
        assert state is not None
        state = refining.steps_of(state)[step](state, {"n": "5", "word": "x", "dir": "src"})
    return "" if state is None else state.render()


def test_a_list_of_folders_keeps_being_one() -> None:
    assert _turned("ls", "+folders", "+newest") == "ls -dt */"
    assert _turned("ls -l src", "+folders", "+hidden") == "ls -lda src/*/"
    assert _turned("ls", "+folders", "+in") == ""


def test_the_header_of_processes_is_one_line_only_where_it_is_shown() -> None:
    assert _turned("ps aux", "+first") == "ps aux | head -n 6"
    assert _turned("ps aux", "+last") == "ps aux | tail -n 5"
    assert _turned("ps aux", "+only", "p_top") == "ps aux | grep x | head -n 5"


def test_names_are_not_filtered_like_the_lines_they_stand_for() -> None:
    assert _turned("grep -r word .", "+only", "g_names") == ""
    assert _turned("grep word notes.txt", "g_not", "g_count") == ""
