"""What fish cannot read: loops, conditions, `${name%.x}`, arithmetic, ranges of letters and the like.

The rest (pipes, `&&`, redirections, `$(...)`, stars, quotes) means the same in both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shellper.safety.syntax import nodes

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.syntax import Tree

# fmt: off
_OF_BASH = frozenset({
    "for_statement", "c_style_for_statement", "while_statement", "if_statement", "case_statement", "subshell",
    "function_definition", "compound_statement", "expansion", "arithmetic_expansion", "process_substitution",
    "heredoc_redirect", "herestring_redirect", "special_variable_name", "ansi_c_string", "array", "[[", "((", "|&",
})
# fmt: on
"""Kinds of nodes in tree-sitter-bash's syntax tree."""

_PATTERN = re.compile(r"\[.+\]|\{\w+\.\.\w+")
"""`[0-9]` and `{1..9}`, which mean nothing to fish."""


def is_foreign(tree: Tree) -> bool:
    """Whether a part of the command is nothing for fish, or something else."""
    return any(node.type in _OF_BASH or _reads_otherwise(node, tree) for node in nodes(tree.root))


def _reads_otherwise(node: Node, tree: Tree) -> bool:
    text = tree.text(node)
    return (
        (node.type == "raw_string" and ("\\\\" in text or text.endswith("\\'")))
        or (node.type == "command_substitution" and text.startswith("`"))
        or (node.type == "concatenation" and _PATTERN.search(text) is not None)
        or (node.type == "file_redirect" and tree.slice(node.start_byte - 2, node.start_byte) == "<<")  # a here-string
    )
