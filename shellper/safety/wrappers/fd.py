"""fd: the commands that it runs on what it finds, and where that may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shellper.safety.bash.marks import HOME, STAR, UNKNOWN
from shellper.safety.calls import Call, Word
from shellper.safety.flows import VARIES
from shellper.safety.names import names
from shellper.safety.wrappers.inner import Inner

_ACTIONS = ("-x", "-X", "--exec", "--exec-batch")
_FILTERS = names(
    "-e --extension -E --exclude -S --size -o --owner --changed-within --changed-before --newer --older --and"
    " --max-results -1"
)
_SOME_TYPES = names("e empty x executable s socket p pipe")
"""Types of which there are few; files, folders and links are everything."""
_PLACE = re.compile(r"\{(?://|/\.|[/.])?\}")
"""Where a path goes, or its name, its folder, either without ending."""


def fd(call: Call) -> Iterator[Inner]:
    """`fd … -x COMMAND… ;`, once for every place where it may find something."""
    texts = [word.plain for word in call.args]
    places = [place for place, text in enumerate(texts) if text in _ACTIONS]
    search = replace(call, args=call.args[: places[0]] if places else call.args)
    for start in places:
        end = texts.index(";", start) if ";" in texts[start:] else len(texts)
        for path in _found(search):
            yield Inner(words=_filled(call.args[start + 1 : end], path), looped=True)


def _filled(words: Sequence[Word], path: str) -> tuple[Word, ...]:
    """The command with a path in its place, which is at the end where none is marked."""
    if not words:
        return ()
    if not any(_PLACE.search(word.text) for word in words):
        return (*words, Word(path, frozenset({VARIES})))
    return tuple(_filled_word(word, path) for word in words)


def _filled_word(word: Word, path: str) -> Word:
    text = _PLACE.sub(lambda match: _part(path, match[0]), word.text)
    return word if text == word.text else Word(text, word.taints | {VARIES})


def _part(path: str, place: str) -> str:
    """What a placeholder stands for: a path (`{}`, `{.}`), its folder (`{//}`) or its name (`{/}`, `{/.}`)."""
    folder, _, name = path.rpartition("/")
    return folder or "/" if place == "{//}" else name if place.startswith("{/") else path


def _found(call: Call) -> list[str]:
    """What fd hands to its commands: everything below where it looks, or something there when it is asked for some."""
    pattern, *roots = call.operands or [Word("")]
    roots += call.option_values("--search-path")
    base = next((word.text.rstrip("/") + "/" for word in call.option_values("--base-directory", "-C")), "")
    below = _name(pattern.plain) if _is_filtered(call, pattern.plain) else STAR
    texts = [root.text if root.text.startswith(("/", HOME)) else base + root.text for root in roots or [Word(".")]]
    return [text.rstrip("/") + "/" + below for text in texts]


def _is_filtered(call: Call, pattern: str) -> bool:
    some = any(word.plain in _SOME_TYPES for word in call.option_values("-t", "--type"))
    return some or call.has(*_FILTERS) or re.fullmatch(r"[.*^$]*", pattern) is None


def _name(pattern: str) -> str:
    """A name directly below, where what matters stands; of a pattern only what is no expression can be told."""
    match = re.fullmatch(r"(\^?)((?:[\w-]|\\?\.)+?)(?:\.\*)?(\$?)", pattern)
    if match is None:
        return UNKNOWN + "/" + UNKNOWN
    start, name, end = match.groups()
    exact = end and not pattern.endswith(".*$")
    return ("" if start else STAR) + name.replace("\\", "") + ("" if exact else STAR)
