"""Walks the syntax tree as it is written and says what each command, loop, condition and group does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from shellper.safety.bash.commands import pieces
from shellper.safety.calls import Call, Redirect, Word
from shellper.safety.explanation import compounds
from shellper.safety.explanation.effects import effects
from shellper.safety.explanation.meaning import is_unknown, meaning
from shellper.safety.explanation.parts import Part, Position
from shellper.safety.explanation.redirecting import redirects
from shellper.safety.explanation.within import within
from shellper.safety.explanation.written import display, source, words
from shellper.safety.syntax import SyntaxProblem, Tree, parse, parse_readable

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 8
MOST_PARTS = 400
_GIVEN = "its input is what the part before it gives"
_INTO = "its output goes into the command that follows"


def described(text: str) -> Walk:
    """A command line with what there is to say of it. Raises SyntaxProblem when it is no bash."""
    tree, _ = parse_readable(text)
    walk = Walk(tree)
    walk.children(tree.root, Position())
    return walk


class Walk:
    """Goes through one script; `parts` and `effects` collect what it says, `unknown` whom it does not know."""

    def __init__(self, tree: Tree, outer: Walk | None = None) -> None:
        self.tree = tree
        self.parts: list[Part] = outer.parts if outer else []
        self.effects: list[str] = outer.effects if outer else []
        self.unknown: list[str] = outer.unknown if outer else []
        self.defined: set[str] = set(outer.defined) if outer else set()

    def say(self, text: str, said: str, position: Position) -> None:
        """Add a part of its own, with what is to be noted at its position."""
        self.parts.append(Part(text, "; ".join((said, *position.notes))))

    def children(self, node: Node, position: Position) -> None:
        """The statements in a node, one after the other; the notes are for the first."""
        for child in node.named_children:
            after = child.next_sibling
            background = after is not None and after.type == "&"
            if child.type not in ("comment", "heredoc_body"):
                self.statement(child, position.noting("in the background") if background else position)
                position = position.inside()

    def statement(self, node: Node, position: Position) -> None:
        """One statement."""
        if len(self.parts) < MOST_PARTS:
            _STATEMENTS.get(node.type, Walk.children)(self, node, position)

    def command(self, node: Node, position: Position, outer: Sequence[Node] = ()) -> None:
        """A simple command, with the redirections that the grammar puts around it."""
        sets, own, nodes = pieces(self.tree, node)
        self.substitutions(node, position)
        said, files = redirects(self.tree, [*own, *outer])
        assigned = [Part(display(self.tree.text(child)), "sets this variable for the command", 1) for child in sets]
        argv = words(self.tree, nodes)
        if argv:
            self.call(argv, position, [*assigned, *said], files, " ".join(part.text for part in assigned))
        else:
            self.parts += said
            self._affect(Call("", redirects=tuple(files)), position)
        self._behind_heredocs(own, position)

    def call(
        self,
        argv: Sequence[Word],
        position: Position,
        more: Sequence[Part] = (),
        files: Sequence[Redirect] = (),
        before: str = "",
    ) -> None:
        """A command by its words: what it does, what it does to files, and what it runs in turn."""
        call = Call(argv[0].plain, tuple(argv[1:]), tuple(files))
        defined = frozenset(self.defined)
        first, *rest = meaning(argv[0], call, position, defined)
        if is_unknown(call, defined):
            self.unknown.append(source(argv[0]))
        self.parts += [Part(f"{before} {first.text}".lstrip(), first.meaning), *rest, *more]
        self._affect(call, position)
        if call.program == "alias":
            self.defined.update(word.plain.partition("=")[0] for word in call.operands if "=" in word.plain)
        if position.depth < _DEEPEST and call.name not in self.defined:
            self._within(call, position)

    def _within(self, call: Call, position: Position) -> None:
        for inner in within(call):
            there = Position((inner.note,) if inner.note else (), position.where + inner.where, position.depth + 1)
            if inner.words:
                self.call(inner.words, there)
            elif inner.script.strip():
                self.script(inner.script, there)

    def script(self, text: str, position: Position) -> None:
        """Shell text inside a command's arguments; what cannot be read is left unsaid."""
        try:
            tree = parse(text)
        except SyntaxProblem:
            return
        Walk(tree, self).children(tree.root, position)

    def _affect(self, call: Call, position: Position) -> None:
        if call.name not in self.defined:  # what these do is told where they are defined
            self.effects += [position.where + effect for effect in effects(call)]

    def substitutions(self, node: Node, position: Position, note: str = _INTO) -> None:
        """The commands in $( ) and <( ) within the words of a node: they run first."""
        for child in node.children:
            if child.type in ("command_substitution", "process_substitution"):
                to_file = child.type == "process_substitution"
                self.children(child, position.inside("its output is read there like a file" if to_file else note))
            elif not child.type.endswith("_statement") and child.type != "heredoc_redirect":
                self.substitutions(child, position, note)

    def _behind_heredocs(self, nodes: Sequence[Node], position: Position) -> None:
        """What the grammar hangs on here-documents: what stands in their lines, and the pipeline behind."""
        for child in (child for node in nodes if node.type == "heredoc_redirect" for child in node.named_children):
            if child.type == "heredoc_body":
                self.substitutions(child, position, "its output goes into the lines")
            elif child.type not in ("heredoc_start", "heredoc_end", "file_redirect"):
                self.statement(child, position.inside())

    def declaration(self, node: Node, position: Position, outer: Sequence[Node] = ()) -> None:
        """export, declare, local, unset … with their assignments."""
        self.substitutions(node, position, "its output becomes the value")
        said, files = redirects(self.tree, outer)
        texts = [self.tree.text(child) for child in node.children]
        self.call([Word(text, written=text) for text in texts], position, said, files)

    def assignment(self, node: Node, position: Position) -> None:
        """NAME=VALUE."""
        self.substitutions(node, position, "its output becomes the value")
        self.say(display(self.tree.text(node)), "sets a variable", position)

    def redirected(self, node: Node, position: Position) -> None:
        """A statement with redirections: they belong to the last command, or to the whole loop or group."""
        nodes = [child for child in node.children if child.type.endswith("_redirect")]
        self._redirected(node.child_by_field_name("body"), nodes, position)

    def _redirected(self, body: Node | None, nodes: list[Node], position: Position) -> None:
        if body is not None and body.type in ("list", "pipeline"):
            linked = list(_linked(body))
            for part, note in linked:
                there = position.noting(note) if note else position
                self._redirected(part, nodes, there) if part == linked[-1][0] else self.statement(part, there)
                position = position.inside()
            return
        for child in nodes:
            if child.type == "file_redirect":
                self.substitutions(child, position)
        if body is not None and body.type in ("command", "declaration_command", "unset_command"):
            handler = Walk.command if body.type == "command" else Walk.declaration
            handler(self, body, position, nodes)
        else:
            self._group(body, nodes, position)
        self._behind_heredocs(nodes, position)

    def _group(self, body: Node | None, nodes: list[Node], position: Position) -> None:
        said, files = redirects(self.tree, nodes)
        if body is not None:
            self.statement(body, position)
        whole = "for all of it: " if body is not None else ""
        self.parts += [Part(part.text, whole + part.meaning) for part in said]
        self._affect(Call("", redirects=tuple(files)), position)

    def linked(self, node: Node, position: Position) -> None:
        """a && b, a || b, a | b."""
        for number, (part, note) in enumerate(_linked(node)):
            there = (
                position if number == 0 else position.inside(*[n for n in position.notes if n == "in the background"])
            )
            self.statement(part, there.noting(note) if note else there)

    def negated(self, node: Node, position: Position) -> None:
        """! command."""
        self.children(node, position.noting("failing counts as success here"))

    def unread(self, node: Node, position: Position) -> None:
        """Where the grammar gave up."""
        self.say(display(self.tree.text(node)), "cannot be read completely", position)


