"""`shellper chat`: USER, COMMAND, Execute?, and again."""

from __future__ import annotations

import os
import re
import signal
import sys
from contextlib import suppress
from shlex import split
from threading import Lock
from types import FrameType

import click

from shellper.assistant import Assistant, Question, Suggestion, check_request, keeping
from shellper.cli.ending import interruptible
from shellper.cli.feedback import note
from shellper.cli.options import current_settings, current_store, engine_options, examples, flag, running_options
from shellper.cli.output import NO, YES, counted, is_terminal, say, write
from shellper.cli.progress import spinner
from shellper.cli.request import require_runnable, show
from shellper.conversation import ConversationStore, Turn
from shellper.errors import Refused, ShellperError
from shellper.remedies import without_flags
from shellper.safety.levels import Level
from shellper.settings import Settings
from shellper.text import visible
from shellper.tools.call import CLARIFY
from shellper.typeahead import drop_typed_ahead
from shellper.user_dirs import current_folder

_LEAVING = ("exit", "quit")
_HELPING = ("help", "?")
_WRONG = re.compile(r"feedback wrong(?: +(.+))?")
_HELP = """\
a request in plain English    shows the command: y runs it, n or Enter does not,
                              other words are the next request
feedback wrong THE RIGHT ONE  the last command was wrong; keeps the right one
reset                         forgets the conversation
exit, quit or Ctrl-D          ends the chat; Ctrl-C only abandons a request"""


@click.command("chat", epilog=examples("shellper chat", "shellper chat --new", "shellper chat --execute-commands"))
@engine_options
@running_options
def chat(**_options: object) -> None:
    """Talk: type a request, see the command, run it or not.

    `cd` lasts, and the model is told what each command did. Ctrl-C abandons a request; exit, quit or Ctrl-D ends the
    talk; ? says what else may be typed.
    """
    settings, store = current_settings(), current_store()
    if is_terminal("stdin", "stdout"):
        recursive = "" if settings.allow_recursive else " Whole folders are removed only with --allow-recursive."
        write(f"? says what may be typed; exit, quit or Ctrl-D ends.{recursive}")
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # as nohup has it
            signal.signal(number, _leave)
    _Chat(settings, store, bool(flag("execute_commands"))).run()


def _leave(number: int, _frame: FrameType | None) -> None:
    # Unwinding gives the terminal its settings back, which dying at once would not.
    raise SystemExit(128 + number)


