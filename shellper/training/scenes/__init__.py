"""Conversations by simulation: a program keeps the state that people keep in their heads, and the phrases are theirs.

How people say each step stands in `data/scenes/*.phrases`, by hand, with placeholders; see phrases.py.

    refining.py     a list or a search that is changed step by step: other folder, newest first, only five, count them;
        sources.py reads and writes the commands
    repository.py   branches and changes of a git repository
    tables.py       one table: its columns and rows, what they add up to
    comparisons.py  sizes of folders, differences of files
    variations.py   what tables and comparisons have in common
    breath.py       a refinement or a table said in one request
        clarity.py tells which steps can be said so, joints.py puts the parts together
    named.py        one service or container
    workspace.py    files and folders, one step after the other; the steps stand in
        making.py, moving.py, looking.py, folders.py, pairs.py, archives.py, and templates.py for those of one command

`scene` plays one of them, `at_once` says one in a single request.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from shellper.training.dataset import Conversation
from shellper.training.scenes import (  # noqa: F401 - the modules of steps register them
    archives,
    breath,
    comparisons,
    folders,
    looking,
    making,
    moving,
    named,
    pairs,
    refining,
    repository,
    tables,
    workspace,
)
from shellper.training.turns import Record

__all__ = ["at_once", "refinable", "scene"]

at_once = breath.play
refinable = refining.refinable
_PLAYS = (None, workspace.play, repository.play, named.play, tables.play, comparisons.play)
_SHARES = (34, 42, 8, 5, 7, 4)
"""How often which; None is refining, which wants records."""


def scene(openings: Sequence[Record], turns: int, chance: Random) -> Conversation:
    """A conversation of at most so many turns; a refinement begins with one of the records, if any can be refined."""
    play = chance.choices(_PLAYS, _SHARES)[0]
    return play(turns, chance) if play else refining.play(openings, turns, chance) or workspace.play(turns, chance)
