"""The key of bash under the real ble.sh, which reads the keys and draws the line in place of readline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.programs import missing
from tests.terminal import harness
from tests.terminal.harness import CTRL_C, KEY, UNDO, Session, Start

BLESH = Path("/usr/share/blesh/ble.sh")
SENTENCE = "find big files"
COMMAND = "find . -size +100M"
ESCAPE = "\x1b"


@pytest.fixture(scope="module")
def variables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What ble.sh wants to have in the environment; what it works out on its first start is in its cache already."""
    if not BLESH.exists():
        missing("ble.sh is not installed")
    values = {"XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache")), "USER": "somebody"}
    with harness.session("bash", tmp_path_factory.mktemp("home"), before=f"source {BLESH}", env=values) as first:
        first.terminal.send("x")
        first.terminal.wait_line("$ x")
        first.terminal.until(lambda: bool(list(Path(values["XDG_CACHE_HOME"]).glob("blesh/*/keymap.*"))), "the cache")
        first.terminal.settle(1)
    return values


@pytest.fixture
def blesh(start: Start, variables: dict[str, str]) -> Start:
    """Starts bash with ble.sh as its manual has it: loaded first, attached last."""

    def begin(before: str = "", after: str = "", **wishes: Any) -> Session:
        before, after = f"{before}\nsource {BLESH} --noattach", f"{after}\nble-attach"
        return start("bash", before=before, after=after, **{"env": variables, **wishes})

    return begin


def test_the_line_becomes_the_command_and_undo_gives_the_sentence_back(blesh: Start) -> None:
    session = blesh()
    session.fake.answer(COMMAND)
    session.press(SENTENCE)
    session.terminal.wait_rows(f"$ {COMMAND}")
    session.terminal.until(lambda: session.terminal.cursor == (0, 2 + len(COMMAND)), "the cursor at the end")
    session.terminal.send(UNDO)
    session.terminal.wait_rows(f"$ {SENTENCE}")
    assert session.fake.requests == [SENTENCE]


def test_the_key_on_an_untouched_answer_gives_the_sentence_back(blesh: Start) -> None:
    session = blesh()
    session.fake.answer(COMMAND)
    session.press(SENTENCE)
    session.terminal.wait_line(f"$ {COMMAND}")
    session.terminal.settle()
    session.terminal.send(KEY)
    session.terminal.wait_rows(f"$ {SENTENCE}")
    assert session.fake.requests == [SENTENCE]


def test_an_answer_that_was_run_is_a_request_like_any_other(blesh: Start) -> None:
    session = blesh()
    session.fake.answer("true")
    session.press("do nothing")
    session.terminal.wait_line("$ true")
    session.terminal.send("\r")
    session.terminal.wait_line("$")
    session.fake.answer("false")
    session.press("true")
    session.terminal.wait_line("$ false")
    assert session.fake.requests == ["do nothing", "true"]


@pytest.mark.parametrize("back", [0, 5])
def test_ctrl_c_keeps_the_line_and_the_cursor(blesh: Start, back: int) -> None:
    session = blesh()
    session.fake.answer(COMMAND, seconds=60)
    session.terminal.send(SENTENCE + "\x02" * back)
    column = 2 + len(SENTENCE) - back
    session.terminal.until(lambda: session.terminal.cursor == (0, column), "the cursor")
    session.terminal.send(KEY)
    session.terminal.until(lambda: session.fake.running)
    session.terminal.send(CTRL_C)
    session.terminal.until(lambda: not session.fake.alive, "the end of the program")
    session.terminal.wait_rows(f"$ {SENTENCE}")
    session.terminal.until(lambda: session.terminal.cursor == (0, column), "the cursor")
    session.terminal.send(CTRL_C)  # which is ble.sh's own key again
    session.terminal.until(lambda: session.terminal.line == "$", "a new prompt")


def test_a_message_leaves_the_line(blesh: Start) -> None:
    session = blesh()
    session.fake.answer(message="no server", status=1)
    session.press(SENTENCE)
    session.terminal.wait_rows("shellper: no server", f"$ {SENTENCE}")


