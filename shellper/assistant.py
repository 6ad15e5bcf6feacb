"""Where the pieces meet: conversation -> engine -> call -> tool -> command -> safety -> suggestion.

    Assistant      settings, engine and tools, which answer any number of requests
    Suggestion     the answer to one

Heavy rooms (the runtime, the parser) are imported when they are needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, time
from typing import TYPE_CHECKING, Any

from shellper.conversation import Conversation, Turn
from shellper.errors import NO_COMMAND, Clarification, EngineError, Refused, ShellperError, ToolError, UsageError
from shellper.fitting import with_blanks, with_file, with_folders
from shellper.prompt import clean_request
from shellper.safety.levels import Level
from shellper.text import NO_UTF8, is_utf8
from shellper.tools import ToolSet, tool_set
from shellper.tools.call import CLARIFY, Command, ToolCall
from shellper.tools.words import words
from shellper.user_dirs import current_folder

if TYPE_CHECKING:
    from shellper.conversation import ConversationStore
    from shellper.engines.base import Engine, Message, Reply
    from shellper.safety.levels import Verdict
    from shellper.settings import Settings

LONGEST_REQUEST = 4000
UNSURE = 0.2
"""Confidence below which about one answer in five is right (MODEL_CARD.md has the table)."""


class Question(Clarification):
    """The model asks back; `turn` keeps that in the conversation, so that the next request can answer."""

    def __init__(self, text: str, turn: Turn, suggestion: Suggestion) -> None:
        super().__init__(text)
        self.turn = turn
        self.suggestion = suggestion


@dataclass(frozen=True)
class Suggestion:
    """The command for a request, and what the user should know about it.

    `command` is empty where the model asked back. `calls` are all that the engine answered, `call` the one that the
    command was made from.
    """

    request: str
    command: str
    call: ToolCall
    calls: Sequence[ToolCall]
    level: Level
    reasons: Sequence[str] = ()
    notes: Sequence[str] = ()
    confidence: float | None = None
    engine: str = ""
    model: str = ""
    seconds: float = 0.0

    def require_allowed(self) -> None:
        """Raises Refused for a command that is never shown, EngineError for one that cannot be read."""
        if self.level is Level.FORBIDDEN:
            raise Refused(f"refused: {self._reason()}; say it in other words, or type the command yourself")
        if self.level is Level.INVALID:
            raise EngineError(f"the answer is no valid command ({self._reason()}): say it in other words")

    def remarks(self) -> list[str]:
        """What the user should read beside the command, one line each."""
        warning = [f"{self.level}: {self._reason()}"] if self.level is Level.DESTRUCTIVE else []
        return [*warning, *self.notes]

    def turn(self, status: int | None = None, output: str | None = None) -> Turn:
        """The turn to keep in the conversation, with the outcome if the command was run."""
        return Turn(self.request, self.call, self.command or None, status, output, time())

    def as_json(self) -> dict[str, Any]:
        """The suggestion as JSON values, as `--json` prints it.

        A command that is never shown is left out, for scripts that hand `command` to a shell.
        """
        return {
            "request": self.request,
            "command": self.command if self.command and self._is_allowed() else None,
            "tool_calls": [call.as_json() for call in self.calls],
            "level": self.level.value,
            "reasons": list(self.reasons),
            "notes": list(self.notes),
            "confidence": self.confidence,
            "engine": self.engine,
            "model": self.model,
            "seconds": round(self.seconds, 4),
        }

    def _is_allowed(self) -> bool:
        try:
            self.require_allowed()
        except ShellperError:
            return False
        return True

    def _reason(self) -> str:
        return self.reasons[0] if self.reasons else self.level.value


@dataclass
class Assistant:
    """Answers requests with the engine and the tools that the settings name, or that are given."""

    settings: Settings
    engine: Engine
    tools: ToolSet
    folder: Path | None = field(default=None)
    """Where the user works: missing files are looked for here. The current folder if None."""

    @classmethod
    def create(cls, settings: Settings) -> Assistant:
        """With the engine and tools of the settings. Raises EngineError, ToolError and ConfigError."""
        from shellper.engines import create_engine

        engine = create_engine(settings)
        engine.meanwhile = _prepare
        return cls(settings, engine, tool_set(settings.tools))

    def suggest(self, request: str, conversation: Conversation | None = None) -> Suggestion:
        """The command for a request, after what was said before.

        A forbidden or invalid command is suggested too: `Suggestion.require_allowed` stops it.
        Raises UsageError for a request that is empty or too long, Question where the model asks back (Clarification
        where the tool set has no tool for that), EngineError and ToolError where there is no usable answer.
        """
        earlier = conversation.messages() if conversation else ()
        return self.answer([*earlier, {"role": "user", "content": request}])

    def answer(self, messages: Sequence[Message]) -> Suggestion:
        """The same for messages in OpenAI's form, the last of them the request."""
        started = perf_counter()
        request = check_request(str(messages[-1]["content"]))
        reply = self.engine.complete([*messages[:-1], {"role": "user", "content": request}], self.tools)
        if not reply.calls:
            raise EngineError("the model gave no command: say it in other words")
        notes: list[str] = []
        command = self._command(request, reply, notes, started)
        verdict, command = self._inspect(request, command, notes)
        if reply.confidence is not None and reply.confidence < UNSURE:
            if verdict.level is Level.DESTRUCTIVE or _rewrites(command.text):
                afresh = ", or have it forget what was said before: shellper reset" if len(messages) > 1 else ""
                raise EngineError(
                    f"not sure enough of a command that deletes or overwrites: say it in other words{afresh}"
                )
            notes.insert(0, "the model is not sure: read it twice")
        if verdict.level is not Level.INVALID:
            notes += _missing_programs(command.text)
        if verdict.level <= Level.DESTRUCTIVE:  # of whose reasons only the gravest is shown
            notes += _empty_parameters(command.text)
        return self._suggestion(
            request,
            reply,
            command.call,
            started,
            command=command.text,
            level=verdict.level,
            reasons=tuple(verdict.reasons),
            notes=tuple(notes),
        )

    def _command(self, request: str, reply: Reply, notes: list[str], started: float) -> Command:
        """The command of the first call, or of all where the set can join them."""
        first = self.tools.validate(reply.calls[0])
        if first.name == CLARIFY:
            raise self._question(request, reply, first, started)
        command = self._render(first)
        others = reply.calls[1:]
        if not others:
            return command
        if "bash" in self.tools and all(call.name != CLARIFY for call in others):
            with suppress(ToolError):  # one of the others makes no sense
                texts = [command.text, *(self._render(call).text for call in others)]
                if all(words(text) for text in texts):  # what follows a comment or a list would not run, or always
                    return self._render(ToolCall("bash", {"command": " && ".join(texts)}))
        notes.append("only the first of several commands is given; ask next for: " + ", ".join(map(_brief, others)))
        return command

    def _render(self, call: ToolCall) -> Command:
        return self.tools.render(call, allow_recursive=self.settings.allow_recursive)

    def _question(self, request: str, reply: Reply, call: ToolCall, started: float) -> Question:
        text = clean_request(str(call.arguments.get("question", ""))) or "what exactly should be done?"
        suggestion = self._suggestion(request, reply, call, started, command="", level=Level.SAFE, notes=(text,))
        return Question(text, suggestion.turn(), suggestion)

    def _suggestion(self, request: str, reply: Reply, call: ToolCall, started: float, **rest: Any) -> Suggestion:
        return Suggestion(
            request=request,
            call=call,
            calls=tuple(reply.calls),
            confidence=reply.confidence,
            engine=self.engine.name,
            model=reply.model,
            seconds=perf_counter() - started,
            **rest,
        )

    def _inspect(self, request: str, command: Command, notes: list[str]) -> tuple[Verdict, Command]:
        """Safety's verdict, and the command fitted to the files that are here; notes on these and on missing ones."""
        from shellper.safety import assess

        folder = self.folder or current_folder()
        verdict = assess(command.text, cwd=folder)
        if verdict.level is Level.INVALID or not folder:
            return verdict, command
        fitted = self._fit(request, self._join_names(request, command, folder), folder, notes)
        return (verdict if fitted.text == command.text else assess(fitted.text, cwd=folder)), fitted

    def _join_names(self, request: str, command: Command, folder: Path) -> Command:
        from shellper.tools import lift

        with suppress(ToolError):  # the set cannot say it so
            text = with_blanks(command.text, request, folder)
            if text != command.text:
                return self._render(lift(text, self.tools, allow_recursive=self.settings.allow_recursive))
        return command

    def _fit(self, request: str, command: Command, folder: Path, notes: list[str]) -> Command:
        from shellper.safety.missing import missing_files

        call = command.call
        for file in missing_files(command.text, folder):
            fitted = with_file(call, request, file.word, file.suggestion)
            if fitted != call:
                call = fitted
                notes.append(f"{file.word} is {file.suggestion} here")
                continue
            missing = "matches nothing here" if file.is_pattern else "does not exist"
            notes.append(f"{file.word} {missing}" + (f", {file.suggestion} does" if file.suggestion else ""))
        call, folders = with_folders(call, self.tools, folder)
        notes += [f"{name} is a folder" for name in folders]
        return command if call == command.call else self._render(call)


