"""Reads redirections: the files, what standard input becomes, here-documents and what hangs on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shellper.safety import outputs
from shellper.safety.marks import stored
from shellper.safety.state import Data, Redirect, State, Word
from shellper.safety.words import Resolver

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.reader import Reader


def into_substitutions(reader: Reader, redirects: Sequence[Node], output: Data, state: State) -> None:
    """`cmd > >(other)`: the other command reads what this one prints."""
    for node in redirects:
        target = node.child_by_field_name("destination")
        if target is not None and target.type == "process_substitution" and reader.tree.text(target)[0] == ">":
            inner = state.copy()
            inner.stdin = replace(output, piped=True)
            reader.substitution(target, inner)


def redirects_of(reader: Reader, nodes: Sequence[Node], state: State) -> tuple[list[Redirect], Data | None, list[Node]]:
    """Redirections to files, what standard input becomes, and pipelines that hang on a here-document."""
    found: list[Redirect] = []
    stdin: Data | None = None
    piped_to: list[Node] = []
    for node in nodes:
        resolver = Resolver(reader, state)
        if reader.tree.slice(node.start_byte - 2, node.start_byte) == "<<":  # see syntax: `<<<` is read as `<`
            text = resolver.value(node.named_children[-1])
            stdin = Data(tuple(stored(t) for t in text), resolver.taints)
        elif node.type == "heredoc_redirect":
            stdin = _heredoc(reader, node, state)
            piped_to += [child for child in node.named_children if child.type == "pipeline"]
            others = [child for child in node.named_children if child.type == "file_redirect"]
            found += redirects_of(reader, others, state)[0]
        else:
            target = node.child_by_field_name("destination")
            operator = next((reader.tree.text(c) for c in node.children if not c.is_named), ">")
            if target is None or (operator in (">&", "<&") and reader.tree.text(target).rstrip("-").isdigit()):
                continue
            for value in resolver.value(target)[:4]:
                found.append(Redirect(operator, Word(value, resolver.taints, resolver.data)))
            if operator == "<":
                stdin = (
                    resolver.data or outputs.file_data(found[-1].target, state, reader.surroundings) if found else None
                )
    return found, stdin, piped_to


def _heredoc(reader: Reader, node: Node, state: State) -> Data:
    start = next((reader.tree.text(c) for c in node.children if c.type == "heredoc_start"), "")
    body = next((c for c in node.children if c.type == "heredoc_body"), None)
    # anything else on the line of the delimiter, as in `cat <<A && rm x`
    for child in node.named_children:
        if child.type not in ("heredoc_start", "heredoc_body", "heredoc_end", "pipeline", "file_redirect"):
            reader.statement(child, state)
    if body is None:
        return Data(("",))
    if any(quote in start for quote in "'\"\\"):
        return Data((reader.tree.text(body),))
    resolver = Resolver(reader, state)
    return Data(tuple(resolver.heredoc(body)), resolver.taints)


def piped(reader: Reader, pipelines: Sequence[Node], output: Data, state: State) -> Data:
    """What the pipelines print that read this output: the grammar hangs them on a here-document (`cmd <<EOF | sh`)."""
    for pipeline in pipelines:
        inner = state.copy()
        inner.stdin = replace(output, piped=True)
        output = reader.statement(pipeline, inner)
    return output
