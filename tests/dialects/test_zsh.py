"""Commands on zsh's line: zsh reads them as bash does, or gives them to bash."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellper.dialects import for_shell
from shellper.init import quote
from tests.programs import require


def output(shell: str, text: str, folder: Path) -> tuple[str, int]:
    """What a shell prints, and its exit status."""
    options = {"zsh": ["-f"], "bash": ["--norc"]}[shell]
    done = subprocess.run(
        [require(shell), *options, "-c", text], cwd=folder, capture_output=True, text=True, check=False, input="hi\n"
    )
    return done.stdout, done.returncode


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three files."""
    for name in ("one.txt", "two.txt", "Three"):
        (tmp_path / name).write_text("b c\na\n")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "ls -la | wc -l",
        'for f in *.txt; do echo "${f%.txt}"; done',
        "for f in *.txt; do mv -n $f x-$f && echo $f; done",
        "while IFS= read -r a b; do echo $b; done < one.txt",
        "if [ -f one.txt ] && [[ -d . ]]; then echo there; fi",
        "for ((i = 0; i < 3; i++)); do echo $((i * 2)); done",
        "for i in {1..3} $(seq 2); do echo $i; done",
        "x=hello; echo ${x:1:2} ${x/l/L} ${x//l/,} ${x: -1} ${#x} ${x:-d}",
        'a=(x y); a+=(z); for e in "${a[@]}"; do echo $e; done; echo ${#a[@]} ${a[-1]} ${a[@]:1}',
        "declare -A m; m[k]=v; echo ${m[k]}",
        "n=$(ls | wc -l); echo $n",
        'f() { local a=1; echo "$a $1"; }; f b',
        "[[ abc =~ b ]] && echo yes",
        '[ "$HOME" = x ] || echo no',
        "echo hi &>> log; cat log <(echo a) <<< b",
        "true; echo $?",
        "read -r x; echo $x",
        "sleep 0 & wait $! && echo ${!:+ok}",
        "printf '%s\\n' *.txt",
        "echo -e 'a\\tb' && echo $'a\\tb'",
        "case a in a|b) echo yes;; esac",
        "echo '' | tr a-z A-Z",
    ],
)
def test_left_alone(command: str, folder: Path) -> None:
    assert for_shell("zsh", command) == command
    assert output("zsh", command, folder)[1] == output("bash", command, folder)[1] == 0


@pytest.mark.parametrize(
    "command",
    [
        'for f in *; do echo mv -n "$f" "${f^^}"; done',
        "x=AB; echo ${x,,} ${x,} ${x,,[A-Z]}",
        "x=ab; echo ${x^}",
        "y=3; x=y; echo ${!x}",
        "x='a b'; echo ${x@Q}",
        "declare -A m=([a]=1); echo ${!m[@]}",
        "mapfile -t a < one.txt; echo ${#a[@]}",
        "readarray -t a < one.txt; printf '%s\\n' \"${a[@]}\"",
        "shopt -s nullglob; echo *.none one*",
        "x=5; declare -n r=x; echo $r",
        "f() { local -n r=$1; echo $r; }; x=5; f x",
        'read -rp "name: " x; echo $x',
        "read -ra v < one.txt; echo ${v[@]}",
        "read -n 1 c; echo $c",
        "compgen -f one",
        "help cd | head -n 1",
        "type -t ls",
        "echo $BASH_VERSION",
        "true | false; echo ${PIPESTATUS[@]}",
        "[[ abc =~ (b) ]] && echo ${BASH_REMATCH[1]}",
        "a=(x y z); echo ${a[0]}",
        'a=(x y z); i=1; echo "${a[$i]}" "${a[i]}"',
        'a=(x y z); echo "$a"',
        'list="a b"; for x in $list; do echo $x; done',
        "all=$(ls); for x in $all; do echo $x; done",
        "options='-l -a'; ls $options | wc -l",
        "files='*.txt'; ls $files",
        '[ "$HOME" == x ] || echo no',
        "test a == a && echo yes",
        "echo ===",
        "echo 'a\\tb' '\\\\d'",
        "printf '%(%Y)T\\n' -1",
        "echo a # and nothing more",
    ],
)
def test_what_bash_prints_zsh_prints(command: str, folder: Path) -> None:
    given_to_bash = for_shell("zsh", command)
    assert given_to_bash.startswith("bash -c '")
    printed = output("zsh", given_to_bash, folder)
    assert printed == output("bash", command, folder)
    assert printed[0]


@pytest.mark.parametrize("shell", ["bash", "", "tcsh"])
def test_others_are_given_what_there_is(shell: str) -> None:
    assert for_shell(shell, "echo ${x^^}") == "echo ${x^^}"


@given(st.lists(st.text("ab '\"\\$`*{}!\t\n", max_size=12), min_size=1, max_size=20), st.booleans())
def test_quoted_text_is_one_word(texts: list[str], doubled: bool) -> None:
    """Also where two quotes between quotes are one (RC_QUOTES)."""
    line = f"printf '%s\\n' {' '.join(quote(text, 'zsh') for text in texts)}"
    words = [require("zsh"), "-f", *(["-o", "rcquotes"] if doubled else []), "-c", line]
    printed = subprocess.run(words, capture_output=True, text=True, check=True)
    assert printed.stdout == "".join(f"{text}\n" for text in texts)
