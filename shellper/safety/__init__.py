"""Safety: a verdict on any command line, from its syntax tree and from rules that are data.

`assess` is the entrance (in `judge`). `syntax` parses. `bash` reads the tree and finds every call in it, `wrappers`
those inside others' arguments (`sudo`, `sh -c`, `xargs` …), `languages` those in other languages' code; `loading` and
`scripts` tell which scripts are run, `implied` what variables make programs run, `arguments` and `options` which words
are options, `outputs` and `filters` what calls print, `sources` where that comes from, `files` which files they read,
write and send. All of them speak of `calls` and of the data that `flows`. `rules` say what is dangerous and on which of
the `levels`, `places` which paths matter, `globs` which of them a pattern can mean; `missing` looks for what is not
there, `parameters` for those that a prompt does not have; `explanation` puts a command into words from the table in
`programs`. `names` splits tables into words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shellper.safety.levels import Level

if TYPE_CHECKING:
    from shellper.safety.explanation import explain
    from shellper.safety.judge import assess, recursive_removal, rewrites_files

__all__ = ["Level", "assess", "explain", "recursive_removal", "rewrites_files"]

_HOMES = {"assess": "judge", "recursive_removal": "judge", "rewrites_files": "judge", "explain": "explanation"}


def __getattr__(name: str) -> object:
    """Load what is asked for on first use: most of shellper's commands judge nothing."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
