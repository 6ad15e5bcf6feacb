"""The key in real shells, with a scripted program behind it: what the user sees in every case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.harness import CTRL_C, KEY, UNDO, Session, Start
from tests.terminal.screen import Terminal

LONG = "remove the file that is called x.log please"
ALL = pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
BOURNE = pytest.mark.parametrize("shell", ["bash", "zsh"])

SENTENCE = "find big files"
COMMAND = "find . -size +100M"


def answered(start: Start, shell: str, **wishes: object) -> Session:
    """A session whose line has just been turned into the command."""
    session = start(shell, **wishes)
    session.fake.answer(COMMAND)
    session.press(SENTENCE)
    session.terminal.wait_line(f"$ {COMMAND}")
    return session


def at_work(start: Start, shell: str) -> Session:
    """A session whose key was pressed and whose program takes its time."""
    session = start(shell)
    session.fake.answer(COMMAND, seconds=60)
    session.press(SENTENCE)
    session.terminal.until(lambda: session.fake.running)
    return session


def message_rows(shell: str, line: str, message: str) -> list[str]:
    """The screen with a message: bash and fish have it above the prompt, zsh below."""
    said = f"shellper: {message}"
    return {"bash": [said, line], "zsh": [line, said], "fish": [said, line]}[shell]


def wait_end(terminal: Terminal, text: str) -> None:
    """Wait until the cursor is behind the text, which wraps and may have several lines."""
    rows = [
        line[at : at + terminal.columns] for line in text.split("\n") for at in range(0, len(line), terminal.columns)
    ]
    terminal.until(lambda: terminal.cursor == (len(rows) - 1, len(rows[-1])), "the cursor at the end")


# ---- success


@ALL
def test_the_line_becomes_the_command(start: Start, shell: str) -> None:
    terminal = answered(start, shell).terminal
    terminal.settle()
    assert terminal.rows == [f"$ {COMMAND}"]
    assert terminal.cursor == (0, 2 + len(COMMAND))


@ALL
def test_the_command_is_not_run_until_enter(start: Start, shell: str) -> None:
    session = start(shell)
    session.fake.answer("echo ran; touch ran")
    session.press("say that you ran")
    session.terminal.wait_line("$ echo ran; touch ran")
    session.terminal.settle()
    assert session.terminal.rows == ["$ echo ran; touch ran"]
    session.terminal.send("\r")
    session.terminal.wait_rows("$ echo ran; touch ran", "ran", "$")


@ALL
def test_the_program_hears_the_sentence_the_shell_and_the_status(start: Start, shell: str) -> None:
    session = start(shell)
    session.terminal.send("false\r")
    session.terminal.wait_rows("$ false", "$")
    session.fake.answer(COMMAND)
    session.press(SENTENCE)
    session.terminal.wait_line(f"$ {COMMAND}")
    (call,) = session.fake.asked
    assert call["arguments"] == ["hook"]
    assert call["request"] == SENTENCE
    assert call["environment"]["SHELLPER_SHELL"] == shell
    assert call["environment"]["SHELLPER_LAST_STATUS"] == "1"
    assert call["environment"]["SHELLPER_HOOK"].startswith(f"{shell} ")


@ALL
def test_the_last_status_is_still_there_afterwards(start: Start, shell: str) -> None:
    tell = "echo $status" if shell == "fish" else "echo $?"
    session = start(shell)
    session.terminal.send("sh -c 'exit 7'\r")
    session.terminal.wait_rows("$ sh -c 'exit 7'", "$")
    session.fake.answer(tell)
    session.press("what was the status")
    session.terminal.wait_line(f"$ {tell}")
    session.terminal.send("\r")
    session.terminal.wait_rows("$ sh -c 'exit 7'", f"$ {tell}", "7", "$")


@BOURNE
def test_the_last_word_is_still_there_afterwards(start: Start, shell: str) -> None:
    session = start(shell)
    session.terminal.send("echo 'the last  word'\r")
    session.terminal.wait_line("$")
    session.fake.answer('echo "$_"')
    session.press("say it again")
    session.terminal.wait_line('$ echo "$_"')
    session.terminal.send("\r")
    session.terminal.wait_rows("$ echo 'the last  word'", "the last  word", '$ echo "$_"', "the last  word", "$")


@ALL
def test_a_second_request_from_the_same_prompt(start: Start, shell: str) -> None:
    session = answered(start, shell)
    session.fake.answer("ls -lS")
    session.terminal.send(" sorted")
    session.terminal.wait_line(f"$ {COMMAND} sorted")
    session.terminal.send(KEY)
    session.terminal.wait_line("$ ls -lS")
    assert session.fake.requests == [SENTENCE, f"{COMMAND} sorted"]


@ALL
def test_the_key_on_an_untouched_answer_gives_the_sentence_back(start: Start, shell: str) -> None:
    session = answered(start, shell)
    session.terminal.settle()
    session.terminal.send(KEY)
    session.terminal.wait_rows(f"$ {SENTENCE}")
    session.terminal.until(lambda: session.terminal.cursor == (0, 2 + len(SENTENCE)), "the cursor")
    session.fake.answer("ls")
    session.terminal.send(KEY)
    session.terminal.wait_rows("$ ls")
    session.press(" sorted")
    session.terminal.until(lambda: len(session.fake.asked) == 3)
    assert session.fake.requests == [SENTENCE, SENTENCE, "ls sorted"]
    assert [call["environment"]["SHELLPER_TAKEN_BACK"] for call in session.fake.asked] == ["", SENTENCE, ""]


@ALL
def test_an_answer_that_was_run_is_a_request_like_any_other(start: Start, shell: str) -> None:
    session = start(shell)
    session.fake.answer("true")
    session.press("do nothing")
    session.terminal.wait_line("$ true")
    session.terminal.send("\r")
    session.terminal.until(lambda: session.terminal.line == "$")
    session.fake.answer("false")
    session.press("true")
    session.terminal.wait_line("$ false")
    assert session.fake.requests == ["do nothing", "true"]


@pytest.mark.parametrize(
    ("shell", "option"),
    [("bash", "set +o history"), ("bash", "HISTCONTROL=ignoreboth"), ("zsh", "setopt hist_ignore_all_dups")],
)
def test_an_answer_that_was_run_and_that_the_history_does_not_count(start: Start, shell: str, option: str) -> None:
    session = start(shell, before=option)
    session.terminal.send("true\r")
    session.terminal.wait_rows("$ true", "$")
    session.fake.answer("true")
    session.press("do nothing")
    session.terminal.wait_line("$ true")
    session.terminal.send("\r")
    session.terminal.wait_rows("$ true", "$ true", "$")
    session.fake.answer("false")
    session.press("true")
    session.terminal.wait_line("$ false")
    assert session.fake.requests == ["do nothing", "true"]


# ---- progress, interruption, type-ahead


@ALL
def test_progress_shows_while_the_sentence_stays(start: Start, shell: str) -> None:
    session = start(shell)
    session.fake.answer(COMMAND, seconds=60)
    session.press(SENTENCE)
    # Until the cursor is back as well: what the shell writes may come in pieces.
    session.terminal.until(lambda: "…" in session.terminal.text and session.terminal.line.startswith(f"$ {SENTENCE} "))
    session.fake.release()
    session.terminal.wait_rows(f"$ {COMMAND}")


@ALL
@pytest.mark.parametrize("back", [0, 5])
def test_ctrl_c_keeps_the_line_and_the_cursor(start: Start, shell: str, back: int) -> None:
    session = start(shell)
    session.fake.answer(COMMAND, seconds=60)
    session.terminal.send(SENTENCE + "\x1b[D" * back)
    session.terminal.until(lambda: session.terminal.cursor == (0, 2 + len(SENTENCE) - back))
    session.terminal.send(KEY)
    session.terminal.until(lambda: session.fake.running)
    session.terminal.send(CTRL_C)
    session.terminal.until(lambda: not session.fake.alive, "the end of the program")
    session.terminal.wait_rows(f"$ {SENTENCE}")
    session.terminal.until(lambda: session.terminal.cursor == (0, 2 + len(SENTENCE) - back), "the cursor")
    session.fake.answer("ls")
    session.terminal.send(KEY)
    session.terminal.wait_rows("$ ls")


@ALL
def test_ctrl_c_under_a_prompt_of_two_lines_keeps_a_wrapped_line(start: Start, shell: str) -> None:
    session = start(shell, columns=30, prompt=TWO_LINES[shell])
    session.fake.answer(COMMAND, seconds=60)
    session.terminal.send("find every file that is bigger than a hundred megabytes")
    session.terminal.wait_for("megabytes")
    session.terminal.settle()
    rows, cursor = session.terminal.rows, session.terminal.cursor
    session.terminal.send(KEY)
    session.terminal.until(lambda: session.fake.running)
    session.terminal.send(CTRL_C)
    session.terminal.until(lambda: not session.fake.alive, "the end of the program")
    session.terminal.wait_rows(*rows)
    session.terminal.until(lambda: session.terminal.cursor == cursor, "the cursor")


@ALL
def test_ctrl_c_as_soon_as_progress_shows(start: Start, shell: str) -> None:
    """It may come before there is a program to end, which then answers in vain."""
    session = start(shell)
    for _ in range(5):
        session.fake.answer(COMMAND, seconds=60)
        session.press(SENTENCE)
        session.terminal.until(lambda: "…" in session.terminal.text, "the sign of progress")
        session.terminal.send(CTRL_C)
        session.terminal.settle()
        session.fake.release()
        session.terminal.wait_rows(f"$ {SENTENCE}")
        session.terminal.settle()
        assert session.terminal.rows == [f"$ {SENTENCE}"]
        session.terminal.send("\x15")
        session.terminal.wait_rows("$")


STRIKE = {
    "bash": """
