"""`shellper REQUEST…`: the command for a request, printed or run. Needs no click, which costs time."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from shellper.assistant import (
    LONGEST_REQUEST,
    Assistant,
    Question,
    Suggestion,
    check_request,
    keeping,
)
from shellper.cli.ending import interruptible
from shellper.cli.output import ask, is_terminal, say, whisper, write, write_json
from shellper.conversation import ConversationStore
from shellper.errors import Interrupted, Refused, UsageError
from shellper.safety.levels import Level
from shellper.settings import Settings, load_settings
from shellper.terminal import current_terminal
from shellper.text import NO_UTF8
from shellper.user_dirs import current_folder


def respond(words: Sequence[str], options: Mapping[str, Any]) -> int:
    """Print or run the command for a request under the options of the command line; the exit status.

    Raises ShellperError.
    """
    as_json, execute = options.get("json"), options.get("execute_commands")
    if as_json and execute:
        raise UsageError("--json shows a command and --execute-commands runs it: choose one")
    text = check_request(read_request(words))
    settings = load_settings(options)
    say(*settings.warnings)
    store = ConversationStore(None if options.get("new") else current_terminal())
    try:
        with keeping(store, text):
            suggestion = answer(settings, store, text)
            show(suggestion, as_json=bool(as_json), verbose=settings.verbose)
            suggestion.require_allowed()
        say(*([] if as_json else suggestion.remarks()))
        if not as_json and not execute:
            write(suggestion.command)
        status = None
        try:
            status = run(suggestion, settings) if execute else None
        finally:  # what was not run is the last answer all the same, and feedback is about that
            store.append(suggestion.turn(status))
    except Question as question:
        show(question.suggestion, as_json=bool(as_json), verbose=False)
        raise
    finally:
        say(*store.warnings)
    return status or 0


def read_request(words: Sequence[str]) -> str:
    """The words, or standard input for `-` and for a pipe. Raises UsageError."""
    if words and list(words) != ["-"]:
        return " ".join(words)
    if sys.stdin is None or (not words and is_terminal("stdin")):
        raise UsageError('no request: say what you want, such as shellper "find big files", or see shellper --help')
    try:
        return sys.stdin.buffer.read(4 * LONGEST_REQUEST + 1).decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= 4 * LONGEST_REQUEST:
            return "?" * (LONGEST_REQUEST + 1)
        raise UsageError(f"the request {NO_UTF8}") from None
    except OSError as error:
        raise UsageError(f"the request cannot be read ({error.strerror}): give it as words") from None


def answer(settings: Settings, store: ConversationStore, text: str) -> Suggestion:
    """The suggestion for a request. Raises ShellperError; Ctrl-C raises Interrupted."""
    conversation = store.load()
    try:
        return interruptible(lambda: Assistant.create(settings).suggest(text, conversation))
    except KeyboardInterrupt:
        raise Interrupted("") from None


def show(suggestion: Suggestion, *, as_json: bool, verbose: bool) -> None:
    """What is wished to be seen of an answer beside its command: how it came about, and all of it as JSON."""
    if verbose:
        say(*describe(suggestion))
    if as_json:
        write_json(suggestion.as_json())


def describe(suggestion: Suggestion) -> list[str]:
    """The tool calls and how they came about, for --verbose."""
    from json import dumps

    calls = [f"tool call: {dumps(call.as_json(), ensure_ascii=False)}" for call in suggestion.calls]
    sure = "" if suggestion.confidence is None else f", {suggestion.confidence:.0%} sure"
    engine = f"{suggestion.engine} engine, {suggestion.model}"
    return [*calls, f"{engine}, {suggestion.seconds:.2f} s{sure}, {suggestion.level}"]


def run(suggestion: Suggestion, settings: Settings) -> int:
    """Run the command with shellper's own streams: its exit status.

    Raises Refused for what must be confirmed and is not, and for recursive removal that is not allowed.
    """
    from shellper.execute import run_plain

    require_runnable(suggestion, settings)
    if suggestion.level is Level.DESTRUCTIVE:
        if not is_terminal("stdin", "stderr"):
            raise Refused(f"refused without a terminal to ask on; run it yourself: {suggestion.command}")
        if not ask(f"Run {suggestion.command} ?"):
            raise Refused("not run")
    whisper(f"$ {suggestion.command}")
    outcome = run_plain(suggestion.command)
    before = current_folder()
    if before and outcome.folder != str(before):
        say(f"the folder changes for you only if you run it yourself: {suggestion.command}")
    return outcome.status


def require_runnable(suggestion: Suggestion, settings: Settings) -> None:
    """Raises Refused for a command that may be shown but not run."""
    from shellper.safety import recursive_removal

    suggestion.require_allowed()
    if not settings.allow_recursive and recursive_removal(suggestion.command):
        raise Refused(f"{suggestion.command} removes folders with all they hold: allow it with --allow-recursive")
