"""Which program a name stands for: `k` is kubectl, `gsed` sed, `python3.11` python. Tables have that name alone."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

from shellper.safety.names import names
from shellper.safety.options import VALUED

_ALIASES = {
    "bsdtar": "tar", "k": "kubectl", "oc": "kubectl", "nodejs": "node", "pypy": "python", "netcat": "nc",
    "fdfind": "fd",
    **dict.fromkeys(("https", "xh", "xhs"), "http"), "curlie": "curl", **dict.fromkeys(("mawk", "nawk"), "awk"),
    **dict.fromkeys(("gcc", "g++", "c++", "clang", "clang++"), "cc"), **dict.fromkeys(("egrep", "fgrep"), "grep"),
    **dict.fromkeys(("mailx", "s-nail"), "mail"), "mariadb": "mysql", "sqlite": "sqlite3", "flyctl": "fly",
    **dict.fromkeys(("mamba", "micromamba"), "conda"), "parallel-ssh": "pssh", "ip6tables": "iptables",
    "readarray": "mapfile",
}  # fmt: skip
"""Other names of a program, and programs that are used just like it."""
_GNU = frozenset(
    names(
        """
    awk base32 base64 basename basenc b2sum cat chgrp chmod chown chroot cksum comm cp csplit cut date dd df dirname du
    echo env expand factor false find fmt fold grep egrep fgrep head id install join kill ln locate ls make md5sum mkdir
    mkfifo mknod mktemp mv nice nl nohup nproc numfmt paste pr printenv printf pwd readlink realpath rm rmdir sed seq
    sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf sum sync tac tail tar tee
    timeout touch tr true truncate tsort uname unexpand uniq unlink uptime wc who whoami xargs yes
    """
    )
)
"""Where the system has programs of its own with these names, as macOS does, GNU's have a `g` in front."""
_VERSION = re.compile(r"-?\d+(?:\.\d+)*$")


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """The name under which all tables have the program that is called by this name or path."""
    name = base_name(name)
    for known in (name, _VERSION.sub("", name)):
        if known in _ALIASES:
            return _ALIASES[known]
        if known in VALUED:
            return known
        if known[:1] == "g" and known[1:] in _GNU:
            return canonical(known[1:])
    return name


def base_name(name: str) -> str:
    """The name of a program without its directory."""
    return posixpath.basename(name.rstrip("/")) or name