strike() {
  [[ $BASH_SUBSHELL == 0 && ${FUNCNAME[1]-} == *shellper* ]] && ((++number == at)) || return 0
  echo "$1" >~/struck; kill -INT 0
}
set -T; trap 'strike "$BASH_COMMAND"' DEBUG""",
    "zsh": """
strike() {
  [[ $ZSH_SUBSHELL == 0 && ${funcstack[3]-} == *shellper* ]] && ((++number == at)) || return 0
  echo "$1" >~/struck; kill -INT 0
}
TRAPDEBUG() { strike "$ZSH_DEBUG_CMD"; return 0 }""",
}
"""Sends what Ctrl-C sends right before command number $at of the hook, and writes the command down."""


@BOURNE
def test_ctrl_c_before_each_command_of_the_hook(start: Start, shell: str, tmp_path: Path) -> None:
    """Nothing is lost once the hook has set its trap, which is among the first things that it does."""
    session, struck = start(shell, after=STRIKE[shell]), tmp_path / "struck"
    terminal = session.terminal
    found: list[tuple[str, str]] = []
    while True:
        struck.unlink(missing_ok=True)
        terminal.send(f"number=0 at={len(found) + 1}\r\x0c")
        terminal.wait_rows("$")
        session.fake.answer(COMMAND)
        session.press(SENTENCE)
        terminal.until(lambda: struck.exists() or terminal.line == f"$ {COMMAND}")
        if not struck.exists():
            break
        terminal.send("|")  # shows when the hook is through
        terminal.until(lambda: terminal.line.endswith("|"))
        found.append((struck.read_text(), terminal.line))
        terminal.send("\x15")
        terminal.wait_line("$")
    guard = next(number for number, (command, _) in enumerate(found) if "trap 'interrupted" in command)
    assert guard < 8
    kept = (f"$ {SENTENCE}|", f"$ {COMMAND}|")
    assert not [each for each in found[guard + 1 : -1] if each[1] not in kept]  # the last is the hook's return


@ALL
def test_typed_ahead_keys_follow_the_command(start: Start, shell: str) -> None:
    session = at_work(start, shell)
    session.terminal.send(" | wc -l")
    session.fake.release()
    session.terminal.wait_rows(f"$ {COMMAND} | wc -l")
    wait_end(session.terminal, f"$ {COMMAND} | wc -l")


@ALL
def test_the_key_pressed_once_more_while_waiting_changes_nothing(start: Start, shell: str) -> None:
    session = at_work(start, shell)
    session.terminal.send(KEY)
    session.terminal.settle()
    session.fake.release()
    session.terminal.wait_rows(f"$ {COMMAND}")
    session.terminal.settle()
    assert session.terminal.rows == [f"$ {COMMAND}"]
    session.terminal.send(KEY)
    session.terminal.wait_rows(f"$ {SENTENCE}")
    assert len(session.fake.requests) == 1


@ALL
def test_a_terminal_that_changes_its_size_meanwhile(start: Start, shell: str) -> None:
    session = at_work(start, shell)
    session.terminal.resize(50)
    session.terminal.settle()
    session.fake.release()
    session.terminal.wait_line(f"$ {COMMAND}")
    session.terminal.settle()
    assert session.terminal.cursor[1] == len(f"$ {COMMAND}")
    assert SENTENCE not in session.terminal.text


@BOURNE  # in fish it is the key for undo, so the sentence comes back
def test_ctrl_z_changes_nothing(start: Start, shell: str) -> None:
    session = at_work(start, shell)
    session.terminal.send("\x1a")
    session.terminal.settle()
    session.fake.release()
    session.terminal.wait_rows(f"$ {COMMAND}")


@pytest.mark.parametrize(
    ("shell", "trap"),
    [
        ("bash", "trap 'echo caught' INT"),
        ("bash", "trap() { echo wrong; }; builtin trap 'echo caught' INT"),
        ("zsh", "trap 'echo caught' INT"),
        ("zsh", "trap() { echo wrong }; builtin trap 'echo caught' INT"),
        ("zsh", "TRAPINT() { echo caught }"),
    ],
)
def test_a_trap_of_the_user_survives(start: Start, shell: str, trap: str) -> None:
    session = answered(start, shell, before=trap)
    session.terminal.send("\x15builtin trap\r")
    session.terminal.wait_for("echo caught")


@BOURNE
def test_no_trap_is_left_behind(start: Start, shell: str) -> None:
    session = answered(start, shell)
    session.terminal.send("\x15trap; echo end\r")
    session.terminal.wait_rows("$ trap; echo end", "end", "$")


@pytest.mark.parametrize(
    "prompt", ["PS1='[$?] $ '", "PROMPT_COMMAND='code=$?'; PS1='[$code] $ '", "prompt='[3] $ '; PS1='$prompt'"]
)
def test_a_prompt_of_bash_with_variables_stays_while_waiting(start: Start, prompt: str) -> None:
    session = start("bash", prompt=f"{prompt}\n")
    session.terminal.send("(exit 3)\r")
    session.terminal.wait_line("[3] $")
    session.terminal.send("\x0c")
    session.terminal.wait_rows("[3] $")
    session.fake.answer(COMMAND, seconds=60)
    session.press(SENTENCE)
    session.terminal.wait_rows(f"[3] $ {SENTENCE} …")
    session.fake.answer(message="no server", status=1)
    session.fake.release()
    session.terminal.wait_rows("shellper: no server", f"[3] $ {SENTENCE}")


def test_the_sign_of_progress_in_zsh_where_there_is_no_utf_8(start: Start) -> None:
    session = start("zsh", env={"LC_ALL": "C"})
    session.fake.answer(COMMAND, seconds=60)
    session.press(SENTENCE)
    session.terminal.wait_rows(f"$ {SENTENCE}  ...")
    session.fake.release()
    session.terminal.wait_rows(f"$ {COMMAND}")


def test_zsh_that_draws_a_new_prompt_below_a_message(start: Start) -> None:
    session = start("zsh", before="setopt no_always_last_prompt")
    session.fake.answer(message="no server", status=1)
    session.press(SENTENCE)
    above = [f"$ {SENTENCE}", "shellper: no server"]
    session.terminal.wait_rows(*above, f"$ {SENTENCE}")
    session.fake.answer(COMMAND)
    session.terminal.send(KEY)
    session.terminal.wait_rows(*above, f"$ {COMMAND}")


# ---- no command


@ALL
@pytest.mark.parametrize("status", [1, 3, 4])
def test_a_message_leaves_the_line(start: Start, shell: str, status: int) -> None:
    session = start(shell)
    session.fake.answer(message="no server at localhost; run: ollama serve", status=status, noise="warning: noise\n")
    session.press(SENTENCE)
    expected = message_rows(shell, f"$ {SENTENCE}", "no server at localhost; run: ollama serve")
    session.terminal.wait_rows(*expected)
    session.terminal.wait_line(f"$ {SENTENCE}")
    session.terminal.until(lambda: session.terminal.cursor[1] == 2 + len(SENTENCE), "the cursor")


@ALL
@pytest.mark.parametrize("status", [70, 134, 137])  # of a signal too: only 130 is Ctrl-C
def test_a_crash_says_what_to_do(start: Start, shell: str, status: int) -> None:
    session = start(shell)
    session.fake.answer(status=status, noise="Traceback (most recent call last):\n  File x\nKeyError: 1\n")
    session.press(SENTENCE)
    said = f"failed with status {status}; run: shellper doctor"
    session.terminal.wait_rows(*message_rows(shell, f"$ {SENTENCE}", said))


@ALL
def test_a_program_that_is_gone(start: Start, shell: str) -> None:
    session = start(shell, program=["/nowhere/shellper"])
    session.press(SENTENCE)
    said = "the program is gone; install it again, then open a new terminal"
    session.terminal.wait_rows(*message_rows(shell, f"$ {SENTENCE}", said))


@ALL
def test_an_empty_answer(start: Start, shell: str) -> None:
    session = start(shell)
    session.press(SENTENCE)
    said = "no command came back; say it in other words"
    session.terminal.wait_rows(*message_rows(shell, f"$ {SENTENCE}", said))


@ALL
@pytest.mark.parametrize("line", ["", "   "])
def test_an_empty_line_gives_a_hint_and_asks_nobody(start: Start, shell: str, line: str) -> None:
    session = start(shell)
    session.terminal.send(line)
    session.terminal.settle()
    session.terminal.send(KEY)
    session.terminal.wait_rows(
        *message_rows(shell, "$", "write what you want in plain words, then press the key again")
    )
    session.terminal.until(lambda: session.terminal.cursor[1] == 2 + len(line), "the cursor")
    assert not session.fake.asked


@ALL
def test_a_destructive_command_comes_with_its_reason(start: Start, shell: str) -> None:
    session = start(shell)
    session.fake.answer("rm notes.txt", message="destructive: removes notes.txt")
    session.press("delete my notes")
    session.terminal.wait_for("shellper: destructive: removes notes.txt")
    session.terminal.wait_line("$ rm notes.txt")
    session.terminal.settle()
    assert session.terminal.rows == message_rows(shell, "$ rm notes.txt", "destructive: removes notes.txt")


@ALL
def test_a_message_goes_when_the_next_request_comes(start: Start, shell: str) -> None:
    session = start(shell)
    session.fake.answer(message="no server", status=1)
    session.press(SENTENCE)
    session.terminal.wait_for("no server")
    session.fake.answer(COMMAND)
    session.terminal.send(KEY)
    session.terminal.wait_line(f"$ {COMMAND}")
    session.terminal.settle()
    above = [] if shell == "zsh" else ["shellper: no server"]
    assert session.terminal.rows == [*above, f"$ {COMMAND}"]


# ---- undo


VI = {
    "bash": "set -o vi",
    "zsh": "bindkey -v",
    "fish": "fish_vi_key_bindings; function fish_mode_prompt; end",
}


@ALL
def test_undo_gives_the_sentence_back(start: Start, shell: str) -> None:
    session = answered(start, shell)
    session.terminal.send(UNDO)
    session.terminal.wait_rows(f"$ {SENTENCE}")
    wait_end(session.terminal, f"$ {SENTENCE}")


@ALL
def test_undo_in_vi_insert_mode(start: Start, shell: str) -> None:
    session = answered(start, shell, before=VI[shell])
    if shell == "bash":  # Esc makes bash forget what was inserted before
        session.terminal.send(UNDO)
    else:
        session.terminal.send("\x1b")
        session.terminal.settle(0.6)  # the shell waits for the rest of an escape sequence
        session.terminal.send("u")
    session.terminal.wait_rows(f"$ {SENTENCE}")


def ask_in_command_mode(session: Session) -> None:
    session.fake.answer(COMMAND)
    session.terminal.send(SENTENCE)
    session.terminal.wait_for(SENTENCE)
    session.terminal.send("\x1b")
    session.terminal.settle(0.6)
    session.terminal.send(KEY)


@ALL
def test_undo_in_vi_command_mode(start: Start, shell: str) -> None:
    session = start(shell, before=VI[shell])
    ask_in_command_mode(session)
    session.terminal.wait_line(f"$ {COMMAND}")
    session.terminal.settle()
    session.terminal.send("u")
    session.terminal.wait_rows(f"$ {SENTENCE}")


def test_nothing_is_selected_after_the_key_in_visual_mode_of_zsh(start: Start) -> None:
    session = start("zsh", before="bindkey -v")
    session.fake.answer(COMMAND)
    session.terminal.send(SENTENCE)
    session.terminal.wait_for(SENTENCE)
    for keys in ("\x1b", "V"):
        session.terminal.send(keys)
        session.terminal.settle(0.6)
    session.press()
    session.terminal.wait_rows(f"$ {COMMAND}")
    session.terminal.settle()
    session.terminal.send("x")
    session.terminal.wait_rows(f"$ {COMMAND[:-1]}")


@ALL
def test_vi_command_mode_has_the_key_too(start: Start, shell: str) -> None:
    session = start(shell, after=VI[shell])
    ask_in_command_mode(session)
    session.terminal.wait_for(COMMAND)
    session.terminal.settle()
    assert session.terminal.line.endswith(f"$ {COMMAND}")
    assert SENTENCE not in session.terminal.text
    session.terminal.send(KEY)
    session.terminal.wait_for(SENTENCE)


# ---- text


TRICKY = [
    "find  two   blanks",
    """it's "quoted" and `ticked`""",
    "-rf is no option",
    "--help me",
    "wow! find !important files",
    "dollar $HOME ${x} $(date) \\n %s back\\slash",
    "naïve café — 文件 🗂 ελληνικά",
    "glob * ? [a-z] ~ {a,b} #hash",
]


