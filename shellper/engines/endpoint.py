"""The endpoint engine: any server that speaks OpenAI's protocol, through the openai package.

openai takes half a second to import, so it is imported where it is used. The answer is read as a stream of bytes with
bounds on time and size: a server that stalls, drips or floods costs the user a line, not a hung terminal.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from shellper.engines.base import Message, Reply
from shellper.engines.copying import mend_names
from shellper.engines.history import HISTORY, as_messages, newest, split_messages
from shellper.engines.job_description import JobDescription
from shellper.engines.server import Server, one_line, said_wrong
from shellper.errors import EngineError
from shellper.prompt import END
from shellper.tools.call import ToolCall
from shellper.user_dirs import user_path

if TYPE_CHECKING:
    from openai import OpenAI

    from shellper.settings import Settings
    from shellper.tools import ToolSet

MAX_ANSWER = 4_000_000
"""Bytes of an answer that are read; a tool call has a few hundred."""
MAX_HISTORY = 24_000
"""Characters of earlier messages that are sent, newest first, whole turns."""
MAX_TOKENS = 1024

TASK = (
    "You turn requests in plain English into shell commands. Answer each request by calling exactly one of the tools. "
    "Use the names, paths and patterns that the user gives, word for word; earlier turns tell what `it` is."
)

_SENT = "receive_response_headers.started"
"""httpcore's name for the moment when the request has left."""


_TELLING = frozenset(
    f"x-stainless-{name}" for name in ("lang", "package-version", "os", "arch", "runtime", "runtime-version", "async")
)
"""What the openai package would tell of this machine; by another such header it knows its own requests."""


class EndpointEngine:
    """Asks a server for the next tool call."""

    name = "endpoint"

    def __init__(self, settings: Settings) -> None:
        """`settings` give base_url, model, api_key, timeout and job_description.

        Raises ConfigError for a job description that cannot be used.
        """
        self.model = settings.model
        self.meanwhile: Callable[[], None] | None = None
        self._key = settings.api_key
        self._server = Server(settings.base_url, settings.model, settings.timeout)
        self._allow_recursive = settings.allow_recursive
        self._job = JobDescription.load(user_path(settings.job_description)) if settings.job_description else None

    def complete(self, messages: Sequence[Message], tools: ToolSet) -> Reply:
        """The next call for a conversation that ends with a user message.

        Raises EngineError, one line that says what to do, when the server gives no answer; ToolError when the answer
        is no tool call.
        """
        body = self._request_body(messages, tools)
        data = self._within_time(lambda client: self._ask(client, body))
        calls = self._calls(_message(data), body["messages"], tools)
        usage = data.get("usage")
        usage = usage if isinstance(usage, dict) else {}
        return Reply(
            calls=calls,
            model=self.model,
            prompt_tokens=_count(usage.get("prompt_tokens")),
            completion_tokens=_count(usage.get("completion_tokens")),
        )

    def models(self) -> list[str]:
        """The names of the models that the server offers. Raises EngineError like `complete`."""

        def ask(client: OpenAI) -> dict[str, Any]:
            with client.models.with_streaming_response.list() as response:
                return self._read(response)

        data = self._within_time(ask).get("data")
        return (
            [str(item["id"]) for item in data if isinstance(item, dict) and "id" in item]
            if isinstance(data, list)
            else []
        )

    @property
    def _own(self) -> bool:
        """Whether the model is one of ours behind a server, which reads and writes plain command lines.

        `shellper train` writes a Modelfile that names it shellper; `shellper:latest` and `me/shellper-2` are too. With
        a job description it is spoken to as that says.
        """
        return not self._job and re.match(r"(?:.*/)?shellper(?![a-z])", self.model) is not None

    def _calls(self, message: Mapping[str, Any], asked: Sequence[Message], tools: ToolSet) -> list[ToolCall]:
        """The calls of the answer to the messages that were sent."""
        from shellper.tools import lift, parse_reply

        content, tool_calls = message.get("content"), message.get("tool_calls")
        if self._own and content and not tool_calls:
            said = [str(each["content"]) for each in asked]
            answer = mend_names(content.removesuffix(END), said[-1], "\n".join(said))
            return [lift(answer, tools, allow_recursive=self._allow_recursive)]
        return parse_reply(content, tool_calls, tools)

    # -- the request -----------------------------------------------------------------------------------------------

    def _request_body(self, messages: Sequence[Message], tools: ToolSet) -> dict[str, Any]:
        if self._own:
            turns, request = split_messages(messages, tools)
            return {"model": self.model, "messages": as_messages(newest(turns, HISTORY), request)}
        task = self._job.task if self._job else TASK
        schemas = self._job.tools if self._job else tools.schemas()
        return {
            "model": self.model,
            "messages": [{"role": "system", "content": task}, *newest_messages(messages)],
            "tools": schemas,
        }

    @property
    def _extras(self) -> dict[str, Any]:
        """What most servers understand; one that does not gets the request again without."""
        extras: dict[str, Any] = {"temperature": 0, "max_tokens": MAX_TOKENS}
        if not self._server.is_openai:
            extras["chat_template_kwargs"] = {"enable_thinking": False}  # vLLM, llama.cpp, SGLang
        if self._server.has_ollamas_port:
            extras["reasoning_effort"] = "none"
        return extras

    def _ask(self, client: OpenAI, body: dict[str, Any]) -> dict[str, Any]:
        from openai import BadRequestError, UnprocessableEntityError

        try:
            return self._post(client, {**body, **self._extras})
        except (BadRequestError, UnprocessableEntityError):
            return self._post(client, {**body, "messages": answered(body["messages"])})

    def _post(self, client: OpenAI, body: dict[str, Any]) -> dict[str, Any]:
        extra = {"extra_body": {key: value for key, value in body.items() if key not in ("model", "messages")}}
        create: Any = client.chat.completions.with_streaming_response.create
        with create(model=body["model"], messages=body["messages"], **extra) as response:
            return self._read(response)

    def _read(self, response: Any) -> dict[str, Any]:
        """The answer as an object, read in pieces so that it cannot grow without bound."""
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_bytes(65536):
            size += len(piece)
            if size > MAX_ANSWER:
                raise self._server.too_long(MAX_ANSWER)
            pieces.append(piece)
        try:
            data = json.loads(b"".join(pieces))
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            raise self._server.unreadable()
        return data

    # -- the connection --------------------------------------------------------------------------------------------

    def _client(self, sent: threading.Event) -> OpenAI:
        _import_openai()
        from openai import DefaultHttpxClient, OpenAI, Timeout

        def trace(step: str, _: object) -> None:
            if step.endswith(_SENT):
                sent.set()

        def watch(request: Any) -> None:
            request.extensions["trace"] = trace
            for name in _TELLING & set(request.headers):
                del request.headers[name]
            request.headers["User-Agent"] = "shellper"

        timeout = Timeout(self._server.timeout, connect=min(self._server.timeout, 10.0))
        # A redirect would take the conversation to an address that nobody has set.
        options: dict[str, Any] = {"timeout": timeout, "event_hooks": {"request": [watch]}, "follow_redirects": False}
        if self._server.is_loopback:
            # no proxy, no .netrc; certificates are not even loaded where there is no TLS
            options |= {"trust_env": False, "verify": not self._server.base_url.startswith("http://")}
        http = DefaultHttpxClient(**options)
        with _without_variables("OPENAI_"):  # keys and headers that belong to another server
            return OpenAI(
                base_url=self._server.base_url,
                api_key=self._key or "none",
                timeout=timeout,
                max_retries=0,
                http_client=http,
            )

    def _within_time(self, ask: Callable[[OpenAI], dict[str, Any]]) -> dict[str, Any]:
        """Ask in a thread of its own, so that a server which drips byte by byte is left after the time that is set."""
        sent = threading.Event()
        try:
            client = self._client(sent)
        except Exception as error:
            raise self._server.failure(error) from None
        box: list[dict[str, Any] | BaseException] = []

        def work() -> None:
            try:
                box.append(ask(client))
            except BaseException as error:  # handed over to the thread that waits
                box.append(error)
            finally:
                sent.set()

        thread = threading.Thread(target=work, daemon=True, name="shellper-endpoint")
        thread.start()
        deadline = time.monotonic() + self._server.timeout + 0.5
        sent.wait(self._server.timeout)
        if self.meanwhile and not box:  # earlier it would hold the request up
            self.meanwhile()
            self.meanwhile = None
        thread.join(max(0.0, deadline - time.monotonic()))
        if not box:
            raise self._server.too_slow()
        outcome = box[0]
        client.close()
        if isinstance(outcome, dict):
            return outcome
        raise self._server.failure(outcome) from None


