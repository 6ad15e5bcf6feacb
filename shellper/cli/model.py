"""`shellper model`: which model file the embedded engine uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from shellper import config_file, user_dirs
from shellper.cli.options import current_settings, examples, flag, json_option
from shellper.cli.output import columns, say, write, write_json
from shellper.errors import ConfigError, ShellperError, UsageError
from shellper.models import PACKAGED, model_path, named_file, read_info, require_whole, sha256
from shellper.models.gguf import ModelInfo
from shellper.settings import Settings, load_settings

NAME_OF_PACKAGED = "packaged"
_CARD = {
    "base": "general.base_model.0.name",
    "version": "shellper.version",
    "commit": "shellper.commit",
    "data_sha256": "shellper.data_sha256",
}
"""What is shown of a file's metadata, and under which key it is there."""


@click.group(
    "model",
    invoke_without_command=True,
    epilog=examples("shellper model", "shellper model use mine/shellper.gguf", "shellper model info"),
)
@json_option
@click.pass_context
def model(ctx: click.Context, /, **_options: object) -> None:
    """Show and choose the model file of the embedded engine: the packaged one, or one you trained."""
    if not ctx.invoked_subcommand:
        ctx.invoke(list_all)


@model.command("list", short_help="Show the models.", epilog=examples("shellper model list"))
@json_option
def list_all(**_options: object) -> None:
    """Show the packaged model, those that shellper train wrote to its own folder, and the one in use (*)."""
    settings = current_settings()
    used = _used(settings)
    rows = []
    for name, path in known_models(settings):
        info = _info(path)
        size = f"{info.size / 1e6:.0f} MB" if info else "missing or damaged"
        rows.append((name, path, size, used is not None and path == used))
    if flag("json"):
        write_json([{"name": name, "path": str(path), "used": now} for name, path, _, now in rows])
    else:
        write("\n".join(columns([("*" if now else " ", name, size, str(path)) for name, path, size, now in rows])))


@model.command(
    "use",
    short_help="Choose a model.",
    epilog=examples("shellper model use mine/shellper.gguf", "shellper model use packaged"),
)
@click.argument("name", metavar="PATH|NAME")
def use(name: str) -> None:
    """Use a model file from now on; `packaged` goes back to the one that came with shellper."""
    path = _find(name, current_settings())
    if path != PACKAGED:
        require_whole(path)
    config_file.change("model", None if path == PACKAGED else str(path))
    try:
        settings = load_settings()
    except ConfigError as error:
        say(f"the model is written; {error}")
        return
    used = _used(settings)
    if not used:
        source = settings.sources["engine"]
        say(f"the engine is {settings.engine} ({source}), which has its own: shellper config set engine embedded")
    elif used != path:
        say(f"the model is written, but the {settings.sources['model']} counts more: it is {used}")
    else:
        say(f"the model is now {path}")


@model.command(
    "info",
    short_help="Show what a model says of itself.",
    epilog=examples("shellper model info", "shellper model info mine/shellper.gguf"),
)
@click.argument("name", required=False, metavar="[PATH|NAME]")
@json_option
def info(name: str | None, **_options: object) -> None:
    """Show what a model file says of itself, and its hash; the file in use unless another is named."""
    settings = current_settings()
    path = _find(name, settings) if name else _current(settings)
    found = read_info(path)
    card = {
        "path": str(path),
        "name": found.name,
        "size": found.size,
        "parameters": found.parameters,
        "architecture": found.architecture,
        "context": found.context,
        "licence": found.licence,
        **{name: found.metadata.get(key, "") for name, key in _CARD.items()},
        "sha256": sha256(path),
        "complete": found.complete,
    }
    if flag("json"):
        write_json(card)
        return
    write("\n".join(columns([(key, str(value)) for key, value in card.items() if value != ""])))


@model.command("path", epilog=examples("shellper model path"))
def show_path() -> None:
    """Print where the model file in use is."""
    write(str(_current(current_settings())))


def _current(settings: Settings) -> Path:
    if settings.engine != "embedded":
        raise UsageError(f"the engine is {settings.engine} ({settings.model}): a model file is the embedded engine's")
    return model_path(settings)


def _used(settings: Settings) -> Path | None:
    """The file in use, whether it is there or not; None for an endpoint."""
    if settings.engine != "embedded":
        return None
    return user_dirs.user_path(settings.model) if settings.model else PACKAGED


def known_models(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Names and files, each once: the packaged model, those that were trained, the one in use."""
    used = _used(settings)
    known = {PACKAGED: NAME_OF_PACKAGED}
    folder = user_dirs.state_dir() / "models"
    known |= {path: path.parent.name for path in sorted(folder.glob("*/*.gguf"))}
    if used:
        known.setdefault(used, used.stem)
    for path, name in known.items():
        yield name, path


def _find(name: str, settings: Settings) -> Path:
    """The file of a name or path. Raises UsageError."""
    by_name = [path for known, path in known_models(settings) if known == name]
    path = by_name[0] if by_name else user_dirs.user_path(name).absolute()
    return path if path == PACKAGED else named_file(path, name)


def _info(path: Path) -> ModelInfo | None:
    try:
        return read_info(path)
    except ShellperError:
        return None
