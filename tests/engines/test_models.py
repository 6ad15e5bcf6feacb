"""The model file: where it is, what its header says."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from shellper.errors import EngineError
from shellper.models import PACKAGED, model_path, read_info, sha256
from shellper.settings import Settings
from tests.programs import missing


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value)) + value.encode()


def gguf(data: bytes = b"\0" * 64) -> bytes:
    """A model of one tensor of 4 x 4 floats."""
    values = [
        text("general.architecture") + struct.pack("<I", 8) + text("llama"),
        text("general.name") + struct.pack("<I", 8) + text("Tiny"),
        text("llama.context_length") + struct.pack("<II", 4, 2048),
        text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, 2) + text("a") + text("b"),
        text("tokenizer.ggml.scores") + struct.pack("<IIQff", 9, 6, 2, 0.5, 1.5),
    ]
    tensor = text("w") + struct.pack("<IQQIQ", 2, 4, 4, 0, 0)
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, len(values)) + b"".join(values) + tensor
    return head + b"\0" * (-len(head) % 32) + data


def test_the_home_of_nobody() -> None:
    with pytest.raises(EngineError, match=r"~nobody-at-all/x\.gguf is missing"):
        model_path(Settings(model="~nobody-at-all/x.gguf"))


def test_the_header(tmp_path: Path) -> None:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(gguf())
    info = read_info(path)
    assert (info.name, info.architecture, info.parameters, info.context) == ("Tiny", "llama", 16, 2048)
    assert info.complete
    path.write_bytes(gguf()[:-1])
    assert not read_info(path).complete


def test_the_packaged_file_says_where_it_comes_from() -> None:
    if not PACKAGED.is_file():
        missing(f"{PACKAGED} is missing")
    general = [f"general.{name}" for name in ("name", "license", "base_model.0.name")]
    own = [f"shellper.{name}" for name in ("version", "commit", "data_sha256")]
    metadata = read_info(PACKAGED).metadata
    assert [key for key in (*general, *own) if not metadata.get(key)] == []


HEAD = b"GGUF" + struct.pack("<IQQ", 3, 0, 1)
NO_ALIGNMENT = HEAD + text("general.alignment") + struct.pack("<II", 4, 0)
NESTED = HEAD + text("a") + struct.pack("<I", 9) + struct.pack("<IQ", 9, 1) * 5000


@pytest.mark.parametrize("data", [b"", b"GGUF", b"nothing", gguf()[:100], b"GGUF" + b"\xff" * 64, NO_ALIGNMENT, NESTED])
def test_no_model(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.gguf"
    path.write_bytes(data)
    with pytest.raises(EngineError, match="damaged or no GGUF model"):
        read_info(path)


def test_the_path(tmp_path: Path) -> None:
    path = tmp_path / "tiny.gguf"
    with pytest.raises(EngineError, match="is missing: give --model"):
        model_path(Settings(model=str(path)))
    path.write_bytes(b"text")
    with pytest.raises(EngineError, match="damaged"):
        model_path(Settings(model=str(path)))
    path.write_bytes(gguf())
    assert model_path(Settings(model=str(path))) == path
    with pytest.raises(EngineError, match="no GGUF model"):
        model_path(Settings(model=str(tmp_path)))


@pytest.mark.parametrize(
    ("source", "cure"),
    [("flag", "give --model"), ("environment", "unset SHELLPER_MODEL"), ("file", "shellper model use packaged")],
)
def test_the_cure_of_a_path_depends_on_where_it_stands(tmp_path: Path, source: str, cure: str) -> None:
    (tmp_path / "text.gguf").write_text("text")
    for name in ("none.gguf", "text.gguf", "."):
        settings = Settings(model=str(tmp_path / name), sources={"model": source})
        with pytest.raises(EngineError, match=f"the model file {tmp_path}.*: {cure}"):
            model_path(settings)


def test_the_packaged_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert PACKAGED.name == "shellper.gguf"
    monkeypatch.setattr("shellper.models.PACKAGED", tmp_path / "shellper.gguf")
    with pytest.raises(EngineError, match="install shellper again"):
        model_path(Settings())


def test_the_hash(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
