"""The completions in the real shells, as `init` loads them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from shellper.cli.completions import FILES, completion
from shellper.resources import resource_path
from tests.programs import require
from tests.terminal.harness import Session, Start

ALL = pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
BEFORE = {"bash": "", "zsh": "autoload -Uz compinit; compinit -D\n", "fish": ""}
MODELS = "qwen:0.6b\nqwen:1.7b\ndistil_model\nmy old model\nteam model:7b"
HOSTILE = "$(touch ran)m\n`touch ran`m\nm;touch ran\n\033]0;title\007m\nm$(touch ran)\n<(touch ran)\n*\n~\n--m\nm\tm"
"""What a server may call its models."""


@pytest.fixture
def program(tmp_path: Path) -> str:
    """A PATH with a shellper that knows some models and writes down that it was called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "shellper"
    script.write_text(f"#!/bin/sh\necho \"$@\" >>{tmp_path}/called\nprintf '%s\\n' '{MODELS}'\n")
    script.chmod(0o755)
    (tmp_path / "notes.txt").touch()
    (tmp_path / "tiny.gguf").touch()
    (tmp_path / "gorillas.txt").touch()
    (tmp_path / "gorilla-models").mkdir()
    return f"{folder}:/usr/bin:/bin"


def begin(start: Start, shell: str, path: str, **wishes: object) -> Session:
    """A session in which the completions are loaded."""
    return start(shell, before=BEFORE[shell], env={"PATH": path}, **wishes)


@ALL
def test_the_files_are_up_to_date(shell: str) -> None:
    written = Path(resource_path("completions", FILES[shell])).read_text(encoding="utf-8")
    assert written == completion(shell), "run: python -m shellper completions --write"


@ALL
def test_the_files_are_well_formed(shell: str) -> None:
    path = Path(resource_path("completions", FILES[shell]))
    subprocess.run([require(shell), "-n", str(path)], check=True, timeout=60)
    if shell == "bash":
        subprocess.run([require("shellcheck"), str(path)], check=True, timeout=60)


@ALL
@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("shellper ini", "shellper init"),
        ("shellper init zs", "shellper init zsh"),
        ("shellper --eng", "shellper --engine"),
        ("shellper --engine em", "shellper --engine embedded"),
        ("shellper --tools gor", "shellper --tools gorilla"),
        ("shellper config uns", "shellper config unset"),
        ("shellper config set base", "shellper config set base_url"),
        ("shellper --verbose config set base", "shellper --verbose config set base_url"),
        ("shellper count the lines of no", "shellper count the lines of notes.txt"),
        ("shellper evaluate --compare a b no", "shellper evaluate --compare a b notes.txt"),
        ("shellper --model dist", "shellper --model distil_model"),
        ("shellper --model tin", "shellper --model tiny.gguf"),
        ("shellper --model gori", "shellper --model gorilla-models/"),
        ("shellper --model=tin", "shellper --model=tiny.gguf"),
        ("shellper model use ./ti", "shellper model use ./tiny.gguf"),
        ("shellper --model qwen:0", "shellper --model qwen:0.6b"),
        ("shellper config set engine em", "shellper config set engine embedded"),
        ("shellper config set verbose tr", "shellper config set verbose true"),
        ("shellper config set job_description no", "shellper config set job_description notes.txt"),
        ("shellper config set model dist", "shellper config set model distil_model"),
        ("shellper model use dist", "shellper model use distil_model"),
        ("shellper model info tin", "shellper model info tiny.gguf"),
        ("shellper model use my", "shellper model use my old model"),
        ("shellper --model my\\ ol", "shellper --model my old model"),
        ("shellper model use 'my ol", "shellper model use 'my old model'"),
        ("shellper model use qwen:0", "shellper model use qwen:0.6b"),
        ("shellper model use team\\ model:7", "shellper model use team model:7b"),
    ],
)
def test_tab(start: Start, program: str, shell: str, typed: str, completed: str) -> None:
    terminal = begin(start, shell, program).terminal
    terminal.send(typed)
    terminal.wait_for(typed)
    terminal.send("\t")
    terminal.until(lambda: terminal.line.replace("\\", "").rstrip("=") == f"$ {completed}", f"completion of {typed!r}")


