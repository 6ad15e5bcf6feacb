"""Tools: what an engine may call, how calls are checked, and how they become commands.

`shell` and `gorilla` are the two sets, functions whose signatures are the `schema`; `toolset` checks and renders their
`call`s, with `operands`, `quoting` and what is `portable`; `grammar` bounds what the embedded model writes. `replies`
reads calls from what a model says, `lifting` from a command line, whose `words` the `shell_readers` and
`gorilla_readers` look up, each program by its `spec`.

tool_set("shell").render(ToolCall("tail", {"file_name": "a log.txt", "lines": "5"})).text == "tail -n 5 'a log.txt'"
"""

from __future__ import annotations

from typing import Any

from shellper.tools.call import Command, ToolCall
from shellper.tools.toolset import ToolSet, call_text, equivalent, tool_set

__all__ = ["Command", "ToolCall", "ToolSet", "call_text", "equivalent", "lift", "parse_reply", "tool_set"]


def lift(text: str, tools: ToolSet, *, allow_recursive: bool = False) -> ToolCall:
    """The call that a command line stands for; see shellper.tools.lifting.

    Raises ToolError for a line that is empty or that the set cannot say, Clarification for a question in a set without
    `clarify`.
    """
    from shellper.tools.lifting import lift as read

    return read(text, tools, allow_recursive=allow_recursive)


def parse_reply(content: str | None, tool_calls: Any, tools: ToolSet) -> list[ToolCall]:
    """The calls of a model's reply; see shellper.tools.replies. Raises ToolError for a reply without a valid one."""
    from shellper.tools.replies import parse_reply as read

    return read(content, tool_calls, tools)
