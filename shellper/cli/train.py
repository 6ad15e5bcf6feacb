"""`shellper train`: fine-tune a model of your own."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from types import FrameType

import click
from click.core import ParameterSource

from shellper import user_dirs
from shellper.cli.options import examples
from shellper.cli.output import say, write
from shellper.cli.progress import Bar, clock
from shellper.errors import Interrupted, UsageError
from shellper.models import PACKAGED
from shellper.resources import REPAIR
from shellper.training import finetuning
from shellper.training.finetuning import Job
from shellper.training.quantization import FORMATS
from shellper.training.train import CHECKPOINT, Progress, Recipe

_PAUSE = 30
"""Seconds between lines, where nothing else is to be said."""


@click.command(
    "train",
    epilog=examples(
        "shellper train --data data --base HuggingFaceTB/SmolLM2-135M-Instruct --out mine",
        "shellper train --data data --data wrong.jsonl",
        "shellper train --out mine --resume",
        "torchrun --nproc-per-node 4 -m shellper train --data data --out mine",
    ),
)
@click.option(
    "--data", multiple=True, type=click.Path(exists=True, path_type=Path), metavar="DIR|FILE", help="Training data."
)
@click.option("--base", metavar="HF_ID|DIR|GGUF", help="The model to start from; by default the packaged one.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to; by default a new folder, which shellper model list shows.",
)
@click.option(
    "--epochs",
    default=Recipe.epochs,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    help="Times through.",
)
@click.option(
    "--learning-rate",
    default=Recipe.learning_rate,
    show_default=True,
    type=click.FloatRange(0, 1, min_open=True),
    help="At most.",
)
@click.option("--seed", default=Recipe.seed, show_default=True, type=int, help="Of the order of the data.")
@click.option(
    "--row", default=Recipe.row, show_default=True, type=click.IntRange(16, 4096), help="Tokens of a packed row."
)
@click.option("--batch", default=Recipe.batch, show_default=True, type=click.IntRange(16), help="Tokens of a step.")
@click.option(
    "--quantize",
    default=Recipe.form,
    show_default=True,
    type=click.Choice((*FORMATS, "F16")),
    help="Form of the weights.",
)
@click.option("--name", default=Job.name, show_default=True, help="What the model is called.")
@click.option("--licence", "--license", default="", help="The licence in the model file; by default the base's.")
@click.option("--resume", is_flag=True, help="Go on where training in --out was stopped.")
def train(
    data: tuple[Path, ...],
    base: str | None,
    out: Path | None,
    epochs: float,
    learning_rate: float,
    seed: int,
    row: int,
    batch: int,
    quantize: str,
    name: str,
    licence: str,
    resume: bool,
) -> None:
    """Fine-tune a model, and write it as a file for shellper and for Ollama.

    The data are those of `shellper synthesize`, of `shellper feedback export`, or your own in the same format; the
    base is a model of the Llama architecture. A GPU is used if there is one. Ctrl-C stops; --resume goes on.
    """
    finetuning.require_libraries()
    if resume:
        if out is None:
            raise UsageError("--resume needs --out, the folder of the training that was stopped")
        _require_no_more()
        job, folder = Job.read(out), out
    else:
        if not data:
            raise UsageError("no data to train on: give --data what shellper synthesize or shellper feedback wrote")
        recipe = Recipe(epochs=epochs, learning_rate=learning_rate, row=row, batch=batch, seed=seed, form=quantize)
        sources = tuple(str(path.resolve()) for path in data)
        job = Job(data=sources, base=_base(base), recipe=recipe, name=name, licence=licence)
        folder = out or user_dirs.state_dir() / "models" / time.strftime("%Y%m%d-%H%M%S")
        if (folder / CHECKPOINT).exists():
            raise UsageError(
                f"{folder} holds a training that was stopped: go on with --out and --resume alone, "
                "or choose another --out"
            )
    _run(job, folder)


def _require_no_more() -> None:
    """Raises UsageError where something else is given: a training goes on as it was begun."""
    context = click.get_current_context()
    given = [name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    more = [f"--{name.replace('_', '-')}" for name in given if name not in ("out", "resume")]
    if more:
        raise UsageError(f"--resume goes on as the training was begun: leave {', '.join(more)} out")


def _base(given: str | None) -> str:
    """What to start from: what was given, a path made absolute, else the packaged model. Raises UsageError without."""
    if given:
        path = user_dirs.user_path(given)
        return str(path.absolute()) if path.exists() else given
    if not PACKAGED.is_file():
        raise UsageError(f"the packaged model is missing: name another with --base, or {REPAIR}")
    return str(PACKAGED)


def _run(job: Job, folder: Path) -> None:
    with Bar("training", 1000) as bar, _stop_between_steps() as stopped:
        display = _Display(bar)

        def tell(progress: Progress) -> None:
            display.show(progress)
            if stopped:
                raise KeyboardInterrupt

        try:
            file = finetuning.run(job, folder, tell, say)
        except KeyboardInterrupt:
            raise Interrupted(f"stopped; go on with: shellper train --out {quote(str(folder))} --resume") from None
    if file:
        write(str(file))
        say(f"to use it: shellper model use {quote(str(file))}")


class _Display:
    """How training goes: as a bar; where none can be drawn as lines, with each held-out loss and now and then."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._held_out = ""
        self._said = time.monotonic()

    def show(self, progress: Progress) -> None:
        """Shows a step; a held-out loss stays until the next one."""
        if progress.held_out is not None:
            self._held_out = f"  held out {progress.held_out:.2f}"
        speed = f"{progress.tokens_per_second:.0f} tokens/s"
        note = f"loss {progress.loss:.3f}{self._held_out}  {speed}"
        self._bar.update(round(1000 * progress.step / progress.steps), note, progress.seconds_left)
        due = progress.held_out is not None or time.monotonic() - self._said >= _PAUSE
        if due and not self._bar.shown:
            self._said = time.monotonic()
            held_out = "" if progress.held_out is None else f", held out {progress.held_out:.4f}"
            left = clock(progress.seconds_left)
            say(f"step {progress.step} of {progress.steps}: loss {progress.loss:.3f}{held_out}, {speed}, {left} left")


@contextmanager
def _stop_between_steps() -> Iterator[list[int]]:
    """Collects Ctrl-C, so that the step that is under way is finished and saved; the second one ends at once."""
    received: list[int] = []

    def receive(number: int, _frame: FrameType | None) -> None:
        if received:
            raise KeyboardInterrupt
        received.append(number)
        say("stopping after this step")

    before = signal.signal(signal.SIGINT, receive)
    try:
        yield received
    finally:
        signal.signal(signal.SIGINT, before)
