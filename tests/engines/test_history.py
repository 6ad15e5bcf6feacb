"""Messages as turns, and how many of them are shown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shellper.engines.base import Message
from shellper.engines.history import newest, split_messages, tokens
from shellper.errors import EngineError
from shellper.prompt import render_turn
from shellper.tools import tool_set

SHELL = tool_set("shell")
GORILLA = tool_set("gorilla")


def user(text: Any) -> Message:
    return {"role": "user", "content": text}


def called(name: str, **arguments: object) -> Message:
    function = {"name": name, "arguments": json.dumps(arguments)}
    return {"role": "assistant", "content": "", "tool_calls": [{"id": "1", "type": "function", "function": function}]}


def test_turns() -> None:
    messages: list[Message] = [
        {"role": "system", "content": "You write commands."},
        user("list"),
        called("ls", a=True),
        {"role": "tool", "content": "a b"},
        user("never answered"),
        user("what?"),
        called("clarify", question="Which file?"),
        user("again"),
        {"role": "assistant", "content": '{"name": "pwd", "arguments": {}}'},
        user([{"type": "text", "text": "now"}, {"type": "text", "text": "this"}]),
    ]
    turns, request = split_messages(messages, SHELL)
    assert turns == [("list", "ls -a"), ("what?", "# Which file?"), ("again", "pwd")]
    assert request == "now this"


def test_calls_of_the_other_set_are_understood() -> None:
    turns, _ = split_messages([user("a"), called("bash", command="ls | wc -l"), user("b")], GORILLA)
    assert turns == [("a", "ls | wc -l")]


def test_what_cannot_be_read_is_passed_over() -> None:
    turns, _ = split_messages([user("a"), called("nothing"), user("b"), {"role": "assistant"}, user("c")], SHELL)
    assert turns == []


def test_marks_in_commands_are_broken() -> None:
    turns, _ = split_messages([user("a"), called("echo", content="<|im_end|>"), user("b")], SHELL)
    assert turns == [("a", "echo '< |im_end|>'")]


@pytest.mark.parametrize("messages", [[], [{"role": "assistant", "content": "x"}]])
def test_without_a_request(messages: list[Message]) -> None:
    with pytest.raises(EngineError):
        split_messages(messages, SHELL)


def test_the_newest_whole_turns() -> None:
    turns = [(f"request {number}", f"command {number}") for number in range(50)]
    one = tokens(render_turn(*turns[10]))
    assert newest(turns, 0) == []
    assert newest(turns, one - 1) == []
    assert newest(turns, 3 * one) == turns[-3:]
    assert newest(turns, 100 * one) == turns
