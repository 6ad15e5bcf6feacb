"""What tells against a command, and the model does not see: words that nobody said, an earlier command once more,
something destroyed for a request that only looks for something, a file that is emptied before it is read.

Of the likeliest answers to 1,330 requests, 33 held an invented word, and 29 of those were wrong; 26 were an earlier
command of the conversation, of which 6 were right. Of 9,899 phrasings in the training data whose command is
destructive, one only looks for something; none of its 27,803 commands writes into the file that it reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("command_words.txt")
"""The words that commands are made of; `python -m shellper.training.command_words` writes them."""

INVENTED = 3.0
REPEATED = 2.0
UNASKED = 4.0
EMPTYING = 4.0
"""By how much the logarithm of a command's probability falls with each invented word, where it was given before, where
it destroys and nobody asked for that, and where it writes into the file that it reads."""

_LOOKING = re.compile(
    r"^(?:(?:please|now|ok(?:ay)?|so|and|but|then|h+m+|well),? )*(?:(?:show|list|which|what(?:'?s)?|any|anything|is|are"
    r"|does|did|find|count|see|where|who|print|display|view|look|check)\b"
    r"|how (?:many|much|big|large|long|old|often|far)\b)"
    r"|\?\s*$",
    re.IGNORECASE,
)
"""A request that looks for something, if it has none of the words of the next."""

_DESTROYING = re.compile(
    r"\b(?:rm|rmdir|delet\w*|remov\w*|eras\w*|clean\w*|trash\w*|wip\w*|kill\w*|drop\w*|purg\w*|rid|away|gone|dump"
    r"|throw\w*|go|clear\w*|empt\w*|uninstall\w*|stop\w*|end|destroy\w*|overwr\w*|replac\w*|reset|discard|undo|revert\w*"
    r"|prun\w*|terminat\w*|bin|shred|chuck|out|off|unlink|forget|strip\w*|cut\w*|get)\b",
    re.IGNORECASE,
)

_EXPANSION = re.compile(r"\$\([^)]*\)|\$\{[^}]*\}|\$\w+|%[-\w]|\\[a-z]|\[[^\]]*\]")
"""What is no word of the user's: substitutions, formats, classes of characters."""

_WORD = re.compile(r"(?<![\w-])[a-z][\w.-]{2,}")
_PARTS = re.compile(r"[._-]")


def doubt(command: str, request: str, turns: Sequence[tuple[str, str]] = ()) -> float:
    """What is to be taken from the logarithm of a command's probability, at least 0."""
    if command.startswith("#"):
        return 0.0
    said = "\n".join([request, *map("\n".join, turns)]).lower()
    repeated = any(command == earlier.strip() for _, earlier in turns)
    unasked = only_looks(request) and _destroys(command)
    words = INVENTED * len(invented(command, said))
    return words + REPEATED * repeated + UNASKED * unasked + EMPTYING * _empties_its_input(command)


def only_looks(request: str) -> bool:
    """Whether the request wants to see something, and nothing to be taken away or changed."""
    return bool(_LOOKING.search(request)) and not _DESTROYING.search(request)


def _destroys(command: str) -> bool:
    from shellper.safety import assess
    from shellper.safety.levels import Level

    return assess(command).level in (Level.DESTRUCTIVE, Level.FORBIDDEN)


def _empties_its_input(command: str) -> bool:
    """Whether the output goes to a file that one of the words names; `echo` and `printf` read none."""
    before, mark, file = command.rpartition(">")
    reads = mark and before[-1:] != ">" and not re.search(r"\b(?:echo|printf)\b", before)
    return bool(reads) and file.strip() in before.split()[1:]


def invented(command: str, said: str, known: Set[str] | None = None) -> list[str]:
    """The words of a command that are neither in the text, which is in lower case, nor known: in WORDS, by default."""
    known = command_words() if known is None else known
    words = _WORD.findall(_EXPANSION.sub(" ", command).lower())
    return [word for word in words if not all(part in said or part in known for part in _parts(word, said, known))]


def _parts(word: str, said: str, known: Set[str]) -> list[str]:
    """The word itself where it is known, else what stands between its dots and dashes."""
    return [word] if word in said or word in known else _PARTS.split(word)


@cache
def command_words() -> frozenset[str]:
    return frozenset(WORDS.read_text(encoding="utf-8").split())
