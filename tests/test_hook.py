"""`shellper hook`, which the key calls: a line of message and the command, whatever the line is."""

from __future__ import annotations

import json
import socket
import subprocess
import sys

import pytest

from tests.programs import FAKE, REAL, environment, history, run

CLARIFY = json.dumps([{"name": "clarify", "arguments": {"question": "which\x1b[2J folder?"}}])


def hook(line: str | bytes, *options: str, **variables: str) -> tuple[int, str, str]:
    """The exit status, the message and the text for a line; nothing else may be written."""
    data = line.encode() if isinstance(line, str) else line
    words = [*FAKE, "hook", *options]
    done = subprocess.run(words, env=environment(**variables), input=data, capture_output=True, check=False, timeout=60)
    assert done.stderr == b""
    message, _, text = done.stdout.decode().partition("\n")
    assert text.endswith("\n")
    return done.returncode, message, text[:-1]


def test_the_command_and_what_to_know_about_it() -> None:
    assert hook("list files") == (0, "", "ls")
    status, message, text = hook("remove it", FAKE_ANSWERS='["rm -r build"]')
    assert (status, text) == (0, "rm -r build")
    assert message.startswith("destructive: ")
    assert history() == "> list files\n$ ls\n> remove it\n$ rm -r build\n"


def test_fish_is_given_what_it_can_read_and_the_conversation_what_was_meant() -> None:
    loop = "for f in *.txt; do echo $f; done"
    answers = json.dumps([loop])
    assert hook("each", FAKE_ANSWERS=answers, SHELLPER_SHELL="fish") == (0, "", f"bash -c '{loop}'")
    assert hook("each", FAKE_ANSWERS=answers, SHELLPER_SHELL="zsh") == (0, "", loop)
    assert history() == f"> each\n$ {loop}\n" * 2


def test_an_answer_that_was_given_back_is_no_part_of_the_conversation() -> None:
    hook("list files")
    hook("show  it", FAKE_ANSWERS='["ls -a"]')
    assert hook("show b", FAKE_ANSWERS='["ls -b"]', SHELLPER_TAKEN_BACK="show  it") == (0, "", "ls -b")
    hook("and c", FAKE_ANSWERS='["ls -c"]', SHELLPER_TAKEN_BACK="show  it")  # which is not the last one any more
    assert history() == "> list files\n$ ls\n> show b\n$ ls -b\n> and c\n$ ls -c\n"


@pytest.mark.parametrize(
    ("answers", "status", "part"),
    [('["rm -rf /"]', 3, "refused"), (CLARIFY, 4, "which"), ('["if"]', 1, "no valid command")],
)
def test_no_command_is_a_message(answers: str, status: int, part: str) -> None:
    found = hook("do it", FAKE_ANSWERS=answers)
    assert (found[0], found[2]) == (status, "")
    assert part in found[1]
    assert "\x1b" not in found[1]


def real_hook(**variables: str) -> str:
    """The message of the real engine's failure."""
    done = subprocess.run(
        [*REAL, "hook"], env=environment(**variables), input=b"list", capture_output=True, check=False
    )
    return done.stdout.decode().partition("\n")[0]


def test_an_error_under_the_key_names_no_flag() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
    variables = {"SHELLPER_BASE_URL": url, "SHELLPER_ENGINE": "endpoint"}
    said = real_hook(**variables)
    assert said.endswith("check SHELLPER_BASE_URL, or set SHELLPER_ENGINE=embedded")
    for name, value in (("engine", "endpoint"), ("base_url", url)):
        run("config", "set", name, value, program=REAL)
    assert real_hook().endswith("check the setting base_url, or shellper config set engine embedded")
    said = real_hook(SHELLPER_ENGINE="embedded", SHELLPER_MODEL="/nowhere/m.gguf")
    assert "unset SHELLPER_MODEL" in said


@pytest.mark.parametrize("answers", ['["rm -rf /"]', '["if"]'])
def test_feedback_is_about_the_line_that_got_no_command(answers: str) -> None:
    hook("list files")
    hook("tidy\nup", FAKE_ANSWERS=answers)
    assert run("feedback", "wrong", "git clean -n").stderr == "shellper: noted: tidy up\n"
    assert history() == "> list files\n$ ls\n"


@pytest.mark.parametrize("line", ["", " \t \n", "x" * 1_000_000, "ü" * 500_000, b"caf\xe9", b"\xff" * 1_000_000, "\0"])
@pytest.mark.parametrize("options", [(), ("--explain",)])
def test_no_usable_line_is_a_message(line: str | bytes, options: tuple[str, ...]) -> None:
    status, message, text = hook(line, *options)
    assert (status, text) in ((2, ""), (1, ""))
    assert message
    assert message.isprintable()


def test_lines_of_several_rows_and_other_locales() -> None:
    assert hook("list\nfiles\there", LC_ALL="C") == (0, "", "ls")
    assert hook("liste les été", LC_ALL="POSIX", FAKE_ANSWERS='["ls été"]')[2] == "ls été"


def test_an_explanation() -> None:
    status, _, text = hook("ls -la | wc -l", "--explain")
    assert status == 0
    assert "Risk: safe" in text
    assert "\x1b" not in hook("echo '\x1b[2J'", "--explain")[2]


def test_a_disk_without_room_and_a_reader_that_has_gone() -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        result = run("hook", input="list files", stdout=full)
        assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    closed = subprocess.run(
        ["sh", "-c", f"echo list files | '{sys.executable}' -m tests.cli.program hook >&-"],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in closed.stderr


def test_without_an_input() -> None:
    result = subprocess.run(
        ["sh", "-c", f"'{REAL[0]}' -m shellper hook <&-"],
        env=environment(),
        capture_output=True,
        check=False,
        text=True,
    )
    assert (result.returncode, "Traceback" in result.stderr) == (2, False)
