"""What filters make of a text that is known: base64, xxd, rev, tr, sed, cut, simple programs for awk."""

from __future__ import annotations

import base64
import binascii
import re

from shellper.safety.bash.escapes import decode_escapes
from shellper.safety.calls import Call
from shellper.safety.wrappers.tools import sed_scripts

_MOST_WORK = 5_000_000
"""What a text may grow to, in characters, before it is given up."""
_LONGEST_LINE = 2000
"""Longer lines are not matched with patterns, which can take long."""


def recoded(text: str, call: Call) -> str | None:
    """base64 and base32, in either direction."""
    try:
        if not call.has("-d", "-D", "--decode", "-di"):
            return base64.b64encode(text.encode()).decode()
        if call.program == "base32":
            return base64.b32decode(text.strip()).decode("utf-8", "replace")
        squeezed = re.sub(r"\s", "", text)
        return base64.b64decode(squeezed + "=" * (-len(squeezed) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return None


def from_hex(text: str, call: Call) -> str | None:
    """`xxd -r`."""
    if not call.has("-r"):
        return None
    try:
        return bytes.fromhex(re.sub(r"[^0-9a-fA-F]", "", text)).decode("utf-8", "replace")
    except ValueError:
        return None


def reversed_lines(text: str, _: Call) -> str:
    """rev."""
    return "\n".join(line[::-1] for line in text.split("\n"))


def translated(text: str, call: Call) -> str | None:
    """tr, for sets that are written out or ranges."""
    sets = [_set(decode_escapes(word.plain)) for word in call.operands]
    if call.has("-d", "--delete"):
        return "".join(c for c in text if c not in sets[0]) if sets else text
    if len(sets) < 2 or not sets[1]:
        return text
    first, second = sets[0], sets[1]
    table = {ord(a): second[min(i, len(second) - 1)] for i, a in enumerate(first)}
    return text.translate(table)


def _set(text: str) -> str:
    text = text.replace("[:upper:]", "A-Z").replace("[:lower:]", "a-z").replace("[:space:]", " \n\t")

    def spread(match: re.Match[str]) -> str:
        first, last = ord(match[1]), ord(match[2])
        return "".join(map(chr, range(first, min(last, first + 300) + 1)))

    return re.sub(r"(.)-(.)", spread, text, flags=re.DOTALL)


def edited(text: str, call: Call) -> str | None:
    """sed, where its script is substitutions alone."""
    extended = call.has("-E", "-r", "--regexp-extended")
    for part in (part for script in sed_scripts(call) for part in script.split(";")):
        if len(text) * (len(part) + 1) > _MOST_WORK:
            return None
        match = re.fullmatch(r"\s*s(.)((?:\\.|(?!\1).)*)\1((?:\\.|(?!\1).)*)\1([gIe]*)\s*", part, re.DOTALL)
        pattern = _pattern(match[2], extended) if match else None
        if match is None or pattern is None or max(map(len, text.split("\n"))) > _LONGEST_LINE:
            return None
        count = 0 if "g" in match[4] else 1
        lines = text.removesuffix("\n").split("\n")
        try:
            lines = [re.sub(pattern, _replacement(match[3]), line, count=count) for line in lines]
        except (re.error, IndexError):
            return None
        text = "\n".join(lines) + ("\n" if text.endswith("\n") else "")
    return text


_ATOM = re.compile(r"\\(?P<escaped>.)|(?P<set>\[\^?\]?[^\]\[\\]*\])|(?P<sign>[*+?(){}|^$.])|(?P<plain>.)", re.DOTALL)


def _pattern(written: str, extended: bool) -> str | None:
    """sed's expression as Python has it; None for one that is not simple."""
    pieces = [_piece(match, extended) for match in _ATOM.finditer(written)]
    repeats = sum(piece in ("*", "+") for piece in pieces)
    return None if repeats > 2 or None in pieces else "".join(filter(None, pieces))


def _piece(match: re.Match[str], extended: bool) -> str | None:
    """One part of it: `+?()` are literal with a backslash, or without, as the kind of expression says."""
    if match["set"] or match["plain"]:
        return match["set"] or (re.escape(match["plain"]) if match["plain"] != "[" else None)
    sign = match["escaped"] or match["sign"]
    special = bool(match["sign"]) if sign in "*^$." else sign in "+?(){}|" and bool(match["sign"]) == extended
    if not special:
        return None if sign.isalnum() else re.escape(sign)
    return None if sign in "{}|" else sign


def _replacement(written: str) -> str:
    """What is put in, as Python has it."""
    made = ""
    for match in re.finditer(r"\\(\d)|\\(.)|(&)|([^\\&]+)", written, re.DOTALL):
        number, escaped, whole, plain = match.groups()
        made += f"\\g<{number}>" if number else r"\g<0>" if whole else (escaped or plain).replace("\\", r"\\")
    return made


def cut(text: str, call: Call) -> str | None:
    """`cut -c 1-3`, `cut -d: -f6`."""
    fields = call.option_values("-f", "--fields")
    wanted = fields or call.option_values("-c", "-b", "--characters", "--bytes")
    if not wanted or call.has("--complement"):
        return None
    between = next((word.plain for word in call.option_values("-d", "--delimiter")), "\t") if fields else ""
    return "".join(_picked(line, between, wanted[0].plain) + "\n" for line in text.splitlines())


def _picked(line: str, between: str, ranges: str) -> str:
    parts = line.split(between) if between else list(line)
    picked = [False] * len(parts)
    for first, dash, last in re.findall(r"([0-9]{0,9})(-?)([0-9]{0,9})", ranges):
        start = int(first or 1)
        end = int(last) if last else len(parts) if dash else start
        for place in range(start - 1, min(end, len(parts))) if first or dash else ():
            picked[place] = True
    return between.join(part for part, take in zip(parts, picked, strict=True) if take)


_PRINTS_ONE = re.compile(r"\s*(?:\w*!?/[^/]*/)?\s*\{\s*print\s*\(?\s*\$([0-9]{1,9}|NF)\s*\)?\s*;?\s*\}\s*")


def field_printed(text: str, call: Call) -> str | None:
    """`awk -F: '{print $6}'`."""
    match = _PRINTS_ONE.fullmatch(call.operands[0].plain) if call.operands else None
    if match is None:
        return None
    between = next((word.plain for word in call.option_values("-F", "--field-separator")), None)
    found = ""
    for line in text.splitlines():
        parts = line.split(between) if between else line.split()
        number = len(parts) if match[1] == "NF" else int(match[1])
        found += (line if number == 0 else parts[number - 1] if number <= len(parts) else "") + "\n"
    return found
