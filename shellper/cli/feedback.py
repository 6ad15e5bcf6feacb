"""`shellper feedback`: what was wrong, for training."""

from __future__ import annotations

from pathlib import Path
from time import time

import click

from shellper import __version__
from shellper.cli.options import current_settings, current_store, examples, flag, json_option
from shellper.cli.output import counted, say, write, write_json
from shellper.conversation import Conversation, Turn
from shellper.errors import ConfigError, UsageError
from shellper.settings import Settings
from shellper.terminal import NO_TERMINAL, REMEDY
from shellper.text import visible

REPORT = "feedback.json"


@click.group(
    "feedback",
    invoke_without_command=True,
    epilog=examples(
        "shellper feedback wrong 'ls -t | head -n 1'",
        "shellper feedback list",
        "shellper feedback export mine && shellper train --data mine",
    ),
)
@click.pass_context
def feedback(ctx: click.Context) -> None:
    """Say which commands were wrong, and make training data of that.

    What you say stays on this machine. `shellper config set feedback false` turns it off: nothing more is noted, and
    what was can still be listed, exported and cleared.
    """
    if not ctx.invoked_subcommand:
        ctx.invoke(list_all)


@feedback.command(
    "wrong",
    short_help="The last answer was wrong; say the right one.",
    epilog=examples("shellper feedback wrong", "shellper feedback wrong 'du -sh * | sort -h'"),
)
@click.argument("right", required=False)
def wrong(right: str | None) -> None:
    """Note that the last request in this terminal got a wrong answer, or none; RIGHT is the command that is right.

    Without RIGHT the request is only noted. A RIGHT that begins with # is a question that should have been asked.
    """
    store = current_store()
    conversation = store.load()
    say(*store.warnings)
    if not store.terminal:
        raise UsageError(f"{NO_TERMINAL}, and no answer of which this could be said; {REMEDY}")
    note(conversation, right, current_settings())


def note(conversation: Conversation, right: str | None, settings: Settings) -> None:
    """Note that the conversation's last answer was wrong, and which command is right, and say so.

    Raises ShellperError where that is not wished or there is nothing to note.
    """
    from shellper.feedback import Correction, Feedback, check_right

    if not settings.feedback:
        raise ConfigError("feedback is turned off: shellper config set feedback true")
    turns = conversation.asked
    if not turns:
        raise UsageError("there is no answer yet that could be wrong in this terminal: ask something first")
    command = check_right(right) if right is not None else ""
    last = turns[-1]
    earlier = tuple((turn.request, _answer(turn)) for turn in turns[:-1] if _answer(turn))
    noted = Feedback().add(Correction(earlier, last.request, _answer(last), command, time()))
    say(f"noted: {visible(last.request)}" + ("" if command else _without_command(noted.right)))


def _without_command(right: str) -> str:
    """What to say to those who gave no right command, which may be known from before."""
    return f"; still right: {visible(right)}" if right else "; say the right command, and it can be learnt"


def _answer(turn: Turn) -> str:
    """What the model answered, as text; empty where it gave no command."""
    return turn.command or (f"# {' '.join(turn.question.split())}" if turn.question else "")


@feedback.command(
    "list",
    short_help="Show what was noted.",
    epilog=examples("shellper feedback list", "shellper feedback list --json"),
)
@json_option
def list_all(**_options: object) -> None:
    """Show what was noted: each request, the wrong answer (-) if it got one, and the right one (+)."""
    from shellper.feedback import Feedback

    corrections = Feedback().load()
    if flag("json"):
        write_json([correction.as_json() for correction in corrections])
        return
    if not corrections:
        say("nothing was noted yet: shellper feedback wrong 'THE RIGHT COMMAND'")
    for correction in corrections:
        write(f"> {visible(correction.request)}")
        if correction.wrong:
            write(f"- {visible(correction.wrong)}")
        if correction.right:
            write(f"+ {visible(correction.right)}")


@feedback.command("export", short_help="Write it as training data.", epilog=examples("shellper feedback export mine"))
@click.argument("out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def export(out: Path) -> None:
    """Write what has a right command as training data to DIR, for shellper train and synthesize.

    Earlier turns are written as they were corrected; those that were only called wrong are left out.
    """
    from shellper.feedback import Feedback, conversations
    from shellper.training.dataset import require_free, write_dataset, write_report

    corrections = Feedback().load()
    right = conversations(corrections)
    if not right:
        raise UsageError("nothing to export: shellper feedback wrong 'THE RIGHT COMMAND' notes something")
    require_free(out, REPORT)
    write_report(out / REPORT, {"conversations": len(right), "version": __version__})
    write_dataset(out, right)
    left_out = sum(not correction.right for correction in corrections)
    rest = f"; {left_out} without a right command left out" if left_out else ""
    say(f"{counted(len(right), 'conversation')} in {out}{rest}")


@feedback.command("clear", epilog=examples("shellper feedback clear"))
def clear() -> None:
    """Forget everything that was noted."""
    from shellper.feedback import Feedback

    count = Feedback().clear()
    say(f"forgot {counted(count, 'correction')}")
