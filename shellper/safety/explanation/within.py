"""The commands inside another command's arguments, as they are written there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shellper.safety.calls import Call, Word
from shellper.safety.names import names
from shellper.safety.wrappers import READERS, inner_commands, runners
from shellper.safety.wrappers.find import ACTIONS, command_end
from shellper.safety.wrappers.inner import after_options

_CONTAINERS = frozenset(names("docker podman nerdctl docker-compose kubectl lxc incus distrobox"))
_OWN_FILES = frozenset(name for name, reader in READERS.items() if reader in (runners.environment, runners.npm))
"""What runs in their environments works on the same files."""
_LATER = frozenset(names("trap at batch crontab bind complete"))


@dataclass(frozen=True)
class Within:
    """A command that another one runs: its words, or else a script as text."""

    words: tuple[Word, ...] = ()
    script: str = ""
    note: str = ""
    where: str = ""


def within(call: Call) -> Iterator[Within]:
    """What the call runs in turn. What stands there in place of names that only come later is left as it is."""
    if call.program in ("xargs", "parallel"):
        yield from _for_each(call)
    elif call.program == "find":
        yield from _on_findings(call)
    elif call.program in READERS and call.program != "fd" and not _sets(call):
        for inner in inner_commands(call):
            where = _where(call) if inner.remote else "later: " if call.program in _LATER else ""
            if not inner.guess:
                yield Within(inner.words or (), inner.script, where.rstrip(": "), where)


def _sets(call: Call) -> bool:
    """`git config`: what it sets runs some other time, if at all."""
    return call.program == "git" and [word.plain for word in call.operands[:1]] == ["config"]


def _where(call: Call) -> str:
    if call.program in _OWN_FILES:
        return ""
    return "in the container: " if call.program in _CONTAINERS else "on the other machine: "


def _for_each(call: Call) -> Iterator[Within]:
    words = after_options(call)
    if call.program == "parallel":
        words = words[: next((n for n, word in enumerate(words) if word.plain.startswith(":::")), len(words))]
    places = [word.plain for word in call.option_values("-I", "-J", "--replace")]
    if call.program == "parallel" and any("{" in word.plain for word in words):
        places = ["{}"]
    if places and words:
        yield Within(words, note=f"once for each word that {call.program} gets, in place of {places[0]}")
    elif words:
        yield Within((*words, Word("…")), note=f"… are the words that {call.program} gets")


def _on_findings(call: Call) -> Iterator[Within]:
    words = list(call.args)
    while words:
        if words.pop(0).plain in ACTIONS:
            end = command_end(words)
            yield Within(tuple(words[:end]), note=_how_often(words[: end + 1]))
            del words[:end]


def _how_often(words: list[Word]) -> str:
    """What to say of the command that find runs, given with its end."""
    note = "with what find finds in place of {}" if any("{}" in word.plain for word in words) else ""
    if words and words[-1].plain == "+":
        return note
    return f"{note}, once for each" if note else "once for each thing that find finds"
