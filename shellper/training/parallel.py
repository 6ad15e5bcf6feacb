"""One process or several (torchrun), a CPU or GPUs: what training needs to know of it.

Every process holds the whole model and computes its share of each step's rows; gradients are added up, so that the
result is that of one process. The first process alone writes.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import torch

Item = TypeVar("Item")

M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_MAX = -1, -2, -4
"""What glibc's mallopt(3) sets."""


def start() -> None:
    """Joins the other processes, if torchrun has started several."""
    import torch

    if int(os.environ.get("WORLD_SIZE", "1")) > 1 and not torch.distributed.is_initialized():
        torch.distributed.init_process_group("nccl" if torch.cuda.is_available() else "gloo")


def finish() -> None:
    """Leaves the other processes."""
    import torch

    if size() > 1:
        torch.distributed.destroy_process_group()


def keep_memory() -> None:
    """Has glibc keep what is freed: the large tensors of each step would be mapped anew, page by page, otherwise."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have none
    if mallopt:
        mallopt(M_MMAP_MAX, 0)
        mallopt(M_TRIM_THRESHOLD, -1)
        mallopt(M_TOP_PAD, 256 << 20)


def device() -> torch.device:
    """Where this process computes: its GPU if there is one."""
    import torch

    if torch.cuda.is_available():
        return torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")) % torch.cuda.device_count())
    return torch.device("cpu")


def number_type(where: torch.device) -> torch.dtype:
    """bfloat16 where the hardware computes with it, else 32 bits."""
    import torch

    if where.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    try:
        fast = bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    except (AttributeError, RuntimeError):
        fast = False
    return torch.bfloat16 if fast else torch.float32


def size() -> int:
    """How many processes there are."""
    import torch

    there = torch.distributed.is_available() and torch.distributed.is_initialized()
    return int(torch.distributed.get_world_size()) if there else 1


def rank() -> int:
    """The number of this process."""
    import torch

    return int(torch.distributed.get_rank()) if size() > 1 else 0


def share(items: Sequence[Item]) -> Sequence[Item]:
    """This process's share of the items."""
    return items[rank() :: size()]


def add_up(tensors: Iterable[torch.Tensor]) -> None:
    """Replaces each tensor by the sum over all processes."""
    import torch

    if size() > 1:
        for tensor in tensors:
            torch.distributed.all_reduce(tensor)


def total(numbers: Sequence[float], where: torch.device) -> list[float]:
    """The sums of these numbers over all processes."""
    import torch

    if size() == 1:
        return list(numbers)
    sums = torch.tensor(numbers, dtype=torch.float64, device=where)
    add_up([sums])
    return [float(each) for each in sums]
