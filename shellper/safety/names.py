"""Lists of names as running text: easier to read and to add to than one quoted string a line."""

from __future__ import annotations


def names(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())
