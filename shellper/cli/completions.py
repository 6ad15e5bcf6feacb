"""`shellper completions`: prints or rewrites the completion files, and answers what they ask while they run."""

from __future__ import annotations

import click

from shellper.cli.options import examples
from shellper.cli.output import say, write
from shellper.errors import EngineError, UsageError
from shellper.init import SHELLS

FILES = {"bash": "shellper.bash", "zsh": "_shellper", "fish": "shellper.fish"}


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
    from shellper.completer import bash, fish, places, zsh

    render = {"bash": bash.render, "zsh": zsh.render, "fish": fish.render}[shell]
    return render(places())


def _write_files() -> None:
    from shellper.resources import resource

    folder = resource("completions")
    for shell, name in FILES.items():
        (folder / name).write_text(completion(shell), encoding="utf-8")
        say(f"wrote {folder / name}")


def _print_models() -> None:
    """One model a line; nothing when there is no server, for somebody pressed TAB and waits."""
    from dataclasses import replace

    from shellper.engines.endpoint import list_models
    from shellper.settings import load_settings

    try:
        names = list_models(replace(load_settings(), timeout=2.0))
    except EngineError:
        return
    if names:
        write("\n".join(names))


def _print_model_names() -> None:
    """One name a line, as `shellper model use` takes it."""
    from shellper.cli.model import known_models

    write("\n".join(name for name, _ in known_models()))
