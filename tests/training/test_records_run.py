"""The hand-written records' file commands, run in a sandbox: they succeed, and do to the tree what they say.

Of each record the first command, with values in its slots, if it is one call of a tool that works on files below the
current or the home folder. What it reads is there before it runs.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from shlex import quote

import pytest

from shellper.errors import ShellperError
from shellper.tools import ToolCall, lift, tool_set
from shellper.training import slots, turns
from tests.programs import sandbox

READING = ("cat", "diff", "du", "find", "grep", "head", "ls", "replace", "sort", "tail", "wc")
CHANGING = ("cp", "mkdir", "mv", "rm", "rmdir", "touch")
ON_FOLDERS = ("du", "find", "ls", "rmdir")
NOTHING_FOUND = ("diff", "grep")
"""Their status is 1 where there is a difference, or nothing that matches."""


@dataclass(frozen=True)
class Trial:
    """A command, what has to be there before it, and what is to be there, and gone, after it."""

    source: str
    command: str
    call: ToolCall
    folders: tuple[str, ...]
    files: tuple[str, ...]
    there: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def script(self, number: int) -> str:
        """A line of bash that prints the number if something is wrong, in a folder of its own."""
        folders = {*self.folders, *(str(Path(file).parent) for file in self.files)} - {".", "~"}
        tests = [f"[[ -e {_path(name)} ]]" for name in self.there] + [f"[[ ! -e {_path(name)} ]]" for name in self.gone]
        allowed = "(( $? < 2 ))" if self.call.name in NOTHING_FOUND else "(( ! $? ))"
        steps = [
            f"mkdir {number} && cd {number} && HOME=$PWD",
            *([f"mkdir -p -- {' '.join(map(_path, sorted(folders)))}"] if folders else []),
            *(f"echo one two three > {_path(name)}" for name in self.files),
            f"{{ {self.command}; {allowed}; }} < /dev/null > /dev/null",
            *tests,
        ]
        return f"( {' && '.join(steps)} ) 2>> errors || echo {number} >&3"


def _path(name: str) -> str:
    return f"~/{quote(name[2:])}" if name.startswith("~/") else quote(name)


def trials() -> Iterator[Trial]:
    chance = Random(5)
    for record in turns.read_all():
        turn = record.turns[0]
        if turn.command.split()[0] in (*READING, *CHANGING, "sed"):
            _, command = slots.fill([turn.phrasings[0], turn.command], chance)
            trial = _trial(record.source, command)
            if trial:
                yield trial


def _trial(source: str, command: str) -> Trial | None:
    """How to try a command; None where it is no single call, or names what a sandbox has not: patterns, other homes."""
    try:
        call = lift(command, tool_set("shell"))
    except ShellperError:
        return None
    names, made = _names(call), _made(call)
    if call.name not in READING + CHANGING or call.arguments.get("follow") or call.arguments.get("newer_than_file"):
        return None
    if made[:1] in ((".",), ("..",)):  # what is here already
        return None
    if any(name.startswith(("/", "-", "../")) or set(name) & set("*?[{$,:") or name == "~" for name in names + made):
        return None
    inside = bool(call.arguments.get("recursive")) or call.name in ON_FOLDERS or all(map(_is_folder, names))
    present = tuple(name for name in names if name not in (".", "..", "~/"))
    folders, files = (present, ()) if inside else ((), present)
    parents = tuple(str(Path(name).parent) for name in made)
    folders = tuple(name for name in {*folders, *parents} if name not in (".", "~"))
    several = "more_sources" in call.arguments or (made and made[0].endswith("/"))
    if call.name in ("cp", "mv"):
        target = made[0]
        made = tuple(f"{target.rstrip('/')}/{Path(name).name}" for name in names) if several else made
        folders = (*folders, *([target] if several else []))
    gone = names if call.name in ("mv", "rm", "rmdir") else ()
    return Trial(source, command, call, folders, files, made, gone)


def _is_folder(name: str) -> bool:
    return name.endswith("/") or name in (".", "..")


def _names(call: ToolCall) -> tuple[str, ...]:
    """What a call needs."""
    if call.name in ("mkdir", "touch"):
        return ()
    keys = ("file_name", "file_name1", "file_name2", "path", "source", "dir_name")
    single = [str(call.arguments[key]) for key in keys if key in call.arguments]
    return tuple(single + [str(name) for value in call.arguments.values() if isinstance(value, list) for name in value])


def _made(call: ToolCall) -> tuple[str, ...]:
    """What a call makes, or the folder that it puts something in."""
    if call.name in ("cp", "mv"):
        return (str(call.arguments["destination"]),)
    if call.name not in ("mkdir", "touch"):
        return ()
    more = call.arguments.get("more_dirs") or call.arguments.get("more_files") or []
    return (str(call.arguments.get("dir_name") or call.arguments.get("file_name")), *map(str, more))


def run(tried: list[Trial], folder: Path) -> list[Trial]:
    """Those that went wrong."""
    lines = ["exec 3> wrong", *(trial.script(number) for number, trial in enumerate(tried))]
    (folder / "all.bash").write_text("\n".join(lines) + "\n")
    words = [*sandbox("--bind", str(folder), str(folder), "--chdir", str(folder)), "bash", "all.bash"]
    subprocess.run(words, check=False, timeout=300)
    return [tried[int(number)] for number in (folder / "wrong").read_text().split()]


def test_file_commands_do_what_they_say(tmp_path: Path) -> None:
    tried = list(trials())[::3]  # all 5,500 of them would take half a minute
    assert len(tried) > 1000
    assert {trial.call.name for trial in tried} == {*READING, *CHANGING}
    assert [f"{trial.source}: {trial.command}" for trial in run(tried, tmp_path)] == []


@pytest.mark.parametrize("command", ["mv a b", "rmdir a", "touch a/b/c", "cat a", "mkdir a"])
def test_a_command_that_fails_is_found(command: str, tmp_path: Path) -> None:
    call = lift(command, tool_set("shell"))
    made = _made(call)
    trial = Trial(
        "t", command, call, folders=("a/b",) if command in ("rmdir a", "mkdir a") else (), files=(), there=made
    )
    assert run([trial], tmp_path) == [trial]
