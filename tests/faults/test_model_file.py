"""Model files that are cut off or something else: one line, never a crash of the native code."""

from __future__ import annotations

import os
import shutil
import struct
from pathlib import Path

import pytest

from shellper.models import read_info
from tests.engines.test_models import gguf
from tests.programs import REAL, history, run


@pytest.fixture(scope="module")
def copy(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the model, which each test may only make shorter."""
    path = tmp_path_factory.mktemp("model") / "copy.gguf"
    shutil.copyfile(model, path)
    return path


def one_line(path: Path) -> None:
    """A request with the file as its model says what is wrong with it and leaves nothing behind."""
    result = run("list files", program=REAL, variables={"SHELLPER_MODEL": str(path)})
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (1, "", 1), result.stderr
    assert str(path) in result.stderr
    assert history() == ""


def test_a_model_that_is_cut_off(copy: Path) -> None:
    size = copy.stat().st_size
    weights = size - read_info(copy).data_end
    for length in (size - weights - 1, size // 2, 1000, 0):
        os.truncate(copy, length)
        one_line(copy)


@pytest.mark.parametrize("data", [gguf(), b"GGUF" + b"\xff" * 1000, b"PK\x03\x04" * 100, b"text\n"])
def test_a_model_that_is_something_else(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.gguf"
    path.write_bytes(data)
    one_line(path)


@pytest.fixture(scope="module")
def spoilt(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the model, of which each test may spoil the contents."""
    path = tmp_path_factory.mktemp("model") / "spoilt.gguf"
    shutil.copyfile(model, path)
    return path


@pytest.mark.parametrize("name", ["block_count", "attention.head_count", "embedding_length"])
@pytest.mark.parametrize("number", [0, 0xFFFFFFFF])
def test_a_number_that_cannot_be(spoilt: Path, name: str, number: int) -> None:
    key = f"llama.{name}".encode()
    data = bytearray(spoilt.read_bytes()[:100_000])
    place = data.index(struct.pack("<Q", len(key)) + key) + 8 + len(key) + 4
    with spoilt.open("r+b") as file:
        file.seek(place)
        file.write(struct.pack("<I", number))
    one_line(spoilt)
    with spoilt.open("r+b") as file:
        file.write(data)


def test_weights_that_are_no_numbers(spoilt: Path) -> None:
    size = spoilt.stat().st_size
    with spoilt.open("r+b") as file:
        file.seek(size // 20)
        file.write(b"\xff" * (size - size // 20))
    one_line(spoilt)


def test_no_model_at_all(tmp_path: Path) -> None:
    one_line(tmp_path / "none.gguf")
    (tmp_path / "folder.gguf").mkdir()
    one_line(tmp_path / "folder.gguf")
    os.mkfifo(tmp_path / "pipe.gguf")
    one_line(tmp_path / "pipe.gguf")
