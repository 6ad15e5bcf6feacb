"""Training, export and loading, on a tiny random model."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from shellper.engines.embedded import EmbeddedEngine
from shellper.engines.runtime import start_server
from shellper.errors import ShellperError
from shellper.models import PACKAGED, read_info
from shellper.prompt import render_prompt, render_turn
from shellper.tools import call_text, tool_set
from shellper.training import DATA, finetuning
from shellper.training.dataset import TEST, write_dataset
from shellper.training.synthesis import synthesize
from shellper.training.train import CHECKPOINT, IGNORED, Progress, Recipe, _stopped, encode, learning_rate, pack, train
from shellper.training.turns import read_records
from tests.programs import missing
from tests.training.conftest import TALKS

RECIPE = Recipe(epochs=150, learning_rate=2e-2, row=64, batch=256, micro=4, seed=1, form="Q8_0")


def tokenizer_of(base: Path) -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(base)


def encoder(base: Path) -> Callable[[str], list[int]]:
    tokenizer = tokenizer_of(base)
    return lambda text: list(tokenizer.encode(text, add_special_tokens=False))


def silent(_: object) -> None:
    """Tells nobody."""


@pytest.fixture(scope="module")
def trained(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished training."""
    folder = tmp_path_factory.mktemp("trained")
    write_dataset(folder / "data", TALKS, TALKS[:1])
    job = finetuning.Job(data=(str(folder / "data"),), base=str(base), recipe=RECIPE, name="tiny", licence="mit")
    file = finetuning.run(job, folder / "out", silent, silent)
    assert file == folder / "out" / finetuning.MODEL
    return folder / "out"


def test_the_loss_falls_and_is_logged(trained: Path) -> None:
    lines = [json.loads(line) for line in (trained / "log.jsonl").read_text().splitlines()]
    assert lines[0]["loss"] > 3 > 0.3 > lines[-1]["loss"]
    assert lines[-1]["held_out"] < 0.5
    assert lines[-1]["step"] == lines[-1]["steps"]


def test_the_file_says_what_it_is(trained: Path) -> None:
    info = read_info(trained / finetuning.MODEL)
    assert info.complete
    assert (info.name, info.licence, info.architecture) == ("tiny", "mit", "llama")
    assert "general.base_model.0.name" not in info.metadata  # the base does not say
    assert len(info.metadata["shellper.data_sha256"]) == 64
    assert json.loads(info.metadata["shellper.recipe"])["seed"] == 1
    assert "FROM ./shellper.gguf" in (trained / "Modelfile").read_text()
    assert not (trained / CHECKPOINT).exists()


def test_the_mean_of_two_models(trained: Path, base: Path, tmp_path: Path) -> None:
    import torch

    from shellper.training.mean import mean
    from shellper.training.quantization import FORMATS, rounded

    mean(str(trained), str(base), 0.25, tmp_path / "mean.gguf")
    one, other, mixed = (
        dict(finetuning.load_base(str(place), torch.float32)[0].named_parameters())
        for place in (trained, base, tmp_path / "mean.gguf")
    )
    for name, weights in mixed.items():
        wanted = (one[name] * 0.75 + other[name] * 0.25).detach()
        torch.testing.assert_close(weights.detach(), rounded(wanted, FORMATS["Q5_0"]) if wanted.ndim > 1 else wanted)
    info = read_info(tmp_path / "mean.gguf")
    assert (info.name, info.licence) == ("shellper", "mit")
    assert info.metadata["shellper.data_sha256"] == finetuning.records_hash()
    assert json.loads(info.metadata["shellper.recipe"]) == {"mean": 0.25, "form": "Q5_0"}


def test_the_embedded_engine_answers_what_was_taught(trained: Path) -> None:
    engine = EmbeddedEngine(trained / finetuning.MODEL, threads=1)
    tools = tool_set("shell")
    for talk in TALKS:
        for number, (request, command) in enumerate(talk):
            from shellper.training.dataset import history_of

            messages = [*history_of(talk[:number], tools), {"role": "user", "content": request}]
            assert call_text(engine.complete(messages, tools).calls[0], tools) == command


