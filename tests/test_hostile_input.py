"""Whatever stands in replies, configuration, job descriptions and the environment gives a result or one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shellper.engines.endpoint import EndpointEngine, _message
from shellper.engines.job_description import JobDescription
from shellper.errors import ShellperError
from shellper.settings import KEYS, Settings, load_settings, unknown_variables
from shellper.terminal import Terminal, current_terminal
from shellper.tools import ToolCall, lift, parse_reply, tool_set

SETS = [tool_set("gorilla"), tool_set("shell")]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
FIXTURES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def one_line(error: ShellperError) -> None:
    """The error can be shown."""
    text = str(error)
    assert text
    assert "\n" not in text
    assert len(text) < 1000


def a_call(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What looks like a call, with some parts that are anything."""
    names = st.sampled_from([*SETS[1].tools, "nothing"]) | value
    arguments = st.dictionaries(st.sampled_from(["file_name", "path", "lines", "command", "x"]), value, max_size=3)
    return st.fixed_dictionaries({"name": names, "arguments": arguments | arguments.map(json.dumps) | value})


@given(a_call(JSON) | st.lists(a_call(JSON), max_size=3) | JSON, st.sampled_from(SETS))
def test_any_content(value: Any, tools: Any) -> None:
    for form in ("{}", "<tool_call>{}</tool_call>", "```json\n{}\n```", "<think>x</think>{}"):
        try:
            calls = parse_reply(form.replace("{}", json.dumps(value)), None, tools)
        except ShellperError as error:
            one_line(error)
            continue
        assert all(isinstance(call, ToolCall) for call in calls)


@given(st.lists(a_call(JSON) | st.fixed_dictionaries({"function": a_call(JSON)}) | JSON, max_size=3) | JSON)
def test_any_tool_calls(value: Any) -> None:
    for tools in SETS:
        try:
            assert parse_reply(None, value, tools)
        except ShellperError as error:
            one_line(error)


@given(st.text(), st.sampled_from(SETS))
def test_any_answer_of_the_embedded_model(text: str, tools: Any) -> None:
    for read in (lambda: lift(text, tools), lambda: parse_reply(text, None, tools)):
        try:
            read()
        except ShellperError as error:
            one_line(error)


@given(
    st.fixed_dictionaries(
        {}, optional={"choices": st.lists(JSON | st.fixed_dictionaries({"message": JSON})), "error": JSON}
    )
)
def test_any_answer_of_a_server(data: dict[str, Any]) -> None:
    try:
        message = _message(data)
        parse_reply(message["content"], message["tool_calls"], SETS[0])
    except ShellperError as error:
        one_line(error)


@FIXTURES
@given(st.binary() | JSON.map(json.dumps).map(str.encode))
def test_any_job_description(home: Path, text: bytes) -> None:
    file = home / "job.json"
    file.write_bytes(text)
    try:
        job = JobDescription.load(file)
    except ShellperError as error:
        one_line(error)
        return
    assert job.tools


@FIXTURES
@given(
    st.binary()
    | st.dictionaries(st.sampled_from(list(KEYS)) | st.text(max_size=9), JSON, max_size=4).map(
        lambda table: "\n".join(f"{json.dumps(key)} = {json.dumps(value)}" for key, value in table.items()).encode()
    )
)
def test_any_configuration(home: Path, text: bytes) -> None:
    file = home / "config.toml"
    file.write_bytes(text)
    try:
        found = load_settings(file=file)
    except ShellperError as error:
        one_line(error)
        return
    assert isinstance(found, Settings)
    assert all("\n" not in warning for warning in found.warnings)


VALUES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])) | st.sampled_from(
    [
        "-1",
        "1e999",
        "nan",
        "0x10",
        "http://",
        "http://[",
        "http://a:b/",
        "https://\x1b[2J",
        "~",
        "/",
        "٣",
        "1_0",
        "a\udcff",
        "http://\udcff/v1",
    ]
)


@FIXTURES
@given(st.sampled_from(sorted(key.variable for key in KEYS.values())), VALUES)
def test_any_variable(home: Path, name: str, value: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(name, value)
        try:
            found = load_settings(file=home / "none.toml")
            if found.engine == "endpoint" and not found.job_description:
                EndpointEngine(found)
        except ShellperError as error:
            one_line(error)


@given(VALUES)
def test_any_session(value: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHELLPER_SESSION", value)
        terminal = current_terminal()
        patch.setenv("SHELLPER_MODLE" + "X" * (len(value) % 3), value)
        assert all("\n" not in line for line in unknown_variables())
    assert terminal is None or (isinstance(terminal, Terminal) and "/" not in terminal.key)
