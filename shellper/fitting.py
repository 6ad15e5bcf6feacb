"""Fits a call to the files that are here: README.md where "the readme" was said, -r where a folder stands."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from shellper.tools import ToolSet
from shellper.tools.call import ToolCall
from shellper.tools.quoting import quote_file
from shellper.user_dirs import user_path

_NO_FILES = frozenset({"pattern", "content", "name", "question"})
"""Parameters whose values are never operands."""

_MOST_SAID, _MOST_WORDS = 100, 16
"""Words of a request that are looked at, and that are tried as one name."""

_SOURCES = {"cp": ("source", "more_sources"), "grep": ("file_name", "more_files"), "rm": ("file_name", "more_files")}
"""Tools that only complain about a folder without their -r, and the parameters that name it."""


def with_file(call: ToolCall, request: str, word: str, file: str | None) -> ToolCall:
    """The call with the existing file in place of the word, if that is what the request means by "the readme"."""
    if not file or not names_loosely(request, word, file):
        return call
    return replace(call, arguments=_replaced(call.arguments, word, file))


def with_blanks(command: str, request: str, here: Path) -> str:
    """The command with a file that is here in one piece, where it took "My Documents" for two operands, or for one."""
    said = request.split()[:_MOST_SAID]
    for start, word in enumerate(said):
        first = word.lstrip("\"'`")
        if first and not _exists(here, first):
            name = _longest_name([first, *said[start + 1 : start + _MOST_WORDS]], here)
            if name and quote_file(name) not in command:
                command = _with_name(command, name, here)
    return command


def _longest_name(said: Sequence[str], here: Path) -> str | None:
    """The file that is here whose name is the most of the words, at least two of them."""
    names = (" ".join(said[:count]).rstrip("\"'`.,;:?!") for count in range(len(said), 1, -1))
    return next((name for name in names if _exists(here, name)), None)


def _with_name(command: str, name: str, here: Path) -> str:
    """The command with the quoted name in place of its first words, or of its last ones if no such file is here."""
    words = name.split(" ")
    for count in range(len(words), 0, -1):
        if match := _find_operand(command, re.escape(" ".join(words[:count]))):
            return _replaced_part(command, match, name)
    for count in range(len(words) - 1, 0, -1):
        match = _find_operand(command, r"(?:~/|\./)?" + re.escape(" ".join(words[-count:])))
        if match and not _exists(here, match[0]):
            return _replaced_part(command, match, name)
    return command


def _replaced_part(command: str, match: re.Match[str], name: str) -> str:
    return command[: match.start()] + quote_file(name) + command[match.end() :]


def _find_operand(command: str, pattern: str) -> re.Match[str] | None:
    """Where the pattern fits one or more whole operands of a command, unquoted."""
    match = re.search(rf"(?<=[^\s;|&(]\s){pattern}(?![^\s;|&)])", command)
    if not match:
        return None
    try:
        shlex.split(command[: match.start()])
    except ValueError:  # inside quotes
        return None
    return match


def with_folders(call: ToolCall, tools: ToolSet, here: Path) -> tuple[ToolCall, list[str]]:
    """The call with recursive set where it names a folder that is here, and these folders."""
    arguments = tools.complete(call).arguments
    if call.name not in _SOURCES or arguments.get("recursive") is not False or arguments.get("keep"):
        return call, []
    one, more = (arguments[name] for name in _SOURCES[call.name])
    folders = [name for name in (one, *(more or ())) if _is_folder(here, name)]
    return (replace(call, arguments={**call.arguments, "recursive": True}) if folders else call), folders


def _exists(here: Path, name: str) -> bool:
    try:
        return os.path.lexists(here / user_path(name))
    except ValueError:  # a null byte
        return False


def _is_folder(here: Path, name: str) -> bool:
    try:
        path = here / user_path(name)
        return path.is_dir() and not path.is_symlink()
    except (OSError, ValueError):  # a null byte, a name that is too long
        return False


def names_loosely(request: str, word: str, file: str) -> bool:
    """Whether the request says "the readme" where README.md is meant: an article, a bare word, the file's stem."""
    # The name gets into the command and so into later prompts: one that is a sentence or a pattern stays out.
    bare = re.fullmatch(r"\w[\w-]*", word) is not None and re.fullmatch(r"[\w./-]{1,80}", file) is not None
    stem = Path(file).name.casefold().split(".")[0]
    return (
        bare
        and stem == word.casefold()
        and re.search(rf"\bthe\s+{re.escape(word)}\b(?![./])", request, re.I) is not None
    )


def _replaced(arguments: Mapping[str, Any], word: str, file: str) -> dict[str, Any]:
    """The arguments with the file in place of the word, if the word stands there once, alone or in a command line."""
    in_text = re.compile(rf"(?<![\w./'\"$=-]){re.escape(word)}(?![\w./'\"=-])")
    found = 0

    def fitted(name: str, value: Any) -> Any:
        nonlocal found
        if isinstance(value, list):
            return [fitted(name, item) for item in value]
        if value == word and name not in _NO_FILES:
            found += 1
            return file
        if name == "command" and isinstance(value, str):
            found += len(in_text.findall(value))
            return in_text.sub(file, value)
        return value

    replaced = {name: fitted(name, value) for name, value in arguments.items()}
    return replaced if found == 1 else dict(arguments)
