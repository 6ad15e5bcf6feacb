"""Model files for tests of the embedded engine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shellper.models import PACKAGED


@pytest.fixture(scope="session")
def model() -> Path:
    """The packaged model, or the one that SHELLPER_TEST_MODEL names. In CI it must be there."""
    named = os.environ.get("SHELLPER_TEST_MODEL")
    path = Path(named) if named else PACKAGED
    if not path.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{path} is missing")
        pytest.skip(f"{path} is missing")
    return path
