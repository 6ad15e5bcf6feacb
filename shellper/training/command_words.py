"""The words that commands are made of, from the training data: `python -m shellper.training.command_words` writes them.

shellper.engines.plausibility tells by them which words of an answer are invented.
"""

from __future__ import annotations

import re
from collections import Counter

from shellper.engines.plausibility import WORDS
from shellper.safety.programs import programs
from shellper.training.slots import SLOT
from shellper.training.turns import read_all

SEEN = 3
"""Records that must have a word: one or two may have it as a name of their own."""

_WORD = re.compile(r"[a-z][a-z0-9_.-]*")


def command_words() -> list[str]:
    """The programs that are known, and the words that several records have outside of their slots, in order."""
    seen: Counter[str] = Counter()
    for record in read_all():
        text = " ".join(SLOT.sub(" ", turn.command) for turn in record.turns if not turn.command.startswith("#"))
        seen.update({word.rstrip(".-") for word in _WORD.findall(text.lower())})
    words = {word for word, count in seen.items() if count >= SEEN}
    return sorted(word for word in words.union(*map(str.split, programs())) if len(word) > 1)


if __name__ == "__main__":
    WORDS.write_text("\n".join(command_words()) + "\n", encoding="utf-8")
