"""How people say things: `data/scenes/*.phrases`, each step of a scene, and `data/followups.phrases`, each follow-up.

A `.phrases` file holds steps, `[name]` on a line of its own, and under each its phrasings, one a line. Placeholders in
braces stand for what a phrasing refers to. In scenes these are `{it}` a file, `{dir}`, `{in}` and `{into}` a folder,
and values; in follow-ups slots, and `{x}` and `{y}` for what is asked for and what it replaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from random import Random

from shellper.training import DATA

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@cache
def scene_phrases() -> dict[str, list[str]]:
    """All phrasings of the scenes, by step."""
    return _read(sorted((DATA / "scenes").glob("*.phrases")))


@cache
def followup_phrases() -> dict[str, list[str]]:
    """All phrasings of the follow-ups, by step."""
    return _read([DATA / "followups.phrases"])


def _read(files: Iterable[Path]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in files:
        step = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("[") and line.endswith("]"):
                step = line[1:-1]
                found.setdefault(step, [])
            elif line.strip():
                found[step].append(line.strip())
    return found


def say(step: str, words: dict[str, str], chance: Random) -> str:
    """A phrasing of a scene's step, filled; raises KeyError for a placeholder that the step does not have."""
    return fill(chance.choice(scene_phrases()[step]), words)


def fill(phrasing: str, words: dict[str, str]) -> str:
    """A phrasing with words for its placeholders, no extension with two dots; raises KeyError for one unknown."""

    def word(mark: re.Match[str]) -> str:
        dotted = mark[1] == "ext" and phrasing[: mark.start()].endswith(".")
        return words[mark[1]].removeprefix(".") if dotted else words[mark[1]]

    return PLACEHOLDER.sub(word, phrasing)


def quoted(text: str, chance: Random) -> str:
    """A text as people write it into a request: bare, or in either kind of quotes."""
    mark = chance.choice(["", "", "", '"', "'"])
    return text if mark in text else f"{mark}{text}{mark}"
