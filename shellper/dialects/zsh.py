"""What zsh reads otherwise than bash: `${x^^}`, `${!x}`, elements of arrays, some builtins, words that do not split.

A pattern that matches nothing is an error there; that is what people who use zsh expect.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from shellper.safety.syntax import nodes

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.syntax import Tree

_OPERATORS = frozenset({"^", "^^", ",", ",,", "@", "!"})
"""`${x^^}`, `${x,}`, `${x@Q}`, `${!x}`."""

_BUILTINS = {
    "mapfile": ".*", "readarray": ".*", "shopt": ".*", "compgen": ".*", "caller": ".*", "help": ".*",
    "read": r"-\w*[paniNe].*", "type": r"-\w*[tpP]\w*", "printf": r".*%\(.*",
    "declare": r"-\w*n\w*", "local": r"-\w*n\w*", "typeset": r"-\w*n\w*", "export": r"-\w*n\w*",
}  # fmt: skip
"""Builtins of which zsh has none or another one, and the argument with which they are meant."""

_VARIABLES = re.compile(r"BASH(?:_\w+|PID|OPTS)?|PIPESTATUS|FUNCNAME|MAPFILE|HOSTNAME")
_ESCAPE = re.compile(r"\\[abcefnrtv0xuU\\]")
"""What zsh's echo makes a character of without being asked to."""
_ALL = re.compile(r"@|\*|-\d+")
"""Keys that mean the same elements; the numbers from 0 do not, since zsh counts from 1."""
_PRINTED = re.compile(r"\$\(|`")
_SEVERAL = re.compile(r"[\s*?[]")


def is_foreign(tree: Tree) -> bool:
    """Whether a part of the command is nothing for zsh, or something else."""
    return any(node.type in _RULES and _RULES[node.type](node, tree) for node in nodes(tree.root)) or _relies(tree)


def _always(_node: Node, _tree: Tree) -> bool:
    return True


def _changes(node: Node, tree: Tree) -> bool:
    """An expansion with an operator that zsh lacks; `${!}` is the last process in both."""
    return tree.text(node) != "${!}" and any(child.type in _OPERATORS for child in node.children)


def _of_bash(node: Node, tree: Tree) -> bool:
    return _VARIABLES.fullmatch(tree.text(node)) is not None


def _counts(node: Node, tree: Tree) -> bool:
    """An element of an array by its number; the keys of `declare -A` are the same."""
    _, _, key = tree.text(node).removesuffix("]").partition("[")
    return not _ALL.fullmatch(key) and not any(re.fullmatch(r"-\w*A\w*", text) for text in _declared(tree))


def _declared(tree: Tree) -> set[str]:
    found = (node for node in nodes(tree.root) if node.type == "declaration_command")
    return {tree.text(child) for node in found for child in node.children if child.type == "word"}


def _calls(node: Node, tree: Tree) -> bool:
    """A builtin that zsh lacks; a word such as `==`, in which zsh looks for a program; an echo with backslashes."""
    name, *arguments = [tree.text(child) for child in node.children if child.type != "variable_assignment"]
    meant = _BUILTINS.get(name)
    if meant is not None and (meant == ".*" or any(re.fullmatch(meant, text, re.DOTALL) for text in arguments)):
        return True
    plain = name == "echo" and not re.fullmatch(r"-n*[eE][neE]*", " ".join(arguments[:1]))
    return any(len(text) > 1 and text[0] == "=" for text in arguments) or (
        plain and any(_ESCAPE.search(text) for text in arguments if not text.startswith("$'"))
    )


def _relies(tree: Tree) -> bool:
    """Whether an unquoted variable of this line has to fall apart into words, or is the first element of an array."""
    assignments = [tree.text(node) for node in nodes(tree.root) if node.type == "variable_assignment"]
    values = dict(map(_assigned, assignments))
    for node in nodes(tree.root):
        if node.type in ("simple_expansion", "expansion"):
            value = values.get(tree.text(node).strip("${}"))
            if value is not None and (value.startswith("(") or _splits(value, node)):
                return True
    return False


def _splits(value: str, expansion: Node) -> bool:
    """Whether this value, at this place, is meant as several words: as the list of a loop, or with blanks or a star."""
    parent = expansion.parent
    if parent is not None and parent.type == "concatenation":
        parent = parent.parent
    if parent is None or parent.type != "command":
        return parent is not None and parent.type == "for_statement"
    return _SEVERAL.search(value) is not None


def _assigned(text: str) -> tuple[str, str]:
    """The name and the value in NAME=VALUE; no value where a command prints it: that is mostly a single word."""
    name, _, value = text.partition("=")
    return name.rstrip("+"), value if value.startswith("(") or not _PRINTED.search(value) else ""


_RULES: dict[str, Callable[[Node, Tree], bool]] = {
    "comment": _always, "expansion": _changes, "variable_name": _of_bash, "subscript": _counts, "command": _calls,
    "declaration_command": _calls,
}  # fmt: skip
"""Kinds of nodes in tree-sitter-bash's syntax tree. A comment is none at zsh's prompt."""
