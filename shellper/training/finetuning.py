"""From data and a base model to a model file: what `shellper train` does, step by step.

    Job               what was asked for; kept in OUT/job.json, so that it can be resumed
    load_base         a folder, a GGUF file or a name on the Hugging Face hub, as a Llama model and its tokenizer
    run               trains, saves, exports
    records_hash      of the hand-written data, for a file that is made of several runs

The folder OUT then holds the model for transformers (model.safetensors, tokenizer.json …), `shellper.gguf`, which both
shellper and Ollama take, a Modelfile, and log.jsonl with what was told on the way.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from shellper import __version__
from shellper.errors import ShellperError
from shellper.prompt import END, START
from shellper.training import DATA, parallel
from shellper.training.dataset import HELD_OUT, TEST, Conversation, read_dataset
from shellper.training.origin import origin
from shellper.training.train import CHECKPOINT, Progress, Recipe, train, write_log

MODEL = "shellper.gguf"
MOST_VALIDATED = 250
"""Held-out conversations that the loss is taken on: it is taken many times in the course of a training."""
FEWEST_SPLIT = 10
"""Of fewer conversations none is held out."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What to train on what, how, and what to make of it; what is known of data and base once they have been read.

    Paths are absolute: a training may be resumed from another folder.
    """

    data: tuple[str, ...]
    base: str
    recipe: Recipe = field(default_factory=Recipe)
    name: str = "shellper"
    licence: str = ""
    base_name: str = ""
    data_hash: str = ""

    def write(self, out: Path) -> None:
        """Keeps the job in its folder."""
        out.mkdir(parents=True, exist_ok=True)
        (out / "job.json").write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, out: Path) -> Job:
        """The job of a folder. Raises ShellperError if there is none, or it cannot be read."""
        file = out / "job.json"
        try:
            values = json.loads(file.read_text(encoding="utf-8"))
            values["recipe"] = Recipe(**values["recipe"])
            values["data"] = tuple(values["data"])
            return cls(**values)
        except (FileNotFoundError, NotADirectoryError):
            raise ShellperError(f"there is nothing to resume in {out}: train without --resume") from None
        except OSError as error:
            raise ShellperError(f"cannot read {file}: {error.strerror}; check the path and its permissions") from None
        except (ValueError, TypeError, KeyError, RecursionError):
            raise ShellperError(f"{file} is damaged: train anew, with another --out and without --resume") from None


@dataclass(frozen=True)
class Data:
    """Conversations to train on and to hold out, and the hash of the former."""

    train: list[Conversation]
    held_out: list[Conversation]
    hash: str


def require_libraries() -> None:
    """Raises ShellperError where the training libraries are missing."""
    try:
        import gguf  # noqa: F401
        import torch  # noqa: F401
        import transformers  # noqa: F401
    except ImportError as error:
        raise ShellperError(f"training needs {error.name}: pip install '.[train]' in a checkout") from None


def read_data(paths: Sequence[Path], seed: int) -> Data:
    """The conversations of files and folders; without a test.jsonl a few of them are held out. Raises ShellperError."""
    talks = [talk for path in paths for talk in read_dataset(path)]
    held_out = [talk for path in paths if (path / TEST).is_file() for talk in read_dataset(path, TEST)]
    if not talks:
        raise ShellperError("the data hold no conversations: see shellper synthesize --help")
    if not held_out and len(talks) >= FEWEST_SPLIT:
        talks = Random(seed).sample(talks, len(talks))
        count = min(MOST_VALIDATED, max(1, round(len(talks) * HELD_OUT)))
        held_out, talks = talks[:count], talks[count:]
    digest = sha256(json.dumps(talks, ensure_ascii=False).encode()).hexdigest()
    return Data(talks, held_out[:MOST_VALIDATED], digest)


def records_hash(folder: Path = DATA) -> str:
    """The SHA-256 of the hand-written records: of what their files hold, in the order of the files' names."""
    files = [file for form in ("*.turns", "*.phrases", "scenes/*") for file in folder.glob(form) if file.is_file()]
    digest = sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def load_base(base: str, number_type: Any = None) -> tuple[Any, Any]:
    """The model and its tokenizer, which both know the marks of shellper.prompt. Raises ShellperError.

    `number_type` is torch's type of the weights; by default, the one that is trained with here.
    """
    from transformers import AutoModelForCausalLM, AutoTokenizer

    where = parallel.device()
    options: dict[str, Any] = {"dtype": number_type or parallel.number_type(where), "attn_implementation": "sdpa"}
    place, extra = _place(base)
    try:
        tokenizer = AutoTokenizer.from_pretrained(place, **extra)
        model = AutoModelForCausalLM.from_pretrained(place, **extra, **options, **_dequantized(extra))
    except (OSError, ValueError, KeyError, ImportError) as error:
        reason = " ".join(str(error).split())[:160]
        raise ShellperError(f"cannot load the base {base}: give --base a folder or a GGUF file ({reason})") from None
    if model.config.model_type != "llama":
        raise ShellperError(f"{base} is a {model.config.model_type} model: give --base one of the Llama architecture")
    if tokenizer.add_special_tokens({"additional_special_tokens": [START, END]}):
        model.resize_token_embeddings(max(len(tokenizer), model.config.vocab_size), mean_resizing=False)
    from shellper.training.export import pretokenizer

    pretokenizer(tokenizer)  # what cannot be exported need not be trained
    model.train()
    return model.to(where), tokenizer


