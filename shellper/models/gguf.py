"""The header of a GGUF file, read without numpy or gguf.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_LONGEST = 1 << 24
_SIZES = ("block_count", "embedding_length", "feed_forward_length", "attention.head_count", "context_length")


@dataclass(frozen=True)
class ModelInfo:
    """What the header of a GGUF file says. Unknown numbers are 0, unknown texts empty.

    `metadata` holds every scalar of the header; `data_end` is the size that the file must at least have.
    """

    path: Path
    size: int
    name: str
    architecture: str
    parameters: int
    context: int
    licence: str
    data_end: int
    metadata: Mapping[str, Any] = field(repr=False, default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether the file is long enough for the weights that its header promises."""
        return self.size >= self.data_end


def has_sound_numbers(path: Path) -> bool:
    """Whether the numbers of layers, heads and dimensions can be, at which the library would stop the whole process.

    What stands behind the vocabulary is not looked at, which takes long to read. Raises what `read_header` raises.
    """
    try:
        with path.open("rb") as file:
            _, values = _start(file)
            numbers = dict(_metadata(file, values, stop="tokenizer."))
    except (struct.error, MemoryError, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from None
    architecture = numbers.get("general.architecture", "")
    sizes = (numbers.get(f"{architecture}.{name}") for name in _SIZES)
    return all(size is None or (isinstance(size, int) and 0 < size < 1 << 20) for size in sizes)


def read_header(path: Path) -> ModelInfo:
    """What the header says. Raises OSError, and ValueError for a file that is no GGUF file."""
    try:
        with path.open("rb") as file:
            return _read(path, file)
    except (struct.error, MemoryError, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from None


def _read(path: Path, file: BinaryIO) -> ModelInfo:
    tensors, values = _start(file)
    metadata = {key: value for key, value in _metadata(file, values) if value is not None}
    parameters, last = _tensors(file, tensors)
    alignment = int(metadata.get("general.alignment", 32))
    if alignment < 1:
        raise ValueError("alignment")
    start = -(-file.tell() // alignment) * alignment
    architecture = str(metadata.get("general.architecture", ""))
    return ModelInfo(
        path=path,
        size=path.stat().st_size,
        name=str(metadata.get("general.name", path.stem)),
        architecture=architecture,
        parameters=parameters,
        context=int(metadata.get(f"{architecture}.context_length", 0)),
        licence=str(metadata.get("general.license", "")),
        data_end=start + last,
        metadata=metadata,
    )


def _start(file: BinaryIO) -> tuple[int, int]:
    """How many tensors and values there are."""
    if file.read(4) != b"GGUF":
        raise ValueError("magic")
    version, tensors, values = _unpack(file, "IQQ")
    if version not in (2, 3) or tensors > 1 << 20 or values > 1 << 20:
        raise ValueError("version")
    return tensors, values


def _metadata(file: BinaryIO, values: int, stop: str = "\0") -> Iterator[tuple[str, Any]]:
    """Each key with its value, up to one that begins as said."""
    for _ in range(values):
        key = _string(file)
        if key.startswith(stop):
            return
        yield key, _value(file, _unpack(file, "I")[0])


def _unpack(file: BinaryIO, form: str) -> tuple[Any, ...]:
    form = "<" + form
    return struct.unpack(form, file.read(struct.calcsize(form)))


def _string(file: BinaryIO) -> str:
    (length,) = _unpack(file, "Q")
    if length > _LONGEST:
        raise ValueError("length")
    return file.read(length).decode("utf-8", "replace")


def _value(file: BinaryIO, kind: int) -> Any:
    """A scalar or a string; arrays (the vocabulary) are passed over."""
    if kind == _STRING:
        return _string(file)
    if kind != _ARRAY:
        if kind not in _SCALARS:
            raise ValueError("kind")
        return _unpack(file, _SCALARS[kind])[0]
    of, length = _unpack(file, "IQ")
    if of in _SCALARS:
        file.seek(length * struct.calcsize("<" + _SCALARS[of]), 1)
    else:
        for _ in range(length):
            if of == _STRING:
                _skip_string(file)
            else:
                _value(file, of)
    return None


def _skip_string(file: BinaryIO) -> None:
    (length,) = _unpack(file, "Q")
    if length > _LONGEST:
        raise ValueError("length")
    file.seek(length, 1)


# Values in a block and bytes of a block, by ggml type: F32, F16, Q4_0 … ; BF16, IQ4_NL and the K-quants of use here.
_BLOCKS = {
    0: (1, 4),
    1: (1, 2),
    2: (32, 18),
    3: (32, 20),
    6: (32, 22),
    7: (32, 24),
    8: (32, 34),
    9: (32, 36),
    10: (256, 84),
    11: (256, 110),
    12: (256, 144),
    13: (256, 176),
    14: (256, 210),
    20: (32, 18),
    23: (256, 136),
    30: (1, 2),
}


def _tensors(file: BinaryIO, count: int) -> tuple[int, int]:
    """How many parameters there are, and where in the data the last tensor ends (as far as its type is known)."""
    parameters = last = 0
    for _ in range(count):
        _skip_string(file)
        (dimensions,) = _unpack(file, "I")
        if dimensions > 8:
            raise ValueError("dimensions")
        shape = _unpack(file, f"{dimensions}Q")
        kind, offset = _unpack(file, "IQ")
        elements = 1
        for length in shape:
            elements *= length
        values, size = _BLOCKS.get(kind, (1, 0))
        parameters += elements
        last = max(last, offset + elements // values * size)
    return parameters, last
