"""The words that commands are made of, from the training data: `python -m shellper.training.command_words` writes them.

shellper.engines.plausibility tells by them which words of an answer are invented.
"""

from __future__ import annotations

from collections.abc import Iterator

from shellper.engines.plausibility import WORDS, invented
from shellper.safety.programs import programs
from shellper.training.slots import SLOT
from shellper.training.turns import Record, read_all


def command_words() -> list[str]:
    """The programs that are known, and the words that a record's command has though nobody said them, in order."""
    words = set(" ".join(programs()).split())
    return sorted(words.union(*map(_unsaid, read_all())))


def _unsaid(record: Record) -> Iterator[str]:
    """The words of a record's commands that neither the earlier turns nor some phrasing of the request has."""
    earlier = ""
    for turn in record.turns:
        command, *phrasings = (SLOT.sub(" ", text).lower() for text in (turn.command, *turn.phrasings))
        if not command.startswith("#"):
            for phrasing in phrasings:
                yield from invented(command, f"{earlier}\n{phrasing}", frozenset())
        earlier = "\n".join([earlier, command, *phrasings])


if __name__ == "__main__":
    WORDS.write_text("\n".join(command_words()) + "\n", encoding="utf-8")
