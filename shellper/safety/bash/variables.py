"""What variables may hold: what the command has set, what every shell sets, and what is known of nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from shellper.safety.bash.marks import HOME, SPLIT, UNKNOWN, UNSET, stored
from shellper.safety.bash.state import MOST_VALUES, State
from shellper.safety.flows import VARIES

_KNOWN = {
    "HOME": HOME, "IFS": " \t\n", "TMPDIR": "/tmp", "SHELL": "/bin/bash", "USER": UNKNOWN, "LOGNAME": UNKNOWN,  # noqa: S108
    "HOSTNAME": UNKNOWN, "PATH": UNKNOWN, "UID": "1000", "EUID": "1000", "RANDOM": "1", "SECONDS": "1", "LINENO": "1",
    "EDITOR": "vi", "VISUAL": "vi", "PAGER": "less", "OLDPWD": UNKNOWN, "OSTYPE": "linux-gnu", "LANG": "C",
    "XDG_CONFIG_HOME": HOME + "/.config", "XDG_DATA_HOME": HOME + "/.local/share", "XDG_CACHE_HOME": HOME + "/.cache",
    "?": "0", "$": "4242", "!": "4242", "#": "1", "-": "", "0": "bash", "_": UNKNOWN, "BASHPID": "4242", "PPID": "4242",
    "SUDO_USER": UNKNOWN, "DISPLAY": ":0", "TERM": "xterm", "COLUMNS": "80", "LINES": "24",
    "BASH_VERSION": "5.2.15(1)-release", "BASH": "/bin/bash", "SHLVL": "1",
}  # fmt: skip
_CHANGING = ("RANDOM", "SRANDOM", "SECONDS", "EPOCHSECONDS", "EPOCHREALTIME")
"""Variables with another value each time."""
PATHS = ("HOME", "PATH", "PWD", "OLDPWD", "SHELL", "BASH")
"""Variables whose value begins with a slash, whatever else it is."""


@dataclass(frozen=True)
class Values:
    """The texts that a variable may have, and where they came from."""

    texts: list[str]
    taints: frozenset[str] = frozenset()


def values_of(name: str, state: State) -> Values:
    """The possible values of a variable, or of a parameter such as `1` and `@`."""
    if name in ("@", "*") or re.fullmatch("[1-9][0-9]{0,8}", name):
        return _parameter(name, state)
    if state.references.get(name):
        found = [_own(other, state) for other in state.named(name)]
        texts = [text for values in found for text in values.texts][:MOST_VALUES]
        return Values(texts, frozenset().union(*(values.taints for values in found)))
    return _own(name, state)


def _parameter(name: str, state: State) -> Values:
    if state.positional is None:
        return Values([UNSET])
    words = state.positional if name in ("@", "*") else state.positional[int(name) - 1 : int(name)]
    texts = _joined([word.text for word in words], name, state)
    return Values(texts, frozenset().union(*(word.taints for word in words)))


def _joined(words: Iterable[str], key: str, state: State) -> list[str]:
    """The possible texts of all words together: for `*` between quotes the first character of IFS joins them."""
    words = list(words)
    if key == "@":
        return [SPLIT.join(words)]
    joints = {" ": None, **{stored(value)[:1]: None for value in state.variables.get("IFS", ())}}
    return [joint.join(words) for joint in joints]


def _own(name: str, state: State) -> Values:
    """The possible values of a variable that refers to no other."""
    if name in state.variables:
        return Values(list(state.variables[name]), state.taints.get(name, frozenset()))
    if name in ("PWD", "OLDPWD") and state.cwd is not None:
        return Values([state.cwd if name == "PWD" else UNKNOWN])
    if name == "PWD":
        return Values(["."])
    return Values([_KNOWN.get(name, UNSET)], frozenset({VARIES} if name in _CHANGING else ()))


def element(name: str, key: str, state: State, keys: bool = False) -> Values | None:
    """The possible texts of ${NAME[KEY]}, for `@` all at once, with `keys` the keys; None for what is no array."""
    elements = state.arrays.get(name)
    if elements is None:
        return None
    taints = state.taints.get(name, frozenset())
    if key in ("@", "*"):
        return Values(_joined(elements if keys else elements.values(), key, state), taints)
    if re.fullmatch("-[0-9]{1,9}", key):
        key = str(len(elements) + int(key))
    if key in elements:
        return Values([elements[key]], taints)
    return Values([""] if key.isdigit() else list(elements.values())[:MOST_VALUES] or [UNSET], taints)
