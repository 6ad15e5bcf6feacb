"""How many threads are taken."""

from __future__ import annotations

import sys

import pytest

from shellper.engines import cores


def fake(monkeypatch: pytest.MonkeyPatch, usable: set[int], files: dict[str, str]) -> None:
    monkeypatch.setattr(cores, "_usable", lambda: usable)
    monkeypatch.setattr(cores, "_read", lambda path: files.get(path, ""))


def siblings(*groups: str) -> dict[str, str]:
    folder = "/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"
    return {folder.format(number): group for number, group in enumerate(groups)}


@pytest.mark.parametrize(
    ("usable", "files", "count"),
    [
        ({0, 1}, {}, 2),
        ({0, 1, 2, 3}, siblings("0-1", "0-1", "2-3", "2-3"), 2),
        (set(range(16)), {}, 4),
        ({0, 1, 2}, {"/sys/fs/cgroup/cpu.max": "150000 100000"}, 1),
        ({0, 1, 2}, {"/sys/fs/cgroup/cpu.max": "max 100000"}, 3),
        ({0}, {"/sys/fs/cgroup/cpu.max": "50000 100000"}, 1),
        (
            set(range(8)),
            {"/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "200000", "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000"},
            2,
        ),
        (
            set(range(8)),
            {"/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1", "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000"},
            4,
        ),
    ],
)
def test_threads(monkeypatch: pytest.MonkeyPatch, usable: set[int], files: dict[str, str], count: int) -> None:
    fake(monkeypatch, usable, files)
    assert cores.threads() == count


@pytest.mark.parametrize(("told", "count"), [(2, 2), (0, 3)])
def test_macos(monkeypatch: pytest.MonkeyPatch, told: int, count: int) -> None:
    fake(monkeypatch, {0, 1, 2}, {})
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr(cores, "_sysctl", lambda _name: told)
    assert cores.threads() == count


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS tells")
def test_a_system_that_does_not_tell() -> None:
    assert cores._sysctl("hw.physicalcpu") == 0


def test_this_machine() -> None:
    assert 1 <= cores.threads() <= cores.MOST
