"""How people say each step of a scene.

A `.phrases` file holds steps, `[name]` on a line of its own, and under each its phrasings, one a line. Placeholders in
braces stand for what a phrasing refers to: `{it}` a file, `{dir}`, `{in}` and `{into}` a folder, the others values.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from random import Random

FOLDER = Path(__file__).parents[1] / "data" / "scenes"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=1)
def phrases() -> dict[str, list[str]]:
    """All phrasings by step."""
    found: dict[str, list[str]] = {}
    for file in sorted(FOLDER.glob("*.phrases")):
        step = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("[") and line.endswith("]"):
                step = line[1:-1]
                found.setdefault(step, [])
            elif line.strip():
                found[step].append(line.strip())
    return found


def say(step: str, words: dict[str, str], chance: Random) -> str:
    """A phrasing of the step, filled; raises KeyError for a placeholder that the step does not have."""
    return PLACEHOLDER.sub(lambda mark: words[mark[1]], chance.choice(phrases()[step]))


def quoted(text: str, chance: Random) -> str:
    """A text as people write it into a request: bare, or in either kind of quotes."""
    mark = chance.choice(["", "", "", '"', "'"])
    return text if mark in text else f"{mark}{text}{mark}"