def _linked(node: Node) -> Iterator[tuple[Node, str]]:
    """The parts of a list or a pipeline, each with what its operator says of it."""
    notes = {
        "&&": "only if what stands before it succeeded", "||": "only if what stands before it failed",
        "|": _GIVEN, "|&": "its input is what the part before it gives, errors too",
    }  # fmt: skip
    note = ""
    for child in node.children:
        if child.is_named and child.type != "comment":
            yield child, note
        else:
            note = notes.get(child.type, "")


_STATEMENTS: dict[str, Callable[[Walk, Node, Position], None]] = {
    "command": Walk.command, "declaration_command": Walk.declaration, "unset_command": Walk.declaration,
    "variable_assignment": Walk.assignment, "redirected_statement": Walk.redirected, "list": Walk.linked,
    "pipeline": Walk.linked, "negated_command": Walk.negated, "compound_statement": compounds.group,
    "subshell": compounds.subshell, "function_definition": compounds.function, "for_statement": compounds.for_loop,
    "c_style_for_statement": compounds.for_loop, "while_statement": compounds.while_loop,
    "if_statement": compounds.condition, "elif_clause": compounds.condition, "else_clause": compounds.condition,
    "case_statement": compounds.case, "test_command": compounds.test, "ERROR": Walk.unread,
}  # fmt: skip
