"""Containers and clusters: what runs there counts as remote, except on what is mounted from this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shellper.safety.calls import Call, Word
from shellper.safety.options import VALUED
from shellper.safety.wrappers.inner import Inner
from shellper.safety.wrappers.remote import behind_dashes

_OPTIONS = VALUED["docker run"]


def docker(call: Call) -> Iterator[Inner]:
    """`docker run IMAGE COMMAND…`, `docker exec CONTAINER COMMAND…`, the same with `docker compose`."""
    verbs = [word.plain for word in call.operands[:2]]
    if verbs[:1] == ["compose"]:
        verbs = verbs[1:]
    if verbs[:1] not in (["run"], ["exec"]):
        return
    start = [word.plain for word in call.args].index(verbs[0]) + 1
    mounts, words = _after_options(call.args[start:])
    command = words[1:]  # after the image or the container
    for source, target in mounts:
        if target and target != "/":
            command = [replace(word, text=_mounted(word.text, source, target)) for word in command]
    yield Inner(words=tuple(command), remote=True)


def _after_options(args: Sequence[Word]) -> tuple[list[tuple[str, str]], list[Word]]:
    """What is mounted, as (path here, path in the container), and the words after the options."""
    words = list(args)
    mounts: list[tuple[str, str]] = []
    while words and words[0].plain.startswith("-") and words[0].plain != "-":
        name, equals, value = words.pop(0).plain.partition("=")
        valued = name in _OPTIONS or (not name.startswith("--") and "-" + name[-1] in _OPTIONS)
        if valued and not equals and words:
            value = words.pop(0).text
        if name == "--mount":
            fields = dict(part.partition("=")[::2] for part in value.split(","))
            mounts.append((fields.get("source", fields.get("src", "")), fields.get("target", fields.get("dst", ""))))
        elif name in ("-v", "--volume"):
            source, _, target = value.partition(":")
            mounts.append((source, target.partition(":")[0]))
    return mounts, words


def _mounted(text: str, source: str, target: str) -> str:
    """Text that names a path in the container, with the path here in its place."""
    return re.sub(rf"(?<![\w./]){re.escape(target)}(?=/|$|\s)", lambda _: source.rstrip("/") or "/", text)


def kubectl(call: Call) -> Iterator[Inner]:
    """`kubectl exec POD -- COMMAND…`."""
    if any(word.plain == "exec" for word in call.args):
        yield from behind_dashes(call)
