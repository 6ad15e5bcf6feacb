"""The settings, and where each comes from: a flag, else the environment, else config.toml, else the default.

    Key          what a setting is called, what values it takes
    Settings     the values in force and the source of each
    load_settings(flags)

The engine is the only setting that follows from others: the first source that says anything of engine, base_url or
model decides, so `--base-url URL` alone means the endpoint and `--model some.gguf` alone means the embedded engine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shellper import config_file, user_dirs
from shellper.errors import ConfigError
from shellper.text import is_utf8

ENGINES = ("embedded", "endpoint")
TOOL_SETS = ("shell", "gorilla")
ENDPOINT_URL = "http://localhost:11434/v1"
ENDPOINT_MODEL = "distil_model"
PREFIX = "SHELLPER_"

OTHER_VARIABLES = frozenset(PREFIX + name for name in ("SESSION", "KEY", "SHELL", "LAST_STATUS", "TAKEN_BACK", "HOOK"))
"""Variables that are read elsewhere and are no settings."""


def _text(value: object) -> str:
    if not isinstance(value, str) or not is_utf8(value) or any(letter in "\n\0" for letter in value):
        raise ValueError("one line of text in UTF-8")
    return value


def _choice(*names: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in names:
            raise ValueError(" or ".join(names))
        return str(value)

    return read


def _url(value: object) -> str:
    from urllib.parse import urlsplit

    text = str(value).rstrip("/")
    try:
        parts = urlsplit(text)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port, or the brackets of an address
        valid = False
    if not valid or len(text.split()) != 1 or not text.isprintable():
        raise ValueError(f"a URL such as {ENDPOINT_URL}")
    return text


def _seconds(value: object) -> float:
    try:
        seconds = float(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else 0.0
    except (ValueError, OverflowError):
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise ValueError("a number of seconds above 0")
    return seconds


def _count(value: object) -> int:
    try:
        count = int(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else -1
    except ValueError:
        count = -1
    if not 0 <= count <= 1024:
        raise ValueError("a whole number from 0 (the physical cores, at most 4) to 1024")
    return count


_ON_OFF = ("true", "false")
_TRUTHS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def _truth(value: object) -> bool:
    truth = _TRUTHS.get(str(value).lower())
    if truth is None:
        raise ValueError("true or false")
    return truth


@dataclass(frozen=True)
class Key:
    """A setting: its name, how a value is read (ValueError says what is wanted), what it is for, the values if few.

    A secret one is never shown as a whole.
    """

    name: str
    read: Callable[[object], Any]
    help: str
    secret: bool = False
    choices: Sequence[str] = ()

    @property
    def variable(self) -> str:
        """The environment variable."""
        return PREFIX + self.name.upper()

    @property
    def default(self) -> Any:
        """The value where nobody gives one."""
        return getattr(Settings, self.name)


KEYS: Mapping[str, Key] = {
    key.name: key
    for key in (
        Key("engine", _choice(*ENGINES), "embedded: the model in the package; endpoint: a server", choices=ENGINES),
        Key("model", _text, "a GGUF file for the embedded engine, a model's name for an endpoint"),
        Key("base_url", _url, "the endpoint, any server that speaks OpenAI's protocol"),
        Key("api_key", _text, "the endpoint's key; none is needed on this machine", secret=True),
        Key("tools", _choice(*TOOL_SETS), "shell: everything; gorilla: the 18 of distil_model", choices=TOOL_SETS),
        Key("timeout", _seconds, "seconds to wait for an endpoint"),
        Key("threads", _count, "threads of the embedded engine; 0 takes the physical cores, at most 4"),
        Key("job_description", _text, "a job_description.json whose task and tools an endpoint is given"),
        Key("allow_recursive", _truth, "let folders be removed with all they hold", choices=_ON_OFF),
        Key("feedback", _truth, "let shellper feedback keep what you say was wrong, on this machine", choices=_ON_OFF),
        Key("verbose", _truth, "show the model's tool call on standard error", choices=_ON_OFF),
    )
}


@dataclass(frozen=True)
class Settings:
    """The values in force.

    `model` is empty for the packaged model. `sources` says for each name: flag, environment, file or default;
    of an engine that follows from another setting, also from which, such as `file: base_url`.
    `warnings` are lines for the user, such as an unknown key in the file.
    """

    engine: str = "embedded"
    model: str = ""
    base_url: str = ENDPOINT_URL
    api_key: str = field(default="", repr=False)
    tools: str = "shell"
    timeout: float = 60.0
    threads: int = 0
    job_description: str = ""
    allow_recursive: bool = False
    feedback: bool = True
    verbose: bool = False
    sources: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


_Source = tuple[str, Mapping[str, Any]]


def load_settings(flags: Mapping[str, object] | None = None, *, file: Path | None = None) -> Settings:
    """The settings in force; flags that are None or no settings are passed over.

    Raises ConfigError for a value that cannot be used, naming it and where it stands, and for a file that is no TOML.
    """
    path = file or user_dirs.config_file()
    written, warnings = _of_file(path) if path else ({}, [])
    sources: list[_Source] = [("flag", _from_flags(flags or {})), ("environment", _from_environment())]
    if path:
        sources.append(("file", _from_file(written, path)))
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for name, key in KEYS.items():
        origin, known = next(((origin, known) for origin, known in sources if name in known), ("default", {}))
        values[name], origins[name] = known.get(name, key.default), origin
    _settle_engine(values, origins, sources)
    return Settings(**values, sources=origins, warnings=tuple(warnings))


def is_gguf(model: str, folder: Path | None = None) -> bool:
    """Whether a model's name is that of a file for the embedded engine; a relative path begins in the folder."""
    path = (folder or Path()) / user_dirs.user_path(model)
    return model.endswith(".gguf") or (os.sep in model and os.path.isfile(path))  # noqa: PTH113


