"""The weights: where they are and what they are.

model_path(settings)   the GGUF file in force
read_info(path)        what its header says
named_file(path, …)    there is the file that the user names
require_whole(path)    the header promises no more than there is
sha256(path)           the file's hash
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shellper.errors import EngineError, ShellperError, UsageError
from shellper.models.gguf import ModelInfo, has_sound_numbers, read_header
from shellper.resources import REPAIR
from shellper.user_dirs import user_path

if TYPE_CHECKING:
    from shellper.settings import Settings

PACKAGED = Path(__file__).with_name("shellper.gguf")
"""The model that comes with the package."""


def model_path(settings: Settings) -> Path:
    """The model file that the settings name, else the packaged one.

    Raises EngineError when it is missing, is no file or cannot be read, and says how to repair it.
    """
    path = user_path(settings.model) if settings.model else PACKAGED
    try:
        if path.is_fifo():  # nobody may ever write into it
            raise damaged(path, settings)
        if has_sound_numbers(path):
            return path
    except ValueError:
        pass
    except IsADirectoryError:
        raise _unusable(path, "is a folder, no GGUF model", settings) from None
    except FileNotFoundError:
        raise _unusable(path, "is missing", settings) from None
    except OSError as error:
        raise _unusable(path, f"cannot be read ({error.strerror})", settings) from None
    raise damaged(path, settings)


def damaged(path: Path, settings: Settings | None = None) -> EngineError:
    """The error for a file that is no whole model, and that the settings name if they are given."""
    return _unusable(path, "is damaged or no GGUF model", settings)


def _unusable(path: Path, problem: str, settings: Settings | None) -> EngineError:
    """The error for a model file: who names it, and how another is taken, which depends on that."""
    namer, cure = "", "fetch the file again, or name another; shellper config shows where it is named"
    if path == PACKAGED:
        cure = REPAIR
    elif settings is not None and settings.model:
        namer, cure = {
            "environment": (", which SHELLPER_MODEL names,", "unset SHELLPER_MODEL, or set it to a GGUF file"),
            "file": (", which config.toml names,", "shellper model use packaged"),
        }.get(settings.sources.get("model", ""), ("", "give --model the path of a GGUF file"))
    return EngineError(f"the model file {path}{namer} {problem}: {cure}")


def read_info(path: Path) -> ModelInfo:
    """What the header of a GGUF file says. Raises EngineError for a file that is none."""
    try:
        return read_header(path)
    except (OSError, ValueError):
        raise EngineError(f"{path} is damaged or no GGUF model: name another file, or fetch it again") from None


def require_whole(path: Path) -> None:
    """Raises ShellperError if a file is no whole model."""
    if not read_info(path).complete:
        raise ShellperError(f"the model file {path} is cut off: fetch or train it again")


def named_file(path: Path, name: str) -> Path:
    """The path of the file that the user's name for it means. Raises UsageError if there is none."""
    if not path.is_file():
        raise UsageError(f"no model {name!r}: give the path of a GGUF file, or a name that shellper model list shows")
    return path


def sha256(path: Path) -> str:
    """The hash of a file, in hexadecimal. Raises OSError."""
    import hashlib

    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
