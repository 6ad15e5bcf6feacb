"""Tools that run a command on the side: git, tar, editors, sed, databases, debuggers, expect."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from shellper.safety.bash.marks import UNKNOWN, stored
from shellper.safety.calls import Call, Word
from shellper.safety.files.planted import git_scripts
from shellper.safety.names import names
from shellper.safety.wrappers.inner import Inner, after_options

_GIT_OPTIONS = names("--exec -x --tree-filter --index-filter --msg-filter --env-filter")
_GIT_PROGRAMS = names("--upload-pack --receive-pack --exec --extcmd --open-files-in-pager")
"""Options whose value is the program that git starts, on one side or the other."""


def git(call: Call) -> Iterator[Inner]:
    """Settings and aliases that are commands, `submodule foreach`, `bisect run`, `rebase --exec`, filters, ext::."""
    verbs = [word.plain for word in call.operands]
    for setting, value in git_settings(call):
        yield from (Inner(script=script) for script in git_scripts(setting, value.plain))
    programs = _GIT_PROGRAMS if verbs[:1] != ["clone"] else (*_GIT_PROGRAMS, "-u")
    yield from (Inner(script=word.plain) for word in call.option_values(*programs))
    transports = [word.plain.removeprefix("ext::") for word in call.operands if word.plain.startswith("ext::")]
    yield from (Inner(script=re.sub(r"%([^ ])", r"\1", text.replace("% ", "\\ "))) for text in transports)
    if verbs[:2] in (["submodule", "foreach"], ["bisect", "run"]):
        rest = call.args[[word.plain for word in call.args].index(verbs[1]) + 1 :]
        yield Inner(script=rest[0].text) if len(rest) == 1 else Inner(words=rest)
    if verbs[:1] in (["rebase"], ["filter-branch"]):
        for place, word in enumerate(call.args[:-1]):
            if word.plain in _GIT_OPTIONS:
                yield Inner(script=call.args[place + 1].text)


def git_settings(call: Call) -> Iterator[tuple[str, Word]]:
    """The settings that a call of git gives: `-c NAME=VALUE`, `config NAME VALUE`."""
    for word in call.option_values("-c", "--config"):
        name, _, value = word.text.partition("=")
        yield name, Word(value, word.taints)
    words = [word for word in call.operands if word.plain not in ("set", "add")]
    if len(words) > 2 and words[0].plain == "config":
        yield words[1].plain, words[2]


def tar(call: Call) -> Iterator[Inner]:
    """`tar --to-command`, `-I`, `--checkpoint-action=exec=`."""
    for word in call.option_values("--to-command", "-I", "--use-compress-program", "--checkpoint-action"):
        yield Inner(script=word.plain.removeprefix("exec="))


_BANG = re.compile(
    r"(?:^|\|)[\s:]*(?:silent!?\s+|exe(?:cute)?\s+['\"])?(?:[%.,$\d]*|r(?:ead)?\s*|w(?:rite)?\s+)!\s*(.+)"
)
_TERMINAL = re.compile(r"\bsystem(?:list)?\(\s*([\"'])(?P<call>.+?)\1|\bterm(?:inal)?!?\s+(?P<window>.+)")
_CODE = re.compile(r"(?:^|\|)[\s:]*(lua|python3?|py3?|perl|ruby)\s+(.+)")
_DELETES = re.compile(r"\bdelete\(\s*(?:expand\(\s*)?[\"']?([^\"',)]+)")
_SAVES_AS = re.compile(r"(?:^|\|)[\s:]*(?:silent!?\s+)?[\d,%$.]*(?:w(?:rite)?|sav(?:eas)?)!?\s+([^\s!>|+][^|]*)")
_SAVES = re.compile(r"[\s:]*(?:silent!?\s+)?[\d,%$.]*(?:w|write|wq|wqa|wa|x|xa|up|update)!?(?:\s+[^!].*)?\s*")
_EMPTIES = re.compile(
    r"[\s:]*(?:silent!?\s+)?(?:(?:%|[01]?,\$?)\s*d(?:elete)?\b.*|(?:%|[01]?,\$?)?g/[.^$]?\*?/\s*d|norm(?:al)?!?\s*ggdG)\s*"
)


def editor(call: Call) -> Iterator[Inner]:
    """`vim -c '!SCRIPT'`, `vim '+!SCRIPT'`, what is piped into `ed`; and files that its commands remove or write."""
    for command in editor_commands(call):
        if bang := _BANG.search(command):
            yield Inner(script=bang[1].strip("'\""))
        for match in _TERMINAL.finditer(command):
            yield Inner(script=match["call"] or match["window"])
        for match in _CODE.finditer(command):
            program, option = ("python", "-c") if match[1].startswith("py") else (match[1], "-e")
            yield Inner(words=(Word(program), Word(option), Word(match[2])))
        for match in _DELETES.finditer(command):
            yield Inner(script=f"rm -r {match[1]}", guess=True)
        for match in _SAVES_AS.finditer(command):
            yield Inner(script=f": > {match[1]}", guess=True)


def editor_commands(call: Call) -> list[str]:
    """The commands that an editor gets: of its options, or line by line through a pipe."""
    commands = [word.plain for word in call.option_values("-c", "--cmd")]
    commands += [word.plain[1:] for word in call.args if word.plain.startswith("+")]
    if call.program in ("ed", "ex") or (call.program in ("vim", "nvim", "vi") and call.has("-e", "-E")):
        commands += [line for text in call.stdin.texts[:4] for line in text.splitlines()]
    return commands


def editor_saves(call: Call) -> bool:
    """Whether its commands make an editor write the file, or may do so."""
    unread = call.program in ("ed", "ex") and call.stdin.piped and not call.stdin.texts
    return unread or any(_SAVES.fullmatch(part) for part in _editor_parts(call))


def editor_empties(call: Call) -> bool:
    """Whether its commands make an editor remove every line and write the file."""
    return editor_saves(call) and any(_EMPTIES.fullmatch(part) for part in _editor_parts(call))


def _editor_parts(call: Call) -> list[str]:
    return [part for command in editor_commands(call) for part in command.split("|")]


_SED_RUNS = re.compile(r"(?:\d+|\$|/[^/\n]{0,200}/)?\s*e\s+(.+)")
_SED_SUBSTITUTES = re.compile(
    r"(?:^|[;{}\n\s/\d$])s(?P<by>[^\s\w])(?:\\.|(?!(?P=by)).){0,2000}(?P=by)(?P<script>(?:\\.|(?!(?P=by)).){0,2000})(?P=by)\w{0,9}e"
)


def sed(call: Call) -> Iterator[Inner]:
    """GNU's `e` command and the `e` flag of `s`."""
    for script in sed_scripts(call):
        for part in script.split("\n"):
            if match := _SED_RUNS.match(part.lstrip()):
                yield Inner(script=match[1])
        for match in _SED_SUBSTITUTES.finditer(script):
            # What ends with a blank has the rest of the line behind it.
            run = re.sub(r"(?<!\\)&|\\\d", UNKNOWN, match["script"])
            yield Inner(script=run + UNKNOWN if run.endswith(" ") else run)


