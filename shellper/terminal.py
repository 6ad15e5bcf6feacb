"""Which terminal this is: the controlling tty *and* the session that lives on it.

The session leader (the terminal's first shell) is told by its pid and start time, so that a new window on a reused
/dev/pts/3 is another terminal. Standard input does not matter: a line editor's child has none.

    key of a terminal    pts-3_4711_9254321_1f0c9a2b    tty, leader's pid, its start time, machine
    key by the user      session_WORDS                  from SHELLPER_SESSION, where there is no tty or by choice
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from functools import cache

SESSION_VARIABLE = "SHELLPER_SESSION"
NO_TERMINAL = "there is no terminal here, so no conversation is kept"
REMEDY = f"set {SESSION_VARIABLE} to a name to keep one"

_KEY = re.compile(r"(?P<tty>[\w.-]+)_(?P<leader>\d+)_(?P<start>\d+)_(?P<machine>[0-9a-f]+)")


@dataclass(frozen=True)
class Terminal:
    """A terminal: the key of its conversation, fit for a file name, and what to call it before the user."""

    key: str
    name: str


def current_terminal() -> Terminal | None:
    """The terminal of this process, None where there is neither a tty nor SHELLPER_SESSION."""
    chosen = os.environ.get(SESSION_VARIABLE, "")
    if chosen:
        return Terminal(f"session_{_file_name(chosen)}", f"session {chosen}")
    found = _from_proc() if sys.platform == "linux" else _from_ps()
    if not found:
        return None
    tty, leader, start = found
    return Terminal(f"{tty}_{leader}_{start}_{_machine()}", f"/dev/{tty.replace('-', '/')}")


def is_dead(key: str) -> bool | None:
    """Whether the session of a key has ended; None if that cannot be told, such as for another machine's."""
    match = _KEY.fullmatch(key)
    if not match or match["machine"] != _machine() or match["leader"] == "0":
        return None
    if sys.platform == "linux":
        return (_start_time(int(match["leader"])) or -1) != int(match["start"])
    try:
        os.kill(int(match["leader"]), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return None
    return False


def _from_proc() -> tuple[str, int, int] | None:
    fields = _stat("self")
    device = int(fields[4]) if fields else 0
    if not device:
        return None
    leader = int(fields[3])
    return _device_name(device), leader, _start_time(leader) or 0


def _stat(process: str) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may hold blanks and brackets; none if it is gone."""
    try:
        with open(f"/proc/{process}/stat", "rb") as file:  # noqa: PTH123
            return file.read().rpartition(b")")[2].decode("ascii").split()
    except (OSError, ValueError):
        return []


def _start_time(process: int) -> int | None:
    fields = _stat(str(process))
    return int(fields[19]) if len(fields) > 19 else None


def _device_name(device: int) -> str:
    """The tty's name from its number as the kernel packs it: pts-3, tty1 (the console), ttyS0 (serial), else tty204-64.

    Source of the numbers: the kernel's list of devices (admin-guide/devices.txt).
    """
    major, minor = device >> 8 & 0xFFF, device & 0xFF | device >> 12 & 0xFFF00
    if 136 <= major <= 143:
        return f"pts-{(major - 136) * 256 + minor}"
    if major == 4:
        return f"tty{minor}" if minor < 64 else f"ttyS{minor - 64}"
    return f"tty{major}-{minor}"


def _from_ps() -> tuple[str, int, int] | None:
    """macOS and the BSDs, which have no /proc: one call of ps for the session's leader."""
    from zlib import crc32

    leader = os.getsid(0)
    tty, _, start = _ps(leader, "tty", "lstart").partition(" ")
    if tty in ("", "-") or tty.startswith("?"):
        return None
    return _file_name(tty.replace("/", "-")), leader, crc32(start.strip().encode())


def _ps(process: int, *columns: str) -> str:
    """What ps says of a process, "" if nothing; in one language and time zone, for these may change on a journey."""
    from subprocess import DEVNULL, SubprocessError, run

    # One option each: POSIX takes everything after the first `=` for a heading.
    words = ["ps", "-ww", *(word for column in columns for word in ("-o", f"{column}=")), "-p", str(process)]
    variables = {**os.environ, "LC_ALL": "C", "TZ": "UTC0"}
    try:
        ps = run(words, capture_output=True, check=False, stdin=DEVNULL, timeout=2, env=variables)
    except (OSError, ValueError, SubprocessError):
        return ""
    return ps.stdout.decode("ascii", "replace").strip()


@cache
def _machine() -> str:
    """What tells one boot of one machine, and one container on it, from the others that may share a home."""
    from zlib import crc32

    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:  # noqa: PTH123
            machine = file.read().strip() + os.readlink("/proc/self/ns/pid")  # noqa: PTH115
    except OSError:
        # macOS's name may change with the network, the start of its first process does not.
        machine = (sys.platform != "linux" and _ps(1, "lstart")) or os.uname().nodename
    return f"{crc32(machine.encode()):08x}"


def _file_name(text: str) -> str:
    """The text as part of a file name: itself if it is short and plain, else its hash."""
    if re.fullmatch(r"[A-Za-z0-9.-]{1,64}", text):
        return text
    from hashlib import sha256

    return sha256(os.fsencode(text)).hexdigest()[:32]
