"""What a command does to files, as far as its words tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from shellper.safety.calls import Call, Word, transferred
from shellper.safety.explanation.written import is_pattern, source
from shellper.safety.files.syncing import removes_what_the_source_lacks
from shellper.safety.files.written import written_files
from shellper.safety.interpreters import SHELLS
from shellper.safety.languages.code_strings import bare
from shellper.safety.languages.foreign import code_of
from shellper.safety.names import names
from shellper.safety.wrappers import IN_FRONT
from shellper.safety.wrappers.tools import sed_scripts

_QUIET = frozenset(
    names(
        """
    ls cd pushd popd dirs pwd cat grep zgrep rg ag head tail wc sort uniq cut tr echo printf diff cmp comm
    paste join column nl tac rev fold fmt shuf du df stat file ps top htop less more man which whereis type hash date
    cal sleep seq basename dirname realpath readlink ping traceroute dig nslookup host whois lsof ss netstat jq true :
    false test [ [[ read mapfile export set unset shopt local declare typeset readonly let shift return exit break
    continue alias unalias jobs fg bg wait disown umask ulimit trap exec eval env printenv command builtin id whoami
    journalctl nc ip who w uname hostname uptime free lscpu lsblk lsusb lspci dmesg kill pkill killall pgrep tree locate
    strings xxd od hexdump md5sum sha1sum sha256sum sha512sum cksum base64 yes bc expr nproc arch tty clear
    reset history zcat bzcat xzcat help apropos whatis getent groups logname time watch nohup tee xargs parallel find
    sudo doas
    """
    )
)
"""They change no file, save what redirections and some of their options write; or what they run tells."""
_LOOKING = {
    *(("git", verb) for verb in names("status log diff show blame rev-parse grep ls-files shortlog reflog")),
    *(("docker", verb) for verb in names("ps images logs inspect stats version info")),
    *(("kubectl", verb) for verb in names("get describe logs top explain version")),
    *(("systemctl", verb) for verb in names("status show list-units list-unit-files is-active is-enabled cat")),
    *((program, verb) for program in ("apt", "brew", "pip", "npm") for verb in names("list search show info ls")),
}
_AWK_WRITES = re.compile(r"\bprint\w*\b[^;}\n]{0,300}>|\bsystem\s*\(|(?<!\|)\|(?!\|)")
_LOUD = {
    "history": ("-c", "-d", "-w", "-a", "-n", "-r"), "date": ("-s", "--set"), "dmesg": ("-c", "-C", "--clear"),
    "journalctl": ("--rotate", "--vacuum-size", "--vacuum-time", "--vacuum-files"), "nc": ("-e", "-c"),
}  # fmt: skip
"""Options with which quiet programs change something after all."""


def effects(call: Call) -> list[str]:
    """What happens to files, as phrases; empty where nothing does."""
    found = [_written(word, replaces) for word, replaces in written_files(call) if word.text != "/dev/null"]
    change = _CHANGES.get(call.program)
    told = list(change(call)) if change is not None else []
    if change is not None and call.program in ("cp", "mv", "ln", "scp", "install"):
        return told + [_written(r.target, r.writes) for r in call.redirects if r.writes or r.appends]
    if change is None and not found and not _quiet(call):
        return [f"what {source(Word(call.name))} does to files is not known from the command"] if call.name else []
    return found + told


def _written(word: Word, replaces: bool) -> str:
    return f"writes {source(word)} anew" if replaces else f"adds to {source(word)}"


def _quiet(call: Call) -> bool:
    if call.program in _LOUD and call.has(*_LOUD[call.program]):
        return False
    if (call.program, *(word.plain for word in call.operands[:1])) in _LOOKING or call.program in _QUIET | IN_FRONT:
        return True
    if call.program == "awk":
        return not any(_AWK_WRITES.search(bare(code)) for code in code_of(call))
    if [word.plain for word in call.operands] in (["branch"], ["remote"], ["tag"]):
        return not call.has("-d", "-D", "-m", "-M", "-u", "--delete", "--move", "--set-upstream-to")
    return call.program in SHELLS and call.has("-c")  # what the text does is told


def _operands(call: Call, first: int = 0) -> str:
    return " ".join(map(source, call.operands[first:])) or "what it is given"


def _makes(call: Call) -> Iterator[str]:
    yield f"makes {_operands(call)}" + (" if missing" if call.program == "touch" else "")


def _removes(call: Call) -> Iterator[str]:
    yield f"removes {_operands(call)}"


def _transfers(call: Call) -> Iterator[str]:
    sources, targets = transferred(call)
    verb = {"mv": "moves", "ln": "links"}.get(call.program, "copies")
    if call.program == "ln" and not sources:
        sources = call.operands
    if into_last := _into_last_match(call):
        yield f"{verb} {into_last}"
        return
    where = f" {'as' if call.program == 'ln' else 'to'} {source(targets[0])}" if targets else ""
    yield f"{verb} {' '.join(map(source, sources))}{where}"


def _installs(call: Call) -> Iterator[str]:
    yield from _makes(call) if call.has("-d", "--directory") else _transfers(call)


def _into_last_match(call: Call) -> str:
    """What moves where in `mv a *`: the pattern gives sources too, and the last of its matches is the target."""
    last = call.operands[-1] if call.operands else Word("")
    pattern = source(last)
    elsewhere = call.program in ("rsync", "scp") and ":" in last.plain
    if not is_pattern(last) or elsewhere or call.has("-t", "--target-directory"):
        return ""
    others = "".join(f"{source(word)} and " for word in call.operands[:-1])
    return f"{others}what {'else ' if others else ''}matches {pattern} to the last that matches"


def _finds(call: Call) -> Iterator[str]:
    if any(word.plain == "-delete" for word in call.args):
        yield "removes everything that it finds"


def _edits(call: Call) -> Iterator[str]:
    given = call.has("-e", "-f", "--expression", "--file")
    if call.has("-i", "--in-place"):
        yield f"changes {_operands(call, 0 if given else 1)}"
    elif any(re.search(r"(?:^|[\s;{}\d/])[wW]\s+\S", script) for script in sed_scripts(call)):
        yield "writes what its edit says"


def _rights(call: Call) -> Iterator[str]:
    what = {"chmod": "the permissions", "chown": "the owner", "chgrp": "the group"}[call.program]
    yield f"changes {what} of {_operands(call, 0 if call.has('--reference') else 1)}"


def _unpacks(call: Call) -> Iterator[str]:
    if call.has("-x", "--extract", "--get") and not call.has("-O", "--to-stdout"):
        folders = call.option_values("-C", "--directory")
        yield f"unpacks into {source(folders[-1]) if folders else 'the current directory'}"


def _unzips(call: Call) -> Iterator[str]:
    if not call.has("-l", "-t", "-p", "-v", "-Z"):
        folders = call.option_values("-d")
        yield f"unpacks into {source(folders[-1]) if folders else 'the current directory'}"


def _compresses(call: Call) -> Iterator[str]:
    if not call.has("-c", "--stdout", "-l", "-t") and call.operands:
        kept = "writes a packed or unpacked copy of" if call.has("-k", "--keep") else "replaces"
        yield f"{kept} {_operands(call)}" + ("" if call.has("-k", "--keep") else ", packed or unpacked")


def _fetches(call: Call) -> Iterator[str]:
    if call.has("-O", "--remote-name", "--remote-name-all"):
        yield "writes what it fetches to a file of the same name"


def _downloads(call: Call) -> Iterator[str]:
    if not call.has("-O", "--output-document", "--spider"):
        yield "writes what it fetches to files"


def _copies_away(call: Call) -> Iterator[str]:
    sources, targets = transferred(call)
    if into_last := _into_last_match(call):
        yield f"copies {into_last}"
    elif targets and not call.has("-n", "--dry-run"):
        removes = call.program == "rsync" and removes_what_the_source_lacks(call)
        yield f"copies {' '.join(map(source, sources))} to {source(targets[0])}" + (
            ", and removes there what the source lacks" if removes else ""
        )


def _packs(call: Call) -> Iterator[str]:
    if call.operands:
        yield f"writes {source(call.operands[0])}"


def _makes_temporary(call: Call) -> Iterator[str]:
    yield "makes a new temporary " + ("directory" if call.has("-d") else "file")


def _schedules(call: Call) -> Iterator[str]:
    if not call.has("-l"):
        yield "changes what runs at set times"


def _cuts(call: Call) -> Iterator[str]:
    yield f"sets the size of {_operands(call)}"


_CHANGES: dict[str, Callable[[Call], Iterator[str]]] = {
    "mkdir": _makes, "touch": _makes, "mkfifo": _makes, "rm": _removes, "rmdir": _removes, "unlink": _removes,
    "cp": _transfers, "mv": _transfers, "ln": _transfers, "install": _installs,
    "find": _finds, "sed": _edits,
    "chmod": _rights, "chown": _rights, "chgrp": _rights, "tar": _unpacks, "unzip": _unzips,
    "gzip": _compresses, "gunzip": _compresses, "bzip2": _compresses, "xz": _compresses, "curl": _fetches,
    "wget": _downloads, "scp": _copies_away, "rsync": _copies_away, "truncate": _cuts, "zip": _packs,
    "mktemp": _makes_temporary, "crontab": _schedules,
}  # fmt: skip
