"""Reads what is made of commands: lists, pipes, conditions, functions, groups with redirections; `loops` has the loops.

Both branches of a condition are read. Every function gives what the statement would print.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from shellper.safety import outputs
from shellper.safety.bash import commands, redirections
from shellper.safety.bash.marks import UNKNOWN, literal, shown
from shellper.safety.bash.shapes import multiplies
from shellper.safety.bash.state import State
from shellper.safety.calls import Call, Redirect, Word
from shellper.safety.files.inputs import read_files
from shellper.safety.flows import NOTHING, Data
from shellper.safety.levels import Finding, Level
from shellper.safety.names import names

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.bash.reader import Reader

_RESERVED = frozenset(names("{ } do done then else elif fi esac in ! time"))
_WORDS = frozenset(
    names(
        """
    word number string raw_string ansi_c_string concatenation simple_expansion expansion command_substitution
    command_name variable_name
    """
    )
)
_WITHOUT_FILES = ("", *names("tee sponge echo printf : true test [ [[ touch rm mkdir export"))
"""Programs whose operands name no files that they read."""


def sequence(reader: Reader, node: Node, state: State) -> Data:
    """a && b || c: the right side may not run, so what it assigns is only possible."""
    output = NOTHING
    before = state
    for number, part in enumerate(_parts(node)):
        output = outputs.joined(output, reader.statement(part, state))
        if number == 0:
            before = state.copy()
    state.keep(before)
    return output


def _parts(node: Node) -> Iterator[Node]:
    """The grammar puts `a && b` as one part into `a && b || c`."""
    for child in _without_comments(node):
        if child.type == "list":
            yield from _parts(child)
        else:
            yield child


def _without_comments(node: Node) -> list[Node]:
    """A comment may stand behind an operator, before the line goes on below; it is no part."""
    return [child for child in node.named_children if child.type != "comment"]


def pipeline(reader: Reader, node: Node, state: State) -> Data:
    """a | b: each reads what the one before prints."""
    return _pipeline(reader, node, state, reader.statement)


def _pipeline(reader: Reader, node: Node, state: State, read_last: Callable[[Node, State], Data]) -> Data:
    """The stages one after the other; the last is read in a way of its own."""
    start = len(reader.reading.calls)
    *before, last = _without_comments(node)
    stage = state.copy()
    for child in before:
        printed = reader.statement(child, stage)
        stage = state.copy()
        stage.stdin = replace(printed, piped=True)
    output = read_last(last, stage)
    _clobbered(reader, start)
    return output


def _clobbered(reader: Reader, start: int) -> None:
    """Note the files that the commands since `start`, which run together, both read and redirect into."""
    reading = reader.reading
    calls = [call for n, call in enumerate(reading.calls[start:], start) if n not in reading.substituted]
    read = {(word.text, call.cwd, call.remote) for call in calls for word in (*read_files(call), *_named(call))}
    written = {(word.text, call.cwd, call.remote) for call in calls for word in _written(call)}
    for text in sorted(text for text, _, _ in read & written):
        if UNKNOWN not in text and not text.startswith("/dev/"):
            reason = f"{shown(text)}: emptied before it has been read"
            reading.findings.append(Finding(Level.DESTRUCTIVE, reason))


def _named(call: Call) -> list[Word]:
    """Operands of any other program that look like files: those it reads, mostly."""
    if call.program in _WITHOUT_FILES:
        return []
    return [word for word in call.operands if re.fullmatch(r"[^=:*]*[\w-]\.[A-Za-z]\w{0,5}", word.text)]


def _written(call: Call) -> list[Word]:
    found = [redirect.target for redirect in call.redirects if redirect.writes]
    return found + (call.operands if call.program == "tee" and not call.has("-a", "--append") else [])


def subshell(reader: Reader, node: Node, state: State) -> Data:
    """( … ): what it changes stays inside."""
    return reader.block(node, state.copy())


def branches(reader: Reader, node: Node, state: State) -> Data:
    """if and case: every branch is read; assignments in it are possible, not sure."""
    before, state.branch = state.branch, True
    output = NOTHING
    for child in node.named_children:
        if child.type in ("word", "string", "simple_expansion", "extglob_pattern", "concatenation", "raw_string"):
            reader.substitutions(child, state)
        else:
            output = outputs.joined(output, reader.statement(child, state))
    state.branch = before
    return output


def function(reader: Reader, node: Node, state: State) -> Data:
    """A definition: remembered for its calls, and read once as it stands."""
    name = reader.tree.text(node.child_by_field_name("name") or node)
    body = node.child_by_field_name("body")
    if body is None:
        return NOTHING
    if multiplies(name, body, reader.tree):
        reader.reading.findings.append(Finding(Level.FORBIDDEN, "a function that calls itself endlessly (fork bomb)"))
        state.functions[name] = None
        return NOTHING
    state.functions[name] = None  # no endless reading of one that calls itself
    reader.reading.definitions.add(name)
    inner = state.copy()
    inner.positional = None
    reader.statement(body, inner)
    state.functions[name] = (reader.tree, body)
    return NOTHING


def redirected(reader: Reader, node: Node, state: State) -> Data:
    """A statement with redirections: they belong to the command, or to the whole group."""
    nodes = [child for child in node.children if child.type.endswith("_redirect")]
    return _with_redirects(reader, node.child_by_field_name("body"), nodes, state)


def _with_redirects(reader: Reader, body: Node | None, nodes: list[Node], state: State) -> Data:
    """The grammar puts the redirections of `a && b > c` around the whole list: they are those of the last part."""
    if body is not None and body.type == "list":
        *before, last = _without_comments(body)
        printed = [reader.statement(child, state) for child in before]
        return outputs.joined(*printed, _with_redirects(reader, last, nodes, state))
    if body is not None and body.type == "pipeline":
        return _pipeline(reader, body, state, lambda last, stage: _with_redirects(reader, last, nodes, stage))
    return _with_own_redirects(reader, body, nodes, state)


def _with_own_redirects(reader: Reader, body: Node | None, nodes: list[Node], state: State) -> Data:
    """A command or a group with its redirections, or redirections alone (`> FILE`)."""
    start = len(reader.reading.calls)
    redirects, stdin, piped_to = redirections.redirects_of(reader, nodes, state)
    inner = state
    if stdin is not None:
        inner = state.copy()
        inner.stdin = stdin
    if body is not None and body.type == "command":
        output = commands.command(reader, body, inner, redirects)
    else:
        output = _group(reader, body, redirects, state, inner)
    if stdin is not None:
        state.adopt(inner)
        state.cwd = inner.cwd
        if body is not None and reader.tree.text(body).split() in (["exec"], ["exec", "0"]):
            state.stdin = stdin  # for all that follows
    redirections.into_substitutions(reader, nodes, output, state)
    _clobbered(reader, start)
    return redirections.piped(reader, piped_to, output, state)


def _group(reader: Reader, body: Node | None, redirects: list[Redirect], state: State, inner: State) -> Data:
    """What is no command has none that its redirections belong to: they are a call of their own."""
    if redirects or body is None:
        reader.call(state.call("", (), redirects), state)
    return reader.statement(body, inner) if body is not None else NOTHING


def error(reader: Reader, node: Node, state: State) -> Data:
    """Where the grammar gave up: words in a row are taken for a command."""
    words: list[Node] = []
    for child in [*node.children, None]:
        if child is not None and child.type in _WORDS and reader.tree.text(child) not in _RESERVED:
            words.append(child)
            continue
        if words:
            for outcome in commands.outcomes(reader, words, state):
                if outcome:
                    reader.call(state.call(literal(outcome[0].text), outcome[1:]), state)
        words = []
        if child is not None and child.is_named:
            reader.statement(child, state)
    return NOTHING


def test(reader: Reader, node: Node, state: State) -> Data:
    """[[ … ]]: only the substitutions in it run."""
    reader.substitutions(node, state)
    return NOTHING
