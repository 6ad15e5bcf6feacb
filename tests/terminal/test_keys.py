"""What `shellper doctor` finds out about the key, the hook and the completions."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from shellper import init, keys
from shellper.cli import doctor
from tests.programs import CTRL_G, require
from tests.terminal.harness import RC, environment

ALL = pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])


@pytest.fixture
def rc(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of the shells that are asked."""
    monkeypatch.setattr(keys, "SECONDS", 120)  # a busy machine is no failure
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
    assert (found.key, found.bound, list(found.conflicts)) == (CTRL_G[shell], True, [])
    assert found.supported
    assert found.loaded


@ALL
def test_without_the_hook_nothing_is_bound(rc: Path, monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    monkeypatch.setenv("SHELLPER_HOOK", f"{shell} 0.0.0 17")  # of the shell that asks
    found = written(shell, rc, "HOOK\n", hook=False)
    assert not found.loaded
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
    waits = "next key" if shell == "fish" and found.version.startswith("3.") else "pause"
    assert waits in conflict.effect


@pytest.mark.parametrize(
    ("shell", "setting"),
    [
        ("bash", "SHELLPER_KEY='\\C-o'"),
        ("zsh", "SHELLPER_KEY='^O'"),
        ("zsh", "SHELLPER_KEY='\\C-o'"),
        ("zsh", "SHELLPER_KEY=$'\\x0f'"),
        ("fish", "set SHELLPER_KEY \\co"),
        ("fish", "set SHELLPER_KEY \\c]"),
        ("bash", "SHELLPER_KEY='\\eg'"),
        ("zsh", "SHELLPER_KEY='^[g'"),
        ("fish", "set SHELLPER_KEY \\eg"),
    ],
)
def test_a_key_of_the_users_choice(rc: Path, shell: str, setting: str) -> None:
    found = written(shell, rc, f"{setting}\nHOOK\n")
    assert found.bound
    assert not found.conflicts


@pytest.mark.parametrize(
    ("shell", "setting"),
    [
        ("bash", "SHELLPER_KEY=Control-o"),
        ("bash", "SHELLPER_KEY='\"\\C-o\"'"),
        ("zsh", "SHELLPER_KEY=ctrl-o"),
        ("fish", "set SHELLPER_KEY '\\cg'"),
    ],
)
def test_text_that_is_taken_for_a_key(rc: Path, shell: str, setting: str) -> None:
    (conflict,) = written(shell, rc, f"{setting}\nHOOK\n").conflicts
    assert "text to type" in conflict.effect
    assert "SHELLPER_KEY" in conflict.cure


@pytest.mark.parametrize(
    ("shell", "after"),
    [
        ("bash", "bind -r '\\C-g'"),
        ("bash", "bind '\"\\C-g\": abort'"),
        ("zsh", "bindkey -d"),
        ("fish", "bind --erase --all"),
    ],
)
def test_a_key_that_was_taken_away(rc: Path, shell: str, after: str) -> None:
    found = written(shell, rc, f"HOOK\n{after}\n")
    assert (found.loaded, found.bound, list(found.conflicts)) == (True, False, [])
    (finding,) = doctor._key(found)
    assert finding.state == doctor.ODD
    assert "does not ask shellper" in finding.seen
    assert "SHELLPER_KEY" in finding.repair


def test_the_place_where_fish_has_the_users_bindings(rc: Path) -> None:
    other = 'function fish_user_key_bindings; bind \\cg "commandline -r other"; end'
    found = written("fish", rc, f"HOOK\n{other}\n")
    assert not found.bound
    assert len(found.conflicts) == 1


@ALL
def test_no_key_by_choice(rc: Path, shell: str) -> None:
    found = written(shell, rc, "set SHELLPER_KEY ''\nHOOK\n" if shell == "fish" else "SHELLPER_KEY=\nHOOK\n")
    assert (found.key, found.bound, found.loaded) == ("", False, True)


@pytest.mark.parametrize("key", ["\\co", "ctrl-o"])
def test_the_notation_of_fish_4(key: str) -> None:
    found = keys.read("fish", "4.0.2", key, "bind ctrl-o shellper_request\nbind --preset ctrl-o other")
    assert found.bound
    assert not found.conflicts


def test_the_notation_of_fish_4_is_no_key_in_fish_3() -> None:
    (conflict,) = keys.read("fish", "3.6.0", "ctrl-o", "bind ctrl-o shellper_request").conflicts
    assert conflict.cure.endswith("set -g SHELLPER_KEY \\co")


def test_zsh_without_compinit_has_no_completions(rc: Path) -> None:
    assert not written("zsh", rc, "HOOK\n").completes
    assert written("zsh", rc, "autoload -Uz compinit; compinit -D\nHOOK\n").completes
    assert written("zsh", rc, "HOOK\nautoload -Uz compinit; compinit -D\n").completes


@ALL
def test_a_line_that_this_shell_has_not_read_yet(rc: Path, shell: str) -> None:
    written(shell, rc, "HOOK\n")
    script = f"{shlex.quote(sys.executable)} -m shellper doctor --base-url http://127.0.0.1:1/v1; true"
    run = subprocess.run([shell, "-c", script], capture_output=True, text=True, timeout=120, check=False)
    assert "not loaded in this shell, but in every new one" in run.stdout
    assert "-> open a new terminal, or: source ~/" in run.stdout
    assert f"shellper init {shell}" not in run.stdout


def test_an_old_bash() -> None:
    assert not keys.read("bash", "3.2.57(1)-release", "\\C-g", "").supported


def test_no_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert keys.look("zsh") is None
