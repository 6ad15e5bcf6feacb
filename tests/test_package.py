"""What is shipped: in the wheel, in the source distribution, and the lowest versions that it needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.programs import ROOT

hatchling = pytest.importorskip("hatchling.builders.wheel", reason="hatchling is not installed")


def test_the_wheel_has_everything_and_nothing_else() -> None:
    builder = hatchling.WheelBuilder(str(ROOT))
    shipped = {Path(file.distribution_path) for file in builder.recurse_included_files()}
    wanted = {"LICENSE", "NOTICE", "py.typed", "models/shellper.gguf", "models/LICENSE", "safety/programs.txt"}
    wanted |= {f"shell/shellper.{shell}" for shell in ("bash", "zsh", "fish")}
    wanted |= {"completions/_shellper", "completions/shellper.bash", "completions/shellper.fish"}
    wanted |= {str(path.relative_to(ROOT / "shellper")) for path in ROOT.glob("shellper/training/data/**/*.*")}
    wanted |= {str(path.relative_to(ROOT / "shellper")) for path in ROOT.glob("shellper/**/*.py")}
    assert {Path("shellper") / name for name in wanted} <= shipped
    assert {path.parts[0] for path in shipped} == {"shellper"}


def test_no_message_tells_pip_to_fetch_shellper_by_its_name() -> None:
    """The name belongs to another project there."""
    package = ROOT / "shellper"
    texts = [file.read_text(encoding="utf-8") for file in package.rglob("*.py")]
    assert not [text for text in texts if re.search(r"pip install [^\"'\n]*\bshellper\b", text)]
