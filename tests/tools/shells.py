"""What a shell reads in a line of text."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAMS = "cat cd cp diff du echo find grep head ls mkdir mv printf rm rmdir sed sort tail touch wc"
_SHOW = r"""show() { command printf '%s\0' "$@"; }; """
_CATCH = "".join(f'{name}() {{ show {name} "$@"; }}; ' for name in PROGRAMS.split())


def words_read(text: str, folder: Path, shell: str = "bash") -> list[str]:
    """The program and the arguments that a shell would give it, in an empty folder."""
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed")
    line = _SHOW + _CATCH.replace("command printf", "/usr/bin/printf") + text
    line = line.replace("command printf", shutil.which("printf") or "printf")
    options = ["-f"] if shell == "zsh" else []
    environment = {"HOME": "/home/somebody", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    result = subprocess.run(
        [path, *options, "-c", line], cwd=folder, env=environment, capture_output=True, timeout=20, check=True
    )
    assert result.stderr == b""
    return result.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]
