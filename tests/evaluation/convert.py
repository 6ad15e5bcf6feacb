"""Writes conversations.turns in the newer form, conversations.jsonl: python -m tests.evaluation.convert

Each conversation once, whole, with the first of the accepted commands as the call; see shellper/training/dataset.py.
Run it after each change of conversations.turns, which is the file to measure with: it knows all the accepted commands.
"""

from __future__ import annotations

import json
from pathlib import Path

from shellper.training.dataset import messages_of
from shellper.training.turns import read_records

CONVERSATIONS = Path(__file__).with_name("conversations.turns")


def converted() -> str:
    """The conversations as JSON lines, in the order of the file. Raises TurnsError."""
    lines = []
    for record in read_records(CONVERSATIONS):
        for requests in record.ways():
            talk = [(request, turn.command) for request, turn in zip(requests, record.turns, strict=True)]
            lines.append(json.dumps({"messages": messages_of(talk)}, ensure_ascii=False) + "\n")
    return "".join(lines)


if __name__ == "__main__":
    CONVERSATIONS.with_suffix(".jsonl").write_text(converted(), encoding="utf-8")
