"""Paths with globs in them: what they can mean, and whether they can mean one of those that patterns describe."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from shellper.safety.bash.marks import BRACKET, QUERY, STAR, UNKNOWN, has_glob

_SAMPLES = ("etc", "home", "usr", "bin", "notes", "src")
_HIDDEN_SAMPLES = (".ssh", ".config", ".bashrc")


def matches_any(path: str, patterns: Iterable[str]) -> bool:
    """Whether a path, with globs of its own, can be one of those that the patterns describe."""
    parts = path.split("/")
    return any(_fits(parts, pattern.split("/")) for pattern in patterns)


def _fits(parts: list[str], pattern: list[str]) -> bool:
    return len(parts) == len(pattern) and all(_segment_fits(a, b) for a, b in zip(parts, pattern, strict=True))


def _segment_fits(segment: str, pattern: str) -> bool:
    if pattern == "*":
        return segment not in ("", ".", "..")
    if has_glob(segment):
        if pattern.startswith(".") and not segment.startswith("."):
            return False
        start = re.split(f"[{UNKNOWN}{STAR}{QUERY}{BRACKET}]", segment)[0]
        if pattern.endswith("*") and start.startswith(pattern[:-1]):
            return True
        bare = pattern.replace("*", "a")
        return fnmatchcase(bare, as_glob(segment.replace(UNKNOWN, STAR)))
    return fnmatchcase(segment.replace(UNKNOWN, "a"), pattern)


def as_glob(segment: str) -> str:
    """A segment with marked globs as a pattern for fnmatch; characters that are meant literally are guarded."""
    result = []
    for character in segment:
        if character in "*?[":
            result.append(f"[{character}]")
        else:
            result.append({STAR: "*", QUERY: "?", BRACKET: "["}.get(character, character))
    return "".join(result).replace("[^", "[!")


def takes_all(segment: str) -> bool:
    """Whether a glob takes (nearly) everything in a directory: `*`, `**`, `?*`, `.*`, `[a-z]*`."""
    if not has_glob(segment):
        return False
    glob = as_glob(segment)
    return all(fnmatchcase(name, glob) for name in _SAMPLES) or all(fnmatchcase(n, glob) for n in _HIDDEN_SAMPLES)


def matching_names(pattern: str, names: Iterable[str]) -> list[str]:
    """The names that a globbed program such as /bin/r? can mean."""
    glob = as_glob(posixpath.basename(pattern))
    return [name for name in names if fnmatchcase(name, glob)]
