"""Shapes in the syntax tree that are dangerous whatever the commands are: functions that multiply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shellper.safety.syntax import nodes

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.syntax import Tree


def of_type(root: Node, kind: str) -> list[Node]:
    """Every node of a kind in a part of the tree."""
    return [node for node in nodes(root) if node.type == kind]


def multiplies(name: str, body: Node, tree: Tree) -> bool:
    """Whether a function calls itself more than once, or in the background, or in a pipe."""
    calls = [node for node in of_type(body, "command_name") if tree.text(node) == name]
    for node in calls:
        command = node.parent
        following = command.next_sibling if command is not None else None
        parent = command.parent if command is not None else None
        if following is not None and following.type == "&":
            return True
        if parent is not None and parent.type == "pipeline":
            return True
    return len(calls) > 1 and not of_type(body, "if_statement") and not of_type(body, "case_statement")