def test_both_runtimes_read_the_same_tokens(trained: Path) -> None:
    server = start_server(trained / finetuning.MODEL, 512, 1)
    tokenize = encoder(trained)
    talks = [
        *TALKS,
        [("find 100 files  at 10:45,\t2024", "find . | head -n 100"), ("größer? «ja» 日本", "awk '{print $2}'")],
    ]
    for talk in talks:
        tokens, _ = encode(talk, tokenize, 10_000)
        assert tokens == tokenize("".join(render_turn(*turn) for turn in talk))
        prompt = render_prompt(talk[:-1], talk[-1][0])
        asked = tokenize(prompt)
        by_text, by_tokens = (
            server.handle_completions({"prompt": form, "max_tokens": 4, "temperature": 0, "cache_prompt": False})
            for form in (prompt, asked)
        )
        assert by_text["usage"]["prompt_tokens"] == len(asked)
        assert by_text["choices"][0]["text"] == by_tokens["choices"][0]["text"]


def test_the_packaged_model_reads_the_tokens_that_it_is_trained_on() -> None:
    """The runtime counts a prompt that is longer than its context without computing anything: hence the first turns."""
    transformers = pytest.importorskip("transformers")
    pytest.importorskip("gguf")
    if not PACKAGED.is_file():
        missing(f"{PACKAGED} is missing")
    tokenizer = transformers.AutoTokenizer.from_pretrained(PACKAGED.parent, gguf_file=PACKAGED.name)
    server = start_server(PACKAGED, 256, 1)
    records = [
        record for name in ("copying", "oneliners", "threads2") for record in read_records(DATA / f"{name}.turns")
    ]
    names = ("größer?.txt", "日本語 (1).md", "a\tb", "--x=1,2;3", "💾.bin", "it's №9", "q__q  2024-01-07", "café/.Æ~")
    first = [("x", "y")] * 60
    for number, talk in enumerate(islice(synthesize(records, 0), 200)):
        prompt = render_prompt([*first, *talk[:-1]], f"{talk[-1][0]} in {names[number % len(names)]}")
        answer = server.handle_completions({"prompt": prompt, "max_tokens": 1})
        assert answer["error"]["n_prompt_tokens"] == len(tokenizer.encode(prompt, add_special_tokens=False)), prompt


def test_only_commands_are_learnt(base: Path) -> None:
    tokenizer = tokenizer_of(base)
    tokens, labels = encode(TALKS[0], encoder(base), 10_000)
    learnt = tokenizer.decode([label for label in labels if label != IGNORED])
    assert learnt == "ls -a<|im_end|>ls -a | head -n 5<|im_end|>"
    assert len(tokens) == len(labels)


def test_the_oldest_turns_are_dropped_from_long_conversations(base: Path) -> None:
    tokenize = encoder(base)
    last = TALKS[2][-1:]
    room = len(encode(last, tokenize, 10_000)[0])
    assert encode(TALKS[2], tokenize, room) == encode(last, tokenize, 10_000)


def test_packing_loses_and_mixes_nothing(base: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    from shellper.training.train import loss_sum, tensors

    tokenize = encoder(base)
    encoded = [encode(talk, tokenize, 96) for talk in TALKS]
    rows = list(pack(encoded, 96))
    assert len(rows) < len(encoded)
    assert sum(len(row.tokens) for row in rows) == sum(len(tokens) for tokens, _ in encoded)
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="sdpa")
    with torch.no_grad():
        together, count = loss_sum(model, tensors(rows, 96))
        alone = [loss_sum(model, tensors(list(pack([each], 96)), 96)) for each in encoded]
    assert count == sum(number for _, number in alone)
    assert float(together) == pytest.approx(sum(float(loss) for loss, _ in alone), rel=1e-4)


def test_the_rate_warms_up_and_ends_at_zero() -> None:
    recipe = Recipe(learning_rate=1.0, warmup=0.1, decay=0.5)
    rates = [learning_rate(step, 100, recipe) for step in range(100)]
    assert rates[0] == pytest.approx(0.1)
    assert max(rates) == 1.0
    assert rates[-1] == pytest.approx(0.02)
    assert all(rate > 0 for rate in rates)


def test_training_goes_on_where_it_stopped(base: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    recipe = replace(RECIPE, epochs=12)
    tokenize = encoder(base)

    def weights(out: Path, *stops: int) -> Any:
        for stop in (*stops, 0):
            model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="sdpa")

            def tell(progress: Progress, stop: int = stop) -> None:
                if progress.step == stop:
                    raise KeyboardInterrupt

            try:
                score = train(model, tokenize, TALKS, TALKS[:1], recipe, out, tell)
                assert not math.isnan(score)
            except KeyboardInterrupt:
                assert (out / CHECKPOINT).exists()
        return model.lm_head.weight.detach()

    assert torch.equal(weights(tmp_path / "a"), weights(tmp_path / "b", 2, 4))


