"""Settings: precedence, sources, the engine that follows, and files that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from shellper.errors import ConfigError
from shellper.settings import ENDPOINT_MODEL, KEYS, Settings, load_settings, unknown_variables


def load(tmp_path: Path, text: str = "", **flags: object) -> Settings:
    file = tmp_path / "config.toml"
    file.write_text(text)
    return load_settings(flags, file=file)


def test_defaults(tmp_path: Path) -> None:
    settings = load_settings(file=tmp_path / "none.toml")
    assert {name: getattr(settings, name) for name in KEYS} == {name: key.default for name, key in KEYS.items()}
    assert settings.engine == "embedded"
    assert set(settings.sources.values()) == {"default"}


def test_flag_beats_environment_beats_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'tools = "gorilla"\ntimeout = 5\n'
    assert load(tmp_path, text).timeout == 5
    monkeypatch.setenv("SHELLPER_TIMEOUT", "6")
    assert (load(tmp_path, text).timeout, load(tmp_path, text).sources["timeout"]) == (6, "environment")
    settings = load(tmp_path, text, timeout=7, tools=None)
    assert (settings.timeout, settings.sources["timeout"]) == (7, "flag")
    assert (settings.tools, settings.sources["tools"]) == ("gorilla", "file")


@pytest.mark.parametrize(
    ("text", "flags", "engine", "model"),
    [
        ("", {"base_url": "http://localhost:1/v1"}, "endpoint", ENDPOINT_MODEL),
        ("", {"model": "distil_model"}, "endpoint", "distil_model"),
        ("", {"model": "mine.gguf"}, "embedded", "mine.gguf"),
        ('engine = "embedded"', {"base_url": "http://localhost:1/v1"}, "endpoint", ENDPOINT_MODEL),
        ('engine = "endpoint"\nmodel = "qwen"', {}, "endpoint", "qwen"),
        ('engine = "endpoint"\nmodel = "qwen"', {"model": "gemma"}, "endpoint", "gemma"),
        ('engine = "endpoint"\nmodel = "qwen"', {"engine": "embedded"}, "embedded", ""),
        ('model = "/m/mine.gguf"', {"engine": "endpoint"}, "endpoint", ENDPOINT_MODEL),
        ('model = "/m/mine.gguf"', {}, "embedded", "/m/mine.gguf"),
        ("", {"engine": "endpoint", "model": "served.gguf"}, "endpoint", "served.gguf"),
    ],
)
def test_engine_follows(tmp_path: Path, text: str, flags: dict[str, object], engine: str, model: str) -> None:
    settings = load(tmp_path, text, **flags)
    assert (settings.engine, settings.model) == (engine, model)


def test_empty_variable_counts_as_unset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELLPER_MODEL", "")
    assert load(tmp_path).sources["model"] == "default"


def test_unknown_key_is_named_with_the_nearest(tmp_path: Path) -> None:
    settings = load(tmp_path, 'modle = "x"\nbase-url = "y"\nzzz = 1\n')
    assert "'modle', did you mean model?" in settings.warnings[0]
    assert "did you mean base_url?" in settings.warnings[1]
    assert "known are engine" in settings.warnings[2]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("engine = 'cloud'", "must be embedded or endpoint"),
        ("timeout = -1", "seconds above 0"),
        ("timeout = nan", "seconds above 0"),
        ("timeout = true", "seconds above 0"),
        ("threads = 1.5", "whole number"),
        ("base_url = 'localhost'", "a URL such as"),
        ("base_url = 'http://['", "a URL such as"),
        ("base_url = 'http://a:b/v1'", "a URL such as"),
        ("base_url = 'http://a:99999/v1'", "a URL such as"),
        ("base_url = 'http://a b/v1'", "a URL such as"),
        ("base_url = 'https:///v1'", "a URL such as"),
        ("model = ['a']", "one line of text"),
        ("allow_recursive = 'perhaps'", "true or false"),
        ("engine = ", "is not valid TOML"),
        ("a = " + "[" * 5000, "is not valid TOML"),
        ("\0", "is not valid TOML"),
    ],
)
def test_a_wrong_file_is_one_line(tmp_path: Path, text: str, part: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert part in str(caught.value)
    assert "config.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="cannot read"):
        load_settings(file=file)
    file.unlink()
    file.mkdir()
    with pytest.raises(ConfigError, match="cannot read"):
        load_settings(file=file)


def test_a_secret_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELLPER_API_KEY", "sk-very-secret")
    assert "secret" not in repr(load(tmp_path))
    monkeypatch.setenv("SHELLPER_API_KEY", "two\nlines-secret")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert "secret" not in str(caught.value)


def test_relative_paths_belong_to_the_file(tmp_path: Path) -> None:
    settings = load(tmp_path, 'model = "mine.gguf"\njob_description = "job.json"')
    assert (settings.model, settings.job_description) == (str(tmp_path / "mine.gguf"), str(tmp_path / "job.json"))
    assert load(tmp_path, model="mine.gguf").model == "mine.gguf"
    (tmp_path / "models").mkdir()
    (tmp_path / "models/mine").touch()
    assert load(tmp_path, 'model = "models/mine"').model == str(tmp_path / "models/mine")
    assert load(tmp_path, 'model = "models/other"').model == "models/other"


def test_mistyped_variables_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELLPER_MODLE", "x")
    monkeypatch.setenv("SHELLPER_SESSION", "x")
    assert unknown_variables() == ["unknown variable SHELLPER_MODLE, did you mean SHELLPER_MODEL?"]
