"""Programs that only run another command: sudo, env, nohup, timeout, time, watch, flock, tmux …"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace

from shellper.safety.calls import Call, Word
from shellper.safety.wrappers.inner import Inner, after_options, assignments
from shellper.safety.wrappers.shells import scripts

SCRIPTED = {
    "script": ("-c", "--command", "-qc"), "sg": ("-c",), "newgrp": ("-c",), "man": ("-P", "--pager"), "zip": ("-TT",),
    "split": ("--filter",), "nodemon": ("-x", "--exec"), "nix-shell": ("--run", "--command"),
    "cargo": ("-s", "--shell"),
}  # fmt: skip
"""Programs that take a script as the value of an option."""


def plain(call: Call) -> Iterator[Inner]:
    """`nohup COMMAND…`: everything after the options."""
    yield Inner(words=after_options(call))


def package(call: Call) -> Iterator[Inner]:
    """`npx COMMAND…` and `npx -c SCRIPT`."""
    yield from (Inner(script=word.text) for word in call.option_values("-c", "--call"))
    yield from plain(call)


def skipping(count: int) -> Callable[[Call], Iterator[Inner]]:
    """`timeout 5 COMMAND…`: everything after the options and so many operands."""

    def reader(call: Call) -> Iterator[Inner]:
        words = after_options(call, count)  # `perf record -g COMMAND` has options behind them as well
        yield Inner(words=after_options(replace(call, args=words)))

    return reader


def whole(call: Call) -> Iterator[Inner]:
    """`busybox COMMAND…`: every word."""
    yield Inner(words=call.args)


def command(call: Call) -> Iterator[Inner]:
    """`command COMMAND…` runs it in this shell; `command -v` only looks."""
    if not call.has("-v", "-V"):
        yield Inner(words=after_options(call), same_shell=True)


def coproc(call: Call) -> Iterator[Inner]:
    """`coproc COMMAND…`."""
    yield Inner(words=call.args, background=True)


def timed(call: Call) -> Iterator[Inner]:
    """`time COMMAND…`, and `time ! COMMAND…`."""
    words = after_options(call)
    yield Inner(words=words[1:] if words and words[0].plain == "!" else words)


def entr(call: Call) -> Iterator[Inner]:
    """`entr COMMAND…`: at every change."""
    yield Inner(words=after_options(call), looped=True)


def watch(call: Call) -> Iterator[Inner]:
    """`watch 'SCRIPT'` and `watch COMMAND…`."""
    words = after_options(call)
    if len(words) == 1:
        yield Inner(script=words[0].text)
    else:
        yield Inner(words=words)


def hyperfine(call: Call) -> Iterator[Inner]:
    """`hyperfine SCRIPT…`, and the scripts that it runs around them."""
    around = call.option_values("-s", "--setup", "-p", "--prepare", "-C", "--conclude", "-c", "--cleanup")
    yield from (Inner(script=word.text) for word in (*around, *call.operands))


def script(call: Call) -> Iterator[Inner]:
    """`script -c SCRIPT`, `nix-shell --run SCRIPT`, `split --filter=SCRIPT`, `man -P SCRIPT`."""
    for word, following in itertools.zip_longest(call.args, call.args[1:], fillvalue=Word("")):
        name, equals, value = word.text.partition("=")
        if name in SCRIPTED[call.program]:
            yield Inner(script=value if equals else following.text)


def flock(call: Call) -> Iterator[Inner]:
    """`flock FILE COMMAND…` and `flock FILE -c SCRIPT`."""
    words = after_options(call, 1)
    if words and words[0].plain in ("-c", "--command"):
        yield Inner(script=" ".join(word.text for word in words[1:]))
    else:
        yield Inner(words=words)


def sudo(call: Call) -> Iterator[Inner]:
    """`sudo NAME=VALUE COMMAND…`, and `… | sudo -s`."""
    pairs, words = assignments(after_options(call))
    if words:
        yield Inner(words=words, assignments=pairs, cwd=_directory(call, "-D", "--chdir"))
    elif call.has("-s", "-i", "--shell", "--login") and call.stdin.piped:
        yield from scripts(call.stdin)


def su(call: Call) -> Iterator[Inner]:
    """`su -c SCRIPT USER`, and `… | su USER`."""
    found = False
    for word in call.option_values("-c", "--command"):
        found = True
        yield Inner(script=word.text)
    for place, word in enumerate(call.args[:-1]):
        if word.plain in ("-c", "--command", "-lc"):
            found = True
            yield Inner(script=call.args[place + 1].text)
    if not found and call.stdin.piped:
        yield from scripts(call.stdin)


def env(call: Call) -> Iterator[Inner]:
    """`env NAME=VALUE COMMAND…`, and `env -S STRING`, which is taken apart into words."""
    for word in call.option_values("-S", "--split-string"):
        yield Inner(script=" ".join(part.text for part in (word, *call.operands)))
        return
    pairs, words = assignments(after_options(call))
    yield Inner(words=words, assignments=pairs, cwd=_directory(call, "-C", "--chdir"))


def _directory(call: Call, *options: str) -> str | None:
    given = call.option_values(*options)
    return given[-1].text if given else None


def environment(call: Call) -> Iterator[Inner]:
    """`uv run COMMAND…`, `npm exec -- COMMAND…`: in an environment of its own, whose files and programs may differ."""
    verbs = [word.plain for word in call.operands[:1]]
    if verbs in (["exec"], ["x"]) or (verbs == ["run"] and call.program not in ("npm", "pnpm", "yarn")):
        texts = [word.plain for word in call.args]
        start = texts.index("--" if "--" in texts else verbs[0]) + 1
        yield Inner(words=after_options(replace(call, args=call.args[start:])), remote=True)


def npm(call: Call) -> Iterator[Inner]:
    """`npm pkg set scripts.NAME=SCRIPT`, `npm set-script NAME SCRIPT`, `npm exec -c SCRIPT`; see also `environment`."""
    called = call.option_values("-c", "--call")
    yield from (Inner(script=word.plain) for word in called) if called else environment(call)
    words = [word.plain for word in call.operands]
    if words[:2] == ["pkg", "set"]:
        yield from (Inner(script=word.partition("=")[2]) for word in words[2:] if word.startswith("scripts."))
    elif words[:1] == ["set-script"] and len(words) > 2:
        yield Inner(script=words[2])


def tmux(call: Call) -> Iterator[Inner]:
    """What a new window, pane or session runs, and the keys that are typed into one."""
    texts = [word.plain for word in call.operands]
    if texts[:1] and texts[0] in (
        "new", "new-session", "neww", "new-window", "splitw", "split-window", "run", "run-shell", "send-keys", "send",
        "respawn-pane",
    ):  # fmt: skip
        words = [text for text in texts[1:] if text not in ("Enter", "C-m", "ENTER")]
        if words:
            yield Inner(script=" ".join(words))
