"""Permissions and owners of files."""

# ruff: noqa: E501, S108, RUF100 - one rule a line
from __future__ import annotations

from shellper.safety import places
from shellper.safety.places import CRITICAL, PROGRAMS, ROOT, SYSTEM, USERS_HOME
from shellper.safety.rules.conditions import (
    CAUTION,
    DESTRUCTIVE,
    FORBIDDEN,
    LOOPED,
    Condition,
    Context,
    matching,
    operand_is,
    opt,
    rule,
)

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
]
# fmt: on
