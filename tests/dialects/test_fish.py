"""Commands on fish's line: fish reads them as bash does, or gives them to bash."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellper.dialects import for_shell
from shellper.init import quote
from tests.programs import require


@pytest.mark.parametrize(
    "command",
    [
        "ls -la",
        "find . -type f -name '*.txt' -size +1M | wc -l",
        "mkdir -p a/b && cd a/b || echo no",
        "git commit -m 'it is done' > log.txt 2>&1",
        'echo "$HOME/x" $(date +%F)',
        "tar -czf a.tar.gz {src,docs}",
        "awk '{s+=$1} END {print s}' a.txt",
        "sed -i 's/\\//x/g' a.txt",
        "[ -f a.txt ] && echo yes || echo no",
        "find . -name '*.py' -exec wc -l {} +",
        "export EDITOR=vim",
        "sleep 5 &",
        "if",
    ],
)
def test_left_alone(command: str) -> None:
    assert for_shell("fish", command) == command


@pytest.mark.parametrize(
    "command",
    [
        'for f in *.txt; do echo "${f%.txt}"; done',
        "while read -r line; do echo $line; done < two.txt",
        "if [ -f one.txt ]; then echo there; fi",
        "[[ -f one.txt ]] && echo there",
        "echo $((6 * 7))",
        "echo {1..3}",
        "(cd sub; ls)",
        "{ echo a; echo b; }",
        "diff <(sort two.txt) <(sort two.txt) && echo same",
        "tr a-z A-Z <<< quiet",
        "echo `echo inner`",
        "printf '%s' $'a\\tb'",
        "ls [ot]*.txt",
        "echo 'a\\\\.b' 'it'",
        "false; echo $?",
        "ls nothing.here |& wc -l",
        "case a in a) echo yes;; esac",
    ],
)
def test_what_bash_prints_fish_prints(command: str, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("one.txt", "two.txt", "sub/three"):
        (tmp_path / name).write_text("b\na\n")
    given_to_bash = for_shell("fish", command)
    assert given_to_bash.startswith("bash -c '")
    fish, bash = (
        subprocess.run([require(shell), "-c", text], cwd=tmp_path, capture_output=True, text=True, check=False)
        for shell, text in (("fish", given_to_bash), ("bash", command))
    )
    assert (fish.stdout, fish.returncode) == (bash.stdout, bash.returncode)
    assert bash.stdout


@given(st.lists(st.text("ab '\"\\$`*{}\t", max_size=12), min_size=1, max_size=20))
def test_quoted_text_is_one_word(texts: list[str]) -> None:
    line = f"printf '%s\\n' {' '.join(quote(text, 'fish') for text in texts)}"
    printed = subprocess.run([require("fish"), "--no-config", "-c", line], capture_output=True, text=True, check=True)
    assert printed.stdout == "".join(f"{text}\n" for text in texts)