@ALL
@pytest.mark.parametrize("text", TRICKY)
def test_the_sentence_arrives_as_it_was_typed(start: Start, shell: str, text: str) -> None:
    session = start(shell)
    session.fake.answer("ls")
    session.terminal.send(text)
    session.terminal.settle(0.2)
    session.terminal.send(KEY)
    session.terminal.wait_line("$ ls")
    assert session.fake.requests == [text]


@ALL
@pytest.mark.parametrize("text", [*TRICKY[:3], *TRICKY[4:]])
def test_the_command_arrives_as_it_was_answered(start: Start, shell: str, text: str) -> None:
    session = start(shell)
    session.fake.answer(f"echo {text}")
    session.press("say something odd")
    session.terminal.wait_for("$ echo")
    session.terminal.settle()
    shown = session.terminal.line.replace(" ", "")
    assert shown == f"$ echo {text}".replace(" ", "")
    session.terminal.send(" edited" + KEY)
    session.terminal.until(lambda: len(session.fake.requests) == 2)
    assert session.fake.requests[1] == f"echo {text} edited"


@ALL
def test_tabs_arrive(start: Start, shell: str) -> None:
    insert = "bind \\cv 'commandline -i \\t'" if shell == "fish" else ""
    session = start(shell, after=insert)
    session.fake.answer("ls")
    session.terminal.send("columns a\x16" + ("" if insert else "\t") + "b")
    session.terminal.settle()
    session.terminal.send(KEY)
    session.terminal.wait_line("$ ls")
    assert session.fake.requests == ["columns a\tb"]


