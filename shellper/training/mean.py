"""The mean of two models' weights: `python -m shellper.training.mean MODEL OTHER SHARE OUT.gguf`.

What a model learns in a long training costs it some of what it knew; the weighted mean with the model that it was made
of keeps most of both (Wortsman et al. 2022, arXiv 2109.01903). The packaged file is made so; see MODEL_CARD.md.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from shellper.training.export import export
from shellper.training.finetuning import MODEL, Job, load_base, metadata, records_hash
from shellper.training.origin import origin
from shellper.training.train import Recipe


def mean(model: str, other: str, share: float, out: Path) -> None:
    """Writes (1 - share) of the model and `share` of the other, rounded as a training rounds; each as for --base.

    Raises ShellperError.
    """
    import torch

    mixed, tokenizer = load_base(model, torch.float32)
    added = dict(load_base(other, torch.float32)[0].named_parameters())
    with torch.no_grad():
        for name, weights in mixed.named_parameters():
            weights.lerp_(added[name], share)
    source = origin(model, MODEL)
    job = Job(data=(), base=model, base_name=source.name, licence=source.licence, data_hash=records_hash())
    values = {**metadata(job), "shellper.recipe": json.dumps({"mean": share, "form": Recipe.form})}
    export(mixed.to("cpu").eval(), tokenizer, out, form=Recipe.form, metadata=values)


if __name__ == "__main__":
    first, second, part, file = sys.argv[1:]
    mean(first, second, float(part), Path(file))
