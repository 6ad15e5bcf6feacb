"""The conditions of `[ … ]`, `test` and `[[ … ]]` in words."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from shellper.safety.calls import Word
from shellper.safety.explanation.parts import Part
from shellper.safety.explanation.written import display

_OF_ONE = {
    "-f": "whether this is a file", "-d": "whether this is a directory", "-e": "whether this exists",
    "-a": "whether this exists", "-s": "whether this is a file with something in it",
    "-r": "whether one may read this", "-w": "whether one may write to this", "-x": "whether one may run this",
    "-L": "whether this is a symbolic link", "-h": "whether this is a symbolic link", "-p": "whether this is a pipe",
    "-S": "whether this is a socket", "-b": "whether this is a block device",
    "-c": "whether this is a character device",
    "-z": "whether this is empty text", "-n": "whether this is text that is not empty",
    "-v": "whether this variable is set", "-t": "whether this descriptor is a terminal",
    "-O": "whether this belongs to the user", "-N": "whether this was changed since it was read",
}  # fmt: skip
_OF_TWO = {
    "=": "whether both are the same text", "==": "whether both are the same text", "!=": "whether the texts differ",
    "-eq": "whether the numbers are equal", "-ne": "whether the numbers differ",
    "-lt": "whether the first number is less", "-le": "whether the first number is not greater",
    "-gt": "whether the first number is greater", "-ge": "whether the first number is not less",
    "-nt": "whether the first file is newer", "-ot": "whether the first file is older",
    "-ef": "whether both are the same file",
    "=~": "whether the text matches the expression", "<": "whether the first sorts before the second",
    ">": "whether the first sorts after the second",
}  # fmt: skip
_PATTERNS = {"=": "whether the text fits the pattern", "==": "whether the text fits the pattern",
             "!=": "whether the text does not fit the pattern"}  # fmt: skip
_BETWEEN = {"-a", "-o", "&&", "||", "!", "(", ")"}


def conditions(args: Sequence[Word], double: bool = False) -> list[Part]:
    """What each test among the words asks; `double` for those of `[[ … ]]`, where patterns may stand."""
    words = [word for word in args if word.written not in ("]", "]]")]
    found: list[Part] = []
    for between, group in itertools.groupby(words, key=lambda word: word.written in _BETWEEN and word.written != "-a"):
        if not between:
            found += _condition(list(group), double)
    return found


def _condition(words: list[Word], double: bool) -> list[Part]:
    texts = [word.plain for word in words]
    if "-a" in texts[1:-1]:
        place = texts.index("-a", 1)
        return _condition(words[:place], double) + _condition(words[place + 1 :], double)
    text = " ".join(display(word.written) for word in words)
    if len(words) == 2 and texts[0] in _OF_ONE:
        return [Part(text, _OF_ONE[texts[0]], 1)]
    if len(words) == 3 and texts[1] in _OF_TWO:
        pattern = double and any(sign in words[2].written for sign in "*?[") and words[2].written[:1] not in "\"'"
        return [Part(text, (_PATTERNS if pattern else _OF_TWO).get(texts[1], _OF_TWO[texts[1]]), 1)]
    return [Part(text, "the condition", 1)] if words else []
