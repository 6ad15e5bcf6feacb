"""Bash text to a syntax tree: tree-sitter-bash, with the guards that it needs.

Tree-sitter is imported inside the functions, because most of shellper's commands never parse anything.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Parser

MAX_LENGTH = 20_000
"""Longest text that is judged, in characters; a longer one is invalid."""

_SECONDS = 1.0
_TEST = re.compile(rb"(?<![^\s;&|(!`{])\[(?=\s)")
_ROOT_IN_TEST = re.compile(rb"(?<=\s)/(?=\s+\]\])")
_BEFORE_GROUP = re.compile(rb"(?<![\w-])(?:coproc(?:\s+\w+)?|time(?:\s+-p)?)(?=\s+[{(])")
_BRACE_WORD = re.compile(rb"(?<!\$)\{(?=[^\s|&;()<>])")


class SyntaxProblem(Exception):
    """The text is no bash; the message says what is wrong, as a phrase. `tree` is what could be read."""

    def __init__(self, message: str, tree: Tree | None = None) -> None:
        super().__init__(message)
        self.tree = tree


@dataclass(frozen=True)
class Tree:
    """A parsed command line. `source` is the text as bytes; nodes give offsets into it."""

    root: Node
    source: bytes

    def text(self, node: Node) -> str:
        """The text of a node as it was written."""
        return self.slice(node.start_byte, node.end_byte)

    def slice(self, start: int, end: int) -> str:
        """The text between two offsets."""
        piece = self.source[start:end]
        try:
            return piece.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:  # cut inside a character
            return piece.decode("utf-8", "replace")


def parse(text: str) -> Tree:
    """The syntax tree of a command line.

    Raises SyntaxProblem for what bash cannot parse, for control characters and for text that is too long.
    """
    if len(text) > MAX_LENGTH:
        raise SyntaxProblem(f"longer than {MAX_LENGTH} characters")
    if "\x00" in text:
        raise SyntaxProblem("contains a NUL character")
    source = text.encode("utf-8", "surrogatepass")
    root = _parse_bytes(_masked(source))
    tree = Tree(root, source)
    if root.has_error:
        raise SyntaxProblem(_complaint(root, tree), tree)
    return tree


def parse_readable(text: str) -> tuple[Tree, bool]:
    """The syntax tree, and whether it is whole: of what bash reads and the parser does not, as much as could be read.

    Raises SyntaxProblem for what bash cannot read either.
    """
    try:
        return parse(text), True
    except SyntaxProblem as problem:
        if problem.tree is None or not bash_accepts(text):
            raise
        return problem.tree, False


def nodes(root: Node, without: str = "") -> Iterator[Node]:
    """Every node of a tree, in the order of the text, but for what is inside of nodes of one type."""
    rest = [root]
    while rest:
        node = rest.pop()
        yield node
        if node.type != without:
            rest += reversed(node.children)


def bash_accepts(text: str) -> bool:
    """Whether a bash on this machine reads the text without complaint; it runs nothing (-n)."""
    import shutil
    import subprocess

    bash = shutil.which("bash")
    if bash is None or not text.strip():
        return False
    try:
        done = subprocess.run(
            [bash, "--norc", "--noprofile", "-n", "-c", text], env={}, timeout=1, capture_output=True, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
    return done.returncode == 0 and not done.stderr


def _masked(source: bytes) -> bytes:
    """The same text, byte for byte as long, in the form that the grammar reads right.

    Non-ASCII bytes become letters: the scanner of tree-sitter-bash 0.25 can crash on characters outside the basic
    plane, and no letter beyond ASCII has a meaning in bash. What the grammar reads wrong becomes something alike: a
    `{` that begins a word is no reserved word, `[` is a command like others, `<>` opens like `>>`, `<<<` like `<`, and
    nothing is said of the coprocess that a group is, or of its time.
    """
    plain = re.sub(rb"[\x80-\xff]", b"x", source)
    plain = _BEFORE_GROUP.sub(lambda match: b" " * len(match[0]), plain)
    plain = _ROOT_IN_TEST.sub(b"x", _TEST.sub(b"x", _BRACE_WORD.sub(b"x", plain)))
    return plain.replace(b"<<<", b"  <").replace(b"<>", b">>").replace(b"\r", b"x")


def _parse_bytes(source: bytes) -> Node:
    deadline = time.monotonic() + _SECONDS

    def chunk(offset: int, _point: object) -> bytes:
        return source[offset : offset + 4096]

    def late(*_progress: Any) -> bool:
        return time.monotonic() > deadline

    try:
        tree = _parser().parse(chunk, progress_callback=late)
    except ValueError:  # stopped by `late`
        raise SyntaxProblem("too intricate to be read in time") from None
    return tree.root_node


def _parser() -> Parser:
    """A parser of its own for each text: two threads that use the same one crash."""
    from tree_sitter import Parser

    return Parser(_language())


@cache
def _language() -> Language:
    import tree_sitter_bash
    from tree_sitter import Language

    return Language(tree_sitter_bash.language())


def _complaint(root: Node, tree: Tree) -> str:
    """Where the first error stands, in words."""
    from shellper.safety.bash.marks import shown

    node = root
    while not (node.is_missing or node.type == "ERROR"):
        broken = [child for child in node.children if child.has_error or child.is_missing]
        if not broken:
            break
        node = broken[0]
    if node.is_missing:
        return f"not valid bash: {node.type} is missing"
    near = shown(tree.slice(node.start_byte, min(node.end_byte, node.start_byte + 40)).strip())
    return f"not valid bash near: {near}" if near else "not valid bash"
