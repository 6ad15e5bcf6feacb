"""Brace expansion and word splitting: from the text of a word, with its marks, to the words that it stands for."""

from __future__ import annotations

import itertools
import re

from shellper.safety.bash.marks import CLOSE, COMMA, EMPTY, OPEN, SPLIT

MAX_WORDS = 300
_NUMERIC_RANGE = re.compile(r"(-?\d{1,9})\.\.(-?\d{1,9})(?:\.\.(-?\d{1,9}))?")
_LETTER_RANGE = re.compile(r"([A-Za-z])\.\.([A-Za-z])")


def clean(text: str) -> str:
    """A text that is not split into words: unused marks are what they were typed as."""
    for mark, typed in ((EMPTY, ""), (SPLIT, " "), (OPEN, "{"), (COMMA, ","), (CLOSE, "}")):
        text = text.replace(mark, typed)
    return text


def fields(text: str) -> list[str]:
    """Brace expansion, then word splitting, as bash does them."""
    words: list[str] = []
    for expanded in itertools.islice(braces(text), MAX_WORDS):
        words += [clean(part) for part in expanded.split(SPLIT) if part]
    return words[:MAX_WORDS]


def braces(text: str, depth: int = 0) -> list[str]:
    """What active braces expand to: {a,b} and {1..9}; an unfinished brace stays as it is."""
    start = text.find(OPEN)
    if start < 0 or depth > 8:
        return [text]
    level, commas = 0, []
    for place in range(start, len(text)):
        character = text[place]
        if character == OPEN:
            level += 1
        elif character == COMMA and level == 1:
            commas.append(place)
        elif character == CLOSE:
            level -= 1
            if level == 0:
                return _expand(text, start, commas, place, depth)
    return [text[: start + 1].replace(OPEN, "{") + rest for rest in braces(text[start + 1 :], depth + 1)]


def _expand(text: str, start: int, commas: list[int], end: int, depth: int) -> list[str]:
    before, inside, after = text[:start], text[start + 1 : end], text[end + 1 :]
    if commas:
        bounds = [start, *commas, end]
        options = [text[a + 1 : b] for a, b in itertools.pairwise(bounds)]
    else:
        options = _range(inside) or ["{" + inside + "}"]
    result: list[str] = []
    for option in options[:MAX_WORDS]:
        for middle in braces(option, depth + 1):
            result.extend(before + middle + tail for tail in braces(after, depth + 1))
            if len(result) > MAX_WORDS:
                return result
    return result


def _range(inside: str) -> list[str]:
    if match := _NUMERIC_RANGE.fullmatch(inside):
        first, last, step = int(match[1]), int(match[2]), abs(int(match[3] or 1)) or 1
        return [str(n) for n in itertools.islice(range(first, last + 1, step), 50)] or [str(first), str(last)]
    if match := _LETTER_RANGE.fullmatch(inside):
        first, last = sorted((ord(match[1]), ord(match[2])))
        return [chr(code) for code in range(first, last + 1)]
    return []
