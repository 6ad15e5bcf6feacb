"""One command in words: the program, its options and its operands, as the table of everyday programs has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shellper.safety.calls import Call, Word
from shellper.safety.explanation.conditions import conditions
from shellper.safety.explanation.find import find_parts
from shellper.safety.explanation.parts import UNKNOWN_OPTION, Part, Position
from shellper.safety.explanation.written import display, source
from shellper.safety.interpreters import CODE_OPTIONS, SHELLS
from shellper.safety.names import names
from shellper.safety.programs import Program, programs

_TESTS = ("test", "[", "[[")
_FIRST_GIVEN = {
    "grep": names("-e -f --regexp --file"), "rg": names("-e -f --regexp --file"),
    "sed": names("-e -f --expression --file"), "awk": names("-f --file"), "jq": names("-f --from-file"),
    "cp": names("-t --target-directory"), "mv": names("-t --target-directory"),
    **CODE_OPTIONS, "python": names("-c -m"),
}  # fmt: skip
"""Options that give what would else be the first operand (or, for cp and mv, the last)."""


def meaning(name: Word, call: Call, position: Position, defined: frozenset[str] = frozenset()) -> list[Part]:
    """What a command does, its options and its operands; `defined` are the functions and aliases of the same line."""
    header = " ".join(source(word) for word in (name, *call.args))
    if call.program in _TESTS:
        summary = programs()["test"].summary
        return [Part(header, "; ".join((summary, *position.notes))), *conditions(call.args, call.program == "[[")]
    entry, operands = (None, call.operands) if call.name in defined else _look_up(call)
    parts = [Part(header, "; ".join((_summary(name, call, entry, defined), *position.notes)))]
    if call.program == "find":
        return parts + find_parts(call)
    known = {**_general(call, entry), **(entry.options if entry else {})}
    parts += [Part(text, known_as, 1) for text, known_as in _options(call, known)]
    parts += [Part(source(word), known["+"], 1) for word in operands if "+" in known and word.plain[:1] == "+"]
    operands = [word for word in operands if not ("+" in known and word.plain[:1] == "+")]
    if operands:
        text = " ".join(map(source, operands))
        parts.append(Part(text, _operands(call, entry, len(operands)), 1))
    return parts


def _summary(name: Word, call: Call, entry: Program | None, defined: frozenset[str]) -> str:
    if call.name in defined:
        return f"runs what {source(name)} stands for in this line"
    if entry is not None:
        return entry.summary
    if not is_unknown(call, defined):
        return f"runs the program that {source(name)} stands for"
    return f"runs {source(name)}, which shellper does not know"


def is_unknown(call: Call, defined: frozenset[str]) -> bool:
    """Whether the call names a program that is neither in the table nor defined in the same line."""
    named = call.name not in defined and call.program not in _TESTS and not re.search("[$`]", call.name)
    return named and _look_up(call)[0] is None


def _look_up(call: Call) -> tuple[Program | None, list[Word]]:
    """The table's entry, for `git commit` the one of the subcommand, and the operands that are left."""
    table = programs()
    plain = [word.plain for word in call.operands[:2]]
    for count in range(len(plain), 0, -1):
        if (name := " ".join([call.program, *plain[:count]])) in table:
            return table[name], call.operands[count:]
    return table.get(call.program), call.operands


def _general(call: Call, entry: Program | None) -> dict[str, str]:
    """The options of `git` where the entry is that of `git commit`."""
    general = programs().get(call.program)
    return general.options if entry is not None and general is not None else {}


def _options(call: Call, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(text, meaning) of every option; `-rf` is -r and -f where the table knows both, else one that is not known."""
    rest = [(option, value) for option, value in call.in_order if option]
    while rest:
        option, value = rest.pop(0)
        if len(option) == 2 or option.startswith("--"):
            yield _text(option, value, call), _known(option, known)
            continue
        letters = [rest.pop(0) for _ in range(_letters(option, rest))]
        if option in known or not letters or not all(letter in known for letter, _ in letters):
            last = letters[-1][1] if letters else value
            yield _text(option, last if last in call.args else None, call), _known(option, known)
        else:
            yield from ((_text(letter, given, call), known[letter]) for letter, given in letters)


def _letters(option: str, rest: list[tuple[str, Word | None]]) -> int:
    """How many of the options that follow are the letters of a bundle."""
    count = 0
    while count < len(rest) and count + 1 < len(option) and rest[count][0] == f"-{option[count + 1]}":
        count += 1
        if rest[count - 1][1] is not None:  # the rest of the bundle is its value
            break
    return count


def _text(option: str, value: Word | None, call: Call) -> str:
    """The option as it is written, with its value behind it or glued to it."""
    if value is None:
        return display(option)
    glued = "=" if option.startswith("--") else ""
    between = " " if any(value is word for word in call.args) else glued
    return display(option) + between + source(value)


def _known(option: str, known: dict[str, str]) -> str:
    if option == "--help":
        return "shows how it is used"
    many = known.get("-n", "")
    if re.fullmatch(r"-\d+", option) and option not in known and many.startswith("this many "):
        said = many.partition(" (")[0].replace("this many", option[1:])  # head -5
        return said.removesuffix("s") if option == "-1" else said
    if option not in known and not option.startswith("--") and option[:2] in known and not option[2:3].isalpha():
        return f"{known[option[:2]]}: {option[2:]}"  # sed -i.bak
    return known.get(option, UNKNOWN_OPTION)


def _operands(call: Call, entry: Program | None, count: int) -> str:
    said = entry.operands if entry is not None else ""
    if call.program in SHELLS and call.has("-c"):
        said = "the text, then what it is given"
    first, then, others = said.partition(", then ")
    if call.has(*_FIRST_GIVEN.get(call.program, ("--",))):
        return others or ("what to put there" if call.program in ("cp", "mv") else "what it is given")
    return (first if then and count == 1 else said) or "what it is given"