def _place(base: str) -> tuple[str, dict[str, Any]]:
    """Where transformers finds the base, and what it must be told."""
    path = Path(base)
    if path.is_file():
        return str(path.parent), {"gguf_file": path.name}
    return (str(path) if path.is_dir() else base), {}


def _dequantized(extra: dict[str, Any]) -> dict[str, Any]:
    """transformers keeps the weights of a GGUF file packed unless told otherwise."""
    if not extra:
        return {}
    from transformers import GgufConfig

    return {"quantization_config": GgufConfig(dequantize=True)}


def run(job: Job, out: Path, tell: Callable[[Progress], None], say: Callable[[str], None]) -> Path | None:
    """Trains, and returns the model file; None in a process that is not the first. Raises ShellperError.

    A checkpoint in `out` is continued. `tell` and `say` are called in the first process.
    """
    import torch

    parallel.keep_memory()
    parallel.start()
    try:
        data = read_data([Path(path) for path in job.data], job.recipe.seed)
        if job.data_hash not in ("", data.hash):
            raise ShellperError("the data have changed since the training was stopped: train anew, with another --out")
        torch.manual_seed(job.recipe.seed)  # a base without the marks gets random rows, the same in all processes
        model, tokenizer = load_base(job.base)
        first = parallel.rank() == 0

        def told(progress: Progress) -> None:
            if first:
                write_log(out / "log.jsonl", progress)
                tell(progress)

        def tokenize(text: str) -> list[int]:
            return list(tokenizer.encode(text, add_special_tokens=False))

        if first:
            job = _known(job, data)
            job.write(out)
            held_out = f"{len(data.held_out)} held out" if data.held_out else "too few to hold any out"
            say(f"{len(data.train)} conversations, {held_out}, on {parallel.device()}")
        train(model, tokenize, data.train, data.held_out, job.recipe, out, told)
        return _save(job, out, model, tokenizer) if first else None
    finally:
        parallel.finish()


def _known(job: Job, data: Data) -> Job:
    """The job with what data and base say of themselves; a licence that was asked for stays."""
    source = origin(job.base, MODEL)
    return replace(job, data_hash=data.hash, base_name=source.name, licence=job.licence or source.licence)


def _save(job: Job, out: Path, model: Any, tokenizer: Any) -> Path:
    """Everything that comes out of training; the checkpoint has done its duty."""
    from shellper.training.export import export, write_modelfile

    model.to("cpu").eval()
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)
    file = out / MODEL
    export(model, tokenizer, file, form=job.recipe.form, metadata=metadata(job))
    write_modelfile(file)
    (out / CHECKPOINT).unlink(missing_ok=True)
    return file


def metadata(job: Job) -> dict[str, str]:
    """What the model file says of itself; what is unknown is left out."""
    values = {
        "general.name": job.name,
        "general.license": job.licence,
        "general.base_model.0.name": job.base_name,
        "shellper.version": __version__,
        "shellper.commit": _commit(),
        "shellper.data_sha256": job.data_hash,
        "shellper.recipe": json.dumps(asdict(job.recipe)),
    }
    return {key: value for key, value in values.items() if value}


def _commit() -> str:
    """The commit of the checkout that this is run from; empty elsewhere."""
    folder = Path(__file__).parents[2]
    if not (folder / ".git").exists():
        return ""
    try:
        result = subprocess.run(
            ["git", "-C", str(folder), "rev-parse", "HEAD"], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return result.stdout.strip()
