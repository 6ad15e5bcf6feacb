"""What a new shell of the user loads and binds to the key: the shell itself is asked, with the user's start-up files.

Keys          whether the hook is loaded, the key, what it does, and what stands in its way
Conflict      another tool's binding, and the cure
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace

OTHER_KEY = {"bash": "SHELLPER_KEY='\\C-o'", "zsh": "SHELLPER_KEY='^O'", "fish": "set -g SHELLPER_KEY \\co"}
WIDGET = "shellper_request"
TAKEN = "has the key instead of shellper"
SECONDS = 10

_ASK = {
    "bash": r"""
        printf '%s\n' "version $BASH_VERSION" "hook ${SHELLPER_HOOK-}" "key ${SHELLPER_KEY-\C-g}"
        bind -X; bind -s; bind -p
    """,
    "zsh": r"""
        print -rl -- "version $ZSH_VERSION" "hook ${SHELLPER_HOOK-}" "key ${(V)${SHELLPER_KEY-^G}}"
        (( ${+_comps[shellper]} )) || print -r -- "completions none"
        bindkey -L
    """,
    "fish": r"""
        functions -q fish_user_key_bindings; and fish_user_key_bindings
        set -q SHELLPER_KEY; or set SHELLPER_KEY \cg
        printf '%s\n' "version $FISH_VERSION" "hook $SHELLPER_HOOK" "key "(string escape -n -- "$SHELLPER_KEY")
        bind
    """,
}
_BINDING = {
    "bash": re.compile(r'"(?P<keys>.+?)":? "?(?P<action>.+?)"?'),
    "zsh": re.compile(r'bindkey (?:-\w+ )*"(?P<keys>.+?)" (?P<action>.+)'),
    "fish": re.compile(r"bind (?:-M \w+ |-m \w+ )*(?P<keys>[^-\s]\S*) (?P<action>.+)"),  # --preset is the shell's own
}
_TOLD = re.compile(r"^(version|hook|key|completions) (.*)$", re.MULTILINE)
_CTRL = re.compile(r"(?:[Cc]trl-|\\[Cc]-?|\^)(?P<letter>.)")
"""Ctrl in the notations of fish 4, of bash and fish 3, and of zsh."""
_FISH_4 = re.compile(r"ctrl-(?P<letter>.)")
_TEXT = re.compile(r"""[\w"']|\\\\""")
"""The beginning of what a shell takes for letters to be typed one after the other."""
_OWN = ("abort", "send-break", "list-expand", "cancel", "self-insert")
"""What the shells themselves have on Ctrl-G."""


@dataclass(frozen=True)
class Conflict:
    """Another tool's binding on our key, or one that begins with it."""

    binding: str
    effect: str
    cure: str


@dataclass(frozen=True)
class Keys:
    """The key in the shell's notation ("" where the user wants none), and whether it is bound to shellper.

    `loaded` says whether the shell loads the hook, `completes` whether TAB completes shellper's command line then.
    """

    shell: str
    version: str
    key: str
    bound: bool
    conflicts: Sequence[Conflict] = ()
    loaded: bool = False
    completes: bool = True

    @property
    def supported(self) -> bool:
        """Whether the hook works in this version of the shell: bash before 4.0 shows its handlers no line."""
        return not (self.shell == "bash" and self.version.split(".")[0] in ("1", "2", "3"))


def look(shell: str) -> Keys | None:
    """The state of the key in a new shell ("bash", "zsh", "fish"); None if the shell does not answer."""
    text = _ask(shell)
    told = dict(_TOLD.findall(text))
    if "version" not in told:
        return None
    keys = read(shell, told["version"], told.get("key", ""), text)
    return replace(keys, loaded=bool(told.get("hook")), completes="completions" not in told)


def read(shell: str, version: str, key: str, listing: str) -> Keys:
    """The state of the key, from the bindings as the shell lists them."""
    bound, conflicts = False, []
    is_fish_3 = shell == "fish" and version.startswith("3.")
    matches = (_BINDING[shell].fullmatch(line.strip()) for line in listing.splitlines())
    for keys, action in dict.fromkeys((match["keys"], match["action"]) for match in matches if match):
        same, longer = _relation(key, keys)
        if same and WIDGET in action:
            bound = True
        elif same and action not in _OWN:
            cure = f"load shellper after it, or choose another key before: {OTHER_KEY[shell]}"
            conflicts.append(Conflict(f"{keys} {action}", TAKEN, cure))
        elif longer:
            cure = f"remove it, or choose another key before the hook: {OTHER_KEY[shell]}"
            waits = "the next key" if is_fish_3 else "a pause"
            effect = f"begins with the key, which therefore answers only after {waits}"
            conflicts.append(Conflict(f"{keys} {action}", effect, cure))
    if is_fish_3 and (match := _FISH_4.match(key)):
        conflicts.append(
            Conflict(key, "is how fish 4 writes it", f"write it so: set -g SHELLPER_KEY \\c{match['letter']}")
        )
    elif _TEXT.match(key) and (is_fish_3 or shell != "fish"):
        conflicts = [Conflict(key, "is no key but text to type", f"write it so: {OTHER_KEY[shell]}")]
    taken = any(conflict.effect == TAKEN for conflict in conflicts)
    return Keys(shell, version, key, bound and not taken, conflicts)


def _relation(key: str, keys: str) -> tuple[bool, bool]:
    """Whether the keys are the key, and whether they begin with it and go on."""
    key, keys = (_CTRL.sub(lambda match: "^" + match["letter"].upper(), each) for each in (key, keys))
    return bool(key) and keys == key, bool(key) and keys != key and keys.startswith(key)


def _ask(shell: str) -> str:
    """What an interactive shell lists; "" if there is none, or if it takes too long."""
    # The hook of the shell that asks is exported: what is in the answer shall be the new shell's own.
    variables = {name: value for name, value in os.environ.items() if name != "SHELLPER_HOOK"}
    try:
        # A session of its own, so that an interactive shell does not take this terminal away.
        run = subprocess.run(
            [shell, "-ic", _ASK[shell]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            start_new_session=True,
            env=variables,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return run.stdout.decode("utf-8", "replace")
