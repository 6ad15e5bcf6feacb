"""The model in the process: llama.cpp through xllamacpp.

The model reads the conversation as shellper.prompt writes it and answers a command line, which the grammar of the tool
set bounds and `lift` turns back into a tool call. The same conversation gets the same answer: nothing is drawn by lot.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from math import exp, inf
from pathlib import Path
from typing import Any

from shellper.engines.base import Message, Reply
from shellper.engines.copying import mend_names
from shellper.engines.decoding import ALTERNATIVES, NOTHING, Branch, Draft, most_probable, read_draft, steps_of
from shellper.engines.history import HISTORY, newest, split_messages, tokens
from shellper.engines.plausibility import doubt
from shellper.engines.runtime import Piece, start_server, stream
from shellper.errors import EngineError, ShellperError, ToolError
from shellper.models import PACKAGED, damaged
from shellper.prompt import END, render_prompt
from shellper.tools import ToolCall, ToolSet, lift
from shellper.tools.grammar import printable
from shellper.tools.words import trimmed

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
        """The call for the last message. Raises EngineError; Clarification where the set has no call to ask back."""
        turns, request = split_messages(messages, tools)
        room = LARGEST_CONTEXT - ANSWER - tokens(render_prompt((), request))
        if room < 0:
            raise EngineError(_TOO_LONG)
        kept = newest(turns, min(room, HISTORY))
        said = "\n".join(map("\n".join, kept))

        def mended(text: str) -> str:
            return mend_names(text, request, said)

        def doubted(text: str) -> float:
            return doubt(mended(text), request, kept) if self._is_valid(text, tools) else inf

        draft = self._generate(render_prompt(kept, request), tools, doubted)
        return Reply(
            calls=[self._lift(mended(draft.text), tools)],
            model=self.model,
            confidence=min(1.0, exp(draft.logprob)),
            prompt_tokens=draft.prompt_tokens,
            completion_tokens=draft.completion_tokens,
        )

    def _lift(self, text: str, tools: ToolSet) -> ToolCall:
        try:
            return lift(text, tools, allow_recursive=self.allow_recursive)
        except ToolError as error:
            raise EngineError(str(error)) from None

    def _generate(self, prompt: str, tools: ToolSet, doubted: Callable[[str], float]) -> Draft:
        """The most probable command. Raises EngineError where the model comes to no end."""
        self._load(tokens(prompt) + ANSWER)
        # Not earlier: loading keeps Python's lock, generating does not.
        if self.meanwhile:
            threading.Thread(target=self.meanwhile, daemon=True).start()
            self.meanwhile = None
        try:
            draft = most_probable(
                self._write(prompt, NOTHING, tools.grammar()),
                lambda branch, bound: self._write(prompt, branch, printable(), bound),
                doubted,
            )
        except ArithmeticError:
            raise damaged(self.path) from None
        if not draft.ended:
            raise EngineError("the model's answer came to no end: say it in other words")
        return draft

    def _write(self, prompt: str, beginning: Branch, grammar: str, bound: float = -inf) -> Draft:
        """What the model writes after a beginning, as long as it is more probable than the bound."""
        if beginning.ended:
            return Draft(trimmed(beginning.text), -beginning.cost, ended=True)
        body = {
            "prompt": prompt + beginning.text,
            "max_tokens": ANSWER - beginning.tokens,
            "temperature": 0,
            "grammar": grammar,
            "stop": [END],
            "n_probs": ALTERNATIVES,
            "cache_prompt": True,
            "stream": True,
        }
        logprob = -beginning.cost

        def hopeless(piece: Piece) -> bool:
            nonlocal logprob
            logprob += sum(float(step["logprob"]) for step in steps_of(piece))
            return logprob < bound

        pieces = stream(self._server, body, hopeless)
        needed = _needed(pieces)
        if needed:
            self._load(needed + ANSWER)
            pieces = stream(self._server, body)
        return read_draft(pieces, beginning, END)

    def _is_valid(self, text: str, tools: ToolSet) -> bool:
        from shellper.safety.syntax import SyntaxProblem, parse_readable

        try:
            if self._lift(text, tools).name == "bash":
                parse_readable(text)
        except (ShellperError, SyntaxProblem):
            return False
        return True

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


def _needed(pieces: Sequence[Piece]) -> int:
    """The tokens of the prompt when it did not fit, because it has more of them than was estimated; else 0."""
    error = pieces[0].get("error") if len(pieces) == 1 else None
    return int(error.get("n_prompt_tokens", 0)) if isinstance(error, dict) else 0
