"""Operands that some program would read as something else: texts for echo, folders and names for find."""

from __future__ import annotations

import re

from shellper.tools.quoting import Word, file, is_glob, text
from shellper.tools.schema import Arguments


def printed(content: str) -> Arguments:
    """The words that print a text exactly.

    `echo` reads `-n` as an option, and zsh's and dash's reads backslashes; printf does neither.
    """
    if content.startswith("-") or "\\" in content:
        return ["printf", r"%s\n", text(content)]
    return ["echo", text(content)]


def start_folder(path: str) -> Word:
    """The folder that find begins in: what reads as an expression gets `./` before it."""
    return file("./" + path if path[:1] in ("(", ")", "!", ",") and path else path)


def name_part(name: str) -> Word:
    """The pattern for a part of a name; a name that is a pattern already stays as it is."""
    if any(c in name for c in "*?") or is_glob(name):
        return text(name)
    return text(f"*{literal(name)}*")


def literal(name: str) -> str:
    """A name as a pattern that matches itself alone."""
    return re.sub(r"([\\\[*?])", r"\\\1", name)
