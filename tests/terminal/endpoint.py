"""A server on loopback that answers chat completions as the test says, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Endpoint:
    """Answers with `call` (tool, arguments), or with `fault`: a status code, "stall", "cut". A context manager.

    After `hold` it answers on `release`.
    """

    def __init__(self) -> None:
        self.call: tuple[str, dict[str, Any]] = ("ls", {})
        self.fault: int | str = 0
        self.asked: list[dict[str, Any]] = []
        self.stalling = threading.Event()
        self._free = threading.Event()
        self._free.set()
        self._over = threading.Event()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                endpoint.asked.append(json.loads(body))
                endpoint._respond(self)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Endpoint:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def hold(self) -> None:
        """Answers no more."""
        self._free.clear()

    def release(self) -> None:
        """Answers again."""
        self._free.set()

    def _respond(self, handler: BaseHTTPRequestHandler) -> None:
        if self.fault == "stall":
            self.stalling.set()
            self._over.wait(60)
            return
        if not self._free.is_set():
            self.stalling.set()
            self._free.wait(60)
        name, arguments = self.call
        function = {"name": name, "arguments": json.dumps(arguments)}
        message = {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "1", "type": "function", "function": function}],
        }
        answer = {
            "id": "1",
            "object": "chat.completion",
            "created": 0,
            "model": "scripted",
            "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}],
        }
        body = json.dumps(answer).encode()
        handler.send_response(self.fault if isinstance(self.fault, int) and self.fault else 200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2] if self.fault == "cut" else body)
