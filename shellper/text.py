"""Text that a terminal can be given, and a file in UTF-8."""

from __future__ import annotations

NO_UTF8 = "is no valid UTF-8: type it again, or set LC_ALL=C.UTF-8"
"""What is said of a request or a command that is none, after its name."""


def undelivered(error: OSError) -> str:
    """What is said of a result that standard output did not take."""
    return f"cannot write to standard output: {error.strerror}; make room there, or send it elsewhere"


def is_utf8(text: str) -> bool:
    """Whether the text has no surrogates, by which Python stands in for bytes that are no UTF-8."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def visible(text: str) -> str:
    """The text with its control characters spelled out, so that none reaches the terminal."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
