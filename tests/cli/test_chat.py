"""The talk: through pipes and in a real terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from shellper.errors import EngineError
from shellper.tools.call import ToolCall
from tests.cli.conftest import CommandLine
from tests.programs import FAKE, environment


@pytest.fixture
def chat(shellper: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Types lines into a chat without a terminal; what it wrote, and `shellper.engine` knows what it was asked."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PWD", str(tmp_path))
    monkeypatch.setenv("OLDPWD", "/")

    def talk(*lines: str, options: tuple[str, ...] = ()) -> str:
        result = shellper("chat", *options, stdin="".join(f"{line}\n" for line in lines))
        assert result.code == 0
        return result.out + result.err

    return talk


def test_the_original_loop(chat: Callable[..., str], shellper: CommandLine) -> None:
    shellper.answers("echo hi", "false")
    text = chat("say hi", "y", "fail", "n", "")
    assert text.startswith("USER: COMMAND: echo hi\nExecute? [y/N] hi\nUSER: COMMAND: false\nExecute? [y/N] USER: ")
    kept = json.loads(shellper("history", "--json").out)
    assert [(turn["status"], turn["output"]) for turn in kept] == [(0, "hi"), (None, None)]


def test_errors_name_what_can_be_done_in_a_chat(chat: Callable[..., str], shellper: CommandLine) -> None:
    shellper.answers(EngineError("no answer: use --engine embedded"))
    assert "shellper: no answer: shellper config set engine embedded\n" in chat("list files")


def test_the_model_is_told_the_outcome(chat: Callable[..., str], shellper: CommandLine) -> None:
    shellper.answers("echo oh; exit 3", "ls")
    text = chat("fail", "y", "list", "n")
    assert "exit status 3" in text
    assert shellper.engine.asked[1][2] == {"role": "tool", "tool_call_id": "call_1", "content": "oh\nexit status 3"}


def test_words_in_the_place_of_a_yes_or_no_are_the_next_request(
    chat: Callable[..., str], shellper: CommandLine, tmp_path: Path
) -> None:
    shellper.answers("touch a", "touch b")
    text = chat("make a file", "no, call it b", "y", "then a third", "exit")
    assert [path.name for path in tmp_path.glob("?")] == ["b"]
    assert [messages[-1]["content"] for messages in shellper.engine.asked][:2] == ["make a file", "no, call it b"]
    assert text.endswith("Execute? [y/N] ")


def test_a_yes_or_no_that_nobody_asked_for(chat: Callable[..., str], shellper: CommandLine) -> None:
    text = chat("y", " No ", options=("--new",))
    assert text.count("nothing waits for a yes or no") == 2
    assert shellper.engine.asked == []
    shellper.answers(ToolCall("clarify", {"question": "all of them?"}), "ls")
    chat("delete", "yes", "n", options=("--new",))
    assert [messages[-1]["content"] for messages in shellper.engine.asked] == ["delete", "yes"]


@pytest.mark.parametrize("word", ["exit", "quit", " Quit "])
def test_a_word_ends_the_talk(chat: Callable[..., str], shellper: CommandLine, word: str) -> None:
    assert chat("say hi", "n", word, "and more").count("USER:") == 2
    assert len(shellper.engine.asked) == 1


@pytest.mark.parametrize(
    ("command", "advice"),
    [
        ("exit 3", "exit status 3; if the command was wrong, say: feedback wrong THE RIGHT ONE\n"),
        ("no-such-program", "install it, or ask for another way; if the command was wrong, say: feedback wrong"),
        ("exit 130", "exit status 130\n"),
    ],
)
def test_the_advice_fits_the_status(chat: Callable[..., str], shellper: CommandLine, command: str, advice: str) -> None:
    shellper.answers(command)
    text = chat("do it", "y")
    assert advice in text
    assert ("feedback" in text) is ("feedback" in advice)


@pytest.mark.parametrize(("command", "advice"), [("exit 3", "exit status 3\n"), ("no-such-program", "another way\n")])
def test_the_advice_is_no_feedback_where_that_is_off(
    chat: Callable[..., str], shellper: CommandLine, command: str, advice: str
) -> None:
    shellper("config", "set", "feedback", "false")
    shellper.answers(command)
    text = chat("do it", "y")
    assert (advice in text, "feedback" in text) == (True, False)


@pytest.mark.parametrize("word", ["?", "help", "shellper help", " Help "])
def test_help_says_what_may_be_typed(chat: Callable[..., str], shellper: CommandLine, word: str) -> None:
    assert "feedback wrong THE RIGHT ONE" in chat(word)
    assert shellper.engine.asked == []


@pytest.mark.parametrize("options", [(), ("--new",)])
@pytest.mark.parametrize("prefix", ["", "shellper "])
@pytest.mark.parametrize("right", ["ls -t | head -n '1'", "\"ls -t | head -n '1'\""])
def test_what_was_wrong_can_be_said(
    chat: Callable[..., str], shellper: CommandLine, options: tuple[str, ...], prefix: str, right: str
) -> None:
    text = chat("the newest file", "n", f"{prefix}feedback wrong {right}", options=options)
    assert "shellper: noted: the newest file\n" in text
    assert shellper("feedback", "list").out == "> the newest file\n- ls\n+ ls -t | head -n '1'\n"
    assert len(shellper.engine.asked) == 1


def test_feedback_is_about_what_got_no_command(chat: Callable[..., str], shellper: CommandLine) -> None:
    shellper.answers("ls", "rm -rf /")
    assert "noted: tidy up; say the right command" in chat("list", "n", "tidy up", "feedback wrong", options=("--new",))
    assert "no answer yet" in chat("feedback wrong ls", options=("--new",))


def test_feedback_about_something_else_is_a_request(chat: Callable[..., str], shellper: CommandLine) -> None:
    chat("feedback of the users", "n", "help me", "n")
    assert len(shellper.engine.asked) == 2


def test_reset_forgets_within_the_talk(chat: Callable[..., str], shellper: CommandLine) -> None:
    assert "forgot 1 turn\n" in chat("a", "n", "reset", "b", "n")
    assert [len(messages) for messages in shellper.engine.asked] == [1, 1]
    assert len(json.loads(shellper("history", "--json").out)) == 1


def test_cd_lasts(chat: Callable[..., str], shellper: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()
    shellper.answers("cd 'a b'", "pwd")
    assert f"{tmp_path}/a b\n" in chat("go there", "y", "where am I", "y")


def test_cd_leads_back(chat: Callable[..., str], shellper: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    shellper.answers("cd src", "false", "cd -", "cd -")
    text = chat("go there", "y", "fail", "y", "back", "y", "and there again", "y")
    assert f"{tmp_path}\nUSER: COMMAND: cd -\nExecute? [y/N] {tmp_path}/src\n" in text


def test_errors_do_not_end_the_talk(chat: Callable[..., str], shellper: CommandLine) -> None:
    shellper.answers(EngineError("no luck"), "rm -rf /", "ls", ToolCall("clarify", {"question": "where?"}), "pwd")
    text = chat("a", "b", "c", "n", "d", "e", "n")
    assert "shellper: no luck" in text
    assert "shellper: refused" in text
    assert "QUESTION: where?" in text
    assert [turn["command"] for turn in json.loads(shellper("history", "--json").out)] == ["ls", None, "pwd"]


def test_execute_commands_asks_nothing_but_refuses(
    chat: Callable[..., str], shellper: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "x").mkdir()
    shellper.answers("echo hi", "rm -r x", "rm y")
    text = chat("say hi", "remove x", "remove y", options=("--execute-commands",))
    assert "Execute?" not in text
    assert "hi\n" in text
    assert "the chat must begin anew: shellper chat --allow-recursive" in text
    assert "refused without a terminal" in text
    assert (tmp_path / "x").exists()


def test_new_goes_on_within_the_talk_only(chat: Callable[..., str], shellper: CommandLine) -> None:
    shellper("list files")
    chat("a", "n", "b", "n", options=("--new",))
    assert [len(messages) for messages in shellper.engine.asked] == [1, 1, 3]
    assert len(json.loads(shellper("history", "--json").out)) == 1


class Terminal:
    """A program on a pseudo-terminal."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.seen = ""

    def type(self, text: str) -> None:
        """Send keys, once the program waits for them: a signal just before Python's readline waits is seen late."""
        time.sleep(0.5)
        os.write(self.descriptor, text.encode())

    def wait_for(self, pattern: str) -> str:
        """Until the pattern has appeared; what came up to it is consumed."""
        deadline = time.monotonic() + 20
        while not (match := re.search(pattern, self.seen)):
            assert time.monotonic() < deadline, f"{pattern!r} not in {self.seen!r}"
            if select.select([self.descriptor], [], [], 0.1)[0]:
                with suppress(OSError):
                    self.seen += os.read(self.descriptor, 4096).decode("utf-8", "replace")
        seen, self.seen = self.seen[: match.end()], self.seen[match.end() :]
        return seen


