"""Commands whose arguments come from their input: xargs and parallel."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shellper.safety.bash.marks import UNKNOWN
from shellper.safety.calls import Call, Word
from shellper.safety.flows import TERMINAL, VARIES
from shellper.safety.places import telling, user_home
from shellper.safety.wrappers.inner import Inner, after_options

MOST_ARGUMENTS = 20


def xargs(call: Call) -> Iterator[Inner]:
    """`… | xargs COMMAND…`, once for every argument."""
    words = after_options(call) or (Word("echo"),)
    place = next((v.plain for v in call.option_values("-I", "-i", "--replace", "-J")), None)
    if place is None and call.has("-i", "--replace"):
        place = "{}"
    for value in _items(call, place is not None, call.has("-0", "--null")):
        if place:
            filled = tuple(
                Word(w.text.replace(place, value), w.taints | call.stdin.taints | {VARIES}) if place in w.text else w
                for w in words
            )
        else:
            filled = (*words, *(Word(part, call.stdin.taints) for part in value.split("\n") if part))
        yield Inner(words=filled, looped=True, stdin=TERMINAL)


def _items(call: Call, lines: bool = False, nul: bool = False) -> list[str]:
    """The arguments that xargs would make of its input: words, or whole lines, or what stands between NULs."""
    found: dict[str, None] = {}
    files = [word.data.texts for word in call.option_values("-a", "--arg-file") if word.data is not None]
    for text in (files[0] if files else call.stdin.texts)[:8]:
        separators = "\x00" if nul and "\x00" in text else "\n" if nul or lines else r"[\s\x00]+"
        parts = [part.strip("'\"") for part in re.split(separators, text) if part]
        found.update(dict.fromkeys(_first(parts, call)))
    return list(found) or [UNKNOWN + "/" + UNKNOWN]


def _first(values: list[str], call: Call) -> list[str]:
    return telling(values, MOST_ARGUMENTS, call.cwd, user_home())


def parallel(call: Call) -> Iterator[Inner]:
    """`parallel COMMAND… ::: VALUE…` and `… | parallel COMMAND…`: a script for every value."""
    words = [word.text for word in after_options(call)]
    marks = [n for n, text in enumerate(words) if text in (":::", "::::", ":::+")]
    values = words[marks[0] + 1 :] if marks and words[marks[0]] != "::::" else _items(call)
    template = words[: marks[0]] if marks else words
    for value in _first(values, call):
        text = " ".join(template)
        text = text.replace("{}", value) if "{}" in text else f"{text} {value}" if template else value
        yield Inner(script=text, looped=True, stdin=TERMINAL)
