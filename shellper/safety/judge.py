"""From a command line to a verdict: every command in it is held against the rules, the gravest finding counts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from shellper.safety.bash.marks import UNKNOWN, certain, has_glob, shown, without_marks
from shellper.safety.bash.reader import read
from shellper.safety.bash.reading import Reading
from shellper.safety.bash.state import Surroundings
from shellper.safety.calls import Call, Word
from shellper.safety.canonical import base_name
from shellper.safety.files.written import target_path, written_files
from shellper.safety.flows import VARIES
from shellper.safety.interpreters import SHELLS
from shellper.safety.levels import Finding, Level, Verdict, verdict
from shellper.safety.places import CRITICAL, DEVICE, HARMLESS, PROTECTED, SOCKET, SOME_HOME, classify, user_home
from shellper.safety.rules import matching_rules
from shellper.safety.rules.conditions import Context, Rule
from shellper.safety.rules.rewriting import RULES as REWRITING
from shellper.safety.rules.writing import WRITES
from shellper.safety.syntax import SyntaxProblem


def assess(text: str, *, cwd: Path | None = None) -> Verdict:
    """How dangerous a command line is, and why.

    `cwd` is where it would run: with it, existing files are known to be overwritten; without, they may be. Never
    raises; text that bash cannot parse is `invalid`.
    """
    try:
        reading = read(without_marks(text), surroundings := Surroundings(cwd, user_home()))
    except SyntaxProblem as problem:
        return Verdict(Level.INVALID, [str(problem)])
    findings = list(reading.findings)
    for call in reading.calls:
        findings += _judge(Context(call, surroundings.home))
    findings += _together(reading.calls)
    return verdict(findings)


def _together(calls: list[Call]) -> Iterator[Finding]:
    """What only several commands together give away: a shell whose input and output go over the network."""
    sockets = any(SOCKET in classify(r.target.text, None, SOME_HOME) for call in calls for r in call.redirects)
    pipes = any(call.program == "mkfifo" for call in calls) and any(call.program in _NETCATS for call in calls)
    shells = any(call.program in SHELLS and not call.operands and not call.has("-c") for call in calls)
    if shells and (sockets or pipes):
        yield Finding(Level.FORBIDDEN, "gives another machine a shell here")


_NETCATS = ("nc", "ncat", "telnet", "openssl", "socat")


def recursive_removal(text: str) -> bool:
    """Whether a command line removes directories with what is in them (rm -r, find -delete and the like)."""
    return any(rule.takes_trees for rule in _rules_for(text))


def rewrites_files(text: str) -> bool:
    """Whether a command line changes the text of files where they are (sed -i and the like)."""
    return any(rule in REWRITING for rule in _rules_for(text))


def _rules_for(text: str) -> Iterator[Rule]:
    """The rules that the commands of a line break; none for text that is no bash."""
    try:
        calls = read_command(text).calls
    except SyntaxProblem:
        return
    for call in calls:
        yield from matching_rules(Context(call, user_home()))


def read_command(text: str, cwd: Path | None = None) -> Reading:
    """Every simple command in a command line. Raises SyntaxProblem when it is no bash."""
    return read(without_marks(text), Surroundings(cwd, user_home()))


def _judge(context: Context) -> Iterator[Finding]:
    call = context.call
    for rule in matching_rules(context):
        yield Finding(rule.level, f"{shown(base_name(call.name))}: {rule.reason}" if call.name else rule.reason)
    if not certain(call.name):
        yield from _unknown_program(context)
    for word, replaces in written_files(call):
        yield from _judge_write(word, replaces, context)
    for redirect in call.redirects:
        target = redirect.target
        unseen = target_path(target, call) is None and HARMLESS not in context.kinds(target)
        if redirect.operator == ">|" and unseen:
            yield Finding(Level.DESTRUCTIVE, f"{shown(target.text)}: overwritten on purpose")


def _unknown_program(context: Context) -> Iterator[Finding]:
    """A program whose name is known only when it runs: its arguments give it away, or not."""
    call = replace(context.call, name="rm")
    deep = call.has("-r", "-R", "--recursive")
    if deep and any(context.kinds(word) & PROTECTED for word in call.operands):
        yield Finding(Level.FORBIDDEN, "a program known only when it runs works on an important directory")
    elif any(context.kinds(word) & {DEVICE, CRITICAL} for word in call.operands):
        yield Finding(Level.DESTRUCTIVE, "a program known only when it runs works on what the system needs")
    elif deep and call.has("-f", "--force") and call.args[0].plain.startswith("-"):
        yield Finding(Level.DESTRUCTIVE, "a program known only when it runs may remove directories")
    else:
        yield Finding(Level.CAUTION, "runs a program whose name is known only when it runs")


def _judge_write(word: Word, replaces: bool, context: Context) -> Iterator[Finding]:
    kinds = context.kinds(word)
    name = shown(word.text)
    if kinds & {HARMLESS}:
        return
    for wanted, only_replacing, level, reason in WRITES:
        if (
            kinds & wanted
            and (replaces or not only_replacing)
            and not (context.call.program in ("cp", "mv", "install", "ln", "scp") and not kinds & {DEVICE, CRITICAL})
        ):
            yield Finding(level, f"{name}: {reason}")
            return
    if SOCKET in kinds:
        yield Finding(Level.CAUTION, f"{name}: network transfer")
    elif replaces:
        yield from _judge_replacing(word, name, context)


def _empties_many(word: Word, context: Context) -> bool:
    """`while read f; do : > "$f"; done`: one after the other, files that are there."""
    call = context.call  # of which nothing is written: `:`, `true`, `echo`
    known = certain(word.text) and not has_glob(word.text) and not context.kinds(word) & PROTECTED
    return call.looped and VARIES in word.taints and not call.args and not known


def _judge_replacing(word: Word, name: str, context: Context) -> Iterator[Finding]:
    if _empties_many(word, context):
        yield Finding(Level.DESTRUCTIVE, f"{name}: empties one file after the other")
        return
    path = target_path(word, context.call)
    if path is None:
        if UNKNOWN not in word.text or not context.call.remote:
            yield Finding(Level.CAUTION, f"{name}: overwritten if it exists")
        return
    try:
        exists = os.path.lexists(path) and not path.is_dir()
    except (OSError, ValueError):
        exists = False
    if exists:
        yield Finding(Level.DESTRUCTIVE, f"{name}: overwrites an existing file")
