"""What a base says of itself: its name, and the licence that a model made of it stands under.

A GGUF file says it in its header, a folder and a name on the Hugging Face hub in the model card, README.md.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from shellper.errors import EngineError
from shellper.models import read_info

_CARD = re.compile(r"---\s*\n(.*?\n)---", re.DOTALL)
_LICENCE = re.compile(r"^license: *[\"']?([\w.+-]+)", re.MULTILINE)
_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")


@dataclass(frozen=True)
class Origin:
    """The name and licence of a base; empty where it does not say."""

    name: str = ""
    licence: str = ""


def origin(base: str, model: str) -> Origin:
    """What the base says of itself; `model` is what `shellper train` calls the file in its folder."""
    path = Path(base)
    for file in (path, path / model):
        if file.is_file():
            return _of_file(file)
    return Origin(_name_in(path) if path.is_dir() else base, _licence(base))


def _of_file(file: Path) -> Origin:
    """What the header says. A model that was made of another has the other's name: that is what all of them go by."""
    try:
        metadata = read_info(file).metadata
    except EngineError:
        return Origin()
    name = metadata.get("general.base_model.0.name") or metadata.get("general.name") or ""
    return Origin(str(name), str(metadata.get("general.license", "")))


def _name_in(folder: Path) -> str:
    """The name on the hub that a folder was saved under; paths of the machine that it comes from are none."""
    try:
        name = str(json.loads((folder / "config.json").read_text(encoding="utf-8")).get("_name_or_path", ""))
    except (OSError, ValueError, AttributeError, RecursionError):
        return ""
    return name if _HUB_NAME.fullmatch(name) else ""


def _licence(base: str) -> str:
    from transformers.utils import cached_file

    try:
        card = _CARD.match(Path(cached_file(base, "README.md")).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    found = _LICENCE.search(card[1]) if card else None
    return found[1] if found else ""