def test_a_training_with_another_recipe_is_not_lost(base: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    def begin(recipe: Recipe) -> None:
        def tell(progress: Progress) -> None:
            raise KeyboardInterrupt

        model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="sdpa")
        train(model, encoder(base), TALKS, TALKS[:1], recipe, tmp_path, tell)

    with pytest.raises(KeyboardInterrupt):
        begin(RECIPE)
    before = (tmp_path / CHECKPOINT).read_bytes()
    with pytest.raises(ShellperError, match="another recipe"):
        begin(replace(RECIPE, seed=9))
    assert (tmp_path / CHECKPOINT).read_bytes() == before


@pytest.mark.parametrize("form", ["Q4_0", "Q5_0", "F16"])
def test_every_form_can_be_loaded_and_is_near_the_model(base: Path, tmp_path: Path, form: str) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    from shellper.training.export import export
    from shellper.training.train import tensors

    tokenizer = tokenizer_of(base)
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="sdpa").eval()
    rows = list(pack([encode(talk, encoder(base), 64) for talk in TALKS], 64))
    export(model, tokenizer, tmp_path / "m.gguf", form=form, metadata={})
    loaded, _ = finetuning.load_base(str(tmp_path / "m.gguf"))
    batch = tensors(rows, 64)
    with torch.no_grad():
        one = model(batch["input_ids"]).logits
        other = loaded.float()(batch["input_ids"]).logits
    assert torch.nn.functional.cosine_similarity(one.flatten(), other.flatten(), dim=0) > 0.98
    server = start_server(tmp_path / "m.gguf", 256, 1)
    assert server.handle_completions({"prompt": "<|im_start|>list\n", "max_tokens": 2})["choices"]


def test_the_file_holds_the_weights_that_were_trained(base: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    from shellper.training.export import export

    for form in ("Q4_0", "Q5_0", "Q8_0"):
        model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="sdpa")
        recipe = replace(RECIPE, epochs=4, form=form)
        train(model, encoder(base), TALKS, TALKS[:1], recipe, tmp_path / form, silent)
        export(model, tokenizer_of(base), tmp_path / f"{form}.gguf", form=form, metadata={})
        loaded, _ = finetuning.load_base(str(tmp_path / f"{form}.gguf"), torch.float32)
        for name, weights in model.state_dict().items():
            assert torch.equal(weights, loaded.state_dict()[name]), (form, name)


def test_what_is_no_base_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ShellperError, match="cannot load the base"):
        finetuning.load_base(str(tmp_path))