@ALL
def test_an_answer_of_several_lines_is_one_edit(start: Start, shell: str) -> None:
    session = start(shell)
    session.fake.answer("for f in *; do\n  echo $f\ndone")
    session.press("name every file")
    session.terminal.wait_for("done")
    session.terminal.settle()
    assert [row.strip() for row in session.terminal.rows] == ["$ for f in *; do", "echo $f", "done"]
    wait_end(session.terminal, session.terminal.text)
    session.terminal.send(UNDO)
    session.terminal.wait_rows("$ name every file")


NEWLINE = {"bash": "\x16\n", "zsh": "\x1b\r", "fish": "\x1b\r"}


@ALL
def test_all_lines_of_a_buffer_are_the_request(start: Start, shell: str) -> None:
    session = start(shell)
    session.fake.answer("ls")
    session.terminal.send(f"list files{NEWLINE[shell]}the big ones")
    session.terminal.wait_for("the big ones")
    session.terminal.send(KEY)
    session.terminal.wait_rows("$ ls")
    assert session.fake.requests == ["list files\nthe big ones"]


@ALL
@pytest.mark.parametrize("end", ["failure", "Ctrl-C"])
def test_all_lines_of_a_buffer_stay(start: Start, shell: str, end: str) -> None:
    session = start(shell)
    session.fake.answer(message="no server", status=1, seconds=60)
    session.terminal.send(f"list files{NEWLINE[shell]}the big ones\x1b[D\x1b[D")
    session.terminal.wait_for("the big ones")
    session.terminal.settle()
    rows, column = session.terminal.rows, session.terminal.cursor[1]
    session.terminal.send(KEY)
    session.terminal.until(lambda: session.fake.running)
    if end == "failure":
        session.fake.release()
        session.terminal.wait_for("shellper: no server")
    else:
        session.terminal.send(CTRL_C)
        session.terminal.until(lambda: not session.fake.alive, "the end of the program")
    session.terminal.until(
        lambda: [row for row in session.terminal.rows if "shellper:" not in row] == rows, "the lines"
    )
    session.terminal.until(lambda: session.terminal.cursor[1] == column, "the cursor")