def sed_scripts(call: Call) -> list[str]:
    """The edits that are given on the command line: those of `-e`, else the first operand."""
    return [stored(word.text) for word in call.option_values("-e", "--expression") or call.operands[:1]]


def database(call: Call) -> Iterator[Inner]:
    """The shell escapes of SQL clients (`\\! SCRIPT`, `.shell SCRIPT`, `system SCRIPT`), `COPY … PROGRAM 'SCRIPT'`."""
    for text in (*(word.plain for word in call.args), *call.stdin.texts[:4]):
        found = re.findall(r"(?m)^[ \t]*(?:\\\!|\.(?:shell|system)\b|system\b)\s*(.+)$", text)
        found += re.findall(r"(?i)\bprogram\s+'([^']+)'", text)
        yield from (Inner(script=script) for script in found)


def debugger(call: Call) -> Iterator[Inner]:
    """`gdb -ex 'shell SCRIPT'`, and the program that is debugged."""
    options = ("-ex", "--eval-command", "-iex", "-o", "--one-line")
    texts = [b.plain for a, b in itertools.pairwise(call.args) if a.plain in options]
    for match in filter(None, (re.match(r"(?:shell|!|platform shell)\s*(.+)", text) for text in texts)):
        yield Inner(script=match[1])
    yield Inner(words=after_options(call))


def escapes(call: Call) -> Iterator[Inner]:
    """Programs in whose input a line that begins with `!` is for the shell: `sftp`, `dc`, `gnuplot` …"""
    given = call.option_values("-e", "-c", "--expression", "--eval")
    for text in (*(word.plain for word in given), *call.stdin.texts[:4]):
        yield from (Inner(script=script) for script in re.findall(r"(?m)(?:^|;)[ \t]*!+[ \t]*(.+)$", text))


def m4(call: Call) -> Iterator[Inner]:
    """`syscmd(SCRIPT)` and `esyscmd(SCRIPT)` in what is piped in."""
    for text in call.stdin.texts[:4]:
        yield from (Inner(script=script) for script in re.findall(r"\be?syscmd\(\s*`*([^')]+)", text))


def tcl(call: Call) -> Iterator[Inner]:
    """What Tcl code starts (`spawn COMMAND…`, `exec COMMAND…`) and removes."""
    for text in (*(word.plain for word in call.option_values("-c")), *call.stdin.texts[:4]):
        for script in re.findall(r"\b(?:spawn|exec)\s+(?:-\w+\s+)*([^;\n\]]+)", text):
            yield Inner(script=script, guess=True)
        for paths in re.findall(r"\bfile\s+delete\s+(?:-\w+\s+)*([^;\n\]]+)", text):
            yield Inner(script=f"rm -r {paths}", guess=True)
