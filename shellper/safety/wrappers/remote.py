"""Programs that speak to other machines: ssh runs a command there, rsync and nc run one here."""

from __future__ import annotations

from collections.abc import Iterator

from shellper.safety.state import Call
from shellper.safety.wrappers.inner import Inner, after_options


def ssh(call: Call) -> Iterator[Inner]:
    """`ssh HOST COMMAND…`, `… | ssh HOST`, and the commands in `-o`."""
    for word in call.option_values("-o"):
        if word.plain.lower().startswith(("proxycommand=", "localcommand=")):
            yield Inner(script=word.plain.partition("=")[2])
    words = after_options(call, 1)
    if words:
        yield Inner(script=" ".join(word.text for word in words), remote=True)
    elif call.stdin.piped and call.args:
        for text in call.stdin.texts[:4]:
            yield Inner(script=text, remote=True)


def rsync(call: Call) -> Iterator[Inner]:
    """`rsync -e SCRIPT`."""
    for word in call.option_values("-e", "--rsh"):
        yield Inner(script=word.text)


def nc(call: Call) -> Iterator[Inner]:
    """`nc -e SCRIPT`: what talks to the other machine."""
    for word in call.option_values("-e", "-c", "--exec", "--sh-exec"):
        yield Inner(script=word.text)
