"""evaluate, synthesize, train, model and feedback on the command line."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shellper.errors import EngineError
from shellper.models import PACKAGED
from shellper.settings import load_settings
from shellper.tools.call import ToolCall
from shellper.training import collection, finetuning
from shellper.training.dataset import read_dataset, write_dataset
from shellper.training.train import Progress
from tests.fakes import FakeEngine


@pytest.fixture
def data(tmp_path: Path) -> Path:
    lines = [
        {"id": "a", "request": "list all", "target": "ls -a"},
        {"id": "b", "request": "where am i", "target": {"name": "pwd", "arguments": {}}},
        {"id": "c", "request": "whatever"},
    ]
    return write_lines(tmp_path / "data.jsonl", *lines)


def write_lines(file: Path, *lines: Any) -> Path:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


def read_lines(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_text().splitlines()]


# evaluate


def test_evaluate_writes_predictions_and_misses(shellper: Any, data: Path, tmp_path: Path) -> None:
    shellper.answers("ls -a", "ls", ToolCall("clarify", {"question": "What?"}))
    out, misses = tmp_path / "out.jsonl", tmp_path / "misses.jsonl"
    result = shellper("evaluate", str(data), "--predictions", str(out), "--misses", str(misses), "--tools", "shell")
    assert (result.code, result.err) == (0, "")
    assert "tool calls                 50.0%  1/2" in result.out
    predictions = read_lines(out)
    assert [line["id"] for line in predictions] == ["a", "b", "c"]
    assert set(predictions[0]) == {"id", "command", "name", "arguments", "level", "seconds"}
    assert (predictions[0]["command"], predictions[0]["level"]) == ("ls -a", "safe")
    assert (predictions[2]["command"], predictions[2]["name"]) == ("", "clarify")
    assert [miss["id"] for miss in read_lines(misses)] == ["b"]
    assert shellper.settings.tools == "shell"


def test_evaluate_answers_json(shellper: Any, data: Path) -> None:
    result = shellper("evaluate", str(data), "--json", "--limit", "1")
    assert json.loads(result.out)["points"] == 1


def test_evaluate_goes_on_after_an_error(shellper: Any, data: Path, tmp_path: Path) -> None:
    shellper.answers(EngineError("no"), "pwd")
    result = shellper("evaluate", str(data), "--predictions", str(tmp_path / "o"))
    assert result.code == 0
    assert [line["command"] for line in read_lines(tmp_path / "o")] == ["", "pwd", "pwd"]


def test_evaluate_compares(shellper: Any, data: Path, tmp_path: Path) -> None:
    one = write_lines(tmp_path / "1", {"id": "a", "command": "ls -a"}, {"id": "b", "command": "pwd"})
    two = write_lines(tmp_path / "2", {"id": "a", "command": "ls"}, {"id": "b", "command": "pwd"})
    result = shellper("evaluate", str(data), "--compare", str(one), str(two))
    assert "only in the first 1" in result.out
    assert json.loads(shellper("evaluate", str(data), "--json", "--compare", str(one), str(two)).out)["both"] == 1
    assert shellper.engine.asked == []


def test_evaluate_draws(shellper: Any, data: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    assert shellper("evaluate", str(data), "--plot", str(tmp_path / "p.png")).code == 0
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [("nonsense", 1, ":1: no JSON: each line"), ('{"id": 1}', 1, 'needs "request"'), ("", 1, "holds no requests")],
)
def test_evaluate_names_what_is_wrong(shellper: Any, tmp_path: Path, line: str, code: int, message: str) -> None:
    (tmp_path / "d.jsonl").write_text(line)
    result = shellper("evaluate", str(tmp_path / "d.jsonl"))
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith("shellper: ")
    assert message in result.err
    assert result.err.count("\n") == 1


def test_evaluate_after_a_tiny_synthesis_asks_for_more(shellper: Any, tmp_path: Path) -> None:
    (tmp_path / "test.jsonl").touch()
    assert "synthesize more --turns" in shellper("evaluate", str(tmp_path)).err


@pytest.mark.parametrize("picture", ["p.nonsense", "nowhere/p.png"])
def test_evaluate_measures_nothing_for_a_picture_that_cannot_be(
    shellper: Any, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, picture: str
) -> None:
    pytest.importorskip("matplotlib")
    result = shellper("evaluate", str(data), "--plot", str(tmp_path / picture))
    assert (result.code, result.out, "cannot draw" in result.err, result.err.count("\n")) == (1, "", True, 1)
    monkeypatch.setitem(sys.modules, "matplotlib.backend_bases", None)
    assert "pip install '.[train]'" in shellper("evaluate", str(data), "--plot", "p.png").err
    assert shellper.engine.asked == []


def test_evaluate_wants_a_file_that_is_there(shellper: Any, data: Path, tmp_path: Path) -> None:
    assert shellper("evaluate", str(tmp_path / "missing")).code == 2
    assert "cannot write" in shellper("evaluate", str(data), "--predictions", str(tmp_path / "no" / "o")).err


def test_evaluate_is_a_word_too(shellper: Any) -> None:
    assert shellper("evaluate", "the", "expression").out == "ls\n"


# synthesize


def test_synthesize_writes_a_folder(shellper: Any, tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    mine = tmp_path / "mine.turns"
    mine.write_text("> frobnicate {file}\n$ cat {file}\n")
    for out in (first, second):
        words = ["--out", str(out), "--turns", "200", "--seed", "5", "--add", str(mine)]
        result = shellper("synthesize", *words)
        assert (result.code, result.err) == (0, "")
    assert "left out: " in result.out
    for name in ("train.jsonl", "test.jsonl", "job_description.json", "synthesis.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    assert sum(map(len, read_dataset(first))) > 150
    assert read_dataset(first, "test.jsonl")


def test_synthesize_keeps_out_what_is_blocked(shellper: Any, tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("[]")
    words = [
        "synthesize",
        "--out",
        str(tmp_path / "d"),
        "--turns",
        "20",
        "--blocklist",
        str(tmp_path / "b.json"),
        "--json",
    ]
    report = json.loads(shellper(*words).out)
    assert (report["seed"], report["blocked"]["blocklists"]) == (0, 0)
    assert report == json.loads((tmp_path / "d" / "synthesis.json").read_text())
    (tmp_path / "b.json").write_text("5")
    assert "holds no hashes" in shellper(*words).err


def test_synthesize_tells_apart_what_the_benchmarks_the_tests_and_blocklists_keep_out(
    shellper: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "BENCH", tmp_path / "bench.json")
    (tmp_path / "bench.json").write_text(json.dumps([collection.text_hash("frob one")]))
    (tmp_path / "given.json").write_text(json.dumps([collection.text_hash("frob two"), collection.text_hash("frob 3")]))
    talks = [[(request, "pwd")] for request in ("frob one", "frob two", "frob 3", "frob four")]
    write_dataset(tmp_path / "mine", talks)
    words = ["synthesize", "--out", str(tmp_path / "d"), "--turns", "0", "--add", str(tmp_path / "mine")]
    words += ["--blocklist", str(tmp_path / "given.json")]
    out = shellper(*words).out
    assert "left out: 1 by the benchmarks, 0 by shellper's tests, 2 by blocklists, " in out
    assert json.loads(shellper(*words, "--json").out)["blocked"] == {"bench": 1, "own_tests": 0, "blocklists": 2}


def test_synthesize_never_reads_what_it_overwrites(shellper: Any, tmp_path: Path) -> None:
    words = ["synthesize", "--out", str(tmp_path), "--turns", "10"]
    assert shellper(*words).code == 0
    for added in (tmp_path, tmp_path / "train.jsonl", tmp_path / "test.jsonl"):
        assert shellper(*words, "--add", str(added)).code == 2
    assert shellper(*words).code == 0


# train


def test_train_says_what_it_needs(shellper: Any, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    assert "no data to train on" in shellper("train").err
    assert "--resume needs --out" in shellper("train", "--resume").err
    assert "nothing to resume" in shellper("train", "--resume", "--out", str(tmp_path)).err
    more = shellper("train", "--resume", "--out", str(tmp_path), "--epochs", "5", "--learning-rate", "0.1")
    assert (more.code, "leave --epochs, --learning-rate out" in more.err) == (2, True)
    (tmp_path / "checkpoint.pt").touch()
    (tmp_path / "d.jsonl").write_text("")
    result = shellper("train", "--data", str(tmp_path / "d.jsonl"), "--out", str(tmp_path))
    assert (result.code, "--resume" in result.err) == (2, True)
    result = shellper("train", "--data", str(tmp_path / "d.jsonl"), "--out", str(tmp_path / "o"))
    assert "no conversations" in result.err


def test_train_keeps_a_base_that_is_a_path_for_a_resumption_from_elsewhere(
    shellper: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    jobs: list[finetuning.Job] = []
    monkeypatch.setattr(finetuning, "require_libraries", lambda: None)
    monkeypatch.setattr(finetuning, "run", lambda job, *_: jobs.append(job))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    for base in ("mine", "somebody/model"):
        assert shellper("train", "--data", "mine", "--base", base, "--out", "o").code == 0
    assert [job.base for job in jobs] == [str(tmp_path / "mine"), "somebody/model"]
    assert jobs[0] == finetuning.Job(data=(str(tmp_path / "mine"),), base=jobs[0].base)


@pytest.fixture
def told(shellper: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], str]:
    """Runs a training of three steps, of which the second has a held-out loss, and returns what was told."""
    steps = [Progress(step, 3, 0.5, 900.0, 3723.0, 0.21 if step == 2 else None) for step in (1, 2, 3)]

    def run(_job: Any, _folder: Any, tell: Callable[[Progress], None], _say: Any) -> None:
        for step in steps:
            tell(step)

    monkeypatch.setattr(finetuning, "require_libraries", lambda: None)
    monkeypatch.setattr(finetuning, "run", run)
    monkeypatch.setattr("shellper.cli.progress._PAUSE", 0)
    return lambda: str(shellper("train", "--data", str(tmp_path), "--out", str(tmp_path / "o")).err)


def test_training_without_a_terminal_is_told_in_lines(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    second = "shellper: step 2 of 3: loss 0.500, held out 0.2100, 900 tokens/s, 1:02:03 left\n"
    assert told() == second
    monkeypatch.setattr("shellper.cli.train._PAUSE", 0)
    first, third = (f"shellper: step {step} of 3: loss 0.500, 900 tokens/s, 1:02:03 left\n" for step in (1, 3))
    assert told() == first + second + third


@pytest.mark.parametrize("columns", [80, 100, 20])
def test_training_on_a_terminal_is_a_bar_with_the_last_held_out_loss(
    told: Any, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setattr("shellper.cli.progress._can_draw", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))
    first, second, third = told().replace("\x1b[K", "").split("\r")[1:4]
    assert max(map(len, (first, second, third))) < columns
    if columns >= 80:
        assert first.endswith(".]  33% 1:02:03 left  loss 0.500  900 tokens/s")
        assert all(line.endswith("loss 0.500  held out 0.21  900 tokens/s") for line in (second, third))


def test_train_without_its_libraries_says_what_to_install(
    shellper: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "gguf", None)
    result = shellper("train", "--data", str(tmp_path))
    assert (result.code, result.err) == (1, "shellper: training needs gguf: pip install '.[train]' in a checkout\n")


# model


def gguf(file: Path, name: str = "tiny") -> Path:
    import struct

    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    values = [("general.architecture", "llama"), ("general.name", name), ("general.license", "mit")]
    header = b"GGUF" + struct.pack("<IQQ", 3, 0, len(values))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(
        header + b"".join(text(key) + struct.pack("<I", 8) + text(value) for key, value in values) + b"\0" * 64
    )
    return file


def test_a_model_can_be_chosen_and_left(shellper: Any, tmp_path: Path) -> None:
    file = gguf(tmp_path / "my model.gguf")
    used = shellper("model", "use", str(file))
    assert (used.code, used.out, used.err) == (0, "", f"shellper: the model is now {file}\n")
    assert load_settings().model == str(file)
    assert shellper("model", "path").out == f"{file}\n"
    listed = json.loads(shellper("model", "list", "--json").out)
    assert [(each["name"], each["used"]) for each in listed] == [("packaged", False), ("my model", True)]
    assert shellper("model", "list").out.splitlines()[1].startswith("*  my model")
    assert shellper("model", "use", "packaged").code == 0
    assert load_settings().model == ""


def test_a_model_is_written_beside_a_setting_that_is_wrong(
    shellper: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = gguf(tmp_path / "m.gguf")
    settings = load_settings
    monkeypatch.setattr("shellper.cli.model.load_settings", lambda: settings({"timeout": "soon"}))
    used = shellper("model", "use", str(file))
    assert (used.code, used.err.count("\n")) == (0, 1)
    assert used.err.startswith("shellper: the model is written; --timeout is 'soon'")
    assert load_settings().model == str(file)


def test_trained_models_have_names(shellper: Any, home: Path) -> None:
    file = gguf(home / ".local/state/shellper/models/20260101-120000/shellper.gguf")
    assert "20260101-120000" in shellper("model", "list").out
    assert shellper("completions", "--model-names").out == "packaged\n20260101-120000\n"
    assert shellper("model", "use", "20260101-120000").code == 0
    assert load_settings().model == str(file)


def test_a_model_file_says_what_it_is(shellper: Any, tmp_path: Path) -> None:
    file = gguf(tmp_path / "m.gguf", "my own")
    card = json.loads(shellper("model", "info", str(file), "--json").out)
    assert (card["name"], card["licence"], card["complete"], len(card["sha256"])) == ("my own", "mit", True, 64)
    assert "my own" in shellper("model", "info", str(file)).out


def test_what_is_no_model_is_refused(shellper: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.gguf").write_text("no")
    assert "damaged or no GGUF" in shellper("model", "use", str(tmp_path / "x.gguf")).err
    assert shellper("model", "use", "nonsense").code == 2
    assert load_settings().model == ""
    monkeypatch.setenv("SHELLPER_MODEL", str(tmp_path / "y.gguf"))
    assert "environment counts more" in shellper("model", "use", "packaged").err
    monkeypatch.setenv("SHELLPER_ENGINE", "endpoint")
    assert "the engine is endpoint" in shellper("model", "path").err
    assert "the engine is endpoint" in shellper("model", "use", str(gguf(tmp_path / "m.gguf"))).err


def test_the_packaged_model_is_listed_even_if_it_is_missing(shellper: Any) -> None:
    assert str(PACKAGED) in shellper("model", "list").out
    assert shellper("model").out == shellper("model", "list").out


# feedback


@pytest.fixture
def talked(shellper: Any) -> Callable[..., Any]:
    """The command line after a conversation of two turns."""
    shellper.answers("ls", "ls | head")
    shellper("list files")
    shellper("the newest five")
    command_line: Callable[..., Any] = shellper
    return command_line


def test_wrong_answers_become_training_data(talked: Any, tmp_path: Path, home: Path) -> None:
    result = talked("feedback", "wrong", "ls -t | head -n 5")
    assert (result.code, result.err) == (0, "shellper: noted: the newest five\n")
    assert talked("feedback", "list").out == "> the newest five\n- ls | head\n+ ls -t | head -n 5\n"
    assert talked("feedback").out == talked("feedback", "list").out
    assert talked("feedback", "export", str(tmp_path / "mine")).code == 0
    assert read_dataset(tmp_path / "mine") == [[("list files", "ls"), ("the newest five", "ls -t | head -n 5")]]
    file = home / ".local/state/shellper/feedback.jsonl"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_bytes_that_are_no_text_are_not_noted(talked: Any) -> None:
    result = talked("feedback", "wrong", "ls \udcff")
    assert (result.code, "UTF-8" in result.err) == (2, True)
    assert talked("feedback", "list").out == ""


@pytest.mark.parametrize("name", ["train.jsonl", "test.jsonl", "job_description.json"])
def test_data_of_another_origin_stay(talked: Any, tmp_path: Path, name: str) -> None:
    talked("feedback", "wrong", "ls -t")
    (tmp_path / name).touch()
    for words in (["feedback", "export", str(tmp_path)], ["synthesize", "--turns", "9", "--out", str(tmp_path)]):
        result = talked(*words)
        assert (result.code, "choose another folder" in result.err, result.err.count("\n")) == (2, True, 1)
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [name]


def test_an_export_replaces_an_export_but_no_synthesis(talked: Any, tmp_path: Path) -> None:
    talked("feedback", "wrong", "ls -t")
    mine, made = str(tmp_path / "mine"), str(tmp_path / "made")
    assert [talked("feedback", "export", mine).code for _ in range(2)] == [0, 0]
    assert talked("synthesize", "--turns", "9", "--out", mine).code == 2
    assert talked("synthesize", "--turns", "9", "--out", made, "--add", mine).code == 0
    assert talked("feedback", "export", made).code == 2


def test_a_second_correction_replaces_the_first(talked: Any, tmp_path: Path) -> None:
    talked("feedback", "wrong")
    assert "nothing to export" in talked("feedback", "export", str(tmp_path / "x")).err
    talked("feedback", "wrong", "ls -t")
    talked("feedback", "wrong", "# How many?")
    (only,) = json.loads(talked("feedback", "list", "--json").out)
    assert (only["right"], only["wrong"]) == ("# How many?", "ls | head")
    assert talked("feedback", "wrong").err == "shellper: noted: the newest five; still right: # How many?\n"
    (only,) = json.loads(talked("feedback", "list", "--json").out)
    assert only["right"] == "# How many?"
    assert "forgot 1 correction\n" in talked("feedback", "clear").err
    assert "nothing was noted" in talked("feedback", "list").err


def test_an_earlier_turn_is_exported_as_it_was_corrected(shellper: Any, tmp_path: Path) -> None:
    shellper.answers("pwd", "ls | wc")
    shellper("where am I")
    shellper("feedback", "wrong", "pwd -P")
    shellper("count the files")
    shellper("feedback", "wrong", "ls | wc -l")
    assert shellper("feedback", "export", str(tmp_path)).err.endswith(f"2 conversations in {tmp_path}\n")
    assert read_dataset(tmp_path) == [[("where am I", "pwd -P"), ("count the files", "ls | wc -l")]]


def test_an_earlier_turn_that_was_only_called_wrong_is_not_exported(shellper: Any, tmp_path: Path) -> None:
    shellper.answers("pwd", "ls | wc")
    shellper("where am I")
    shellper("feedback", "wrong")
    shellper("count the files")
    shellper("feedback", "wrong", "ls | wc -l")
    said = shellper("feedback", "export", str(tmp_path)).err
    assert said.endswith(f"1 conversation in {tmp_path}; 1 without a right command left out\n")
    assert read_dataset(tmp_path) == [[("count the files", "ls | wc -l")]]


def test_feedback_can_be_turned_off(talked: Any, tmp_path: Path) -> None:
    talked("feedback", "wrong", "ls -t")
    before = talked("feedback", "list").out
    assert talked("config", "set", "feedback", "false").code == 0
    assert "turned off" in talked("feedback", "wrong", "ls").err
    assert talked("feedback", "list").out == before
    assert talked("feedback", "export", str(tmp_path / "mine")).code == 0
    assert "can still be listed" in talked("feedback", "--help").out
    assert "forgot 1 correction\n" in talked("feedback", "clear").err


@pytest.mark.parametrize("right", ["", "ls 'x", "rm -rf /", "#"])
def test_what_cannot_be_learnt_is_refused(talked: Any, right: str) -> None:
    result = talked("feedback", "wrong", right)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert talked("feedback", "list").out == ""


def test_without_a_conversation_nothing_is_wrong(shellper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no answer yet" in shellper("feedback", "wrong", "ls").err
    monkeypatch.delenv("SHELLPER_SESSION")
    monkeypatch.setattr("shellper.terminal._from_proc", lambda: None)
    monkeypatch.setattr("shellper.terminal._from_ps", lambda: None)
    result = shellper("feedback", "wrong", "ls")
    assert (result.code, result.err.count("\n"), "set SHELLPER_SESSION" in result.err) == (2, 1, True)


@pytest.mark.parametrize("answer", ["rm -rf /", "if then", EngineError("came to no end"), ToolCall("fly", {}), []])
def test_a_request_that_got_no_command_is_the_one_that_went_wrong(talked: Any, tmp_path: Path, answer: Any) -> None:
    talked.answers(answer)
    assert talked("the biggest file").code in (1, 3)
    assert talked("feedback", "wrong", "ls -S | head -n 1").err == "shellper: noted: the biggest file\n"
    assert talked("feedback", "list").out == "> the biggest file\n+ ls -S | head -n 1\n"
    assert talked("feedback", "export", str(tmp_path / "mine")).code == 0
    before = [("list files", "ls"), ("the newest five", "ls | head")]
    assert read_dataset(tmp_path / "mine") == [[*before, ("the biggest file", "ls -S | head -n 1")]]


def test_a_destructive_guess_that_is_not_shown_can_be_corrected(talked: Any) -> None:
    talked.engine = FakeEngine("rm notes.txt", confidence=0.1)
    assert "not sure enough" in talked("tidy up").err
    assert talked("feedback", "wrong").err.startswith("shellper: noted: tidy up; say the right command")


def test_a_failed_request_is_no_turn_of_the_conversation(talked: Any) -> None:
    before = talked("history").out
    talked.answers(EngineError("no luck"), "rm -rf /", "ls -S")
    assert [talked("the biggest file").code for _ in range(2)] == [1, 3]
    assert talked("history").out == before
    talked("by size")
    said = [message["content"] for message in talked.engine.asked[-1] if message["role"] == "user"]
    assert said == ["list files", "the newest five", "by size"]
    assert talked("feedback", "wrong", "ls -S | tac").err == "shellper: noted: by size\n"


def test_a_failed_request_beside_the_conversation_leaves_it_alone(talked: Any) -> None:
    talked.answers("rm -rf /")
    assert talked("--new", "remove everything").code == 3
    assert talked("feedback", "wrong", "ls -t").err == "shellper: noted: the newest five\n"


def test_a_request_that_failed_first_can_be_corrected_and_forgotten(shellper: Any) -> None:
    shellper.answers(EngineError("no luck"))
    shellper("list files")
    assert shellper("feedback", "wrong", "ls").err == "shellper: noted: list files\n"
    shellper("reset")
    assert "no answer yet" in shellper("feedback", "wrong", "ls").err


def test_a_request_that_failed_in_a_talk_can_be_corrected(shellper: Any) -> None:
    shellper.answers("ls", "rm -rf /")
    shellper("chat", stdin="list files\nn\nremove everything\n")
    assert shellper("feedback", "wrong", "# Which folder?").err == "shellper: noted: remove everything\n"


def test_a_damaged_file_is_named(talked: Any, home: Path) -> None:
    file = home / ".local/state/shellper/feedback.jsonl"
    file.write_text("nonsense\n")
    result = talked("feedback", "wrong", "ls")
    assert (result.code, str(file) in result.err) == (1, True)