def test_lines_entered_before_are_part_of_the_request_in_zsh(start: Start) -> None:
    session = start("zsh")
    session.fake.answer("ls")
    session.terminal.send("don't list\r")
    session.terminal.wait_line(">")
    session.terminal.send("small files")
    session.terminal.wait_line("> small files")
    session.terminal.send(KEY)
    session.terminal.wait_line("$ ls")
    assert session.fake.requests == ["don't list\nsmall files"]
    session.terminal.send(KEY)
    session.terminal.wait_for("$ don't list\nsmall files")
    session.terminal.settle()
    assert session.terminal.rows[-2:] == ["$ don't list", "small files"]


def test_a_reason_at_a_continuation_prompt_of_zsh(start: Start) -> None:
    session = start("zsh")
    session.fake.answer("rm x", message="destructive: it removes x")
    session.terminal.send("for x in 1 2; do\r")
    session.terminal.wait_line(">")
    session.press("remove x")
    session.terminal.wait_line("$ rm x")
    assert session.terminal.rows[-2:] == ["shellper: destructive: it removes x", "$ rm x"]


# ---- the screen


@ALL
def test_a_wrapped_sentence_leaves_nothing_behind(start: Start, shell: str) -> None:
    text = "find every file that is bigger than a hundred megabytes and older than a week"
    session = start(shell, columns=30)
    session.fake.answer(COMMAND, seconds=60)
    session.terminal.send(text)
    session.terminal.wait_for("week")
    session.terminal.send(KEY)
    session.terminal.wait_for("…")
    session.fake.release()
    session.terminal.wait_rows(f"$ {COMMAND}")
    assert session.fake.requests == [text]


