"""From the pieces of a word in the syntax tree to the words that a command would get.

Quotes, backslashes, $'…', variables, `~`, braces and substitutions are resolved (`escapes`, `variables`, `expansions`
and `braces` do a part of it); what the text alone does not tell stays marked (see `marks`). A word can have several
possible texts, because a variable can have several values.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Protocol

from shellper.safety.bash import marks
from shellper.safety.bash.braces import clean, fields
from shellper.safety.bash.escapes import decode_escapes, unescape_quoted
from shellper.safety.bash.expansions import CASES, apply_operator
from shellper.safety.bash.marks import BRACKET, CLOSE, COMMA, EMPTY, HOME, OPEN, QUERY, SPLIT, STAR, UNKNOWN, UNSET
from shellper.safety.bash.state import MOST_CHARACTERS, MOST_VALUES, State
from shellper.safety.bash.variables import PATHS, Values, element, values_of
from shellper.safety.calls import Word
from shellper.safety.flows import PRINTED, VARIES, Data

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from shellper.safety.syntax import Tree

_EXPANSIONS = ("simple_expansion", "expansion", "command_substitution", "arithmetic_expansion")
_SPECIAL = {"*": STAR, "?": QUERY, "[": BRACKET, "{": OPEN, ",": COMMA, "}": CLOSE}


class Scripts(Protocol):
    """What the resolver needs of the reader: to read the commands inside a substitution."""

    tree: Tree

    def substitution(self, node: Node, state: State) -> Data:
        """Read the commands in the substitution and give what they would print."""
        ...

    def substitutions(self, node: Node, state: State) -> None:
        """Read the commands in every substitution below a node."""
        ...

    def backticks(self, script: str, state: State) -> Data:
        """The same as `substitution` for a substitution that is there as text."""
        ...


class Resolver:
    """Resolves the words of one script; keeps the taints of what it met in `taints` for the word at hand."""

    def __init__(self, scripts: Scripts, state: State) -> None:
        self._scripts = scripts
        self._tree = scripts.tree
        self._state = state
        self._taints: set[str] = set()
        self._data: Data | None = None

    def words(self, node: Node) -> list[list[Word]]:
        """The argument as a list of possible outcomes, each a list of words (braces and splitting give several)."""
        texts = self._start(node)
        taints = frozenset(self._taints)
        return [[Word(text, taints, self._data) for text in fields(text)] for text in texts]

    def value(self, node: Node) -> tuple[str, ...]:
        """The possible texts of something that is not split: an assigned value, the target of a redirection."""
        return tuple(clean(text) for text in self._start(node))

    @property
    def taints(self) -> frozenset[str]:
        """Where the text of the word resolved last came from."""
        return frozenset(self._taints)

    @property
    def data(self) -> Data | None:
        """What the word resolved last gives to read, if it was a process substitution."""
        return self._data

    def _start(self, node: Node) -> list[str]:
        self._taints, self._data = set(), None
        texts = self._pieces(node, quoted=False)
        return [HOME + text[1:] if text[:1] == "~" and self._tree.text(node)[:1] == "~" else text for text in texts]

    def _pieces(self, node: Node, quoted: bool) -> list[str]:
        kind = node.type
        if kind in ("command_name", "concatenation"):
            return self._sequence(node, quoted)
        if kind in ("string", "translated_string"):
            return self._string(node)
        if kind == "array":
            return [" ".join(texts) for texts in self._product([self._pieces(n, quoted) for n in node.named_children])]
        if kind.endswith(("expansion", "substitution")):
            return self._expanded(node, quoted)
        text = self._tree.text(node)
        if kind == "raw_string":
            return [text[1:-1] or EMPTY]
        return [decode_escapes(text[2:-1]) or EMPTY] if kind == "ansi_c_string" else [self._bare(text)]

    def _expanded(self, node: Node, quoted: bool) -> list[str]:
        kind = node.type
        if kind == "simple_expansion":
            return self._spread(self._variable(self._tree.text(node)[1:]), quoted)
        if kind == "expansion":
            return self._spread(self._expansion(node), quoted)
        if kind == "command_substitution":
            data = self._scripts.substitution(node, self._state)
            self._taints |= data.taints | {PRINTED}
            return self._spread([text.rstrip("\n") for text in data.values], quoted)
        if kind == "process_substitution":
            self._data = self._scripts.substitution(node, self._state)
            self._taints |= self._data.taints
            return ["/dev/fd/63"]
        self._scripts.substitutions(node, self._state)
        self._taints |= {VARIES} if self._state.looped else set()  # a counter, mostly
        return ["1"]  # arithmetic

    def _product(self, parts: list[list[str]]) -> list[tuple[str, ...]]:
        return list(itertools.islice(itertools.product(*parts), MOST_VALUES))

    def _sequence(self, node: Node, quoted: bool) -> list[str]:
        parts: list[list[str]] = []
        position = node.start_byte
        for child in node.children:
            if child.start_byte > position:
                parts.append([self._bare(self._tree.slice(position, child.start_byte))])
            parts.append(self._pieces(child, quoted))
            position = child.end_byte
        return ["".join(texts)[:MOST_CHARACTERS] for texts in self._product(parts)]

    def _string(self, node: Node) -> list[str]:
        """A double-quoted string. The grammar leaves white space out of its children, so gaps are filled by offset."""
        start = node.start_byte + (2 if self._tree.text(node).startswith("$") else 1)
        return [text or EMPTY for text in self._quoted(node, start, node.end_byte - 1, unescape_quoted)]

    def heredoc(self, body: Node) -> list[str]:
        """The text of a here-document whose delimiter is unquoted."""
        return self._quoted(body, body.start_byte, body.end_byte, self._ticked)

    def _quoted(self, node: Node, start: int, end: int, plain: Callable[[str], str]) -> list[str]:
        """The text from a place to another, with the values of its expansions; `plain` reads what is none."""
        parts: list[list[str]] = []
        for child in node.named_children:
            if child.type in _EXPANSIONS:
                parts += [[plain(self._tree.slice(start, child.start_byte))], self._pieces(child, quoted=True)]
                start = child.end_byte
        parts.append([plain(self._tree.slice(start, end))])
        return ["".join(texts)[:MOST_CHARACTERS] for texts in self._product(parts)]

    def _ticked(self, text: str) -> str:
        """Here-document text; the grammar does not see the backticks in it."""
        pieces = re.split(r"(?<!\\)`", text)
        for place in range(1, len(pieces) - 1, 2):
            data = self._scripts.backticks(pieces[place], self._state)
            self._taints |= data.taints
            pieces[place] = data.values[0]
        return re.sub(r"\\([$`\\])", r"\1", "".join(pieces))

    def _bare(self, text: str) -> str:
        """Unquoted text: backslashes quote, globs and braces are marked."""
        result: list[str] = []
        characters = iter(text)
        for character in characters:
            if character == "\\":
                following = next(characters, "\\")
                result.append("" if following == "\n" else following)
            else:
                result.append(_SPECIAL.get(character, character))
        return "".join(result)

    def _spread(self, values: list[str], quoted: bool) -> list[str]:
        """Values of an expansion as they enter the word."""
        if quoted:
            return values
        separators = self._state.variables.get("IFS", ("",))[0]
        extra = {ord(character): SPLIT for character in separators}
        return [marks.activate(value).translate(extra) for value in values]

    def _variable(self, name: str) -> list[str]:
        """The possible values of a variable."""
        return self._noted(values_of(name, self._state))

    def _noted(self, values: Values) -> list[str]:
        self._taints |= values.taints
        return values.texts

    def _expansion(self, node: Node) -> list[str]:
        """${…}: the value, changed by the operator as far as that is simple."""
        children = node.children[1:-1]
        prefix = ""
        if children and children[0].type in ("!", "#") and len(children) > 1:
            prefix, children = children[0].type, children[1:]
        if not children:
            return [UNSET]
        subject, rest = children[0], children[1:]
        name = self._tree.text(subject)
        if prefix == "#":
            self._scripts.substitutions(subject, self._state)
            return ["1"]
        if subject.type == "subscript":
            values = self._elements(subject, prefix == "!")
        else:
            values = self._variable(name)
            if prefix == "!" and self._state.references.get(name):
                values = list(self._state.references[name])  # the name that it stands for
            elif prefix == "!":
                values = [out for value in values for out in self._variable(value)] or [UNSET]
        if not rest:
            return values
        operator = self._tree.text(rest[0])
        if operator == ":" and name in PATHS and name not in self._state.variables:
            values = ["/" + UNKNOWN]
        arguments = [self._argument(part) for part in rest[1:]]
        changed = [(value, new) for value in values for new in apply_operator(value, operator, arguments)]
        # `*.txt` stays the same pattern when its names are changed, but does not stand for the same names
        return [
            new.replace(STAR, STAR + STAR, 1) if new == value and operator in ("/", "//", *CASES) else new
            for value, new in changed[:MOST_VALUES]
        ]

    def _elements(self, subscript: Node, keys: bool) -> list[str]:
        """The possible texts of ${NAME[KEY]}, for `@` all elements at once; with `keys` those of ${!NAME[@]}."""
        self._scripts.substitutions(subscript, self._state)
        name, _, key = self._tree.text(subscript).removesuffix("]").partition("[")
        name, key = self._state.named(name)[0], key.strip("'\"")
        values = element(name, key, self._state, keys)
        if values is not None:
            return self._noted(values)
        texts = self._variable(name)
        return [text.replace(" ", SPLIT) for text in texts] if key == "@" else texts

    def _argument(self, node: Node) -> list[str]:
        return [marks.stored(text) for text in self._pieces(node, quoted=False)]
