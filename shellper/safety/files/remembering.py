"""What commands write into files, and what becomes of it: it is run, sent away, or runs later by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from shellper.safety.bash.marks import HOME
from shellper.safety.bash.state import State
from shellper.safety.calls import Call, transferred
from shellper.safety.files.planted import is_planted, planted
from shellper.safety.files.written import made_files, transfer_targets
from shellper.safety.flows import NETWORK, SECRETS, TERMINAL, Data
from shellper.safety.levels import Finding, Level
from shellper.safety.outputs import downloaded_files
from shellper.safety.sources import sources

if TYPE_CHECKING:
    from shellper.safety.bash.reader import Reader

_UNREAD = Finding(Level.FORBIDDEN, "what comes from the network will run later, unread")


def remember(reader: Reader, call: Call, output: Data, state: State) -> None:
    """Keep what a call wrote, for the calls that follow."""
    for name, data in _contents(call, output, state):
        if SECRETS & data.taints and name.startswith(("/dev/tcp/", "/dev/udp/")):
            reader.reading.findings.append(Finding(Level.FORBIDDEN, "sends keys or passwords away"))
        if not name.startswith("/dev/"):
            _keep(reader, name, data, state)
    if call.program == "ln" and call.has("-s", "--symbolic"):
        state.links.update(_links(call))
    fetched = downloaded_files(call)
    came = sources(call, reader.surroundings)
    if NETWORK in came:
        fetched += [word.plain for word in made_files(call)]
    state.downloads.update(name for written in fetched for name in (written, f"./{written}"))
    if any(map(is_planted, fetched)):
        reader.reading.findings.append(_UNREAD)
    if SECRETS & (output.taints | came):
        state.secrets.update(word.plain for word in made_files(call) if word.plain != "-")


def _contents(call: Call, output: Data, state: State) -> Iterator[tuple[str, Data]]:
    """The files that a call writes, and what is in them then."""
    targets = [redirect.target for redirect in call.redirects if redirect.writes or redirect.appends]
    targets += call.operands if call.program in ("tee", "sponge") else []
    yield from ((word.plain, output) for word in targets)
    if call.program in ("cp", "mv", "install", "ln"):
        for source, target in zip(transferred(call)[0], transfer_targets(call), strict=False):
            if source.plain in state.files:
                yield target.plain, state.files[source.plain]


def _links(call: Call) -> Iterator[tuple[str, str]]:
    """Every link that leads to a place which is written out, by the names under which it may be found."""
    for source, target in zip(transferred(call)[0], transfer_targets(call), strict=False):
        if source.text.startswith(("/", HOME)):
            yield from ((name, source.text) for name in (target.text, f"./{target.text}"))


def _keep(reader: Reader, name: str, data: Data, state: State) -> None:
    if NETWORK in data.taints:
        state.downloads.update((name, f"./{name}"))
        if is_planted(name):
            reader.reading.findings.append(_UNREAD)
    if data.texts:
        state.files[name] = state.files[f"./{name}"] = data
    later = replace(state.copy(), stdin=TERMINAL, cwd=None, implied=True)
    for script in (script for text in data.texts[:4] for script in planted(name, text)):
        reader.script(script, later.copy(), guess=True)
