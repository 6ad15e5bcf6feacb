"""Arguments become text that a shell reads back as the same words."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellper.errors import ToolError
from shellper.tools import ToolCall, tool_set
from shellper.tools.quoting import is_glob, quote, quote_file, tilde_prefix
from shellper.tools.words import words
from tests.tools.shells import words_read

SHELL = tool_set("shell")
GORILLA = tool_set("gorilla")
SPECIAL = r"""'"\$`!*?[]{}()<>|&;#~=-+%^@:, ab1é世"""
printable = st.one_of(
    st.text(st.sampled_from(SPECIAL), max_size=12),
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=20),
)


def render(name: str, platform: str = "linux", **arguments: object) -> str:
    return SHELL.render(ToolCall(name, arguments), platform=platform).text


def shown(name: str) -> str:
    """The file name as a program sees it."""
    name = "./" + name if name[0] in "-+" else name
    tilde = tilde_prefix(name)
    return "/home/somebody" + name[1:] if tilde in ("~", "~/") else name


@settings(max_examples=80, deadline=None)
@given(printable)
def test_any_text_is_one_word(value: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert words_read("cat " + quote(value), Path(folder)) == ["cat", value]


@settings(max_examples=60, deadline=None)
@given(printable, st.sampled_from(["zsh", "dash"]))
def test_other_shells_read_the_same(value: str, shell: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert words_read("cat " + quote(value), Path(folder), shell) == ["cat", value]


def means_one(name: str) -> bool:
    """No other user's home, and no pattern that finds something: in the empty folder none does, above it `/*` would."""
    ours = not name.startswith("~") or name.startswith(("~/", "~ "))
    return bool(name) and ours and not ("/" in name and set(name) & set("*?["))


@settings(max_examples=80, deadline=None)
@given(printable.filter(means_one))
def test_any_file_name_is_one_operand(value: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert words_read(render("cat", file_name=value), Path(folder)) == ["cat", shown(value)]


@settings(max_examples=60, deadline=None)
@given(printable, printable.filter(bool).filter(lambda value: not value.startswith("~")))
def test_a_pattern_is_never_an_option(pattern: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read = words_read(render("grep", pattern=pattern, file_name=name), Path(folder))
    assert read == ["grep", *(["-e"] if pattern.startswith("-") else []), pattern, shown(name)]


@settings(max_examples=300)
@given(printable)
def test_our_reader_agrees_with_the_quoting(value: str) -> None:
    [token] = words(quote(value)) or []
    assert token.value == value
    assert not token.active
    if value:
        [token] = words(quote_file(value)) or []
        assert token.value == ("./" + value if value[0] in "-+" else value)
        assert bool(token.active) == bool(is_glob(value) or tilde_prefix(value))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("notes.txt", "notes.txt"),
        ("my notes.txt", "'my notes.txt'"),
        ("it's", '"it\'s"'),
        ("it's $5", "'it'\\''s $5'"),
        ("*.txt", "*.txt"),
        ("my docs/*.txt", "'my docs/'*.txt"),
        ("*", "'*'"),
        ("file?.log", "file?.log"),
        ("data[0-9].csv", "data[0-9].csv"),
        ("report[1].pdf", "'report[1].pdf'"),
        ("x[!$(touch y)]", "'x[!$(touch y)]'"),
        ("~/Downloads", "~/Downloads"),
        ("~", "~"),
        ("~/my docs", "~/'my docs'"),
        ("~$doc.docx", "'~$doc.docx'"),
        ("a~", "'a~'"),
        ("-rf", "./-rf"),
        ("-", "./-"),
        ("+5", "./+5"),
        ("$HOME", "'$HOME'"),
        ("a;rm -rf /", "'a;rm -rf /'"),
        ("=ls", "'=ls'"),
        ("été", "été"),
    ],
)
def test_file_names(name: str, word: str) -> None:
    assert render("cat", file_name=name) == f"cat {word}"


def test_globs_and_tildes_expand(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "*"):
        (tmp_path / name).touch()
    assert words_read(render("rm", file_name="*.txt"), tmp_path) == ["rm", "a.txt", "b.txt"]
    assert words_read(render("rm", file_name="*"), tmp_path) == ["rm", "*"]
    assert words_read(render("cat", file_name="~/x y"), tmp_path) == ["cat", "/home/somebody/x y"]


@pytest.mark.parametrize("bad", ["a\nb", "a\x00", "a\x1b[2J", "tab\there", "a\u202eb", "\x7f", "a\u2028b", "\ud800"])
def test_control_characters_are_refused(bad: str) -> None:
    for call in (
        ToolCall("cat", {"file_name": bad}),
        ToolCall("echo", {"content": bad}),
        ToolCall("bash", {"command": "echo " + bad + "x"}),
        ToolCall("grep", {"pattern": "x", "file_name": bad}),
    ):
        with pytest.raises(ToolError):
            SHELL.render(call)


def test_an_empty_file_name_is_refused() -> None:
    with pytest.raises(ToolError, match="empty file name"):
        render("cat", file_name="")


@settings(max_examples=100)
@given(st.text(max_size=30))
def test_what_is_printed_has_no_control_characters(value: str) -> None:
    try:
        text = render("echo", content=value)
    except ToolError:
        return
    assert all(unicodedata.category(c) not in ("Cc", "Zl", "Zp", "Cs") for c in text)


@settings(max_examples=60, deadline=None)
@given(printable)
def test_echo_prints_the_text_itself(value: str) -> None:
    import subprocess

    text = render("echo", content=value)
    for shell in ("bash", "dash"):
        result = subprocess.run([shell, "-c", text], capture_output=True, timeout=20, check=True)
        assert result.stdout.decode() == value + "\n"
