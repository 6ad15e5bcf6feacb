"""Emptying files and rewriting them in place."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

import re

from shellper.safety import places
from shellper.safety.bash.marks import has_glob
from shellper.safety.files.written import edits_in_place
from shellper.safety.languages import foreign
from shellper.safety.places import CRITICAL, DEVICE, KERNEL, PROGRAMS, PROTECTED, ROOT, SYSTEM
from shellper.safety.rules.conditions import (
    CAUTION,
    DESTRUCTIVE,
    FORBIDDEN,
    LOOPED,
    Condition,
    Context,
    any_word,
    matching,
    operand_is,
    operands,
    opt,
    rule,
    text_matches,
    verb,
)
from shellper.safety.wrappers.tools import editor_empties, editor_saves, sed_scripts

_EVERY_LINE = re.compile(r"\s*(?:(?:(?:\d,\$|/\.\*?/|/\^/|/\$/)?\s*d)|s([^\w\s])\^?\.[*+]\$?\1\1\w*)\s*;?\s*")
"""Scripts for sed that remove all lines, or all but a few at the top, or all that is in them."""


def _removes_lines(context: Context) -> bool:
    """A script for sed that removes nearly every line, or with -n prints some or none."""
    everything = any(_EVERY_LINE.fullmatch(script) for script in sed_scripts(context.call))
    return everything or context.call.has("-n", "--quiet", "--silent")


_BLANKS = re.compile(r"\s*\$_\s*=\s*(?:\"\"|''|undef)\s*;?\s*|\s*undef\s+\$_\s*;?\s*")
_BLANKED = Condition(lambda c: any(_BLANKS.fullmatch(code) for code in foreign.code_of(c.call)))
_MANY = LOOPED | operands(3) | Condition(lambda c: any(has_glob(word.text) for word in c.call.operands))
"""A pattern, a loop, find or xargs gives the files, or there are several of them."""

# fmt: off
RULES = [
    rule("tee", ~opt("-a", "--append") & Condition(lambda c: any(has_glob(word.text) for word in c.call.operands)), DESTRUCTIVE, "overwrites every file that a pattern finds"),
    rule("truncate", operand_is(CRITICAL, DEVICE, KERNEL), FORBIDDEN, "empties a file that the system needs"),
    rule("truncate", operands(1), DESTRUCTIVE, "cuts files off"),
    rule("fallocate", opt("-d", "-p", "-c", "-z", "--punch-hole", "--collapse-range", "--zero-range"), DESTRUCTIVE, "erases parts of a file"),
    rule("sed perl ruby", opt("-i", "--in-place") & operand_is(places.ACCOUNTS, PROGRAMS, DEVICE), DESTRUCTIVE, "rewrites a file that the system needs"),
    rule("sed", opt("-i", "--in-place") & Condition(_removes_lines) & operand_is(CRITICAL, *PROTECTED), FORBIDDEN, "removes lines of files that the system needs"),
    rule("sed", opt("-i", "--in-place") & Condition(_removes_lines), DESTRUCTIVE, "removes every line, or all but some"),
    rule("perl", opt("-i") & _BLANKED, DESTRUCTIVE, "removes every line"),
    rule("perl", opt("-i") & opt("-n") & ~text_matches(r"\b(?:print|printf|say)\b"), DESTRUCTIVE, "removes every line"),
    rule("vim vi nvim view ex ed", Condition(lambda c: editor_empties(c.call)), DESTRUCTIVE, "removes every line"),
    rule("vim vi nvim view ex ed", Condition(lambda c: editor_saves(c.call)), CAUTION, "rewrites files in place"),
    rule("sed perl ruby", opt("-i", "--in-place") & _MANY, CAUTION, "rewrites many files in place"),
    rule("sed perl ruby", opt("-i", "--in-place") & ~_MANY, CAUTION, "rewrites files in place"),
    rule("awk", text_matches(r">\s*FILENAME\b"), DESTRUCTIVE, "overwrites the files that it reads"),
    rule("awk", opt("-i", "--include") & any_word("inplace") & operand_is(SYSTEM, ROOT), FORBIDDEN, "rewrites files all over the system"),
    rule("awk", opt("-i", "--include") & any_word("inplace") & operand_is(places.ACCOUNTS, CRITICAL, SYSTEM, ROOT), DESTRUCTIVE, "rewrites a file that the system needs"),
    rule("awk", opt("-i", "--include") & any_word("inplace"), CAUTION, "rewrites files in place"),
    rule("sd", operands(3) & ~opt("-p", "--preview"), CAUTION, "rewrites files in place"),
    rule("yq dasel crudini", opt("-i", "--inplace", "--in-place"), CAUTION, "rewrites files in place"),
    rule("prettier eslint stylelint biome clang-format gofmt goimports shfmt autopep8 yapf rubocop", opt("--write", "-w", "--fix", "-i", "--in-place", "-a", "-A"), CAUTION, "rewrites files in place"),
    rule("black isort rustfmt", operands(1) & ~opt("--check", "--diff"), CAUTION, "rewrites files in place"),
    rule("ruff", (verb("format") & ~opt("--check", "--diff")) | (verb("check") & opt("--fix")), CAUTION, "rewrites files in place"),
    rule("exiftool", matching(r"-all=.*"), CAUTION, "rewrites files in place"),
    rule("dos2unix unix2dos", operands(1), CAUTION, "rewrites files in place"),
    rule("mogrify", operands(1) & ~opt("-path"), CAUTION, "rewrites files in place"),
    rule("convert magick", Condition(lambda c: edits_in_place(c.call)), CAUTION, "rewrites files in place"),
    rule("magick", verb("mogrify") & ~opt("-path"), CAUTION, "rewrites files in place"),
    rule("qpdf", opt("--replace-input"), CAUTION, "rewrites files in place"),
    rule("patch", ~opt("--dry-run"), CAUTION, "changes the files that the patch names"),
]
# fmt: on
