"""The endpoint engine against real servers on loopback: right answers, and every fault that servers have."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import pytest
from openai import APIConnectionError, NotFoundError

from shellper.conversation import Conversation, Turn
from shellper.engines.base import Message
from shellper.engines.embedded import EmbeddedEngine
from shellper.engines.endpoint import EndpointEngine, list_models, newest_messages
from shellper.engines.job_description import JobDescription
from shellper.engines.server import Server as AskedServer
from shellper.engines.server import one_line
from shellper.errors import ConfigError, EngineError, ToolError
from shellper.settings import Settings
from shellper.tools import ToolCall, tool_set

USER = [{"role": "user", "content": "list files"}]
Respond = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


class Server:
    """A small HTTP server: `respond` writes the answer, `requests` keeps what was asked."""

    def __init__(self) -> None:
        outer = self
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.respond: Respond = lambda handler, _: send(handler, completion(calls=[("ls", {"a": True})]))

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length) or b"{}")
                outer.requests.append(body)
                outer.headers.append({key.lower(): value for key, value in self.headers.items()})
                outer._safely(self, body)

            def do_GET(self) -> None:
                outer._safely(self, {})

            def log_message(self, *args: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.block_on_close = False
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/v1"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def _safely(self, handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):  # the client went away
            self.respond(handler, body)

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


def send(handler: BaseHTTPRequestHandler, body: object, status: int = 200) -> None:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def completion(calls: list[tuple[str, object]] | None = None, content: str | None = None) -> dict[str, Any]:
    made = [
        {"id": f"c{n}", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
        for n, (name, arguments) in enumerate(calls or [])
    ]
    message = {"role": "assistant", "content": content, "tool_calls": made or None}
    return {"choices": [{"message": message}], "usage": {"prompt_tokens": 7, "completion_tokens": 3}}


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def engine(url: str, **settings: Any) -> EndpointEngine:
    return EndpointEngine(Settings(**{"engine": "endpoint", "base_url": url, "model": "m", "timeout": 5.0, **settings}))


def failure(url: str, **settings: Any) -> str:
    with pytest.raises(EngineError) as caught:
        engine(url, **settings).complete(USER, tool_set("gorilla"))
    text = str(caught.value)
    assert text.isprintable()
    return text


def test_call_and_request(server: Server) -> None:
    reply = engine(server.url).complete(USER, tool_set("gorilla"))
    assert reply.calls == [ToolCall("ls", {"a": True})]
    assert (reply.model, reply.prompt_tokens, reply.completion_tokens) == ("m", 7, 3)
    [asked] = server.requests
    assert asked["temperature"] == 0
    assert asked["chat_template_kwargs"] == {"enable_thinking": False}
    assert {tool["function"]["name"] for tool in asked["tools"]} == set(tool_set("gorilla").tools)
    [headers] = server.headers
    assert headers["user-agent"] == "shellper"
    told = {name for name in headers if "stainless" in name}  # not the system, its architecture, the version of Python
    assert told == {"x-stainless-raw-response", "x-stainless-read-timeout", "x-stainless-retry-count"}
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    "content", ['{"name": "pwd", "arguments": {}}', '<think>hm</think><tool_call>{"name": "pwd"}</tool_call>']
)
def test_answer_in_content(server: Server, content: str) -> None:
    server.respond = lambda handler, _: send(handler, completion(content=content))
    assert engine(server.url).complete(USER, tool_set("gorilla")).calls == [ToolCall("pwd", {})]


def test_prose_is_an_error(server: Server) -> None:
    server.respond = lambda handler, _: send(handler, completion(content="Sure! Use ls."))
    with pytest.raises(ToolError):
        engine(server.url).complete(USER, tool_set("gorilla"))


def test_key_and_no_foreign_settings(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID", "BASE_URL"):
        monkeypatch.setenv(f"OPENAI_{name}", "foreign")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: foreign\nX-Secret: foreign")
    engine(server.url).complete(USER, tool_set("gorilla"))
    engine(server.url, api_key="mine").complete(USER, tool_set("gorilla"))
    assert "foreign" not in json.dumps(server.headers)
    assert server.headers[1]["authorization"] == "Bearer mine"
    assert os.environ["OPENAI_API_KEY"] == "foreign"  # the commands that are run find it


def test_proxies_are_ignored_for_loopback(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert engine(server.url).complete(USER, tool_set("gorilla")).calls


def test_a_server_that_knows_no_extras(server: Server) -> None:
    def strict(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        if "chat_template_kwargs" in body:
            send(handler, {"error": {"message": "unknown field"}}, 400)
        else:
            send(handler, completion(calls=[("pwd", {})]))

    server.respond = strict
    assert engine(server.url).complete(USER, tool_set("gorilla")).calls == [ToolCall("pwd", {})]
    assert len(server.requests) == 2


def test_a_server_that_wants_results(server: Server) -> None:
    def strict(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        roles = [message["role"] for message in body["messages"]]
        if roles == ["system", "user", "assistant", "tool", "user", "assistant", "tool", "user"]:
            send(handler, completion(calls=[("pwd", {})]))
        else:
            send(handler, {"error": {"message": "tool_calls must be followed by tool messages"}}, 400)

    server.respond = strict
    call = ToolCall("ls", {})
    turns = (Turn("list", call, "ls"), Turn("again", call, "ls", status=2, output="no"))
    messages = [*Conversation(turns).messages(), *USER]
    assert engine(server.url).complete(messages, tool_set("gorilla")).calls == [ToolCall("pwd", {})]
    results = [message for message in server.requests[-1]["messages"] if message["role"] == "tool"]
    assert results == [
        {"role": "tool", "tool_call_id": "call_1", "content": ""},
        {"role": "tool", "tool_call_id": "call_2", "content": "no\nexit status 2"},
    ]


def test_job_description(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "job_description.json"
    tools = [{"type": "function", "function": {"name": "pwd", "description": "", "parameters": {}}}]
    path.write_text(json.dumps({"task_description": "Do it.", "tools": tools}))
    server.respond = lambda handler, _: send(handler, completion(calls=[("pwd", {})]))
    engine(server.url, job_description=str(path)).complete(USER, tool_set("gorilla"))
    assert server.requests[0]["messages"][0] == {"role": "system", "content": "Do it."}
    assert server.requests[0]["tools"] == tools


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"task_description": 1, "tools": []}', '{"task_description":"x","tools":[1]}']
)
def test_bad_job_description(tmp_path: Path, text: str) -> None:
    path = tmp_path / "j.json"
    path.write_text(text)
    with pytest.raises(ConfigError):
        JobDescription.load(path)
    with pytest.raises(ConfigError):
        JobDescription.load(tmp_path / "missing.json")


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (401, {"error": {"message": "no"}}, "SHELLPER_API_KEY"),
        (403, {}, "SHELLPER_API_KEY"),
        (404, {"error": {"message": "model 'm' not found"}}, "has no model m"),
        (404, "page not found", "--base-url"),
        (429, {"error": "slow down"}, "later"),
        (500, {"error": {"message": "out\nof\x1b[31m memory"}}, "failed (500): out of [31m memory"),
        (503, b"\xff\xfe", "failed (503)"),
        (418, {}, "refuses the request (418)"),
        (302, {}, "302"),
        (405, b"<!DOCTYPE html>\n<title>nginx</title>", "answers with a web page (405): check --base-url"),
        (502, b" <html>", "answers with a web page (502): check --base-url"),
        (429, b"<html>", "(429): a web page; try again later"),
    ],
)
def test_statuses(server: Server, status: int, body: object, expected: str) -> None:
    server.respond = lambda handler, _: send(handler, body, status)
    assert expected in failure(server.url)


@pytest.mark.parametrize("loopback", [True, False])
def test_redirects_are_not_followed(server: Server, loopback: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Server()

    def redirect(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        handler.send_response(307)
        handler.send_header("Location", f"{other.url}/chat/completions")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server.respond = redirect
    monkeypatch.setattr(AskedServer, "is_loopback", loopback)
    assert "leads to another address (307): set --base-url" in failure(server.url)
    assert other.requests == []
    other.close()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [1]}',
        b'{"choices": [{"message": 3}]}',
        b"[" * 100_000,
    ],
)
def test_nonsense(server: Server, body: bytes) -> None:
    server.respond = lambda handler, _: send(handler, body)
    assert "check --base-url" in failure(server.url)


def test_refused() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    assert "nothing answers" in failure(f"http://127.0.0.1:{port}/v1")


def test_a_host_that_is_no_name() -> None:
    assert "check --base-url" in failure("http://ü..x/v1")


def test_ollama_is_named() -> None:
    url = "http://localhost:11434/v1"
    ollama = AskedServer(url, "m", 1.0)
    request = httpx2.Request("POST", url)
    no_model = httpx2.Response(404, request=request)
    assert "`ollama serve`" in str(ollama.failure(APIConnectionError(request=request)))
    assert "`ollama pull m`" in str(ollama.failure(NotFoundError("", response=no_model, body="model not found")))
    assert engine(url)._extras["reasoning_effort"] == "none"


def test_stall(server: Server) -> None:
    server.respond = lambda handler, _: time.sleep(3)
    started = time.monotonic()
    assert "within 0.5 seconds" in failure(server.url, timeout=0.5)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("where", ["headers", "body"])
def test_drip(server: Server, where: str) -> None:
    def drip(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        if where == "body":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _n in range(40):
            handler.wfile.write(b"H" if where == "headers" else b" ")
            handler.wfile.flush()
            time.sleep(0.1)

    server.respond = drip
    started = time.monotonic()
    assert "within 0.6 seconds" in failure(server.url, timeout=0.6)
    assert time.monotonic() - started < 2.5


def test_early_close(server: Server) -> None:
    def cut(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
        handler.close_connection = True

    server.respond = cut
    assert "broke off" in failure(server.url)


def test_close_without_a_word(server: Server) -> None:
    def hang_up(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        handler.connection.shutdown(socket.SHUT_RDWR)

    server.respond = hang_up
    assert "broke off" in failure(server.url)


def test_flood(server: Server) -> None:
    server.respond = lambda handler, _: send(handler, b'{"a": "' + b"x" * 10_000_000 + b'"}')
    assert "more than 4 MB" in failure(server.url)


def test_nothing_is_done_meanwhile_before_the_request_has_left(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    over = threading.Event()
    ask, connect = EndpointEngine._ask, socket.socket.connect

    def slow(*arguments: Any) -> dict[str, Any]:
        time.sleep(0.2)
        return ask(*arguments)

    def note(self: socket.socket, address: Any) -> None:
        done.append("request")
        connect(self, address)

    monkeypatch.setattr(EndpointEngine, "_ask", slow)
    monkeypatch.setattr(socket.socket, "connect", note)

    def answer(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        over.wait(10)
        send(handler, completion(calls=[("pwd", {})]))

    def meanwhile() -> None:
        done.append("meanwhile")
        over.set()

    server.respond = answer
    made = engine(server.url, timeout=20.0)
    made.meanwhile = meanwhile
    made.complete(USER, tool_set("gorilla"))
    assert done == ["request", "meanwhile"]


def test_models(server: Server) -> None:
    server.respond = lambda handler, _: send(handler, {"data": [{"id": "a"}, {"id": "b"}, 3]})
    assert list_models(Settings(base_url=server.url, timeout=5.0)) == ["a", "b"]


def test_history_is_bounded() -> None:
    messages = []
    for n in range(200):
        messages += [{"role": "user", "content": f"{n} " + "x" * 500}, {"role": "assistant", "content": "y"}]
    messages.append({"role": "user", "content": "z" * 100_000})
    assert newest_messages(messages) == messages[-1:]
    kept = newest_messages([*messages[:-1], {"role": "user", "content": "last"}])
    assert 1 < len(kept) < 100
    assert (kept[0]["role"], kept[-1]["content"]) == ("user", "last")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://localhost:1/v1", True), ("http://127.9.9.9/v1", True), ("http://[::1]:2/v1", True),
        ("http://10.0.0.1/v1", False), ("http://localhost.evil.com/v1", False), ("https://api.openai.com/v1", False),
    ],
)  # fmt: skip
def test_loopback(url: str, expected: bool) -> None:
    assert AskedServer(url, "m", 1.0).is_loopback is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://api.openai.com/v1", True), ("https://openai.com/v1", True), ("https://api.myopenai.com/v1", False)],
)
def test_whose_server_it_is(url: str, expected: bool) -> None:
    assert AskedServer(url, "m", 1.0).is_openai is expected


def test_one_line() -> None:
    assert one_line("a\n\x1b[31mb\u202e" + "c" * 500).startswith("a [31mb c")


def test_import_is_light() -> None:
    code = (
        "import sys, shellper.engines.endpoint; print({'openai', 'httpx2', 'pydantic', 'asyncio'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.fixture(scope="module")
def llama_server(model: Path) -> Iterator[str]:
    """The base URL of llama.cpp's own server with the package's weights."""
    code = (
        "import sys, time, xllamacpp as x\n"
        "p = x.CommonParams(); p.model.path = sys.argv[1]; p.warmup = False; p.n_ctx = 8192; p.fit_params = False\n"
        "p.ui = False; p.cache_ram_mib = 0; p.n_parallel = 1; p.port = 0; p.use_jinja = True\n"
        "p.hostnames = ['127.0.0.1']\n"
        "s = x.Server(p); print(s.listening_address, flush=True); time.sleep(300)\n"
    )
    environment = {**os.environ, "GOMP_SPINCOUNT": "1000"}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(model)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http"), address
            yield address + "/v1"
        finally:
            process.kill()


def test_llama_server(llama_server: str) -> None:
    """A server that wants tool calls answers over HTTP; what a small model says is not judged."""
    made = engine(llama_server, timeout=120.0)
    assert made.models()
    with contextlib.suppress(ToolError):  # an untuned model may answer in prose
        reply = made.complete(USER, tool_set("gorilla"))
        assert reply.calls[0].name in tool_set("gorilla").tools
        assert reply.prompt_tokens > 0


def test_our_model_behind_a_server(llama_server: str, model: Path) -> None:
    """Asked in its own format, our model says over HTTP what it says in the process."""
    tools = tool_set("shell")
    found = json.dumps({"command": "find . -type f -name '*.py'"})
    talk: list[Message] = [
        {"role": "user", "content": "find all python files"},
        {"role": "assistant", "content": None, "tool_calls": [{"function": {"name": "bash", "arguments": found}}]},
        {"role": "user", "content": "count them"},
    ]
    served = engine(llama_server, timeout=120.0, model="shellper:latest")
    for messages in (USER, talk):
        assert served.complete(messages, tools).calls == EmbeddedEngine(model).complete(messages, tools).calls


def test_our_model_is_asked_without_tools(server: Server) -> None:
    server.respond = lambda handler, _: send(handler, completion(content="find . -name '*.py' | wc -l<|im_end|>"))
    reply = engine(server.url, model="me/shellper-2").complete(USER, tool_set("shell"))
    assert reply.calls == [ToolCall("bash", {"command": "find . -name '*.py' | wc -l"})]
    assert "tools" not in server.requests[0]
    assert server.requests[0]["messages"] == [{"role": "user", "content": USER[-1]["content"]}]
    assert not engine(server.url, model="shellperfect")._own