@contextmanager
def terminal(*words: str, **variables: str) -> Iterator[tuple[Terminal, subprocess.Popen[bytes]]]:
    """A chat on a terminal."""
    master, slave = pty.openpty()
    code = "import os,sys,fcntl,termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.executable, sys.argv[1:])"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *FAKE, *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        env=environment(TERM="xterm", **variables),
    )
    os.close(slave)
    try:
        yield Terminal(master), process
    finally:
        process.kill()
        process.wait()
        os.close(master)


def test_on_a_terminal() -> None:
    answers = json.dumps(["tty; test -t 1 && echo colours", "sleep 30", "cat", "rm x"])
    with terminal("chat", FAKE_ANSWERS=answers, FAKE_SECONDS="0.4") as (screen, process):
        screen.wait_for("USER: ")
        screen.type("half a sent\x03")
        screen.wait_for("\nUSER: ")
        screen.type("show the terminal\r")
        screen.wait_for("thinking")
        screen.wait_for("COMMAND: tty.*\r\n(.*\r\n)*.*Execute")
        screen.type("y\r")
        screen.wait_for("/dev/.*\r\ncolours\r\n.*USER: ")
        screen.type("wait\r")
        screen.wait_for("Execute")
        screen.type("y\r")
        screen.type("\x03")
        screen.wait_for("exit status 130")
        screen.wait_for("USER: ")
        screen.type("read what I type\r")
        screen.wait_for("Execute")
        screen.type("y\r")
        screen.type("echoed\r\x04")
        screen.wait_for("echoed\r\nechoed")
        screen.wait_for("USER: ")
        screen.type("\x04")
        process.wait(10)
        assert process.returncode == 0


