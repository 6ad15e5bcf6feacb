"""Rounds weight matrices to llama.cpp's block formats, in training and in the file alike.

Q4_0, Q5_0 and Q8_0 hold blocks of 32 weights as integers with one 16-bit scale (ggml's block_q4_0 and kin). What is
rounded stays as it is when it is rounded again, so a file holds the very weights that the model was trained with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    import torch

BLOCK = 32


@dataclass(frozen=True)
class Format:
    """A block format: its name in ggml, and the smallest and largest integer."""

    name: str
    low: int
    high: int


FORMATS = {"Q4_0": Format("Q4_0", -8, 7), "Q5_0": Format("Q5_0", -16, 15), "Q8_0": Format("Q8_0", -127, 127)}


def rounded(matrix: torch.Tensor, form: Format) -> torch.Tensor:
    """The matrix that the runtime will compute with: every weight at its nearest step."""
    steps, scales = _steps(matrix, form)
    return steps.mul_(scales).view_as(matrix)


def _steps(matrix: torch.Tensor, form: Format) -> tuple[torch.Tensor, torch.Tensor]:
    """Integers (blocks, 32) and scales (blocks, 1); the largest weight of a block is the lowest integer."""
    import torch

    blocks = matrix.float().reshape(-1, BLOCK)
    above, below = blocks.amax(dim=1, keepdim=True), blocks.amin(dim=1, keepdim=True)
    scales = (torch.where(above > -below, above, below) / form.low).half().float()
    safe = torch.where(scales == 0, torch.ones_like(scales), scales)
    return (blocks / safe).round_().clamp_(form.low, form.high), scales


def pack(matrix: torch.Tensor, form: Format) -> numpy.ndarray[Any, Any]:
    """The bytes of a matrix, rounded to a format: (rows, bytes a row)."""
    import numpy

    steps, factors = _steps(matrix, form)
    integers = steps.numpy().astype(numpy.int16)
    scales = factors.numpy().astype(numpy.float16).view(numpy.uint8)
    if form.name == "Q8_0":
        parts = [scales, integers.astype(numpy.int8).view(numpy.uint8)]
    else:
        shifted = (integers - form.low).astype(numpy.uint8)
        nibbles = (shifted[:, :16] & 15) | ((shifted[:, 16:] & 15) << 4)
        high = [numpy.packbits(shifted >> 4, axis=1, bitorder="little")] if form.name == "Q5_0" else []
        parts = [scales, *high, nibbles]
    packed: numpy.ndarray[Any, Any] = numpy.concatenate(parts, axis=1).reshape(matrix.shape[0], -1)
    return packed
