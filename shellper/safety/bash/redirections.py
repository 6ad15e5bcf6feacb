"""Reads redirections: the files, what standard input becomes, here-documents and what hangs on them.

What is opened under a number is kept in the state: `exec 3<FILE` for all that follows, `… 3<FILE` at least for the
command at hand. A later `<&3` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shellper.safety import outputs, places
from shellper.safety.bash.marks import stored
from shellper.safety.bash.state import State
from shellper.safety.bash.words import Resolver
from shellper.safety.calls import Descriptor, Redirect, Word
from shellper.safety.flows import Data

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.bash.reader import Reader
    from shellper.safety.syntax import Tree


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
        given: Data | None = None
        files: list[Redirect] = []
        if is_here_string(reader.tree, node):
            resolver = Resolver(reader, state)
            text = resolver.value(node.named_children[-1])
            given = Data(tuple(stored(t) for t in text), resolver.taints)
        elif node.type == "heredoc_redirect":
            given = _heredoc(reader, node, state)
            piped_to += [child for child in node.named_children if child.type == "pipeline"]
            others = [child for child in node.named_children if child.type == "file_redirect"]
            found += redirects_of(reader, others, state)[0]
        elif (target := node.child_by_field_name("destination")) is not None:
            files, given = _file(reader, node, target, state)
            found += files
        number = descriptor_of(reader.tree, node)
        if number not in ("", "0", "1", "2") and (files or given is not None):
            _open(number, files[-1].target if files else Word(""), given or Data(), state)
        elif given is not None and number in ("", "0"):
            stdin = given
    return found, stdin, piped_to


def is_here_string(tree: Tree, node: Node) -> bool:
    """See syntax: `<<<` is read as `<`."""
    return tree.slice(node.start_byte - 2, node.start_byte) == "<<"


def descriptor_of(tree: Tree, node: Node) -> str:
    """What stands right before the operator, a number or `{name}`: the grammar may have read it as an argument."""
    own = next((tree.text(child) for child in node.children if child.type == "file_descriptor"), "")
    start = node.start_byte - (2 if is_here_string(tree, node) else 0)
    before = re.search(r"(?:^|[\s;&|(])(\d+|\{\w+\})$", tree.slice(max(0, start - 40), start))
    return own or (before[1] if before else "")


def is_descriptor(tree: Tree, node: Node) -> bool:
    """Whether what was read as an argument is the number (or `{name}`) of the redirection right behind it."""
    follows = tree.slice(node.end_byte, node.end_byte + 1) in ("<", ">")
    return follows and re.fullmatch(r"\d+|\{\w+\}", tree.text(node)) is not None


def _file(reader: Reader, node: Node, target: Node, state: State) -> tuple[list[Redirect], Data | None]:
    """A redirection to or from a file, or one that is open already; and what it gives to read."""
    resolver = Resolver(reader, state)
    operator = next((reader.tree.text(c) for c in node.children if not c.is_named), ">")
    number = descriptor_of(reader.tree, node)
    texts = resolver.value(target)[:4]
    if operator in (">&", "<&") and texts and (re.fullmatch(r"\d*-?", texts[0]) or texts[0] in state.descriptors):
        opened = state.descriptors.get(texts[0].rstrip("-"))
        if opened is None:
            return [], state.stdin if (operator, texts[0]) == ("<&", "0") else None
        found = [Redirect(operator, opened.target, number)] if _is_socket(opened.target, reader) else []
        return found, opened.data if operator == "<&" else None
    found = [Redirect(operator, Word(text, resolver.taints, resolver.data), number) for text in texts]
    if operator not in ("<", "<>") or not found:
        return found, None
    return found, resolver.data or outputs.file_data(found[-1].target, state, reader.surroundings)


def _is_socket(word: Word, reader: Reader) -> bool:
    return places.SOCKET in places.classify(word.text, None, reader.surroundings.home)


def _open(number: str, target: Word, data: Data, state: State) -> None:
    """Keep what is opened under a number; for `{name}` the shell chooses one and puts it into the variable."""
    if number.startswith("{"):
        name, number = number.strip("{}"), str(10 + len(state.descriptors))
        state.assign(name, (number,))
    state.descriptors[number] = Descriptor(target, data)


def coprocess_name(tree: Tree, node: Node) -> str | None:
    """The name of the coprocess that a group is (see syntax)."""
    before = tree.slice(max(0, node.start_byte - 60), node.start_byte)
    match = re.search(r"\bcoproc(?:\s+(\w+))?\s+$", before)
    return (match[1] or "COPROC") if match else None


def coprocess(name: str, output: Data, state: State) -> None:
    """`coproc`: what it prints can be read from a descriptor, whose number is in an array."""
    number = str(10 + len(state.descriptors))
    state.descriptors[number] = Descriptor(Word(""), replace(output, piped=True))
    state.assign_array(name, {"0": number, "1": number})


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