@contextmanager
def keeping(store: ConversationStore, request: str) -> Iterator[None]:
    """A block that gets the answer to a request: where there is no command, it is kept how that came.

    A question back is a turn of the conversation; what ends with an error is no turn, but feedback may be about it.
    """
    try:
        yield
    except Question as question:
        store.append(question.turn)
        raise
    except NO_COMMAND:
        store.keep_unanswered(request)
        raise


def _rewrites(command: str) -> bool:
    from shellper.safety import rewrites_files

    return rewrites_files(command)


def _missing_programs(command: str) -> list[str]:
    from shellper.safety.missing import missing_programs

    return [f"{program} is not installed: install it, or ask for another way" for program in missing_programs(command)]


def _empty_parameters(command: str) -> list[str]:
    from shellper.safety.parameters import empty_parameters
    from shellper.safety.syntax import parse_readable

    return empty_parameters(parse_readable(command)[0])


def _prepare() -> None:
    """Load what is needed once the engine has answered. What fails here fails there again."""
    with suppress(Exception):
        from importlib import import_module

        for room in ("shellper.safety.missing", "shellper.tools.lifting"):
            import_module(room)
        from shellper.safety import assess

        assess("true")  # loads the parser and the rules


def check_request(text: str) -> str:
    """The request on one line. Raises UsageError if it is empty, too long or no text."""
    if len(text) > LONGEST_REQUEST:
        raise UsageError(f"the request is too long: at most {LONGEST_REQUEST} characters")
    if not is_utf8(text):
        raise UsageError(f"the request {NO_UTF8}")
    request = clean_request(text)
    if not request:
        raise UsageError('the request is empty: say what you want, such as shellper "find big files"')
    return request


def _brief(call: ToolCall) -> str:
    return " ".join([call.name, *(str(value) for value in call.arguments.values())])[:80]
