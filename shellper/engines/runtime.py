"""llama.cpp in the process, by way of xllamacpp: a server that listens to nobody, and what it streams.

xllamacpp offers llama.cpp's server, which wants an address to listen on. Requests do not take that way
(`handle_completions` calls into the library), so the socket is a unix socket without a file where the system has those,
answers nobody who lacks a random key, and is shut before the first request is read.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shellper.errors import EngineError
from shellper.models import damaged

Piece = Mapping[str, Any]
"""A piece of an answer, as OpenAI's completions stream it."""


def start_server(path: Path, context: int, threads: int) -> Any:
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
    os.environ.setdefault("GGML_NO_BACKTRACE", "1")  # a debugger's, on standard output
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


def stream(server: Any, body: Mapping[str, Any], enough: Callable[[Piece], bool] | None = None) -> list[Piece]:
    """The answer piece by piece, up to the one that `enough` is said of.

    Ctrl-C ends it at the next piece and raises KeyboardInterrupt.
    """
    pieces: list[Piece] = []
    with _held_interrupt() as interrupted:

        def receive(piece: Piece) -> bool:
            pieces.append(piece)
            return bool(interrupted) or (enough is not None and enough(piece))

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