@contextmanager
def _without_variables(prefix: str) -> Iterator[None]:
    """The block finds no environment variables that begin so."""
    import os

    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith(prefix)}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _import_openai() -> None:
    """Imports openai without the garbage collector, which would look at its many lasting objects over and over."""
    import gc
    import sys

    if "openai" in sys.modules:
        return
    gc.disable()
    try:
        with _without_variables("OPENAI_"):  # OPENAI_LOG would write among our lines
            import openai  # noqa: F401
    finally:
        gc.freeze()
        gc.enable()


def list_models(settings: Settings) -> list[str]:
    """The names of the models at the endpoint of the settings. Raises EngineError when it does not answer."""
    return EndpointEngine(settings).models()


def newest_messages(messages: Sequence[Message]) -> list[Message]:
    """The newest messages that are not too long together; it begins with a user's message, so no turn is halved."""
    start = len(messages)
    room = MAX_HISTORY
    for place in range(len(messages) - 1, -1, -1):
        room -= len(json.dumps(messages[place], ensure_ascii=False, default=str))
        if room < 0 and start < len(messages):
            break
        if messages[place].get("role") == "user":
            start = place
    return list(messages[start:])


def answered(messages: Sequence[Message]) -> list[Message]:
    """The messages with a result after every tool call, as OpenAI's own servers want it: empty where none is known."""
    complete: list[Message] = []
    for message, following in zip(messages, [*messages[1:], {}], strict=True):
        complete.append(message)
        if following.get("role") != "tool":
            ids = [call.get("id", "") for call in message.get("tool_calls") or ()]
            complete += [{"role": "tool", "tool_call_id": name, "content": ""} for name in ids]
    return complete


def _message(data: Mapping[str, Any]) -> dict[str, Any]:
    """The first choice's message. Raises EngineError when there is none."""
    choices = data.get("choices")
    message = (
        choices[0].get("message") if isinstance(choices, list) and choices and isinstance(choices[0], dict) else None
    )
    if not isinstance(message, dict):
        problem = one_line(said_wrong(data.get("error", data)))
        raise EngineError(
            f"the server's answer has no message ({problem or 'it is empty'}): check --base-url and --model"
        )
    content = message.get("content")
    return {"content": content if isinstance(content, str) else None, "tool_calls": message.get("tool_calls")}


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0
