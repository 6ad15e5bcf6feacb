"""Backslash sequences: those of $'…', `echo -e` and printf, and those between double quotes."""

from __future__ import annotations

import re


def _sequences(octal: str) -> re.Pattern[str]:
    return re.compile(
        r"\\(?:x(?P<hex>[0-9a-fA-F]{1,2})|u(?P<u>[0-9a-fA-F]{1,4})|U(?P<U>[0-9a-fA-F]{1,8})"
        rf"|(?P<oct>{octal})|c(?P<ctl>.)|(?P<chr>.))",
        re.DOTALL,
    )


_ANSI = _sequences("[0-7]{1,3}")
_ECHOED = _sequences("0[0-7]{0,3}|[0-7]{1,3}")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "v": "\v"}


def decode_escapes(text: str, echoed: bool = False) -> str:
    """What $'…' and the form of `printf` make of backslash sequences.

    `echoed`: what `echo -e` and printf's `%b` make of them, to which \\0162 is an r.
    """

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

    return (_ECHOED if echoed else _ANSI).sub(one, text)


def unescape_quoted(text: str) -> str:
    """The text between double quotes without the backslashes that quote there."""
    return re.sub(r"\\([$`\"\\\n])", lambda match: "" if match[1] == "\n" else match[1], text)
