"""The text that the embedded model reads: one format for training and for answering.

A conversation is a shell script in miniature, a request and the command that answers it:

    <|im_start|>find big files
    find . -type f -size +100M<|im_end|>
    <|im_start|>only in src
    find src -type f -size +100M<|im_end|>

The two marks are single tokens of SmolLM2's vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

START = "<|im_start|>"
END = "<|im_end|>"

_SPECIAL = re.compile(r"<\|(?=\w+\|>)")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def clean_request(text: str) -> str:
    """The request on one line, without control characters and without text that reads as a special token."""
    return _SPECIAL.sub("< |", _BLANKS.sub(" ", text)).strip()


def render_turn(request: str, command: str) -> str:
    """One finished turn."""
    return f"{START}{clean_request(request)}\n{command}{END}\n"


def render_prompt(turns: Sequence[tuple[str, str]], request: str) -> str:
    """Earlier (request, command) turns, then the request that is to be answered."""
    return "".join(render_turn(*turn) for turn in turns) + f"{START}{clean_request(request)}\n"
