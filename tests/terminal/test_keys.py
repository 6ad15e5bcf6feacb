"""What `shellper doctor` finds out about the key."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from shellper import init, keys
from tests.programs import require
from tests.terminal.harness import RC, environment

ALL = pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])


@pytest.fixture
def rc(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of the shells that are asked."""
    for name, value in environment("bash", home).items():
        monkeypatch.setenv(name, value)
    return home


def written(shell: str, home: Path, text: str, hook: bool = True) -> keys.Keys:
    """What is seen with this text before the hook in the user's rc file."""
    require(shell)
    file = home / (".bashrc" if shell == "bash" else RC[shell])
    file.parent.mkdir(exist_ok=True)
    script = home / f"script.{shell}"
    script.write_text(init.script(shell, ["/nowhere/shellper"]))
    file.write_text(text.replace("HOOK", f"source {shlex.quote(str(script))}" if hook else ""))
    found = keys.look(shell)
    assert found
    return found


@ALL
def test_all_is_well(rc: Path, shell: str) -> None:
    found = written(shell, rc, "HOOK\n")
    assert (found.key, found.bound, list(found.conflicts)) == (keys.DEFAULT_KEY[shell], True, [])
    assert found.supported


@ALL
def test_without_the_hook_nothing_is_bound(rc: Path, shell: str) -> None:
    found = written(shell, rc, "HOOK\n", hook=False)
    assert not found.bound
    assert not found.conflicts


@ALL
def test_another_tool_has_the_key(rc: Path, shell: str) -> None:
    other = {"bash": "bind -x '\"\\C-g\": navi'", "zsh": "bindkey '^G' undo", "fish": "bind \\cg undo"}[shell]
    found = written(shell, rc, f"HOOK\n{other}\n")
    assert not found.bound
    (conflict,) = found.conflicts
    assert "instead" in conflict.effect
    assert "SHELLPER_KEY" in conflict.cure


@ALL
def test_a_longer_binding_begins_with_the_key(rc: Path, shell: str) -> None:
    other = {
        "bash": 'bind \'"\\C-gf": "files"\'',
        "zsh": "bindkey '^Gf' undo",
        "fish": "bind \\cgf undo",
    }[shell]
    found = written(shell, rc, f"HOOK\n{other}\n")
    assert found.bound
    (conflict,) = found.conflicts
    assert "pause" in conflict.effect


@ALL
def test_a_key_of_the_users_choice(rc: Path, shell: str) -> None:
    setting = {"bash": "SHELLPER_KEY='\\C-o'", "zsh": "SHELLPER_KEY='^O'", "fish": "set SHELLPER_KEY \\co"}[shell]
    found = written(shell, rc, f"{setting}\nHOOK\n")
    assert found.bound or shell == "fish"  # fish keeps the character itself, which no listing shows
    assert not found.conflicts


def test_an_old_bash() -> None:
    assert not keys.read("bash", "3.2.57(1)-release", "\\C-g", "").supported


def test_no_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert keys.look("zsh") is None