class _Chat:
    """The loop; the store has the conversation so far."""

    def __init__(self, settings: Settings, store: ConversationStore, execute: bool) -> None:
        self._settings = settings
        self._store = store
        self._execute = execute
        self._store.load()
        self._warn()
        self._assistant: Assistant | None = None
        self._working = Lock()
        self._typed = ""  # in the place of a yes or no

    def run(self) -> None:
        """Until the input ends, or the user takes leave."""
        if is_terminal("stdin", "stdout"):
            with suppress(ImportError):
                import readline

                for turn in self._store.conversation.turns:
                    readline.add_history(visible(turn.request))
        while True:
            try:
                request = self._line()
                if request is None or _bare(request).lower() in _LEAVING:
                    return
                if request.strip() and not self._command(request):
                    self._turn(check_request(request))
            except KeyboardInterrupt:
                _new_line()
            except ShellperError as error:
                say(without_flags(str(error), self._settings))

    def _line(self) -> str | None:
        """The next line of the user's, None at the end."""
        line, self._typed = self._typed, ""
        return line or _prompt("USER: ")

    def _command(self, line: str) -> bool:
        """Do what the line says if it is one of the chat's own commands, and no request."""
        words = _bare(line)
        if words.lower() in _HELPING:
            write(_HELP)
        elif words.lower() == "reset":
            say(f"forgot {counted(self._store.reset(), 'turn')}")
        elif words.lower() in YES + NO and not self._was_asked():
            say("nothing waits for a yes or no: type a request, or ? for help")
        elif match := _WRONG.fullmatch(words):
            note(self._store.conversation, _unquoted(match[1]) if match[1] else None, self._settings)
        else:
            return False
        return True

    def _was_asked(self) -> bool:
        """Whether the model's last word was a question."""
        turns = self._store.conversation.turns
        return bool(turns and turns[-1].call and turns[-1].call.name == CLARIFY)

    def _turn(self, request: str) -> None:
        try:
            with keeping(self._store, request):
                with spinner("thinking"):
                    suggestion = interruptible(lambda: self._suggest(request))
                show(suggestion, as_json=False, verbose=self._settings.verbose)
                suggestion.require_allowed()
            write(f"COMMAND: {suggestion.command}")
            say(*suggestion.remarks())
            self._store.append(self._carry_out(suggestion))
        except Question as question:
            write(f"QUESTION: {visible(str(question))}")
        finally:
            self._warn()

    def _suggest(self, request: str) -> Suggestion:
        # A request that was abandoned may still be at work in its thread.
        with self._working:
            if not self._assistant:
                self._assistant = Assistant.create(self._settings)
            return self._assistant.suggest(request, self._store.conversation)

    def _carry_out(self, suggestion: Suggestion) -> Turn:
        """The turn, with its outcome if the command was run."""
        try:
            require_runnable(suggestion, self._settings)
        except Refused as error:
            say(f"{error}, with which the chat must begin anew: shellper chat --allow-recursive")
            return suggestion.turn()
        if not self._may_run(suggestion):
            return suggestion.turn()
        from shellper.execute import run_watched

        outcome = run_watched(suggestion.command)
        _follow(outcome.folder)
        if outcome.status:
            say(f"exit status {outcome.status}{self._advice(outcome.status)}")
        return suggestion.turn(outcome.status, outcome.output)

    def _advice(self, status: int) -> str:
        """What to do about a command that failed."""
        missing = ": a program was not found; install it, or ask for another way" if status == 127 else ""
        if status > 128 or not self._settings.feedback:  # after Ctrl-C there is nothing to be learnt
            return missing
        return f"{missing}; if the command was wrong, say: feedback wrong THE RIGHT ONE"

    def _may_run(self, suggestion: Suggestion) -> bool:
        if self._execute and suggestion.level <= Level.CAUTION:
            return True
        if self._execute and not is_terminal("stdin"):
            say("refused without a terminal to ask on: run it yourself")
            return False
        # Whoever answers has to have seen the question.
        if is_terminal("stdin", "stdout") and drop_typed_ahead():
            say("what you typed before the command was there is dropped")
        answer = _prompt("Execute? [y/N] ") or ""
        word = answer.strip().lower()
        if word not in YES + NO:
            self._typed = answer
        return word in YES

    def _warn(self) -> None:
        say(*self._store.warnings)
        self._store.warnings.clear()


def _bare(line: str) -> str:
    """A line without blanks around it, and without the `shellper` that it would begin with in a shell."""
    return line.strip().removeprefix("shellper ").strip()


def _unquoted(command: str) -> str:
    """A command without the quotes around it that it would need in a shell."""
    with suppress(ValueError):  # a quote that is not closed
        words = split(command)
        if len(words) == 1 and command[0] in "'\"":
            return words[0]
    return command


def _follow(folder: str) -> None:
    """Go where the command ended; the next one's `cd -` leads back, not to where the outer shell once was."""
    before = current_folder()
    with suppress(OSError):
        os.chdir(folder)
        if before and folder != str(before):
            os.environ.update(PWD=folder, OLDPWD=str(before))


def _prompt(text: str) -> str | None:
    """A line of input, None at its end."""
    if sys.stdin is None:
        return None
    try:
        return input(text)
    except EOFError:
        _new_line()
        return None
    except UnicodeDecodeError:
        raise ShellperError("that was no valid UTF-8: type it again") from None


def _new_line() -> None:
    sys.stdout.write("\n")
    sys.stdout.flush()
