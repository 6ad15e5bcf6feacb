"""Packing and unpacking: what is removed after it, and what is overwritten by it."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from shellper.safety.bash.marks import has_glob
from shellper.safety.calls import Word
from shellper.safety.places import PROTECTED
from shellper.safety.rules.conditions import (
    CAUTION,
    DESTRUCTIVE,
    FORBIDDEN,
    Condition,
    Context,
    in_system,
    operand_is,
    opt,
    rule,
    verb,
)
from shellper.safety.sources import packed


def _packs_over(context: Context) -> bool:
    """`tar cf *.txt`: the name of the archive is what a pattern finds first."""
    call = context.call
    return not call.looped and any(has_glob(word.text) for word in call.option_values("-f", "--file"))


def _unpacked_into(context: Context) -> list[Word]:
    """The directory that an option names; 7z has it glued to `-o`."""
    call = context.call
    glued = [Word(word.text[2:]) for word in call.args if call.program.startswith("7z") and word.text.startswith("-o")]
    return [*call.option_values("-d", "-D", "-C", "--directory"), *glued]


_INTO_SYSTEM = in_system(_unpacked_into)
_PACKS_PROTECTED = Condition(lambda c: any(c.kinds(word) & PROTECTED for word in packed(c.call)))
_EXTRACTS = opt("-x", "--extract", "--get")
_KEEPS_OLD = opt("-k", "--keep-old-files", "--skip-old-files", "-O", "--to-stdout", "--overwrite", "--recursive-unlink")
"""With these tar overwrites nothing, or another rule says what it does."""
_PACKERS = "gzip gunzip pigz bzip2 bunzip2 xz unxz lzma unlzma zstd unzstd lz4"

# fmt: off
RULES = [
    rule("tar", opt("--remove-files") & (operand_is(*PROTECTED) | _PACKS_PROTECTED), FORBIDDEN, "packs an important directory and removes it"),
    rule("zip", opt("-m", "--move") & operand_is(*PROTECTED), FORBIDDEN, "packs an important directory and removes it"),
    rule("7z 7za 7zr 7zz rar", opt("-sdel", "-df") & operand_is(*PROTECTED), FORBIDDEN, "packs an important directory and removes it"),
    rule("tar", opt("--remove-files"), DESTRUCTIVE, "removes the files that it packs", takes_trees=True),
    rule("tar", opt("--delete"), DESTRUCTIVE, "removes files from an archive"),
    rule("zip", opt("-d", "--delete"), DESTRUCTIVE, "removes files from an archive"),
    rule("7z 7za 7zr 7zz rar", verb("d"), DESTRUCTIVE, "removes files from an archive"),
    rule("tar", opt("-c", "--create") & Condition(_packs_over), DESTRUCTIVE, "the first file is overwritten with the archive"),
    rule("tar", _EXTRACTS & opt("--overwrite", "--recursive-unlink"), DESTRUCTIVE, "overwrites existing files"),
    rule("tar", _EXTRACTS & _INTO_SYSTEM, CAUTION, "unpacks into a system directory"),
    rule("tar", _EXTRACTS & opt("-P", "--absolute-names"), CAUTION, "unpacks to wherever the archive says"),
    rule("tar", _EXTRACTS & ~_KEEPS_OLD, CAUTION, "overwrites files that have the same names"),
    rule("zip", opt("-m", "--move") & opt("-r", "--recurse-paths"), DESTRUCTIVE, "removes the directories that it packs", takes_trees=True),
    rule("zip", opt("-m", "--move") & ~opt("-r", "--recurse-paths"), DESTRUCTIVE, "removes the files that it packs"),
    rule("unzip", opt("-o") & _INTO_SYSTEM, DESTRUCTIVE, "overwrites files in a system directory"),
    rule("7z 7za 7zr 7zz", verb("x|e") & opt("-y", "-aoa") & _INTO_SYSTEM, DESTRUCTIVE, "overwrites files in a system directory"),
    rule("unzip 7z 7za 7zr 7zz cpio", _INTO_SYSTEM, CAUTION, "unpacks into a system directory"),
    rule("unzip", opt("-o"), CAUTION, "overwrites existing files"),
    rule(_PACKERS, opt("-f", "--force") & ~opt("-c", "--stdout", "-t", "--test", "-l", "--list"), CAUTION, "overwrites existing files"),
    rule("7z 7za 7zr 7zz", verb("x|e") & opt("-y", "-aoa"), CAUTION, "overwrites existing files"),
    rule("unrar", verb("x|e") & opt("-y", "-o+"), CAUTION, "overwrites existing files"),
    rule("cpio", opt("-u", "--unconditional"), CAUTION, "overwrites existing files"),
    rule("7z 7za 7zr 7zz rar", opt("-sdel", "-df"), DESTRUCTIVE, "removes the files that it packs", takes_trees=True),
]
# fmt: on
