"""The hook of a shell, ready to be evaluated by it.

`eval "$(shellper init zsh)"` runs in every new terminal: this module imports nothing that takes time.
"""

from __future__ import annotations

import os
import sys

from shellper import __version__
from shellper.resources import TYPE_CHECKING, resource_path

if TYPE_CHECKING:
    from collections.abc import Sequence

LOADING = {
    "bash": ("~/.bashrc", 'eval -- "$(shellper init bash)"'),
    "zsh": ("~/.zshrc", 'eval "$(shellper init zsh)"'),
    "fish": ("~/.config/fish/config.fish", "shellper init fish | source"),
}
"""Where each shell loads the hook, and by which line."""

SHELLS = tuple(LOADING)


def script(shell: str, program: Sequence[str] | None = None) -> str:
    """The script of `shell`, with the words that start shellper (by default: this program) written into it.

    Raises ValueError for a shell that has no hook, FileNotFoundError for a damaged installation.
    """
    if shell not in SHELLS:
        raise ValueError(f"no hook for {shell!r}: choose one of {', '.join(SHELLS)}")
    with open(resource_path("shell", f"shellper.{shell}"), encoding="utf-8") as file:  # noqa: PTH123
        text = file.read()
    values = {
        "program": " ".join(quote(word, shell) for word in program or this_program()),
        "completions": quote(resource_path("completions"), shell),
        "version": quote(__version__, shell),
    }
    for name, value in values.items():
        text = text.replace(f"'@{name}@'", value)
    return text


def quote(word: str, shell: str) -> str:
    """The word in single quotes, as `shell` reads them: in fish's, a backslash escapes itself and the quote."""
    if shell == "fish":
        return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return "'" + word.replace("'", "'\\''") + "'"


def this_program() -> list[str]:
    """The words that start shellper again from any folder and with any PATH."""
    started = os.path.abspath(sys.argv[0])  # noqa: PTH100
    if os.path.basename(started) == "shellper" and os.access(started, os.X_OK):  # noqa: PTH119
        return [started]
    installed = os.path.join(os.path.dirname(sys.executable), "shellper")  # noqa: PTH118, PTH120
    return [installed] if os.access(installed, os.X_OK) else [sys.executable, "-m", "shellper"]
