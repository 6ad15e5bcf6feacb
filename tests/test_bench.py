"""The benchmarks begin where the libraries of the tests are missing, or say what to install."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.programs import ROOT


@pytest.mark.parametrize(
    ("name", "said"), [("request", ""), ("growth", ""), ("hooks", "pyte is missing: pip install -e '.[test]'\n")]
)
def test_without_the_libraries_of_the_tests(name: str, said: str) -> None:
    code = f"import sys; sys.modules['pytest'] = sys.modules['pyte'] = None; import tests.bench.{name}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (int(bool(said)), said)
