"""Any call with any argument text, run in a sandbox: nothing but the named operands is touched."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellper.errors import ShellperError
from shellper.tools import Command, ToolCall, ToolSet, tool_set
from shellper.tools.words import Token, words
from tests.programs import sandbox
from tests.tools.shells import PROGRAMS, words_read
from tests.tools.test_quoting import printable

SHELL = tool_set("shell")
GORILLA = tool_set("gorilla")
NAMES = [(SHELL, name) for name in (*PROGRAMS.split(), "head", "replace") if name in SHELL]
NAMES += [(GORILLA, name) for name in PROGRAMS.split() if name in GORILLA]
HOSTILE = [
    "; touch hacked", "$(touch hacked)", "`touch hacked`", "' && touch hacked '", '" || touch hacked "', "> hacked",
    "| tee hacked", "-rf", "--help", "-delete", "-exec", "{} +", "~", "~root", "../sibling", "*", "?", "\\", "'", '"',
    "&", "$HOME", "-o/hacked", "--output=hacked", "a -delete", "%s", "#", "!", "=x", "new file", "été", "x.txt", "--",
    "-n", "+1",
]  # fmt: skip
Call = tuple[ToolSet, ToolCall]
TEXT = st.sampled_from(HOSTILE) | printable | st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map("".join)


def value_of(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Arguments that fit a parameter's schema, their text anything."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if kind == "boolean":
        return st.booleans()
    if kind == "integer":
        return st.integers(0, 99)
    if kind == "array":
        return st.lists(TEXT, min_size=1, max_size=2)
    return TEXT


def call_of(tool: tuple[ToolSet, str]) -> st.SearchStrategy[Call]:
    """Calls of a tool of a set with every required argument and some of the others."""
    tools, name = tool
    parameters = tools.tool(name).schema()["function"]["parameters"]
    required = set(parameters.get("required", ()))
    each = {key: value_of(schema) for key, schema in parameters["properties"].items()}
    values = st.fixed_dictionaries(
        {key: value for key, value in each.items() if key in required},
        optional={key: value for key, value in each.items() if key not in required},
    )
    return values.map(lambda arguments: (tools, ToolCall(name, arguments)))


CALLS = st.sampled_from(NAMES).flatmap(call_of)


def rendered(call: Call) -> Command | None:
    """The command of a set's call, None where the tool refuses its arguments."""
    try:
        return call[0].render(call[1], platform="linux")
    except ShellperError:
        return None


@settings(max_examples=120)
@given(CALLS)
def test_any_call_is_printable_and_read_the_same_by_bash(call: Call) -> None:
    command = rendered(call)
    if command is None:
        return
    # A no-break space is not printable for Python, but macOS puts one into the names of screenshots.
    assert all(letter.isprintable() or category(letter) == "Zs" for letter in command.text)
    read = words(command.text)
    assert read is not None
    if any(token.operator for token in read) or "~" in {token.value[0] for token in read if token.active}:
        return
    with TemporaryDirectory() as folder:
        assert words_read(command.text, Path(folder)) == [token.value for token in read]


@pytest.fixture(scope="module")
def box() -> Iterator[tuple[list[str], Path]]:
    """A sandbox that may write in one folder alone."""
    with TemporaryDirectory() as folder:
        yield sandbox("--bind", folder, folder, "--setenv", "HOME", f"{folder}/home"), Path(folder)


def furnish(place: Path) -> None:
    """A folder to work in, and others beside it."""
    for name in ("work/sub", "sibling", "home"):
        (place / name).mkdir(parents=True)
        for file in ("kept", "kept.log"):
            (place / name / file).write_text("kept\n")


def files(place: Path) -> dict[str, str]:
    """Every path and what it holds."""
    return {str(path.relative_to(place)): path.read_text() if path.is_file() else "" for path in place.rglob("*")}


def named(path: str, operands: list[Token]) -> bool:
    """Whether a path (from the folder's parent) is an operand, in one, or fits a pattern that is one."""
    for operand in operands:
        name = re.sub(r"^~(?=/|$)", "../home", operand.value)
        below = name[3:] if name.startswith("../") else f"work/{name}"
        below = re.sub(r"/(\./)*(?=/|$)|(?<=/)\./", "", below)
        if path == below or path.startswith(f"{below}/") or below.startswith(f"{path}/"):
            return True
        if operand.active and fnmatchcase(path, below):
            return True
        parts = name.rsplit("/", 1)  # cp and mv put the file into a folder that exists
        if path.rsplit("/", 1)[-1] == parts[-1]:
            return True
    return False


@settings(max_examples=12)
@given(st.lists(CALLS, min_size=8, max_size=8))
def test_nothing_but_the_operands_is_touched(box: tuple[list[str], Path], calls: list[Call]) -> None:
    words_before, folder = box
    commands = [command for command in map(rendered, calls) if command]
    with TemporaryDirectory(dir=folder) as name:
        places = [Path(name) / str(number) for number in range(len(commands))]
        script = ["exec </dev/null >/dev/null 2>&1"]
        for place, command in zip(places, commands, strict=True):
            furnish(place)
            (place / "command").write_text(command.text)
            script.append(f"cd '{place}/work' && HOME='{place}/home' timeout 5 bash ../command")
        before = [files(place) for place in places]
        subprocess.run([*words_before, "bash", "-c", "\n".join(script)], timeout=120, check=False)
        for place, command, then in zip(places, commands, before, strict=True):
            now = files(place)
            changed = {path for path in then.keys() | now.keys() if then.get(path) != now.get(path)}
            operands = words(command.text) or []
            assert not {path for path in changed if not named(path, operands)}, command.text
