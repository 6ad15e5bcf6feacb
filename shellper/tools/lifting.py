"""From a command line back to the call that it stands for.

The embedded model writes shell text. In the set `shell` a line becomes the call of the most specific tool whose
rendering gives the same words; every reading is checked by rendering it, so that nothing a reader overlooks can change
a command. What no tool says becomes `bash(command)`, and `# question?` becomes `clarify`.

The set `gorilla` says less, and is read with lenience: `cp` copies folders with or without `-r`, `rm -r F` is rmdir
while recursive removal is not allowed, find's `-type` is dropped, `echo` writes or appends alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shellper.errors import Clarification, ShellperError, ToolError
from shellper.tools.call import CLARIFY, ToolCall
from shellper.tools.toolset import ToolSet
from shellper.tools.words import Token, trimmed, words

Values = dict[str, Any]


class _UnreadableError(Exception):
    """The words say something that the tool has no argument for."""


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
        return _lift_gorilla(line, tokens, tools, allow_recursive)
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
        name, arguments = _READERS[program.value](tokens[1:])
        call = tools.validate(ToolCall(name, arguments))
        rendered = tools.render(call, platform="linux").text
    except (_UnreadableError, ShellperError, LookupError, ValueError):
        return None
    return call if words(rendered) == list(tokens) else None


@dataclass(frozen=True)
class _Spec:
    """How a program's words are read.

    `flags` are options by letter, with the arguments that they stand for; `values` are options that take a value
    (`-n 5`, `-k2`, `--depth=1`), with the argument that it goes to. Operands go to `operands` in order, further ones
    to `rest`; those in `last` are taken from the end.
    """

    tool: str
    operands: tuple[str, ...] = ()
    rest: str = ""
    last: tuple[str, ...] = ()
    flags: Mapping[str, Values] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    always: Values = field(default_factory=dict)

    def __call__(self, tokens: Sequence[Token]) -> tuple[str, Values]:
        """The tool and its arguments."""
        if any(token.operator for token in tokens):
            raise _UnreadableError
        arguments: Values = dict(self.always)
        operands: list[str] = []
        queue = list(tokens)
        while queue:
            value = queue.pop(0).value
            if value.startswith("-") and len(value) > 1:
                arguments |= self._option(value, queue)
            else:
                operands.append(value)
        return self.tool, arguments | self._operands(operands)

    def _option(self, option: str, queue: list[Token]) -> Values:
        for name, argument in self.values.items():
            if option == name:
                return {argument: queue.pop(0).value}
            if option.startswith(name + "=") if name.startswith("--") else option.startswith(name):
                return {argument: option[len(name) :].removeprefix("=" if name.startswith("--") else "")}
        arguments: Values = {}
        for letter in option[1:]:
            arguments |= self.flags[letter]
        return arguments

    def _operands(self, operands: list[str]) -> Values:
        arguments: Values = {}
        for name in reversed(self.last):
            arguments[name] = operands.pop()
        arguments |= dict(zip(self.operands, operands, strict=False))
        further = operands[len(self.operands) :]
        if further:
            if not self.rest:
                raise _UnreadableError
            arguments[self.rest] = further
        return arguments


def _on(**letters: str) -> dict[str, Values]:
    """Flags that switch an argument on."""
    return {letter.lstrip("_"): {argument: True} for letter, argument in letters.items()}


def _echo(tokens: Sequence[Token]) -> tuple[str, Values]:
    """`echo C`, `echo C > F`, `echo C >> F`."""
    content = tokens[0].value
    if len(tokens) == 1:
        return "echo", {"content": content}
    return "echo", {"content": content, "file_name": tokens[2].value, "overwrite": tokens[1].value == ">"}


def _printf(tokens: Sequence[Token]) -> tuple[str, Values]:
    """How echo is rendered when the text would mean something to it."""
    return _echo(tokens[1:])


def _wc(tokens: Sequence[Token]) -> tuple[str, Values]:
    numbers = [token for token in tokens if token != Token("<", operator=True)]
    name, arguments = _WC(numbers)
    return name, arguments | {"number_only": len(numbers) < len(tokens)}


def _du(tokens: Sequence[Token]) -> tuple[str, Values]:
    """du, and its lines sorted and cut."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.operator:
            parts.append([])
        else:
            parts[-1].append(token)
    name, arguments = _DU(parts.pop(0))
    if parts and parts[0][0].value == "sort":
        parts.pop(0)
        arguments["biggest_first"] = True
    if parts and [word.value for word in parts[0][:2]] == ["head", "-n"]:
        arguments["limit"] = parts.pop(0)[2].value
    return name, arguments


def _head(tokens: Sequence[Token]) -> tuple[str, Values]:
    name, arguments = _HEAD(tokens)
    if str(arguments.get("lines", "")).startswith("-"):
        arguments["all_but_last"] = arguments.pop("lines")[1:]
    return name, arguments


