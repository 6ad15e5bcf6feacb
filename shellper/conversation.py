"""What was asked and answered in a terminal, and where that is kept.

    Turn                 a request and the call, command and outcome that it led to
    Conversation         the turns of one terminal, and the same as messages for an engine; what got no command since
    ConversationStore    one JSON file per terminal: loaded, appended to under a lock, replaced atomically

State is a convenience: whatever is wrong with it costs one line of warning and at most this conversation, never the
answer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shellper import user_dirs
from shellper.errors import StateError
from shellper.storage import locked, replace_file
from shellper.terminal import Terminal, is_dead
from shellper.tools.call import ToolCall

VERSION = 1
MOST_TURNS = 100
MOST_BYTES = 8_000_000
DAYS_KEPT = 30
SWEEP_MOST = 200
"""How many files one sweep looks at, so that its time is bounded."""


@dataclass(frozen=True)
class Turn:
    """A request and what came of it.

    `command` is None where the model asked back. `status` and `output` are known only if shellper ran the command.
    """

    request: str
    call: ToolCall | None
    command: str | None
    status: int | None = None
    output: str | None = None
    time: float = 0.0

    @property
    def question(self) -> str:
        """What the model asked back, empty where it gave a command."""
        return str(self.call.arguments.get("question", "")) if self.call and not self.command else ""

    def as_json(self) -> dict[str, Any]:
        """The turn as JSON values."""
        call = self.call.as_json() if self.call else None
        return {
            "request": self.request,
            "call": call,
            "command": self.command,
            "status": self.status,
            "output": self.output,
            "time": self.time,
        }

    @classmethod
    def from_json(cls, value: object) -> Turn:
        """The turn that as_json gave. Raises ValueError for anything else."""
        if not isinstance(value, Mapping) or not isinstance(value.get("request"), str):
            raise ValueError("a turn without a request")
        call, command, status, output = (value.get(name) for name in ("call", "command", "status", "output"))
        if call is not None:
            if not isinstance(call, Mapping) or not isinstance(call.get("name"), str):
                raise ValueError("a call without a name")
            if not isinstance(call.get("arguments"), Mapping):
                raise ValueError("a call without arguments")
            call = ToolCall(call["name"], dict(call["arguments"]))
        if not all(text is None or isinstance(text, str) for text in (command, output)):
            raise ValueError("a command or an output that is no text")
        time = value.get("time")
        return cls(
            request=value["request"],
            call=call,
            command=command,
            status=status if isinstance(status, int) else None,
            output=output,
            time=float(time) if isinstance(time, (int, float)) else 0.0,
        )


@dataclass(frozen=True)
class Conversation:
    """The turns so far, oldest first."""

    turns: tuple[Turn, ...] = ()
    unanswered: str = ""
    """What was asked after them and got no command: no turn for the model, but feedback is about it."""

    @property
    def asked(self) -> tuple[Turn, ...]:
        """The turns, and as the last of them what got no command."""
        return (*self.turns, Turn(self.unanswered, None, None)) if self.unanswered else self.turns

    def with_turn(self, turn: Turn) -> Conversation:
        """One turn more, and the oldest forgotten when there are too many."""
        return Conversation((*self.turns, turn)[-MOST_TURNS:])

    def messages(self) -> list[dict[str, Any]]:
        """The turns in OpenAI's form: user, assistant with a tool call, and a tool turn where the outcome is known."""
        messages: list[dict[str, Any]] = []
        for number, turn in enumerate(self.turns, 1):
            if turn.call:
                messages += _turn_messages(turn, turn.call, f"call_{number}")
        return messages


def _turn_messages(turn: Turn, call: ToolCall, name: str) -> Iterator[dict[str, Any]]:
    from json import dumps

    function = {**call.as_json(), "arguments": dumps(dict(call.arguments), ensure_ascii=False)}
    yield {"role": "user", "content": turn.request}
    yield {"role": "assistant", "content": "", "tool_calls": [{"id": name, "type": "function", "function": function}]}
    if turn.status is not None:
        outcome = f"exit status {turn.status}" if turn.status else ""
        content = "\n".join(part for part in (turn.output or "", outcome) if part)
        yield {"role": "tool", "tool_call_id": name, "content": content}


