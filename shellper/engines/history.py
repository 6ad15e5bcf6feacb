"""The messages of a conversation as the turns that our own model reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shellper.engines.base import Message
from shellper.errors import EngineError, ShellperError
from shellper.prompt import clean_request, render_turn
from shellper.tools import ToolSet, call_text, parse_reply, tool_set

Exchange = tuple[str, str]
"""A request and the command that answered it."""

HISTORY = 400
"""Tokens that earlier turns may take in our model's prompt, estimated with room to spare: about ten turns, more
than in the training."""


def split_messages(messages: Sequence[Message], tools: ToolSet) -> tuple[list[Exchange], str]:
    """The finished turns (request and command), and the request that is to be answered.

    Raises EngineError when the last message is not the user's.
    """
    if not messages or messages[-1].get("role") != "user":
        raise EngineError("the conversation does not end with a request: start a new one with shellper reset")
    return list(_turns(messages[:-1], tools)), _content(messages[-1])


def _turns(messages: Sequence[Message], tools: ToolSet) -> Iterator[Exchange]:
    """Each request with the first answer that follows it; a request without an answer is passed over."""
    request: str | None = None
    for message in messages:
        role = message.get("role")
        if role == "user":
            request = _content(message)
        elif role == "assistant" and request is not None:
            answer = _answer(message, tools)
            if answer:
                yield request, answer
            request = None


def _answer(message: Message, tools: ToolSet) -> str:
    """The command line of an assistant's message; empty if it cannot be told."""
    content = _content(message)
    if content.lstrip().startswith("#"):
        return _harmless(" ".join(content.split()))
    for known in (tools, tool_set("shell")):
        try:
            return _harmless(call_text(parse_reply(content, message.get("tool_calls"), known)[0], known))
        except ShellperError:
            continue
    return ""


def _harmless(command: str) -> str:
    """The command without text that reads as a mark between turns."""
    return command.replace("<|", "< |")


def _content(message: Message) -> str:
    """The text of a message; of a message in parts, the parts that are text."""
    content = message.get("content")
    if isinstance(content, list):
        return " ".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def as_messages(turns: Sequence[Exchange], request: str) -> list[Message]:
    """The same as messages whose answers are command lines: what our model's chat template takes."""
    messages: list[Message] = []
    for said, command in turns:
        messages += [{"role": "user", "content": clean_request(said)}, {"role": "assistant", "content": command}]
    return [*messages, {"role": "user", "content": clean_request(request)}]


def newest(turns: Sequence[Exchange], budget: int) -> list[Exchange]:
    """The newest turns, whole ones, that take no more tokens than the budget."""
    first = len(turns)
    while first and (budget := budget - tokens(render_turn(*turns[first - 1]))) >= 0:
        first -= 1
    return list(turns[first:])


def tokens(text: str) -> int:
    """How many tokens a text has at most, about: letters two or three to a token, all else one a byte."""
    data = text.encode("utf-8", "replace")
    letters = sum(byte | 32 in _LETTERS or byte == 32 for byte in data)
    return 2 + letters * 2 // 5 + len(data) - letters


_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyz")
