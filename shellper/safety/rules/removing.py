"""Removing files and directories, for good or into the wastebasket, and the command history."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from dataclasses import replace

from shellper.safety import places
from shellper.safety.calls import Word
from shellper.safety.canonical import canonical
from shellper.safety.places import CRITICAL, DEVICE, PERSONAL, PROTECTED, ROOT, USERS_HOME
from shellper.safety.programs import programs
from shellper.safety.rules.conditions import (
    ALWAYS,
    CAUTION,
    DESTRUCTIVE,
    FORBIDDEN,
    Condition,
    Context,
    any_word,
    anything_is,
    in_system,
    kind_of,
    matching,
    operand_is,
    operands,
    opt,
    rule,
    text_matches,
    verb,
)
from shellper.safety.wrappers.find import find_roots, found_paths, removes_by_age_or_size

_REMOVERS = "rm srm unlink shred wipe trash-rm rimraf"
_ALL_TEMPORARY = Condition(lambda c: all(places.TEMPORARY in c.kinds(word) for word in c.call.operands))
_DOWN = opt("-r", "-R", "--recursive") | Condition(lambda c: c.call.program == "rimraf")
_REMOVES_OLD_OR_BIG_ONES = Condition(lambda c: removes_by_age_or_size(c.call.args)) & in_system(
    lambda c: [root for root in find_roots(c.call.args) if not root.plain.startswith("/var/log")]
)
"""Old logs are for removing."""


def _find_roots(*kinds: str) -> Condition:
    return kind_of(lambda context: map(Word, found_paths(context.call.args)), *kinds)


def _carries_removal(context: Context) -> bool:
    """The words of `rm -r` and an important directory, given to a program that nothing is known of: it may run them."""
    texts = [canonical(word.plain) for word in context.call.args]
    if "rm" not in texts or context.call.program in programs():
        return False
    inner = replace(context.call, name="rm", args=context.call.args[texts.index("rm") + 1 :])
    return inner.has("-r", "-R", "--recursive") and any(context.kinds(word) & PROTECTED for word in inner.operands)


# fmt: off
RULES = [
    rule(_REMOVERS, operand_is(*PROTECTED), FORBIDDEN, "removes the root, a home or a system directory, or all in it"),
    rule(_REMOVERS, operand_is(CRITICAL), FORBIDDEN, "removes a file that the system needs"),
    rule(_REMOVERS, operand_is(DEVICE), FORBIDDEN, "removes or overwrites a device"),
    rule(_REMOVERS, opt("--no-preserve-root"), FORBIDDEN, "switches off the protection of the root directory"),
    rule(_REMOVERS, operands(1) & _ALL_TEMPORARY & ~_DOWN, CAUTION, "removes what mktemp made"),
    rule(_REMOVERS, operands(1) & _ALL_TEMPORARY & _DOWN, CAUTION, "removes what mktemp made", takes_trees=True),
    rule(_REMOVERS, _DOWN & ~(operands(1) & _ALL_TEMPORARY), DESTRUCTIVE, "removes directories with everything in them", takes_trees=True),
    rule(_REMOVERS, operands(1) & ~_DOWN & ~_ALL_TEMPORARY, DESTRUCTIVE, "removes files"),
    rule("*", Condition(_carries_removal), FORBIDDEN, "may remove the root, a home or a system directory, or all in it"),
    rule("rmdir", operand_is(ROOT, USERS_HOME, PERSONAL), DESTRUCTIVE, "removes a home or personal directory"),
    rule("rmdir", ~opt("--help", "--version"), CAUTION, "removes empty directories"),
    rule("trash trash-put gio gvfs-trash", matching(r".*trash.*") | operands(1), CAUTION, "moves files to the wastebasket"),
    rule("lftp", text_matches(r"\b(m?rm|rmdir)\b|--delete\b|--Remove-source"), DESTRUCTIVE, "removes files on the server"),
    rule("sftp ftp ncftp", text_matches(r"(?:^|\n)\s*-?(rm|rmdir|m?delete)\b"), DESTRUCTIVE, "removes files on the server"),
    rule("smbclient", text_matches(r"\b(del|rm|rmdir|deltree)\b"), DESTRUCTIVE, "removes files on the server"),
    rule("trash-empty", ALWAYS, DESTRUCTIVE, "empties the wastebasket"),
    rule("gio", verb("trash") & opt("--empty"), DESTRUCTIVE, "empties the wastebasket"),
    rule("hdfs hadoop", matching(r"-(rm|rmr|rmdir|expunge)"), DESTRUCTIVE, "removes files"),
    rule("kioclient kioclient5 gio gvfs-rm", verb("remove"), DESTRUCTIVE, "removes files"),
    rule("find fd", any_word("-delete") & _find_roots(*PROTECTED, CRITICAL), FORBIDDEN, "removes everything below an important directory, or what the system needs"),
    rule("find", _REMOVES_OLD_OR_BIG_ONES, FORBIDDEN, "removes files all over the system, whatever they are"),
    rule("find fd", any_word("-delete"), DESTRUCTIVE, "removes every file that it finds", takes_trees=True),
    rule("find", any_word("-fprint", "-fprintf", "-fls") & anything_is(CRITICAL, DEVICE), FORBIDDEN, "overwrites a file that the system needs"),
    rule("fdupes jdupes rmlint", opt("-d", "--delete", "-N"), DESTRUCTIVE, "removes duplicate files"),
    rule("rdfind", opt("-deleteduplicates") & any_word("true"), DESTRUCTIVE, "removes duplicate files"),
    rule("bleachbit", opt("-c", "--clean"), DESTRUCTIVE, "removes files"),
    rule("tmpreaper tmpwatch", ALWAYS, DESTRUCTIVE, "removes old files", takes_trees=True),
    rule("history", opt("-c", "-d"), DESTRUCTIVE, "erases the command history"),
    rule("fc", opt("-p"), CAUTION, "switches the command history"),
]
# fmt: on
