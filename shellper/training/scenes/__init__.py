"""Conversations by simulation: a program keeps the state that people keep in their heads, and the phrases are theirs.

    phrases.py      how people say each step: `data/scenes/*.phrases`, by hand, with placeholders
    refining.py     a list or a search that is changed step by step: other folder, newest first, only five, count them
    repository.py   branches and changes of a git repository
    named.py        one service or container
    workspace.py    files and folders, one step after the other; the steps stand in
        making.py, moving.py, looking.py, folders.py, pairs.py, archives.py, and templates.py for those of one command

`scene` plays one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from shellper.training.scenes import (  # noqa: F401 - the modules of steps register them
    archives,
    folders,
    looking,
    making,
    moving,
    named,
    pairs,
    refining,
    repository,
    workspace,
)
from shellper.training.turns import Record

__all__ = ["refinable", "scene"]

refinable = refining.refinable


def scene(openings: Sequence[Record], turns: int, chance: Random) -> list[tuple[str, str]]:
    """A conversation of at most so many turns; a refinement begins with one of the records, if any can be refined."""
    kind = chance.choices(["refining", "workspace", "repository", "named"], [40, 45, 9, 6])[0]
    if kind == "refining":
        refined = refining.play(openings, turns, chance)
        if refined:
            return refined
    if kind == "repository":
        return repository.play(turns, chance)
    if kind == "named":
        return named.play(turns, chance)
    return workspace.play(turns, chance)
