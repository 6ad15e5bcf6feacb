"""Code of other languages that removes, overwrites or writes files."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from collections.abc import Callable

from shellper.safety import places
from shellper.safety.calls import Call
from shellper.safety.languages import foreign
from shellper.safety.places import CRITICAL, DEVICE, PROTECTED
from shellper.safety.rules.conditions import CAUTION, CODE_TAKERS, DESTRUCTIVE, FORBIDDEN, Condition, Context, rule

_CODE_TAKERS = " ".join([CODE_TAKERS, *sorted(foreign.COMPILERS)])


def _code_names(paths: Callable[[Call], list[str]], kinds: tuple[str, ...]) -> Condition:
    """Of the paths that code does something to, one is of these kinds, or matters at all."""
    wanted = frozenset(kinds)

    def holds(context: Context) -> bool:
        named = [context.kinds(foreign.path_in_code(path)) for path in paths(context.call)]
        return any(found & wanted if wanted else places.HARMLESS not in found for found in named)

    return Condition(holds)


def _code_removes(*kinds: str) -> Condition:
    return _code_names(foreign.removed_paths, kinds)


def _code_overwrites(*kinds: str) -> Condition:
    return _code_names(foreign.overwritten_paths, kinds)


# fmt: off
RULES = [
    rule(_CODE_TAKERS, _code_removes(*PROTECTED, CRITICAL, DEVICE), FORBIDDEN, "its code removes an important directory"),
    rule(_CODE_TAKERS, _code_overwrites(CRITICAL, DEVICE), FORBIDDEN, "its code overwrites a device, or a file that the system needs"),
    rule(_CODE_TAKERS, _code_overwrites() & ~_code_overwrites(CRITICAL, DEVICE), DESTRUCTIVE, "its code overwrites the system's files"),
    rule(_CODE_TAKERS, Condition(lambda c: foreign.removes_trees(c.call)), DESTRUCTIVE, "its code removes directories with everything in them", takes_trees=True),
    rule(_CODE_TAKERS, _code_removes(), DESTRUCTIVE, "its code removes files"),
    rule(_CODE_TAKERS, Condition(lambda c: foreign.empties_files(c.call)), DESTRUCTIVE, "its code empties files"),
    rule(_CODE_TAKERS, Condition(lambda c: foreign.writes_files(c.call)), CAUTION, "its code writes files"),
]
# fmt: on
