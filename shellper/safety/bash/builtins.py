"""Builtins that change what the commands after them mean: cd, read, set, shift, alias, printf -v."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from shellper.safety import outputs, places
from shellper.safety.bash import marks
from shellper.safety.bash.marks import UNKNOWN
from shellper.safety.bash.state import State
from shellper.safety.calls import Call
from shellper.safety.flows import VARIES

if TYPE_CHECKING:
    from shellper.safety.bash.reader import Reader


def apply(reader: Reader, call: Call, state: State) -> None:
    """Do to the state what the call does to the shell."""
    change = _CHANGES.get(call.program)
    if change is not None:
        change(reader, call, state)


def _cd(reader: Reader, call: Call, state: State) -> None:
    if call.args and call.args[-1].text == "-":
        state.cwd = None
        return
    target = call.operands[0].text if call.operands else marks.HOME
    target = call.followed(f"{target}/") if target in state.links else target
    state.cwd = places.resolve(target, state.cwd, reader.surroundings.home)


def _read_builtin(reader: Reader, call: Call, state: State) -> None:
    opened = [
        state.descriptors[word.plain].data for word in call.option_values("-u") if word.plain in state.descriptors
    ]
    data = opened[0] if opened else call.stdin
    lines = list(dict.fromkeys(line for text in data.texts for line in text.splitlines()[:8]))
    taints = data.taints | ({VARIES} if call.looped else set())
    written = [word.text for word in call.operands] or ["REPLY"]
    separators = state.variables.get("IFS", (" \t\n",))[0] if call.program == "read" else "\n"
    rows = [_fields(line, separators, len(written)) for line in lines]
    for place, name in enumerate(written):
        values = tuple(dict.fromkeys(row[place] for row in rows)) or (UNKNOWN,)
        for one in state.named(name):
            state.variables[one], state.taints[one] = values, taints
            state.arrays.pop(one, None)
    if data.texts and (call.program != "read" or call.has("-a")):
        text = data.texts[0].removesuffix("\n")
        elements = re.split(f"[{re.escape(separators)}]+", text) if separators else [text]
        state.assign_array(written[-1], {str(n): text for n, text in enumerate(elements[:50])}, taints)


def _fields(line: str, separators: str, count: int) -> list[str]:
    """A line as so many variables get it: the last one all that is left."""
    if count < 2 or not separators:
        return [line, *[""] * (count - 1)]
    found = re.split(f"[{re.escape(separators)}]", line.strip(" \t"), maxsplit=count - 1)
    return found + [""] * (count - len(found))


def _set(reader: Reader, call: Call, state: State) -> None:
    texts = [word.text for word in call.args]
    if "--" in texts:
        state.positional = call.args[texts.index("--") + 1 :]
    elif call.operands:
        state.positional = tuple(call.operands)


def _shift(reader: Reader, call: Call, state: State) -> None:
    if state.positional:
        state.positional = state.positional[1:]


def _alias(reader: Reader, call: Call, state: State) -> None:
    for word in call.operands:
        name, equals, value = word.plain.partition("=")
        if equals:
            state.aliases[name] = value
            reader.script(value, state.copy())


def _printf_v(reader: Reader, call: Call, state: State) -> None:
    if len(call.args) > 2 and call.args[0].text == "-v":
        printed = outputs.output(replace(call, args=call.args[2:]), reader.surroundings)
        state.assign(call.args[1].text, printed.values, printed.taints)


_CHANGES: dict[str, Callable[[Reader, Call, State], None]] = {
    "cd": _cd,
    "pushd": _cd,
    "read": _read_builtin,
    "mapfile": _read_builtin,
    "set": _set,
    "shift": _shift,
    "alias": _alias,
    "printf": _printf_v,
}
