"""From a command line back to the call that it stands for.

The embedded model writes shell text. In the set `shell` a line becomes the call of the most specific tool whose
rendering gives the same words; every reading is checked by rendering it, so that nothing a reader overlooks can change
a command. What no tool says becomes `bash(command)`, and `# question?` becomes `clarify`.

The set `gorilla` says less, and is read with lenience: what its readers leave out does no harm, and `rm -r F` is rmdir
while recursive removal is not allowed.
"""

from __future__ import annotations

from collections.abc import Sequence

from shellper.errors import Clarification, ShellperError, ToolError
from shellper.tools import gorilla_readers, shell_readers
from shellper.tools.call import CLARIFY, ToolCall
from shellper.tools.spec import UnreadableError
from shellper.tools.toolset import ToolSet
from shellper.tools.words import Token, trimmed, words


def lift(text: str, tools: ToolSet, *, allow_recursive: bool = False) -> ToolCall:
    """The call that a command line stands for.

    Raises ToolError for an empty line and for one that the set cannot say, Clarification for a question in a set
    without `clarify`.
    """
    line = trimmed(text)
    if line.startswith("#"):
        return _question(line.lstrip("# ").strip(), tools)
    if not line:
        raise ToolError("the model answered nothing: say it in other words")
    tokens = words(line)
    if tools.name == "gorilla":
        return _lift_leniently(line, tokens, tools, allow_recursive)
    return (_lift_exactly(tokens, tools) if tokens else None) or ToolCall("bash", {"command": line})


def _question(question: str, tools: ToolSet) -> ToolCall:
    if not question:
        raise ToolError("the model answered nothing: say it in other words")
    if CLARIFY not in tools:
        raise Clarification(question)
    return ToolCall(CLARIFY, {"question": question})


def _lift_exactly(tokens: Sequence[Token], tools: ToolSet) -> ToolCall | None:
    """The typed call that renders to these very words, if there is one."""
    program = tokens[0]
    if program.active or program.operator:
        return None
    try:
        name, arguments = shell_readers.READERS[program.value](tokens[1:])
        call = tools.validate(ToolCall(name, arguments))
        rendered = tools.render(call, platform="linux").text
    except (UnreadableError, ShellperError, LookupError, ValueError):
        return None
    return call if words(rendered) == list(tokens) else None


def _lift_leniently(line: str, tokens: Sequence[Token] | None, tools: ToolSet, allow_recursive: bool) -> ToolCall:
    try:
        if not tokens or tokens[0].operator:
            raise UnreadableError
        name, arguments = gorilla_readers.READERS[tokens[0].value](tokens[1:])
        if name == "rm" and arguments.pop("recursive", False) and not allow_recursive:
            name, arguments = "rmdir", {"dir_name": arguments["file_name"]}
        return tools.validate(ToolCall(name, arguments))
    except (UnreadableError, LookupError, ValueError):
        raise ToolError(f"the set gorilla has no tool for {line[:60]!a}: use --tools shell") from None