def _tail(tokens: Sequence[Token]) -> tuple[str, Values]:
    name, arguments = _TAIL(tokens)
    if str(arguments.get("lines", "")).startswith("+"):
        arguments["from_line"] = arguments.pop("lines")[1:]
    return name, arguments


def _sed(tokens: Sequence[Token]) -> tuple[str, Values]:
    """`sed -i s/a/b/g F`."""
    option, script, name = (token.value for token in tokens)
    if option != "-i" or not script.startswith("s/") or not script.endswith("/g"):
        raise _UnreadableError
    old, new = _SLASH.split(script[2:-2])
    return "replace", {"file_name": name, "old": old, "new": new}


def _grep(tokens: Sequence[Token]) -> tuple[str, Values]:
    """grep, whose first operand is the pattern unless `-e` gives it."""
    given = any(token.value == "-e" for token in tokens)
    return (_GREP_E if given else _GREP)(tokens)


_KINDS = {"f": "file", "d": "folder", "l": "link"}


def _find(tokens: Sequence[Token]) -> tuple[str, Values]:
    queue = [token.value for token in tokens]
    arguments: Values = {"path": queue.pop(0)}
    while queue:
        arguments |= _condition(queue.pop(0), queue)
    return "find", arguments


def _condition(test: str, queue: list[str]) -> Values:
    if test == "-empty":
        return {"empty": True}
    value = queue.pop(0)
    if test in ("-name", "-iname"):
        return {**_name(value), "ignore_case": test == "-iname"}
    if test == "-type":
        return {"kind": _KINDS[value]}
    if test == "-size":
        return {{"+": "larger_than", "-": "smaller_than"}[value[0]]: _unit(value[1:], "ckMG")}
    if test in ("-mtime", "-mmin"):
        unit = "d" if test == "-mtime" else "m"
        return {{"-": "newer_than", "+": "older_than"}[value[0]]: value[1:] + unit}
    return {{"-newer": "newer_than_file", "-maxdepth": "max_depth"}[test]: value}


def _unit(size: str, letters: str) -> str:
    """A size with its unit; find counts a number alone in blocks, for which there is no argument."""
    if not size.endswith(tuple(letters)):
        raise _UnreadableError
    return size


def _name(glob: str) -> Values:
    """The name of a `-name`: a part between stars, a pattern, or the whole name."""
    inner = glob[1:-1]
    if len(glob) > 2 and glob[0] == glob[-1] == "*" and not set(inner) & set("*?[\\"):
        return {"name": inner}
    if set(glob) & set("*?["):
        return {"name": glob}
    return {"name": glob, "exact": True}


_SLASH = re.compile(r"(?<!\\)/")
_WC = _Spec("wc", ("file_name",), "more_files", flags={letter: {"mode": letter} for letter in "lwcm"})
_DU = _Spec(
    "du",
    ("path",),
    "more_paths",
    flags=_on(a="every_file", s="summary", h="human_readable"),
    values={"--max-depth": "depth"},
)
_HEAD = _Spec("head", ("file_name",), values={"-n": "lines", "-c": "byte_count"})
_TAIL = _Spec("tail", ("file_name",), flags=_on(f="follow"), values={"-n": "lines", "-c": "byte_count"})
_GREP_FLAGS = _on(
    r="recursive",
    i="ignore_case",
    n="line_numbers",
    c="count",
    v="invert",
    w="whole_words",
    l="names_only",
    o="matches_only",
    E="extended",
)
_GREP_VALUES = {"-C": "context", "--include": "include"}
_GREP = _Spec("grep", ("pattern", "file_name"), "more_files", flags=_GREP_FLAGS, values=_GREP_VALUES)
_GREP_E = _Spec("grep", ("file_name",), "more_files", flags=_GREP_FLAGS, values={**_GREP_VALUES, "-e": "pattern"})
_LS = _Spec(
    "ls",
    ("path",),
    "more_paths",
    flags={
        **_on(l="long", a="a", d="itself", h="human_readable", r="reverse", R="recursive", _1="one_per_line"),
        "S": {"sort_by": "size"},
        "t": {"sort_by": "time"},
    },
)
_CP = _Spec(
    "cp",
    ("source",),
    "more_sources",
    ("destination",),
    flags={"r": {"recursive": True}, "a": {"keep": True, "recursive": True}, "n": {"no_overwrite": True}},
    always={"recursive": False},
)
_DIFF = _Spec(
    "diff",
    ("file_name1", "file_name2"),
    flags=_on(u="unified", r="recursive", q="names_only", y="side_by_side", i="ignore_case", w="ignore_blanks"),
)
_SORT = _Spec(
    "sort",
    ("file_name",),
    flags=_on(r="reverse", n="numeric", h="human_readable", f="ignore_case", u="unique"),
    values={"-t": "separator", "-k": "column"},
)
_READERS: dict[str, Callable[[Sequence[Token]], tuple[str, Values]]] = {
    "cat": _Spec("cat", ("file_name",), "more_files", flags=_on(n="number")),
    "cd": _Spec("cd", ("folder",)),
    "cp": _CP,
    "diff": _DIFF,
    "du": _du,
    "echo": _echo,
    "find": _find,
    "grep": _grep,
    "head": _head,
    "ls": _LS,
    "mkdir": _Spec("mkdir", ("dir_name",), "more_dirs", flags=_on(p="parents")),
    "mv": _Spec("mv", ("source",), "more_sources", ("destination",), flags=_on(n="no_overwrite")),
    "printf": _printf,
    "pwd": _Spec("pwd"),
    "rm": _Spec("rm", ("file_name",), "more_files", flags=_on(r="recursive", f="force")),
    "rmdir": _Spec("rmdir", ("dir_name",), "more_dirs"),
    "sed": _sed,
    "sort": _SORT,
    "tail": _tail,
    "touch": _Spec("touch", ("file_name",), "more_files"),
    "wc": _wc,
}


