"""Removing, overwriting, moving and opening up files."""

# ruff: noqa: E501, S108, RUF100 - one rule a line
from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from shellper.safety import places
from shellper.safety.bash.marks import certain, has_glob
from shellper.safety.calls import Call, Word, transferred
from shellper.safety.canonical import canonical
from shellper.safety.files.syncing import removes_its_sources, removes_what_the_source_lacks
from shellper.safety.files.written import edits_in_place, names_one, target_path
from shellper.safety.flows import PRINTED, VARIES
from shellper.safety.languages import foreign
from shellper.safety.places import (
    CRITICAL,
    DEVICE,
    KERNEL,
    KEYS,
    PERSONAL,
    PROGRAMS,
    PROTECTED,
    ROOT,
    SETTINGS,
    SYSTEM,
    USERS_HOME,
)  # fmt: skip
from shellper.safety.programs import programs
from shellper.safety.rules.conditions import (
    ALWAYS,
    CAUTION,
    CODE_TAKERS,
    DESTRUCTIVE,
    DRY_RUN,
    FORBIDDEN,
    LOOPED,
    Condition,
    Context,
    any_word,
    anything_is,
    kind_of,
    matching,
    operand_is,
    operands,
    opt,
    rule,
    text_matches,
    verb,
)  # fmt: skip
from shellper.safety.sources import packed
from shellper.safety.wrappers.find import find_roots, found_paths, removes_by_age_or_size
from shellper.safety.wrappers.tools import editor_empties, editor_saves, sed_scripts

_DIRECTORIES = tuple(PROTECTED)
_CODE_TAKERS = " ".join([CODE_TAKERS, *sorted(foreign.COMPILERS)])
_REMOVERS = "rm srm unlink shred wipe trash-rm rimraf"
_ALL_TEMPORARY = Condition(lambda c: all(places.TEMPORARY in c.kinds(word) for word in c.call.operands))
_DOWN = opt("-r", "-R", "--recursive") | Condition(lambda c: c.call.program == "rimraf")


def _source(*kinds: str) -> Condition:
    return kind_of(lambda context: transferred(context.call)[0], *kinds)


def _destination(*kinds: str) -> Condition:
    return kind_of(lambda context: transferred(context.call)[1], *kinds)


def _system(context: Context, words: Iterable[Word]) -> bool:
    """One of the words is a system directory, or a program in it; /tmp and the like belong to everyone."""
    found = [context.kinds(word) for word in words]
    return any(kinds & {SYSTEM, PROGRAMS, ROOT} and places.SCRATCH not in kinds for kinds in found)


_INTO_SYSTEM = Condition(lambda c: _system(c, transferred(c.call)[1]))
_UNPACKS_INTO_SYSTEM = Condition(lambda c: _system(c, c.call.option_values("-C", "--directory")))


# Old logs are for removing.
_REMOVES_OLD_OR_BIG_ONES = Condition(
    lambda c: (
        removes_by_age_or_size(c.call.args)
        and _system(c, [root for root in find_roots(c.call.args) if not root.plain.startswith("/var/log")])
    )
)


def _find_roots(*kinds: str) -> Condition:
    return kind_of(lambda context: map(Word, found_paths(context.call.args)), *kinds)


def _code_names(paths: Callable[[Call], list[str]], kinds: tuple[str, ...]) -> Condition:
    """Of the paths that code does something to, one is of these kinds, or matters at all."""
    wanted = frozenset(kinds)

    def holds(context: Context) -> bool:
        named = [context.kinds(foreign.path_in_code(path)) for path in paths(context.call)]
        return any(found & wanted if wanted else places.HARMLESS not in found for found in named)

    return Condition(holds)


def _code_removes(*kinds: str) -> Condition:
    return _code_names(foreign.removed_paths, kinds)


def _code_overwrites(*kinds: str) -> Condition:
    return _code_names(foreign.overwritten_paths, kinds)


