"""What every engine offers: messages and a set of tools in, tool calls out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from shellper.tools.call import ToolCall

if TYPE_CHECKING:
    from shellper.tools import ToolSet

Message = dict[str, Any]
"""A message of a conversation in OpenAI's form: role, content, tool_calls."""


@dataclass(frozen=True)
class Reply:
    """An engine's answer.

    `confidence` is the probability of the chosen tokens (0 to 1), None where the engine cannot tell. Token counts are 0
    where they are not known.
    """

    calls: list[ToolCall]
    model: str
    confidence: float | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Engine(Protocol):
    """Turns a conversation into the next tool call.

    `meanwhile`, if it is set, is done once while the engine waits for native code or a server: it costs no time then.
    """

    name: str
    model: str
    meanwhile: Callable[[], None] | None

    def complete(self, messages: Sequence[Message], tools: ToolSet) -> Reply:
        """The next call for a conversation that ends with a user message.

        Raises EngineError when no answer can be had, ToolError when the answer is no tool call, and Clarification when
        the model asks back and the tool set has no tool for that.
        """
        ...
