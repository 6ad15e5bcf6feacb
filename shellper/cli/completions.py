"""`shellper completions`: prints or rewrites the completion files, and answers what they ask while they run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from shellper.cli.options import examples
from shellper.cli.output import say, write
from shellper.errors import EngineError, UsageError
from shellper.init import SHELLS

FILES = {"bash": "shellper.bash", "zsh": "_shellper", "fish": "shellper.fish"}

_PLAIN = re.compile(r"[\w./@+][\w./@+:,-]*(?: +[\w./@+:,-]+)*")
"""Names that mean nothing to a shell or a terminal, but for blanks, which each shell's completion quotes. A server may
give others, and TAB puts them on the line.
"""


@click.command("completions", epilog=examples("shellper completions zsh", "shellper completions --write"))
@click.argument("shell", type=click.Choice(SHELLS), required=False)
@click.option("--write", "rewrite", is_flag=True, help="Write the files of all shells, for the developers.")
@click.option("--models", is_flag=True, help="Print the models at the endpoint, as the completions do.")
@click.option("--model-names", is_flag=True, help="Print the names of model files, as the completions do.")
def completions(shell: str | None, rewrite: bool, models: bool, model_names: bool) -> None:
    """Print the completions of a shell. `shellper init` loads them; this is for those who load them by hand."""
    if models:
        _print_models()
    elif model_names:
        _print_model_names()
    elif rewrite:
        _write_files()
    elif shell:
        write(completion(shell).rstrip("\n"))
    else:
        raise UsageError("name a shell, such as: shellper completions zsh")


def completion(shell: str) -> str:
    """The completion file of a shell, made from the command line as it is."""
    from shellper.completer import bash, commands, fish, zsh

    render = {"bash": bash.render, "zsh": zsh.render, "fish": fish.render}[shell]
    return render(commands())


def _write_files() -> None:
    from shellper.resources import resource_path

    folder = Path(resource_path("completions"))
    for shell, name in FILES.items():
        (folder / name).write_text(completion(shell), encoding="utf-8")
        say(f"wrote {folder / name}")


def _print_models() -> None:
    """One model a line; nothing when no server is in use, which TAB alone shall not send a key to.

    Nothing either when it does not answer, for somebody pressed TAB and waits.
    """
    from dataclasses import replace

    from shellper.engines.endpoint import list_models
    from shellper.settings import load_settings

    settings = load_settings()
    if settings.engine != "endpoint":
        return
    with suppress(EngineError):
        _print_names(list_models(replace(settings, timeout=2.0)))


def _print_model_names() -> None:
    """One name a line, as `shellper model use` takes it."""
    from shellper.cli.model import known_models
    from shellper.settings import load_settings

    _print_names(name for name, _ in known_models(load_settings()))


def _print_names(names: Iterable[str]) -> None:
    plain = [name for name in names if _PLAIN.fullmatch(name)]
    if plain:
        write("\n".join(plain))
