"""The hook in the setups that people have: options, aliases, plugins, prompts, other keys."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from shellper import init
from tests.programs import ROOT, missing, require
from tests.terminal.harness import CTRL_C, KEY, UNDO, Session, Start

ALL = pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
SENTENCE = "find  big files"
COMMAND = "find . -size +100M"
PLUGINS = {name: Path(f"/usr/share/{name}/{name}.zsh") for name in ("zsh-autosuggestions", "zsh-syntax-highlighting")}


def works(session: Session) -> None:
    """The key gives the command, a failure keeps the line, Ctrl-C keeps it too, and no error shows."""
    terminal, fake = session.terminal, session.fake
    rows = len(terminal.rows)
    fake.answer(message="no server", status=1)
    session.press(SENTENCE)
    terminal.wait_for("shellper: no server")
    fake.answer(COMMAND, seconds=60)
    terminal.wait_line(f"$ {SENTENCE}")
    terminal.send(KEY)
    terminal.until(lambda: fake.running)
    terminal.send(CTRL_C)
    terminal.until(lambda: not fake.alive)
    terminal.until(lambda: "…" not in terminal.text)
    terminal.wait_line(f"$ {SENTENCE}")
    fake.answer(COMMAND)
    terminal.send(KEY)
    terminal.wait_line(f"$ {COMMAND}")
    terminal.settle()
    assert len(terminal.rows) <= rows + 1, terminal.text
    assert fake.requests == [SENTENCE] * 3


BASH_SETUPS = {
    "nounset": "set -u",
    "posix": "set -o posix",
    "errexit and pipefail": "set -o pipefail",
    "noclobber": "set -o noclobber",
    "globs": "shopt -s nullglob failglob extglob dotglob",
    "IFS": "IFS=aeiou",
    "aliases": "alias printf=x cat=x local=x trap=x builtin=x export=x return=x bind=x eval=x complete=x",
    "functions": "printf() { echo wrong; }; trap() { echo wrong; }; cat() { echo wrong; }; env() { echo wrong; }",
    "vi": "set -o vi",
    "PROMPT_COMMAND": "PROMPT_COMMAND='true; PS1=\"$ \"'",
    "prompt with a command": "PS1='$(true)$ '",
    "coloured prompt": "PS1='\\[\\e[32m\\]$\\[\\e[0m\\] '",
    "starship": "PROMPT_COMMAND='PS1=\"\\n[\\[\\e[1;32m\\]top\\[\\e[0m\\]]\\n$ \"'",
    "DEBUG trap": "set -o functrace; trap 'true' DEBUG",
    "ERR trap": "set -o errtrace; trap 'echo wrong' ERR",
    "LC_ALL=C": "export LC_ALL=C",
    "histexpand": "set -o histexpand; histchars='f^#'",
    "PATH": "PATH=/nowhere",
    "readonly": "readonly line=1 code=2 answer=3 message=4 prompt=5 reply=6 rows=7 upper=8 last=9 key=10 keymap=11",
    "inherited attributes": "shopt -s localvar_inherit 2>/dev/null; declare -i line=1 answer=2; declare -u message=X",
}
ZSH_SETUPS = {
    "no_unset": "setopt no_unset",
    "ksh_arrays and friends": "setopt ksh_arrays sh_word_split no_unset glob_subst ksh_glob rc_quotes",
    "err_return": "setopt err_return",
    "err_exit": "setopt err_exit",
    "null_glob": "setopt null_glob extended_glob glob_assign warn_create_global warn_nested_var",
    "emulate sh": "setopt posix_builtins posix_identifiers posix_aliases sh_file_expansion bsd_echo",
    "no_multios": "setopt no_multios no_clobber csh_null_glob interactive_comments",
    "aliases": "alias print=false printf=false cat=false local=false trap=false builtin=false zle=false bindkey=false",
    "global aliases": "alias -g G='| grep' L='| less' ls=false",
    "functions": "print() { echo wrong }; trap() { echo wrong }; cat() { echo wrong }; env() { echo wrong }",
    "vi": "bindkey -v",
    "precmd": "autoload -Uz add-zsh-hook; f() { PS1='$ ' }; add-zsh-hook precmd f",
    "prompt_subst": "setopt prompt_subst; PS1='$(echo \\$) '",
    "starship": "setopt prompt_subst; PROMPT='$(print -n \"\\n[%F{green}top%f]\\n$ \")'",
    "IFS": "IFS=aeiou",
    "PATH": "PATH=/nowhere",
    "debug trap": "TRAPDEBUG() { true }",
    "a keymap of one's own": "bindkey -N own emacs; bindkey -A own main",
}
FISH_SETUPS = {
    "vi": "fish_vi_key_bindings; function fish_mode_prompt; end",
    "aliases": "function cat; false; end; function env; false; end; function printf; echo wrong; end",
    "starship": "function fish_prompt; printf '\\n[%stop%s]\\n$ ' (set_color green) (set_color normal); end",
    "PATH": "set PATH /nowhere",
}


@pytest.mark.parametrize("setup", BASH_SETUPS)
def test_bash(start: Start, setup: str) -> None:
    works(start("bash", before=BASH_SETUPS[setup], columns=60))


@pytest.mark.parametrize("setup", ZSH_SETUPS)
def test_zsh(start: Start, setup: str) -> None:
    works(start("zsh", before=ZSH_SETUPS[setup]))


@pytest.mark.parametrize("setup", FISH_SETUPS)
def test_fish(start: Start, setup: str) -> None:
    works(start("fish", before=FISH_SETUPS[setup]))


@pytest.mark.parametrize(
    ("shell", "setting"),
    [("zsh", "RPROMPT='%F{red}right%f'"), ("fish", "function fish_right_prompt; echo -n right; end")],
)
def test_a_right_prompt(start: Start, shell: str, setting: str) -> None:
    session = start(shell, before=setting, ready="right")
    session.fake.answer(COMMAND)
    session.press(SENTENCE)
    session.terminal.until(lambda: session.terminal.line.startswith(f"$ {COMMAND}"))
    session.terminal.settle()
    (row,) = session.terminal.rows
    assert row.split() == ["$", *COMMAND.split(), "right"]


@pytest.mark.parametrize("place", ["before", "after"])
def test_bash_errexit_does_not_end_the_shell(start: Start, place: str) -> None:
    works(start("bash", **{place: "set -e"}))


# ---- loading


@ALL
def test_sourced_twice(start: Start, shell: str, tmp_path: Path) -> None:
    works(start(shell, after=f"source {shlex.quote(str(tmp_path / f'script.{shell}'))}"))


@ALL
def test_a_newer_script_takes_the_place_of_an_older_one(start: Start, shell: str, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_text(init.script(shell, ["/nowhere/shellper"]))
    works(start(shell, before=f"source {old}"))


@ALL
def test_shells_without_a_user_get_nothing(shell: str, tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text(init.script(shell, ["/nowhere/shellper"]))
    listing = {
        "bash": "compgen -A function; complete -p; echo $SHELLPER_HOOK",
        "zsh": "print -l ${(k)functions}; echo $SHELLPER_HOOK",
        "fish": "functions -a; echo $SHELLPER_HOOK",
    }[shell]
    quiet = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    run = subprocess.run(
        [require(shell), *quiet, "-c", f"source {script}; {listing}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "shellper" not in run.stdout.lower()
    assert run.stderr == ("" if shell != "bash" else run.stderr if "shellper" not in run.stderr else "")


def test_the_rest_of_the_rc_file_is_read(start: Start) -> None:
    """A script that returned early would end the file that evaluates it."""
    for shell in ("bash", "zsh"):
        run = subprocess.run(
            [require(shell), "-c", f"eval {shlex.quote(init.script(shell, ['x']))}; echo after"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert run.stdout == "after\n"


def interactive_bash(script: str) -> str:
    """What a bash that believes to be at a terminal prints."""
    return subprocess.run(
        [require("bash"), "--norc", "-ic", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        start_new_session=True,
    ).stdout


def test_an_old_bash_binds_nothing_and_says_nothing(tmp_path: Path) -> None:
    script = init.script("bash", ["x"]).replace("BASH_VERSINFO[0]", "3")
    printed = interactive_bash(f"eval -- {shlex.quote(script)}; compgen -A function; echo $SHELLPER_HOOK")
    assert printed.startswith("bash ")


def test_a_bind_that_is_a_function() -> None:
    """ble.sh reads the keys in place of readline, by a `bind` of its own."""
    script = init.script("bash", ["x"])
    printed = interactive_bash(f"bind() {{ printf '<%s>' \"$@\"; echo; }}; eval -- {shlex.quote(script)}")
    for keymap in ("emacs", "vi-insert", "vi-command"):
        assert f'<-m><{keymap}><-x><"\\C-g": shellper_request "$_">\n' in printed


ODD_PROGRAMS = [
    ["/opt/my tools/shellper"],
    ["/opt/it's/shellper"],
    ['/opt/$HOME/`x`/"y"\\z/shellper'],
    ["/opt/naïve/python", "-m", "shellper"],
    ["/opt/'@completions@'/shellper"],
]


@ALL
@pytest.mark.parametrize("program", ODD_PROGRAMS)
def test_every_emitted_script_is_well_formed(shell: str, program: list[str], tmp_path: Path) -> None:
    script = tmp_path / f"script.{shell}"
    script.write_text(init.script(shell, program), encoding="utf-8")
    subprocess.run([require(shell), "-n", str(script)], check=True, timeout=60)
    if shell == "bash":
        subprocess.run([require("shellcheck"), "-x", str(script)], check=True, timeout=60)
    assert "'@program@'" not in script.read_text(encoding="utf-8")


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_no_comments_in_substitutions(shell: str) -> None:
    """zsh reads a substitution again when it is run, and at the prompt `#` begins no comment there."""
    inside = re.findall(r"\$\(\n(.*?)\n *\)", init.script(shell, ["shellper"]), re.DOTALL)
    assert inside
    assert not [text for text in inside if re.search(r"(?:^|\s)#", text)]


@ALL
def test_a_program_with_an_odd_path(start: Start, shell: str, tmp_path: Path) -> None:
    odd = tmp_path / "it's a $HOME `x` \\ path"
    odd.mkdir()
    program = odd / "shellper"
    program.write_text("#!/bin/sh\ncat >/dev/null\nprintf '\\nls -l\\n'\n")
    program.chmod(0o755)
    session = start(shell, program=[str(program)])
    session.press(SENTENCE)
    session.terminal.wait_line("$ ls -l")


@ALL
def test_the_scripts_are_short(shell: str) -> None:
    lines = (ROOT / "shell" / f"shellper.{shell}").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 200


def test_the_scripts_have_the_same_sections() -> None:
    sections = {
        tuple(
            line for line in (ROOT / "shell" / f"shellper.{shell}").read_text().splitlines() if line.startswith("# ---")
        )
        for shell in init.SHELLS
    }
    assert len(sections) == 1


def test_the_plugin_loads_the_installed_program(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "shellper"
    program.write_text(f"#!/bin/sh\ncat {tmp_path}/plugin-script\n")
    program.chmod(0o755)
    (tmp_path / "plugin-script").write_text("plugin_loaded=yes\n")
    session = start("zsh", after=f"path=({folder} $path)\nsource {ROOT}/shell/shellper.plugin.zsh\n")
    session.terminal.send("echo $plugin_loaded\r")
    session.terminal.wait_for("\nyes")


# ---- the key


OTHER_KEY = {"bash": "\\C-t", "zsh": "^T", "fish": "\\ct"}


def _answering_program(folder: Path) -> str:
    """A PATH with a shellper that prints its arguments."""
    folder.mkdir()
    script = folder / "shellper"
    script.write_text("#!/bin/sh\nprintf '<%s>' \"$@\"; echo\n")
    script.chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


@pytest.mark.parametrize("before", ["", "setopt ksh_arrays sh_word_split no_unset", "setopt nullglob"])
def test_zsh_leaves_question_marks_and_stars_to_the_request(start: Start, before: str, tmp_path: Path) -> None:
    session = start("zsh", before=before, env={"PATH": _answering_program(tmp_path / "bin")})
    session.terminal.send("shellper what is *.py ok?\r")
    session.terminal.wait_for("<what><is><*.py><ok?>")


def test_zsh_keeps_an_alias_of_the_user(start: Start, tmp_path: Path) -> None:
    path = _answering_program(tmp_path / "bin")
    session = start("zsh", before="alias shellper='shellper --new'", env={"PATH": path})
    session.terminal.send("shellper big files\r")
    session.terminal.wait_for("<--new><big><files>")


@ALL
def test_another_key(start: Start, shell: str) -> None:
    setting = f"set SHELLPER_KEY {OTHER_KEY[shell]}" if shell == "fish" else f"SHELLPER_KEY='{OTHER_KEY[shell]}'"
    session = start(shell, before=setting)
    session.fake.answer(COMMAND)
    session.press(SENTENCE, key="\x14")
    session.terminal.wait_line(f"$ {COMMAND}")


@ALL
def test_a_sequence_of_keys(start: Start, shell: str) -> None:
    setting = {"bash": "SHELLPER_KEY='\\eg'", "zsh": "SHELLPER_KEY='\\eg'", "fish": "set SHELLPER_KEY \\eg"}[shell]
    session = start(shell, before=setting)
    session.fake.answer(COMMAND)
    session.press(SENTENCE, key="\x1bg")
    session.terminal.wait_line(f"$ {COMMAND}")


@ALL
def test_no_key(start: Start, shell: str) -> None:
    setting = "set SHELLPER_KEY ''" if shell == "fish" else "SHELLPER_KEY="
    session = start(shell, before=setting)
    session.press(SENTENCE)
    session.terminal.settle(0.3)
    assert not session.fake.asked


@ALL
def test_the_public_name_can_be_bound(start: Start, shell: str) -> None:
    before = "set SHELLPER_KEY ''" if shell == "fish" else "SHELLPER_KEY="
    after = {
        "bash": "bind -x '\"\\C-xg\": shellper_request'",
        "zsh": "bindkey '^Xg' shellper_request",
        "fish": "bind \\cxg shellper_request",
    }[shell]
    session = start(shell, before=before, after=after)
    session.fake.answer(COMMAND)
    session.press(SENTENCE, key="\x18g")
    session.terminal.wait_line(f"$ {COMMAND}")


@pytest.mark.parametrize(
    ("shell", "key"), [("bash", None), ("zsh", None), ("zsh", "^g"), ("zsh", "\\C-g"), ("zsh", "\\a")]
)
def test_the_key_still_cancels_a_search(start: Start, shell: str, key: str | None) -> None:
    session = start(shell, before=f"SHELLPER_KEY='{key}'" if key else "")
    session.terminal.send("echo one\r")
    session.terminal.wait_rows("$ echo one", "one", "$")
    session.terminal.send("typed\x01")
    session.terminal.wait_for("typed")
    session.terminal.send("\x12one")
    session.terminal.wait_for("search")
    session.terminal.settle()
    session.terminal.send(KEY)
    session.terminal.until(lambda: "search" not in session.terminal.text)
    session.terminal.settle()
    assert session.terminal.line == "$ typed"
    assert not session.fake.asked


@pytest.mark.parametrize("order", ["module, hook", "hook", "hook, module"])
def test_the_key_still_leaves_a_menu(start: Start, order: str) -> None:
    menu = "autoload -Uz compinit; compinit -D; zstyle ':completion:*' menu select\n"
    module = "zmodload zsh/complist\n"
    before = module if order.startswith("module") else ""
    session = start("zsh", before=before + menu, after=module if order.endswith("module") else "")
    session.terminal.send("touch aa ab; clear\r")
    session.terminal.wait_rows("$")
    session.terminal.send("ls a\t\t")
    session.terminal.wait_for("ab")
    session.terminal.send(KEY)
    session.terminal.wait_line("$ ls a")
    assert not session.fake.asked


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_prefix_of_another_tool_only_delays_the_key(start: Start, shell: str) -> None:
    """As fzf-git.sh has it: Ctrl-G is the first key of longer bindings."""
    other = {"bash": 'bind \'"\\C-gf": "files"\'', "zsh": "bindkey -s '^Gf' files"}[shell]
    session = start(shell, after=other)
    session.fake.answer(COMMAND)
    session.press(SENTENCE)
    session.terminal.wait_line(f"$ {COMMAND}")


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_vi_chosen_after_the_hook(start: Start, shell: str) -> None:
    works(start(shell, after={"bash": "set -o vi", "zsh": "bindkey -v"}[shell]))


# ---- plugins of zsh


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("names", [["zsh-autosuggestions"], ["zsh-syntax-highlighting"], list(PLUGINS)])
def test_plugins_of_zsh(start: Start, names: list[str], first: bool) -> None:
    for name in names:
        if not PLUGINS[name].exists():
            missing(f"{name} is not installed")
    lines = "".join(f"source {PLUGINS[name]}\n" for name in names)
    session = start("zsh", before=lines if first else "", after="" if first else lines)
    works(session)
    session.terminal.send(UNDO)
    session.terminal.wait_line(f"$ {SENTENCE}")


def test_a_suggestion_does_not_become_part_of_the_request(start: Start) -> None:
    if not PLUGINS["zsh-autosuggestions"].exists():
        missing("zsh-autosuggestions is not installed")
    session = start("zsh", before=f"source {PLUGINS['zsh-autosuggestions']}")
    terminal = session.terminal
    terminal.send("true find big files in src\r")
    terminal.wait_line("$")
    session.fake.answer(COMMAND, seconds=60)
    terminal.send("true find big")
    terminal.wait_for("$ true find big files in src\n$ true find big files in src")
    terminal.send(KEY)
    terminal.wait_line("$ true find big  …")
    session.fake.release()
    terminal.wait_line(f"$ {COMMAND}")
    assert session.fake.requests == ["true find big"]
