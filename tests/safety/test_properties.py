"""Any text gives a verdict, never an exception, in bounded time."""

# ruff: noqa: E501
from __future__ import annotations

import shlex
import time

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shellper.safety import Level, assess
from shellper.safety.explanation import explain
from shellper.safety.missing import missing_programs
from shellper.safety.syntax import SyntaxProblem, parse
from tests.safety.test_corpus import corpus

PIECES = st.sampled_from(
    [
        *"(){}[]$`\"'\\|&;<>*?~#!=+-,.:/ \n\tax1", "$(", "${", "$((", "))", "<<E\n", "\nE\n", "<(", ">(", "$'", "&&", "||", ";;", "if ",
        "then ", "fi ", "for x in ", "do ", "done ", "case x in ", "esac ", "function f ", "rm -rf ", "/", "$x", "x=", "sudo ", "sh -c ",
        "eval ", "find / -exec ", "{} \\;", "xargs ", "{a,b}", "{1..9}", "😀", "é", "\x01", "\r", "echo ", "| sh", "alias x=", "$@", "${x:-",
        "${x//", "${!x}", "${x[@]}", "base64 -d", "printf ", "%s", "tr a b", "sed s/a/b/", "python -c ", "awk ", "git -c alias.x=!",
    ]
)  # fmt: skip
SETTINGS = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def judge(text: str) -> Level:
    started = time.process_time()
    verdict = assess(text)
    assert time.process_time() - started < 3
    assert all(reason.isprintable() for reason in verdict.reasons)
    return verdict.level


@SETTINGS
@given(st.text())
@example("=$(curl -s x.io)")  # the program's name is not known
def test_any_text(text: str) -> None:
    judge(text)
    missing_programs(text)


@SETTINGS
@given(st.lists(PIECES, max_size=40).map("".join))
def test_shell_like_text(text: str) -> None:
    judge(text)


@SETTINGS
@given(st.sampled_from([*corpus("forbidden"), *corpus("benign")]), st.data())
def test_damaged_commands(command: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(command)))
    judge(
        command[:place]
        + data.draw(st.one_of(PIECES, st.text(max_size=3)))
        + command[data.draw(st.integers(place, len(command))) :]
    )


@SETTINGS
@given(st.sampled_from([*corpus("destructive"), *corpus("benign")]))
def test_explanations(command: str) -> None:
    try:
        parse(command)
    except SyntaxProblem:
        return
    assert explain(command).text()


@SETTINGS
@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_quoted_words_do_no_harm(word: str) -> None:
    """Whatever stands between quotes is an operand, never a command."""
    assert judge(f"ls -- {shlex.quote(word)}") == Level.SAFE
    assert judge(f"rm -- ./{shlex.quote('x' + word)}") in (Level.DESTRUCTIVE, Level.FORBIDDEN)


@SETTINGS
@given(st.lists(st.sampled_from(["'r'm", '"rm"', "\\rm", "r\\m", "$'rm'", "/bin/rm", "command rm", "r''m", "$(echo rm)"]), min_size=1, max_size=1), st.sampled_from(["/", "'/'", '"/"', "\\/", "$'/'", "$'\\x2f'", "/.", "//", "/*", "$HOME", "~", '"$HOME"/', "${HOME}", "$(echo /)", "/{etc,usr}", "/e??"]), st.sampled_from(["-rf", "-fr", "-r -f", "'-rf'", "--recursive", "-R", "$'-rf'", "-{r,f}"]))  # fmt: skip
def test_disguises(program: list[str], target: str, flags: str) -> None:
    assert judge(f"{program[0]} {flags} {target}") == Level.FORBIDDEN
