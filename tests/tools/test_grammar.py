"""The grammars accept what the tools render, and nothing that lift could not read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellper.errors import ToolError
from shellper.tools import ToolCall, call_text, lift, tool_set
from tests.tools.gbnf import Grammar
from tests.tools.test_quoting import printable
from tests.tools.test_sets import COMMANDS, WIDER

SETS = {name: tool_set(name) for name in ("gorilla", "shell")}
GRAMMARS = {name: Grammar(tools.grammar()) for name, tools in SETS.items()}


@pytest.mark.parametrize(("name", "arguments", "command"), COMMANDS)
def test_what_gorilla_renders(name: str, arguments: dict[str, Any], command: str) -> None:
    text = call_text(ToolCall(name, arguments), SETS["gorilla"])
    assert GRAMMARS["shell"].accepts(text)
    if not text.startswith("printf"):
        assert GRAMMARS["gorilla"].accepts(text)


@pytest.mark.parametrize(("name", "arguments", "command"), WIDER)
def test_what_shell_renders(name: str, arguments: dict[str, Any], command: str) -> None:
    assert GRAMMARS["shell"].accepts(call_text(ToolCall(name, arguments), SETS["shell"]))


@settings(max_examples=200, deadline=None)
@given(printable.filter(bool), st.sampled_from(["cat", "rm", "cd", "wc"]))
def test_any_file_name(value: str, name: str) -> None:
    call = ToolCall(name, {"folder" if name == "cd" else "file_name": value})
    text = call_text(call, SETS["gorilla"])
    assert GRAMMARS["gorilla"].accepts(text)
    assert GRAMMARS["shell"].accepts(text)


LINES = [
    "find . -type f -size +100M | wc -l",
    "awk '{print $2}' f",
    'echo "$(date) `hostname` $HOME $(echo "a b")"',
    'for f in *.txt; do mv "$f" "${f%.txt}.md"; done',
    "find . \\( -name a -o -name b \\) -exec rm {} \\;",
    "echo 'it'\\''s'",
    "(cd src && ls) > out 2>&1",
    "grep -c $'\\r' f",
    "echo $((1 + 2))",
    'grep "cost: $" f',
    "# Which file?",
    "sudo apt install x",
]


@pytest.mark.parametrize("line", LINES)
def test_shell_accepts(line: str) -> None:
    assert GRAMMARS["shell"].accepts(line)


@pytest.mark.parametrize(
    "line",
    [
        *("", " ls", "#x", "# ", "echo 'a", 'echo "a', "echo `a", "echo $(a", "echo a)", "a\nb", "a\tb", "echo \\"),
        *('echo "$(a"', "a\x1bb", "a\u202eb"),
    ],
)
def test_shell_refuses(line: str) -> None:
    assert not GRAMMARS["shell"].accepts(line)


GORILLA_LINES = [
    *("ls", "ls -a", "pwd", "cp a b", "cp -r a b", "rm -r d", "echo a b > f", "echo 'a' >> f", "find", "find -name x"),
    *("find src -type f -name '*.py'", "tail f", "tail -n 5 f", "wc -w f", "cd ~/x", "cd -", "cat *.txt", "echo ''"),
    *("cp a b\\ ", "echo a\\\\"),
]


@pytest.mark.parametrize("line", GORILLA_LINES)
def test_gorilla_accepts_and_lift_reads(line: str) -> None:
    assert GRAMMARS["gorilla"].accepts(line)
    call = lift(line, SETS["gorilla"])
    assert call.name in SETS["gorilla"]
    SETS["gorilla"].render(call)


@pytest.mark.parametrize(
    "line",
    ["ls src", "cat", "cat -n a", "cat a b", "cat a | wc", "rm -rf a", "# What?", "tail -n 05 f", "cat $HOME", ""],
)
def test_gorilla_refuses(line: str) -> None:
    assert not GRAMMARS["gorilla"].accepts(line)


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(GORILLA_LINES),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from("'\"\\ *~-$`;|>ab{}#!")), max_size=4),
)
def test_lift_reads_whatever_the_grammar_accepts(line: str, changes: list[tuple[int, str]]) -> None:
    for position, character in changes:
        line = line[:position] + character + line[position:]
    if GRAMMARS["gorilla"].accepts(line):
        call = lift(line, SETS["gorilla"])
        try:
            SETS["gorilla"].render(call)
        except ToolError as error:
            assert "empty" in str(error)  # noqa: PT017
