"""What is worked out from text: filters of the shell, expressions of Python."""

from __future__ import annotations

import ast

import pytest

from shellper.safety import filters
from shellper.safety.calls import Call, Word
from shellper.safety.languages.python_folding import fold


def call(*words: str) -> Call:
    return Call(words[0], tuple(map(Word, words[1:])))


@pytest.mark.parametrize(
    ("script", "text", "edited"),
    [
        ("s/^/rm /", "a\nb\n", "rm a\nrm b\n"),
        ("s/$/!/", "a", "a!"),
        ("s/.*/x &/", "/etc", "x /etc"),
        (r"s/(\(.*\))/\1/", "(/home)", "/home"),
        (r"s/\(a*\)b/\1/g", "aab ab", "aa a"),
        ("s|^|/|", "etc", "/etc"),
        ("s/_/ /g;s/x/y/", "a_x", "a y"),
        (r"s/\./,/", "a.b", "a,b"),
        (r"s/\s/,/", "a b", None),
        ("s/[[:alpha:]]/x/", "a", None),
        ("p", "a", None),
        ("s/a*b*c*d*/x/", "a", None),
    ],
)
def test_sed(script: str, text: str, edited: str | None) -> None:
    assert filters.edited(text, call("sed", script)) == edited


def test_extended_sed() -> None:
    assert filters.edited("(/home)", call("sed", "-E", r"s/\((.*)\)/\1/")) == "/home"
    assert filters.edited("a+b", call("sed", "s/a+b/c/")) == "c"
    assert filters.edited("aab", call("sed", "-E", "s/a+b/c/")) == "c"


def test_fields() -> None:
    assert filters.cut("a:b:c\n", call("cut", "-d:", "-f2-")) == "b:c\n"
    assert filters.cut("abcd\n", call("cut", "-c", "1,3")) == "ac\n"
    assert filters.cut("a", call("cut", "-f1", "--complement")) is None
    assert filters.field_printed("a b c\n", call("awk", "{print $2}")) == "b\n"
    assert filters.field_printed("a:b\n", call("awk", "-F:", "{print $NF}")) == "b\n"
    assert filters.field_printed("a b\n", call("awk", "{print $1 $2}")) is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("'sys' + 'tem'", "system"),
        ("'/ fr- mr'[::-1]", "rm -rf /"),
        ("''.join(['r', 'm'])", "rm"),
        ("''.join(map(chr, [114, 109]))", "rm"),
        ("''.join(chr(c) for c in (114, 109))", "rm"),
        ("bytes.fromhex('726d').decode()", "rm"),
        ("bytes([114, 109]).decode()", "rm"),
        ("codecs.decode('ez', 'rot13')", "rm"),
        ("'%s %s' % ('rm', chr(47))", "rm /"),
        ("f\"{'r'}m\"", "rm"),
        ("'{}m'.format('r')", "rm"),
        ("'xm'.replace('x', 'r')", "rm"),
        ("base64.b64decode('cm0=').decode()", "rm"),
        ("'a' * 3", "aaa"),
    ],
)
def test_python(code: str, text: str) -> None:
    tree = ast.parse(f"f({code})")
    fold(tree)
    assert ast.unparse(tree) == f"f({text!r})"


@pytest.mark.parametrize(
    "code",
    ["'a' * 10**12", "bytes(10**12)", "'{:9999999999}'.format(1)", "'%9999999999d' % 1", "codecs.decode(b'x', 'zlib')",
     "('a' * 9999).replace('a', 'b' * 9999)", "x + 'a'", "1 / 0", "chr(-1)", "'a' + 1", "-'a'"],
)  # fmt: skip
def test_python_that_is_left_alone(code: str) -> None:
    tree = ast.parse(code)
    fold(tree)
    assert len(ast.unparse(tree)) < 25_000


def test_deep_python_is_left_alone() -> None:
    fold(ast.parse("'a'" + "+ 'a'" * 800))
