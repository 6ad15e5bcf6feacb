"""What the key in the shell calls: `shellper hook` with the line on standard input.

The answer on standard output is made for shell scripts: a line of message, which may be empty, then the command. The
exit status is that of `shellper REQUEST`. Runs without click, which would cost a tenth of the answer's time.

    printf '%s' "$line" | SHELLPER_SHELL=zsh SHELLPER_LAST_STATUS=$? shellper hook
    printf '%s' "$line" | shellper hook --explain        the explanation of the command instead

SHELLPER_LAST_STATUS is told, but no engine makes use of it yet. SHELLPER_TAKEN_BACK is the sentence whose answer the
user gave back unused: the conversation goes on without it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shellper.cli.output import say
from shellper.errors import NO_COMMAND, ShellperError, UsageError
from shellper.terminal import current_terminal
from shellper.text import NO_UTF8, undelivered, visible
from shellper.typeahead import drop_typed_ahead

if TYPE_CHECKING:
    from shellper.assistant import Suggestion
    from shellper.conversation import ConversationStore
    from shellper.settings import Settings

EXPLAIN = "--explain"


@dataclass(frozen=True)
class Answer:
    """What the shell puts on the line, what it says beside it, and whether it deletes or overwrites."""

    text: str = ""
    message: str = ""
    status: int = 0
    dangerous: bool = False


def main(arguments: list[str]) -> int:
    """Answer the line on standard input; the exit status."""
    # Ctrl-C ends the program at once, wherever it is, native code included. A stopped program would never be woken.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    answer = attempt(explanation if arguments == [EXPLAIN] else command)
    if answer.dangerous or not answer.text:
        # An Enter among it would run unread what deletes or, where no command came, the sentence itself. Last of all,
        # for the conversation may have had to wait for another process.
        drop_typed_ahead()
    return deliver(answer)


def attempt(work: Callable[[str], Answer]) -> Answer:
    """The answer to the line, every error turned into its message."""
    try:
        return work(read_line())
    except ShellperError as error:
        return Answer(message=str(error), status=error.exit_code)
    except Exception as error:
        return Answer(message=f"internal error, please report it: {type(error).__name__}: {error}", status=1)


def deliver(answer: Answer) -> int:
    """Write the answer for the shell; the exit status."""
    data = f"{visible(answer.message)}\n{answer.text}\n".encode(errors="replace")
    try:
        while data:  # past Python's buffer, which would try once more at exit what has failed here
            data = data[os.write(1, data) :]
    except OSError as error:
        say(undelivered(error))
        return 1
    return answer.status


def read_line() -> str:
    """The line as the shell passed it. Raises UsageError."""
    if sys.stdin is None:
        raise UsageError("no line on standard input: pass it with printf %s, as the hook does")
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"the line {NO_UTF8}") from None


def command(line: str) -> Answer:
    """The command for a request, kept in the conversation of the terminal. Raises ShellperError."""
    from shellper.assistant import Assistant, Question, check_request, keeping
    from shellper.conversation import ConversationStore
    from shellper.prompt import clean_request
    from shellper.remedies import without_flags
    from shellper.safety.levels import Level
    from shellper.settings import load_settings

    settings = load_settings()
    request = check_request(line)
    store = ConversationStore(current_terminal())
    if taken_back := os.environ.get("SHELLPER_TAKEN_BACK"):
        store.take_back(clean_request(taken_back))
    try:
        with keeping(store, request):
            suggestion = _uninterrupted(lambda: Assistant.create(settings).suggest(request, store.load()))
            suggestion.require_allowed()
            text = _for_shell(suggestion.command)
        store.append(suggestion.turn())
    except Question as question:
        return Answer(message=_joined([str(question)], settings, store), status=question.exit_code)
    except NO_COMMAND as error:
        said = without_flags(str(error), settings)
        return Answer(message=_joined([said], settings, store), status=error.exit_code)
    remarks = _joined(suggestion.remarks(), settings, store)
    return Answer(text, remarks, dangerous=suggestion.level is Level.DESTRUCTIVE)


def _uninterrupted(suggest: Callable[[], Suggestion]) -> Suggestion:
    """The suggestion, after which Ctrl-C is ignored: what is kept is also shown."""
    try:
        return suggest()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _joined(remarks: list[str], settings: Settings, store: ConversationStore) -> str:
    return "; ".join([*remarks, *settings.warnings, *store.warnings])


def _for_shell(command: str) -> str:
    """The command for the shell that asks."""
    from shellper.dialects import for_shell

    return for_shell(os.environ.get("SHELLPER_SHELL", ""), command)


def explanation(line: str) -> Answer:
    """What the command on the line does. Raises ShellperError."""
    from shellper.safety.explanation import explain
    from shellper.user_dirs import current_folder

    if not line.strip():
        raise UsageError("there is no command to explain: type one first")
    lines = explain(line, cwd=current_folder()).text().splitlines()
    return Answer("\n".join(map(visible, lines)))
