"""`shellper config`: each setting and where it comes from, and how to change it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from shellper import config_file, user_dirs
from shellper.cli.options import current_settings, examples, flag, json_option
from shellper.cli.output import columns, say, write, write_json
from shellper.config_file import as_toml
from shellper.errors import ConfigError, UsageError
from shellper.settings import (
    KEYS,
    Key,
    Settings,
    is_path,
    load_settings,
    names_file,
    unknown_key,
    unknown_variables,
)

_LONG_KEY = 12
"""From so many letters on, the first three tell which key it is, and give nothing away."""


@click.group(
    "config",
    invoke_without_command=True,
    epilog=examples("shellper config", "shellper config set engine endpoint", "shellper config unset engine"),
)
@json_option
@click.pass_context
def config(ctx: click.Context, /, **_options: object) -> None:
    """Show and change the settings. A flag counts more than the environment, and that more than the file."""
    if not ctx.invoked_subcommand:
        ctx.invoke(show)


@config.command(
    "show", short_help="Show the settings.", epilog=examples("shellper config show", "shellper config show --json")
)
@json_option
def show(**_options: object) -> None:
    """Show each setting, its value, where that comes from, and what it is for."""
    settings = current_settings()
    say(*unknown_variables())
    values = {name: _shown(key, getattr(settings, name)) for name, key in KEYS.items()}
    if flag("json"):
        write_json({name: {"value": value, "source": settings.sources[name]} for name, value in values.items()})
        return
    rows = [(name, as_toml(value), settings.sources[name], KEYS[name].help) for name, value in values.items()]
    write("\n".join(columns(rows)))


@config.command("path", epilog=examples("shellper config path"))
def path() -> None:
    """Print where the configuration file is, or would be."""
    write(str(config_file.location()))


@config.command(
    "set",
    short_help="Write a setting to the file.",
    context_settings={"ignore_unknown_options": True},  # -3 is a value, if a wrong one
    epilog=examples("shellper config set engine endpoint", "shellper config set timeout 30"),
)
@click.argument("name")
@click.argument("value")
def set_value(name: str, value: str) -> None:
    """Write a setting to the configuration file."""
    key = _key(name)
    try:
        wanted = key.read(value)
    except ValueError as error:
        raise UsageError(f"{key.name} must be {error}") from None
    if is_path(key.name, wanted) and not (
        key.name == "model" and _chosen_endpoint()
    ):  # of where the user works; in the file it would belong to the file
        wanted = str(user_dirs.user_path(wanted).absolute())
    _require_usable(key, wanted)
    _change_and_tell(key, wanted)


def _require_usable(key: Key, value: Any) -> None:
    """Raises ShellperError if the setting cannot be that file, which would be found out at the next request only."""
    if key.name == "job_description" and value:
        from shellper.engines.job_description import JobDescription

        JobDescription.load(Path(value))
    if key.name == "model" and not _chosen_endpoint() and names_file(value, typed=True):
        from shellper.models import named_file, require_whole

        require_whole(named_file(user_dirs.user_path(value).absolute(), value))


def _chosen_endpoint() -> bool:
    """Whether there is an endpoint whatever the model is: a server may call its model like a file."""
    now = _in_force()
    return now is not None and now.engine == "endpoint" and not now.sources["engine"].endswith(": model")


@config.command(
    "unset", short_help="Remove a setting: its default holds.", epilog=examples("shellper config unset engine")
)
@click.argument("name")
def unset(name: str) -> None:
    """Remove a setting from the configuration file: its default holds again."""
    if name not in KEYS and name in config_file.read(config_file.location()):  # a slip, of which `config` complains
        config_file.change(name, None)
        say(f"{name} is removed")
    else:
        _change_and_tell(_key(name), None)


@config.command(
    "edit",
    short_help="Open the file in your editor.",
    epilog=examples("shellper config edit", "EDITOR=nano shellper config edit"),
)
def edit() -> None:
    """Open the configuration file in your editor, and check it afterwards."""
    file = config_file.location()
    config_file.create(file, "".join(f"# {key.name} = {as_toml(key.default)}  # {key.help}\n" for key in KEYS.values()))
    try:
        click.edit(filename=str(file))
    except click.ClickException as error:
        cure = "set EDITOR to one that is there, or edit the file yourself"
        told = error.format_message().split(": [Errno")[0]
        raise ConfigError(f"{file} was not edited ({told}): {cure}") from None
    say(*load_settings(file=file).warnings)


def _key(name: str) -> Key:
    plain = name.replace("-", "_")
    if plain not in KEYS:
        raise UsageError(unknown_key(name))
    return KEYS[plain]


def _shown(key: Key, value: Any) -> Any:
    if not (key.secret and value):
        return value
    return f"{value[:3]}…" if len(value) >= _LONG_KEY else "…"


def _change_and_tell(key: Key, value: Any) -> None:
    """Change the file, and say in one line what holds now."""
    before = _in_force()
    config_file.change(key.name, value)
    try:
        now = load_settings()
    except ConfigError as error:
        say(f"{key.name} is written; {error}")
    else:
        say(_outcome(key, value, now) + _change_of_engine(key, before, now) + _name_like_a_file(key, value, now))


def _in_force() -> Settings | None:
    with suppress(ConfigError):
        return load_settings()
    return None


def _outcome(key: Key, wanted: Any, now: Settings) -> str:
    """What holds: not always what was written (None where the key was removed)."""
    value, source = getattr(now, key.name), now.sources[key.name]
    shown = as_toml(_shown(key, value)) if value != "" else "the packaged one" if key.name == "model" else "empty"
    if source.startswith("environment"):
        return f"{key.name} is written, but the {source} counts more: it is {shown}"
    if wanted not in (None, value):
        return f"{key.name} is written, but not for the {now.engine} engine ({now.sources['engine']})"
    return f"{key.name} is now {shown}" + (f" ({source})" if source != "file" else "")


def _change_of_engine(key: Key, before: Settings | None, now: Settings) -> str:
    """What base_url and model bring about."""
    changed = before is not None and before.engine != now.engine and key.name != "engine"
    return f"; the engine is now {now.engine}" if changed else ""


def _name_like_a_file(key: Key, value: Any, now: Settings) -> str:
    """What may be a slip: with an endpoint, a model is what the server calls it, and no file is looked for."""
    if key.name != "model" or now.engine != "endpoint" or not value or not names_file(value, typed=True):
        return ""
    return f", a name at {now.base_url}; for the file: shellper config set engine embedded"
