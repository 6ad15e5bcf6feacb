"""Safety: a verdict on any command line, from its syntax tree and from rules that are data.

`assess` is the entrance (in `judge`). `syntax` parses; `reader` walks the tree and finds every command in it, with
`statements`, `loops`, `commands` and `redirections` for the kinds of nodes; `wrappers` finds those inside others'
arguments (`sudo`, `sh -c`, `xargs` …), `foreign` and `python_code` those in other languages' code, `loading` and
`scripts` which scripts are run, `implied` and `planted` what variables and files run later; `words` resolves what words
are, `arguments` which are options, `outputs` what commands print, `filters` what they make of text, `sources` where
that comes from, `inputs`, `written` and `sending` which files they read, write and send, `remembering` what is kept of
that, `builtins` what they change. All of them speak of `calls`, of the data that `flows` and of the script's `state`.
`rules` say what is dangerous, `places` which paths matter, `globs` which of them a pattern can mean; `missing` looks
for what is not there, `parameters` for those that a prompt does not have; `explanation` puts a command into words from
the table in `programs`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shellper.safety.levels import Level, Verdict

if TYPE_CHECKING:
    from shellper.safety.explanation import Explanation, explain
    from shellper.safety.judge import assess, recursive_removal
    from shellper.safety.missing import MissingFile, missing_files, missing_programs
    from shellper.safety.syntax import parse

__all__ = [
    "Explanation", "Level", "MissingFile", "Verdict", "assess", "explain", "missing_files", "missing_programs", "parse",
    "recursive_removal",
]  # fmt: skip

_HOMES = {
    "assess": "judge", "recursive_removal": "judge", "explain": "explanation", "Explanation": "explanation",
    "parse": "syntax",
    "missing_files": "missing", "missing_programs": "missing", "MissingFile": "missing",
}  # fmt: skip


def __getattr__(name: str) -> object:
    """Load what is asked for on first use: most of shellper's commands judge nothing."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
