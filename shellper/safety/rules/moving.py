"""Moving, copying, linking, renaming and synchronising files."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

import re

from shellper.safety import places
from shellper.safety.bash.marks import certain, has_glob
from shellper.safety.calls import transferred
from shellper.safety.files.syncing import removes_its_sources, removes_what_the_source_lacks
from shellper.safety.files.written import names_one, target_path
from shellper.safety.flows import PRINTED, VARIES
from shellper.safety.places import CRITICAL, DEVICE, KERNEL, KEYS, PERSONAL, ROOT, SYSTEM, USERS_HOME
from shellper.safety.rules.conditions import (
    CAUTION,
    DESTRUCTIVE,
    DRY_RUN,
    FORBIDDEN,
    LOOPED,
    Condition,
    Context,
    in_system,
    kind_of,
    matching,
    operands,
    opt,
    rule,
    verb,
)


def _source(*kinds: str) -> Condition:
    return kind_of(lambda context: transferred(context.call)[0], *kinds)


def _destination(*kinds: str) -> Condition:
    return kind_of(lambda context: transferred(context.call)[1], *kinds)


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


_INTO_SYSTEM = in_system(lambda c: transferred(c.call)[1])
_NO_REMOVAL = DRY_RUN | opt("-n")
_RSYNC_DELETES = Condition(lambda c: removes_what_the_source_lacks(c.call))

# fmt: off
RULES = [
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
    rule("rename prename", opt("-f", "--force") & ~opt("-n", "--nono", "--no-act"), DESTRUCTIVE, "renames files over one another"),
    rule("rename prename mmv", operands(1) & ~opt("-n", "--nono", "--no-act"), CAUTION, "renames files"),
    rule("rclone", verb("sync|purge|delete|rmdirs") & Condition(_empties_last) & ~_NO_REMOVAL, FORBIDDEN, "removes everything in an important directory that the source lacks"),
    rule("rclone", verb("delete|purge|sync") & ~_NO_REMOVAL, DESTRUCTIVE, "removes files at the destination", takes_trees=True),
    rule("rclone", verb("rmdirs|deletefile|cleanup") & ~_NO_REMOVAL, DESTRUCTIVE, "removes files at the destination"),
]
# fmt: on
