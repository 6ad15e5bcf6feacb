"""Fine-tunes a Llama-architecture model on conversations: the loss is taken on the commands alone.

Conversations are packed into rows of fixed length; the attention mask keeps them apart and positions start anew, so
that packing changes nothing but the speed. Weights are bfloat16 with 32-bit master copies (AdamW, Loshchilov and
Hutter 2019); the learning rate warms up, stays, and decays linearly to zero at the end. The model computes where it
lies, on a CPU or a GPU; several processes share the rows of each step (see parallel.py).
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shellper.errors import ShellperError
from shellper.prompt import END, render_prompt
from shellper.training import parallel
from shellper.training.quantization import FORMATS, rounded

if TYPE_CHECKING:
    import torch

    from shellper.training.dataset import Conversation

CHECKPOINT = "checkpoint.pt"
EVALUATE_EVERY = 100
SAVE_EVERY = 200
"""After so many steps."""
LOOK = 64
"""How many conversations ahead one is sought that fits into a row."""
IGNORED = -100


@dataclass(frozen=True)
class Recipe:
    """How to train.

    `row` and `batch` count tokens: of a packed row and of one optimizer step (rounded up to whole rows). `warmup` and
    `decay` are shares of all steps. `micro` is the number of rows that are computed at once. `form` is what the
    matrices are rounded to in every step, while the master weights are not: the model learns to make do with the
    weights that its file will hold (straight-through estimation, Jacob et al. 2018, arXiv 1712.05877). It is one of
    quantization.FORMATS, or F16: not rounded.
    """

    epochs: float = 1.0
    learning_rate: float = 3e-4
    warmup: float = 0.02
    decay: float = 0.6
    row: int = 320
    batch: int = 2240
    micro: int = 7
    weight_decay: float = 0.01
    seed: int = 0
    form: str = "Q5_0"


@dataclass(frozen=True)
class Progress:
    """What is told after each step."""

    step: int
    steps: int
    loss: float
    tokens_per_second: float
    seconds_left: float
    held_out: float | None = None


@dataclass
class Row:
    """Packed tokens, the label of each (IGNORED where none is learnt), and the number of its conversation."""

    tokens: list[int]
    labels: list[int]
    segments: list[int]


Encode = Callable[[str], list[int]]


def encode(conversation: Conversation, tokenize: Encode, most: int) -> tuple[list[int], list[int]]:
    """Tokens and labels of a conversation; the oldest turns are dropped where it is longer than `most` tokens."""
    turns: list[tuple[list[int], list[int]]] = []
    for request, command in conversation:
        asked = tokenize(render_prompt((), request))
        answer = tokenize(f"{command}{END}")
        tail = tokenize("\n")
        turns.append((asked + answer + tail, [IGNORED] * len(asked) + answer + [IGNORED] * len(tail)))
    while len(turns) > 1 and sum(len(tokens) for tokens, _ in turns) > most:
        turns.pop(0)
    tokens = [token for part, _ in turns for token in part][:most]
    labels = [label for _, part in turns for label in part][:most]
    return tokens, labels


def pack(encoded: Sequence[tuple[list[int], list[int]]], length: int) -> Iterator[Row]:
    """Rows of at most `length` tokens; each takes the best fitting of the next LOOK conversations."""
    waiting = list(encoded)
    waiting.reverse()
    while waiting:
        tokens, labels = waiting.pop()
        row = Row(list(tokens), list(labels), [0] * len(tokens))
        number = 1
        while True:
            room = length - len(row.tokens)
            fitting = [
                index for index in range(max(0, len(waiting) - LOOK), len(waiting)) if len(waiting[index][0]) <= room
            ]
            if not fitting:
                break
            best = max(fitting, key=lambda index: len(waiting[index][0]))
            tokens, labels = waiting.pop(best)
            row.tokens += tokens
            row.labels += labels
            row.segments += [number] * len(tokens)
            number += 1
        yield row


def tensors(rows: Sequence[Row], length: int) -> dict[str, torch.Tensor]:
    """Input of the model: ids, block-diagonal causal mask, positions that start anew, labels of the next token."""
    import torch

    ids = torch.zeros(len(rows), length, dtype=torch.long)
    labels = torch.full((len(rows), length), IGNORED)
    segments = torch.full((len(rows), length), -1)
    positions = torch.zeros(len(rows), length, dtype=torch.long)
    for number, row in enumerate(rows):
        size = len(row.tokens)
        ids[number, :size] = torch.tensor(row.tokens)
        labels[number, : size - 1] = torch.tensor(row.labels[1:])
        segments[number, :size] = torch.tensor(row.segments)
        starts = {segment: index for index, segment in reversed(list(enumerate(row.segments)))}
        positions[number, :size] = torch.tensor([index - starts[segment] for index, segment in enumerate(row.segments)])
        last_of_segment = [index for index in range(size - 1) if row.segments[index] != row.segments[index + 1]]
        labels[number, last_of_segment] = IGNORED
    order = torch.arange(length)
    same = segments[:, :, None] == segments[:, None, :]
    mask = (same & (order[:, None] >= order[None, :])) | torch.eye(length, dtype=torch.bool)
    return {"input_ids": ids, "attention_mask": mask[:, None], "position_ids": positions, "labels": labels}


def loss_sum(model: Any, batch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, int]:
    """Cross entropy summed over the labelled tokens, and their number; logits are computed for these alone."""
    import torch.nn.functional as functional

    labels = batch["labels"]
    hidden = model.model(
        input_ids=batch["input_ids"],
        attention_mask=batch["attention_mask"],
        position_ids=batch["position_ids"],
        use_cache=False,
    ).last_hidden_state
    chosen = (labels != IGNORED).flatten().nonzero().squeeze(1)
    # Filled up with a row that counts for nothing: logits of ever new sizes would leave the memory in pieces.
    filled = functional.pad(chosen, (0, -len(chosen) % 256), value=int((labels == IGNORED).flatten().int().argmax()))
    logits = model.lm_head(hidden.flatten(0, 1)[filled])
    wanted = labels.flatten()[filled]
    return functional.cross_entropy(logits.float(), wanted, ignore_index=IGNORED, reduction="sum"), len(chosen)


class Masters:
    """AdamW on 32-bit copies of a model's parameters, which the model holds in fewer bits."""

    def __init__(self, model: Any, recipe: Recipe) -> None:
        import torch

        self.parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self.copies = [parameter.detach().float().clone().requires_grad_() for parameter in self.parameters]
        matrices = [copy for copy in self.copies if copy.ndim > 1]
        vectors = [copy for copy in self.copies if copy.ndim < 2]
        groups = [{"params": matrices, "weight_decay": recipe.weight_decay}, {"params": vectors, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, lr=recipe.learning_rate, betas=(0.9, 0.98), fused=True)
        self.form = FORMATS.get(recipe.form)
        self.give()

    def step(self, rate: float, tokens: int) -> None:
        """One step with gradients that were summed over so many labelled tokens, clipped to norm 1."""
        import torch

        for copy, parameter in zip(self.copies, self.parameters, strict=True):
            copy.grad = torch.zeros_like(copy) if parameter.grad is None else parameter.grad.float().div_(tokens)
            parameter.grad = None
        parallel.add_up(copy.grad for copy in self.copies if copy.grad is not None)
        torch.nn.utils.clip_grad_norm_(self.copies, 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()
        self.give()

    def give(self) -> None:
        """Gives the model the copies, rounded as the recipe says, in as many bits as its parameters have."""
        import torch

        with torch.no_grad():
            for copy, parameter in zip(self.copies, self.parameters, strict=True):
                parameter.copy_(rounded(copy, self.form) if self.form and copy.ndim > 1 else copy)

    def finish(self, model: Any) -> None:
        """Gives the model the weights in 32 bits."""
        model.float()
        self.parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self.give()

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"copies": self.copies, "optimizer": self.optimizer.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on from a checkpoint."""
        import torch

        self.optimizer.load_state_dict(state["optimizer"])
        with torch.no_grad():
            for copy, saved in zip(self.copies, state["copies"], strict=True):
                copy.copy_(saved)
        self.give()


def learning_rate(step: int, steps: int, recipe: Recipe) -> float:
    """The rate at a step: linear warm-up, plateau, linear decay to zero."""
    warm = max(1, math.ceil(recipe.warmup * steps))
    cool = max(1, math.ceil(recipe.decay * steps))
    up = min(1.0, (step + 1) / warm)
    down = min(1.0, (steps - step) / cool) if recipe.decay else 1.0
    return recipe.learning_rate * min(up, down)


def train(
    model: Any,
    tokenize: Encode,
    conversations: Sequence[Conversation],
    held_out: Sequence[Conversation],
    recipe: Recipe,
    out: Path,
    tell: Callable[[Progress], None],
) -> float:
    """Trains in place and returns the held-out loss per command token, in nats; checkpoints go to `out`.

    A checkpoint in `out` is continued. `tell` may raise KeyboardInterrupt: then the step is saved, and all processes
    end with it. Raises ShellperError for a checkpoint of another recipe.
    """
    rows, tests = (_rows(talks, tokenize, recipe) for talks in (conversations, held_out))
    random.Random(recipe.seed).shuffle(rows)
    per_step = max(1, math.ceil(recipe.batch / recipe.row))
    steps = max(1, round(len(rows) * recipe.epochs / per_step))
    masters = Masters(model, recipe)
    start = _resume(masters, recipe, out)
    began, seen = time.monotonic(), 0
    score: float | None = None
    for step in range(start, steps):
        chosen = [rows[index % len(rows)] for index in range(step * per_step, (step + 1) * per_step)]
        total, count = _losses(model, chosen, recipe)
        masters.step(learning_rate(step, steps, recipe), max(1, round(count)))
        done, last = step + 1, step + 1 == steps
        seen += sum(len(row.tokens) for row in chosen)
        spent = time.monotonic() - began
        left = spent / (done - start) * (steps - done)
        score = held_out_loss(model, tests, recipe) if tests and (last or done % EVALUATE_EVERY == 0) else None
        if done % SAVE_EVERY == 0 and not last:
            _save(masters, done, recipe, out)
        if _stopped(tell, Progress(done, steps, total / max(1, count), seen / spent, left, score), model):
            _save(masters, done, recipe, out)
            raise KeyboardInterrupt
    masters.finish(model)
    return score if score is not None else math.nan


def _stopped(tell: Callable[[Progress], None], progress: Progress, model: Any) -> bool:
    """Tells, and whether one of the processes was interrupted there: alone, it would leave the others waiting."""
    stop = False
    try:
        tell(progress)
    except KeyboardInterrupt:
        stop = True
    return parallel.total([float(stop)], next(iter(model.parameters())).device)[0] > 0


def _rows(conversations: Sequence[Conversation], tokenize: Encode, recipe: Recipe) -> list[Row]:
    return list(pack([encode(talk, tokenize, recipe.row) for talk in conversations], recipe.row))


def held_out_loss(model: Any, rows: Sequence[Row], recipe: Recipe) -> float:
    """Mean cross entropy per command token, in nats."""
    import torch

    with torch.no_grad():
        total, count = _losses(model, rows, recipe)
    return total / max(1.0, count)


def _losses(model: Any, rows: Sequence[Row], recipe: Recipe) -> tuple[float, float]:
    """The summed loss of all processes and the number of its tokens; adds to the gradients, unless under no_grad."""
    device = next(iter(model.parameters())).device
    mine = parallel.share(rows)
    total, count = 0.0, 0.0
    for first in range(0, len(mine), recipe.micro):
        loss, number = loss_sum(model, _there(tensors(mine[first : first + recipe.micro], recipe.row), device))
        if loss.requires_grad:
            loss.backward()
        total, count = total + float(loss.detach()), count + number
    total, count = parallel.total((total, count), device)
    return total, count


def _there(batch: dict[str, torch.Tensor], device: torch.device) -> dict[str, torch.Tensor]:
    return {name: tensor.to(device) for name, tensor in batch.items()}


def _save(masters: Masters, step: int, recipe: Recipe, out: Path) -> None:
    import torch

    if parallel.rank():
        return
    out.mkdir(parents=True, exist_ok=True)
    state = {"step": step, "recipe": asdict(recipe), **masters.state()}
    new = (out / CHECKPOINT).with_suffix(".tmp")
    torch.save(state, new)
    new.replace(out / CHECKPOINT)


def _resume(masters: Masters, recipe: Recipe, out: Path) -> int:
    import torch

    path = out / CHECKPOINT
    if not path.exists():
        return 0
    state = torch.load(path, map_location="cpu")
    if state["recipe"] != asdict(recipe):
        raise ShellperError(f"{path} is of a training with another recipe: train anew, with another --out")
    masters.restore(state)
    return int(state["step"])


def write_log(path: Path, progress: Progress) -> None:
    """Appends one line of JSON."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(progress)) + "\n")
