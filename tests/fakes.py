"""Engines that answer what a test says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shellper.engines.base import Message, Reply
from shellper.tools import ToolSet
from shellper.tools.call import ToolCall

Answer = ToolCall | str | list[ToolCall] | Exception


class FakeEngine:
    """Gives its answers in turn, then the last one for ever; a text is a `bash` call. Remembers what it was asked."""

    name = "fake"
    model = "fake-model"

    def __init__(
        self, *answers: Answer, before: Callable[[], None] = lambda: None, confidence: float | None = 0.9
    ) -> None:
        self._answers = list(answers)
        self._confidence = confidence
        self._before = before
        self.meanwhile: Callable[[], None] | None = None
        self.asked: list[list[Message]] = []

    def complete(self, messages: Sequence[Message], tools: ToolSet) -> Reply:
        """The next answer; raises it if it is an exception."""
        self.asked.append(list(messages))
        self._before()
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, str):
            answer = ToolCall("bash", {"command": answer})
        calls = answer if isinstance(answer, list) else [answer]
        return Reply(calls, self.model, confidence=self._confidence)
