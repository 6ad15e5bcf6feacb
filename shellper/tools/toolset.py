"""A set of tools: what an engine may call, and how a call becomes a command."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Any

from shellper.errors import Clarification, ToolError
from shellper.tools.call import Command, ToolCall
from shellper.tools.quoting import Target, join
from shellper.tools.schema import Arguments, Tool, make_tool

_BSD = ("darwin", "freebsd", "openbsd", "netbsd", "dragonfly", "macos")


class ToolSet:
    """The tools by name.

    `name` is what the user calls the set: "gorilla" or "shell".
    """

    def __init__(self, name: str, functions: Iterable[Callable[..., Arguments]]) -> None:
        self.name = name
        self._functions = {function.__name__: function for function in functions}
        self._made: dict[str, Tool] = {}

    def __repr__(self) -> str:
        return f"ToolSet({self.name!r})"

    @cached_property
    def tools(self) -> Mapping[str, Tool]:
        """Every tool by its name."""
        return {name: self.tool(name) for name in self._functions}

    def schemas(self) -> list[dict[str, Any]]:
        """The tools in OpenAI's form."""
        return [tool.schema() for tool in self.tools.values()]

    def __contains__(self, name: object) -> bool:
        return name in self._functions

    def tool(self, name: str) -> Tool:
        """A tool by its name; ToolError with the nearest name when there is none."""
        if name in self:
            if name not in self._made:
                self._made[name] = make_tool(self._functions[name])  # the signatures take time to read: one by one
            return self._made[name]
        from difflib import get_close_matches

        near = get_close_matches(name, self._functions, 1, 0.5)
        hint = f" (did the model mean {near[0]}?)" if near else ""
        raise ToolError(f"no tool is called {name!a} in the set {self.name}{hint}: say it in other words")

    def validate(self, call: ToolCall) -> ToolCall:
        """The call with its arguments in their types, without those that mean "absent".

        Raises ToolError for an unknown tool or argument, a missing argument, a value that cannot be read.
        """
        with _advising():
            return ToolCall(call.name, self.tool(call.name).read(call.arguments))

    def complete(self, call: ToolCall) -> ToolCall:
        """The call with every default filled in. Raises ToolError for a call that is not valid."""
        return ToolCall(call.name, self.tool(call.name).complete(self.validate(call).arguments))

    def render(self, call: ToolCall, *, platform: str | None = None, allow_recursive: bool = False) -> Command:
        """The command of a call, for a platform as in sys.platform (default: this one).

        `allow_recursive` is the user's `--allow-recursive`: with True, gorilla's rm, which has no way to ask for it,
        removes folders too (`rm -r`). Otherwise a command is rendered as the call says it; whether it may run is for
        safety to say.

        Raises Clarification for `clarify`, ToolError for a call that is not valid.
        """
        call = self.validate(call)
        platform = sys.platform if platform is None else platform.lower()
        target = Target(bsd=platform.startswith(_BSD), recursive=allow_recursive)
        with _advising():
            arguments = self.tool(call.name).words(call.arguments)
        return Command(join(arguments, target), call)

    def grammar(self) -> str:
        """The command lines of this set, as a GBNF grammar for llama.cpp."""
        from shellper.tools.grammar import gorilla, shell

        return gorilla() if self.name == "gorilla" else shell()


def call_text(call: ToolCall, tools: ToolSet) -> str:
    """The text that the embedded model is shown for an earlier call: GNU's form; `# question` for clarify.

    Raises ToolError for a call that is not valid.
    """
    try:
        return tools.render(call, platform="linux").text
    except Clarification as question:
        return f"# {' '.join(str(question).split())}"


def equivalent(a: ToolCall, b: ToolCall, tools: ToolSet) -> bool:
    """Whether two calls mean the same: equal names, and equal arguments once defaults are filled in.

    A call that is not valid is equivalent to nothing but the very same call.
    """
    if a.name != b.name:
        return False
    try:
        return tools.complete(a).arguments == tools.complete(b).arguments
    except ToolError:
        return dict(a.arguments) == dict(b.arguments)


@cache
def tool_set(name: str) -> ToolSet:
    """The set "gorilla" or "shell"; ToolError for any other name."""
    if name == "gorilla":
        from shellper.tools.gorilla import TOOLS as GORILLA

        return ToolSet(name, GORILLA)
    if name == "shell":
        from shellper.tools.shell import TOOLS as SHELL

        return ToolSet(name, SHELL)
    raise ToolError(f"no set of tools is called {name!a}: use gorilla or shell")


@contextmanager
def _advising() -> Iterator[None]:
    """A block in which a call is found wanting: what the user can do about it."""
    try:
        yield
    except ToolError as error:
        raise ToolError(f"{error}: say it in other words") from None