def test_a_yes_typed_ahead_answers_nothing(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    with terminal("chat", FAKE_ANSWERS=json.dumps([f"rm {tmp_path}/x"]), FAKE_SECONDS="2") as (screen, _):
        screen.wait_for("USER: ")
        screen.type("remove x\r")
        screen.wait_for("thinking")
        screen.type("y\rand then list\r")
        screen.wait_for("is dropped\r\n")
        screen.wait_for("Execute")
        screen.type("n\r")
        screen.wait_for("USER: ")
        assert (tmp_path / "x").exists()


def test_ctrl_c_abandons_the_request() -> None:
    with terminal("chat", FAKE_SECONDS="3") as (screen, process):
        screen.wait_for("USER: ")
        screen.type("list files\r")
        screen.wait_for("thinking")
        screen.type("\x03")
        screen.wait_for("USER: ")
        screen.type("\x04")
        process.wait(10)
        assert process.returncode == 0


def test_destructive_commands_are_asked_for_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_ANSWERS", json.dumps([f"rm {tmp_path}/x"]))
    (tmp_path / "x").touch()
    for answer, code in (("n", 3), ("y", 0)):
        with terminal("--execute-commands", "remove", "x") as (screen, process):
            screen.wait_for(r"\[y/N\]")
            assert (tmp_path / "x").exists()
            screen.type(f"{answer}\r")
            process.wait(10)
            assert process.returncode == code
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(number: int) -> None:
    with terminal("chat", "--allow-recursive") as (screen, process):
        screen.wait_for("exit, quit or Ctrl-D ends.\r\nUSER: ")
        time.sleep(0.5)
        assert not termios.tcgetattr(screen.descriptor)[3] & termios.ECHO
        process.send_signal(number)
        process.wait(10)
        assert process.returncode == 128 + number
        assert termios.tcgetattr(screen.descriptor)[3] & termios.ECHO