def test_a_message_under_a_prompt_of_two_lines(blesh: Start) -> None:
    session = blesh(prompt="PS1='\\[\\e[32m\\][top]\\[\\e[0m\\]\\n$ '\n")
    session.fake.answer(message="no server", status=1, seconds=60)
    session.press(SENTENCE)
    session.terminal.wait_rows("[top]", f"$ {SENTENCE} …")
    session.fake.release()
    session.terminal.wait_rows("shellper: no server", "[top]", f"$ {SENTENCE}")
    assert session.terminal.screen.buffer[1][0].fg == "green"
    session.fake.answer(COMMAND)
    session.terminal.send(KEY)
    session.terminal.wait_rows("shellper: no server", "[top]", f"$ {COMMAND}")


def test_all_lines_of_a_buffer_are_the_request(blesh: Start) -> None:
    session = blesh()
    session.fake.answer(message="no server", status=1)
    session.terminal.send("\x1b[200~list files\nthe big ones\x1b[201~")  # as it is pasted
    session.terminal.wait_for("the big ones")
    session.terminal.send(KEY)
    session.terminal.until(lambda: session.terminal.rows[:3] == ["shellper: no server", "$ list files", "the big ones"])
    session.fake.answer("for f in *; do\n  echo $f\ndone")
    session.terminal.send(KEY)
    session.terminal.until(lambda: session.terminal.rows[1:4] == ["$ for f in *; do", "  echo $f", "done"])
    assert session.fake.requests == ["list files\nthe big ones"] * 2


@pytest.mark.parametrize(("setting", "key"), [("", KEY), ("SHELLPER_KEY='\\C-xg'", "\x18g")])
def test_a_suggestion_is_in_nobodys_way(blesh: Start, setting: str, key: str) -> None:
    """Behind the cursor ble.sh shows how the line might go on, as soon as it knows one like it."""
    session = blesh(f"{setting}\nhistory -s '{SENTENCE} of my house'")
    session.fake.answer(COMMAND)
    session.terminal.send(SENTENCE)
    session.terminal.wait_line(f"$ {SENTENCE} of my house")
    session.terminal.send(key)
    session.terminal.wait_rows(f"$ {COMMAND}")
    assert session.fake.requests == [SENTENCE]


def test_the_key_still_leaves_a_search(blesh: Start) -> None:
    session = blesh("history -s 'echo in the house'")
    session.terminal.send("abc\x12hou")
    session.terminal.until(lambda: session.terminal.rows[0] == "$ echo in the house", "what the search found")
    session.terminal.send(KEY)
    session.terminal.wait_rows("$ abc")
    assert not session.fake.requests


def test_vi_mode(blesh: Start) -> None:
    session = blesh("set -o vi")
    session.fake.answer(COMMAND)
    session.press(SENTENCE)
    session.terminal.wait_line(f"$ {COMMAND}")
    session.terminal.send(ESCAPE)
    session.terminal.until(lambda: session.terminal.cursor == (0, 1 + len(COMMAND)), "the command mode")
    session.terminal.send("u")
    session.terminal.wait_line(f"$ {SENTENCE}")
    session.terminal.send(KEY)
    session.terminal.wait_line(f"$ {COMMAND}")
    assert session.fake.requests == [SENTENCE] * 2


@pytest.mark.parametrize("place", ["before", "after"])
def test_attached_at_once(start: Start, variables: dict[str, str], place: str) -> None:
    session = start("bash", env=variables, **{place: f"source {BLESH}"})
    session.fake.answer(COMMAND)
    session.press(SENTENCE)
    session.terminal.wait_rows(f"$ {COMMAND}")


def test_the_second_function_explains_and_leaves_the_line(blesh: Start) -> None:
    session = blesh(after="bind -x '\"\\C-xe\": shellper_explain'")
    session.fake.answer("ls    lists files")
    session.press("ls -l", key="\x18e")
    session.terminal.wait_rows("ls    lists files", "$ ls -l")


def test_completion(blesh: Start, variables: dict[str, str], tmp_path: Path) -> None:
    program = tmp_path / "bin" / "shellper"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    session = blesh(env={**variables, "PATH": f"{program.parent}:/usr/bin:/bin"})
    session.terminal.send("shellper doc\t")
    session.terminal.wait_line("$ shellper doctor")
