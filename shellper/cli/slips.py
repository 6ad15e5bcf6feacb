"""Slips of the finger in the names of commands, told from words that begin a request.

nearest_command(words)      the command that the first word was meant for
nearest(word, names)        the most alike of the names
is_farewell(words)          words that would leave a program which one stays in

Needs no click: each request is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shellper.cli import COMMANDS

_ENGLISH = """
    checks cheek chick chuck configs evaluated evaluates explains heck int knit modem modes mode models that unit what
"""
"""Words of a request that are so near to a command which takes operands."""

_ALIKE = 0.8
"""How alike a word that stands alone must be, whatever else it may mean."""

_FAREWELLS = ("bye", "exit", "quit")


def is_farewell(words: Sequence[str]) -> bool:
    """Whether the words take leave of a program, though `shellper` is none that one stays in."""
    return len(words) == 1 and words[0] in _FAREWELLS


def nearest_command(words: Sequence[str]) -> str | None:
    """The command whose misspelt name the words begin with, as far as the first of them can tell; else None.

    Whether the rest is what that command takes is left to the caller.
    """
    word = words[0] if words else ""
    if not (word.isascii() and word.isalpha() and word.islower()) or word in COMMANDS:
        return None  # a capital begins a sentence
    alone = len(words) == 1
    near = next((name for name in COMMANDS if one_slip(word, name)), None)
    if not near and alone:
        near = nearest(word, COMMANDS, _ALIKE)
    if not near or (word in _ENGLISH.split() and not alone):
        return None
    from shutil import which

    return None if which(word) else near


def nearest(word: str, names: Iterable[str], alike: float) -> str | None:
    """The name that is one slip away, else the most alike of them; None if none is that much alike."""
    known = list(names)
    near = next((name for name in known if one_slip(word, name)), None)
    if near:
        return near
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, known, 1, alike)), None)


def one_slip(word: str, name: str) -> bool:
    """Whether a letter too much, too few or another, or two that changed places, are all that parts them."""
    if abs(len(word) - len(name)) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), None)
    if start is None:
        return len(word) != len(name)
    ours, theirs = word[start:], name[start:]
    swapped = ours[:2] == theirs[1::-1] and ours[2:] == theirs[2:]
    return swapped or ours[1:] == theirs[1:] or ours[1:] == theirs or ours == theirs[1:]
