"""The command line: one file per command, loaded when it is used; `request` is the one without a name.

`group` finds the command and `slips` what a mistyped one was meant to be; `options` are those that several have,
`output` and `progress` what they write, `ending` how they end.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

COMMANDS = {
    "chat": "Talk: ask, see the command, run it.",
    "check": "Say how dangerous a command is.",
    "completions": "Print the completions of a shell.",
    "config": "Show and change the settings.",
    "doctor": "Check the installation, and say how to mend it.",
    "evaluate": "Measure an engine on a file of requests.",
    "explain": "Say what each part of a command does.",
    "feedback": "Report a wrong command, with the right one.",
    "history": "Show this terminal's conversation.",
    "init": "Print the hook of a shell.",
    "model": "Show and choose the embedded model.",
    "reset": "Forget this terminal's conversation.",
    "synthesize": "Make training data.",
    "train": "Fine-tune a model of your own.",
}
"""Every command and its line in the help; its file is cli/NAME.py."""


AS_OPTIONS = (["help"], ["version"])
"""Command lines that mean the option of that name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (by default the process's own); the exit status. Every error is one line."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if _is_plain(words):
        from shellper.cli.ending import guarded
        from shellper.cli.request import respond

        return guarded(lambda: respond(words, {}))
    from shellper.cli.group import run

    return run(words)


def _is_plain(words: Sequence[str]) -> bool:
    """Whether this can only be a request without options: click, which costs 30 ms, is not needed for it."""
    if words and (words[0] in COMMANDS or words in AS_OPTIONS):
        return False
    from shellper.cli.slips import is_farewell, nearest_command

    if is_farewell(words) or nearest_command(words):
        return False
    return all(word == "-" or not word.startswith("-") for word in words)
