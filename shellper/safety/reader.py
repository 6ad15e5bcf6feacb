"""Walks the syntax tree in the order in which a shell would run it and collects every simple command.

Commands inside other commands' arguments (`sudo rm`, `sh -c '…'`, `xargs`, `find -exec`) are read too: `wrappers`
says where they stand. The walk is an approximation that errs on the side of danger: both branches of an `if` are
read, a loop's body is read once for every word of its list.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from shellper.safety import builtins, marks, outputs, places, wrappers
from shellper.safety.levels import Finding, Level
from shellper.safety.marks import UNKNOWN, literal, stored
from shellper.safety.names import names
from shellper.safety.shapes import all_named, multiplies
from shellper.safety.state import NETWORK, NOTHING, Call, Data, Redirect, State, Surroundings, Word
from shellper.safety.syntax import SyntaxProblem, Tree, bash_accepts, parse
from shellper.safety.words import Resolver

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_DEPTH = 16
MAX_CALLS = 1500
MAX_NODES = 40_000

_RESERVED = frozenset(names("{ } do done then else elif fi esac in ! time"))
_WORDS = frozenset(
    names(
        """
    word number string raw_string ansi_c_string concatenation simple_expansion expansion command_substitution
    command_name variable_name
    """
    )
)
_COMMAND_VARIABLES = {
    "PROMPT_COMMAND", "PAGER", "GIT_PAGER", "MANPAGER", "EDITOR", "VISUAL", "GIT_EDITOR", "GIT_SSH_COMMAND",
    "GIT_EXTERNAL_DIFF", "BROWSER", "LESSOPEN", "GIT_ASKPASS", "SUDO_ASKPASS",
}  # fmt: skip


UNREADABLE = Finding(Level.DESTRUCTIVE, "cannot be read completely: look at it yourself")
"""For what bash accepts and the grammar does not know."""


class TooMuch(Exception):  # noqa: N818 - a bound that was reached
    """The command is too deep or too large to be followed."""


@dataclass
class Budget:
    """What is left to spend on one command line."""

    calls: int = MAX_CALLS
    nodes: int = MAX_NODES

    def call(self) -> None:
        """Count one command. Raises TooMuch when there were too many."""
        self.calls -= 1
        if self.calls < 0:
            raise TooMuch

    def node(self) -> None:
        """Count one node. Raises TooMuch when there were too many."""
        self.nodes -= 1
        if self.nodes < 0:
            raise TooMuch


@dataclass
class Reading:
    """Every command that was found, in order, and what the structure itself gives away."""

    calls: list[Call] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    definitions: set[str] = field(default_factory=set)
    budget: Budget = field(default_factory=Budget)


def read(text: str, surroundings: Surroundings) -> Reading:
    """All commands of a command line.

    Raises SyntaxProblem when the text is no bash.
    """
    reading = Reading()
    state = State(cwd=str(surroundings.cwd) if surroundings.cwd else None)
    try:
        tree = parse(text)
    except SyntaxProblem as problem:
        if problem.tree is None or not bash_accepts(text):
            raise
        tree = problem.tree
        reading.findings.append(UNREADABLE)
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

    # -- statements ----------------------------------------------------------------------------------------------

    def block(self, node: Node, state: State) -> Data:
        """Read the statements in a node one after the other; gives what they would print."""
        output = NOTHING
        for child in node.children:
            if child.is_named and child.type not in ("comment", "heredoc_body"):
                background = child.next_sibling is not None and child.next_sibling.type == "&"
                printed = self.statement(child, self._in_background(state) if background else state)
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

    def _list(self, node: Node, state: State) -> Data:
        """a && b || c: the right side may not run, so what it assigns is only possible."""
        output = NOTHING
        for child in node.named_children:
            printed = self.statement(child, state)
            output = outputs.joined(output, printed)
        return output

    def _pipeline(self, node: Node, state: State, stdin: Data | None = None) -> Data:
        data = stdin or state.stdin
        first = True
        for child in node.named_children:
            stage = state.copy()
            stage.stdin = data if first and stdin is None else replace(data, piped=True)
            stage.cwd = state.cwd
            data = self.statement(child, stage)
            first = False
        return data

    def _subshell(self, node: Node, state: State) -> Data:
        return self.block(node, state.copy())

    def _branches(self, node: Node, state: State) -> Data:
        """if and case: every branch is read; assignments in it are possible, not sure."""
        before, state.branch = state.branch, True
        output = NOTHING
        for child in node.named_children:
            if child.type in ("word", "string", "simple_expansion", "extglob_pattern", "concatenation", "raw_string"):
                self._resolve_only(child, state)
            else:
                output = outputs.joined(output, self.statement(child, state))
        state.branch = before
        return output

    def _while(self, node: Node, state: State) -> Data:
        inner = state.copy()
        inner.looped = True
        inner.branch = True
        condition = node.child_by_field_name("condition")
        body = node.child_by_field_name("body")
        if condition is not None:
            self.statement(condition, inner)
        if body is None:
            return NOTHING
        if condition is not None and self.tree.text(condition).strip() in ("true", ":", "1", "[ 1 ]"):
            self._endless(body)
        output = self.block(body, inner)
        state.variables.update(inner.variables)
        return output

    def _endless(self, body: Node) -> None:
        """An endless loop that starts processes and never waits for one fills the machine."""
        children = [child.type for child in body.children]
        text = {self.tree.text(node) for node in all_named(body, "command_name")}
        if "&" in children and not text & {"sleep", "wait", "read", "inotifywait"}:
            self.reading.findings.append(Finding(Level.FORBIDDEN, "starts processes without end (fork bomb)"))

    def _c_for(self, node: Node, state: State) -> Data:
        inner = state.copy()
        inner.looped = inner.branch = True
        for child in node.children_by_field_name("initializer"):
            if child.type == "variable_assignment":
                self._assignment(child, inner)
        body = node.child_by_field_name("body")
        if body is not None and node.child_by_field_name("condition") is None:
            self._endless(body)
        return self.block(body, inner) if body is not None else NOTHING

    def _for(self, node: Node, state: State) -> Data:
        name = self.tree.text(node.child_by_field_name("variable") or node)
        words = self._words(node.children_by_field_name("value"), state)
        body = node.child_by_field_name("body")
        if not any(child.type == "in" for child in node.children):
            words = list(state.positional or (Word(UNKNOWN),))
        output = NOTHING
        looped, state.looped = state.looped, True
        for word in words[:12]:
            state.variables[name] = (word.text,)
            state.taints[name] = word.taints
            output = outputs.joined(output, self.block(body, state)) if body is not None else output
        state.looped = looped
        return output

    def _function(self, node: Node, state: State) -> Data:
        """A definition: remembered for its calls, and read once as it stands."""
        name = self.tree.text(node.child_by_field_name("name") or node)
        body = node.child_by_field_name("body")
        if body is None:
            return NOTHING
        if multiplies(name, body, self.tree):
            self.reading.findings.append(Finding(Level.FORBIDDEN, "a function that calls itself endlessly (fork bomb)"))
            state.functions[name] = None
            return NOTHING
        state.functions[name] = None  # no endless reading of one that calls itself
        self.reading.definitions.add(name)
        inner = state.copy()
        inner.positional = None
        self.statement(body, inner)
        state.functions[name] = (self.tree, body)
        return NOTHING

    def _redirected(self, node: Node, state: State) -> Data:
        """A statement with redirections: they belong to the command, or to the whole group."""
        nodes = [child for child in node.children if child.type.endswith("_redirect")]
        return self._with_redirects(node.child_by_field_name("body"), nodes, state)

    def _with_redirects(self, body: Node | None, nodes: list[Node], state: State) -> Data:
        """The grammar puts the redirections of `a && b > c` around the whole list: they are those of the last part."""
        if body is not None and body.type == "list":
            *before, last = body.named_children
            printed = [self.statement(child, state) for child in before]
            return outputs.joined(*printed, self._with_redirects(last, nodes, state))
        if body is not None and body.type == "pipeline":
            *before, last = body.named_children
            data = state.stdin
            for child in before:
                stage = state.copy()
                stage.stdin = data
                data = replace(self.statement(child, stage), piped=True)
            stage = state.copy()
            stage.stdin = data
            return self._with_redirects(last, nodes, stage)
        redirects, stdin, piped_to = self._redirects(nodes, state)
        inner = state
        if stdin is not None:
            inner = state.copy()
            inner.stdin = stdin
        if body is None:
            self._call(Call("", (), tuple(redirects), cwd=state.cwd), state)
            output = NOTHING
        elif body.type == "command":
            output = self._command(body, inner, redirects)
        else:
            if redirects:
                self._call(Call("", (), tuple(redirects), cwd=state.cwd), state)
            output = self.statement(body, inner)
        if stdin is not None:
            state.variables.update(inner.variables)
            state.cwd = inner.cwd
        self._into_substitutions(nodes, output, state)
        for pipeline in piped_to:
            # the grammar hangs what follows `cmd <<EOF |` under the here-document
            target = state.copy()
            output = self._pipeline(pipeline, target, replace(output, piped=True))
        return output

    def _error(self, node: Node, state: State) -> Data:
        """Where the grammar gave up: words in a row are taken for a command."""
        words: list[Node] = []
        for child in [*node.children, None]:
            if child is not None and child.type in _WORDS and self.tree.text(child) not in _RESERVED:
                words.append(child)
                continue
            if words:
                for outcome in self._outcomes(words, state):
                    if outcome:
                        self._call(Call(literal(outcome[0].text), tuple(outcome[1:]), cwd=state.cwd), state)
            words = []
            if child is not None and child.is_named:
                self.statement(child, state)
        return NOTHING

    def _test(self, node: Node, state: State) -> Data:
        self._resolve_only(node, state)
        return NOTHING

    def _resolve_only(self, node: Node, state: State) -> None:
        """Nothing but the substitutions inside it runs."""
        if node.type == "command_substitution":
            self.substitution(node, state)
            return
        for child in node.children:
            self._resolve_only(child, state)

    # -- assignments ---------------------------------------------------------------------------------------------

    def _assignment(self, node: Node, state: State) -> Data:
        name_node = node.child_by_field_name("name")
        value_node = node.child_by_field_name("value")
        name = self.tree.text(name_node).partition("[")[0] if name_node is not None else ""
        if value_node is None:
            state.assign(name, ("",))
            return NOTHING
        resolver = Resolver(self, state)
        values = tuple(stored(value) for value in resolver.value(value_node))
        values = tuple(
            marks.HOME + v[1:] if v[:1] == "~" and self.tree.text(value_node)[:1] == "~" else v for v in values
        )
        if self.tree.slice(node.start_byte, value_node.start_byte).endswith("+="):
            old = state.variables.get(name, ("",))
            joint = " " if value_node.type == "array" else ""
            values = tuple(before + joint + value for before, value in itertools.product(old, values))
        state.assign(name, values, resolver.taints)
        if name in _COMMAND_VARIABLES:
            for value in values[:4]:
                self.script(value, state.copy())
        return NOTHING

    def _declaration(self, node: Node, state: State) -> Data:
        for child in node.named_children:
            if child.type == "variable_assignment":
                self._assignment(child, state)
            else:
                self._resolve_only(child, state)
        first = node.children[0]
        words = [Word(self.tree.text(child)) for child in node.children[1:]]
        self._emit(Call(self.tree.text(first), tuple(words), cwd=state.cwd, stdin=state.stdin))
        return NOTHING

    # -- simple commands -----------------------------------------------------------------------------------------

    def _words(self, nodes: Iterable[Node], state: State) -> list[Word]:
        """The words of several argument nodes; of alternatives every one is kept."""
        words: dict[Word, None] = {}
        for node in nodes:
            for outcome in Resolver(self, state).words(node):
                words.update(dict.fromkeys(outcome))
        return list(words)

    def _command(self, node: Node, state: State, redirects: Sequence[Redirect] = ()) -> Data:
        """A simple command: once for every outcome of its words."""
        scope = state
        prefixed: set[str] = set()
        argument_nodes: list[Node] = []
        redirect_nodes: list[Node] = []
        for child in node.children:
            if child.type == "variable_assignment":
                scope = scope.copy() if scope is state else scope
                self._assignment(child, scope)
                prefixed.add(self.tree.text(child).partition("=")[0].rstrip("+"))
            elif child.type.endswith("_redirect"):
                redirect_nodes.append(child)
            elif child.type != "comment":
                argument_nodes.append(child)
        own, stdin, piped_to = self._redirects(redirect_nodes, scope)
        data = stdin if stdin is not None else state.stdin
        printed: list[Data] = []
        for words in self._outcomes(argument_nodes, scope):
            if not words:
                continue
            call = Call(
                literal(words[0].text) if not marks.has_glob(words[0].text) else words[0].text,
                tuple(words[1:]), (*redirects, *own), data, state.cwd, state.looped, state.background,
                words[0].taints, state.wrapped, state.remote, frozenset(state.downloads),
            )  # fmt: skip
            printed.append(self._call(call, scope))
        if scope is not state:  # `A=1 cmd`: what cmd sets stays, A does not
            state.cwd = scope.cwd
            state.variables.update({k: v for k, v in scope.variables.items() if k not in prefixed})
        output = outputs.either(printed) if printed else NOTHING
        if not argument_nodes and (own or redirects):
            self._call(Call("", (), (*redirects, *own), data, state.cwd), state)
        for pipeline in piped_to:
            output = self._pipeline(pipeline, state.copy(), replace(output, piped=True))
        self._into_substitutions(redirect_nodes, output, state)
        return output

    def _into_substitutions(self, redirects: Sequence[Node], output: Data, state: State) -> None:
        """`cmd > >(other)`: the other command reads what this one prints."""
        for node in redirects:
            target = node.child_by_field_name("destination")
            if target is not None and target.type == "process_substitution" and self.tree.text(target)[0] == ">":
                inner = state.copy()
                inner.stdin = replace(output, piped=True)
                self.substitution(target, inner)

    def _outcomes(self, nodes: list[Node], state: State) -> list[list[Word]]:
        """Word lists for the whole command, from the outcomes of its single arguments."""
        parts = []
        dollar_quote = False
        for node in nodes:
            if node.type == "$":  # $"…" comes as two nodes
                dollar_quote = True
                continue
            parts.append(Resolver(self, state).words(node) or [[]])
            dollar_quote = False
        if dollar_quote:
            parts.append([[Word("$")]])
        lists = itertools.islice(itertools.product(*parts), 24)
        return [list(itertools.chain.from_iterable(outcome)) for outcome in lists]

    def _redirects(self, nodes: Sequence[Node], state: State) -> tuple[list[Redirect], Data | None, list[Node]]:
        """Redirections to files, what standard input becomes, and pipelines that hang on a here-document."""
        found: list[Redirect] = []
        stdin: Data | None = None
        piped_to: list[Node] = []
        for node in nodes:
            resolver = Resolver(self, state)
            if self.tree.slice(node.start_byte - 2, node.start_byte) == "<<":  # see syntax: `<<<` is read as `<`
                text = resolver.value(node.named_children[-1])
                stdin = Data(tuple(stored(t) for t in text), resolver.taints)
            elif node.type == "heredoc_redirect":
                stdin = self._heredoc(node, state)
                piped_to += [child for child in node.named_children if child.type == "pipeline"]
                others = [child for child in node.named_children if child.type == "file_redirect"]
                found += self._redirects(others, state)[0]
            else:
                target = node.child_by_field_name("destination")
                operator = next((self.tree.text(c) for c in node.children if not c.is_named), ">")
                if target is None or (operator in (">&", "<&") and self.tree.text(target).rstrip("-").isdigit()):
                    continue
                for value in resolver.value(target)[:4]:
                    found.append(Redirect(operator, Word(value, resolver.taints, resolver.data)))
                if operator == "<":
                    stdin = resolver.data or outputs.file_data(found[-1].target, state) if found else None
        return found, stdin, piped_to

    def _heredoc(self, node: Node, state: State) -> Data:
        start = next((self.tree.text(c) for c in node.children if c.type == "heredoc_start"), "")
        body = next((c for c in node.children if c.type == "heredoc_body"), None)
        # anything else on the line of the delimiter, as in `cat <<A && rm x`
        for child in node.named_children:
            if child.type not in ("heredoc_start", "heredoc_body", "heredoc_end", "pipeline", "file_redirect"):
                self.statement(child, state)
        if body is None:
            return Data(("",))
        if any(quote in start for quote in "'\"\\"):
            return Data((self.tree.text(body),))
        resolver = Resolver(self, state)
        return Data(tuple(resolver.heredoc(body)), resolver.taints)

    # -- the commands themselves ---------------------------------------------------------------------------------

    def _emit(self, call: Call) -> None:
        self.reading.budget.call()
        self.reading.calls.append(call)

    def _call(self, call: Call, state: State) -> Data:
        """One simple command: note it, follow what it runs in turn, apply what it does to the shell."""
        if call.name in state.aliases and call.name not in _names_in(state.aliases[call.name]):
            words = " ".join([state.aliases[call.name], *(_quote(word) for word in call.args)])
            return self.script(words, state)
        if call.name in state.functions:
            return self._function_call(call, state)
        if marks.has_glob(call.name):
            return self._globbed_program(call, state)
        call = _with_contents(call, state)
        self._emit(call)
        builtins.apply(self, call, state)
        if call.name in state.files:
            return self.script(state.files[call.name].values[0], state.copy())
        printed = [self._inner(inner, call, state) for inner in wrappers.inner_commands(call, self.surroundings)]
        if printed:
            output = outputs.joined(*printed)
            output = replace(output, taints=output.taints | call.stdin.taints)
        else:
            output = outputs.output(call, self.surroundings)
        self._remember_files(call, output, state)
        return output

    def _globbed_program(self, call: Call, state: State) -> Data:
        """/bin/r?: every known program that the pattern fits."""
        from shellper.safety.rules import known_programs

        names = places.matching_names(call.name, known_programs())
        output = NOTHING
        for name in names[:40] or ["…"]:
            output = outputs.joined(output, self._call(replace(call, name=name), state))
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
            self._emit(Call("", (), call.redirects, cwd=call.cwd))
        return Reader(tree, self.reading, self.surroundings, self.depth + 1).statement(body, inner)

    def _inner(self, inner: wrappers.Inner, call: Call, state: State) -> Data:
        """A command or script inside the arguments of another command."""
        scope = state if inner.same_shell else state.copy()
        scope.stdin = inner.stdin if inner.stdin is not None else call.stdin
        scope.wrapped = scope.wrapped or not inner.same_shell
        scope.looped = scope.looped or inner.looped
        scope.background = scope.background or inner.background
        if inner.remote:
            scope.cwd, scope.remote = None, True
        if inner.cwd is not None:
            scope.cwd = inner.cwd
        if inner.assignments:
            for name, value in inner.assignments:
                scope.assign(name, (stored(value),))
        if inner.words is not None:
            first, rest = inner.words[0], inner.words[1:]
            argv = Call(
                literal(first.text), tuple(rest), (), scope.stdin, scope.cwd, scope.looped, scope.background,
                first.taints, True, scope.remote, frozenset(scope.downloads),
            )  # fmt: skip
            scope.aliases, scope.functions = {}, {}
            if self.depth + 1 > MAX_DEPTH:
                raise TooMuch
            return Reader(self.tree, self.reading, self.surroundings, self.depth + 1)._call(argv, scope)
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
                return outputs.file_data(Word(Resolver(self, inner).value(target)[0]), inner)
        if self.depth > MAX_DEPTH:
            raise TooMuch
        self.depth += 1
        try:
            return self.block(node, inner)
        finally:
            self.depth -= 1

    def backticks(self, script: str, state: State) -> Data:
        """Read a substitution that is there as text."""
        return self.script(script, state.copy())

    def _remember_files(self, call: Call, output: Data, state: State) -> None:
        """What a command writes may be run by a later one."""
        targets = [redirect.target for redirect in call.redirects if redirect.writes or redirect.appends]
        targets += call.operands if call.program in ("tee", "sponge") else []
        for word in targets:
            if NETWORK in output.taints:
                state.downloads.add(word.plain)
            if output.texts and not word.plain.startswith("/dev/"):
                state.files[word.plain] = output
                state.files["./" + word.plain] = output
        state.downloads.update(outputs.downloaded_files(call))


def _with_contents(call: Call, state: State) -> Call:
    """The call with what is known of the files that it names."""
    if not any(word.plain in state.files for word in call.args):
        return call
    return replace(call, args=tuple(replace(w, data=w.data or state.files.get(w.plain)) for w in call.args))


def _names_in(text: str) -> list[str]:
    return text.split()[:1]


def _quote(word: Word) -> str:
    import shlex

    return shlex.quote(word.plain) if not marks.has_glob(word.text) else word.plain


_STATEMENTS: dict[str, Callable[[Reader, Node, State], Data]] = {
    "command": Reader._command,
    "pipeline": Reader._pipeline,
    "list": Reader._list,
    "subshell": Reader._subshell,
    "if_statement": Reader._branches,
    "elif_clause": Reader._branches,
    "else_clause": Reader._branches,
    "case_statement": Reader._branches,
    "case_item": Reader._branches,
    "while_statement": Reader._while,
    "for_statement": Reader._for,
    "c_style_for_statement": Reader._c_for,
    "function_definition": Reader._function,
    "redirected_statement": Reader._redirected,
    "ERROR": Reader._error,
    "test_command": Reader._test,
    "variable_assignment": Reader._assignment,
    "declaration_command": Reader._declaration,
}
