"""A tiny random model with a tokenizer of SmolLM2's kind, for tests that train."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shellper.training.dataset import Conversation, write_dataset

TEXTS = [
    "list all files",
    "find big files in src",
    "find src -type f -size +100M",
    "show the last 20 lines of app.log",
    "tail -n 20 app.log",
    "count the lines of notes.txt",
    "wc -l notes.txt",
    "make a folder called backup",
    "mkdir backup",
]

TALKS: list[Conversation] = [
    [("list all files", "ls -a"), ("only the first 5", "ls -a | head -n 5")],
    [("where am i", "pwd")],
    [("make a folder backup", "mkdir backup"), ("go into it", "cd backup"), ("back", "cd -")],
    [("show a log.txt", "cat 'a log.txt'")],
    [("copy it", "# Copy what to where?")],
]


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as transformers saves it: two layers, width 64, about 400 tokens."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    pytest.importorskip("gguf")
    torch.manual_seed(0)
    torch.set_num_threads(1)
    tokenizer = _tokenizer()
    config = transformers.LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=2048,
        tie_word_embeddings=True,
        bos_token_id=1,
        eos_token_id=2,
    )
    folder = tmp_path_factory.mktemp("base")
    transformers.LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _tokenizer() -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    digits, byte_level = pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([digits, byte_level])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=384,
        special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(TEXTS, trainer)
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|im_end|>")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of training data."""
    folder = tmp_path / "data"
    write_dataset(folder, TALKS, TALKS[:1])
    return folder