@ALL
def test_a_line_taller_than_the_screen(start: Start, shell: str) -> None:
    text = " ".join(["find", *(f"word{number}" for number in range(60)), "end"])
    session = start(shell, columns=40, rows=8)
    session.fake.answer("ls")
    session.terminal.send(text)
    session.terminal.wait_for("end")
    session.terminal.settle()
    session.terminal.send(KEY)
    session.terminal.wait_line("$ ls")
    assert session.fake.requests == [text]


@ALL
def test_a_wrapped_sentence_survives_a_failure(start: Start, shell: str) -> None:
    text = "find every file that is bigger than a hundred megabytes"
    session = start(shell, columns=30)
    session.fake.answer(message="no server", status=1)
    session.terminal.send(text)
    session.terminal.wait_for("megabytes")
    session.terminal.settle()
    rows, column = session.terminal.rows, session.terminal.cursor[1]
    session.terminal.send(KEY)
    said = ["shellper: no server"]
    session.terminal.wait_rows(*{"bash": said + rows, "zsh": rows + said, "fish": said + rows}[shell])
    session.terminal.until(lambda: session.terminal.cursor[1] == column, "the cursor")


@ALL
def test_a_wrapped_answer(start: Start, shell: str) -> None:
    session = start(shell, columns=30)
    session.fake.answer("find . -type f -size +100M -mtime +7 -exec ls -lh {} +")
    session.press(SENTENCE)
    session.terminal.wait_for("{} +")
    session.terminal.settle()
    line = "$ find . -type f -size +100M -mtime +7 -exec ls -lh {} +"
    assert "".join(session.terminal.screen.display).rstrip() == line
    wait_end(session.terminal, line)


TWO_LINES = {
    "bash": r"PS1='[top]\n$ '" + "\n",
    "zsh": "PS1=$'[top]\\n$ '; setopt no_prompt_sp\n",
    "fish": "function fish_prompt; echo '[top]'; echo '$ '; end\nset -g fish_greeting\n",
}


@ALL
def test_a_prompt_of_two_lines(start: Start, shell: str) -> None:
    session = start(shell, prompt=TWO_LINES[shell])
    session.fake.answer(COMMAND, seconds=60)
    session.press(SENTENCE)
    session.terminal.until(lambda: "…" in session.terminal.text and session.terminal.line.startswith(f"$ {SENTENCE}"))
    assert session.terminal.rows[0] == "[top]"
    session.fake.release()
    session.terminal.wait_rows("[top]", f"$ {COMMAND}")


@ALL
def test_a_message_under_a_prompt_of_two_lines(start: Start, shell: str) -> None:
    session = start(shell, prompt=TWO_LINES[shell])
    session.fake.answer(message="no server", status=1)
    session.press(SENTENCE)
    line = ["[top]", f"$ {SENTENCE}"]
    said = ["shellper: no server"]
    session.terminal.wait_rows(*{"bash": said + line, "zsh": line + said, "fish": said + line}[shell])


@pytest.mark.parametrize("begun", ["for x in 1 2; do", "echo 'a", "echo a \\", "true &&", "cat <<E"])
def test_a_message_at_a_continuation_prompt_of_bash(start: Start, begun: str) -> None:
    session = start("bash", prompt=TWO_LINES["bash"])
    session.fake.answer(message="no server", status=1)
    session.terminal.send(f"{begun}\r")
    session.terminal.wait_rows("[top]", f"$ {begun}", ">")
    session.press(SENTENCE)
    session.terminal.wait_rows("[top]", f"$ {begun}", "shellper: no server", f"> {SENTENCE}")


