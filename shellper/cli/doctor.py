"""`shellper doctor`: is everything in order, and if not, how is it mended?"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from time import perf_counter

import click

from shellper import __version__, user_dirs
from shellper.cli.options import engine_options, examples, flag, json_option
from shellper.cli.output import columns, write, write_json
from shellper.errors import ShellperError
from shellper.init import LOADING
from shellper.keys import OTHER_KEY, Keys, look
from shellper.resources import REPAIR
from shellper.settings import KEYS, PREFIX, Settings, load_settings, unknown_variables
from shellper.terminal import NO_TERMINAL, REMEDY, current_terminal
from shellper.text import visible

GOOD, ODD, BAD = "ok", "note", "broken"
TEST_REQUEST = "list all files"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: its state, what was seen, and the repair."""

    state: str
    name: str
    seen: str
    repair: str = ""


@click.command("doctor", epilog=examples("shellper doctor", "shellper doctor --engine endpoint"))
@engine_options
@json_option
def doctor(**_options: object) -> int:
    """Check the installation, and say how to mend it. The exit status is 1 if something is broken.

    An endpoint is asked only if it is the engine in force.
    """
    findings = list(_examine())
    if flag("json"):
        write_json([vars(finding) for finding in findings])
    else:
        _show(findings)
    return int(_broken(findings))


def _show(findings: Sequence[Finding]) -> None:
    """Each with its repair, which is not said twice."""
    said = {""}
    for finding in findings:
        write(columns([(finding.state.ljust(len(BAD)), finding.name.ljust(12), finding.seen)])[0])
        if finding.repair not in said:
            write(f"{'':{len(BAD)}}  {'':12}  -> {finding.repair}")
            said.add(finding.repair)


def _broken(findings: Sequence[Finding]) -> bool:
    return any(finding.state == BAD for finding in findings)


def _examine() -> Iterator[Finding]:
    yield Finding(GOOD, "shellper", f"{__version__} in {Path(__file__).parent.parent}")
    yield _python()
    settings = Settings()
    try:
        settings = load_settings({name: flag(name) for name in KEYS})
        yield from _configuration(settings)
    except ShellperError as error:
        yield Finding(BAD, "settings", str(error), _cure(str(error)))
    yield Finding(GOOD, "engine", f"{settings.engine} ({settings.sources.get('engine', 'default')})")
    name, look_at = ("endpoint", _endpoint) if settings.engine == "endpoint" else ("model", _model)
    engine = list(_safely(name, lambda: look_at(settings)))
    yield from engine
    if not _broken(engine):  # it would only say the same again
        yield from _safely("test", lambda: _test(settings))
    yield from _safely("state", _folders)
    yield _terminal()
    shell = _shell()
    keys = look(shell)
    yield _hook(shell, keys)
    if keys:
        yield from _key(keys)
        yield from _completions(keys)


