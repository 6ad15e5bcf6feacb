"""What the command lines of the set `shell` say: a reader for each program.

A reader may overlook something: `lifting` renders what was read, and takes only what gives the same words again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from shellper.tools.spec import Reader, Spec, UnreadableError, Values, on
from shellper.tools.words import Token


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
        raise UnreadableError
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
        raise UnreadableError
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
_WC = Spec("wc", ("file_name",), "more_files", flags={letter: {"mode": letter} for letter in "lwcm"})
_DU = Spec(
    "du",
    ("path",),
    "more_paths",
    flags=on(a="every_file", s="summary", h="human_readable"),
    values={"--max-depth": "depth"},
)
_HEAD = Spec("head", ("file_name",), values={"-n": "lines", "-c": "byte_count"})
_TAIL = Spec("tail", ("file_name",), flags=on(f="follow"), values={"-n": "lines", "-c": "byte_count"})
_GREP_FLAGS = on(
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
_GREP = Spec("grep", ("pattern", "file_name"), "more_files", flags=_GREP_FLAGS, values=_GREP_VALUES)
_GREP_E = Spec("grep", ("file_name",), "more_files", flags=_GREP_FLAGS, values={**_GREP_VALUES, "-e": "pattern"})
_LS = Spec(
    "ls",
    ("path",),
    "more_paths",
    flags={
        **on(l="long", a="a", d="itself", h="human_readable", r="reverse", R="recursive", _1="one_per_line"),
        "S": {"sort_by": "size"},
        "t": {"sort_by": "time"},
    },
)
_CP = Spec(
    "cp",
    ("source",),
    "more_sources",
    ("destination",),
    flags={"r": {"recursive": True}, "a": {"keep": True, "recursive": True}, "n": {"no_overwrite": True}},
    always={"recursive": False},
)
_DIFF = Spec(
    "diff",
    ("file_name1", "file_name2"),
    flags=on(u="unified", r="recursive", q="names_only", y="side_by_side", i="ignore_case", w="ignore_blanks"),
)
_SORT = Spec(
    "sort",
    ("file_name",),
    flags=on(r="reverse", n="numeric", h="human_readable", f="ignore_case", u="unique"),
    values={"-t": "separator", "-k": "column"},
)
READERS: dict[str, Reader] = {
    "cat": Spec("cat", ("file_name",), "more_files", flags=on(n="number")),
    "cd": Spec("cd", ("folder",)),
    "cp": _CP,
    "diff": _DIFF,
    "du": _du,
    "echo": _echo,
    "find": _find,
    "grep": _grep,
    "head": _head,
    "ls": _LS,
    "mkdir": Spec("mkdir", ("dir_name",), "more_dirs", flags=on(p="parents")),
    "mv": Spec("mv", ("source",), "more_sources", ("destination",), flags=on(n="no_overwrite")),
    "printf": _printf,
    "pwd": Spec("pwd"),
    "rm": Spec("rm", ("file_name",), "more_files", flags=on(r="recursive", f="force")),
    "rmdir": Spec("rmdir", ("dir_name",), "more_dirs"),
    "sed": _sed,
    "sort": _SORT,
    "tail": _tail,
    "touch": Spec("touch", ("file_name",), "more_files"),
    "wc": _wc,
}