@pytest.mark.parametrize("before", ["for i in {1..1200}; do history -s echo $i; done", "HISTTIMEFORMAT='%F '"])
def test_a_message_at_a_continuation_prompt_of_bash_with_a_history(start: Start, before: str) -> None:
    session = start("bash", before=before, prompt=TWO_LINES["bash"])
    session.fake.answer(message="no server", status=1)
    session.terminal.send("for x in 1 2; do\r")
    session.terminal.wait_rows("[top]", "$ for x in 1 2; do", ">")
    session.press(SENTENCE)
    session.terminal.wait_rows("[top]", "$ for x in 1 2; do", "shellper: no server", f"> {SENTENCE}")


@pytest.mark.parametrize("letters", [20, 26, 27, 28, 29, 40, 41, 42])
def test_a_message_in_fish_under_wide_letters(start: Start, letters: int) -> None:
    session = start("fish", columns=30)
    session.fake.answer(message="no server", status=1)
    session.terminal.send("x" + "件" * letters)
    session.terminal.until(lambda: session.terminal.text.count("件") == letters)
    session.terminal.settle()
    rows = session.terminal.rows
    session.press()
    session.terminal.wait_rows("shellper: no server", *rows)


def test_a_prompt_of_bash_with_a_command_stays_while_waiting(start: Start) -> None:
    session = start("bash", prompt="PS1='[top$(echo \" (main)\")]\\n$(echo here)$ '\n", ready="here$")
    session.fake.answer(COMMAND, seconds=60)
    session.press(SENTENCE)
    session.terminal.wait_rows("[top (main)]", f"here$ {SENTENCE} …")
    session.fake.answer(message="no server", status=1)
    session.fake.release()


@BOURNE
def test_a_message_under_a_prompt_whose_upper_line_wraps(start: Start, shell: str) -> None:
    top = {"bash": f"\\[\\e[32m\\]{'x' * 30}\\[\\e[0m\\]{'y' * 5}\\n$ ", "zsh": f"{'x' * 30}{'y' * 5}\n$ "}[shell]
    session = start(
        shell, prompt=f"PS1=${top!r}; setopt no_prompt_sp\n" if shell == "zsh" else f"PS1='{top}'\n", columns=30
    )
    session.fake.answer(message="no server", status=1)
    session.press("big files")
    line, said = ["x" * 30, "yyyyy", "$ big files"], ["shellper: no server"]
    session.terminal.wait_rows(*(said + line if shell == "bash" else line + said))


@pytest.mark.parametrize("top", ["\\e[1;32m" + "x" * 28 + "\\e[0m", "件" * 20, "a🎉" * 11])
def test_a_message_under_a_prompt_of_bash_that_is_shorter_or_wider_than_it_has_letters(start: Start, top: str) -> None:
    session = start("bash", prompt=f"PS1='{top}\\n$ '\n", columns=30)
    session.terminal.send("echo earlier\r")
    session.terminal.wait_line("$")
    session.terminal.settle()
    rows = session.terminal.rows
    prompt = rows[: rows.index("$ echo earlier")]
    session.fake.answer(message="no server", status=1)
    session.press("big files")
    session.terminal.wait_rows(*prompt, "$ echo earlier", "earlier", "shellper: no server", *prompt, "$ big files")


@pytest.mark.parametrize("letters", [20, 28])
def test_a_message_in_fish_under_a_prompt_that_tells_the_last_status(start: Start, letters: int) -> None:
    prompt = "function fish_prompt; set -l last $status; test $last -eq 0; or echo [failed]; echo $last'$ '; end"
    session = start("fish", prompt=f"{prompt}\nset -g fish_greeting\n", columns=30)
    session.terminal.send("false\r")
    session.terminal.wait_rows("0$ false", "[failed]", "1$")
    session.fake.answer(message="no server", status=1)
    session.terminal.send("x" * letters)
    session.terminal.until(lambda: session.terminal.text.count("x") == letters)
    session.terminal.settle()
    rows = session.terminal.rows[1:]
    session.press()
    session.terminal.wait_rows("0$ false", "shellper: no server", *rows)


@pytest.mark.parametrize("letters", [5, 17, 18, 19, 20, 21, 22, 23, 24])
def test_a_message_in_fish_under_lines_of_blocks(start: Start, letters: int) -> None:
    session = start("fish", columns=30)
    session.fake.answer(message="no server", status=1)
    session.terminal.send("if true\rfor x in a\r" + "y" * letters)
    session.terminal.settle()
    before = session.terminal.rows
    session.press("")
    session.terminal.wait_rows("shellper: no server", *before)


@pytest.mark.parametrize("letters", [20, 23, 24, 25, 26, 27, 29, 53, 54, 55])
def test_a_message_in_fish_beside_the_sign_of_its_vi_mode(start: Start, letters: int) -> None:
    session = start("fish", before="fish_vi_key_bindings", columns=30)
    session.fake.answer(message="no server", status=1)
    line = f"[I] $ {'x' * letters}"
    session.terminal.send("x" * letters)
    session.terminal.until(lambda: session.terminal.text.count("x") == letters)
    session.press()
    rows = [line[place : place + 30] for place in range(0, len(line), 30)]
    session.terminal.wait_rows("shellper: no server", *rows)