def _safely(name: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """The findings; an error is one too."""
    try:
        yield from look()
    except ShellperError as error:
        yield Finding(BAD, name, str(error))
    except Exception as error:
        yield Finding(BAD, name, f"{type(error).__name__}: {error}", REPAIR)


def _cure(problem: str) -> str:
    """What mends a setting that cannot be used; empty where its error says so, or it was given as an option."""
    file = user_dirs.config_file()
    if problem.startswith(PREFIX):
        return f"unset {problem.split()[0]}, or set it to that"
    if file and problem.startswith("cannot read") and not os.access(file, os.R_OK):
        return f"chmod u+rwX {quote(str(file.parent))} {quote(str(file))}"
    return "" if "config edit" in problem or problem.startswith("--") else "shellper config edit"


def _python() -> Finding:
    version, system = platform.python_version(), f"{platform.system()} {platform.machine()}"
    return Finding(GOOD, "python", f"{version} on {system}")


def _configuration(settings: Settings) -> Iterator[Finding]:
    file = user_dirs.config_file()
    exists = file is not None and file.exists()
    yield Finding(GOOD, "settings", str(file) if exists else "the defaults: there is no file")
    for line in (*settings.warnings, *unknown_variables()):
        yield Finding(ODD, "settings", line, "shellper config edit" if line in settings.warnings else "")
    if settings.api_key and file and exists and file.stat().st_mode & 0o077 and settings.sources["api_key"] == "file":
        yield Finding(ODD, "settings", "others can read the file with your API key", f"chmod 600 {quote(str(file))}")


def _model(settings: Settings) -> Iterator[Finding]:
    from shellper.models import model_path, read_info, require_whole, sha256

    path = model_path(settings)
    require_whole(path)
    info = read_info(path)
    yield Finding(GOOD, "model", f"{info.path}, {info.size / 1e6:.0f} MB, sha256 {sha256(info.path)[:16]}…")


def _endpoint(settings: Settings) -> Iterator[Finding]:
    from shellper.engines.endpoint import list_models

    models = list_models(settings)
    shown = ", ".join(models[:8]) + (" …" if len(models) > 8 else "")
    yield Finding(GOOD, "endpoint", f"{settings.base_url} has {shown or 'no models'}")
    names = {name for model in models for name in (model, model.removesuffix(":latest"))}
    if models and settings.model not in names:
        yield Finding(ODD, "endpoint", f"{settings.model} is not among them", "shellper config set model NAME")


def _test(settings: Settings) -> Iterator[Finding]:
    from shellper.assistant import Assistant

    started = perf_counter()
    suggestion = Assistant.create(settings).suggest(TEST_REQUEST)
    suggestion.require_allowed()
    yield Finding(GOOD, "test", f"{TEST_REQUEST} -> {suggestion.command} ({perf_counter() - started:.2f} s)")


def _folders() -> Iterator[Finding]:
    try:
        state = user_dirs.state_dir()
    except ShellperError as error:
        yield Finding(ODD, "state", str(error))
        return
    for folder in (state, state / "conversations"):
        try:
            yield _folder(folder)
        except OSError as error:  # of the folder above, so that nothing is known of this one
            above = quote(str(folder.parent))
            yield Finding(BAD, "state", f"{folder} cannot be looked at: {error.strerror}", f"chmod 700 {above}")


def _folder(folder: Path) -> Finding:
    """The state of a folder that is the user's alone. Raises OSError."""
    try:
        status = folder.stat()
    except (FileNotFoundError, NotADirectoryError):
        above = next(parent for parent in folder.parents if parent.exists())
        if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
            return Finding(
                BAD, "state", f"{folder} cannot be made in {above}", "set XDG_STATE_HOME to a folder of yours"
            )
        return Finding(GOOD, "state", f"{folder} (not made yet)")
    mode = f"{folder}, mode {status.st_mode & 0o777:04o}"
    path = quote(str(folder))
    if status.st_uid != os.geteuid():
        return Finding(BAD, "state", f"{mode}, belongs to another user", f"sudo chown -R $(id -un) {path}")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Finding(BAD, "state", f"{mode}, cannot be read and written", f"chmod 700 {path}")
    if status.st_mode & 0o077:
        return Finding(BAD, "state", f"{mode}, open to others", f"chmod 700 {path}")
    return Finding(GOOD, "state", mode)


def _terminal() -> Finding:
    terminal = current_terminal()
    if terminal:
        return Finding(GOOD, "terminal", f"{terminal.name}, conversation {terminal.key}")
    return Finding(ODD, "terminal", NO_TERMINAL, REMEDY)


def _hook(shell: str, keys: Keys | None) -> Finding:
    # Shell, version, process; exported, so that a shell within the shell inherits it without having the hook.
    loaded, version, process = (*os.environ.get("SHELLPER_HOOK", "").split(), "", "", "")[:3]
    file, line = LOADING[shell]
    seen, repair = "not loaded in this shell", f"add to {file}: {line}"
    if keys and keys.loaded:
        seen, repair = f"{seen}, but in every new one", f"open a new terminal, or: source {file}"
    if not loaded:
        return Finding(ODD, "hook", seen, repair)
    if version != __version__:
        return Finding(BAD, "hook", f"{loaded}, of version {version}: this is {__version__}", "open a new terminal")
    if process and process != str(os.getppid()):
        seen = f"{loaded}, version {version}, loaded in process {process}; this shell may be another"
        return Finding(ODD, "hook", seen, repair)
    return Finding(GOOD, "hook", f"{loaded}, version {version}")


def _shell() -> str:
    """The shell that this was typed into, as far as can be told, else that of the hook, else of the login."""
    names = (_parent(), os.environ.get("SHELLPER_HOOK", "").split(" ")[0], Path(os.environ.get("SHELL", "")).name)
    return next((name for name in names if name in LOADING), "bash")


def _parent() -> str:
    try:
        return Path(f"/proc/{os.getppid()}/comm").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):  # not on macOS
        return ""


def _key(keys: Keys) -> Iterator[Finding]:
    """What the user's own start-up files do to the key, and whether the shell can have it."""
    shell = keys.shell
    if not keys.supported:
        cure = "install a newer bash, or use: shellper REQUEST"
        yield Finding(ODD, "key", f"bash {keys.version} has no key: the hook needs 4.0", cure)
    elif not keys.key:
        yield Finding(GOOD, "key", f"none in {shell}: SHELLPER_KEY is empty")
    else:
        for conflict in keys.conflicts:
            yield Finding(ODD, "key", f"{shell}: {conflict.binding[:60]} {conflict.effect}", conflict.cure)
        if not keys.conflicts:
            seen = f"{visible(keys.key)} in {shell} is " + ("bound to shellper" if keys.bound else "free")
            file, line = LOADING[shell]
            if keys.bound:
                yield Finding(GOOD, "key", seen)
            elif keys.loaded:
                cure = f"bind nothing to it after the hook, or choose another key before: {OTHER_KEY[shell]}"
                yield Finding(ODD, "key", f"{visible(keys.key)} in {shell} does not ask shellper", cure)
            else:
                seen = f"{seen}; new terminals do not load the hook yet"
                yield Finding(GOOD, "key", seen, f"add to {file}: {line}")


def _completions(keys: Keys) -> Iterator[Finding]:
    if keys.loaded and not keys.completes:
        cure = "add to ~/.zshrc, before the line of shellper: autoload -Uz compinit && compinit"
        yield Finding(ODD, "completions", f"none in {keys.shell}: its compinit has not run", cure)
