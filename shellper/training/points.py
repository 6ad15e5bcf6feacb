"""What an engine is measured on: requests with what was said before, and the answers that count as right.

- `{"id", "request"}` or `{"id", "messages"}`, one a line; with a "target" (text, call, or a list) if it is judged
- training data (see dataset.py): each call of a conversation is a point, after the right earlier ones
- FILE.turns, tests written by hand (see turns.py): all commands of a request are right
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shellper.engines.base import Message
from shellper.errors import ShellperError
from shellper.tools import ToolCall, ToolSet, call_text, parse_reply
from shellper.tools.call import CLARIFY
from shellper.training.dataset import TEST, TRAIN, call_of, conversation_of, history_of, json_lines, without_prefixes
from shellper.training.turns import read_records


@dataclass(frozen=True)
class Point:
    """A request and its right answers.

    `messages` end with the request. `accepted` is empty where nobody knows the answer. `kind` is single, turn 1, turn 2
    …, clarify, or what the file says. `conversation` names the conversation of several turns that it belongs to.
    """

    id: Any
    messages: tuple[Message, ...]
    accepted: tuple[ToolCall, ...] = ()
    kind: str = "single"
    conversation: str = ""


def read_points(path: Path, tools: ToolSet) -> list[Point]:
    """The points of a file, or of a folder's `test.jsonl` or tests. Raises ShellperError, naming file and line."""
    points = [point for file in _files(path) for point in _from_file(file, tools)]
    if not points:
        cure = "see shellper evaluate --help"
        if path.is_dir() and (path / TEST).is_file():
            cure = f"its {TEST} is empty; synthesize more --turns, or measure with its {TRAIN}"
        raise ShellperError(f"{path} holds no requests: {cure}")
    return points


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    data = path / TEST
    return [data] if data.is_file() else sorted(path.glob("*.turns"))


def _from_file(file: Path, tools: ToolSet) -> Iterator[Point]:
    return _from_turns(file, tools) if file.suffix == ".turns" else _from_json(file, tools)


def read_calls(target: object, tools: ToolSet) -> tuple[ToolCall, ...]:
    """The calls of a target: a command line, a call as object or JSON text, or a list of these.

    Raises ShellperError for anything else.
    """
    if isinstance(target, list):
        return tuple(call for each in target for call in read_calls(each, tools))
    if isinstance(target, Mapping):
        target = json.dumps(target)
    if not isinstance(target, str):
        raise ShellperError("the target is neither a command nor a call")
    if target.lstrip().startswith('{"'):
        return (parse_reply(target, None, tools)[0],)
    return (call_of(target, tools),)


def _from_json(file: Path, tools: ToolSet) -> Iterator[Point]:
    conversations = []
    for number, value in json_lines(file):
        try:
            if not isinstance(value, dict):
                raise ShellperError('no JSON object such as {"request": "list all files"}')
            if _is_training(value):
                conversations.append(conversation_of(value))
            else:
                yield _point(value, number, tools)
        except ShellperError as error:
            raise ShellperError(f"{file}:{number}: {error}") from None
    for number, talk in enumerate(without_prefixes(conversations), 1):
        turns = [(request, (command,)) for request, command in talk]
        yield from _conversation(f"{file.stem}:{number}", turns, tools)


def _is_training(value: Mapping[str, Any]) -> bool:
    messages = value.get("messages")
    ends = messages[-1] if isinstance(messages, list) and messages else None
    return "question" in value or (isinstance(ends, Mapping) and ends.get("role") == "assistant")


def _point(value: Mapping[str, Any], number: int, tools: ToolSet) -> Point:
    messages = value.get("messages")
    if messages is None and isinstance(value.get("request"), str):
        messages = [{"role": "user", "content": value["request"]}]
    if not isinstance(messages, list) or not messages or not all(isinstance(each, dict) for each in messages):
        raise ShellperError('a point needs "request" or "messages"')
    if messages[-1].get("role") != "user" or not isinstance(messages[-1].get("content"), str):
        raise ShellperError("the messages do not end with the user's")
    target = value.get("target")
    accepted = read_calls(target, tools) if target is not None else ()
    requests = sum(message.get("role") == "user" for message in messages)
    kind = value.get("kind")
    return Point(
        id=value.get("id", number),
        messages=tuple(messages),
        accepted=accepted,
        kind=kind if isinstance(kind, str) else _kind(accepted, requests, "single" if requests == 1 else ""),
        conversation=str(value.get("conversation", "")),
    )


def _kind(accepted: Sequence[ToolCall], turn: int, single: str) -> str:
    if accepted and accepted[0].name == CLARIFY:
        return CLARIFY
    return single or f"turn {turn}"


def _conversation(name: str, turns: Sequence[tuple[str, tuple[str, ...]]], tools: ToolSet) -> Iterator[Point]:
    """A point for each turn; the earlier turns are given with their right commands, whatever the engine answered."""
    earlier = [(request, commands[0]) for request, commands in turns]
    alone = len(turns) == 1
    for number, (request, commands) in enumerate(turns, 1):
        accepted = tuple(call_of(command, tools) for command in commands)
        yield Point(
            id=name if alone else f"{name}.{number}",
            messages=(*history_of(earlier[: number - 1], tools), {"role": "user", "content": request}),
            accepted=accepted,
            kind=_kind(accepted, number, "single" if alone else ""),
            conversation="" if alone else name,
        )


def _from_turns(file: Path, tools: ToolSet) -> Iterator[Point]:
    """Points of a test file; where a request has several phrasings, the conversation is held once for each."""
    for record in read_records(file):
        ways = record.ways()
        for number, requests in enumerate(ways, 1):
            turns = [(request, turn.commands) for request, turn in zip(requests, record.turns, strict=True)]
            name = f"{file.stem}:{record.line}" + (f"/{number}" if len(ways) > 1 else "")
            yield from _conversation(name, turns, tools)


def expected_texts(point: Point, tools: ToolSet) -> list[str]:
    """The accepted answers as command lines."""
    from shellper.tools import tool_set

    texts = []
    for call in point.accepted:
        try:
            texts.append(call_text(call, tools))
        except ShellperError:
            texts.append(call_text(call, tool_set("shell")))
    return texts
