"""Programs that are not installed and files that do not exist: noted, never blocking."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from difflib import get_close_matches
from glob import iglob
from itertools import islice
from pathlib import Path

from shellper.safety import places
from shellper.safety.bash.marks import certain, has_glob, shown
from shellper.safety.calls import Word
from shellper.safety.files.inputs import read_files
from shellper.safety.globs import as_glob
from shellper.safety.judge import read_command
from shellper.safety.names import names
from shellper.safety.syntax import SyntaxProblem

_BUILTINS = frozenset(
    names(
        """
    . : [ [[ alias bg bind break builtin caller case cd command compgen complete compopt continue coproc declare
    dirs disown echo enable eval exec exit export false fc fg getopts hash help history if jobs kill let local
    logout mapfile popd printf pushd pwd read readarray readonly return set shift shopt source suspend test time
    times trap true type typeset ulimit umask unalias unset until wait while setopt autoload bindkey zmodload print
    which where rehash abbr functions status string math end begin and or not
    """
    )
)


@dataclass(frozen=True)
class MissingFile:
    """A file operand that does not exist, as it stands in the command, and the nearest name that does."""

    word: str
    suggestion: str | None = None
    is_pattern: bool = False
    """It is a pattern, such as `*.png`, that no file matches."""


def missing_programs(text: str) -> list[str]:
    """The programs of a command line that this machine does not have, in order; nothing for text that is no bash."""
    try:
        reading = read_command(text)
    except SyntaxProblem:
        return []
    here = [call for call in reading.calls if not call.remote and not call.implied]
    found = [call.name for call in here if certain(call.name) and not has_glob(call.name)]
    wanted = [name for name in found if name and name not in _BUILTINS and name not in reading.definitions]
    return [shown(name) for name in dict.fromkeys(wanted) if not _installed(name)]


def _installed(name: str) -> bool:
    if "/" in name:
        return name.startswith((".", "~")) or os.access(name, os.X_OK) or not name.startswith("/")
    return shutil.which(name) is not None


def missing_files(text: str, cwd: Path) -> list[MissingFile]:
    """The files that a command line would read but that do not exist, each with the nearest name in its directory.

    Files that an earlier command in the same line creates are not known; a line that changes directory is left alone.
    """
    try:
        calls = read_command(text, cwd).calls
    except SyntaxProblem:
        return []
    if any(call.program in ("cd", "pushd", "touch", "mkdir") for call in calls) and len(calls) > 1:
        return []
    made = {redirect.target.plain for call in calls for redirect in call.redirects if redirect.writes}
    found: dict[str, MissingFile] = {}
    for call in calls:
        for word in read_files(call):
            if word.plain not in made and not call.remote and not call.looped:
                _note(word, cwd, found)
    return list(found.values())


def _note(word: Word, cwd: Path, found: dict[str, MissingFile]) -> None:
    if not certain(word.text) or word.text in ("-", "") or word.data is not None:
        return
    if ":" in word.plain or "=" in word.plain:  # host:path, NAME=VALUE
        return
    full = cwd / places.expand_home(word.text, places.user_home())
    if has_glob(word.text):
        if not any(iglob("/".join(map(as_glob, str(full).split("/"))))):  # noqa: PTH207 - an absolute pattern
            found.setdefault(word.plain, MissingFile(shown(word.plain), is_pattern=True))
        return
    try:
        if os.path.lexists(full):
            return
    except ValueError:
        return
    found.setdefault(word.plain, MissingFile(shown(word.plain), _nearest(full, word.plain)))


def _nearest(full: Path, written: str) -> str | None:
    """The most similar name in the same directory: same letters in another case, the same stem, or a slip."""
    try:
        present = sorted(entry.name for entry in islice(full.parent.iterdir(), 5000))
    except OSError:
        return None
    lower = {name.lower(): name for name in reversed(present)}
    wanted = full.name.lower()
    stems = [name for name in present if name.lower().partition(".")[0] == wanted.partition(".")[0] and wanted]
    close = get_close_matches(wanted, lower, n=1, cutoff=0.75)
    best = lower.get(wanted) or (stems[0] if len(stems) == 1 else None) or (lower[close[0]] if close else None)
    if best is None or not best.isprintable():
        return None
    folder = written.rpartition("/")
    return folder[0] + folder[1] + best
