"""make: the recipes of a Makefile that is piped in or was written before, as far as they would run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shellper.safety.calls import Call
from shellper.safety.wrappers.inner import Inner

_VARIABLE = re.compile(r"(?<!\$)\$[({](\w+)[)}]")
_RULE = re.compile(r"(?P<targets>[^\s#:=][^#:=]*):(?!=)(?P<needs>[^;#=]*)(?:;(?P<recipe>.*))?")


def make(call: Call) -> Iterator[Inner]:
    """`make --eval='$(shell SCRIPT)'`, `make SHELL=SCRIPT`, and what the Makefile says for the targets."""
    for word in call.args:
        if word.plain.startswith("SHELL="):
            yield Inner(script=word.plain.partition("=")[2])
        if word.plain.startswith("--eval="):
            yield from (Inner(script=text) for text in re.findall(r"\$\(shell\s+([^)]*)\)", word.plain))
    named = call.option_values("-f", "--file", "--makefile")
    files = [word.data for word in named if word.data is not None]
    if any(word.plain in ("-", "/dev/stdin") for word in named):
        files.append(call.stdin)
    goals = [word.plain for word in call.operands if "=" not in word.plain]
    for text in (text for data in files for text in data.texts[:4]):
        for line in _recipes(text, goals):
            yield Inner(script=_VARIABLE.sub(r"${\1}", line.lstrip("@- \t")).replace("$$", "$"))


def _recipes(text: str, goals: list[str]) -> Iterator[str]:
    """The lines that make these targets, or the first one, and what they need."""
    needs: dict[str, list[str]] = {}
    lines: dict[str, list[str]] = {}
    targets: list[str] = []
    for line in text.splitlines():
        if match := _RULE.match(line):
            targets = match["targets"].split()
            for target in targets:
                needs.setdefault(target, []).extend(match["needs"].split())
                lines.setdefault(target, []).extend([match["recipe"]] if match["recipe"] else [])
        elif line.startswith("\t"):
            for target in targets:
                lines[target].append(line)
    wanted = goals or [target for target in lines if not target.startswith(".")][:1]
    wanted += [target for target in lines if "%" in target]
    for target in wanted:  # which grows as it is read
        wanted += [need for need in needs.get(target, ()) if need not in wanted]
        yield from lines.get(target, ())
