"""What it means that a redirection, or a program, writes to a place."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from shellper.safety import places
from shellper.safety.places import CRITICAL, DEVICE, KERNEL, KEYS, PROGRAMS, ROOT, SETTINGS, SYSTEM, USERS_HOME
from shellper.safety.rules.conditions import CAUTION, DESTRUCTIVE, FORBIDDEN

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
