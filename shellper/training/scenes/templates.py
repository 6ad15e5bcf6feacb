"""Steps that are one command on one file or folder, from a template: FILE or FOLDER, and marks for values."""

from __future__ import annotations

import re
from random import Random

from shellper.training import slots
from shellper.training.phrases import quoted
from shellper.training.scenes.workspace import Made, Words, Workspace, step
from shellper.training.vocabulary import ORDINALS

_MARK = re.compile(r"\{(word|x|y|n|col|ext|user|mode)\}")
_POOLS = {"x": ["word", "word", "text"], "y": ["new", "new", "text"]}


def column(words: Words, chance: Random) -> str:
    """The number of a column, spoken as a number or an ordinal."""
    number = chance.randint(1, 9)
    words["n"], words["nth"] = str(number), ORDINALS[number]
    return str(number)


def on_folder(name: str, weight: float, template: str, *, known: bool = False) -> None:
    """A step on a folder, with `known` only on one that was spoken of."""

    @step(name, weight)
    def made(space: Workspace) -> Made | None:
        path, filled = space.some_folder(), fill(template, space.chance)
        if filled is None or (known and path not in space.folders):
            return None
        words, command = filled
        words |= {"dir": space.dir(path), "in": space.within(path)}
        space.now_folder(path)
        return words, command.replace("FOLDER", space.shown(path))


def on_file(name: str, weight: float, template: str, *pools: str) -> None:
    """A step on a file of one of these pools; it can be repeated for another file."""

    @step(name, weight)
    def made(space: Workspace) -> Made | None:
        path, filled = space.some_file(*(pools or ("file",))), fill(template, space.chance)
        if filled is None:
            return None
        words, command = filled
        words["it"] = space.it(path)

        def run(file: str) -> str:
            space.now_file(file)
            return command.replace("FILE", space.shown(file))

        space.left.again = lambda other: run(space.known(other))
        return words, run(path)


def fill(template: str, chance: Random) -> tuple[Words, str] | None:
    """Spoken values for the marks of a template, and the template with the shell's; None where one does not fit."""
    words: Words = {}
    for mark in _MARK.findall(template):
        shell = _value(mark, template, words, chance)
        if shell is None:
            return None
        template = template.replace("{" + mark + "}", shell)
    return None if "x" in words and words.get("x") == words.get("y") else (words, template)


def _value(mark: str, template: str, words: Words, chance: Random) -> str | None:
    if mark == "col":
        return column(words, chance)
    value = slots.draw(chance.choice(_POOLS.get(mark, [mark])), chance)
    if mark in ("n", "mode"):
        words["n"] = value.spoken
        return value.shell
    words[mark] = quoted(value.spoken, chance) if mark in ("word", "x", "y") else value.spoken
    if "s/" in template or "/d'" in template:  # inside a pattern of sed: nothing that is special there
        return value.shell if re.fullmatch(r"[\w :-]+", value.shell) else None
    return None if value.shell.startswith("-") else value.shell if mark == "ext" else slots.quote(value.shell)
