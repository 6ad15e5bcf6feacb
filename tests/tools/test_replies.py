"""Every form in which models answer."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from shellper.errors import ToolError
from shellper.tools import ToolCall, parse_reply, tool_set

GORILLA = tool_set("gorilla")
TAIL = ToolCall("tail", {"file_name": "a", "lines": 5})
ARGUMENTS = {"file_name": "a", "lines": "5"}
PLAIN = json.dumps({"name": "tail", "arguments": ARGUMENTS})
PARAMETERS = json.dumps({"name": "tail", "parameters": ARGUMENTS}, indent=2)

CONTENTS = [
    PLAIN,
    PARAMETERS,
    json.dumps({"name": "tail", "arguments": json.dumps(ARGUMENTS)}),
    f"\n{PLAIN}\n",
    f"```json\n{PLAIN}\n```",
    f"```\n{PARAMETERS}\n```",
    f"<tool_call>\n{PLAIN}\n</tool_call>",
    f"<tool_call>{PARAMETERS}</tool_call>",
    f"<tool_call>\n{PLAIN}",
    f"```xml\n<tool_call>\n{PLAIN}\n</tool_call>\n```",
    f"<tool_call>\n```json\n{PLAIN}\n```\n</tool_call>",
    f'<think>\n{{"name": "rm"}} <tool_call>no</tool_call>\n</think>\n\n{PLAIN}',
    f"<think></think><tool_call>{PLAIN}</tool_call>",
    f"thoughts without a beginning</think>```json\n{PLAIN}\n```",
    f"[{PLAIN}]",
]


@pytest.mark.parametrize("content", CONTENTS)
def test_contents(content: str) -> None:
    assert parse_reply(content, None, GORILLA) == [TAIL]


@pytest.mark.parametrize("arguments", [ARGUMENTS, json.dumps(ARGUMENTS)])
def test_tool_calls(arguments: Any) -> None:
    function = {"name": "tail", "arguments": arguments}
    as_object = SimpleNamespace(function=SimpleNamespace(**function))
    for call in ({"id": "1", "type": "function", "function": function}, function, as_object):
        assert parse_reply("some talk", [call], GORILLA) == [TAIL]
        assert parse_reply(None, [call], GORILLA) == [TAIL]


@pytest.mark.parametrize("arguments", [None, "", "{}", {}, "null"])
def test_no_arguments(arguments: Any) -> None:
    assert parse_reply(None, [{"function": {"name": "pwd", "arguments": arguments}}], GORILLA) == [ToolCall("pwd", {})]


def test_several_calls() -> None:
    block = '<tool_call>{"name": "pwd"}</tool_call>'
    assert parse_reply(f"<tool_call>{PLAIN}</tool_call>\n{block}", None, GORILLA) == [TAIL, ToolCall("pwd", {})]
    assert (
        parse_reply(f"<tool_call>{PLAIN}<tool_call>{{}}".replace("{}", '{"name":"pwd"}'), None, GORILLA)[1].name
        == "pwd"
    )
    calls = [{"function": {"name": "pwd"}}, {"function": {"name": "nothing"}}]
    assert parse_reply(None, calls, GORILLA) == [ToolCall("pwd", {})]


@pytest.mark.parametrize(
    "content",
    [
        *(
            None,
            "",
            "  ",
            "ls -a",
            "I would run `ls`.",
            f"Sure: {PLAIN}",
            "{",
            "[]",
            "5",
            '"ls"',
            "null",
            '{"tool": "ls"}',
        ),
        *("<think>still thinking", "<tool_call></tool_call>", '{"name": 5}', '{"name": "ls", "arguments": 5}'),
        *('{"name": "ls", "arguments": {}, "parameters": {}}', '{"name": "ls", "a": true}', '{"name": "nope"}'),
        *('{"name": "ls", "arguments": "not json"}', '{"name": "cat"}', "[" * 100_000),
    ],
)
def test_anything_else_is_refused(content: str | None) -> None:
    with pytest.raises(ToolError) as error:
        parse_reply(content, None, GORILLA)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 250


@pytest.mark.parametrize("calls", ["ls", 5, {"name": "ls"}, [5], [{"function": {}}], [{"function": {"name": ""}}]])
def test_broken_tool_calls(calls: Any) -> None:
    with pytest.raises(ToolError):
        parse_reply(None, calls, GORILLA)
