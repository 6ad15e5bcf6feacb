"""Walks the syntax tree in the order in which a shell would run it and collects every simple command.

`statements`, `loops`, `commands` and `redirections` read the kinds of nodes. Commands inside other commands' arguments
(`sudo rm`, `sh -c '…'`, `xargs`, `find -exec`) are read too: `wrappers` says where they stand. The walk is an
approximation that errs on the side of danger.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from shellper.safety import globs, outputs, places
from shellper.safety.bash import builtins, commands, loops, marks, redirections, statements
from shellper.safety.bash.marks import literal, stored
from shellper.safety.bash.reading import MAX_DEPTH, UNREADABLE, Reading, TooMuch
from shellper.safety.bash.state import State, Surroundings
from shellper.safety.bash.words import Resolver
from shellper.safety.calls import Call, Word
from shellper.safety.files.remembering import remember
from shellper.safety.flows import NETWORK, NOTHING, Data
from shellper.safety.implied import run_variable
from shellper.safety.levels import Finding, Level
from shellper.safety.parameters import empty_parameters
from shellper.safety.sources import FETCHERS
from shellper.safety.syntax import SyntaxProblem, Tree, parse, parse_readable
from shellper.safety.wrappers import inner_commands
from shellper.safety.wrappers.inner import Inner

if TYPE_CHECKING:
    from tree_sitter import Node


def read(text: str, surroundings: Surroundings) -> Reading:
    """All commands of a command line.

    Raises SyntaxProblem when the text is no bash.
    """
    reading = Reading()
    state = State(cwd=str(surroundings.cwd) if surroundings.cwd else None)
    tree, whole = parse_readable(text)
    if not whole:
        reading.findings.append(UNREADABLE)
    reading.findings += (Finding(Level.CAUTION, said) for said in empty_parameters(tree))
    try:
        Reader(tree, reading, surroundings, depth=0).block(tree.root, state)
    except (TooMuch, RecursionError):
        reading.findings.append(Finding(Level.FORBIDDEN, "too deeply nested to be checked"))
    return reading


class Reader:
    """Reads one script (the command line, or a script inside it)."""

    def __init__(self, tree: Tree, reading: Reading, surroundings: Surroundings, depth: int) -> None:
        self.tree = tree
        self.reading = reading
        self.surroundings = surroundings
        self.depth = depth
        if depth > MAX_DEPTH:
            raise TooMuch

    def block(self, node: Node, state: State) -> Data:
        """Read the statements in a node one after the other; gives what they would print."""
        output = NOTHING
        for child in node.children:
            if child.is_named and child.type not in ("comment", "heredoc_body"):
                background = child.next_sibling is not None and child.next_sibling.type == "&"
                printed = self.statement(child, self._in_background(state) if background else state)
                if (name := redirections.coprocess_name(self.tree, child)) is not None:
                    redirections.coprocess(name, printed, state)
                output = outputs.joined(output, printed)
        return output

    def statement(self, node: Node, state: State) -> Data:
        """Read one statement; gives what it would print."""
        self.reading.budget.node()
        handler = _STATEMENTS.get(node.type)
        if handler is not None:
            return handler(self, node, state)
        return self.block(node, state) if node.is_named else NOTHING

    def _in_background(self, state: State) -> State:
        other = state.copy()
        other.background = True
        return other

    def emit(self, call: Call) -> None:
        """Note a simple command. Raises TooMuch."""
        self.reading.budget.call()
        self.reading.calls.append(call)

    def call(self, call: Call, state: State) -> Data:
        """One simple command: note it, follow what it runs in turn, apply what it does to the shell."""
        if call.name in state.aliases and call.name not in state.aliases[call.name].split()[:1]:
            words = " ".join([state.aliases[call.name], *(_quote(word) for word in call.args)])
            return self.script(words, state)
        if call.name in state.functions:
            return self._function_call(call, state)
        if marks.has_glob(call.name):
            return self._globbed_program(call, state)
        call = _with_contents(call, state)
        self.emit(call)
        last = call.args[-1] if call.args else Word(call.name)
        state.variables["_"], state.taints["_"] = (last.text,), last.taints
        builtins.apply(self, call, state)
        if call.script is not None:
            return self._written_script(call, call.script.values[0], state)
        printed = [self._inner(inner, call, state) for inner in inner_commands(call)]
        if printed:
            output = outputs.joined(*printed)
            fetched = {NETWORK} if call.program in FETCHERS else set()
            output = replace(output, taints=output.taints | call.stdin.taints | fetched)
        else:
            output = outputs.output(call, self.surroundings)
        if call.program == "coproc":
            redirections.coprocess("COPROC", output, state)
        remember(self, call, output, state)
        return output

    def _globbed_program(self, call: Call, state: State) -> Data:
        """/bin/r?: every known program that the pattern fits."""
        from shellper.safety.rules import known_programs

        names = globs.matching_names(call.name, known_programs())
        output = NOTHING
        for name in names[:40] or ["…"]:
            output = outputs.joined(output, self.call(replace(call, name=name), state))
        return output

    def _function_call(self, call: Call, state: State) -> Data:
        known = state.functions[call.name]
        if known is None:
            if call.background:
                self.reading.findings.append(
                    Finding(Level.FORBIDDEN, "functions that call each other endlessly (fork bomb)")
                )
            return NOTHING
        tree, body = known
        inner = state.copy()
        inner.positional = call.args
        inner.stdin = call.stdin
        inner.functions[call.name] = None
        inner.background = False
        if call.redirects:
            self.emit(state.call("", (), call.redirects))
        return Reader(tree, self.reading, self.surroundings, self.depth + 1).statement(body, inner)

    def _written_script(self, call: Call, text: str, state: State) -> Data:
        """A script that an earlier command wrote, run by its path."""
        if text == state.running:
            if call.background:
                self.reading.findings.append(Finding(Level.FORBIDDEN, "a script that starts itself over and over"))
            return NOTHING
        inner = state.copy()
        inner.positional = call.args
        inner.variables["0"], inner.running = (call.name,), text
        return self.script(text, inner)

    def _inner(self, inner: Inner, call: Call, state: State) -> Data:
        """A command or script inside the arguments of another command."""
        scope = state if inner.same_shell else state.copy()
        scope.stdin = inner.stdin if inner.stdin is not None else call.stdin
        scope.wrapped = scope.wrapped or not inner.same_shell
        scope.looped = scope.looped or inner.looped
        scope.background = scope.background or inner.background
        if inner.remote:
            scope.cwd, scope.remote = None, True
        if inner.cwd is not None:
            scope.cwd = places.resolve(inner.cwd, scope.cwd, self.surroundings.home)
        for name, value in inner.assignments:
            scope.assign(name, (stored(value),))
            run_variable(self, name, [Word(stored(value))], scope)
        if inner.words is not None:
            first, rest = inner.words[0], inner.words[1:]
            argv = replace(scope.call(literal(first.text), rest), taints=first.taints, wrapped=True)
            scope.aliases, scope.functions = {}, {}
            if self.depth + 1 > MAX_DEPTH:
                raise TooMuch
            return Reader(self.tree, self.reading, self.surroundings, self.depth + 1).call(argv, scope)
        if inner.positional is not None:
            scope.positional = inner.positional
        return self.script(inner.script, scope, inner.guess)

    def script(self, text: str, state: State, guess: bool = False) -> Data:
        """Read shell text that stands inside the command line, in this state."""
        source = stored(text)
        if not marks.certain(source) and not source.strip(marks.UNKNOWN + marks.UNSET + " \n"):
            self.reading.findings.append(Finding(Level.CAUTION, "runs commands that are known only when it runs"))
            return NOTHING
        try:
            tree = parse(source)
        except SyntaxProblem as problem:
            self.reading.findings.append(
                Finding(Level.CAUTION, "contains text that is no command") if guess else UNREADABLE
            )
            if problem.tree is None:
                return NOTHING
            tree = problem.tree
        return Reader(tree, self.reading, self.surroundings, self.depth + 1).block(tree.root, state)

    def substitution(self, node: Node, state: State) -> Data:
        """Read $( ), backticks or <( ); gives what they would print."""
        inner = state.copy()
        inner.looped = inner.background = False
        if self.tree.text(node).startswith("`"):
            text = self.tree.text(node)[1:-1]
            if "\\" in text:
                return self.script(text.replace("\\`", "`").replace("\\\\", "\\").replace("\\$", "$"), inner)
        if self.tree.text(node).startswith("$(<"):
            redirect = next((child for child in node.named_children if child.type == "file_redirect"), None)
            target = redirect.child_by_field_name("destination") if redirect is not None else None
            if target is not None:
                return outputs.file_data(Word(Resolver(self, inner).value(target)[0]), inner, self.surroundings)
        if self.depth > MAX_DEPTH:
            raise TooMuch
        self.depth += 1
        start = len(self.reading.calls)
        try:
            return self.block(node, inner)
        finally:
            self.depth -= 1
            self.reading.substituted.update(range(start, len(self.reading.calls)))

    def substitutions(self, node: Node, state: State) -> None:
        """Read the substitutions in a node of which nothing else runs, such as a test."""
        if node.type == "command_substitution":
            self.substitution(node, state)
            return
        for child in node.children:
            self.substitutions(child, state)

    def backticks(self, script: str, state: State) -> Data:
        """Read a substitution that is there as text."""
        return self.script(script, state.copy())


_READ_UNNAMED = {"make": ("Makefile", "makefile")}
"""Files that programs read without being told to."""


def _with_contents(call: Call, state: State) -> Call:
    """The call with what is known of the file that it is and of those that it names."""
    call = replace(call, script=state.files.get(call.name))
    made = [file for file in _READ_UNNAMED.get(call.program, ()) if file in state.files]
    if made and not call.has("-f", "--file"):
        call = replace(call, args=(*call.args, Word(f"--file={made[0]}", data=state.files[made[0]])))
    if not state.descriptors and not any(word.plain in state.files for word in call.args):
        return call
    words = [_open_file(word, state) for word in call.args]
    return replace(call, args=tuple(replace(w, data=w.data or state.files.get(w.plain)) for w in words))


def _open_file(word: Word, state: State) -> Word:
    """The word; of one that names what is open (`/dev/fd/3`) it is known where that comes from."""
    number = re.fullmatch(r"/(?:dev|proc/self)/fd/(\d+)", word.plain)
    if number is None or word.data is not None or number[1] not in state.descriptors:
        return word
    data = state.descriptors[number[1]].data
    return replace(word, data=data, taints=word.taints | data.taints)


def _quote(word: Word) -> str:
    import shlex

    return shlex.quote(word.plain) if not marks.has_glob(word.text) else word.plain


_STATEMENTS: dict[str, Callable[[Reader, Node, State], Data]] = {
    "command": commands.command,
    "pipeline": statements.pipeline,
    "list": statements.sequence,
    "subshell": statements.subshell,
    "if_statement": statements.branches,
    "elif_clause": statements.branches,
    "else_clause": statements.branches,
    "case_statement": statements.branches,
    "case_item": statements.branches,
    "while_statement": loops.while_loop,
    "for_statement": loops.for_loop,
    "c_style_for_statement": loops.c_for_loop,
    "function_definition": statements.function,
    "redirected_statement": statements.redirected,
    "ERROR": statements.error,
    "test_command": statements.test,
    "variable_assignment": commands.assignment,
    "declaration_command": commands.declaration,
}
