"""`$1` to `$9` on a command line: a prompt has no positional parameters, so that `grep $5.00 notes` looks for `.00`."""

from __future__ import annotations

import re

from shellper.safety.syntax import Tree, nodes

_SETS = re.compile(r"set\s+(?:.*\s)?(?:--(?:\s.*)?|[^-+\s].*)", re.DOTALL)
"""`set a b` and `set -- a b`, but not `set -e`."""
_PARAMETERS = frozenset(f"${number}" for number in range(1, 10))


def empty_parameters(tree: Tree) -> list[str]:
    """What to say of each that the prompt's own shell expands; functions have theirs, and `set a b` makes some."""
    found: dict[str, None] = {}
    for node in nodes(tree.root, without="function_definition"):
        if node.type == "command" and _SETS.fullmatch(tree.text(node)):
            return []
        if node.type == "simple_expansion":
            found[tree.text(node)[:2]] = None  # of $12 the shell reads $1
    return [f"{text} is empty here: put it in single quotes" for text in found if text in _PARAMETERS]
