"""What holds for every test: the user's folders are temporary, SHELLPER_* is unset, the network is this machine."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from shellper.models import PACKAGED
from tests.programs import missing

# A busy machine is no failure.
settings.register_profile("shellper", deadline=None)
settings.load_profile("shellper")

# Begun in the background of a script, tests would inherit signals that are ignored, and hand that on to the shells.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)

# What runs outside a test has no home either: nothing may write there.
_NOBODY = tempfile.TemporaryDirectory(prefix="shellper-tests-")
os.environ["HOME"] = _NOBODY.name

_FOLDERS = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own; the settings of whoever runs the tests do not count."""
    for name in [*_FOLDERS, *(name for name in os.environ if name.startswith("SHELLPER_"))]:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What was written outside the home of a test fails the run."""
    left = sorted(path.relative_to(_NOBODY.name) for path in Path(_NOBODY.name).rglob("*"))
    if left:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print(f"\nwritten outside the home of a test: {', '.join(map(str, left))}")


@pytest.fixture(scope="session")
def model() -> Path:
    """The packaged model, or the one that SHELLPER_TEST_MODEL names. In CI it must be there."""
    named = os.environ.get("SHELLPER_TEST_MODEL")
    path = Path(named) if named else PACKAGED
    if not path.is_file():
        missing(f"{path} is missing")
    return path


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if not (host.startswith("127.") or host in ("localhost", "::1")):
                raise AssertionError(f"a test reaches for the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
