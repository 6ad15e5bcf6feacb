"""Writes a trained model as one GGUF file for llama.cpp, and a Modelfile that serves it through Ollama."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shellper.errors import ShellperError
from shellper.prompt import END, START
from shellper.training.quantization import FORMATS, pack

CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] == 'user' %}{{ '<|im_start|>' + message['content'] + '\n' }}"
    "{% elif message['role'] == 'assistant' %}{{ message['content'] + '<|im_end|>\n' }}{% endif %}{% endfor %}"
)
"""shellper.prompt's format for servers: commands as the assistant's text, nothing but requests and commands."""

_LINEAR = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
_NORMS = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm"}


def export(
    model: Any,
    tokenizer: Any,
    path: Path,
    *,
    form: str,
    metadata: Mapping[str, str],
) -> None:
    """Writes a Llama model (32-bit), its matrices in the given form: Q4_0, Q5_0, Q8_0, F16.

    `metadata` is what the file says of itself: general.name, general.license and the like, and `shellper.*` keys.
    Raises ShellperError for a tokenizer that llama.cpp has no name for; see `pretokenizer`.
    """
    writer = _writer(path)
    _describe(writer, model.config, form, metadata)
    _add_tokenizer(writer, tokenizer, model.config.vocab_size)
    _add_matrix(writer, "token_embd.weight", model.model.embed_tokens.weight, form)
    heads, key_heads = model.config.num_attention_heads, model.config.num_key_value_heads
    for number, layer in enumerate(model.model.layers):
        for module, name in _LINEAR.items():
            matrix = layer.get_submodule(module).weight
            if name in ("attn_q", "attn_k"):
                matrix = _permuted(matrix, heads if name == "attn_q" else key_heads)
            _add_matrix(writer, f"blk.{number}.{name}.weight", matrix, form)
        for module, name in _NORMS.items():
            _add_norm(writer, f"blk.{number}.{name}.weight", layer.get_submodule(module))
    _add_norm(writer, "output_norm.weight", model.model.norm)
    if not model.config.tie_word_embeddings:
        _add_matrix(writer, "output.weight", model.lm_head.weight, form)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _permuted(matrix: Any, heads: int) -> Any:
    """Rows of q and k in llama.cpp's order: the two halves of each head interleaved (convert_hf_to_gguf's permute)."""
    rows = matrix.shape[0]
    return matrix.reshape(heads, 2, rows // heads // 2, -1).transpose(1, 2).reshape(matrix.shape)


def _add_matrix(writer: Any, name: str, matrix: Any, form: str) -> None:
    from gguf import GGMLQuantizationType

    if form == "F16":
        writer.add_tensor(name, matrix.detach().half().numpy())
    else:
        writer.add_tensor(name, pack(matrix.detach(), FORMATS[form]), raw_dtype=GGMLQuantizationType[form])


def _add_norm(writer: Any, name: str, module: Any) -> None:
    writer.add_tensor(name, module.weight.detach().float().numpy())


def _writer(path: Path) -> Any:
    from gguf import GGUFWriter

    path.parent.mkdir(parents=True, exist_ok=True)
    return GGUFWriter(str(path), "llama")


def _describe(writer: Any, config: Any, form: str, metadata: Mapping[str, str]) -> None:
    from gguf import LlamaFileType

    writer.add_type("model")
    for key, value in metadata.items():
        writer.add_string(key, value)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_vocab_size(config.vocab_size)
    writer.add_rope_dimension_count(config.hidden_size // config.num_attention_heads)
    writer.add_file_type(LlamaFileType[f"MOSTLY_{form}"])
    writer.add_quantization_version(2)


def pretokenizer(tokenizer: Any) -> str:
    """llama.cpp's name for how a byte-level BPE tokenizer cuts text before it merges.

    Raises ShellperError for every other tokenizer: the file would read text in another way than the model was trained.
    """
    backend = getattr(tokenizer, "backend_tokenizer", None)
    data = json.loads(backend.to_str()) if backend else {}
    cutter = data.get("pre_tokenizer") or {}
    kinds = [part.get("type") for part in cutter.get("pretokenizers", [cutter])]
    if data.get("model", {}).get("type") != "BPE" or data.get("normalizer") or kinds[-1:] != ["ByteLevel"]:
        raise ShellperError("the base's tokenizer is none of GPT-2's kind: take SmolLM2 or another base that has one")
    if kinds == ["Digits", "ByteLevel"]:
        return "smollm"
    if kinds != ["ByteLevel"]:
        raise ShellperError("the base's tokenizer cuts text in a way of its own: take SmolLM2 or a base like it")
    # Without merges of digits it makes no difference whether they are cut apart beforehand.
    return "gpt-2" if any(re.search(r"\d\d", token) for token in data["model"]["vocab"]) else "smollm"


def _add_tokenizer(writer: Any, tokenizer: Any, size: int) -> None:
    """The tokenizer, from its own JSON; the model's table may have more rows than there are tokens."""
    from gguf import TokenType

    data = json.loads(tokenizer.backend_tokenizer.to_str())
    vocabulary: dict[str, int] = dict(data["model"]["vocab"])
    special = {token["content"]: token["id"] for token in data["added_tokens"]}
    vocabulary.update(special)
    names = [f"<unused{number}>" for number in range(size)]
    kinds = [TokenType.UNUSED] * size
    for name, number in vocabulary.items():
        names[number] = name
        kinds[number] = TokenType.CONTROL if name in special else TokenType.NORMAL
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pretokenizer(tokenizer))
    writer.add_token_list(names)
    writer.add_token_types(kinds)
    writer.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in data["model"]["merges"]])
    writer.add_bos_token_id(vocabulary[START])
    writer.add_eos_token_id(vocabulary[END])
    writer.add_unk_token_id(0)
    writer.add_pad_token_id(vocabulary[END])
    writer.add_add_bos_token(False)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(CHAT_TEMPLATE)


MODELFILE = '''# ollama create shellper -f Modelfile; then: shellper --engine endpoint --model shellper
FROM ./{name}
TEMPLATE """{{{{- range .Messages }}}}{{{{- if eq .Role "user" }}}}<|im_start|>{{{{ .Content }}}}
{{{{ else if eq .Role "assistant" }}}}{{{{ .Content }}}}<|im_end|>
{{{{ end }}}}{{{{- end }}}}"""
PARAMETER temperature 0
PARAMETER stop "<|im_end|>"
'''


def write_modelfile(model: Path) -> Path:
    """Writes `Modelfile` beside a GGUF file and returns its path."""
    path = model.with_name("Modelfile")
    path.write_text(MODELFILE.format(name=model.name), encoding="utf-8")
    return path
