"""Reads simple commands and assignments: the words that a program would get, once for every value they may have."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from shellper.safety import marks, outputs, redirections
from shellper.safety.marks import literal, stored
from shellper.safety.state import NOTHING, Call, Data, Redirect, State, Word
from shellper.safety.words import Resolver

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.reader import Reader

_COMMAND_VARIABLES = {
    "PROMPT_COMMAND", "PAGER", "GIT_PAGER", "MANPAGER", "EDITOR", "VISUAL", "GIT_EDITOR", "GIT_SSH_COMMAND",
    "GIT_EXTERNAL_DIFF", "BROWSER", "LESSOPEN", "GIT_ASKPASS", "SUDO_ASKPASS",
}  # fmt: skip


def assignment(reader: Reader, node: Node, state: State, reference: bool = False) -> Data:
    """NAME=VALUE: kept in the state; the value of a variable that names a command is read as one.

    A reference (`declare -n NAME=OTHER`) takes what the other variable has.
    """
    name_node = node.child_by_field_name("name")
    value_node = node.child_by_field_name("value")
    name = reader.tree.text(name_node).partition("[")[0] if name_node is not None else ""
    if value_node is None:
        state.assign(name, ("",))
        return NOTHING
    resolver = Resolver(reader, state)
    values = tuple(stored(value) for value in resolver.value(value_node))
    if reference:
        values = tuple(stored(value) for name in values for value in resolver.variable(name))
    values = tuple(
        marks.HOME + v[1:] if v[:1] == "~" and reader.tree.text(value_node)[:1] == "~" else v for v in values
    )
    if reader.tree.slice(node.start_byte, value_node.start_byte).endswith("+="):
        old = state.variables.get(name, ("",))
        joint = " " if value_node.type == "array" else ""
        values = tuple(before + joint + value for before, value in itertools.product(old, values))
    state.assign(name, values, resolver.taints)
    if name in _COMMAND_VARIABLES:
        for value in values[:4]:
            reader.script(value, state.copy())
    return NOTHING


def declaration(reader: Reader, node: Node, state: State) -> Data:
    """export, declare, local … with their assignments."""
    first = node.children[0]
    words = [Word(reader.tree.text(child)) for child in node.children[1:]]
    reference = any(word.text.startswith("-") and "n" in word.text for word in words) and first.type != "export"
    for child in node.named_children:
        if child.type == "variable_assignment":
            assignment(reader, child, state, reference)
        else:
            reader.substitutions(child, state)
    reader.emit(Call(reader.tree.text(first), tuple(words), cwd=state.cwd, stdin=state.stdin))
    return NOTHING


def words_of(reader: Reader, nodes: Iterable[Node], state: State) -> list[Word]:
    """The words of several argument nodes; of alternatives every one is kept."""
    words: dict[Word, None] = {}
    for node in nodes:
        for outcome in Resolver(reader, state).words(node):
            words.update(dict.fromkeys(outcome))
    return list(words)


def command(reader: Reader, node: Node, state: State, redirects: Sequence[Redirect] = ()) -> Data:
    """A simple command: once for every outcome of its words."""
    scope = state
    prefixed: set[str] = set()
    argument_nodes: list[Node] = []
    redirect_nodes: list[Node] = []
    for child in node.children:
        if child.type == "variable_assignment":
            scope = scope.copy() if scope is state else scope
            assignment(reader, child, scope)
            prefixed.add(reader.tree.text(child).partition("=")[0].rstrip("+"))
        elif child.type.endswith("_redirect"):
            redirect_nodes.append(child)
        elif child.type != "comment":
            argument_nodes.append(child)
    own, stdin, piped_to = redirections.redirects_of(reader, redirect_nodes, scope)
    data = stdin if stdin is not None else state.stdin
    printed: list[Data] = []
    for words in outcomes(reader, argument_nodes, scope):
        if not words:
            continue
        call = Call(
            literal(words[0].text) if not marks.has_glob(words[0].text) else words[0].text,
            tuple(words[1:]),
            (*redirects, *own),
            stdin=data,
            cwd=state.cwd,
            looped=state.looped,
            background=state.background,
            taints=words[0].taints,
            wrapped=state.wrapped,
            remote=state.remote,
            downloads=frozenset(state.downloads),
        )
        printed.append(reader.call(call, scope))
    if scope is not state:  # `A=1 cmd`: what cmd sets stays, A does not
        state.cwd = scope.cwd
        state.variables.update({k: v for k, v in scope.variables.items() if k not in prefixed})
    output = outputs.either(printed) if printed else NOTHING
    if not argument_nodes and (own or redirects):
        reader.call(Call("", (), (*redirects, *own), data, state.cwd), state)
    output = redirections.piped(reader, piped_to, output, state)
    redirections.into_substitutions(reader, redirect_nodes, output, state)
    return output


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
