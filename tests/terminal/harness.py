"""A shell with the hook loaded, and the fake program behind it."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shellper import init
from tests.programs import ROOT, require
from tests.terminal.screen import Terminal

KEY = "\x07"
CTRL_C = "\x03"
UNDO = "\x1f"


@dataclass
class Fake:
    """The program behind the key, as the test has it answer."""

    folder: Path

    def answer(self, out: str = "", message: str = "", status: int = 0, seconds: float = 0.0, noise: str = "") -> None:
        """What the program answers from now on; `seconds` is how long it takes, unless `release` comes first."""
        for name in ("go", "running"):
            (self.folder / name).unlink(missing_ok=True)
        values = {"out": out, "message": message, "status": status, "seconds": seconds, "noise": noise}
        (self.folder / "answer.json").write_text(json.dumps(values), encoding="utf-8")

    def release(self) -> None:
        """Let a program that takes its time answer now."""
        (self.folder / "go").touch()

    @property
    def running(self) -> bool:
        """Whether the program was started since the answer was set."""
        return (self.folder / "running").exists()

    @property
    def asked(self) -> list[dict[str, Any]]:
        """Every call: arguments, request, environment."""
        log = self.folder / "asked.jsonl"
        return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []

    @property
    def requests(self) -> list[str]:
        """The requests alone."""
        return [str(call["request"]) for call in self.asked]

    @property
    def alive(self) -> bool:
        """Whether the last call's process is still there."""
        return Path("/proc", (self.folder / "running").read_text(), "cmdline").exists()


def fake_program(folder: Path) -> tuple[list[str], Fake]:
    """A new fake in the folder, and the words that start it."""
    folder.mkdir(parents=True, exist_ok=True)
    fake = Fake(folder)
    fake.answer("")
    return [sys.executable, "-S", "-E", str(ROOT / "tests/terminal/fake_program.py")], fake


@dataclass
class Session:
    """A shell on a screen, and what stands behind its key."""

    shell: str
    terminal: Terminal
    fake: Fake

    def press(self, text: str = "", key: str = KEY) -> None:
        """Type the text as one person would, wait until it stands there, press the key."""
        if text:
            self.terminal.send(text)
            self.terminal.wait_for(text[-20:].splitlines()[-1].rstrip())
        self.terminal.send(key)


RC = {"bash": "bashrc", "zsh": ".zshrc", "fish": "fish/config.fish"}
PROMPT = {
    "bash": "PS1='$ '\n",
    "zsh": "PS1='$ '; PS2='> '; setopt no_prompt_sp\n",
    "fish": "function fish_prompt; echo '$ '; end\nset -g fish_greeting\nset -g fish_autosuggestion_enabled 0\n",
}


def environment(shell: str, home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """A clean environment with its own home."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "CI", "PYTHONPATH") if name in os.environ}
    values = {
        **kept,
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        "FAKE_SHELLPER": str(home / "fake"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "INPUTRC": "/dev/null",
        "ZDOTDIR": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
    }
    return {**values, **(extra or {})}


def command(shell: str, home: Path) -> list[str]:
    """The shell, interactive, with the rc file of `home` alone."""
    path = require(shell)
    return {
        "bash": [path, "--noprofile", "--rcfile", str(home / RC["bash"]), "-i"],
        "zsh": [path, "--no-global-rcs", "-i"],
        "fish": [path, "-i"],
    }[shell]


@contextmanager
def session(
    shell: str,
    home: Path,
    *,
    before: str = "",
    after: str = "",
    program: list[str] | None = None,
    env: Mapping[str, str] | None = None,
    columns: int = 80,
    rows: int = 24,
    cwd: Path | None = None,
    ready: str = "$",
    prompt: str | None = None,
) -> Iterator[Session]:
    """A shell whose rc file is: the prompt, `before`, the hook, `after`. Starts when the prompt stands there."""
    words, fake = fake_program(home / "fake")
    script = home / f"script.{shell}"
    script.write_text(init.script(shell, program or words), encoding="utf-8")
    rc = home / RC[shell]
    rc.parent.mkdir(exist_ok=True)
    # fish, where this folder is missing, reads all manual pages in the background to make completions.
    (home / "data/fish/generated_completions").mkdir(parents=True, exist_ok=True)
    chosen = PROMPT[shell] if prompt is None else prompt
    rc.write_text(f"{chosen}{before}\nsource {shlex.quote(str(script))}\n{after}\n", encoding="utf-8")
    terminal = Terminal(
        command(shell, home),
        env=environment(shell, home, env),
        cwd=cwd or home,
        columns=columns,
        rows=rows,
    )
    with terminal:
        terminal.until(lambda: terminal.line.endswith(ready), "the prompt")
        terminal.settle()
        yield Session(shell, terminal, fake)


Start = Callable[..., Session]