# The set gorilla: what a line says beyond the 18 tools, and does no harm to leave out.


def _lift_gorilla(line: str, tokens: Sequence[Token] | None, tools: ToolSet, allow_recursive: bool) -> ToolCall:
    try:
        if not tokens or tokens[0].operator:
            raise _UnreadableError
        name, arguments = _GORILLA[tokens[0].value](tokens[1:])
        if name == "rm" and arguments.pop("recursive", False) and not allow_recursive:
            name, arguments = "rmdir", {"dir_name": arguments["file_name"]}
        return tools.validate(ToolCall(name, arguments))
    except (_UnreadableError, LookupError, ValueError):
        raise ToolError(f"the set gorilla has no tool for {line[:60]!a}: use --tools shell") from None


def _gorilla_echo(tokens: Sequence[Token]) -> tuple[str, Values]:
    """`echo C`, `echo C > F` or `echo C >> F`; several words are one text."""
    end = next((i for i, token in enumerate(tokens) if token.operator), len(tokens))
    arguments = {"content": " ".join(token.value for token in tokens[:end])}
    if end < len(tokens):
        sign, target = tokens[end:]
        if sign.value not in (">", ">>") or target.operator:
            raise _UnreadableError
        arguments["file_name"] = target.value
    return "echo", arguments


def _gorilla_printf(tokens: Sequence[Token]) -> tuple[str, Values]:
    return _gorilla_echo(tokens[1:])


def _gorilla_find(tokens: Sequence[Token]) -> tuple[str, Values]:
    queue = [token.value for token in tokens]
    arguments: Values = {"path": queue.pop(0)} if queue and not queue[0].startswith("-") else {}
    while queue:
        test, value = queue.pop(0), queue.pop(0)
        if test in ("-name", "-iname"):
            # The tool looks for a part of the name, with or without stars at its ends.
            arguments["name"] = value.strip("*") or value
        elif test != "-type":
            raise _UnreadableError
    return "find", arguments


def _gorilla_grep(tokens: Sequence[Token]) -> tuple[str, Values]:
    given = any(token.value == "-e" for token in tokens)
    return _Spec("grep", ("file_name",) if given else ("pattern", "file_name"), values={"-e": "pattern"})(tokens)


def _dot(spec: _Spec) -> Callable[[Sequence[Token]], tuple[str, Values]]:
    """A tool that only knows this folder: `.` may be named."""

    def read(tokens: Sequence[Token]) -> tuple[str, Values]:
        return spec([token for token in tokens if token.value not in (".", "./")])

    return read


_NOTHING: Values = {}
_GORILLA: dict[str, Callable[[Sequence[Token]], tuple[str, Values]]] = {
    "cat": _Spec("cat", ("file_name",)),
    "cd": _Spec("cd", ("folder",)),
    "cp": _Spec("cp", ("source", "destination"), flags=dict.fromkeys("raR", _NOTHING)),
    "diff": _Spec("diff", ("file_name1", "file_name2"), flags={"u": _NOTHING}),
    "du": _dot(_Spec("du", flags={"h": {"human_readable": True}, "s": _NOTHING})),
    "echo": _gorilla_echo,
    "find": _gorilla_find,
    "grep": _gorilla_grep,
    "ls": _dot(_Spec("ls", flags={"a": {"a": True}, "A": {"a": True}, **dict.fromkeys("lh1", _NOTHING)})),
    "mkdir": _Spec("mkdir", ("dir_name",), flags={"p": _NOTHING}),
    "mv": _Spec("mv", ("source", "destination")),
    "printf": _gorilla_printf,
    "pwd": _Spec("pwd"),
    "rm": _Spec("rm", ("file_name",), flags={"f": _NOTHING, **_on(r="recursive", R="recursive")}),
    "rmdir": _Spec("rmdir", ("dir_name",)),
    "sort": _Spec("sort", ("file_name",)),
    "tail": _Spec("tail", ("file_name",), values={"-n": "lines", "--lines": "lines"}),
    "touch": _Spec("touch", ("file_name",)),
    "wc": _Spec("wc", ("file_name",), flags={**{m: {"mode": m} for m in "lwc"}, "m": {"mode": "c"}}),
}
