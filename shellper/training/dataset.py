"""Conversations in files: what people bring for training and evaluation, and what shellper writes.

A file is JSON lines, a folder holds `train.jsonl`, maybe `test.jsonl`, and `job_description.json`. Two forms are read:

- older: `{"question": "<JSON text of messages, the last the user's>", "answer": "<JSON text of {name, parameters}>"}`
- newer: `{"messages": [..., the assistant's tool call]}`, `arguments` an object or a JSON string, `tool` turns allowed

A conversation of n turns stands there n times, once for each call that it teaches; read, it is one conversation again.
The newer form is written, the same way, with a `job_description.json`: the original's training service takes it as is.
Inside, a conversation is requests and commands; tools.lift and call_text lead from calls to commands and back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from shellper.conversation import Conversation as History
from shellper.conversation import Turn
from shellper.engines.history import Exchange
from shellper.errors import ShellperError, UsageError
from shellper.storage import replace_file
from shellper.tools import ToolCall, ToolSet, call_text, lift, parse_reply, tool_set

Conversation = list[Exchange]

TASK = (
    "Turn the user's request into one call of a tool, which stands for one shell command. Later requests may refer to "
    "earlier ones. Call clarify with a question when the request is no command or leaves out what matters."
)
"""What `job_description.json` says of the task."""

TRAIN, TEST, JOB = FILES = ("train.jsonl", "test.jsonl", "job_description.json")
"""What a folder of data holds."""

HELD_OUT = 0.02
"""The share of conversations that nothing is trained on, where nobody has set any apart."""


def read_dataset(path: Path, name: str = TRAIN) -> list[Conversation]:
    """The conversations of a file, or of the file of that name in a folder, without those that longer ones begin with.

    A `.turns` file is no data but what data are made of; see turns.py. Raises ShellperError, naming file and line.
    """
    file = path / name if path.is_dir() else path
    return without_prefixes(_read_lines(file))


def unknown_tools(path: Path) -> list[str]:
    """The tools that the data's job description declares and shellper lacks: their calls cannot be read.

    Raises ShellperError if it cannot be read or is no JSON.
    """
    tools = _read_job(path).get("tools")
    declared = [tool for tool in tools if isinstance(tool, dict)] if isinstance(tools, list) else []
    names = (str(_object(tool.get("function")).get("name", "")) for tool in declared)
    return sorted(name for name in names if name not in tool_set("shell"))


def conversation_of(value: object) -> Conversation:
    """The conversation of one line's JSON value. Raises ShellperError if it is in neither form."""
    line = _object(value)
    if "question" in line and "answer" in line:
        messages = _loaded(line["question"])
        if not isinstance(messages, list):
            raise ShellperError("the question is no list of messages")
        answer = line["answer"] if isinstance(line["answer"], str) else json.dumps(line["answer"])
        return _from_messages([*messages, {"role": "assistant", "content": answer}])
    messages = line.get("messages")
    if not isinstance(messages, list):
        raise ShellperError('neither {"messages"} nor {"question", "answer"}, as training data have')
    return _from_messages(messages)


def without_prefixes(conversations: Iterable[Conversation]) -> list[Conversation]:
    """The conversations, each once, without those that another one begins with: the longer teaches the same calls."""
    known = {tuple(talk): None for talk in conversations}
    shorter = {talk[:length] for talk in known for length in range(1, len(talk))}
    return [list(talk) for talk in known if talk not in shorter]


def messages_of(conversation: Sequence[Exchange]) -> list[dict[str, Any]]:
    """A conversation as messages: requests, and tool calls whose arguments are objects.

    Raises ToolError for an empty command.
    """
    messages: list[dict[str, Any]] = []
    for number, (request, command) in enumerate(conversation, 1):
        call = call_of(command, tool_set("shell"))
        function = {"name": call.name, "arguments": dict(call.arguments)}
        messages += [
            {"role": "user", "content": request},
            {
                "role": "assistant",
                "content": "",
                "tool_calls": [{"id": f"call_{number}", "type": "function", "function": function}],
            },
        ]
    return messages


