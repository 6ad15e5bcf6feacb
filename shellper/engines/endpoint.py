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
from urllib.parse import urlsplit

from shellper.engines.base import Message, Reply
from shellper.engines.copying import mend_names
from shellper.engines.history import HISTORY, as_messages, newest, split_messages
from shellper.engines.job_description import JobDescription
from shellper.errors import EngineError
from shellper.places import user_path
from shellper.prompt import END
from shellper.tools.call import ToolCall

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

_OLLAMA_PORT = 11434
_SENT = "receive_response_headers.started"
"""httpcore's name for the moment when the request has left."""

_PAGE = "a web page"
"""What is said in place of HTML."""


class EndpointEngine:
    """Asks a server for the next tool call."""

    name = "endpoint"

    def __init__(self, settings: Settings) -> None:
        """`settings` give base_url, model, api_key, timeout and job_description.

        Raises ConfigError for a job description that cannot be used.
        """
        self.model = settings.model
        self.base_url = settings.base_url
        self.meanwhile: Callable[[], None] | None = None
        self._key = settings.api_key
        self._timeout = settings.timeout
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
            "messages": [{"role": "system", "content": task}, *fitting(messages)],
            "tools": schemas,
        }

    @property
    def _extras(self) -> dict[str, Any]:
        """What most servers understand; one that does not gets the request again without."""
        extras: dict[str, Any] = {"temperature": 0, "max_tokens": MAX_TOKENS}
        parts = urlsplit(self.base_url)
        if not (parts.hostname or "").endswith("openai.com"):
            extras["chat_template_kwargs"] = {"enable_thinking": False}  # vLLM, llama.cpp, SGLang
        if parts.port == _OLLAMA_PORT:
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
                raise EngineError(
                    f"{self.base_url} answers with more than {MAX_ANSWER // 1_000_000} MB: is it the right URL?"
                )
            pieces.append(piece)
        try:
            data = json.loads(b"".join(pieces))
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            raise EngineError(
                f"{self.base_url} does not speak OpenAI's protocol: check --base-url (does it end in /v1?)"
            )
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

        timeout = Timeout(self._timeout, connect=min(self._timeout, 10.0))
        # A redirect would take the conversation to an address that nobody has set.
        options: dict[str, Any] = {"timeout": timeout, "event_hooks": {"request": [watch]}, "follow_redirects": False}
        if is_loopback(self.base_url):
            # no proxy, no .netrc; certificates are not even loaded where there is no TLS
            options |= {"trust_env": False, "verify": not self.base_url.startswith("http://")}
        http = DefaultHttpxClient(**options)
        with _without_variables("OPENAI_"):  # keys and headers that belong to another server
            return OpenAI(
                base_url=self.base_url, api_key=self._key or "none", timeout=timeout, max_retries=0, http_client=http
            )

    def _within_time(self, ask: Callable[[OpenAI], dict[str, Any]]) -> dict[str, Any]:
        """Ask in a thread of its own, so that a server which drips byte by byte is left after the time that is set."""
        sent = threading.Event()
        try:
            client = self._client(sent)
        except Exception as error:
            raise self._explained(error) from None
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
        deadline = time.monotonic() + self._timeout + 0.5
        sent.wait(self._timeout)
        if self.meanwhile and not box:  # earlier it would hold the request up
            self.meanwhile()
            self.meanwhile = None
        thread.join(max(0.0, deadline - time.monotonic()))
        if not box:
            raise EngineError(self._too_slow())
        outcome = box[0]
        client.close()
        if isinstance(outcome, dict):
            return outcome
        raise self._explained(outcome) from None

    # -- failures --------------------------------------------------------------------------------------------------

    def _too_slow(self) -> str:
        return (
            f"no answer from {self.base_url} within {self._timeout:g} seconds: "
            "set a longer timeout (SHELLPER_TIMEOUT), or use --engine embedded"
        )

    def _explained(self, error: BaseException) -> BaseException:
        """The failure as one line that says what to do; what is no failure of the server stays as it is."""
        import httpx2
        from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError

        if isinstance(error, APIStatusError):
            return EngineError(self._status(error.status_code, one_line(_detail(error.body))))
        chain = (error, error.__cause__)
        if any(isinstance(link, httpx2.ConnectTimeout) for link in chain):
            return EngineError(self._unreachable())
        if isinstance(error, (APITimeoutError, httpx2.TimeoutException)):
            return EngineError(self._too_slow())
        if any(isinstance(link, (httpx2.RemoteProtocolError, httpx2.ReadError)) for link in chain):
            return EngineError(f"{self.base_url} broke off its answer: look at the server's log, then try again")
        if isinstance(error, (APIConnectionError, httpx2.HTTPError)):
            return EngineError(self._unreachable())
        if isinstance(error, (OpenAIError, httpx2.InvalidURL, UnicodeError)):
            return EngineError(f"{self.base_url} cannot be asked: {one_line(str(error))}; check --base-url and the key")
        return error

    def _unreachable(self) -> str:
        cure = "start it with `ollama serve`" if self._is_ollama() else "start the server or check --base-url"
        return f"nothing answers at {self.base_url}: {cure}, or use --engine embedded"

    def _is_ollama(self) -> bool:
        return is_loopback(self.base_url) and urlsplit(self.base_url).port == _OLLAMA_PORT

    def _status(self, status: int, detail: str) -> str:
        said = f": {detail}" if detail else ""
        if status in (401, 403):
            return f"{self.base_url} does not accept the key ({status}): set SHELLPER_API_KEY"
        if status == 404 and "model" in detail.lower():
            cure = f"`ollama pull {self.model}`" if self._is_ollama() else "choose one that it has with --model"
            return f"{self.base_url} has no model {self.model}: {cure}"
        if status == 404:
            return f"{self.base_url} has no chat completions (404): check --base-url (does it end in /v1?) and --model"
        if 300 <= status < 400:
            return f"{self.base_url} leads to another address ({status}): set --base-url to that one"
        if status == 429:
            return f"{self.base_url} takes no more requests now (429){said}; try again later"
        if detail == _PAGE:
            return f"{self.base_url} answers with {_PAGE} ({status}): check --base-url (does it end in /v1?)"
        if status >= 500:
            return f"{self.base_url} failed ({status}){said}; look at the server's log, then try again"
        return f"{self.base_url} refuses the request ({status}){said}; check --model and --base-url"


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


def is_loopback(url: str) -> bool:
    """Whether a URL means this machine."""
    import ipaddress

    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def fitting(messages: Sequence[Message]) -> list[Message]:
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


def one_line(text: str) -> str:
    """Text from a server as one short line that can be printed."""
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return line if len(line) <= 200 else line[:199] + "…"


def _message(data: Mapping[str, Any]) -> dict[str, Any]:
    """The first choice's message. Raises EngineError when there is none."""
    choices = data.get("choices")
    message = (
        choices[0].get("message") if isinstance(choices, list) and choices and isinstance(choices[0], dict) else None
    )
    if not isinstance(message, dict):
        problem = one_line(_detail(data.get("error", data)))
        raise EngineError(
            f"the server's answer has no message ({problem or 'it is empty'}): check --base-url and --model"
        )
    content = message.get("content")
    return {"content": content if isinstance(content, str) else None, "tool_calls": message.get("tool_calls")}


def _detail(body: object) -> str:
    """What a server says went wrong."""
    if isinstance(body, Mapping):
        inner = body.get("message") or body.get("error") or body.get("detail")
        return _detail(inner) if inner is not None else ""
    text = body if isinstance(body, str) else ""
    return _PAGE if text.lstrip().startswith("<") else text


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0