def _carries_removal(context: Context) -> bool:
    """The words of `rm -r` and an important directory, given to a program that nothing is known of: it may run them."""
    texts = [canonical(word.plain) for word in context.call.args]
    if "rm" not in texts or context.call.program in programs():
        return False
    inner = replace(context.call, name="rm", args=context.call.args[texts.index("rm") + 1 :])
    return inner.has("-r", "-R", "--recursive") and any(context.kinds(word) & PROTECTED for word in inner.operands)


_NO_FOLDER = re.compile(r"(?!.*\.(?:d|app|git|old|bak)$).*[^/.]\.[A-Za-z]\w{0,5}", re.DOTALL)
"""A name that ends like a file's, and not as folders are named too (conf.d)."""


def _lands_on_one(context: Context) -> bool:
    """In a loop `mv "$f" FILE`: from every round another file, to one name that is no folder as far as is known."""
    call = context.call
    if len(call.operands) != 2 or call.has("-t", "--target-directory"):
        return False
    source, target = call.operands
    known = certain(target.text) and not has_glob(target.text) and _NO_FOLDER.fullmatch(target.plain) is not None
    path = target_path(target, call)
    return VARIES in source.taints - target.taints and known and not (path is not None and path.is_dir())


def _lands_in_last_match(context: Context) -> bool:
    """`mv a *`, `mv *.txt`: the pattern in the last place gives sources too, and its last match is where all goes."""
    call = context.call
    folder_given = call.has("-t", "--target-directory", "-d", "--directory")
    if call.looped or folder_given or not call.operands or PRINTED in call.operands[-1].taints:
        return False
    last = call.operands[-1]
    elsewhere = call.program in ("rsync", "scp") and ":" in last.plain  # the pattern is for the other machine
    return has_glob(last.text) and not elsewhere and not names_one(last, call)


def _empties_last(context: Context) -> bool:
    """The last operand, which is the destination or the only one, is an important directory."""
    return any(context.kinds(word) & {ROOT, SYSTEM, USERS_HOME} for word in context.call.operands[1:][-1:])


def _replaces_personal(context: Context) -> bool:
    """`ln -f` onto a file with keys, passwords or the history; what lies inside a personal folder is new there."""
    targets = [word for word in context.call.operands[1:][-1:] if certain(word.text) and not has_glob(word.text)]
    return any(KEYS in context.kinds(word) and PERSONAL not in context.kinds(word) for word in targets)


def _packs_over(context: Context) -> bool:
    """`tar cf *.txt`: the name of the archive is what a pattern finds first."""
    call = context.call
    return not call.looped and any(has_glob(word.text) for word in call.option_values("-f", "--file"))


_EVERY_LINE = re.compile(r"\s*(?:(?:(?:\d,\$|/\.\*?/|/\^/|/\$/)?\s*d)|s([^\w\s])\^?\.[*+]\$?\1\1\w*)\s*;?\s*")
"""Scripts for sed that remove all lines, or all but a few at the top, or all that is in them."""


def _removes_lines(context: Context) -> bool:
    """A script for sed that removes nearly every line, or with -n prints some or none."""
    everything = any(_EVERY_LINE.fullmatch(script) for script in sed_scripts(context.call))
    return everything or context.call.has("-n", "--quiet", "--silent")


_BLANKS = re.compile(r"\s*\$_\s*=\s*(?:\"\"|''|undef)\s*;?\s*|\s*undef\s+\$_\s*;?\s*")
_BLANKED = Condition(lambda c: any(_BLANKS.fullmatch(code) for code in foreign.code_of(c.call)))
_PACKS_PROTECTED = Condition(lambda c: any(c.kinds(word) & PROTECTED for word in packed(c.call)))
_INTO_SYSTEM_BY_OPTION = Condition(
    lambda c: _system(
        c,
        [
            *c.call.option_values("-d", "-D", "-C", "--directory"),
            *(
                Word(word.text[2:])
                for word in c.call.args
                if c.call.program.startswith("7z") and word.text.startswith("-o")
            ),
        ],
    )
)


