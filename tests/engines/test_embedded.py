"""The model in the process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shellper.engines import create_engine, embedded, runtime
from shellper.engines.base import Message
from shellper.engines.embedded import EmbeddedEngine
from shellper.errors import EngineError
from shellper.settings import Settings
from shellper.tools import ToolCall, tool_set

GORILLA = tool_set("gorilla")
SHELL = tool_set("shell")


class FakeServer:
    """Answers with one text."""

    def __init__(self, text: str, logprobs: tuple[float, ...] = (-0.5, -0.25), **choice: Any) -> None:
        content = [{"logprob": value} for value in logprobs]
        end = {"text": "", "logprobs": None, "finish_reason": "stop", **choice}
        self.pieces: list[Any] = [
            {"choices": [{"text": text[:2], "finish_reason": None, "logprobs": {"content": content[:1]}}]},
            {"choices": [{"text": text[2:], "finish_reason": None, "logprobs": {"content": content[1:]}}]},
            {"choices": [end], "usage": {"prompt_tokens": 7, "completion_tokens": 3}},
        ]
        self.asked: list[dict[str, Any]] = []

    def handle_completions(self, body: dict[str, Any], receive: Callable[[Any], bool]) -> None:
        self.asked.append(body)
        for piece in self.pieces:
            if receive(piece):
                break


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the contexts that were asked for."""
    return []


def engine(monkeypatch: pytest.MonkeyPatch, server: FakeServer, contexts: list[int], **rest: Any) -> EmbeddedEngine:
    def start(path: Path, context: int, threads: int = 0) -> FakeServer:
        contexts.append(context)
        return server

    monkeypatch.setattr(embedded, "start_server", start)
    return EmbeddedEngine(Path("some.gguf"), **rest)


def test_a_reply(monkeypatch: pytest.MonkeyPatch, contexts: list[int]) -> None:
    server = FakeServer("ls -a<|im_end|>")
    reply = engine(monkeypatch, server, contexts).complete([{"role": "user", "content": "list\nall"}], GORILLA)
    assert reply.calls == [ToolCall("ls", {"a": True})]
    assert reply.model == "some"
    assert reply.confidence == pytest.approx(2.718281828**-0.75)
    assert (reply.prompt_tokens, reply.completion_tokens) == (7, 3)
    (asked,) = server.asked
    assert asked["prompt"] == "<|im_start|>list all\n"
    assert asked["grammar"] == GORILLA.grammar()
    assert asked["temperature"] == 0


def test_recursive_removal(monkeypatch: pytest.MonkeyPatch, contexts: list[int]) -> None:
    message = [{"role": "user", "content": "x"}]
    server = FakeServer("rm -r d")
    assert engine(monkeypatch, server, contexts).complete(message, GORILLA).calls[0].name == "rmdir"
    allowed = engine(monkeypatch, server, contexts, allow_recursive=True)
    assert allowed.complete(message, GORILLA).calls[0].name == "rm"


def test_the_context_grows(monkeypatch: pytest.MonkeyPatch, contexts: list[int]) -> None:
    one = engine(monkeypatch, FakeServer("pwd"), contexts)
    for request in ("where am i", "where am i", "where am i " * 80, "where " * 200):
        one.complete([{"role": "user", "content": request}], SHELL)
    assert contexts == [512, 2048]
    with pytest.raises(EngineError, match="too long"):
        one.complete([{"role": "user", "content": "where " * 900}], SHELL)


def test_a_prompt_of_more_tokens_than_estimated(monkeypatch: pytest.MonkeyPatch, contexts: list[int]) -> None:
    class Small(FakeServer):
        def handle_completions(self, body: dict[str, Any], receive: Callable[[Any], bool]) -> None:
            if contexts[-1] < 900:
                receive({"error": {"message": "exceeds", "n_prompt_tokens": needed}})
            else:
                super().handle_completions(body, receive)

    needed = 700
    message = [{"role": "user", "content": "x"}]
    assert engine(monkeypatch, Small("pwd"), contexts).complete(message, SHELL).calls[0].name == "pwd"
    assert contexts == [512, 2048]
    needed = 5000
    with pytest.raises(EngineError, match="too long"):
        engine(monkeypatch, Small("pwd"), contexts).complete(message, SHELL)


def test_long_conversations_show_the_newest_turns(monkeypatch: pytest.MonkeyPatch, contexts: list[int]) -> None:
    server = FakeServer("pwd")
    call = {"function": {"name": "cat", "arguments": {"file_name": "a"}}}
    turn: list[Message] = [{"role": "user", "content": "show a"}, {"role": "assistant", "tool_calls": [call]}]
    engine(monkeypatch, server, contexts).complete([*(turn * 200), {"role": "user", "content": "where"}], SHELL)
    prompt = server.asked[0]["prompt"]
    assert prompt.startswith("<|im_start|>show a\ncat a<|im_end|>\n")
    assert 10 < prompt.count("<|im_start|>") < 60