@dataclass
class ConversationStore:
    """The conversation of one terminal on disk; without a terminal only this process knows it.

    `conversation` is what was last loaded or kept, `warnings` gathers at most one line about what went wrong.
    """

    terminal: Terminal | None
    folder: Path | None = None
    warnings: list[str] = field(default_factory=list)
    conversation: Conversation = field(default_factory=Conversation, init=False)

    def load(self) -> Conversation:
        """The conversation so far; an empty one, and a warning, if it cannot be read."""
        self.conversation = Conversation()
        if self.terminal:
            try:
                self.conversation = self._read(self._file(self.terminal))
            except (StateError, OSError) as error:
                self._warn(f"the conversation cannot be read and starts anew: {_cause(error)}")
        return self.conversation

    def append(self, turn: Turn) -> None:
        """Keep one more turn, beside those that other processes added meanwhile; a warning if it cannot be kept."""
        self._change(lambda before: before.with_turn(turn))

    def keep_unanswered(self, request: str) -> None:
        """Keep, until the next turn, what was asked and got no command; a warning if it cannot be kept."""
        self._change(lambda before: Conversation(before.turns, request))

    def take_back(self, request: str) -> None:
        """Forget the last turn if it is of this request, whose answer the user gave back; a warning if it stays."""

        def without(before: Conversation) -> Conversation:
            is_last = before.turns and before.turns[-1].request == request
            return Conversation(before.turns[:-1]) if is_last else before

        self._change(without)

    def _change(self, change: Callable[[Conversation], Conversation]) -> None:
        known, self.conversation = self.conversation, change(self.conversation)
        if not self.terminal:
            return
        try:
            file = self._file(self.terminal)
            user_dirs.private_folder(file.parent.parent)
            user_dirs.private_folder(file.parent)
            with locked(file.parent):
                try:
                    before = self._read(file)
                except (StateError, OSError):
                    before = known
                after = change(before)
                if after is not before:
                    replace_file(file, _text(self.terminal, after))
                self.conversation = after
            if not before.turns:
                sweep(file.parent)
        except (StateError, OSError) as error:
            self._warn(f"the conversation cannot be kept: {_cause(error)}{_remedy(error)}")

    def reset(self) -> int:
        """Forget the conversation; the number of turns that it had. Raises StateError if it cannot be removed."""
        turns = len(self.conversation.turns)
        self.conversation = Conversation()
        if not self.terminal:
            return turns
        try:
            file = self._file(self.terminal)
            with suppress(StateError, OSError):
                turns = max(turns, len(self._read(file).turns))
            if file.parent.is_dir():
                with locked(file.parent):
                    file.unlink(missing_ok=True)
            return turns
        except OSError as error:
            raise StateError(f"the conversation cannot be removed: {_cause(error)}{_remedy(error)}") from None

    def _file(self, terminal: Terminal) -> Path:
        return (self.folder or conversations_folder()) / f"{terminal.key}.json"

    def _warn(self, line: str) -> None:
        if not self.warnings:
            self.warnings.append(line)

    @staticmethod
    def _read(file: Path) -> Conversation:
        try:
            text = _read_private(file)
        except (FileNotFoundError, NotADirectoryError):
            return Conversation()
        return _parse(text, file)


def conversations_folder() -> Path:
    """Where the conversations are. Raises StateError where there is no home."""
    return user_dirs.state_dir() / "conversations"


def sweep(folder: Path) -> int:
    """Remove the conversations of ended sessions, and others after DAYS_KEPT; how many."""
    from time import time, time_ns

    now = time()
    names = os.listdir(folder)  # noqa: PTH208
    # Each sweep begins elsewhere, so that all are looked at in time.
    start = time_ns() % len(names) if len(names) > SWEEP_MOST else 0
    removed = 0
    for name in (names[start:] + names[:start])[:SWEEP_MOST]:
        file = folder / name
        with suppress(OSError):
            # Files half written for long are those of processes that were killed.
            age = now - file.lstat().st_mtime
            if (file.suffix == ".new" and age > 60) or (file.suffix == ".json" and _is_stale(file, age)):
                file.unlink()
                removed += 1
    return removed


def _is_stale(file: Path, age: float) -> bool:
    dead = is_dead(file.stem)
    return age > DAYS_KEPT * 86400 if dead is None else dead


def _read_private(file: Path) -> bytes:
    """A state file's bytes. Raises StateError if it is no plain file of this user's, or too big."""
    import stat

    # A fifo would block and a link could lead anywhere.
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as opened:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            raise StateError(f"{file} is not a file of yours")
        text = opened.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise StateError(f"{file} is too big")
    return text


def _parse(text: bytes, file: Path) -> Conversation:
    import json

    try:
        table = json.loads(text)
        if not isinstance(table, dict) or not isinstance(table.get("turns"), list):
            raise ValueError
        if table.get("version") != VERSION:
            raise StateError(f"{file} was written by another version of shellper")
        unanswered = table.get("unanswered")
        return Conversation(
            tuple(Turn.from_json(turn) for turn in table["turns"][-MOST_TURNS:]),
            unanswered if isinstance(unanswered, str) else "",
        )
    except (ValueError, RecursionError, OverflowError):
        raise StateError(f"{file} is damaged") from None


def _text(terminal: Terminal, conversation: Conversation) -> str:
    import json

    turns = [turn.as_json() for turn in conversation.turns]
    unanswered = {"unanswered": conversation.unanswered} if conversation.unanswered else {}
    return json.dumps({"version": VERSION, "terminal": terminal.name, "turns": turns, **unanswered})


def _cause(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error)


def _remedy(error: Exception) -> str:
    """What to do about a folder that cannot be written; a StateError says so itself."""
    return "; set XDG_STATE_HOME to a folder that you can write" if isinstance(error, OSError) else ""
