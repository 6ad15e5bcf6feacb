"""The server behind the endpoint engine: where it is, and its failures as one line each that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from shellper.errors import EngineError

_OLLAMA_PORT = 11434
_PAGE = "a web page"
"""What is said in place of HTML."""


@dataclass(frozen=True)
class Server:
    """A server, the model that is asked of it, and the seconds that it has for an answer."""

    base_url: str
    model: str
    timeout: float

    @property
    def is_loopback(self) -> bool:
        """Whether the URL means this machine."""
        import ipaddress

        host = urlsplit(self.base_url).hostname or ""
        if host == "localhost" or host.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    @property
    def has_ollamas_port(self) -> bool:
        """Whether Ollama answers there, as far as the port tells."""
        return urlsplit(self.base_url).port == _OLLAMA_PORT

    @property
    def is_openai(self) -> bool:
        """Whether it is OpenAI's own."""
        return f".{urlsplit(self.base_url).hostname}".endswith(".openai.com")

    def failure(self, error: BaseException) -> BaseException:
        """An EngineError for what failed while the server was asked; what is no failure of it stays as it is."""
        import httpx2
        from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError

        if isinstance(error, APIStatusError):
            return EngineError(self._refusal(error.status_code, one_line(said_wrong(error.body))))
        chain = (error, error.__cause__)
        if any(isinstance(link, httpx2.ConnectTimeout) for link in chain):
            return EngineError(self._unreachable())
        if isinstance(error, (APITimeoutError, httpx2.TimeoutException)):
            return self.too_slow()
        if any(isinstance(link, (httpx2.RemoteProtocolError, httpx2.ReadError)) for link in chain):
            return EngineError(f"{self.base_url} broke off its answer: look at the server's log, then try again")
        if isinstance(error, (APIConnectionError, httpx2.HTTPError)):
            return EngineError(self._unreachable())
        if isinstance(error, (OpenAIError, httpx2.InvalidURL, UnicodeError)):
            return EngineError(f"{self.base_url} cannot be asked: {one_line(str(error))}; check --base-url and the key")
        return error

    def too_slow(self) -> EngineError:
        """No answer within the time."""
        return EngineError(
            f"no answer from {self.base_url} within {self.timeout:g} seconds: "
            "set a longer timeout (SHELLPER_TIMEOUT), or use --engine embedded"
        )

    def too_long(self, limit: int) -> EngineError:
        """An answer of more than `limit` bytes."""
        return EngineError(f"{self.base_url} answers with more than {limit // 1_000_000} MB: is it the right URL?")

    def unreadable(self) -> EngineError:
        """An answer that is no JSON object."""
        return EngineError(f"{self.base_url} does not speak OpenAI's protocol: check --base-url (does it end in /v1?)")

    def _unreachable(self) -> str:
        cure = "start it with `ollama serve`" if self._is_ollama else "start the server or check --base-url"
        return f"nothing answers at {self.base_url}: {cure}, or use --engine embedded"

    @property
    def _is_ollama(self) -> bool:
        return self.is_loopback and self.has_ollamas_port

    def _refusal(self, status: int, detail: str) -> str:
        said = f": {detail}" if detail else ""
        if status in (401, 403):
            return f"{self.base_url} does not accept the key ({status}): set SHELLPER_API_KEY"
        if status == 404 and "model" in detail.lower():
            cure = f"`ollama pull {self.model}`" if self._is_ollama else "choose one that it has with --model"
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


def said_wrong(body: object) -> str:
    """What the body of an answer says went wrong; empty where it says nothing."""
    if isinstance(body, Mapping):
        inner = body.get("message") or body.get("error") or body.get("detail")
        return said_wrong(inner) if inner is not None else ""
    text = body if isinstance(body, str) else ""
    return _PAGE if text.lstrip().startswith("<") else text


def one_line(text: str) -> str:
    """Text from a server as one short line that can be printed."""
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return line if len(line) <= 200 else line[:199] + "…"
