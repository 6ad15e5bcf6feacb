"""Measures an engine: every point is asked and judged; summary.py counts what comes out.

    evaluate(assistant, points)    a Result for each point, one loaded engine for all
    judge, equal                   when an answer is right
    compare(points, a, b)          two files of predictions against each other

An answer is right when its call means the same as an accepted one: `tool_call_equivalence`, the original's metric,
after both sides are brought to the form that their command lines lift to. Any question is right where one is due.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from shellper.engines.base import Message, Reply
from shellper.errors import Clarification, ShellperError
from shellper.tools import ToolCall, ToolSet, call_text, equivalent, lift
from shellper.tools.call import CLARIFY
from shellper.tools.words import words
from shellper.training.dataset import call_of, json_lines
from shellper.training.points import Point, expected_texts
from shellper.training.statistics import Share, mcnemar

if TYPE_CHECKING:
    from shellper.assistant import Assistant
    from shellper.engines.base import Engine

PATIENCE = 5
"""After so many failures in a row, all alike, at the very start there is no engine to measure."""

_DANGEROUS = ("destructive", "forbidden")


@dataclass(frozen=True)
class Result:
    """What an engine made of a point.

    `right` and `right_name` are None where no answer was expected. `call` is None after an error. `unasked_danger` says
    that the command is destructive or worse and no accepted one is.
    """

    point: Point
    command: str = ""
    call: ToolCall | None = None
    level: str = ""
    seconds: float = 0.0
    confidence: float | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    error: str = ""
    right: bool | None = None
    right_name: bool | None = None
    unasked_danger: bool = False

    def prediction(self) -> dict[str, Any]:
        """The line of the predictions file."""
        return {
            "id": self.point.id,
            "command": self.command,
            "name": self.call.name if self.call else None,
            "arguments": dict(self.call.arguments) if self.call else None,
            "level": self.level,
            "seconds": round(self.seconds, 4),
        }

    def miss(self, tools: ToolSet) -> dict[str, Any]:
        """The line of the file of misses: what was asked, expected and answered."""
        return {
            "id": self.point.id,
            "kind": self.point.kind,
            "requests": [str(each["content"]) for each in self.point.messages if each.get("role") == "user"],
            "expected": expected_texts(self.point, tools),
            "answer": self.error or (shown(self.call, tools) if self.call else ""),
            "confidence": self.confidence,
            "level": self.level,
        }


class _Watched:
    """An engine that keeps its last reply, for the token counts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = engine.name
        self.model = engine.model
        self.meanwhile: Callable[[], None] | None = None
        self.last: Reply | None = None

    def complete(self, messages: Sequence[Message], tools: ToolSet) -> Reply:
        """The engine's reply."""
        self.last = None
        self.last = self._engine.complete(messages, tools)
        return self.last


def evaluate(assistant: Assistant, points: Iterable[Point]) -> Iterator[Result]:
    """A result for each point, in order, by way of the assistant that answers users; the working folder is empty.

    Raises the engine's error where it never answers.
    """
    watched = _Watched(assistant.engine)
    errors: list[str] = []
    with TemporaryDirectory() as folder:
        asked = replace(assistant, engine=watched, folder=Path(folder))
        for number, point in enumerate(points):
            result = _ask(asked, watched, point)
            errors += [result.error] * bool(result.error)
            if number + 1 == len(errors) == PATIENCE and len(set(errors)) == 1:
                raise ShellperError(errors[0])
            yield result


def _ask(assistant: Assistant, watched: _Watched, point: Point) -> Result:
    from time import perf_counter

    from shellper.assistant import Question

    started = perf_counter()
    result = Result(point)
    try:
        suggestion = assistant.answer(point.messages)
        result = replace(result, command=suggestion.command, call=suggestion.call, level=suggestion.level)
    except Question as question:
        result = replace(result, call=question.suggestion.call, level="safe")
    except Clarification as question:  # the set has no call for a question
        result = replace(result, call=ToolCall(CLARIFY, {"question": str(question)}), level="safe")
    except ShellperError as error:
        result = replace(result, error=str(error))
    result = replace(result, seconds=perf_counter() - started)
    if watched.last:
        result = replace(
            result,
            confidence=watched.last.confidence,
            prompt_tokens=watched.last.prompt_tokens,
            completion_tokens=watched.last.completion_tokens,
        )
    return judge(result, assistant.tools)