@ALL
@pytest.mark.parametrize(
    ("typed", "asked"), [("shellper --model ", "--models"), ("shellper model use ", "--model-names")]
)
def test_what_the_program_is_asked(
    start: Start, program: str, tmp_path: Path, shell: str, typed: str, asked: str
) -> None:
    terminal = begin(start, shell, program).terminal
    terminal.send(f"{typed}dist\t")
    terminal.wait_for("distil_model")
    assert set((tmp_path / "called").read_text().splitlines()) == {f"completions {asked}"}


@ALL
@pytest.mark.parametrize(
    "typed", ["shellper --model ", "shellper --model m", "shellper model use $", "shellper --model `"]
)
def test_a_hostile_name_runs_nothing(start: Start, program: str, tmp_path: Path, shell: str, typed: str) -> None:
    script = tmp_path / "bin/shellper"
    script.write_text(script.read_text().replace(f"'{MODELS}'", f"'{HOSTILE}'"))
    terminal = begin(start, shell, program).terminal
    terminal.send(f"{typed}\t\t")
    terminal.settle()
    terminal.send("\t")
    terminal.settle()
    assert not list(tmp_path.rglob("ran"))


def test_aliases_of_common_words_change_nothing_in_bash(start: Start, program: str) -> None:
    aliases = "alias local='echo hi' read=x compgen=x compopt=x command=x complete=x\n"
    terminal = start("bash", before=aliases + BEFORE["bash"], env={"PATH": program}).terminal
    for typed, completed in (("shellper ini", "shellper init"), ("shellper --model tin", "shellper --model tiny.gguf")):
        terminal.send(f"{typed}\t")
        terminal.wait_line(f"$ {completed}")
        terminal.send("\x15")
        terminal.wait_line("$")


@ALL
def test_words_in_quotes_before_the_cursor(start: Start, program: str, shell: str) -> None:
    terminal = begin(start, shell, program).terminal
    terminal.send("shellper 'a b' no")
    terminal.wait_for("' no")
    terminal.send("\t")
    terminal.wait_rows("$ shellper 'a b' notes.txt")
    terminal.send("\x15shellper 'a b' \t")
    terminal.settle()
    assert terminal.rows[0].startswith("$ shellper 'a b'")
    assert "identifier" not in terminal.text


@ALL
def test_an_option_with_an_equals_sign(start: Start, program: str, shell: str) -> None:
    terminal = begin(start, shell, program).terminal
    terminal.send("shellper --engine=emb")
    terminal.wait_for("=emb")
    terminal.send("\t")
    terminal.wait_line("$ shellper --engine=embedded")


@ALL
def test_a_list_of_commands(start: Start, program: str, shell: str) -> None:
    terminal = begin(start, shell, program, columns=120, rows=60).terminal
    terminal.send("shellper \t\t")
    terminal.wait_for("doctor")
    terminal.wait_for("reset")
    assert not re.search(r"(?m)^\s*hook\b", terminal.text)


@ALL
def test_loading_asks_the_program_nothing(start: Start, program: str, shell: str, tmp_path: Path) -> None:
    terminal = begin(start, shell, program).terminal
    terminal.send("shellper check\t")
    terminal.settle()
    assert not (tmp_path / "called").exists()


def test_zsh_finds_the_file_when_compinit_comes_after_the_hook(start: Start, program: str) -> None:
    terminal = start("zsh", after=BEFORE["zsh"], env={"PATH": program}).terminal
    terminal.send("shellper ini")
    terminal.wait_for("ini")
    terminal.send("\t")
    terminal.wait_line("$ shellper init")
