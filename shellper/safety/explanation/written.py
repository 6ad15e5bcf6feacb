"""Words as they are written: the text that a program would get, expansions left alone, and the same with its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from shellper.safety.bash.escapes import decode_escapes, unescape_quoted
from shellper.safety.bash.marks import printable, shown
from shellper.safety.calls import Word

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.syntax import Tree

_LONGEST = 60


def display(written: str) -> str:
    """Source text for people: on one line, blanks kept, no control characters, not too long."""
    return printable(re.sub(r"[\n\r\t]\s*", " ", written.strip()), _LONGEST)


def source(word: Word) -> str:
    """The word for people, with its quotes where these are kept."""
    return display(word.written) if word.written else shown(word.text)


_GUARDED = re.compile(r"'[^']*'|\"(?:[^\"\\]|\\.)*\"|\\.|\$\{[^}]*\}|\$\(.*\)|`[^`]*`", re.DOTALL)
"""What stands in quotes, behind a backslash or in an expansion."""


def is_pattern(word: Word) -> bool:
    """Whether the shell makes names of files of the word: a star or the like stands in it unquoted."""
    return re.search(r"[*?]|\[.+\]", _GUARDED.sub("", word.written)) is not None


def words(tree: Tree, nodes: Iterable[Node]) -> list[Word]:
    """A word for each argument node."""
    found: list[Word] = []
    dollar = ""
    for node in nodes:
        if node.type == "$":  # $"…" comes as two nodes
            dollar = "$"
            continue
        found.append(Word(unquoted(tree, node), written=dollar + tree.text(node)))
        dollar = ""
    return found


def unquoted(tree: Tree, node: Node) -> str:
    """The text of a word without its quotes; `$x` and `$(…)` stay as they are."""
    text = tree.text(node)
    if node.type == "raw_string":
        return text[1:-1]
    if node.type == "ansi_c_string":
        return decode_escapes(text[2:-1])
    if node.type in ("string", "translated_string"):
        return unescape_quoted(text.removeprefix("$")[1:-1])
    if node.type == "word":
        return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
    if node.type in ("command_name", "concatenation"):
        return _pieces(tree, node)
    return text


def _pieces(tree: Tree, node: Node) -> str:
    found, position = "", node.start_byte
    for child in node.children:
        found += tree.slice(position, child.start_byte) + unquoted(tree, child)
        position = child.end_byte
    return found
