"""Fixtures of the terminal tests: a shell by name, sessions that end with the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.harness import Session, Start, session


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts shells with the hook; see harness.session for what can be asked for."""
    with ExitStack() as stack:

        def begin(shell: str, **wishes: Any) -> Session:
            return stack.enter_context(session(shell, tmp_path, **wishes))

        yield begin
