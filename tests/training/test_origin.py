"""What a base says of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shellper.models import PACKAGED
from shellper.training.finetuning import MODEL
from shellper.training.origin import Origin, origin
from tests.engines.test_models import gguf, text
from tests.programs import missing


def model_file(**texts: str) -> bytes:
    """A GGUF file that says this of itself, with `_` for the dots of keys."""
    values = [text(key.replace("_", ".", 1)) + b"\x08\0\0\0" + text(value) for key, value in texts.items()]
    return b"GGUF" + b"\x03\0\0\0" + bytes(8) + len(values).to_bytes(8, "little") + b"".join(values)


def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "base.gguf"
    file.write_bytes(gguf())
    assert origin(str(file), MODEL) == Origin("Tiny", "")
    file.write_bytes(model_file(general_name="mine", general_license="mit"))
    assert origin(str(file), MODEL) == Origin("mine", "mit")
    file.write_bytes(model_file(**{"general_name": "mine", "general_base_model.0.name": "Base"}))
    assert origin(str(file), MODEL) == Origin("Base", "")
    file.write_bytes(b"nothing")
    assert origin(str(file), MODEL) == Origin()


def test_the_packaged_model() -> None:
    if not PACKAGED.is_file():
        missing(f"{PACKAGED} is missing")
    assert origin(str(PACKAGED), MODEL) == Origin("SmolLM2-135M-Instruct", "apache-2.0")


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("---\nlibrary_name: transformers\nlicense: apache-2.0\nlanguage:\n- en\n---\n# Model\n", "apache-2.0"),
        ("---\nlicense: 'mit'\n---\n", "mit"),
        ("# Model\n\n---\nlicense: mit\n---\n", ""),
        ("---\nlanguage: en\n---\nlicense: mit\n", ""),
        (None, ""),
    ],
)
def test_the_card_of_a_folder(tmp_path: Path, card: str | None, licence: str) -> None:
    pytest.importorskip("transformers")
    if card is not None:
        (tmp_path / "README.md").write_text(card)
    assert origin(str(tmp_path), MODEL) == Origin("", licence)


@pytest.mark.parametrize(
    ("saved", "name"), [("Org/Model-1.0", "Org/Model-1.0"), ("/home/someone/model", ""), ("", ""), (None, "")]
)
def test_the_name_of_a_folder(tmp_path: Path, saved: str | None, name: str) -> None:
    pytest.importorskip("transformers")
    (tmp_path / "config.json").write_text(json.dumps({} if saved is None else {"_name_or_path": saved}))
    assert origin(str(tmp_path), MODEL).name == name


def test_the_folder_of_an_earlier_training(tmp_path: Path) -> None:
    (tmp_path / MODEL).write_bytes(model_file(general_name="mine", general_license="mit"))
    assert origin(str(tmp_path), MODEL) == Origin("mine", "mit")


def test_a_name_on_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("transformers")

    def nowhere(*_: str) -> str:
        raise OSError("no network")

    monkeypatch.setattr("transformers.utils.cached_file", nowhere)
    assert origin("Org/Model", MODEL) == Origin("Org/Model", "")