_NO_REMOVAL = DRY_RUN | opt("-n")
_RSYNC_DELETES = Condition(lambda c: removes_what_the_source_lacks(c.call))
_EXTRACTS = opt("-x", "--extract", "--get")
_KEEPS_OLD = opt("-k", "--keep-old-files", "--skip-old-files", "-O", "--to-stdout", "--overwrite", "--recursive-unlink")
"""With these tar overwrites nothing, or another rule says what it does."""
_PACKERS = "gzip gunzip pigz bzip2 bunzip2 xz unxz lzma unlzma zstd unzstd lz4"
_MANY = LOOPED | operands(3) | Condition(lambda c: any(has_glob(word.text) for word in c.call.operands))
"""A pattern, a loop, find or xargs gives the files, or there are several of them."""


_ON_SYSTEM = (ROOT, SYSTEM, USERS_HOME, CRITICAL)


def _system_tree(context: Context) -> bool:
    """chmod -R and chown -R: /usr/local, /opt and the like are often handed over on purpose."""
    lenient = ("/usr/local", "/opt", "/srv", "/mnt", "/media", "/tmp", "/data", "/var/www", "/snap", "/nix")
    for word in context.call.operands[1:]:
        kinds = context.kinds(word)
        path = places.resolve(word.text, context.call.cwd, context.home) or ""
        if kinds & {ROOT, USERS_HOME} or (SYSTEM in kinds and not path.startswith(lenient)):
            return True
    return False


