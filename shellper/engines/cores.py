"""How many threads the embedded engine takes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

MOST = 4
"""Beyond this a model of this size gains nothing."""


def threads() -> int:
    """The physical cores that this process may use, at most `MOST`, at least 1."""
    usable = _usable()
    return max(1, min(MOST, _physical(usable), _quota()))


def _usable() -> set[int]:
    try:
        return os.sched_getaffinity(0)
    except (AttributeError, OSError):  # not on macOS
        return set(range(os.cpu_count() or 1))


def _physical(usable: set[int]) -> int:
    """Cores, not hyperthreads: two threads of one core share its arithmetic and only wait for each other."""
    if sys.platform == "darwin":
        return _sysctl("hw.physicalcpu") or len(usable)
    cores = {_read(f"/sys/devices/system/cpu/cpu{number}/topology/thread_siblings_list") or number for number in usable}
    return len(cores)


def _sysctl(name: str) -> int:
    """A number that macOS's kernel tells, 0 where it does not."""
    from ctypes import CDLL, byref, c_int, c_size_t

    value, size = c_int(), c_size_t(4)
    try:
        failed = CDLL(None).sysctlbyname(name.encode(), byref(value), byref(size), None, c_size_t(0))
    except (AttributeError, OSError):
        return 0
    return 0 if failed else value.value


def _quota() -> int:
    """The cores that a container's control group allows (cgroup v2, v1)."""
    limit = _read("/sys/fs/cgroup/cpu.max").split()
    if len(limit) != 2:
        folder = "/sys/fs/cgroup/cpu/cpu.cfs_"
        limit = [_read(folder + "quota_us"), _read(folder + "period_us")]
    try:
        quota, period = int(limit[0]), int(limit[1])
    except ValueError:
        return MOST
    return max(1, quota // period) if quota > 0 < period else MOST


def _read(path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except (OSError, ValueError):
        return ""