def history_of(conversation: Sequence[Exchange], tools: ToolSet) -> list[dict[str, Any]]:
    """A conversation as the messages that the program itself would send. Raises ToolError for an empty command."""
    turns = [Turn(request, call_of(command, tools), command) for request, command in conversation]
    return History(tuple(turns)).messages()


def call_of(command: str, tools: ToolSet) -> ToolCall:
    """The call of a command; in the set `shell` if the given set cannot say it. Raises ToolError for an empty one."""
    try:
        return lift(command, tools)
    except ShellperError:
        return lift(command, tool_set("shell"))


def require_free(folder: Path, report: str) -> None:
    """Raises UsageError where the folder holds data that came another way than that which leaves a report of that name.

    They would be lost: nobody can make again what somebody wrote or corrected by hand.
    """
    if any((folder / name).exists() for name in FILES) and not (folder / report).exists():
        raise UsageError(f"{folder} holds other training data, which would be lost: choose another folder")


def write_report(file: Path, report: Mapping[str, Any]) -> None:
    """Writes how the data of a folder came about; before them, so that none are ever without. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, json.dumps(report, indent=2) + "\n")


def write_dataset(folder: Path, train: Iterable[Sequence[Exchange]], test: Iterable[Sequence[Exchange]] = ()) -> None:
    """Writes `train.jsonl`, `test.jsonl` and `job_description.json`. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    job = {"task_description": TASK, "tools": tool_set("shell").schemas()}
    replace_file(folder / TRAIN, "".join(_lines(train)))
    replace_file(folder / TEST, "".join(_lines(test)))
    replace_file(folder / JOB, json.dumps(job, ensure_ascii=False, indent=2) + "\n")


def _lines(conversations: Iterable[Sequence[Exchange]]) -> Iterator[str]:
    """The conversations in the newer form, a line for each call."""
    for conversation in conversations:
        messages = messages_of(conversation)
        for end in range(2, len(messages) + 1, 2):
            yield json.dumps({"messages": messages[:end]}, ensure_ascii=False) + "\n"


def json_lines(file: Path) -> Iterator[tuple[int, Any]]:
    """The number and JSON value of each line that is not blank. Raises ShellperError, naming file and line."""
    number = 0
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise ShellperError(f"{file}:{number}: not UTF-8: save the file as UTF-8") from None
        raise ShellperError(f"{file}:{number}: no JSON: each line has to be an object, see --help") from None
    except OSError as error:
        raise ShellperError(f"cannot read {file}: {error.strerror}; check the path and its permissions") from None


def _read_lines(file: Path) -> Iterator[Conversation]:
    for number, value in json_lines(file):
        try:
            yield conversation_of(value)
        except ShellperError as error:
            raise ShellperError(f"{file}:{number}: {error}") from None


def _from_messages(messages: Sequence[object]) -> Conversation:
    """Each request with the first call that answers it; what the system and the tools say is passed over."""
    tools = tool_set("shell")
    conversation: Conversation = []
    request: str | None = None
    for message in map(_object, messages):
        role = message.get("role")
        if role == "user":
            if request is not None:
                raise ShellperError(f"a request without an answer: {request[:60]!a}")
            request = _text(message)
        elif role == "assistant" and request is not None:
            call = parse_reply(_text(message), message.get("tool_calls"), tools)[0]
            conversation.append((request, call_text(call, tools)))
            request = None
        elif role not in ("system", "tool", "assistant"):
            raise ShellperError(f"a message of role {role!a}: roles are system, user, assistant and tool")
    if request is not None or not conversation:
        raise ShellperError("the messages do not end with the assistant's tool call")
    return conversation


def _text(message: Mapping[str, Any]) -> str:
    content = message.get("content")
    return content if isinstance(content, str) else ""


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _loaded(value: object) -> object:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        raise ShellperError("the question is no JSON text") from None


def _read_job(path: Path) -> Mapping[str, Any]:
    file = (path if path.is_dir() else path.parent) / JOB
    if not file.is_file():
        return {}
    try:
        return _object(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise ShellperError(f"cannot read {file}: {error.strerror}; make it readable, or move it away") from None
    except (ValueError, RecursionError):
        raise ShellperError(f"{file} is no JSON: mend it, or move it away") from None
