"""Mends names that a small model copied wrong: `car.csv` where the user said `cars.csv`.

A name in the answer that nobody has mentioned, beside one in the request that the answer lacks, of the same kind and
nearly the same letters, is a slip of the copying and no invention: the request's name is put in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = re.compile(r"[\w.@+~-]+")
_NAME = re.compile(r"(?=.*[a-z])\w[\w@+-]*(?:[._-][\w@+-]+)+")
"""Words that can only be names: lower-case letters, and a dot, dash or underscore inside. `UTF-8` is none."""

ALIKE = 0.6
"""Similarity (difflib's ratio) from which a name is taken for a slip of another."""


def mend_names(answer: str, request: str, earlier: str = "") -> str:
    """The answer with slips of names mended; `earlier` is the text of the conversation before the request."""
    said = f"{earlier}\n{request}"
    wanted = [name for name in dict.fromkeys(_names(request)) if name not in answer]
    for name in dict.fromkeys(_names(answer)):
        meant = None if _mentions(said, name) else _nearest(name, wanted)
        if meant:
            answer = re.sub(rf"(?<![\w.@+~$-]){re.escape(name)}(?![\w@+-])", meant, answer)
            wanted.remove(meant)
    return answer


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _names(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        name = word.strip(".,")
        if _NAME.fullmatch(name) and not name.startswith("-"):
            yield name


def _nearest(name: str, wanted: list[str]) -> str | None:
    """The name of the same extension that is most alike, if it is alike enough."""
    from difflib import SequenceMatcher  # slips are rare, and every request passes here

    same = [other for other in wanted if other.rpartition(".")[2] == name.rpartition(".")[2] or "." not in name + other]
    ratios = {other: SequenceMatcher(None, name, other).ratio() for other in same}
    best = max(ratios, key=ratios.__getitem__, default=None)
    return best if best and ratios[best] >= ALIKE else None
