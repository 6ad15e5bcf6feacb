"""The model in the process: llama.cpp through xllamacpp.

The model reads the conversation as shellper.prompt writes it and answers a command line, which the grammar of the tool
set bounds and `lift` turns back into a tool call. Greedy decoding: the same conversation gets the same answer.

xllamacpp offers llama.cpp's server, which wants an address to listen on. Requests do not take that way
(`handle_completions` calls into the library), so the socket is a unix socket without a file where the system has those,
answers nobody who lacks a random key, and is shut before the first request is read.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

from shellper.engines.base import Message, Reply
from shellper.engines.copying import mend_names
from shellper.engines.history import HISTORY, newest, split_messages, tokens
from shellper.errors import EngineError, ShellperError
from shellper.models import PACKAGED, damaged
from shellper.prompt import END, render_prompt
from shellper.tools import ToolCall, ToolSet, lift

LARGEST_CONTEXT = 2048
ANSWER = 160
"""Tokens that an answer may have."""


_TOO_LONG = "the request is too long for the embedded model: say it in fewer words"


class EmbeddedEngine:
    """Answers with the model in the process, which is loaded for the first request and kept."""

    name = "embedded"

    def __init__(self, path: Path, *, threads: int = 0, allow_recursive: bool = False) -> None:
        self.model = "shellper" if path == PACKAGED else path.stem
        self.path = path
        self.allow_recursive = allow_recursive
        self.meanwhile: Callable[[], None] | None = None
        self._threads = threads
        self._context = 0
        self._server: Any = None

    def complete(self, messages: Sequence[Message], tools: ToolSet) -> Reply:
        """The call for the last message. Raises EngineError."""
        turns, request = split_messages(messages, tools)
        room = LARGEST_CONTEXT - ANSWER - tokens(render_prompt((), request))
        if room < 0:
            raise EngineError(_TOO_LONG)
        kept = newest(turns, min(room, HISTORY))
        prompt = render_prompt(kept, request)
        answer = self._generate(prompt, tools.grammar())
        return Reply(
            calls=[self._lift(mend_names(answer.text, request, "\n".join(map("\n".join, kept))), tools)],
            model=self.model,
            confidence=answer.confidence,
            prompt_tokens=answer.prompt_tokens,
            completion_tokens=answer.completion_tokens,
        )

    def _lift(self, text: str, tools: ToolSet) -> ToolCall:
        try:
            return lift(text, tools, allow_recursive=self.allow_recursive)
        except ShellperError as error:
            if error.exit_code != EngineError.exit_code:
                raise
            raise EngineError(str(error)) from None

    def _generate(self, prompt: str, grammar: str) -> _Answer:
        self._load(tokens(prompt) + ANSWER)
        # Not earlier: loading keeps Python's lock, generating does not.
        if self.meanwhile:
            threading.Thread(target=self.meanwhile, daemon=True).start()
            self.meanwhile = None
        body = {
            "prompt": prompt,
            "max_tokens": ANSWER,
            "temperature": 0,
            "grammar": grammar,
            "stop": [END],
            "n_probs": 1,
            "cache_prompt": True,
            "stream": True,
        }
        pieces = _stream(self._server, body)
        needed = _needed(pieces)
        if needed:
            self._load(needed + ANSWER)
            pieces = _stream(self._server, body)
        return _merge(pieces)

    def _load(self, wanted: int) -> None:
        """Loads the model, with no more context than is wanted now; a longer conversation loads it once more."""
        if self._context >= wanted:
            return
        if wanted > LARGEST_CONTEXT:
            raise EngineError(_TOO_LONG)
        self._server = None
        size = LARGEST_CONTEXT if self._context else min(LARGEST_CONTEXT, max(512, -(-wanted // 256) * 256))
        self._server = start_server(self.path, size, self._threads)
        self._context = size


def start_server(path: Path, context: int, threads: int = 0) -> Any:
    """A server of xllamacpp that listens to nobody. Raises EngineError."""
    library = _library()
    parameters = _parameters(library, path, context, threads)
    names = _nowhere()
    if names:
        parameters.hostnames = names
    try:
        server = library.Server(parameters)
    except (RuntimeError, ValueError):
        raise damaged(path) from None
    _stop_listening(server.listening_address.removeprefix("http://") if not names else names[0].strip("\0"))
    return server


def _nowhere() -> list[str]:
    """The name of a unix socket that is no file; empty where only Linux has those."""
    # The zero byte makes the name abstract, the end tells the library that it is a unix socket.
    return [f"\0shellper-{os.urandom(16).hex()}.sock"] if sys.platform == "linux" else []


def _library() -> Any:
    """xllamacpp, imported so that it stays quick beside other busy programs."""
    # libgomp's threads spin while they wait, which costs seconds when the cores are also used by others.
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")
    try:
        import xllamacpp
    except ImportError as error:
        raise _import_error(error) from None
    return xllamacpp


def _import_error(error: ImportError) -> EngineError:
    text = str(error)
    if "libgomp" in text:
        cure = "apt install libgomp1 (Debian, Ubuntu), dnf install libgomp (Fedora), apk add libgomp (Alpine)"
        return EngineError(f"the system library libgomp.so.1 is missing: {cure}")
    if isinstance(error, ModuleNotFoundError):
        return EngineError("the package xllamacpp is missing: pip install xllamacpp")
    return EngineError(f"the llama.cpp runtime cannot be loaded ({text}): pip install --force-reinstall xllamacpp")


def _parameters(library: Any, path: Path, context: int, threads: int) -> Any:
    from shellper.engines import cores

    parameters = library.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = context
    parameters.n_batch = parameters.n_ubatch = 512
    parameters.n_parallel = 1
    parameters.n_ctx_checkpoints = 0
    parameters.n_gpu_layers = 0
    # What is only for servers, or for the second request of a model that is used once.
    parameters.warmup = parameters.fit_params = parameters.ui = False
    parameters.cache_ram_mib = 0
    parameters.verbosity = -1
    parameters.port = 0
    parameters.n_threads_http = 1
    parameters.api_keys = [os.urandom(16).hex()]
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads or cores.threads()
    return parameters


def _stop_listening(address: str) -> None:
    """Shuts the listening socket of this process that has the address: nobody needs it."""
    folder = Path("/dev/fd")
    for entry in list(folder.iterdir()) if folder.is_dir() else ():
        copy = _socket(int(entry.name))
        if copy is None:
            continue
        with copy:
            if _address(copy) == address:
                _shut(copy, int(entry.name))


def _shut(listening: Any, descriptor: int) -> None:
    try:
        listening.shutdown(2)
    except OSError:  # macOS shuts no socket that has no peer: what the runtime waits at is put out of the way
        nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
        os.dup2(nothing, descriptor, inheritable=False)
        os.close(nothing)


def _socket(descriptor: int) -> Any:
    """A socket object for a copy of a descriptor; None if it is no socket that listens."""
    import socket

    try:
        copied = os.dup(descriptor)
    except OSError:
        return None  # the descriptor of the listing itself
    try:
        copy = socket.socket(fileno=copied)
    except OSError:
        os.close(copied)
        return None
    try:
        if copy.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return copy
    except OSError:
        pass
    copy.close()
    return None


def _address(listening: Any) -> str:
    """The name of an abstract unix socket without its zero byte, or `host:port`."""
    name = listening.getsockname()
    if isinstance(name, bytes):
        return name.decode("utf-8", "replace").strip("\0")
    return name if isinstance(name, str) else f"{name[0]}:{name[1]}"


@dataclass
class _Answer:
    """What the model wrote.

    `confidence` is the product of the chosen tokens' probabilities: how likely the model holds this very command.
    """

    text: str
    confidence: float | None
    prompt_tokens: int
    completion_tokens: int


def _stream(server: Any, body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The answer piece by piece. Ctrl-C ends it at the next piece and raises KeyboardInterrupt."""
    pieces: list[Mapping[str, Any]] = []
    with _held_interrupt() as interrupted:

        def receive(piece: Mapping[str, Any]) -> bool:
            pieces.append(piece)
            return bool(interrupted)

        server.handle_completions(body, receive)
    if interrupted:
        raise KeyboardInterrupt
    return pieces


