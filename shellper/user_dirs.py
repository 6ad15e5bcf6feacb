"""The folders of the user: configuration and state, both named by platformdirs, and where the user works.

platformdirs is imported inside the functions: not every command needs it.
"""

from __future__ import annotations

import os
from pathlib import Path

from shellper.errors import StateError

NAME = "shellper"


def config_file() -> Path | None:
    """The configuration file, which need not exist; None where there is no home."""
    from platformdirs import user_config_dir

    try:
        return Path(user_config_dir(NAME, appauthor=False)) / "config.toml"
    except RuntimeError:
        return None


def state_dir() -> Path:
    """The folder of conversations and other state, which need not exist.

    Raises StateError where there is no home: a relative folder would scatter state over the places of work.
    """
    from platformdirs import user_state_dir

    try:
        folder = Path(user_state_dir(NAME, appauthor=False))
    except RuntimeError:
        folder = Path()
    if not folder.is_absolute():
        raise StateError("there is no home folder to keep anything in: set HOME or XDG_STATE_HOME")
    return folder


def user_path(name: str) -> Path:
    """The path that a user wrote, `~` expanded; Path.expanduser raises an error where nobody has that home."""
    return Path(os.path.expanduser(name))  # noqa: PTH111


def private_folder(folder: Path) -> Path:
    """The folder, made if it is missing, readable by its owner alone.

    Raises OSError, and StateError if it belongs to somebody else: `sudo shellper` should leave no files of root behind.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.stat()
    if status.st_uid != os.geteuid():
        raise StateError(f"{folder} belongs to another user: set XDG_STATE_HOME to a folder of your own")
    if status.st_mode & 0o077:
        folder.chmod(0o700)
    return folder


def current_folder() -> Path | None:
    """The current folder, None if it has been removed."""
    try:
        return Path.cwd()
    except OSError:
        return None
