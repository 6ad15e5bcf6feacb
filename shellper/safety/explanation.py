"""A command in words: what each part does, how dangerous it is, what happens to files. Nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from shellper.errors import UsageError
from shellper.safety.judge import assess, calls_of
from shellper.safety.levels import Level
from shellper.safety.marks import shown
from shellper.safety.names import names
from shellper.safety.programs import Program, programs
from shellper.safety.state import Call, Redirect, Word
from shellper.safety.syntax import SyntaxProblem
from shellper.safety.wrappers import IN_FRONT
from shellper.safety.wrappers.find import find_roots
from shellper.safety.wrappers.inner import after_options
from shellper.safety.written import written_files

_OPERATORS = {
    ">": "writes the output to a file and replaces what it held",
    ">|": "writes the output to a file and replaces what it held",
    ">>": "adds the output to a file", "&>": "writes output and errors to a file and replaces what it held",
    "&>>": "adds output and errors to a file", ">&": "writes output and errors to a file and replaces what it held",
    "<": "reads its input from a file", "<>": "opens a file for reading and writing",
}  # fmt: skip
_READS_ONLY = frozenset(
    names(
        """
    ls cd pwd cat grep egrep fgrep head tail wc sort uniq cut tr awk echo printf diff du df stat file ps top htop
    less man which date sleep seq basename dirname ping lsof ss journalctl jq true : test [ read export alias time
    watch env type command history id whoami uname hostname kill pkill killall systemctl ip
    """
    )
)
_LOOKING = {
    *(("git", verb) for verb in names("status log diff show branch blame remote")),
    *(("docker", verb) for verb in names("ps images logs inspect stats")),
    *(("kubectl", verb) for verb in names("get describe logs top")),
}
_MAKES = {
    "mkdir": "makes",
    "touch": "makes",
    "cp": "copies",
    "mv": "moves",
    "ln": "links",
    "rm": "removes",
    "rmdir": "removes",
}


@dataclass(frozen=True)
class Part:
    """A piece of the command and what it does; `depth` 0 is a command, 1 its options, operands and redirections."""

    text: str
    meaning: str
    depth: int = 0


@dataclass(frozen=True)
class Explanation:
    """A command in words."""

    command: str
    parts: list[Part]
    level: Level
    reasons: list[str] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The explanation as lines for people."""
        lines = []
        width = min(max((len(part.text) for part in self.parts if part.depth), default=0), 28)
        for part in self.parts:
            lines.append(f"  {part.text:<{width}}  {part.meaning}" if part.depth else f"{part.text}\n  {part.meaning}")
        reasons = f" ({'; '.join(self.reasons)})" if self.reasons else ""
        return "\n".join([*lines, "", f"Risk: {self.level.value}{reasons}", *(f"Files: {e}" for e in self.effects)])

    def as_json(self, command: str) -> dict[str, Any]:
        """The explanation of `command` as JSON values."""
        return {
            "command": command,
            "parts": [{"text": part.text, "meaning": part.meaning, "depth": part.depth} for part in self.parts],
            "level": self.level.value,
            "reasons": self.reasons,
            "effects": self.effects,
        }


def explain(text: str, *, cwd: Path | None = None) -> Explanation:
    """What each part of a command line does, its risk, and what it does to files.

    Raises UsageError when bash cannot parse it.
    """
    try:
        calls = list(dict.fromkeys(_comparable(call) for call in calls_of(text, cwd).calls))
    except SyntaxProblem as problem:
        raise UsageError(f"nothing to explain: {problem}; check quotes and brackets") from None
    verdict = assess(text, cwd=cwd)
    parts = [part for call in sorted(calls, key=lambda call: not call.name) for part in _explain_call(call)]
    effects = list(dict.fromkeys(effect for call in calls for effect in _effects(call)))
    return Explanation(shown(text), parts, verdict.level, verdict.reasons, effects or ["no file is changed"])


def _comparable(call: Call) -> Call:
    """Reading a loop or a function twice gives the same call twice: one is enough."""
    return replace(
        call, stdin=replace(call.stdin, texts=()), downloads=frozenset(), cwd=None, looped=False, background=False
    )


def _explain_call(call: Call) -> list[Part]:
    words = " ".join([shown(call.name), *(shown(word.text) for word in call.args)])
    if not call.name:
        return [_redirect_part(redirect) for redirect in call.redirects]
    program, name, operands = _look_up(call := _own(call))
    meaning = program.summary if program else f"runs {shown(call.program)}, which shellper does not know"
    if call.stdin.piped and not call.wrapped:
        meaning += "; its input is what the part before it gives"
    parts = [Part(words, meaning)]
    for option, value in _written_options(call):
        parts.append(_option_part(option, value, program, name))
    if operands:
        parts.append(
            Part(
                " ".join(shown(word.text) for word in operands),
                program.operands or "what to work on" if program else "what it is given",
                1,
            )
        )
    return parts + [_redirect_part(redirect) for redirect in call.redirects]


def _own(call: Call) -> Call:
    """The call as the table reads it: a wrapper without the options of what it runs."""
    if call.program in IN_FRONT and (inner := after_options(call)):
        own = call.args[: len(call.args) - len(inner)]
        return replace(call, args=(*own, Word("--"), *inner))
    return call


def _look_up(call: Call) -> tuple[Program | None, str, list[Word]]:
    """The table's entry, for `git commit` the one of the subcommand, and the operands that are left."""
    table = programs()
    first = call.operands[0].plain if call.operands else ""
    name = f"{call.program} {first}"
    if call.program == "find":
        return table["find"], "find", [word for word in find_roots(call.args) if word in call.args]
    if name in table:
        return table[name], name, call.operands[1:]
    return table.get(call.program), call.program, call.operands


def _written_options(call: Call) -> list[tuple[str, Word | None]]:
    """Options as single ones: `-rf` is -r and -f, unless the table knows it as a whole (`find -name`)."""
    if call.program == "find":
        return [
            (w.plain, _following(call, n))
            for n, w in enumerate(call.args)
            if w.plain[:1] == "-" and w.plain[1:2].isalpha()
        ]
    whole = {option for option, _ in call.options if len(option) > 2 and option[1] != "-"}
    table = programs()
    entry = table.get(call.program)
    found: list[tuple[str, Word | None]] = []
    skip: set[str] = set()
    for option, value in call.options:
        if option in whole:
            if (entry and option in entry.options) or call.program == "kill":
                skip |= {"-" + letter for letter in option[1:]}
                found.append((option, None))
        elif option not in skip:
            found.append((option, value))
    return found


_FIND_WITHOUT_VALUE = frozenset(
    names("-delete -print -print0 -empty -not -o -or -a -and -prune -ls -depth -mount -xdev")
)


def _following(call: Call, place: int) -> Word | None:
    """What belongs to a test of find."""
    alone = call.args[place].plain in _FIND_WITHOUT_VALUE or place + 1 >= len(call.args)
    return None if alone else call.args[place + 1]


def _option_part(option: str, value: Word | None, program: Program | None, name: str) -> Part:
    text = shown(option) + (f" {shown(value.text)}" if value is not None else "")
    if option == "--help":
        return Part(text, "shows how it is used", 1)
    known = program.options.get(option) if program else None
    if known is None and program and " " in name:
        known = programs()[name.split()[0]].options.get(option) if name.split()[0] in programs() else None
    if known is None and option[1:].isdigit() and program and "-n" in program.options:
        known = f"{option[1:]} lines"
    return Part(text, known or "an option that shellper does not know", 1)


def _redirect_part(redirect: Redirect) -> Part:
    meaning = _OPERATORS.get(redirect.operator, "redirects")
    if redirect.target.text == "/dev/null":
        meaning = "throws it away"
    return Part(f"{redirect.operator} {shown(redirect.target.text)}", meaning, 1)


def _effects(call: Call) -> list[str]:
    found = []
    for word, replaces in written_files(call):
        if word.text != "/dev/null" and call.program not in _MAKES:
            found.append(f"writes {shown(word.text)}" + (" anew" if replaces else ""))
    operands = " ".join(shown(word.text) for word in call.operands)
    if call.program in _MAKES and operands:
        found.append(f"{_MAKES[call.program]} {operands}")
    elif call.program == "find" and any(word.plain == "-delete" for word in call.args):
        found.append("removes every file that it finds")
    elif call.program == "sed" and call.has("-i", "--in-place"):
        found.append(f"changes {' '.join(shown(word.text) for word in call.operands[1:])}")
    elif (call.program, *(word.plain for word in call.operands[:1])) in _LOOKING:
        pass
    elif call.name and call.program not in _READS_ONLY | {"find", "sed", "xargs", "sudo", "tee"} and not found:
        found.append(f"what {shown(call.program)} does to files is not known from the command")
    return found