@pytest.mark.parametrize("letters", [20, 27, 28, 29, 30])
def test_a_message_in_fish_under_lines_that_are_set_in(start: Start, letters: int) -> None:
    session = start("fish", columns=30)
    session.fake.answer(message="no server", status=1)
    session.terminal.send(f"list\x1b\r{'x' * letters}")
    session.terminal.until(lambda: session.terminal.text.count("x") == letters)
    session.terminal.settle()
    rows = session.terminal.rows
    session.press()
    session.terminal.wait_rows("shellper: no server", *rows)


@ALL
def test_the_last_row_of_the_screen(start: Start, shell: str) -> None:
    session = start(shell, rows=5)
    session.terminal.send("printf '1\\n2\\n3\\n4\\n5\\n'\r")
    session.terminal.wait_rows("2", "3", "4", "5", "$")
    session.fake.answer(message="no server", status=1)
    session.press(SENTENCE)
    line, said = f"$ {SENTENCE}", "shellper: no server"
    session.terminal.wait_rows("3", "4", "5", *([line, said] if shell == "zsh" else [said, line]))


@ALL
@pytest.mark.parametrize(
    ("sentence", "answer"), [(LONG, "rm x.log"), (LONG, f"rm {'x' * 50}"), ("remove x", f"rm {'x' * 50}")]
)
def test_the_reason_stays_where_lines_wrap(start: Start, shell: str, sentence: str, answer: str) -> None:
    session = start(shell, columns=44)
    session.terminal.send("echo earlier\r")
    session.terminal.wait_rows("$ echo earlier", "earlier", "$")
    session.fake.answer(answer, message="destructive: rm: removes files")
    session.terminal.send(sentence)
    session.terminal.until(lambda: session.terminal.text.replace("\n", "").endswith(sentence[-8:]))
    session.terminal.settle()
    session.press()
    line, said = f"$ {answer}", "shellper: destructive: rm: removes files"
    rows = [line[place : place + 44] for place in range(0, len(line), 44)]
    shown = [*rows, said] if shell == "zsh" else [said, *rows]
    session.terminal.wait_rows("$ echo earlier", "earlier", *shown)


@ALL
@pytest.mark.parametrize("columns", [39, 40, 41, 20])
def test_a_message_of_the_screens_width_leaves_the_rows_above(start: Start, shell: str, columns: int) -> None:
    session = start(shell, columns=columns)
    session.terminal.send("echo earlier\r")
    session.terminal.wait_rows("$ echo earlier", "earlier", "$")
    said = f"shellper: {'x' * 30}"
    session.fake.answer(message="x" * 30, status=1)
    session.press("big files")
    rows = [said[place : place + columns] for place in range(0, len(said), columns)]
    shown = ["$ big files", *rows] if shell == "zsh" else [*rows, "$ big files"]
    session.terminal.wait_rows("$ echo earlier", "earlier", *shown)


@ALL
def test_a_dumb_terminal(start: Start, shell: str) -> None:
    session = start(shell, env={"TERM": "dumb"})
    session.fake.answer(COMMAND)
    session.press(SENTENCE)
    session.terminal.wait_line(f"$ {COMMAND}")
    session.fake.answer(message="no server", status=1)
    session.press(" quickly")
    session.terminal.wait_for("shellper: no server")
    session.terminal.settle()
    assert "\x1b" not in session.terminal.received.decode().replace("\x1b[?2004h", "")  # bracketed paste is the shell's
    assert f"$ {COMMAND} quickly" in session.terminal.text
    session.fake.answer("ls")
    session.press(" please")
    session.terminal.wait_line("$ ls")  # nothing of the longer line
    session.terminal.settle()
    session.press()
    session.terminal.wait_line(f"$ {COMMAND} quickly please")


# ---- explanation


@ALL
def test_the_second_function_explains_and_leaves_the_line(start: Start, shell: str) -> None:
    bind = {
        "bash": """bind -x '"\\C-t": shellper_explain'""",
        "zsh": "bindkey '^T' shellper_explain",
        "fish": "bind \\ct shellper_explain",
    }[shell]
    session = start(shell, after=bind)
    session.fake.answer("ls    lists files\n  -l  in long form")
    session.terminal.send("ls -l\x1b[D\x1b[D")
    session.terminal.wait_for("ls -l")
    session.terminal.settle()
    session.press(key="\x14")
    session.terminal.wait_for("in long form")
    session.terminal.wait_line("$ ls -l")
    session.terminal.settle()
    assert session.terminal.cursor[1] == len("$ ls ")
    text = ["ls    lists files", "  -l  in long form", "$ ls -l"]
    assert session.terminal.rows[-3:] == text
    (call,) = session.fake.asked
    assert (call["arguments"], call["request"]) == (["hook", "--explain"], "ls -l")


@BOURNE
def test_an_explanation_under_a_prompt_of_two_lines(start: Start, shell: str) -> None:
    bind = {"bash": """bind -x '"\\C-t": shellper_explain'""", "zsh": "bindkey '^T' shellper_explain"}[shell]
    session = start(shell, prompt=TWO_LINES[shell], after=bind)
    session.fake.answer("ls    lists files")
    session.press("ls -l", key="\x14")
    above = [] if shell == "bash" else ["[top]", "$ ls -l"]  # zsh leaves the prompt and draws another
    session.terminal.wait_rows(*above, "ls    lists files", "[top]", "$ ls -l")
