"""Redirections: what each means, and which file it writes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from shellper.safety.bash.redirections import descriptor_of, is_here_string
from shellper.safety.calls import Redirect, Word
from shellper.safety.explanation.parts import Part
from shellper.safety.explanation.written import display, unquoted

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.syntax import Tree

_STREAMS = {"0": "the input", "1": "the output", "2": "the errors"}
_FILES = {
    ">": "writes {} to a file and replaces what it held", ">|": "writes {} to a file and replaces what it held",
    ">>": "adds {} to a file", "<": "reads {} from a file", "<>": "opens a file for reading and writing",
}  # fmt: skip


def redirects(tree: Tree, nodes: Sequence[Node]) -> tuple[list[Part], list[Redirect]]:
    """What the redirections mean, and those that are to or from a file."""
    parts: list[Part] = []
    files: list[Redirect] = []
    for node in nodes:
        if is_here_string(tree, node):
            parts.append(Part(f"<<< {display(tree.text(node.named_children[-1]))}", "gives it this text as input", 1))
        elif node.type == "heredoc_redirect":
            inner = [child for child in node.named_children if child.type == "file_redirect"]
            found = redirects(tree, inner)
            parts += [_heredoc(tree, node), *found[0]]
            files += found[1]
        elif (target := node.child_by_field_name("destination")) is not None:
            part, redirect = _file(tree, node, target)
            parts.append(part)
            files += [redirect] if redirect is not None else []
    return parts, files


def _heredoc(tree: Tree, node: Node) -> Part:
    start = next((tree.text(child) for child in node.children if child.type == "heredoc_start"), "")
    end = start.strip("'\"\\")
    return Part(f"<< {display(start)}", f"gives it the lines up to {display(end)} as input", 1)


def _file(tree: Tree, node: Node, target: Node) -> tuple[Part, Redirect | None]:
    operator = next((tree.text(child) for child in node.children if not child.is_named), ">")
    number, written = descriptor_of(tree, node), tree.text(target)
    name = unquoted(tree, target)
    text = f"{number}{operator}{'' if operator.endswith('&') else ' '}{display(written)}"
    what = _stream(number, operator)
    if operator in (">&", "<&") and re.fullmatch(r"\d+-?|-", name):
        return Part(text, _joined(name, what), 1), None
    if target.type == "process_substitution":
        gives = (
            "what stands in the brackets gets {}" if operator.startswith((">", "&>")) else "{} comes from the brackets"
        )
        return Part(text, gives.format(what), 1), None
    redirect = Redirect(operator, Word(name, written=written), number)
    if name == "/dev/null":
        return Part(text, "gives it no input" if operator == "<" else f"throws {what} away", 1), redirect
    if name.startswith(("/dev/tcp/", "/dev/udp/")):
        return Part(text, f"joins {what} to another machine", 1), redirect
    return Part(text, _FILES.get(operator.strip("&"), "redirects {}").format(what), 1), redirect


def _stream(number: str, operator: str) -> str:
    if operator in ("&>", "&>>") or (operator == ">&" and not number):
        return "output and errors"
    default = "0" if operator.startswith("<") else "1"
    return _STREAMS.get(number or default, f"stream {number}")


def _joined(name: str, what: str) -> str:
    """`2>&1`: one stream goes where another goes."""
    if name == "-":
        return f"closes {what}"
    what = "the output" if what == "output and errors" else what  # `>&2` is `1>&2`
    other = _STREAMS.get(name.rstrip("-"), f"stream {name.rstrip('-')}")
    return f"takes {what} from {other}" if what == "the input" else f"sends {what} to the same place as {other}"
