"""Backslash sequences: those of $'…', `echo -e` and printf, and those between double quotes."""

from __future__ import annotations

import re

_ANSI = re.compile(
    r"\\(?:x(?P<hex>[0-9a-fA-F]{1,2})|u(?P<u>[0-9a-fA-F]{1,4})|U(?P<U>[0-9a-fA-F]{1,8})|(?P<oct>[0-7]{1,3})"
    r"|c(?P<ctl>.)|(?P<chr>.))",
    re.DOTALL,
)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "v": "\v"}


def decode_escapes(text: str) -> str:
    """What $'…', `echo -e` and `printf` make of backslash sequences."""

    def one(match: re.Match[str]) -> str:
        if match["oct"]:
            return chr(int(match["oct"], 8) & 0xFF)
        for group in ("hex", "u", "U"):
            if match[group]:
                code = int(match[group], 16)
                return chr(code) if code < 0x110000 and not 0xFDD0 <= code <= 0xFDEF else "\ufffd"
        if match["ctl"]:
            return chr(ord(match["ctl"]) & 0x1F)
        return _LETTERS.get(match["chr"], match["chr"])

    return _ANSI.sub(one, text)


def unescape_quoted(text: str) -> str:
    """The text between double quotes without the backslashes that quote there."""
    return re.sub(r"\\([$`\"\\\n])", lambda match: "" if match[1] == "\n" else match[1], text)