# fmt: off
RULES = [
    # removal
    rule(_REMOVERS, operand_is(*_DIRECTORIES), FORBIDDEN, "removes the root, a home or a system directory, or all in it"),
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
    rule("tee", ~opt("-a", "--append") & Condition(lambda c: any(has_glob(word.text) for word in c.call.operands)), DESTRUCTIVE, "overwrites every file that a pattern finds"),
    rule("lftp", text_matches(r"\b(m?rm|rmdir)\b|--delete\b|--Remove-source"), DESTRUCTIVE, "removes files on the server"),
    rule("sftp ftp ncftp", text_matches(r"(?:^|\n)\s*-?(rm|rmdir|m?delete)\b"), DESTRUCTIVE, "removes files on the server"),
    rule("smbclient", text_matches(r"\b(del|rm|rmdir|deltree)\b"), DESTRUCTIVE, "removes files on the server"),
    rule("trash-empty", ALWAYS, DESTRUCTIVE, "empties the wastebasket"),
    rule("gio", verb("trash") & opt("--empty"), DESTRUCTIVE, "empties the wastebasket"),
    rule("hdfs hadoop", matching(r"-(rm|rmr|rmdir|expunge)"), DESTRUCTIVE, "removes files"),
    rule("kioclient kioclient5 gio gvfs-rm", verb("remove"), DESTRUCTIVE, "removes files"),
    rule("find fd", any_word("-delete") & _find_roots(*_DIRECTORIES, CRITICAL), FORBIDDEN, "removes everything below an important directory, or what the system needs"),
    rule("find", _REMOVES_OLD_OR_BIG_ONES, FORBIDDEN, "removes files all over the system, whatever they are"),
    rule("find fd", any_word("-delete"), DESTRUCTIVE, "removes every file that it finds", takes_trees=True),
    rule("find", any_word("-fprint", "-fprintf", "-fls") & anything_is(CRITICAL, DEVICE), FORBIDDEN, "overwrites a file that the system needs"),
    rule("fdupes jdupes rmlint", opt("-d", "--delete", "-N"), DESTRUCTIVE, "removes duplicate files"),
    rule("rdfind", opt("-deleteduplicates") & any_word("true"), DESTRUCTIVE, "removes duplicate files"),
    rule("bleachbit", opt("-c", "--clean"), DESTRUCTIVE, "removes files"),
    rule("tmpreaper tmpwatch", ALWAYS, DESTRUCTIVE, "removes old files", takes_trees=True),
    rule(_CODE_TAKERS, _code_removes(*_DIRECTORIES, CRITICAL, DEVICE), FORBIDDEN, "its code removes an important directory"),
    rule(_CODE_TAKERS, _code_overwrites(CRITICAL, DEVICE), FORBIDDEN, "its code overwrites a device, or a file that the system needs"),
    rule(_CODE_TAKERS, _code_overwrites() & ~_code_overwrites(CRITICAL, DEVICE), DESTRUCTIVE, "its code overwrites the system's files"),
    rule(_CODE_TAKERS, Condition(lambda c: foreign.removes_trees(c.call)), DESTRUCTIVE, "its code removes directories with everything in them", takes_trees=True),
    rule(_CODE_TAKERS, _code_removes(), DESTRUCTIVE, "its code removes files"),
    rule(_CODE_TAKERS, Condition(lambda c: foreign.empties_files(c.call)), DESTRUCTIVE, "its code empties files"),
    rule(_CODE_TAKERS, Condition(lambda c: foreign.writes_files(c.call)), CAUTION, "its code writes files"),
    # moving and copying
    rule("mv", _source(ROOT, SYSTEM, USERS_HOME, PERSONAL, CRITICAL), FORBIDDEN, "moves an important directory away"),
    rule("mv cp install ln qemu-img bmaptool rpi-imager e2image dd_rescue", _destination(DEVICE), FORBIDDEN, "overwrites a disk device"),
    rule("cp", LOOPED & _source(places.HARMLESS) & _destination(ROOT, SYSTEM, USERS_HOME), FORBIDDEN, "empties everything below an important directory"),
    rule("mv", _destination(places.TEMPORARY), DESTRUCTIVE, "moves files to a temporary place"),
    rule("mv", _destination(places.HARMLESS), DESTRUCTIVE, "moving to a device throws the file away"),
    rule("mv cp install", _destination(CRITICAL, KERNEL), FORBIDDEN, "overwrites a file that the system needs"),
    rule("mv cp install", _INTO_SYSTEM, CAUTION, "changes a system directory"),
    rule("cp install", matching("/dev/null") & ~_destination(places.HARMLESS), DESTRUCTIVE, "empties a file"),
    rule("ln", opt("-f", "--force") & opt("-n", "-T", "--no-dereference", "--no-target-directory") & _destination(SYSTEM), FORBIDDEN, "replaces a directory that the system needs"),
    rule("ln", opt("-f", "--force") & _destination(CRITICAL), FORBIDDEN, "replaces a file that the system needs"),
    rule("ln", opt("-f", "--force") & Condition(_replaces_personal), DESTRUCTIVE, "replaces a personal file"),
    rule("ln", opt("-f", "--force") & matching("/dev/null") & ~_destination(places.HARMLESS), DESTRUCTIVE, "empties a file"),
    rule("ln", opt("-f", "--force"), CAUTION, "replaces a file of that name"),
    rule("mv cp install", LOOPED & Condition(_lands_on_one) & ~opt("-n", "--no-clobber", "-i", "-b", "--backup"), DESTRUCTIVE, "every file lands on the same name"),
    rule("mv cp install ln rsync scp", Condition(_lands_in_last_match) & ~DRY_RUN, DESTRUCTIVE, "all that the last pattern matches goes into the last match, or over it"),
    rule("cp", opt("--remove-destination"), DESTRUCTIVE, "removes what stands in the way"),
    rule("rsync", _RSYNC_DELETES & _destination(ROOT, SYSTEM, USERS_HOME), FORBIDDEN, "removes everything in an important directory that the source lacks"),
    rule("rsync", _RSYNC_DELETES | Condition(lambda c: removes_its_sources(c.call)), DESTRUCTIVE, "removes files", takes_trees=True),
    rule("tar", opt("--remove-files") & (operand_is(*_DIRECTORIES) | _PACKS_PROTECTED), FORBIDDEN, "packs an important directory and removes it"),
    rule("zip", opt("-m", "--move") & operand_is(*_DIRECTORIES), FORBIDDEN, "packs an important directory and removes it"),
    rule("7z 7za 7zr 7zz rar", opt("-sdel", "-df") & operand_is(*_DIRECTORIES), FORBIDDEN, "packs an important directory and removes it"),
    rule("tar", opt("--remove-files"), DESTRUCTIVE, "removes the files that it packs", takes_trees=True),
    rule("tar", opt("--delete"), DESTRUCTIVE, "removes files from an archive"),
    rule("zip", opt("-d", "--delete"), DESTRUCTIVE, "removes files from an archive"),
    rule("7z 7za 7zr 7zz rar", verb("d"), DESTRUCTIVE, "removes files from an archive"),
    rule("tar", opt("-c", "--create") & Condition(_packs_over), DESTRUCTIVE, "the first file is overwritten with the archive"),
    rule("tar", _EXTRACTS & opt("--overwrite", "--recursive-unlink"), DESTRUCTIVE, "overwrites existing files"),
    rule("tar", _EXTRACTS & _UNPACKS_INTO_SYSTEM, CAUTION, "unpacks into a system directory"),
    rule("tar", _EXTRACTS & opt("-P", "--absolute-names"), CAUTION, "unpacks to wherever the archive says"),
    rule("tar", _EXTRACTS & ~_KEEPS_OLD, CAUTION, "overwrites files that have the same names"),
    rule("zip", opt("-m", "--move") & opt("-r", "--recurse-paths"), DESTRUCTIVE, "removes the directories that it packs", takes_trees=True),
    rule("zip", opt("-m", "--move") & ~opt("-r", "--recurse-paths"), DESTRUCTIVE, "removes the files that it packs"),
    rule("unzip", opt("-o") & _INTO_SYSTEM_BY_OPTION, DESTRUCTIVE, "overwrites files in a system directory"),
    rule("7z 7za 7zr 7zz", verb("x|e") & opt("-y", "-aoa") & _INTO_SYSTEM_BY_OPTION, DESTRUCTIVE, "overwrites files in a system directory"),
    rule("unzip 7z 7za 7zr 7zz cpio", _INTO_SYSTEM_BY_OPTION, CAUTION, "unpacks into a system directory"),
    rule("unzip", opt("-o"), CAUTION, "overwrites existing files"),
    rule(_PACKERS, opt("-f", "--force") & ~opt("-c", "--stdout", "-t", "--test", "-l", "--list"), CAUTION, "overwrites existing files"),
    rule("7z 7za 7zr 7zz", verb("x|e") & opt("-y", "-aoa"), CAUTION, "overwrites existing files"),
    rule("unrar", verb("x|e") & opt("-y", "-o+"), CAUTION, "overwrites existing files"),
    rule("cpio", opt("-u", "--unconditional"), CAUTION, "overwrites existing files"),
    rule("7z 7za 7zr 7zz rar", opt("-sdel", "-df"), DESTRUCTIVE, "removes the files that it packs", takes_trees=True),
    rule("rename prename", opt("-f", "--force") & ~opt("-n", "--nono", "--no-act"), DESTRUCTIVE, "renames files over one another"),
    rule("rename prename mmv", operands(1) & ~opt("-n", "--nono", "--no-act"), CAUTION, "renames files"),
    rule("rclone", verb("sync|purge|delete|rmdirs") & Condition(_empties_last) & ~_NO_REMOVAL, FORBIDDEN, "removes everything in an important directory that the source lacks"),
    rule("rclone", verb("delete|purge|sync") & ~_NO_REMOVAL, DESTRUCTIVE, "removes files at the destination", takes_trees=True),
    rule("rclone", verb("rmdirs|deletefile|cleanup") & ~_NO_REMOVAL, DESTRUCTIVE, "removes files at the destination"),
    # emptying and rewriting
    rule("truncate", operand_is(CRITICAL, DEVICE, KERNEL), FORBIDDEN, "empties a file that the system needs"),
    rule("truncate", operands(1), DESTRUCTIVE, "cuts files off"),
    rule("fallocate", opt("-d", "-p", "-c", "-z", "--punch-hole", "--collapse-range", "--zero-range"), DESTRUCTIVE, "erases parts of a file"),
    rule("sed perl ruby", opt("-i", "--in-place") & operand_is(places.ACCOUNTS, PROGRAMS, DEVICE), DESTRUCTIVE, "rewrites a file that the system needs"),
    rule("sed", opt("-i", "--in-place") & Condition(_removes_lines) & operand_is(CRITICAL, *_DIRECTORIES), FORBIDDEN, "removes lines of files that the system needs"),
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
    # permissions
    rule("chmod chown chgrp setfacl chattr", opt("-R", "--recursive") & Condition(_system_tree), FORBIDDEN, "changes permissions of a whole system or home directory"),
    rule("chmod chown chgrp", LOOPED & Condition(_system_tree), FORBIDDEN, "changes permissions of a whole system or home directory"),
    rule("chmod chown chgrp setfacl", opt("--no-preserve-root"), FORBIDDEN, "switches off the protection of the root directory"),
    rule("chmod", matching(r"0*777|0*666|a\+rwx|a=rwx|\+rwx|0*000|a-rwx|-rwx|ugo-rwx|ugo\+rwx") & operand_is(*_ON_SYSTEM), FORBIDDEN, "opens or locks an important directory for everyone"),
    rule("chmod", matching(r"[ug,]*\+[rwx]*s[rwx]*|[2467][0-7]{3}|0[2467][0-7]{3}") & operand_is(PROGRAMS, CRITICAL), FORBIDDEN, "lets everyone run a program as its owner"),
    rule("chmod", matching(r"[ugoa]*-[rwx]+|0*000") & operand_is(PROGRAMS, CRITICAL, SYSTEM, USERS_HOME), FORBIDDEN, "takes away access to what the system needs"),
    rule("chmod chown chgrp", operand_is(CRITICAL), DESTRUCTIVE, "changes permissions of a file that the system needs"),
    rule("chmod", matching(r"u[go,]*\+[rwx]*s[rwx]*|\+s|[467][0-7]{3}"), DESTRUCTIVE, "lets everyone run a program as its owner"),
    rule("chmod", opt("-R", "--recursive") & matching(r"0*777|0*666|a\+rwx|a=rwx|\+rwx|0*000|[au]*-[rwx]*[rx][rwx]*"), DESTRUCTIVE, "opens or locks a whole tree for everyone"),
    rule("chmod chown chgrp setfacl chattr chcon icacls", ~opt("--help", "--version"), CAUTION, "changes permissions"),
    rule("umask", matching(r"0*0"), CAUTION, "new files will be open to everyone"),
    # shell history and settings
    rule("history", opt("-c", "-d"), DESTRUCTIVE, "erases the command history"),
    rule("fc", opt("-p"), CAUTION, "switches the command history"),
]
# fmt: on

# fmt: off
WRITES = [
    # (kinds, only when it replaces the file, level, reason): for redirections and for programs that write a file
    (frozenset({DEVICE}), False, FORBIDDEN, "writes to a disk device"),
    (frozenset({places.PANIC}), False, FORBIDDEN, "stops the machine, or takes a device from it, at once"),
    (frozenset({KERNEL}), False, CAUTION, "writes to a kernel control file"),
    (frozenset({CRITICAL, PROGRAMS}), True, FORBIDDEN, "overwrites a file that the system needs"),
    (frozenset({places.ACCOUNTS}), False, DESTRUCTIVE, "changes who may log in and do what"),
    (frozenset({CRITICAL}), False, CAUTION, "changes a file that the system needs"),
    (frozenset({ROOT, SYSTEM, USERS_HOME}), True, FORBIDDEN, "overwrites an important place"),
    (frozenset({SETTINGS, KEYS}), True, DESTRUCTIVE, "overwrites a personal settings file"),
    (frozenset({SETTINGS, KEYS}), False, CAUTION, "changes a personal settings file"),
]
# fmt: on
"""What writing to a place means, the first that fits counts."""