@pytest.mark.parametrize(
    ("server", "message"),
    [
        (FakeServer("ls", finish_reason="length"), "came to no end"),
        (FakeServer(""), "answered nothing"),
    ],
)
def test_bad_answers(monkeypatch: pytest.MonkeyPatch, contexts: list[int], server: FakeServer, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        engine(monkeypatch, server, contexts).complete([{"role": "user", "content": "x"}], SHELL)


@pytest.mark.parametrize("pieces", [[], [{}], [{"error": {"message": "no\nroom"}}], [{"error": "x"}]])
def test_errors_of_the_runtime(monkeypatch: pytest.MonkeyPatch, contexts: list[int], pieces: Any) -> None:
    server = FakeServer("")
    server.pieces = pieces
    with pytest.raises(EngineError, match="embedded model failed") as error:
        engine(monkeypatch, server, contexts).complete([{"role": "user", "content": "x"}], SHELL)
    assert "\n" not in str(error.value)


def test_an_interrupt_ends_the_answer(monkeypatch: pytest.MonkeyPatch, contexts: list[int]) -> None:
    class Interrupted(FakeServer):
        def handle_completions(self, body: dict[str, Any], receive: Callable[[Any], bool]) -> None:
            assert not receive(self.pieces[0])
            signal.raise_signal(signal.SIGINT)
            assert receive(self.pieces[1])

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        engine(monkeypatch, Interrupted("ls"), contexts).complete([{"role": "user", "content": "x"}], SHELL)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ImportError("libgomp.so.1: cannot open shared object file"), "apt install libgomp1"),
        (ModuleNotFoundError("No module named 'xllamacpp'"), "pip install xllamacpp"),
        (ImportError("undefined symbol"), "reinstall xllamacpp"),
    ],
)
def test_a_missing_library_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: ImportError, message: str
) -> None:
    import builtins

    load = builtins.__import__

    def refuse(name: str, *arguments: Any, **rest: Any) -> Any:
        if name == "xllamacpp":
            raise error
        return load(name, *arguments, **rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(EngineError, match=message):
        EmbeddedEngine(tmp_path / "x.gguf").complete([{"role": "user", "content": "x"}], SHELL)


def test_create_engine(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="is missing"):
        create_engine(Settings(model=str(tmp_path / "x.gguf")))


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(b"GGUF" + b"\3\0\0\0" + b"\0" * 100)
    with pytest.raises(EngineError, match="damaged"):
        create_engine(Settings(model=str(path))).complete([{"role": "user", "content": "x"}], SHELL)


def test_a_truncated_file(tmp_path: Path, model: Path) -> None:
    path = tmp_path / "x.gguf"
    with model.open("rb") as file:
        path.write_bytes(file.read(model.stat().st_size // 2))
    with pytest.raises(EngineError, match="damaged"):
        create_engine(Settings(model=str(path))).complete([{"role": "user", "content": "x"}], SHELL)


_REQUEST = """
import os, socket, sys
from pathlib import Path
from shellper.engines.embedded import EmbeddedEngine
from shellper.tools import tool_set
from shellper.errors import EngineError

engine = EmbeddedEngine(Path(sys.argv[1]))
for _ in range(2):
    for name in ("gorilla", "shell"):
        try:
            print(engine.complete([{"role": "user", "content": "list the files here"}], tool_set(name)).calls)
        except EngineError as error:
            assert "came to no end" in str(error)
assert not {"openai", "asyncio", "numpy"} & set(sys.modules), sorted(sys.modules)
for name in os.listdir("/proc/self/fd"):
    target = os.readlink(f"/proc/self/fd/{name}") if os.path.lexists(f"/proc/self/fd/{name}") else ""
    assert not target.startswith("socket:"), target
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_answers_without_a_listener_and_without_a_word(model: Path) -> None:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", _REQUEST, str(model)]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[: len(lines) // 2] == lines[len(lines) // 2 :]


def refused(port: int) -> bool:
    """Whether nothing listens there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False


def test_a_system_that_shuts_no_listener(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_connected(*_: object) -> None:
        raise OSError(57, "Socket is not connected")

    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_server(("127.0.0.1", 0)) as other:
        port = listener.getsockname()[1]
        monkeypatch.setattr(socket.socket, "shutdown", not_connected)
        runtime._stop_listening(f"127.0.0.1:{port}")
        assert refused(port)
        assert not refused(other.getsockname()[1])


def test_a_system_without_sockets_that_have_no_file(monkeypatch: pytest.MonkeyPatch, model: Path) -> None:
    stopped: list[str] = []
    stop = runtime._stop_listening

    def note(address: str) -> None:
        stopped.append(address)
        stop(address)

    monkeypatch.setattr(runtime, "_nowhere", list)
    monkeypatch.setattr(runtime, "_stop_listening", note)
    engine = EmbeddedEngine(model)
    assert engine.complete([{"role": "user", "content": "create a folder called reports"}], SHELL).calls
    [address] = stopped
    assert address.startswith("127.0.0.1:")
    assert refused(int(address.split(":")[1]))
