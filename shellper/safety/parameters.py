"""`$1` to `$9` on a command line: a prompt has no positional parameters, so that `grep $5.00 notes` looks for `.00`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shellper.safety.levels import Finding, Level
from shellper.safety.shapes import all_named

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.syntax import Tree


def empty_parameters(tree: Tree) -> Iterator[Finding]:
    """A finding for each that the prompt's own shell expands; functions have theirs, and `set` gives the shell some."""
    if any(tree.text(node) == "set" for node in all_named(tree.root, "command_name")):
        return
    for text in _parameters(tree.root, tree):
        yield Finding(Level.CAUTION, f"{text} is empty here: put it in single quotes")


def _parameters(node: Node, tree: Tree) -> Iterator[str]:
    if node.type == "simple_expansion":
        text = tree.text(node)[:2]  # of $12 the shell reads $1
        yield from [text] if text[1:] in tuple("123456789") else []
    elif node.type != "function_definition":
        for child in node.children:
            yield from _parameters(child, tree)
