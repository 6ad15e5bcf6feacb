"""Files whose contents are run later, without anybody naming them: hooks, start-up files, timetables, services.

What is written into one is read as the script that it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress

from shellper.safety.names import names
from shellper.safety.places import SOME_HOME, STARTUP_FILES, expand_home

_HOOKS = "|".join(
    names(
        """
    applypatch-msg pre-applypatch post-applypatch pre-commit pre-merge-commit prepare-commit-msg commit-msg post-commit
    pre-rebase post-checkout post-merge pre-push pre-receive post-receive post-update push-to-checkout pre-auto-gc
    post-rewrite sendemail-validate fsmonitor-watchman reference-transaction
    """
    )
)
_STARTUP = "|".join(map(re.escape, (*STARTUP_FILES, ".envrc")))  # which direnv runs in its folder
_GIT_COMMANDS = (
    r"(?i)(?:alias|pager)\..+|.+\.(?:pager|editor|sshcommand|fsmonitor|gitproxy|askpass|external|command|cmd|textconv"
    r"|driver|clean|smudge|process|program|difffilter|helper|packobjectshook|uploadpack|receivepack)"
)


def _as_it_stands(text: str) -> Iterator[str]:
    yield text


def timetable(text: str) -> Iterator[str]:
    """The commands of a crontab, without the times in front of them."""
    yield re.sub(r"(?m)^[ \t]*(?:@\w+|(?:[\d*/,-]+[ \t]+){5})[ \t]*", "", text)


def _system_timetable(text: str) -> Iterator[str]:
    """The same where the user stands between time and command."""
    yield re.sub(r"(?m)^[ \t]*(?:@\w+|(?:[\d*/,-]+[ \t]+){5})[ \t]*[\w-]+[ \t]+", "", text)


def _service(text: str) -> Iterator[str]:
    """The commands of a systemd unit or a desktop entry."""
    yield from re.findall(r"(?m)^[ \t]*Exec\w*[ \t]*=[ \t]*[-+!@:|]*(.+)$", text)


def _git_settings(text: str) -> Iterator[str]:
    section = ""
    for line in text.splitlines():
        if header := re.match(r"\s*\[\s*([\w-]+)", line):
            section = header[1]
        elif setting := re.match(r"\s*([\w-]+)\s*=\s*(.+)", line):
            yield from git_scripts(f"{section}.{setting[1]}", setting[2].strip().strip('"'))


def git_scripts(setting: str, value: str) -> Iterator[str]:
    """The script that a setting of git is: those that name a command, and aliases."""
    if value.startswith("!"):
        yield value[1:]
    elif setting.lower().startswith("alias."):
        yield f"git {value}"
    elif re.fullmatch(_GIT_COMMANDS, setting) and not (setting.lower().endswith("helper") and "/" not in value):
        yield value  # a helper without a path is named by what follows git-credential-


def _package(text: str) -> Iterator[str]:
    """The scripts of a package.json."""
    with suppress(ValueError, AttributeError):
        yield from (script for script in json.loads(text).get("scripts", {}).values() if isinstance(script, str))


def _recipes(text: str) -> Iterator[str]:
    """The recipes of a justfile: the lines that are set in."""
    yield from re.findall(r"(?m)^[ \t]+@?(.+)$", text)


def _tasks(text: str) -> Iterator[str]:
    """What a Rakefile has a shell do."""
    yield from (script for _, script in re.findall(r"""\bsh[\s(]*(["'])(.+?)\1""", text))


_Kinds = tuple[tuple[re.Pattern[str], Callable[[str], Iterator[str]]], ...]
_KINDS: _Kinds = tuple(
    (re.compile(pattern), scripts)
    for pattern, scripts in (
        (rf"(?:.*/)?(?:{_HOOKS})", _as_it_stands),
        (rf"(?:.*/)?(?:{_STARTUP})", _as_it_stands),
        (r"/etc/(?:profile|bash\.bashrc|bashrc|zsh/\w+|zshrc|rc\.local|profile\.d/.+|init\.d/.+)", _as_it_stands),
        (r"/etc/cron\.(?:hourly|daily|weekly|monthly)/.+", _as_it_stands),
        (r"/var/spool/cron/.+", timetable),
        (r"/etc/(?:crontab|cron\.d/.+)", _system_timetable),
        (r".*\.(?:service|desktop)", _service),
        (r"(?:.*/)?(?:\.gitconfig|\.git/config|git/config)", _git_settings),
    )
)


_TASKS: _Kinds = (
    (re.compile(r"(?:.*/)?package\.json"), _package),
    (re.compile(r"(?:.*/)?\.?[Jj]ustfile"), _recipes),
    (re.compile(r"(?:.*/)?[Rr]akefile"), _tasks),
)
"""Files whose scripts are run by name: one that is fetched is no danger yet."""


def planted(path: str, text: str) -> list[str]:
    """The scripts in the text that may run later because it is written to this path."""
    return [script for scripts in _readers(path, _KINDS + _TASKS)[:1] for script in scripts(text)]


def is_planted(path: str) -> bool:
    """Whether what is written to this path runs later by itself."""
    return bool(_readers(path, _KINDS))


def _readers(path: str, kinds: _Kinds) -> list[Callable[[str], Iterator[str]]]:
    path = expand_home(path, SOME_HOME)
    return [scripts for pattern, scripts in kinds if pattern.fullmatch(path)]
