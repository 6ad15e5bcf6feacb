"""Finds the files that ship beside the code: shell scripts and completions.

They stand at the top of the repository (`shell/`, `completions/`), where an editable install finds them too, and
inside the package in a wheel. Imported on the way to `init`, so nothing slow is imported here.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # importing typing would cost `init` half of its time

REPAIR = "install shellper again: pip install --force-reinstall . in its checkout"
"""What to do about files that are missing. By name pip would fetch another project, which is called shellper, too."""

_PACKAGE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib costs `init` 2 ms


def resource_path(kind: str, name: str = "") -> str:
    """The absolute path of a shipped file, or of the folder `kind` ("shell", "completions") without a name.

    Raises FileNotFoundError, with what to do, when the installation lacks it.
    """
    for root in (_PACKAGE, os.path.dirname(_PACKAGE)):  # noqa: PTH120
        path = os.path.join(root, kind, name) if name else os.path.join(root, kind)  # noqa: PTH118
        if os.path.exists(path):  # noqa: PTH110
            return path
    raise FileNotFoundError(f"{kind}/{name} is missing from the installation: {REPAIR}")
