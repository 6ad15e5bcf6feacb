"""What a variable makes other programs run: a command (PAGER), a file (BASH_ENV), code loaded first (LD_PRELOAD).

A variable that gives options or code to a program is read as a call of that program with them: NODE_OPTIONS='-r x' as
`node -r x`, LD_PRELOAD=x as `ld.so --preload x`. So the rules for programs hold for variables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shellper.safety.bash.state import State
from shellper.safety.calls import Word
from shellper.safety.flows import TERMINAL, Data
from shellper.safety.names import names
from shellper.safety.places import is_shared

if TYPE_CHECKING:
    from shellper.safety.bash.reader import Reader

_COMMANDS = frozenset(
    names(
        """
    PROMPT_COMMAND PAGER GIT_PAGER MANPAGER EDITOR VISUAL GIT_EDITOR GIT_SSH_COMMAND GIT_EXTERNAL_DIFF BROWSER LESSOPEN
    GIT_ASKPASS SUDO_ASKPASS GIT_SEQUENCE_EDITOR GIT_SSH GIT_PROXY_COMMAND LESSCLOSE RSYNC_RSH SVN_SSH SUDO_EDITOR
    KUBE_EDITOR SYSTEMD_EDITOR SYSTEMD_PAGER SSH_ASKPASS FCEDIT BAT_PAGER DELTA_PAGER AWS_PAGER PSQL_PAGER PSQL_EDITOR
    FZF_DEFAULT_COMMAND FZF_CTRL_T_COMMAND FZF_ALT_C_COMMAND HGEDITOR CVS_RSH RSYNC_CONNECT_PROG TAR_RSH
    """
    )
)
_PROMPTS = frozenset(names("PS0 PS1 PS2 PS4 RPS1 PROMPT RPROMPT"))
"""Shells expand the substitutions in them each time they show them."""
_SCRIPT_FILES = frozenset(names("BASH_ENV ENV"))
"""They name a file that every new shell reads first."""
_OPTIONS = {
    "NODE_OPTIONS": "node", "BUN_OPTIONS": "bun", "RUBYOPT": "ruby", "PERL5OPT": "perl", "TAR_OPTIONS": "tar",
    "JAVA_TOOL_OPTIONS": "java", "JDK_JAVA_OPTIONS": "java", "_JAVA_OPTIONS": "java", "MAKEFLAGS": "make",
}  # fmt: skip
_LOADED = {
    "LD_PRELOAD": ("ld.so", "--preload"), "LD_AUDIT": ("ld.so", "--audit"),
    "DYLD_INSERT_LIBRARIES": ("ld.so", "--preload"), "PYTHONSTARTUP": ("python",),
}  # fmt: skip
_SEARCHED = frozenset(
    names("LD_LIBRARY_PATH DYLD_LIBRARY_PATH PYTHONPATH NODE_PATH PERL5LIB RUBYLIB CLASSPATH GIT_EXEC_PATH PATH")
)
"""Lists of folders in which programs look for code."""


def run_variable(reader: Reader, name: str, values: Sequence[Word], state: State) -> None:
    """Read the values of a variable as what some program makes of them; a word's data is what its file contains."""
    later = state.copy()
    later.stdin, later.implied = TERMINAL, True
    for value in values[:4]:
        for script in _scripts(name, value, state):
            reader.script(script, later.copy())
        for program, *words in _calls(name, value, state):
            args = [word if isinstance(word, Word) else Word(word) for word in words]
            reader.call(later.call(str(program), args), later.copy())


def _scripts(name: str, value: Word, state: State) -> list[str]:
    if name in _COMMANDS:
        return [value.text.lstrip("|- ")]  # LESSOPEN's begins with a pipe
    if name in _PROMPTS and re.search(r"\$\(|`", value.text):
        return [f": <<END_OF_PROMPT\n{value.text}\nEND_OF_PROMPT\n"]
    if name in _SCRIPT_FILES:
        return list((value.data or state.files.get(value.text, Data())).texts)
    return []


def _calls(name: str, value: Word, state: State) -> list[tuple[str | Word, ...]]:
    """The calls that stand for what the variable does."""
    if name in _OPTIONS:
        return [(_OPTIONS[name], *(replace(value, text=text) for text in _split(value.text)))]
    if name in _LOADED:
        return [(*_LOADED[name], replace(value, text=text)) for text in re.split(r"[\s:]+", value.text) if text]
    if name in _SEARCHED and any(is_shared(text, state.cwd) for text in value.text.split(":")):
        return [("ld.so", "--library-path", value)]
    if match := re.fullmatch(r"GIT_CONFIG_(?:KEY|VALUE)_(\d+)", name):
        parts = [state.variables.get(f"GIT_CONFIG_{part}_{match[1]}", ()) for part in ("KEY", "VALUE")]
        return [("git", "-c", f"{key}={setting}") for key in parts[0] for setting in parts[1]]
    return []


def _split(text: str) -> list[str]:
    import shlex

    try:
        return shlex.split(text)
    except ValueError:
        return text.split()
