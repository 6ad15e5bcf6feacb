"""The configuration file, config.toml: read as a whole, changed one line at a time, its comments kept.

What its keys mean is the matter of shellper.settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shellper import user_dirs
from shellper.errors import ConfigError
from shellper.storage import locked, replace_file


def location() -> Path:
    """Where the file is, or would be. Raises ConfigError where there is no home."""
    file = user_dirs.config_file()
    if not file:
        raise ConfigError("there is no home folder for the configuration: set HOME or XDG_CONFIG_HOME")
    return file


def read(file: Path) -> dict[str, Any]:
    """Its keys and values; none if it is missing. Raises ConfigError if it cannot be read or is no TOML."""
    return _parsed(_text(file), file)


def create(file: Path, text: str) -> None:
    """Make the file with this text unless it is there. Raises ConfigError."""
    with _held(file):
        if not file.exists():
            _write(file, text)


def change(name: str, value: Any) -> None:
    """Set or, with None, remove a key, and leave every other line as it is.

    Raises ConfigError if the file cannot be written, or is written so that a line cannot be changed alone.
    """
    file = location()
    with _held(file):
        _write(file, _changed(file, name, value))


def as_toml(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return repr(value).removesuffix(".0")
    from json import dumps

    # TOML's basic strings have JSON's escapes, and no raw DEL.
    return dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _text(file: Path) -> str:
    """What stands in the file, nothing if it is missing. Raises ConfigError."""
    try:
        return file.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError) as error:
        cure = "mend or remove it, or set XDG_CONFIG_HOME"
        raise ConfigError(f"cannot read {file}: {_cause(error)}; {cure}") from None


def _parsed(text: str, file: Path) -> dict[str, Any]:
    if not text.strip():
        return {}
    import sys

    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise ConfigError(f"{file} is not valid TOML: {_cause(error)}; mend it with: shellper config edit") from None


def _changed(file: Path, name: str, value: Any) -> str:
    """The file's text with the key set or removed."""
    old = _text(file)
    wanted = {known: held for known, held in _parsed(old, file).items() if known != name}
    lines = [line for line in old.splitlines() if not re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", line)]
    if value is not None:
        wanted[name] = value
        table = next((place for place, line in enumerate(lines) if re.match(r"\s*\[", line)), len(lines))
        lines.insert(table, f"{name} = {as_toml(value)}")
    new = "".join(f"{line}\n" for line in lines)
    if _parsed(new, file) != wanted:
        raise ConfigError(f"{name} cannot be changed alone in {file}: use shellper config edit")
    return new


@contextmanager
def _held(file: Path) -> Iterator[None]:
    """Nobody else changes the file meanwhile. Raises ConfigError if it cannot be written."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(file.parent):
            yield
    except OSError as error:
        cure = "make it yours, or set XDG_CONFIG_HOME to a folder that you can write"
        raise ConfigError(f"cannot write {file}: {error.strerror}; {cure}") from None


def _write(file: Path, text: str) -> None:
    """Replace the file as a whole; it may hold a key, so it is its owner's alone. Raises OSError."""
    # A link is a file kept elsewhere, such as in a repository of dotfiles.
    target = file.resolve()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(target, text)


def _cause(error: Exception) -> str:
    """An exception's reason in one line, without the path that the caller names."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
    return " ".join(reason.split())[:200]
