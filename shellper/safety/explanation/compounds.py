"""Loops, conditions, groups and functions in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shellper.safety.calls import Word
from shellper.safety.explanation.parts import Position
from shellper.safety.explanation.written import display
from shellper.safety.programs import programs

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.explanation.structure import Walk

_BRANCHES = {
    "if": "looks whether what follows succeeds",
    "then": "if so",
    "elif": "if not, looks whether what follows succeeds",
    "else": "if not",
}


def group(walk: Walk, node: Node, position: Position) -> None:
    """{ … }, and ((…)), which calculates."""
    if match := re.search(
        r"\b(?:time|coproc)\b[^;&|(){}]*$", walk.tree.slice(max(0, node.start_byte - 60), node.start_byte)
    ):
        name = match[0].split()[0]
        walk.say(match[0].strip(), f"{programs()[name].summary}: here of what stands inside", position)
        position = position.inside()
    if walk.tree.text(node).startswith("(("):
        walk.say(display(walk.tree.text(node)), "calculates", position)
        return
    if position.notes:
        walk.say("{ … }", "runs what stands inside", position)
    walk.children(node, position.inside())


def subshell(walk: Walk, node: Node, position: Position) -> None:
    """( … )."""
    walk.say("( … )", "runs what stands inside in a shell of its own", position)
    walk.children(node, position.inside())


def function(walk: Walk, node: Node, position: Position) -> None:
    """A definition."""
    name = walk.tree.text(node.child_by_field_name("name") or node)
    walk.say(f"{display(name)}()", "makes a command of this name, which runs what follows, up to }", position)
    when = f"when {display(name)} is called: "
    walk.defined.add(name)
    if (body := node.child_by_field_name("body")) is not None:
        walk.children(body, Position((), position.where + when, position.depth))


def for_loop(walk: Walk, node: Node, position: Position) -> None:
    """for … in …, for ((…)), select."""
    body = node.child_by_field_name("body")
    walk.substitutions(node, position, "the loop goes through its output")
    head = walk.tree.slice(node.start_byte, body.start_byte if body else node.end_byte).rstrip().rstrip(";")
    name = walk.tree.text(node.child_by_field_name("variable") or node)
    said = f"repeats what follows, up to done, with each of the words in ${display(name)}"
    if node.type == "c_style_for_statement":
        said = "repeats what follows, up to done, as long as the second condition holds"
    elif head.startswith("select"):
        said = f"repeats what follows, up to done, each time with the word in ${display(name)} that one chooses"
    walk.say(display(head), said, position)
    if body is not None:
        walk.children(body, position.inside())


def while_loop(walk: Walk, node: Node, position: Position) -> None:
    """while and until."""
    word = walk.tree.text(node.children[0])
    how = "as long as" if word == "while" else "until"
    walk.say(word, f"repeats what stands between do and done {how} what follows succeeds", position)
    body = node.child_by_field_name("body")
    for child in node.named_children:
        if child == body:
            walk.say("do", "what is repeated, up to done", position.inside())
        walk.statement(child, position.inside())


def condition(walk: Walk, node: Node, position: Position) -> None:
    """if, elif, else."""
    for child in node.children:
        if child.type in _BRANCHES:
            walk.say(child.type, _BRANCHES[child.type], position)
            position = position.inside()
        elif child.is_named and child.type != "comment":
            walk.statement(child, position)


def case(walk: Walk, node: Node, position: Position) -> None:
    """case WORD in …"""
    value = node.child_by_field_name("value")
    walk.substitutions(node, position, "its output is what is compared")
    walk.say(
        f"case {display(walk.tree.text(value)) if value else '…'} in",
        "runs the first of the following, up to esac, whose pattern fits",
        position,
    )
    for item in node.named_children:
        if item.type == "case_item":
            _case_item(walk, item, position.inside())


def _case_item(walk: Walk, node: Node, position: Position) -> None:
    values = node.children_by_field_name("value")
    end = next((child.end_byte for child in node.children if child.type == ")"), node.start_byte)
    walk.say(display(walk.tree.slice(node.start_byte, end)), "when this pattern fits", position)
    for child in node.named_children:
        if child not in values:
            walk.statement(child, position)


def test(walk: Walk, node: Node, position: Position) -> None:
    """[[ … ]], taken apart at its blanks."""
    walk.substitutions(node, position)
    leaves = [walk.tree.text(leaf) for leaf in _operands(node)]
    argv = [Word(text.strip("'\""), written=text) for text in leaves]
    walk.call(argv, position)


def _operands(node: Node) -> Iterator[Node]:
    """The words and operators of a test."""
    inside = ("test_command", "unary_expression", "binary_expression", "parenthesized_expression")
    for child in node.children if node.type in inside else ():
        if child.type in inside:
            yield from _operands(child)
        else:
            yield child
