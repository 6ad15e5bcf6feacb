"""Command lines for GNU programs, said to BSD's and macOS's programs.

The embedded model writes for GNU. What differs in everyday use is rewritten, outside quotes only; what has no
counterpart stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_QUOTED = re.compile(r"""\\.|'[^']*'|"(?:\\.|[^"\\])*\"""", re.DOTALL)
_HIDDEN = "\0"


def for_bsd(line: str) -> str:
    """The line as BSD's programs understand it."""
    for pattern, replace in _RULES:
        line = _rewrite(line, pattern, replace)
    return line


def _rewrite(line: str, pattern: re.Pattern[str], replace: Callable[[str], str]) -> str:
    """The line with each match replaced; what is quoted is hidden from the pattern, not from the replacement."""
    hidden = _QUOTED.sub(lambda match: _HIDDEN * len(match.group()), line)
    parts: list[str] = []
    end = 0
    for match in pattern.finditer(hidden):
        parts += [line[end : match.start()], replace(line[match.start() : match.end()])]
        end = match.end()
    return "".join([*parts, line[end:]])


_START = r"(?:^|(?<=[\s;&|(`]))"
_STAT = {
    "%s": "%z",
    "%a": "%Lp",
    "%A": "%Sp",
    "%U": "%Su",
    "%G": "%Sg",
    "%n": "%N",
    "%y": "%Sm",
    "%Y": "%m",
    "%i": "%i",
}


def _sed(words: str) -> str:
    """`sed -i`, also among other options: BSD's -i wants a suffix."""
    option = words.rstrip()
    return f"{option} ''{words[len(option) :]}"


def _ps(words: str) -> str:
    """`ps --sort`: -r orders by processor, -m by memory."""
    options, _, key = words.partition(" --sort")
    return options + (" -r" if "cpu" in key else " -m")


def _stat(words: str) -> str:
    """`stat -c FORMAT`, if every directive of the format has a counterpart."""
    form = re.sub(r"stat (?:-c |--format=)", "", words)
    if set(re.findall(r"%.", form)) - set(_STAT):
        return words
    return "stat -f " + re.sub(r"%.", lambda match: _STAT[match.group()], form)


_RULES: list[tuple[re.Pattern[str], Callable[[str], str]]] = [
    (re.compile(rf"{_START}sed(?: -[nEr]+)* -[nEr]*i(?: (?!\0\0 )|(?= -))"), _sed),
    (re.compile(_START + r"du(?: -\w+)* --max-depth=\d+"), lambda words: words.replace("--max-depth=", "-d ")),
    (re.compile(_START + r"ls --color(?:=\w+)?"), lambda words: "ls -G"),
    (re.compile(_START + r"find(?= -(?!H|L|P|d\b|x\b|s\b))"), lambda words: "find ."),
    (re.compile(_START + r"find [^|;&]*? -executable(?= |$)"), lambda words: words[:-11] + "-perm +111"),
    (re.compile(_START + r"stat (?:-c |--format=)(?:\0+|%\w)(?= |$)"), _stat),
    (re.compile(_START + r"ps(?: [\w,%-]+)* --sort[= ]-%?p?(?:cpu|mem|rss)"), _ps),
    (re.compile(_START + r"xargs -r(?= )"), lambda words: "xargs"),
    (re.compile(_START + r"tac(?= |$)"), lambda words: "tail -r"),
    (re.compile(_START + r"nproc(?= *(?:$|[;&|)]))"), lambda words: "sysctl -n hw.ncpu"),
    (re.compile(_START + r"md5sum(?= [^-])"), lambda words: "md5 -r"),
    (re.compile(_START + r"sha1sum(?= )"), lambda words: "shasum"),
    (re.compile(_START + r"sha(?:256|512)sum(?= )"), lambda words: f"shasum -a {words[3:6]}"),
]
