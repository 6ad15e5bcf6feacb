"""How people really type: case, punctuation, politeness, slips of the finger. Names and numbers stay as they are."""

from __future__ import annotations

import re
from random import Random

# fmt: off
OPENERS = [
    "please ", "pls ", "can you ", "could you ", "hey, ", "hi, ", "hey ", "ok ", "ok now ", "okay, ", "now ",
    "please can you ", "i want to ", "i need to ", "i'd like to ", "would you ", "quickly ", "just ", "so ", "um, ",
    "hello, ", "help me ", "shellper, ", "lets ", "let's ", "then ", "next, ", "alright ", "can u ", "could u please ",
    "kindly ",
]
CLOSERS = [
    " please", " pls", " thanks", " for me", " now", "?", " ?", ".", "!", "...", " thx", ", please", " asap",
    " thank you", " in the terminal", " plz",
]
IMPERATIVES = {
    "show", "list", "find", "print", "display", "count", "delete", "remove", "create", "make", "copy", "move", "rename",
    "search", "open", "read", "sort", "get", "give", "check", "run", "tell", "start", "stop", "kill", "go", "change",
    "compress", "extract", "unpack", "zip", "download", "install", "look", "see", "add", "append", "write", "set",
    "put", "compare", "replace", "convert", "merge",
}
# fmt: on
KEYS = {
    "a": "sq",
    "b": "vn",
    "c": "xv",
    "d": "sf",
    "e": "wr",
    "f": "dg",
    "g": "fh",
    "h": "gj",
    "i": "uo",
    "j": "hk",
    "k": "jl",
    "l": "k",
    "m": "n",
    "n": "bm",
    "o": "ip",
    "p": "o",
    "q": "w",
    "r": "et",
    "s": "ad",
    "t": "ry",
    "u": "yi",
    "v": "cb",
    "w": "qe",
    "x": "zc",
    "y": "tu",
    "z": "x",
}
_WORD = re.compile(r"[A-Za-z]{4,}")


def add_noise(request: str, command: str, chance: Random) -> str:
    """A request as somebody in a hurry would type it; words that stand in the command are never touched."""
    kind = chance.random()
    if kind < 0.52:
        return request
    if kind < 0.62:
        return request[:1].upper() + request[1:] if _sentence(request, command) else request
    if kind < 0.70:
        return (request[:1].upper() + request[1:] if _sentence(request, command) else request) + (
            "" if request[-1:] in ".?!" else "."
        )
    if kind < 0.79:
        return _with_opener(request, chance)
    if kind < 0.87:
        return request if request[-1:] in ".?!" else request + chance.choice(CLOSERS)
    if kind < 0.90:
        return _lower(request, command)
    return _typo(request, command, chance)


def _sentence(request: str, command: str) -> bool:
    """Whether the request begins with a word that is no name."""
    first = request.split(" ", 1)[0]
    return first.isalpha() and first not in re.findall(r"\w+", command)


def _with_opener(request: str, chance: Random) -> str:
    first = request.split(" ", 1)[0].lower()
    return chance.choice(OPENERS) + request if first in IMPERATIVES else request


def _lower(request: str, command: str) -> str:
    return " ".join(word if word.strip("'\"`.,?!") in command else word.lower() for word in request.split(" "))


def _typo(request: str, command: str, chance: Random) -> str:
    """One slip in one ordinary word: two letters swapped, one left out, doubled, or the neighbour's key."""
    words = [
        match for match in _WORD.finditer(request) if match[0].lower() not in command.lower() and _free(request, match)
    ]
    if not words:
        return request
    match = chance.choice(words)
    word, at = match[0], chance.randrange(1, len(match[0]) - 1)
    slip = chance.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice(KEYS.get(word[at].lower(), "e")) + word[at + 1 :],
        ]
    )
    return request[: match.start()] + slip + request[match.end() :]


def _free(request: str, match: re.Match[str]) -> bool:
    """Whether the word is bounded by blanks or sentence marks, that is, no part of a name or path."""
    return request[match.start() - 1 : match.start()] in ("", " ") and request[match.end() : match.end() + 1] in (
        "",
        " ",
        ",",
        "?",
    )
