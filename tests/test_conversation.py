"""The store: bounded, private, shared between processes, and never in the way."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shellper import conversation, storage
from shellper.conversation import Conversation, ConversationStore, Turn
from shellper.errors import StateError
from shellper.terminal import Terminal
from shellper.tools.call import ToolCall

TERMINAL = Terminal("session_test", "session test")


def turn(number: int = 1, **more: object) -> Turn:
    call = ToolCall("bash", {"command": f"echo {number}"})
    return Turn(f"say {number}", call, f"echo {number}", time=1.5, **more)  # type: ignore[arg-type]


@pytest.fixture
def store(home: Path) -> ConversationStore:
    return ConversationStore(TERMINAL)


def file_of(store: ConversationStore) -> Path:
    return conversation.conversations_folder() / f"{TERMINAL.key}.json"


def test_what_is_kept_comes_back(store: ConversationStore) -> None:
    turns = (turn(1), turn(2, status=1, output="ü\n"), Turn("which?", ToolCall("clarify", {"question": "?"}), None))
    for each in turns:
        store.append(each)
    assert ConversationStore(TERMINAL).load().turns == turns
    assert ConversationStore(Terminal("session_other", "")).load().turns == ()
    assert store.warnings == []


def test_what_got_no_command_is_kept_until_the_next_turn(store: ConversationStore) -> None:
    store.append(turn(1))
    store.keep_unanswered("too much")
    store.keep_unanswered("far too much")
    kept = store.load()
    assert (kept.turns, kept.unanswered) == ((turn(1),), "far too much")
    assert kept.asked == (turn(1), Turn("far too much", None, None))
    assert kept.messages() == Conversation((turn(1),)).messages()
    assert stat.S_IMODE(file_of(store).stat().st_mode) == 0o600
    store.append(turn(2))
    assert store.load() == Conversation((turn(1), turn(2)))


def test_only_the_last_turn_is_taken_back(store: ConversationStore) -> None:
    for number in (1, 2):
        store.append(turn(number))
    store.take_back(turn(1).request)
    assert len(store.load().turns) == 2
    store.take_back(turn(2).request)
    assert store.load().turns == (turn(1),)


def test_something_else_in_its_place_costs_nothing(store: ConversationStore) -> None:
    store.append(turn(1))
    file_of(store).write_text(file_of(store).read_text().replace('"turns"', '"unanswered": [1], "turns"'))
    assert (store.load(), store.warnings) == (Conversation((turn(1),)), [])


def test_without_a_terminal_nothing_is_kept(home: Path) -> None:
    store = ConversationStore(None)
    store.append(turn())
    store.keep_unanswered("list files")
    assert store.reset() == 1  # of this process
    assert store.load() == Conversation()
    assert store.reset() == 0
    assert list(home.iterdir()) == []


def test_the_store_is_private(store: ConversationStore) -> None:
    before = os.umask(0)
    try:
        store.append(turn())
    finally:
        os.umask(before)
    folder = file_of(store).parent
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)} == {0o700}


def test_an_open_folder_is_closed(store: ConversationStore) -> None:
    store.append(turn())
    file_of(store).parent.chmod(0o755)
    store.append(turn())
    assert stat.S_IMODE(file_of(store).parent.stat().st_mode) == 0o700


def test_the_store_is_bounded(store: ConversationStore) -> None:
    for number in range(conversation.MOST_TURNS + 5):
        store.append(turn(number))
    turns = store.load().turns
    assert len(turns) == conversation.MOST_TURNS
    assert turns[-1] == turn(conversation.MOST_TURNS + 4)


def test_reset_forgets(store: ConversationStore) -> None:
    assert store.reset() == 0
    store.append(turn())
    assert store.reset() == 1
    assert store.load().turns == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"version": 1}',
        '{"version": 1, "turns": [1]}',
        '{"version": 1, "turns": [{"request": "a", "call": {"name": "ls"}}]}',
        '{"version": 1, "turns": [{"request": "a", "command": 3}]}',
        "[" * 100_000,
        "1" * 10_000,
        '{"version": 2, "turns": []}',
        "\xff\x00",
    ],
)
def test_a_damaged_file_costs_one_warning_and_the_next_turn_is_kept(store: ConversationStore, text: str) -> None:
    store.append(turn())
    file_of(store).write_text(text, encoding="latin-1")
    assert store.load().turns == ()
    assert len(store.warnings) == 1
    assert "\n" not in store.warnings[0]
    store.append(turn(2))
    assert len(store.warnings) == 1
    assert ConversationStore(TERMINAL).load().turns == (turn(2),)


def test_links_pipes_and_big_files_are_not_read(store: ConversationStore, tmp_path: Path) -> None:
    store.append(turn())
    file = file_of(store)
    kept = tmp_path / "elsewhere.json"
    file.rename(kept)
    file.symlink_to(kept)
    assert store.load().turns == ()
    file.unlink()
    os.mkfifo(file)
    assert store.load().turns == ()
    file.unlink()
    with file.open("wb") as opened:
        opened.truncate(conversation.MOST_BYTES + 1)
    assert store.load().turns == ()
    store.append(turn(2))
    assert store.load().turns == (turn(2),)
    assert json.loads(kept.read_text())["turns"][0]["request"] == "say 1"


def test_a_store_that_cannot_be_written_costs_one_warning(home: Path) -> None:
    (home / ".local").write_text("a file where a folder should be")
    store = ConversationStore(TERMINAL)
    assert store.load().turns == ()
    store.append(turn())
    assert len(store.warnings) == 1
    assert "cannot be kept" in store.warnings[0]


def test_no_home_costs_one_warning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", "")
    monkeypatch.setattr("pwd.getpwuid", lambda _: (_ for _ in ()).throw(KeyError))
    monkeypatch.chdir(tmp_path)
    store = ConversationStore(TERMINAL)
    store.load()
    store.append(turn())
    assert len(store.warnings) == 1
    assert "set HOME" in store.warnings[0]
    assert not (tmp_path / "~").exists()


def test_a_full_disk_keeps_the_old_conversation(store: ConversationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.append(turn())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    store.append(turn(2))
    assert "No space left" in store.warnings[0]
    assert store.load().turns == (turn(),)
    assert not list(file_of(store).parent.glob("*.new"))


def test_a_lock_that_is_held_costs_one_warning(store: ConversationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.append(turn())
    monkeypatch.setattr(storage, "LOCK_SECONDS", 0.05)
    with storage.locked(file_of(store).parent):
        other = ConversationStore(TERMINAL)
        other.append(turn(2))
    assert "another process" in other.warnings[0]


def test_reset_of_a_store_that_is_stuck_is_an_error(store: ConversationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.append(turn())
    file_of(store).unlink()
    file_of(store).mkdir()
    with pytest.raises(StateError):
        store.reset()


def test_many_at_once_lose_nothing(store: ConversationStore) -> None:
    code = (
        "import sys; from shellper.conversation import *; from shellper.terminal import Terminal\n"
        "import shellper.storage; shellper.storage.LOCK_SECONDS = 600.0  # a busy machine is no failure\n"
        "s = ConversationStore(Terminal('session_test', ''))\n"
        "for n in range(10): s.append(Turn(f'{sys.argv[1]}-{n}', None, 'ls'))\n"
        "print(*s.warnings)"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(number)], stdout=subprocess.PIPE, text=True)
        for number in range(8)
    ]
    assert [process.communicate()[0].strip() for process in processes] == [""] * 8
    assert len({each.request for each in store.load().turns}) == 80


def test_a_half_written_file_is_cleaned_up(store: ConversationStore) -> None:
    store.append(turn())
    (file_of(store).parent / ".session_test.json.shellper.new").write_text("half")
    gone = file_of(store).parent / ".session_gone.json.shellper.new"
    gone.write_text("half")
    os.utime(gone, (time.time() - 120,) * 2)
    store.append(turn(2))
    store.reset()
    store.append(turn(3))
    assert not list(file_of(store).parent.glob("*.new"))
    assert store.load().turns == (turn(3),)


def test_ended_sessions_are_swept(store: ConversationStore) -> None:
    from shellper.terminal import _machine

    store.append(turn())
    folder = file_of(store).parent
    dead = folder / f"pts-1_4000000_12345_{_machine()}.json"
    foreign = folder / "pts-1_4000000_12345_00000000.json"
    old = folder / "session_old.json"
    for file in (dead, foreign, old):
        file.write_text("{}")
    os.utime(old, (time.time() - 40 * 86400,) * 2)
    assert conversation.sweep(folder) == 2
    assert (foreign.exists(), file_of(store).exists(), dead.exists(), old.exists()) == (True, True, False, False)


def test_a_sweep_is_bounded(store: ConversationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.append(turn())
    monkeypatch.setattr(conversation, "SWEEP_MOST", 5)
    for number in range(20):
        (file_of(store).parent / f"{number}.new").touch()
    assert conversation.sweep(file_of(store).parent) <= 5


def test_messages() -> None:
    clarify = Turn("remove it", ToolCall("clarify", {"question": "what?"}), None)
    messages = Conversation((turn(1), clarify, turn(2, status=2, output="oh"))).messages()
    assert [message["role"] for message in messages] == [
        "user",
        "assistant",
        "user",
        "assistant",
        "user",
        "assistant",
        "tool",
    ]
    function = messages[1]["tool_calls"][0]["function"]
    assert (function["name"], json.loads(function["arguments"])) == ("bash", {"command": "echo 1"})
    assert messages[-1]["content"] == "oh\nexit status 2"
    assert messages[-1]["tool_call_id"] == messages[-2]["tool_calls"][0]["id"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
TURN = st.fixed_dictionaries({}, optional=dict.fromkeys(("request", "call", "command", "status", "time"), JSON))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary() | st.lists(TURN | JSON).map(lambda turns: json.dumps({"version": 1, "turns": turns}).encode()))
def test_any_bytes_are_a_conversation_or_a_warning(home: Path, text: bytes) -> None:
    store = ConversationStore(TERMINAL, home / "conversations")
    (home / "conversations").mkdir(exist_ok=True)
    (home / "conversations" / f"{TERMINAL.key}.json").write_bytes(text)
    turns = store.load().turns
    assert turns == () or not store.warnings
    Conversation(turns).messages()


@pytest.mark.parametrize("now", [0.0, -1e9, 4e9, 1e18])
def test_a_clock_that_jumps_loses_no_turn(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch, now: float
) -> None:
    store.append(turn(1))
    monkeypatch.setattr(time, "time", lambda: now)
    monkeypatch.setattr(time, "time_ns", lambda: int(now * 1e9))
    store.append(Turn("later", None, "ls", time=now))
    assert [each.request for each in store.load().turns] == ["say 1", "later"]
    ConversationStore(Terminal("session_other", "")).append(turn(2))
    if now < time.monotonic():  # a clock that has gone back makes nothing old
        assert [each.request for each in store.load().turns] == ["say 1", "later"]
    assert store.warnings == []


def test_what_cannot_be_kept_is_still_known(store: ConversationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    store.append(turn())
    with monkeypatch.context() as patch:
        patch.setattr("shellper.conversation.replace_file", full)
        store.append(turn(2))
        store.append(turn(3))
    assert store.conversation.turns == (turn(), turn(2), turn(3))
    assert ConversationStore(TERMINAL).load().turns == (turn(),)


def test_without_a_terminal_the_process_knows_its_turns() -> None:
    store = ConversationStore(None)
    store.append(turn())
    assert store.conversation.turns == (turn(),)
