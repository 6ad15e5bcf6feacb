"""`shellper evaluate`: measure an engine on a file of requests."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from shellper.cli.options import current_settings, engine_options, examples, flag, json_option
from shellper.cli.output import say, write, write_json
from shellper.cli.progress import Bar
from shellper.errors import ShellperError
from shellper.text import visible

if TYPE_CHECKING:
    from shellper.settings import Settings
    from shellper.training.evaluation import Result
    from shellper.training.points import Point

_FILE = click.Path(dir_okay=False, path_type=Path)
_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    "evaluate",
    epilog=examples(
        "shellper evaluate requests.jsonl --predictions out.jsonl",
        "shellper evaluate test.jsonl --tools gorilla --misses misses.jsonl --plot accuracy.png",
        "shellper evaluate test.jsonl --model distil_model --base-url http://localhost:11434/v1",
        "shellper evaluate test.jsonl --compare old.jsonl new.jsonl",
    ),
)
@click.argument("data", type=click.Path(exists=True, path_type=Path), metavar="DATA")
@click.option("--predictions", type=_FILE, metavar="OUT", help="Write each answer here, one JSON object a line.")
@click.option("--misses", type=_FILE, metavar="FILE", help="Write the wrong answers here, with the right ones.")
@click.option("--plot", type=_FILE, metavar="FILE", help="Draw accuracy and confidence (.png, .svg, .pdf).")
@click.option("--compare", type=_EXISTING, nargs=2, metavar="A B", help="Compare two predictions files; ask nothing.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N requests.")
@engine_options
@json_option
def evaluate(
    data: Path,
    predictions: Path | None,
    misses: Path | None,
    plot: Path | None,
    compare: tuple[Path, Path] | None,
    limit: int | None,
    **_options: object,
) -> None:
    """Measure an engine on a file of requests, in one process.

    DATA has one JSON object a line: {"id", "request"} or {"id", "messages"}, with a "target" (a command or a tool
    call) if the answer is to be judged. Training data will do too, and tests written by hand (.turns: a line
    `> request`, then a line `$ command` for each right answer): every call of a conversation is asked for after the
    right earlier ones. A folder stands for its test.jsonl or its tests.

    \b
    The report, each share with its count and its 95 % interval:
      tool calls               the answer is a right one, or does the same
      tool names               the right tool, whatever its arguments
      whole conversations      every call of it is right
      calls^5                  the share of right calls to the power of 5: whole
                               conversations, if turns did not depend on each other
      questions that were due  of those that the model asked
      due questions asked      of the requests that cannot be answered as they are
      asked back needlessly    of the requests that can be answered
      dangerous though unasked destructive or forbidden, where no right answer is
      confidence               how sure the model was, and how often it was right
    """
    from shellper.tools import tool_set
    from shellper.training.points import read_points

    settings = current_settings()
    points = read_points(data, tool_set(settings.tools))[:limit]
    if compare:
        _compare(points, compare, settings)
        return
    from shellper.training import report
    from shellper.training.summary import summarize

    if plot:
        report.require_plot(plot)
    results = _measure(points, settings, predictions, misses)
    summary = summarize(results)
    if flag("json"):
        write_json(summary)
    else:
        write("\n".join(map(visible, report.describe(summary))))
    if plot:
        report.plot(summary, plot)


def _compare(points: Sequence[Point], files: tuple[Path, Path], settings: Settings) -> None:
    from shellper.tools import tool_set
    from shellper.training import evaluation, report

    comparison = evaluation.compare(points, *files, tool_set(settings.tools))
    if flag("json"):
        write_json(comparison)
    else:
        write("\n".join(map(visible, report.describe_comparison(comparison))))


def _measure(
    points: Sequence[Point], settings: Settings, predictions: Path | None, misses: Path | None
) -> list[Result]:
    """Ask every point; what is written is there line by line, so that Ctrl-C loses nothing."""
    from shellper.assistant import Assistant
    from shellper.training.evaluation import evaluate as ask

    assistant = Assistant.create(settings)
    results: list[Result] = []
    right = judged = 0
    with ExitStack() as stack:
        out = _open(predictions, stack)
        wrong = _open(misses, stack)
        bar = stack.enter_context(Bar("asking", len(points)))
        for result in ask(assistant, points):
            results.append(result)
            judged += result.right is not None
            right += bool(result.right)
            _line(out, result.prediction())
            if result.right is False:
                _line(wrong, result.miss(assistant.tools))
            bar.update(len(results), f"{right}/{judged} right" if judged else "")
    if not judged and misses:
        say("the data hold no targets, so there are no misses")
    return results


def _open(file: Path | None, stack: ExitStack) -> TextIO | None:
    if file is None:
        return None
    try:
        return stack.enter_context(file.open("w", encoding="utf-8"))
    except OSError as error:
        raise ShellperError(f"cannot write {file}: {error.strerror}; name another file") from None


def _line(file: TextIO | None, value: dict[str, Any]) -> None:
    if file:
        file.write(dumps(value, ensure_ascii=False) + "\n")
        file.flush()
