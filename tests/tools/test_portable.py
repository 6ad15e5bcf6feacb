"""GNU's command lines for BSD's programs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellper.tools import ToolCall, tool_set
from shellper.tools.portable import for_bsd


@pytest.mark.parametrize(
    ("gnu", "bsd"),
    [
        ("find . -exec sed -i 's/a/b/' {} +", "find . -exec sed -i '' 's/a/b/' {} +"),
        ("sed -i '' 's/a/b/' f", "sed -i '' 's/a/b/' f"),
        ("sed -i -e s/a/b/ f", "sed -i '' -e s/a/b/ f"),
        ("sed -i.bak s/a/b/ f", "sed -i.bak s/a/b/ f"),
        ("sed -E -i 's/a/b/' f", "sed -E -i '' 's/a/b/' f"),
        ("sed -Ei s/a/b/ f", "sed -Ei '' s/a/b/ f"),
        ("sed -n -e p f", "sed -n -e p f"),
        ("ls && sed -i s/a/b/ f", "ls && sed -i '' s/a/b/ f"),
        ("du -h --max-depth=1 | sort -rh", "du -h -d 1 | sort -rh"),
        ("ls --color=auto src", "ls -G src"),
        ("find -name '*.txt'", "find . -name '*.txt'"),
        ("find -L . -name x", "find -L . -name x"),
        ("stat -c '%s %n' f", "stat -f '%z %N' f"),
        ("stat -c %a f", "stat -f %Lp f"),
        ("stat -c '%h' f", "stat -c '%h' f"),
        ("stat --format=%s f", "stat -f %z f"),
        ("find . -type f -executable | wc -l", "find . -type f -perm +111 | wc -l"),
        ("ps aux --sort=-%mem | head -n 5", "ps aux -m | head -n 5"),
        ("ps -eo pid,comm --sort=-%cpu", "ps -eo pid,comm -r"),
        ("ps aux --sort -pcpu", "ps aux -r"),
        ("ls | xargs -r rm", "ls | xargs rm"),
        ("md5sum f", "md5 -r f"),
        ("md5sum -c f", "md5sum -c f"),
        ("sha512sum f", "shasum -a 512 f"),
        ("tac f | head", "tail -r f | head"),
        ("nproc", "sysctl -n hw.ncpu"),
        ("sha256sum f", "shasum -a 256 f"),
        ("echo 'sed -i x' \"du --max-depth=1\"", "echo 'sed -i x' \"du --max-depth=1\""),
        ("grep nproc.c tac.c", "grep nproc.c tac.c"),
        ("ls -la", "ls -la"),
    ],
)
def test_lines(gnu: str, bsd: str) -> None:
    tools = tool_set("shell")
    assert tools.render(ToolCall("bash", {"command": gnu}), platform="darwin").text == bsd
    assert tools.render(ToolCall("bash", {"command": gnu}), platform="linux").text == gnu


@given(st.text(st.sampled_from("sed -i'\"\\ duacfn"), max_size=30))
def test_twice_is_once(line: str) -> None:
    assert for_bsd(for_bsd(line)) == for_bsd(line)
