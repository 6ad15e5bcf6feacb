"""Reads a model's reply, in every form that models answer in:

- a `tool_calls` object, its arguments a JSON string or an object;
- content that is `{"name": ..., "arguments": ...}` or `{"name": ..., "parameters": ...}`, or a list of these;
- content with `<tool_call>...</tool_call>` blocks (Qwen, Hermes);
- any of these in a Markdown fence, or after a `<think>` block.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from shellper.errors import ToolError
from shellper.tools.call import ToolCall
from shellper.tools.quoting import shown
from shellper.tools.toolset import ToolSet


def parse_reply(content: str | None, tool_calls: Any, tools: ToolSet) -> list[ToolCall]:
    """The calls of a reply, at least one, all of them valid.

    `tool_calls` may hold dictionaries or the openai package's objects. The first call must be valid; later ones that
    are not are left out. Raises ToolError when the reply holds no call that can be read.
    """
    raw = list(_from_tool_calls(tool_calls)) if tool_calls else list(_from_content(content or ""))
    if not raw:
        raise ToolError("the model answered nothing: say it in other words")
    calls = [tools.validate(raw[0])]
    for call in raw[1:]:
        try:
            calls.append(tools.validate(call))
        except ToolError:
            continue
    return calls


def _from_tool_calls(tool_calls: Any) -> Iterable[ToolCall]:
    if not isinstance(tool_calls, (list, tuple)):
        raise _unreadable(str(tool_calls))
    for item in tool_calls:
        function = _get(item, "function") or item
        yield _call(_get(function, "name"), _get(function, "arguments"))


def _get(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


_FENCE = re.compile(r"\A```[\w-]*[ \t]*\n(.*?)\n?[ \t]*```\Z", re.DOTALL)
_BLOCK = re.compile(r"<tool_call>(.*?)(?:</tool_call>|(?=<tool_call>)|\Z)", re.DOTALL)


def _from_content(content: str) -> Iterable[ToolCall]:
    answer = _without_thoughts(content).strip()
    fenced = _FENCE.match(answer)
    if fenced:
        answer = fenced.group(1).strip()
    blocks = _BLOCK.findall(answer) or ([answer] if answer else [])
    for block in map(str.strip, blocks):
        fenced = _FENCE.match(block)
        value = _load(fenced.group(1) if fenced else block, content)
        for item in value if isinstance(value, list) else [value]:
            yield _from_object(item, content)


def _without_thoughts(content: str) -> str:
    """What follows the thoughts; some servers cut the opening tag off. Thoughts without an end leave no answer."""
    return re.sub(r"\A.*</think>|\A\s*<think>.*", "", content, flags=re.DOTALL)


def _load(text: str, content: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _unreadable(content) from None


def _from_object(item: Any, content: str) -> ToolCall:
    if not isinstance(item, Mapping) or "name" not in item:
        raise _unreadable(content)
    given = [key for key in ("arguments", "parameters") if key in item]
    if len(given) > 1 or set(item) - {"name", "arguments", "parameters", "id", "type"}:
        raise _unreadable(content)
    return _call(item["name"], item[given[0]] if given else {})


def _call(name: Any, arguments: Any) -> ToolCall:
    if not isinstance(name, str) or not name:
        raise ToolError("the model called a tool without a name: say it in other words")
    if isinstance(arguments, str):
        arguments = _load(arguments, arguments) if arguments.strip() else {}
    if arguments is None:
        arguments = {}
    if not isinstance(arguments, Mapping):
        raise ToolError(f"the model called {name!a} with arguments that are no object: say it in other words")
    return ToolCall(name, dict(arguments))


def _unreadable(content: str) -> ToolError:
    text = shown(" ".join(content.split()), 60)
    return ToolError(f"the model's answer is no tool call: {text}; say it in other words, or use another model")
