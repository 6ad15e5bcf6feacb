"""Reads simple commands and assignments: the words that a program would get, once for every value they may have."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shellper.safety import outputs
from shellper.safety.bash import marks, redirections
from shellper.safety.bash.marks import literal, stored
from shellper.safety.bash.state import State
from shellper.safety.bash.words import Resolver
from shellper.safety.calls import Redirect, Word
from shellper.safety.flows import NOTHING, SECRETS, Data
from shellper.safety.implied import run_variable

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.bash.reader import Reader
    from shellper.safety.syntax import Tree


def assignment(reader: Reader, node: Node, state: State, reference: bool = False) -> Data:
    """NAME=VALUE: kept in the state; the value of a variable that names a command is read as one.

    A reference (`declare -n NAME=OTHER`) stands for the other variable from then on.
    """
    name_node = node.child_by_field_name("name")
    value_node = node.child_by_field_name("value")
    name, _, key = reader.tree.text(name_node).partition("[") if name_node is not None else ("", "", "")
    if value_node is None:
        state.assign(name, ("",))
        return NOTHING
    adds = reader.tree.slice(node.start_byte, value_node.start_byte).endswith("+=")
    if value_node.type == "array":
        return _array(reader, name, value_node, state, adds)
    resolver = Resolver(reader, state)
    values = tuple(stored(value) for value in resolver.value(value_node))
    if reference:
        state.refer(name, values)
        return NOTHING
    if adds:
        old = state.variables.get(state.named(name)[0], ("",))
        values = tuple(before + value for before, value in itertools.product(old, values))
    if key:
        element = {key.rstrip("]").strip("'\""): values[0] if values else ""}
        state.assign_array(name, {**state.elements(name), **element}, resolver.taints)
    else:
        state.assign(name, values, resolver.taints)
    run_variable(reader, name, [Word(value, resolver.taints, resolver.data) for value in values], state)
    return NOTHING


def _array(reader: Reader, name: str, node: Node, state: State, adds: bool) -> Data:
    """NAME=(VALUE… [KEY]=VALUE…), or with += what is added to it."""
    elements = dict(state.elements(name)) if adds else {}
    words = words_of(reader, node.named_children, state, unique=False)
    for word in words:
        match = re.fullmatch(rf"[\[{marks.BRACKET}]([^\]]*)\]=(.*)", word.text, re.DOTALL)
        key, value = match.groups() if match else (str(len(elements)), word.text)
        elements[key] = value
    taints = [word.taints for word in words] + ([state.taints.get(name, frozenset())] if adds else [])
    state.assign_array(name, elements, frozenset().union(*taints))
    return NOTHING


def declaration(reader: Reader, node: Node, state: State) -> Data:
    """export, declare, local … with their assignments."""
    first = node.children[0]
    words = [Word(reader.tree.text(child)) for child in node.children[1:]]
    reference = any(word.text.startswith("-") and "n" in word.text for word in words) and first.type != "export"
    for child in node.named_children:
        if child.type == "variable_assignment":
            assignment(reader, child, state, reference)
        elif child.type == "variable_name" and reference:
            state.refer(reader.tree.text(child), ())
        else:
            reader.substitutions(child, state)
    call = state.call(reader.tree.text(first), words)
    reader.emit(call)
    printed = outputs.output(call, reader.surroundings)
    return printed if printed.taints & SECRETS else NOTHING


def words_of(reader: Reader, nodes: Iterable[Node], state: State, unique: bool = True) -> list[Word]:
    """The words of several argument nodes; of alternatives every one is kept, of equal ones the first."""
    words = [word for node in nodes for outcome in Resolver(reader, state).words(node) for word in outcome]
    return list(dict.fromkeys(words)) if unique else words


def command(reader: Reader, node: Node, state: State, redirects: Sequence[Redirect] = ()) -> Data:
    """A simple command: once for every outcome of its words."""
    prefixes, own, arguments = pieces(reader.tree, node)
    scope = state.copy() if prefixes else state
    for prefix in prefixes:
        assignment(reader, prefix, scope)
    files, stdin, piped_to = redirections.redirects_of(reader, own, scope)
    redirects = (*redirects, *files)
    data = stdin if stdin is not None else state.stdin
    printed: list[Data] = []
    for words in filter(None, outcomes(reader, arguments, scope)):
        name = words[0].text if marks.has_glob(words[0].text) else literal(words[0].text)
        call = replace(state.call(name, words[1:], redirects), stdin=data, taints=words[0].taints)
        printed.append(reader.call(call, scope))
    if prefixes:
        state.adopt_but(scope, {reader.tree.text(prefix).partition("=")[0].rstrip("+") for prefix in prefixes})
    output = outputs.either(printed) if printed else NOTHING
    if not arguments and redirects:
        reader.call(replace(state.call("", (), redirects), stdin=data), state)
    output = redirections.piped(reader, piped_to, output, state)
    redirections.into_substitutions(reader, own, output, state)
    return output


def pieces(tree: Tree, node: Node) -> tuple[list[Node], list[Node], list[Node]]:
    """The nodes of a simple command: the assignments in front of it, its redirections, its words."""
    prefixes: list[Node] = []
    own: list[Node] = []
    words: list[Node] = []
    for child in node.children:
        if child.type == "variable_assignment":
            prefixes.append(child)
        elif child.type.endswith("_redirect"):
            own.append(child)
        elif child.type != "comment" and not redirections.is_descriptor(tree, child):
            words.append(child)
    return prefixes, own, words


def outcomes(reader: Reader, nodes: list[Node], state: State) -> list[list[Word]]:
    """Word lists for the whole command, from the outcomes of its single arguments."""
    parts = []
    dollar_quote = False
    for node in nodes:
        if node.type == "$":  # $"…" comes as two nodes
            dollar_quote = True
            continue
        parts.append(Resolver(reader, state).words(node) or [[]])
        dollar_quote = False
    if dollar_quote:
        parts.append([[Word("$")]])
    lists = itertools.islice(itertools.product(*parts), 24)
    return [list(itertools.chain.from_iterable(outcome)) for outcome in lists]
