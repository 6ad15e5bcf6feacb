"""Data files: every form that is read, the one that is written, and the way back."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from shellper.errors import ShellperError
from shellper.tools import tool_set
from shellper.training.dataset import (
    call_of,
    conversation_of,
    history_of,
    messages_of,
    read_dataset,
    unknown_tools,
    without_prefixes,
    write_dataset,
)
from tests.training.conftest import TALKS


def user(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


def called(name: str, arguments: Any) -> dict[str, Any]:
    function = {"name": name, "arguments": arguments}
    return {"role": "assistant", "content": "", "tool_calls": [{"type": "function", "function": function}]}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_dataset(tmp_path, TALKS, TALKS[:1])
    assert read_dataset(tmp_path) == TALKS
    assert read_dataset(tmp_path / "train.jsonl") == TALKS
    assert read_dataset(tmp_path, "test.jsonl") == TALKS[:1]


def test_data_are_replaced_as_a_whole(tmp_path: Path) -> None:
    write_dataset(tmp_path, TALKS)
    before = (tmp_path / "train.jsonl").read_bytes()
    with pytest.raises(UnicodeEncodeError):
        write_dataset(tmp_path, [*TALKS, [("no text \ud800", "ls")]])
    assert (tmp_path / "train.jsonl").read_bytes() == before


def test_each_call_gets_a_line_whose_last_message_is_that_call(tmp_path: Path) -> None:
    write_dataset(tmp_path, TALKS)
    lines = [json.loads(line) for line in (tmp_path / "train.jsonl").read_text().splitlines()]
    assert len(lines) == sum(map(len, TALKS))
    for line in lines:
        assert list(line) == ["messages"]
        last = line["messages"][-1]["tool_calls"][0]["function"]
        assert isinstance(last["arguments"], dict)
        assert tool_set("shell").validate(call_of("pwd", tool_set("shell"))).name == "pwd"
        assert last["name"] in tool_set("shell").tools


def test_the_job_description_declares_every_tool(tmp_path: Path) -> None:
    write_dataset(tmp_path, TALKS)
    job = json.loads((tmp_path / "job_description.json").read_text())
    assert set(job) == {"task_description", "tools"}
    assert {tool["function"]["name"] for tool in job["tools"]} == set(tool_set("shell").tools)
    assert unknown_tools(tmp_path) == []


def test_the_older_form_is_read() -> None:
    messages = [user("list all"), called("ls", '{"a": true}'), user("go to models")]
    answer = {"name": "cd", "parameters": {"folder": "models"}}
    line = {"question": json.dumps(messages), "answer": json.dumps(answer)}
    assert conversation_of(line) == [("list all", "ls -a"), ("go to models", "cd models")]


@pytest.mark.parametrize("arguments", [{"a": True}, '{"a": true}', {"a": "true"}])
def test_arguments_may_be_an_object_or_a_text(arguments: Any) -> None:
    assert conversation_of({"messages": [user("all"), called("ls", arguments)]}) == [("all", "ls -a")]


def test_what_the_system_and_the_tools_say_is_passed_over() -> None:
    messages = [
        {"role": "system", "content": "be brief"},
        user("where"),
        called("pwd", {}),
        {"role": "tool", "content": "/home"},
        user("copy a to b"),
        called("cp", {"source": "a", "destination": "b"}),
    ]
    assert conversation_of({"messages": messages}) == [("where", "pwd"), ("copy a to b", "cp -r a b")]


def test_prefixes_of_longer_conversations_are_left_out() -> None:
    long = [("a", "ls"), ("b", "pwd"), ("c", "du")]
    other = [("a", "ls"), ("d", "df")]
    assert without_prefixes([long[:1], long[:2], long, other[:1], other, long]) == [long, other]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense", "no JSON"),
        ("[]", "neither"),
        ('{"messages": []}', "do not end"),
        ('{"messages": [{"role": "user", "content": "x"}]}', "do not end"),
        (json.dumps({"messages": [user("x"), user("y"), called("ls", {})]}), "without an answer"),
        (json.dumps({"messages": [user("x"), called("frobnicate", {})]}), "no tool is called"),
        (json.dumps({"messages": [user("x"), called("cat", {})]}), "file_name"),
        ('{"question": "nonsense", "answer": "{}"}', "no JSON text"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(json.dumps({"messages": messages_of(TALKS[0])}) + f"\n\n{line}\n")
    with pytest.raises(ShellperError, match=message) as raised:
        read_dataset(tmp_path)
    assert f"{file}:3: " in str(raised.value)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_bytes(b"\xff\xfe\n")
    with pytest.raises(ShellperError, match="not UTF-8"):
        read_dataset(tmp_path)
    line = json.dumps({"messages": messages_of(TALKS[0])}).encode() + b"\n"
    (tmp_path / "train.jsonl").write_bytes(b"\xef\xbb\xbf" + 40 * line + b"\xff\n" + line)
    with pytest.raises(ShellperError, match=r"train\.jsonl:41: not UTF-8"):
        read_dataset(tmp_path)
    with pytest.raises(ShellperError, match="cannot read"):
        read_dataset(tmp_path / "missing.jsonl")


def test_tools_of_others_are_named(tmp_path: Path) -> None:
    job = {"task_description": "", "tools": [{"type": "function", "function": {"name": "book_flight"}}]}
    (tmp_path / "job_description.json").write_text(json.dumps(job))
    assert unknown_tools(tmp_path) == ["book_flight"]
    (tmp_path / "job_description.json").write_text("nonsense")
    with pytest.raises(ShellperError, match="is no JSON: mend it"):
        unknown_tools(tmp_path)


def test_a_job_description_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "job_description.json").write_text("{}")

    def refused(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refused)
    with pytest.raises(ShellperError, match=r"job_description\.json: Permission denied; make it readable"):
        unknown_tools(tmp_path)


def test_the_history_is_what_the_program_sends() -> None:
    messages = history_of(TALKS[2][:1], tool_set("shell"))
    assert [message["role"] for message in messages] == ["user", "assistant"]
    assert json.loads(messages[1]["tool_calls"][0]["function"]["arguments"]) == {"dir_name": "backup"}


def test_what_a_set_cannot_say_is_said_in_the_other() -> None:
    assert call_of("ls | wc -l", tool_set("gorilla")).name == "bash"
    assert call_of("# Which file?", tool_set("gorilla")).name == "clarify"
