"""The hand-written records use only options that the programs have (`options.txt`; programs not in it are not checked).

A line of the table is a program, with its subcommand if it has any, and its options. `=` behind an option says that it
takes a value, which may be the next word; `?` that a value may follow in the same word. `-NUM` is any number, `.` says
that the first operand ends the options, `...` that a command with options of its own stands among the operands.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shellper.safety.bash.commands import pieces
from shellper.safety.syntax import SyntaxProblem, nodes, parse
from shellper.training.pools import is_slot
from shellper.training.slots import SLOT
from shellper.training.turns import Record, read_all

TABLE = Path(__file__).with_name("options.txt")
EXEC = ("-exec", "-execdir", "-ok", "-okdir")


@dataclass
class Program:
    """The options of a program, each with the mark behind it: nothing, `=` or `?`."""

    options: dict[str, str] = field(default_factory=dict)
    ends: bool = False
    starts: bool = False


def _table() -> dict[str, Program]:
    programs: dict[str, Program] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        name, _, options = line.partition(":")
        program = programs[name] = Program()
        for word in options.split():
            if word in (".", "..."):
                program.ends, program.starts = True, word == "..."
            else:
                bare = word.rstrip("=?")
                program.options[bare] = word[len(bare) :]
    return programs


PROGRAMS = _table()


def test_records_use_options_that_exist() -> None:
    seen: dict[str, Record] = {}
    for record in read_all():
        for turn in record.turns:
            seen.setdefault(turn.command, record)
    unknown = [
        f"{record.source}: {name} has no {option}, in: {command}"
        for command, record in seen.items()
        if " -" in command and not command.startswith("# ")
        for name, option in unknown_options(command)
    ]
    assert unknown == []


def test_unknown_options_are_found() -> None:
    wrong = "find . -nome x -exec grep -l --nonsense x {} + | sort -rn -y | sudo xargs -r tar -czqf a.tar"
    assert list(unknown_options(wrong)) == [
        ("find", "-nome"),
        ("grep", "--nonsense"),
        ("sort", "-y"),
        ("tar", "-q"),
    ]
    assert list(unknown_options("git log -5 --oneline --frobnicate -- -x; head -n -1 f")) == [
        ("git log", "--frobnicate")
    ]


def unknown_options(command: str) -> Iterator[tuple[str, str]]:
    """(program, option) of every option in a command line that its program does not have."""
    text = SLOT.sub(lambda match: "1" if is_slot(match[1]) else match[0], command)
    try:
        tree = parse(text)
    except SyntaxProblem:
        return
    for node in nodes(tree.root):
        if node.type == "command":
            _, _, words = pieces(tree, node)
            yield from _unknown([_unquoted(tree.text(word)) for word in words])


def _unquoted(word: str) -> str:
    try:
        return "".join(shlex.split(word)) if re.search(r"[\"'\\]", word) else word
    except ValueError:
        return word


def _unknown(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """As `unknown_options`, of the words of one command."""
    if not words:
        return
    name, rest = words[0], list(words[1:])
    if rest and f"{name} {rest[0]}" in PROGRAMS:
        name = f"{name} {rest.pop(0)}"
    program = PROGRAMS.get(name)
    if program is None:
        return
    while rest:
        word = rest.pop(0)
        if word == "--":
            return
        if word in EXEC and name == "find":
            end = next((place for place, each in enumerate(rest) if each in (";", "+")), len(rest))
            yield from _unknown(rest[:end])
            del rest[: end + 1]
        elif len(word) > 1 and word[0] == "-":
            takes, wrong = _read_option(program, word)
            yield from ((name, option) for option in wrong)
            del rest[: int(takes)]
        elif program.ends:
            if program.starts:
                known = next((n for n, each in enumerate([word, *rest]) if each in PROGRAMS), None)
                yield from _unknown([word, *rest][known:] if known is not None else [])
            return


def _read_option(program: Program, word: str) -> tuple[bool, list[str]]:
    """Whether the next word is the value of this option, and what of it the program does not know."""
    name, equals, _ = word.partition("=")
    if name in program.options and (equals or word == name):
        return program.options[name] == "=" and not equals, []
    if "$" in word or (re.fullmatch(r"-\d+", word) and "-NUM" in program.options):
        return False, []
    if word.startswith("--"):
        near = [mark for option, mark in program.options.items() if len(name) > 4 and option.startswith(name)]
        return near == ["="] and not equals, [] if near else [name]
    if EXEC[0] in program.options:  # find bundles no letters
        return False, [word]
    return _read_letters(program, word)


def _read_letters(program: Program, word: str) -> tuple[bool, list[str]]:
    """`_read_option` of bundled letters."""
    wrong = []
    for place, letter in enumerate(word[1:], start=2):
        mark = program.options.get("-" + letter)
        if mark is None and not (letter.isdigit() and "-NUM" in program.options):
            wrong.append("-" + letter)
        elif mark:
            return mark == "=" and not word[place:], wrong
    return False, wrong
