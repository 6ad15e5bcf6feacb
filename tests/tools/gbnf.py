"""A reader of GBNF grammars: whether a grammar accepts a text. Enough of the language for ours, no left recursion."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

Ends = frozenset[int]
Matcher = Callable[[str, int], Ends]

_TOKEN = re.compile(r"""\s*("(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|::=|[|()*+?]|[a-z-]+)""")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|(.))")


@dataclass
class Grammar:
    """The rules by name."""

    source: str
    rules: dict[str, Matcher] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in self.source.strip().splitlines():
            name, body = line.split(" ::= ", 1)
            self._tokens = _TOKEN.findall(body)
            self.rules[name] = self._alternatives()
            assert not self._tokens

    def accepts(self, text: str) -> bool:
        """Whether the whole text is of the grammar."""
        return len(text) in self.rules["root"](text, 0)

    def _alternatives(self) -> Matcher:
        choices = [self._sequence()]
        while self._tokens and self._tokens[0] == "|":
            self._tokens.pop(0)
            choices.append(self._sequence())
        return lambda text, at: frozenset().union(*(choice(text, at) for choice in choices))

    def _sequence(self) -> Matcher:
        items: list[Matcher] = []
        while self._tokens and self._tokens[0] not in "|)":
            items.append(self._repeated(self._item()))

        def match(text: str, at: int) -> Ends:
            ends = frozenset((at,))
            for item in items:
                ends = frozenset().union(*(item(text, end) for end in ends))
            return ends

        return match

    def _item(self) -> Matcher:
        token = self._tokens.pop(0)
        if token == "(":
            inner = self._alternatives()
            assert self._tokens.pop(0) == ")"
            return inner
        if token.startswith('"'):
            return _literal(_plain(token[1:-1]))
        if token.startswith("["):
            return _characters(token[1:-1])
        return lambda text, at: self.rules[token](text, at)  # noqa: PLW0108  # the rule may come later

    def _repeated(self, item: Matcher) -> Matcher:
        sign = self._tokens.pop(0) if self._tokens and self._tokens[0] in ("*", "+", "?") else ""
        if not sign:
            return item

        def match(text: str, at: int) -> Ends:
            reached = frozenset((at,))
            fresh, first = reached, item(text, at)
            while fresh:
                fresh = frozenset().union(*(item(text, end) for end in fresh)) - reached
                reached |= fresh
                if sign == "?":
                    return first | {at}
            return reached if sign == "*" or at in first else reached - {at}

        return match


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else m[3], text)


def _literal(text: str) -> Matcher:
    return lambda given, at: frozenset((at + len(text),)) if given.startswith(text, at) else frozenset()


def _characters(body: str) -> Matcher:
    negated = body.startswith("^")
    items = re.findall(r"(\\x..|\\u....|\\.|.)(?:-(\\x..|\\u....|\\.|[^\]]))?", body[negated:], re.DOTALL)
    ranges = [(_plain(low), _plain(high or low)) for low, high in items]

    def match(text: str, at: int) -> Ends:
        if at >= len(text):
            return frozenset()
        found = any(low <= text[at] <= high for low, high in ranges)
        return frozenset((at + 1,)) if found != negated else frozenset()

    return match
