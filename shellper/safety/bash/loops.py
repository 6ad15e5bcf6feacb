"""Reads loops: the body of `for … in` once for every word of its list, that of the others once.

What is another text each time round is marked with VARIES, so that rules can tell it from what stays the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shellper.safety import outputs, places
from shellper.safety.bash import commands
from shellper.safety.bash.marks import UNKNOWN, certain, has_glob
from shellper.safety.bash.shapes import of_type
from shellper.safety.bash.state import State
from shellper.safety.calls import Word
from shellper.safety.flows import NOTHING, VARIES, Data
from shellper.safety.levels import Finding, Level

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.bash.reader import Reader

MOST_WORDS = 12
_LEAVING = frozenset(["break", "exit", "return"])
_CHANGED = re.compile(
    r"\b([A-Za-z_]\w*)(?:\[[^\]]{0,80}\])?\s*(?:\+\+|--|[-+*/%|&^]?=(?!=))"
    r"|(?:\+\+|--)\s*([A-Za-z_]\w*)"
)
"""`n=…`, `n+=…`, `n++`, `--n`: what stands in a loop's text for a variable that is set there."""


def while_loop(reader: Reader, node: Node, state: State) -> Data:
    """while and until: condition and body are read once."""
    inner = state.copy()
    inner.looped = inner.branch = True
    condition = node.child_by_field_name("condition")
    body = node.child_by_field_name("body")
    if condition is not None:
        reader.statement(condition, inner)
    if body is None:
        return NOTHING
    if condition is not None and reader.tree.text(condition).strip() in ("true", ":", "1", "[ 1 ]"):
        _endless(reader, body)
    _mark(_changed(reader, body), inner)
    output = reader.block(body, inner)
    state.adopt(inner)
    return output


def _endless(reader: Reader, body: Node) -> None:
    """An endless loop that starts processes and never waits for one fills the machine."""
    children = [child.type for child in body.children]
    if "&" in children and not _programs(reader, body) & {"sleep", "wait", "read", "inotifywait"}:
        reader.reading.findings.append(Finding(Level.FORBIDDEN, "starts processes without end (fork bomb)"))


def c_for_loop(reader: Reader, node: Node, state: State) -> Data:
    """for ((…)): the body is read once."""
    inner = state.copy()
    inner.looped = inner.branch = True
    for child in node.children_by_field_name("initializer"):
        if child.type == "variable_assignment":
            commands.assignment(reader, child, inner)
    body = node.child_by_field_name("body")
    if body is None:
        return NOTHING
    if node.child_by_field_name("condition") is None:
        _endless(reader, body)
    _mark(_changed(reader, node), inner)
    output = reader.block(body, inner)
    state.adopt(inner)
    return output


def for_loop(reader: Reader, node: Node, state: State) -> Data:
    """for … in …: the body is read for each of the first words, and for each that names a place that matters."""
    name = reader.tree.text(node.child_by_field_name("variable") or node)
    words = commands.words_of(reader, node.children_by_field_name("value"), state)
    body = node.child_by_field_name("body")
    if body is None:
        return NOTHING
    if not any(child.type == "in" for child in node.children):
        words = list(state.positional or (Word(UNKNOWN),))
    output = NOTHING
    before = state.copy()
    looped, state.looped = state.looped, True
    several = len(words) > 1 or any(has_glob(word.text) or not certain(word.text) for word in words)
    changed = _changed(reader, body)
    texts = places.telling([word.text for word in words], MOST_WORDS, state.cwd, reader.surroundings.home)
    for word in [word for word in words if word.text in texts]:
        if name in state.references:
            state.refer(name, (word.text,))  # the words are names of variables
        state.variables[name] = (word.text,)
        state.taints[name] = word.taints | ({VARIES} if several else set())
        _mark(changed, state)
        output = outputs.joined(output, reader.block(body, state))
    state.looped = looped
    state.keep(before)  # there may be no word to loop over
    return output


def _programs(reader: Reader, body: Node) -> set[str]:
    return {reader.tree.text(node) for node in of_type(body, "command_name")}


def _changed(reader: Reader, body: Node) -> set[str] | None:
    """The variables that the body sets; None where it stops at the first round, so that nothing varies."""
    if _programs(reader, body) & _LEAVING:
        return None
    return {match[1] or match[2] for match in _CHANGED.finditer(reader.tree.text(body))}


def _mark(changed: set[str] | None, state: State) -> None:
    if changed is None:
        state.taints = {name: taints - {VARIES} for name, taints in state.taints.items()}
    for name in changed or ():
        state.taints[name] = state.taints.get(name, frozenset()) | {VARIES}
