"""Rounds weight matrices to llama.cpp's block formats with as little harm as possible.

Q4_0, Q5_0 and Q8_0 hold blocks of 32 weights as integers with one 16-bit scale (ggml's block_q4_0 and kin). Instead of
rounding each weight to the nearest step, GPTQ (Frantar et al. 2023, arXiv 2210.17323) goes through a matrix column by
column and lets the columns to come make up for the error made, weighed by what the layer really sees.
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


@dataclass
class Quantized:
    """Integers (rows, columns) and scales (rows, columns / 32) of a matrix."""

    integers: torch.Tensor
    scales: torch.Tensor
    format: Format

    def values(self) -> torch.Tensor:
        """The matrix that the runtime will compute with."""
        return self.integers.float() * self.scales.float().repeat_interleave(BLOCK, dim=1)


def block_scale(block: torch.Tensor, weights: torch.Tensor, form: Format) -> torch.Tensor:
    """A 16-bit scale for each row of (rows, 32): the one of some candidates with the least weighted squared error.

    The sign is chosen so that the largest weight meets the longer end of the integers' range.
    """
    import torch

    index = block.abs().argmax(dim=1, keepdim=True)
    extreme = block.gather(1, index).squeeze(1)
    best = torch.zeros_like(extreme)
    least = torch.full_like(extreme, float("inf"))
    for reach in (1.0, 0.97, 0.93, 0.89, 0.85, 0.80) if form.name != "Q8_0" else (1.0,):
        scale = (extreme * reach / form.low).half().float()
        safe = torch.where(scale == 0, torch.ones_like(scale), scale)
        rounded = (block / safe[:, None]).round().clamp(form.low, form.high) * scale[:, None]
        error = ((block - rounded) ** 2 * weights).sum(dim=1)
        better = error < least
        least, best = torch.where(better, error, least), torch.where(better, scale, best)
    return best


def nearest(matrix: torch.Tensor, form: Format) -> Quantized:
    """Every weight to its nearest step, with the best scale for each block."""
    import torch

    rows, columns = matrix.shape
    blocks = matrix.float().reshape(-1, BLOCK)
    scales = block_scale(blocks, torch.ones(BLOCK), form)
    safe = torch.where(scales == 0, torch.ones_like(scales), scales)
    integers = (blocks / safe[:, None]).round().clamp(form.low, form.high)
    return Quantized(integers.reshape(rows, columns).to(torch.int8), scales.reshape(rows, -1).half(), form)


def rounded(matrix: torch.Tensor, form: Format) -> torch.Tensor:
    """Every weight at its nearest step, the largest of each block at the end of the range: what training may see.

    `nearest` keeps such a matrix as it is, so the file holds the very weights that were trained.
    """
    import torch

    blocks = matrix.reshape(-1, BLOCK)
    above, below = blocks.amax(dim=1, keepdim=True), blocks.amin(dim=1, keepdim=True)
    scales = (torch.where(above > -below, above, below) / form.low).half().float()
    safe = torch.where(scales == 0, torch.ones_like(scales), scales)
    return (blocks / safe).round_().clamp_(form.low, form.high).mul_(scales).view_as(matrix)


def gptq(matrix: torch.Tensor, moments: torch.Tensor, form: Format, damping: float = 0.01) -> Quantized:
    """A matrix rounded by GPTQ; `moments` is the sum of outer products of its inputs, (columns, columns)."""
    import torch

    weight = matrix.float().clone()
    rows, columns = weight.shape
    hessian = moments.float().clone()
    diagonal = torch.arange(columns)
    dead = hessian[diagonal, diagonal] == 0
    hessian[diagonal[dead], diagonal[dead]] = 1.0
    importance = hessian[diagonal, diagonal].clone()
    hessian[diagonal, diagonal] += damping * importance.mean()
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(hessian))
    upper = torch.linalg.cholesky(inverse, upper=True)
    integers = torch.zeros(rows, columns, dtype=torch.int8)
    scales = torch.zeros(rows, columns // BLOCK)
    for first in range(0, columns, BLOCK):
        last = first + BLOCK
        scale = block_scale(weight[:, first:last], importance[first:last], form)
        safe = torch.where(scale == 0, torch.ones_like(scale), scale)
        scales[:, first // BLOCK] = scale
        errors = torch.zeros(rows, BLOCK)
        for column in range(first, last):
            steps = (weight[:, column] / safe).round().clamp(form.low, form.high)
            integers[:, column] = steps.to(torch.int8)
            error = (weight[:, column] - steps * scale) / upper[column, column]
            weight[:, column:last] -= error[:, None] * upper[column, column:last][None]
            errors[:, column - first] = error
        weight[:, last:] -= errors @ upper[first:last, last:]
    return Quantized(integers, scales.half(), form)


def pack(quantized: Quantized) -> numpy.ndarray[Any, Any]:
    """The bytes of a matrix in its format, (rows, bytes a row)."""
    import numpy

    rows = quantized.integers.shape[0]
    integers = quantized.integers.numpy().reshape(-1, BLOCK).astype(numpy.int16)
    scales = quantized.scales.numpy().reshape(-1, 1).astype(numpy.float16).view(numpy.uint8)
    if quantized.format.name == "Q8_0":
        parts = [scales, integers.astype(numpy.int8).view(numpy.uint8)]
    else:
        shifted = (integers - quantized.format.low).astype(numpy.uint8)
        nibbles = (shifted[:, :16] & 15) | ((shifted[:, 16:] & 15) << 4)
        high = [numpy.packbits(shifted >> 4, axis=1, bitorder="little")] if quantized.format.name == "Q5_0" else []
        parts = [scales, *high, nibbles]
    packed: numpy.ndarray[Any, Any] = numpy.concatenate(parts, axis=1).reshape(rows, -1)
    return packed


def quantize_model(model: Any, batches: list[dict[str, torch.Tensor]], form: Format) -> dict[str, Quantized]:
    """Rounds all linear layers of a Llama model, in place, layer by layer, each for the inputs that it will really see.

    `batches` are inputs as train.tensors makes them. Returns the rounded matrices by module name.
    """
    import torch

    done: dict[str, Quantized] = {}
    with torch.no_grad():
        states = [model.model.embed_tokens(batch["input_ids"]) for batch in batches]
        contexts = [
            {
                "attention_mask": batch["attention_mask"],
                "position_ids": batch["position_ids"],
                "position_embeddings": model.model.rotary_emb(state, batch["position_ids"]),
            }
            for batch, state in zip(batches, states, strict=True)
        ]
        for number, layer in enumerate(model.model.layers):
            for name, moments in _moments(layer, states, contexts, batches).items():
                module = layer.get_submodule(name)
                result = gptq(module.weight, moments, form)
                module.weight.copy_(result.values())
                done[f"model.layers.{number}.{name}"] = result
            states = [_first(layer(state, **context)) for state, context in zip(states, contexts, strict=True)]
    return done


def _first(output: Any) -> torch.Tensor:
    """A decoder layer's hidden state; some versions of transformers return a tuple."""
    state: torch.Tensor = output[0] if isinstance(output, tuple) else output
    return state


def _moments(
    layer: Any, states: list[torch.Tensor], contexts: list[dict[str, Any]], batches: list[dict[str, torch.Tensor]]
) -> dict[str, torch.Tensor]:
    """For each linear module of a layer the sum of outer products of its inputs, padding left out."""
    import torch

    sums: dict[str, torch.Tensor] = {}
    real: torch.Tensor = torch.empty(0)

    def watch(name: str) -> Any:
        def hook(_module: Any, inputs: tuple[torch.Tensor, ...], _output: Any) -> None:
            seen = inputs[0].reshape(-1, inputs[0].shape[-1])[real].float()
            sums[name] = sums.get(name, torch.zeros(seen.shape[1], seen.shape[1])) + seen.T @ seen

        return hook

    linear = {name: module for name, module in layer.named_modules() if isinstance(module, torch.nn.Linear)}
    handles = [module.register_forward_hook(watch(name)) for name, module in linear.items()]
    for state, context, batch in zip(states, contexts, batches, strict=True):
        real = (batch["input_ids"] != 0).reshape(-1)
        layer(state, **context)
    for handle in handles:
        handle.remove()
    return sums