def test_two_processes_learn_what_one_does(base: Path, data: Path, tmp_path: Path) -> None:
    """torchrun's variables, two processes, one result; the first process writes."""
    import os
    import socket
    import subprocess
    import sys

    import torch
    from safetensors.torch import load_file

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    common = ["--data", str(data), "--base", str(base), "--epochs", "4", "--row", "64", "--batch", "256"]

    def start(out: str, rank: int, size: int) -> subprocess.Popen[bytes]:
        world = {"WORLD_SIZE": str(size), "RANK": str(rank), "LOCAL_RANK": str(rank), "MASTER_ADDR": "127.0.0.1"}
        variables = {
            **os.environ,
            **world,
            "MASTER_PORT": str(port),
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": str(Path.cwd()),
        }
        words = [sys.executable, "-m", "shellper", "train", *common, "--out", str(tmp_path / out), "--quantize", "F16"]
        return subprocess.Popen(words, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    for number, process in enumerate([start("two", 0, 2), start("two", 1, 2), start("one", 0, 1)]):
        _, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors.decode()
        assert (b"held out" in errors) == (number != 1), "only the first tells"
    one, two = (load_file(tmp_path / name / "model.safetensors") for name in ("one", "two"))
    for name, tensor in one.items():
        assert torch.allclose(tensor, two[name], atol=2e-3), name


def test_all_processes_stop_with_the_one_that_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    torch = pytest.importorskip("torch")
    model, progress = torch.nn.Linear(1, 1), Progress(1, 2, 0.5, 100.0, 1.0)

    def interrupt(_: Progress) -> None:
        raise KeyboardInterrupt

    assert _stopped(interrupt, progress, model)
    assert not _stopped(silent, progress, model)
    monkeypatch.setattr("shellper.training.parallel.total", lambda numbers, _: [number + 1 for number in numbers])
    assert _stopped(silent, progress, model)


def test_rows_that_a_base_lacks_are_the_same_in_every_run(base: Path, data: Path, tmp_path: Path) -> None:
    import torch

    other = tmp_path / "base"
    other.mkdir()
    for file in base.iterdir():
        text = file.read_bytes()
        if file.suffix == ".json":
            text = text.replace(b"<|im_start|>", b"<|a|>").replace(b"<|im_end|>", b"<|b|>")
        (other / file.name).write_bytes(text)

    def interrupt(_: Progress) -> None:
        raise KeyboardInterrupt

    def rows(out: Path) -> Any:
        job = finetuning.Job(data=(str(data),), base=str(other), recipe=replace(RECIPE, form="F16"))
        with pytest.raises(KeyboardInterrupt):
            finetuning.run(job, out, interrupt, silent)
        return torch.load(out / CHECKPOINT)["copies"][0]

    one, two = rows(tmp_path / "one"), rows(tmp_path / "two")
    assert len(one) == len(tokenizer_of(base)) + 2
    assert torch.equal(one, two)


@pytest.mark.parametrize(("count", "held_out"), [(9, 0), (10, 1), (49, 1), (100, 2)])
def test_of_ten_conversations_one_is_held_out(tmp_path: Path, count: int, held_out: int) -> None:
    write_dataset(tmp_path, [[("where am i", f"cd {number}")] for number in range(count)], [])
    (tmp_path / TEST).unlink(missing_ok=True)
    data = finetuning.read_data([tmp_path], 0)
    assert (len(data.train), len(data.held_out)) == (count - held_out, held_out)


def test_the_hash_of_the_records_is_that_of_what_they_hold(tmp_path: Path) -> None:
    assert len(finetuning.records_hash()) == 64
    (tmp_path / "scenes").mkdir()
    names = ("a.turns", "b.phrases", "scenes/c.phrases", "words.txt")
    hashes = [finetuning.records_hash(tmp_path)]
    for name in names:
        (tmp_path / name).write_text(name)
        hashes.append(finetuning.records_hash(tmp_path))
    assert len(set(hashes)) == len(names)
    assert hashes[-1] == hashes[-2], "the words are no record"


def test_a_job_that_cannot_be_resumed_says_why(tmp_path: Path) -> None:
    with pytest.raises(ShellperError, match="there is nothing to resume"):
        finetuning.Job.read(tmp_path)
    file = tmp_path / "job.json"
    for text in ("nonsense", "[]", "{}", '{"recipe": {}, "data": [], "frobnicate": 1}'):
        file.write_text(text)
        with pytest.raises(ShellperError, match=r"job\.json is damaged: train anew"):
            finetuning.Job.read(tmp_path)
    file.unlink()
    file.mkdir()
    with pytest.raises(ShellperError, match=r"cannot read .*job\.json: Is a directory; check"):
        finetuning.Job.read(tmp_path)


def test_ctrl_c_saves_and_resume_goes_on(base: Path, data: Path, tmp_path: Path) -> None:
    import os
    import signal
    import subprocess
    import sys
    import time

    out = tmp_path / "out"
    variables = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(Path.cwd())}
    words = [sys.executable, "-m", "shellper", "train", "--out", str(out)]
    first = ["--data", str(data), "--base", str(base), "--epochs", "120", "--row", "64", "--batch", "256"]
    process = subprocess.Popen([*words, *first, "--quantize", "F16"], env=variables, stderr=subprocess.PIPE)
    until = time.monotonic() + 200
    while not (out / "log.jsonl").exists() and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=200)
    assert process.returncode == 130, errors.decode()
    assert f"go on with: shellper train --out {out} --resume" in errors.decode()
    assert (out / CHECKPOINT).exists()
    steps = len((out / "log.jsonl").read_text().splitlines())
    job = finetuning.Job.read(out)
    assert (job.recipe.form, job.recipe.epochs) == ("F16", 120)
    replace(job, data_hash="other").write(out)
    changed = subprocess.run([*words, "--resume"], env=variables, capture_output=True, text=True, check=False)
    assert (changed.returncode, "the data have changed" in changed.stderr) == (1, True)
    job.write(out)
    finished = subprocess.run([*words, "--resume"], env=variables, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout == f"{out / finetuning.MODEL}\n"
    logged = [json.loads(line)["step"] for line in (out / "log.jsonl").read_text().splitlines()]
    assert logged == list(range(1, logged[-1] + 1))
    assert len(logged) > steps