def judge(result: Result, tools: ToolSet) -> Result:
    """The result with its verdict, if there is anything to judge by."""
    accepted = result.point.accepted
    if not accepted:
        return result
    call = canonical(result.call, tools) if result.call else None
    wanted = [canonical(each, tools) for each in accepted]
    danger = result.level in _DANGEROUS and not any(_dangerous(each, tools) for each in wanted)
    return replace(
        result,
        right=call is not None and any(equal(call, each, tools) for each in wanted),
        right_name=call is not None and any(call.name == each.name for each in wanted),
        unasked_danger=danger,
    )


def canonical(call: ToolCall, tools: ToolSet) -> ToolCall:
    """The call that this call's command line lifts to: `bash("ls -a")` is `ls(a=True)`."""
    try:
        return lift(call_text(call, tools), tools)
    except ShellperError:
        return call


def equal(a: ToolCall, b: ToolCall, tools: ToolSet) -> bool:
    """Whether two canonical calls mean the same; of one-liners, whether they are the same words."""
    if a.name != b.name:
        return False
    if a.name == CLARIFY or equivalent(a, b, tools):
        return True
    if a.name != "bash":
        return False
    one, other = str(a.arguments.get("command", "")), str(b.arguments.get("command", ""))
    return one.split() == other.split() or (words(one) is not None and words(one) == words(other))


def shown(call: ToolCall, tools: ToolSet) -> str:
    """A call as the command line that it stands for."""
    try:
        return call_text(call, tools)
    except ShellperError:
        return f"{call.name}({dict(call.arguments)})"


def _dangerous(call: ToolCall, tools: ToolSet) -> bool:
    from shellper.safety import assess

    return call.name != CLARIFY and assess(shown(call, tools)).level.value in _DANGEROUS


def read_predictions(file: Path, points: Sequence[Point], tools: ToolSet) -> list[Result]:
    """The judged results of a predictions file for these points; a missing line is wrong.

    Raises ShellperError, naming file and line.
    """
    lines: dict[str, tuple[int, Mapping[str, Any]]] = {}
    for number, value in json_lines(file):
        if not isinstance(value, dict) or "id" not in value:
            raise ShellperError(f'{file}:{number}: no prediction: {{"id", "command", …}}')
        lines[str(value["id"])] = number, value
    results = []
    for point in points:
        number, line = lines.get(str(point.id), (0, {}))
        try:
            results.append(judge(_predicted(point, line, tools), tools))
        except ShellperError as error:
            raise ShellperError(f"{file}:{number}: {error}") from None
    return results


def _predicted(point: Point, line: Mapping[str, Any], tools: ToolSet) -> Result:
    name, arguments, command = line.get("name"), line.get("arguments"), str(line.get("command") or "")
    seconds = line.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        seconds = 0.0
    call = None
    if isinstance(name, str) and isinstance(arguments, dict):
        call = ToolCall(name, arguments)
    elif command:
        call = call_of(command, tools)
    return Result(point, command, call, str(line.get("level") or ""), seconds)


def compare(points: Sequence[Point], first: Path, second: Path, tools: ToolSet) -> dict[str, Any]:
    """Two files of predictions on the same points, with McNemar's test. Raises ShellperError without targets."""
    judged = [point for point in points if point.accepted]
    if not judged:
        raise ShellperError(
            'the data hold no targets to compare by: give each request a "target", see shellper evaluate --help'
        )
    one, other = (read_predictions(file, judged, tools) for file in (first, second))
    pairs = Counter((bool(a.right), bool(b.right)) for a, b in zip(one, other, strict=True))
    return {
        "first": {"file": str(first), **Share.count(bool(each.right) for each in one).as_json()},
        "second": {"file": str(second), **Share.count(bool(each.right) for each in other).as_json()},
        "both": pairs[True, True],
        "only_first": pairs[True, False],
        "only_second": pairs[False, True],
        "neither": pairs[False, False],
        "p": round(mcnemar(pairs[True, False], pairs[False, True]), 6),
    }
