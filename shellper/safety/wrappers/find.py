"""find: the commands that it runs on what it finds, and where that may be."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from shellper.safety.bash import marks
from shellper.safety.bash.marks import STAR, UNKNOWN
from shellper.safety.calls import Call, Word
from shellper.safety.canonical import canonical
from shellper.safety.flows import VARIES
from shellper.safety.names import names
from shellper.safety.wrappers.inner import Inner

ACTIONS = ("-exec", "-execdir", "-ok", "-okdir")
"""They run a command, which ends with `;` or `+`."""
_FILTERS = frozenset(
    names(
        """
    -name -iname -path -ipath -wholename -regex -iregex -mtime -mmin -atime -amin -ctime -cmin -newer -anewer
    -cnewer -newermt -xtype -size -empty -user -group -uid -gid -nouser -nogroup -perm -inum -samefile -lname -links
    """
    )
)
_WHOSE = frozenset(
    names(
        """
    -name -iname -path -ipath -wholename -regex -iregex -user -group -uid -gid -nouser -nogroup -inum -samefile -lname
    """
    )
)
_ALL = ("*", "*.*", ".*", "**", "?*", "*/*", "/*")


def command_end(words: Sequence[Word], start: int = 0) -> int:
    """The place of the `;` or `+` that ends the command of `-exec`, or the length."""
    ends = (place for place in range(start, len(words)) if words[place].plain in (";", "+"))
    return next(ends, len(words))


def find(call: Call) -> Iterator[Inner]:
    """`find … -exec COMMAND… ;`, once for every place where it may find something."""
    words = list(call.args)
    place = 0
    while place < len(words):
        if words[place].plain in ACTIONS:
            end = command_end(words, place + 1)
            taints = frozenset() if _looks_for_one(words) else frozenset({VARIES})
            for path in found_paths(words[:place]):
                yield Inner(words=_filled(words[place + 1 : end], path, taints), looped=True)
            place = end
        place += 1


def _filled(words: Sequence[Word], path: str, taints: frozenset[str]) -> tuple[Word, ...]:
    """The words with a path for `{}`, which alone may have been marked as a brace expansion."""
    texts = ["{}" if word.plain == "{}" else word.text for word in words]
    return tuple(
        Word(text.replace("{}", path), word.taints | taints) if "{}" in text else word
        for text, word in zip(texts, words, strict=True)
    )


def _looks_for_one(words: Sequence[Word]) -> bool:
    """Whether one name is looked for, or find stops at the first."""
    pairs = itertools.pairwise(word.plain for word in words)
    return any((test == "-name" and not re.search(r"[*?\[]", name)) or name == "-quit" for test, name in pairs)


def find_roots(words: Sequence[Word]) -> list[Word]:
    """Where find starts to look."""
    rest = list(words)
    while rest and rest[0].plain in ("-H", "-L", "-P"):
        rest.pop(0)
    roots = []
    for word in rest:
        if word.plain[:1] in "-(!" and word.plain:
            break
        roots.append(word)
    return roots or [Word(".")]


def is_filtered(words: Sequence[Word]) -> bool:
    """Whether find's tests, up to here, pick out some files only; negated tests and -type do not count."""
    depth, filtered, negated = 0, False, False
    for place, word in enumerate(words):
        text = word.plain
        if text in ("(", ")"):
            depth += 1 if text == "(" else -1
        elif text in ("-o", "-or") and depth == 0:
            filtered = False
        elif text in ("!", "-not"):
            negated = True
            continue
        elif text in _FILTERS:
            value = words[place + 1].plain if place + 1 < len(words) else ""
            if value in _ALL and any(other.plain in ("-o", "-or") for other in words):
                return False
            filtered = filtered or (not negated and value not in _ALL)
        negated = False
    return filtered


def removes_by_age_or_size(words: Sequence[Word]) -> bool:
    """Whether find removes what its tests leave over, and none of them asks for a name or an owner."""
    plain = [word.plain for word in words]
    runs = {canonical(after) for action, after in itertools.pairwise(plain) if action in ACTIONS}
    return bool("-delete" in plain or runs & {"rm", "unlink", "shred"}) and not _WHOSE & set(plain)


def found_paths(words: Sequence[Word]) -> list[str]:
    """What find hands to its actions: where it starts, or, when tests pick out some, something below it.

    Of names that are looked for, those directly below count: that is where what matters stands.
    """
    roots = [root.text for root in find_roots(words)]
    if is_filtered(words):
        below = [marks.activate(name) for name in _names(words)] or [UNKNOWN + "/" + UNKNOWN]
        return [root.rstrip("/") + "/" + name for root in roots for name in below]
    if any(word.plain == "-mindepth" for word in words):
        return [root.rstrip("/") + "/" + STAR for root in roots]
    return roots


def _names(words: Sequence[Word]) -> list[str]:
    """The names that find's tests look for, the patterns among them as the shell would write them."""
    pairs = itertools.pairwise(word.plain for word in words)
    found = [name for test, name in pairs if test in ("-name", "-iname") and name not in _ALL and marks.certain(name)]
    return list(dict.fromkeys(found))[:8]
