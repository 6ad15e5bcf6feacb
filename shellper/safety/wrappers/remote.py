"""Programs that speak to other machines: ssh, ansible and pdsh run a command there, rsync and nc one here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from shellper.safety.calls import Call
from shellper.safety.wrappers.inner import Inner, after_options
from shellper.safety.wrappers.tools import escapes


def ssh(call: Call) -> Iterator[Inner]:
    """`ssh HOST COMMAND…`, `… | ssh HOST`, and the commands in `-o`."""
    yield from _settings(call)
    words = after_options(replace(call, args=after_options(call, 1)))  # options and `--` may follow the host as well
    if words:
        yield Inner(script=" ".join(word.text for word in words), remote=True)
    elif call.stdin.piped and call.args:
        for text in call.stdin.texts[:4]:
            yield Inner(script=text, remote=True)


def _settings(call: Call) -> Iterator[Inner]:
    """`-o ProxyCommand=SCRIPT` and the like: they run here."""
    for word in call.option_values("-o"):
        if match := re.match(r"(?is)\s*(?:proxy|local|knownhosts)command\s*[=\s]\s*(.+)", word.text):
            yield Inner(script=match[1])


def copying(call: Call) -> Iterator[Inner]:
    """`scp -S PROGRAM`, the commands in `-o`, and lines for sftp that begin with `!`."""
    yield from escapes(call)
    yield from _settings(call)
    yield from (Inner(script=word.text) for word in call.option_values("-S"))


def fleet(call: Call) -> Iterator[Inner]:
    """`pdsh -w HOSTS COMMAND…`: on many machines at once."""
    yield Inner(script=" ".join(word.text for word in after_options(call)), remote=True)


def ansible(call: Call) -> Iterator[Inner]:
    """`ansible HOSTS -m shell -a SCRIPT`; most other modules take NAME=VALUE."""
    modules = [word.plain.rpartition(".")[2] for word in call.option_values("-m", "--module-name")]
    if not modules or modules[-1] in ("command", "shell", "raw", "script"):
        yield from (Inner(script=word.text, remote=True) for word in call.option_values("-a", "--args"))


def behind_option(call: Call) -> Iterator[Inner]:
    """`vagrant ssh -c SCRIPT`, `gcloud compute ssh HOST --command=SCRIPT`, `fly ssh console -C SCRIPT`."""
    if "ssh" in [word.plain for word in call.operands]:
        yield from (Inner(script=word.text, remote=True) for word in call.option_values("-c", "-C", "--command"))
    yield from behind_dashes(call)


def shell(call: Call) -> Iterator[Inner]:
    """`adb shell SCRIPT`, `minikube ssh SCRIPT`."""
    texts = [word.plain for word in call.args]
    if verbs := [text for text in ("shell", "ssh") if text in texts]:
        yield Inner(script=" ".join(word.text for word in call.args[texts.index(verbs[0]) + 1 :]), remote=True)


def behind_dashes(call: Call) -> Iterator[Inner]:
    """`multipass exec NAME -- COMMAND…`: what stands after `--`."""
    texts = [word.plain for word in call.args]
    if "--" in texts:
        yield Inner(words=call.args[texts.index("--") + 1 :], remote=True)


def rsync(call: Call) -> Iterator[Inner]:
    """`rsync -e SCRIPT`, and the one that starts rsync on the other side."""
    yield from (Inner(script=word.text) for word in call.option_values("-e", "--rsh"))
    yield from (Inner(script=word.text, remote=True) for word in call.option_values("--rsync-path"))


def nc(call: Call) -> Iterator[Inner]:
    """`nc -e SCRIPT`: what talks to the other machine."""
    for word in call.option_values("-e", "-c", "--exec", "--sh-exec"):
        yield Inner(script=word.text)
