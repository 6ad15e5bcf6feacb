"""What the command lines of the set `gorilla` say, read with lenience: a reader for each program.

What a line says beyond the 18 tools, and does no harm to leave out, is left out: `cp` copies folders with or without
`-r`, find's `-type` is dropped, `echo` writes or appends alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from shellper.tools.spec import Reader, Spec, UnreadableError, Values, on
from shellper.tools.words import Token


def _echo(tokens: Sequence[Token]) -> tuple[str, Values]:
    """`echo C`, `echo C > F` or `echo C >> F`; several words are one text."""
    end = next((i for i, token in enumerate(tokens) if token.operator), len(tokens))
    arguments = {"content": " ".join(token.value for token in tokens[:end])}
    if end < len(tokens):
        sign, target = tokens[end:]
        if sign.value not in (">", ">>") or target.operator:
            raise UnreadableError
        arguments["file_name"] = target.value
    return "echo", arguments


def _printf(tokens: Sequence[Token]) -> tuple[str, Values]:
    return _echo(tokens[1:])


def _find(tokens: Sequence[Token]) -> tuple[str, Values]:
    queue = [token.value for token in tokens]
    arguments: Values = {"path": queue.pop(0)} if queue and not queue[0].startswith("-") else {}
    while queue:
        test, value = queue.pop(0), queue.pop(0)
        if test in ("-name", "-iname"):
            # The tool looks for a part of the name, with or without stars at its ends.
            arguments["name"] = value.strip("*") or value
        elif test != "-type":
            raise UnreadableError
    return "find", arguments


def _grep(tokens: Sequence[Token]) -> tuple[str, Values]:
    given = any(token.value == "-e" for token in tokens)
    return Spec("grep", ("file_name",) if given else ("pattern", "file_name"), values={"-e": "pattern"})(tokens)


def _dot(spec: Spec) -> Reader:
    """A tool that only knows this folder: `.` may be named."""

    def read(tokens: Sequence[Token]) -> tuple[str, Values]:
        return spec([token for token in tokens if token.value not in (".", "./")])

    return read


_NOTHING: Values = {}
READERS: dict[str, Reader] = {
    "cat": Spec("cat", ("file_name",)),
    "cd": Spec("cd", ("folder",)),
    "cp": Spec("cp", ("source", "destination"), flags=dict.fromkeys("raR", _NOTHING)),
    "diff": Spec("diff", ("file_name1", "file_name2"), flags={"u": _NOTHING}),
    "du": _dot(Spec("du", flags={"h": {"human_readable": True}, "s": _NOTHING})),
    "echo": _echo,
    "find": _find,
    "grep": _grep,
    "ls": _dot(Spec("ls", flags={"a": {"a": True}, "A": {"a": True}, **dict.fromkeys("lh1", _NOTHING)})),
    "mkdir": Spec("mkdir", ("dir_name",), flags={"p": _NOTHING}),
    "mv": Spec("mv", ("source", "destination")),
    "printf": _printf,
    "pwd": Spec("pwd"),
    "rm": Spec("rm", ("file_name",), flags={"f": _NOTHING, **on(r="recursive", R="recursive")}),
    "rmdir": Spec("rmdir", ("dir_name",)),
    "sort": Spec("sort", ("file_name",)),
    "tail": Spec("tail", ("file_name",), values={"-n": "lines", "--lines": "lines"}),
    "touch": Spec("touch", ("file_name",)),
    "wc": Spec("wc", ("file_name",), flags={**{m: {"mode": m} for m in "lwc"}, "m": {"mode": "c"}}),
}