def names_file(model: str, typed: bool) -> bool:
    """Whether a model that nothing else goes with is meant as a file, be it none that can be used.

    A server's models may be called `some/name`, and a file of that name may lie by chance where the user works: a name
    without a slash is a file's only if it was typed there.
    """
    path = user_dirs.user_path(model)
    if is_gguf(model) or model.startswith(("/", "~", "./", "../")):
        return True
    return os.path.exists(path) if os.sep in model else typed and os.path.isfile(path)  # noqa: PTH110, PTH113


def is_path(name: str, value: object, folder: Path | None = None) -> bool:
    """Whether the value of a setting is the path of a file; see is_gguf."""
    return (name == "model" and is_gguf(str(value), folder)) or (name == "job_description" and value != "")


def _settle_engine(values: dict[str, Any], origins: dict[str, str], sources: Iterable[_Source]) -> None:
    """Fill in the engine that base_url and model imply, and a model that fits the engine."""
    order = [origin for origin, _ in sources] + ["default"]
    for origin, known in sources:
        if "engine" in known:
            values["engine"], origins["engine"] = known["engine"], origin
        elif "base_url" in known:
            values["engine"], origins["engine"] = "endpoint", f"{origin}: base_url"
        elif known.get("model"):
            values["engine"] = "embedded" if names_file(known["model"], origin == "flag") else "endpoint"
            origins["engine"] = f"{origin}: model"
        else:
            continue
        # A model that was set for the other engine, in a source that counts less, is not meant for this one.
        weaker = order.index(origins["model"]) > order.index(origin)
        if weaker and is_gguf(values["model"]) != (values["engine"] == "embedded"):
            values["model"], origins["model"] = "", "default"
        break
    if values["engine"] == "endpoint" and not values["model"]:
        values["model"] = ENDPOINT_MODEL


def _read_values(raw: Mapping[str, object], name_of: Callable[[str], str]) -> dict[str, Any]:
    values = {}
    for name, value in raw.items():
        try:
            values[name] = KEYS[name].read(value)
        except ValueError as wanted:
            shown = "…" if KEYS[name].secret else repr(value)[:80]
            raise ConfigError(f"{name_of(name)} is {shown}, but must be {wanted}") from None
    return values


def _from_flags(flags: Mapping[str, object]) -> dict[str, Any]:
    given = {name: value for name, value in flags.items() if name in KEYS and value is not None}
    return _read_values(given, lambda name: "--" + name.replace("_", "-"))


def _from_environment() -> dict[str, Any]:
    given = {name: os.environ[key.variable] for name, key in KEYS.items() if os.environ.get(key.variable)}
    return _read_values(given, lambda name: KEYS[name].variable)


def _from_file(written: Mapping[str, object], path: Path) -> dict[str, Any]:
    values = _read_values(written, lambda name: f"{name} in {path}")
    served = values.get("engine", "endpoint" if "base_url" in values else "") == "endpoint"
    for name, value in values.items():
        if is_path(name, value, path.parent) and not (served and name == "model"):
            # A relative path in the file belongs to the file, not to wherever the user happens to work.
            values[name] = str(path.parent / user_dirs.user_path(value))
    return values


def _of_file(path: Path) -> tuple[dict[str, object], list[str]]:
    """The known keys as they stand in the file, and a line for each unknown one. Raises ConfigError."""
    table = config_file.read(path)
    known = {name: value for name, value in table.items() if name in KEYS}
    return known, [f"{path}: {unknown_key(name)}" for name in table if name not in KEYS]


def unknown_key(name: str) -> str:
    """What to tell the user about a key that is none, with the nearest that is one."""
    nearest = nearest_name(name.replace("-", "_"), KEYS)
    shown = "".join(letter if letter.isprintable() else "?" for letter in name)[:60]
    return f"unknown setting {shown!r}" + (
        f", did you mean {nearest}?" if nearest else f"; known are {', '.join(KEYS)}"
    )


def unknown_variables() -> list[str]:
    """A line for each environment variable that looks like a mistyped setting."""
    known = {key.variable for key in KEYS.values()} | OTHER_VARIABLES
    lines = []
    for variable in sorted(os.environ):
        nearest = nearest_name(variable, known) if variable.startswith(PREFIX) and variable not in known else None
        if nearest:
            lines.append(f"unknown variable {variable}, did you mean {nearest}?")
    return lines


def nearest_name(name: str, names: Iterable[str]) -> str | None:
    """The most alike of the names, None if none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name[:200], list(names), 1)), None)
