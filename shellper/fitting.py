"""Fits a call to the files that are here: README.md where "the readme" was said, -r where a folder stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from shellper.tools import ToolSet
from shellper.tools.call import ToolCall

_NO_FILES = frozenset({"pattern", "content", "name", "question"})
"""Parameters whose values are never operands."""

_SOURCES = {"cp": ("source", "more_sources"), "grep": ("file_name", "more_files"), "rm": ("file_name", "more_files")}
"""Tools that only complain about a folder without their -r, and the parameters that name it."""


def with_file(call: ToolCall, request: str, word: str, file: str | None) -> ToolCall:
    """The call with the existing file in place of the word, if that is what the request means by "the readme"."""
    if not file or not names_loosely(request, word, file):
        return call
    return replace(call, arguments=_replaced(call.arguments, word, file))


def with_folders(call: ToolCall, tools: ToolSet, here: Path) -> tuple[ToolCall, list[str]]:
    """The call with recursive set where it names a folder that is here, and these folders."""
    arguments = tools.complete(call).arguments
    if call.name not in _SOURCES or arguments.get("recursive") is not False or arguments.get("keep"):
        return call, []
    one, more = (arguments[name] for name in _SOURCES[call.name])
    folders = [name for name in (one, *(more or ())) if _is_folder(here, name)]
    return (replace(call, arguments={**call.arguments, "recursive": True}) if folders else call), folders


def _is_folder(here: Path, name: str) -> bool:
    try:
        path = here / Path(name).expanduser()
        return path.is_dir() and not path.is_symlink()
    except (OSError, RuntimeError, ValueError):  # no home, a null byte, a name that is too long
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

    def replace(name: str, value: Any) -> Any:
        nonlocal found
        if isinstance(value, list):
            return [replace(name, item) for item in value]
        if value == word and name not in _NO_FILES:
            found += 1
            return file
        if name == "command" and isinstance(value, str):
            found += len(in_text.findall(value))
            return in_text.sub(file, value)
        return value

    replaced = {name: replace(name, value) for name, value in arguments.items()}
    return replaced if found == 1 else dict(arguments)
