"""Slots of `.turns` records, `{file}` or `{size2}`: which a text holds, and how one value fills them in all its turns.

The values come from pools.py; in commands they are quoted as an expert would.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from shellper.training.pools import AMOUNTS, TEXT, Value, draw, is_slot

__all__ = ["PLAIN", "SLOT", "draw", "fill", "guard", "kind", "names", "quote", "unknown"]

SLOT = re.compile(r"\{([a-z]+)(\d?)\}")
PLAIN = re.compile(r"[\w@%+=:,./^~-]+")

QUOTED = 0.12
"""How often people put quotes around a name that does not need them."""

# Words in braces that are no slots: awk's.
_NOT_SLOTS = {"print", "next", "exit", "getline"}

_GUARD = "\x01"  # stands for a brace until the slots are filled; no text has it


def names(text: str) -> list[str]:
    """The slots in a text, as written (with their digit)."""
    return [name + digit for name, digit in SLOT.findall(text) if is_slot(name)]


def kind(slot: str) -> str:
    """The pool of a slot: its name without the digit."""
    return slot.rstrip("0123456789")


def unknown(text: str) -> list[str]:
    """The words in braces that look like slots but have no pool, without their digit."""
    return [name for name, _ in SLOT.findall(text) if not is_slot(name) and name not in _NOT_SLOTS]


def quote(text: str) -> str:
    """A word as an expert types it: plain if it can be, else in single quotes; a leading `~/` stays outside."""
    if PLAIN.fullmatch(text):
        return text
    if text.startswith("~/"):
        return "~/" + quote(text[2:])
    return "'" + text.replace("'", "'\\''") + "'"


def guard(text: str) -> str:
    """A text that is final: `fill` takes no brace of it for a slot, and gives it back as it was."""
    return text.replace("{", _GUARD)


def fill(texts: Sequence[str], chance: Random) -> list[str]:
    """Texts that alternate between request and command, with every slot filled by one value each."""
    values: dict[str, Value] = {}
    for text in texts:
        for slot in names(text):
            if slot not in values:
                values[slot] = _new_value(slot, texts, values, chance)
    filled = (
        _fill_command(text, values) if number % 2 else _fill_request(text, values, chance)
        for number, text in enumerate(texts)
    )
    return [text.replace(_GUARD, "{") for text in filled]


def _new_value(slot: str, texts: Sequence[str], values: dict[str, Value], chance: Random) -> Value:
    """A value unlike those taken; plain where the command puts it inside a word; {num2} is more than {num}."""
    name = kind(slot)
    taken = list(values.values())
    least = _amount_of(name, values[name]) if slot == name + "2" and name in values else 0.0
    plain = any(not _stands_alone(text, slot) for text in texts[1::2])
    for _ in range(100):
        value = draw(name, chance)
        if _amount_of(name, value) < least:
            continue
        if value.shell not in {other.shell for other in taken} and (
            not plain or name in AMOUNTS or name == "text" or PLAIN.fullmatch(value.shell)
        ):
            return value
    return value


def _amount_of(name: str, value: Value) -> float:
    """How much a number, size or date is, to keep ranges in order; 0 for everything else."""
    if name == "size":
        return float(value.shell[:-1]) * {"k": 1, "M": 1e3, "G": 1e6}[value.shell[-1]]
    return (
        float(value.shell.replace("-", ""))
        if name in {"n", "num", "days", "mins", "nth", "col", "date", "year"}
        else 0.0
    )


def _stands_alone(command: str, slot: str) -> bool:
    """Whether every use of the slot in a command is a word of its own outside quotes."""
    mark = "{" + slot + "}"
    for match in re.finditer(re.escape(mark), command):
        before, after = command[: match.start()], command[match.end() :]
        if (
            before.count("'") % 2
            or before.count('"') % 2
            or before[-1:] not in ("", " ")
            or after[:1] not in ("", " ", ";", ")")
        ):
            return False
    return True


def _fill_command(text: str, values: dict[str, Value]) -> str:
    question = text.startswith("# ")

    def replace(match: re.Match[str]) -> str:
        slot = match[1] + match[2]
        if slot not in values:
            return match[0]
        if question:
            return values[slot].shell
        before = text[: match.start()]
        quoted = before.count("'") % 2 or before.count('"') % 2
        return values[slot].shell if quoted else quote(values[slot].shell)

    return SLOT.sub(replace, text)


def _is_free(text: str, match: re.Match[str]) -> bool:
    """Whether the slot stands between blanks or at an end, so that quotes may be put around it."""
    return text[match.start() - 1 : match.start()] in ("", " ") and text[match.end() : match.end() + 1] in ("", " ")


def _fill_request(text: str, values: dict[str, Value], chance: Random) -> str:
    def replace(match: re.Match[str]) -> str:
        slot = match[1] + match[2]
        if slot not in values:
            return match[0]
        spoken, before = values[slot].spoken, text[: match.start()]
        if before.endswith("."):
            spoken = values[slot].shell if match[1] == "ext" else spoken.removeprefix(".")
        if re.search(r"\b(last|past|previous)\s$", before):
            spoken = re.sub(r"^an? ", "", spoken)
        if before.endswith("/") or text[match.end() : match.end() + 1] == "/":
            spoken = spoken.rstrip("/") or spoken
        if (
            " " in spoken
            and match[1] in TEXT
            and match[1] != "text"
            and before[-1:] not in "'\"`"
            and chance.random() < 0.7
        ):
            mark = chance.choice('\'""')
            return f"{mark}{spoken}{mark}"
        if match[1] in TEXT and _is_free(text, match) and chance.random() < QUOTED:
            return chance.choice(['"{}"', '"{}"', "'{}'", "`{}`"]).format(spoken)
        return spoken

    return SLOT.sub(replace, text)