@contextmanager
def _held_interrupt() -> Iterator[list[int]]:
    """Collects SIGINT instead of raising it: the library would swallow the exception and go on."""
    received: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield received
        return
    signal.signal(signal.SIGINT, lambda number, _frame: received.append(number))
    try:
        yield received
    finally:
        signal.signal(signal.SIGINT, before)


def _needed(pieces: Sequence[Mapping[str, Any]]) -> int:
    """The tokens of the prompt when it did not fit, because it has more of them than was estimated; else 0."""
    error = pieces[0].get("error") if len(pieces) == 1 else None
    return int(error.get("n_prompt_tokens", 0)) if isinstance(error, Mapping) else 0


def _merge(pieces: Sequence[Mapping[str, Any]]) -> _Answer:
    """The pieces as one answer. Raises EngineError when there is none, or one without an end."""
    choices = [piece["choices"][0] for piece in pieces if piece.get("choices")]
    if not choices:
        error = next((piece["error"] for piece in pieces if "error" in piece), "no answer")
        message = str(error.get("message", error) if isinstance(error, Mapping) else error)
        raise EngineError(f"the embedded model failed ({' '.join(message.split())[:120]}): say it in other words")
    if choices[-1].get("finish_reason") == "length":
        raise EngineError("the model's answer came to no end: say it in other words")
    chosen = [token for choice in choices for token in (choice.get("logprobs") or {}).get("content") or ()]
    usage: Mapping[str, int] = next((piece["usage"] for piece in reversed(pieces) if piece.get("usage")), {})
    return _Answer(
        text="".join(str(choice.get("text") or "") for choice in choices).removesuffix(END).strip(),
        confidence=min(1.0, exp(sum(token["logprob"] for token in chosen))) if chosen else None,
        prompt_tokens=usage.get("prompt_tokens", 0),
        completion_tokens=usage.get("completion_tokens", 0),
    )
