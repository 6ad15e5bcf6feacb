"""Shells, and what reads shell text itself: sh -c, eval, source, trap, at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shellper.safety.calls import Call, Word
from shellper.safety.files.planted import timetable
from shellper.safety.flows import Data
from shellper.safety.options import VALUED
from shellper.safety.wrappers.inner import Inner


def scripts(data: Data, positional: tuple[Word, ...] = ()) -> Iterator[Inner]:
    """What is read as a script; of several possible texts the first few."""
    for text in data.texts[:8]:
        yield Inner(script=text, positional=positional)


def shell(call: Call) -> Iterator[Inner]:
    """`sh -c SCRIPT`, `sh FILE`, `… | sh`."""
    flags, args = _flags(call)
    if "c" in flags:
        if args:
            zero = (("0", args[1].text),) if len(args) > 1 else ()
            yield Inner(script=args[0].text, positional=tuple(args[2:]), assignments=zero)
    elif args and "s" not in flags and args[0].plain not in ("-", "/dev/stdin"):
        if args[0].data is not None:
            yield from scripts(args[0].data, tuple(args[1:]))
    elif call.stdin.piped:
        yield from scripts(call.stdin, tuple(args))


def script_file(call: Call) -> Word | None:
    """The script that a shell runs from a file; none where it only reads it (-n), or gets it otherwise."""
    flags, args = _flags(call)
    return args[0] if args and not set(flags) & set("csn") else None


def _flags(call: Call) -> tuple[str, list[Word]]:
    """The letters of a shell's options, and what follows them."""
    args = list(call.args)
    flags = ""
    valued = VALUED["bash"]
    while args and args[0].plain[:1] in ("-", "+") and len(args[0].plain) > 1 and args[0].plain != "--":
        text = args.pop(0).plain
        if text in valued and args:
            args.pop(0)
        elif not text.startswith("--"):
            flags += text[1:]
            if text.endswith("o") and args:  # -euo pipefail
                args.pop(0)
        elif text == "--command" and args:
            flags += "c"
    return flags, args[1:] if args and args[0].plain == "--" else args


def evaluated(call: Call) -> Iterator[Inner]:
    """`eval WORD…`: the words together are the script."""
    words = call.args[1:] if call.args and call.args[0].plain == "--" else call.args
    yield Inner(script=" ".join(word.text for word in words), same_shell=True)


def sourced(call: Call) -> Iterator[Inner]:
    """`source FILE` and `. FILE`."""
    if call.args and call.args[0].data is not None:
        for text in call.args[0].data.texts[:8]:
            yield Inner(script=text, same_shell=True)
    elif call.args and call.args[0].plain in ("/dev/stdin", "-"):
        yield from scripts(call.stdin)


def trap(call: Call) -> Iterator[Inner]:
    """`trap SCRIPT SIGNAL…`."""
    if len(call.operands) > 1:
        yield Inner(script=call.operands[0].text)


def scheduled(call: Call) -> Iterator[Inner]:
    """at, batch and crontab read commands from standard input or from a file."""
    files = [word.data for word in (*call.operands, *call.option_values("-f")) if word.data is not None]
    for text in (text for data in (call.stdin, *files) for text in data.texts[:4]):
        yield from (Inner(script=script) for script in (timetable(text) if call.program == "crontab" else [text]))


_KEY = re.compile(r"""\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w\\^-]+)\s*:\s*(.+)""", re.DOTALL)


def bound(call: Call) -> Iterator[Inner]:
    """`bind -x '"KEY": SCRIPT'`, `bind '"KEY": "TYPED\\n"'`, `bindkey -s KEY TYPED`, `complete -C SCRIPT`,
    `mapfile -C SCRIPT`.
    """
    if call.program == "bindkey":
        texts = [word.plain for word in call.operands[1:2]] if call.has("-s") else []
    elif call.program == "bind":
        keys = (_KEY.fullmatch(word.plain) for word in (*call.operands, *call.option_values("-x")))
        texts = [match[1].strip("\"' ") for match in keys if match]
    else:
        texts = [word.plain for word in call.option_values("-C")]
    yield from (Inner(script=re.sub(r"\\(?:n|r|C-[mj])|\^[MJ]", "\n", text)) for text in texts)
