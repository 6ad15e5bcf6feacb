"""How the words of a program are read as the arguments of a tool: its options, their values, and its operands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shellper.tools.words import Token

Values = dict[str, Any]
Reader = Callable[[Sequence[Token]], tuple[str, Values]]
"""Reads what follows a program's name: the tool and its arguments.

Raises UnreadableError, LookupError or ValueError where the words say something else.
"""


class UnreadableError(Exception):
    """The words say something that the tool has no argument for."""


@dataclass(frozen=True)
class Spec:
    """How a program's words are read.

    `flags` are options by letter, with the arguments that they stand for; `values` are options that take a value
    (`-n 5`, `-k2`, `--depth=1`), with the argument that it goes to. Operands go to `operands` in order, further ones
    to `rest`; those in `last` are taken from the end.
    """

    tool: str
    operands: tuple[str, ...] = ()
    rest: str = ""
    last: tuple[str, ...] = ()
    flags: Mapping[str, Values] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    always: Values = field(default_factory=dict)

    def __call__(self, tokens: Sequence[Token]) -> tuple[str, Values]:
        """The tool and its arguments. Raises UnreadableError and LookupError."""
        if any(token.operator for token in tokens):
            raise UnreadableError
        arguments: Values = dict(self.always)
        operands: list[str] = []
        queue = list(tokens)
        while queue:
            value = queue.pop(0).value
            if value.startswith("-") and len(value) > 1:
                arguments |= self._option(value, queue)
            else:
                operands.append(value)
        return self.tool, arguments | self._operands(operands)

    def _option(self, option: str, queue: list[Token]) -> Values:
        for name, argument in self.values.items():
            if option == name:
                return {argument: queue.pop(0).value}
            if option.startswith(name + "=") if name.startswith("--") else option.startswith(name):
                return {argument: option[len(name) :].removeprefix("=" if name.startswith("--") else "")}
        arguments: Values = {}
        for letter in option[1:]:
            arguments |= self.flags[letter]
        return arguments

    def _operands(self, operands: list[str]) -> Values:
        arguments: Values = {}
        for name in reversed(self.last):
            arguments[name] = operands.pop()
        arguments |= dict(zip(self.operands, operands, strict=False))
        further = operands[len(self.operands) :]
        if further:
            if not self.rest:
                raise UnreadableError
            arguments[self.rest] = further
        return arguments


def on(**letters: str) -> dict[str, Values]:
    """Flags that switch an argument on."""
    return {letter.lstrip("_"): {argument: True} for letter, argument in letters.items()}
