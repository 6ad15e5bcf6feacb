"""From a command line to the call that it stands for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellper.errors import Clarification, ToolError
from shellper.tools import ToolCall, call_text, lift, tool_set
from shellper.tools.words import Token, words
from tests.tools.test_quoting import printable
from tests.tools.test_sets import COMMANDS, WIDER

GORILLA = tool_set("gorilla")
SHELL = tool_set("shell")


@pytest.mark.parametrize(("name", "arguments", "command"), [*COMMANDS, *WIDER])
def test_what_is_rendered_is_lifted_again(name: str, arguments: dict[str, Any], command: str) -> None:
    text = call_text(ToolCall(name, arguments), SHELL)
    lifted = lift(text, SHELL)
    assert call_text(lifted, SHELL) == text
    if name != "bash":
        assert lifted.name == name


@pytest.mark.parametrize(
    "line",
    [
        *(
            "ls *",
            "ls -al",
            "rm *",
            "du -sh .",
            "tail a",
            "cat a && cat b",
            "cat a; rm b",
            "cat $x",
            "cat `x`",
            "ls #a",
        ),
        *("grep a", "grep *.py b", "cat {a,b}", "find . -size +100", "find . -delete", "find . -name *.py", "VAR=1 ls"),
        *(
            "ls > f",
            "wc -l < a b",
            "cat 'a",
            "ls &",
            "! ls",
            "cat a 2> b",
            "ls || pwd",
            "cat <<< a",
            "rm -- -a",
            "du |",
        ),
        *("git status", "head -n 5", "sed -i s,a,b,g f", "cp a", "mv -- a b", "echo a b", "echo -n a", "cat a >& b"),
    ],
)
def test_what_no_tool_says_stays_a_command_line(line: str) -> None:
    assert lift(line, SHELL) == ToolCall("bash", {"command": line})


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("lscatrm -nf'\"\\$`|>&;~*?[]{}#!ab\n"), max_size=20))
def test_no_line_breaks_the_reader(line: str) -> None:
    if not line.strip() or line.strip().startswith("#"):
        return
    call = lift(line, SHELL)
    if call.name != "bash":
        assert words(call_text(call, SHELL)) == words(line)


@pytest.mark.parametrize(
    ("line", "name", "arguments"),
    [
        ("cp -r a b", "cp", {"source": "a", "destination": "b"}),
        ("cp a b", "cp", {"source": "a", "destination": "b"}),
        ("rm -r X", "rmdir", {"dir_name": "X"}),
        ("rm X", "rm", {"file_name": "X"}),
        ("find P -name '*N*'", "find", {"path": "P", "name": "N"}),
        ("find . -type f -name '*.py'", "find", {"path": ".", "name": ".py"}),
        ("find -iname x", "find", {"name": "x"}),
        ("find src -type d", "find", {"path": "src"}),
        ("echo hi > f", "echo", {"content": "hi", "file_name": "f"}),
        ("echo 'a  b' c >> f", "echo", {"content": "a  b c", "file_name": "f"}),
        ("echo hi", "echo", {"content": "hi"}),
        ("printf '%s\\n' -n", "echo", {"content": "-n"}),
        ("grep -e -v a", "grep", {"pattern": "-v", "file_name": "a"}),
        ("grep 'x y' a", "grep", {"pattern": "x y", "file_name": "a"}),
        ("tail a", "tail", {"file_name": "a"}),
        ("tail -n 5 a", "tail", {"file_name": "a", "lines": 5}),
        ("wc -m a", "wc", {"file_name": "a", "mode": "c"}),
        ("ls -la", "ls", {"a": True}),
        ("ls .", "ls", {}),
        ("du -sh .", "du", {"human_readable": True}),
        ('cat "a b"', "cat", {"file_name": "a b"}),
        ("mkdir -p a", "mkdir", {"dir_name": "a"}),
    ],
)
def test_gorilla_is_lenient(line: str, name: str, arguments: dict[str, Any]) -> None:
    assert lift(line, GORILLA) == ToolCall(name, arguments)


def test_recursive_removal_where_it_is_allowed() -> None:
    assert lift("rm -r X", GORILLA, allow_recursive=True) == ToolCall("rm", {"file_name": "X"})


@pytest.mark.parametrize("line", ["git status", "ls src", "cat a b", "cat a | wc -l", "head a", "cat $x", "rm -i a"])
def test_what_gorilla_cannot_say(line: str) -> None:
    with pytest.raises(ToolError, match="--tools shell"):
        lift(line, GORILLA)


def test_questions() -> None:
    assert lift("# Which file?", SHELL) == ToolCall("clarify", {"question": "Which file?"})
    with pytest.raises(Clarification, match="Which file"):
        lift("# Which file?", GORILLA)
    for empty in ("", "  ", "#", "# "):
        with pytest.raises(ToolError):
            lift(empty, SHELL)


@settings(max_examples=200)
@given(printable.filter(bool), printable)
def test_any_argument_survives(name: str, pattern: str) -> None:
    call = ToolCall("grep", {"file_name": name, "pattern": pattern})
    for tools in (GORILLA, SHELL):
        text = call_text(call, tools)
        assert call_text(lift(text, tools), tools) == text
        assert lift(text, tools).arguments["pattern"] == pattern


def test_words() -> None:
    assert words("a 'b c' d\\ e") == [Token("a"), Token("b c"), Token("d e")]
    assert words("ls *.txt ~/x") == [Token("ls"), Token("*.txt", frozenset((0,))), Token("~/x", frozenset((0,)))]
    assert words("a | b >> c") == [
        *(Token("a"), Token("|", operator=True), Token("b"), Token(">>", operator=True), Token("c"))
    ]
