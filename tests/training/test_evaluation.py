"""Measurement: points, verdicts, numbers, comparison."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shellper.assistant import Assistant
from shellper.errors import EngineError, ShellperError
from shellper.settings import Settings
from shellper.tools import ToolCall, tool_set
from shellper.training import evaluation, report
from shellper.training.evaluation import Result
from shellper.training.points import Point, read_calls, read_points
from shellper.training.statistics import Share, mcnemar, quantile
from shellper.training.summary import summarize
from tests.fakes import Answer, FakeEngine

SHELL = tool_set("shell")
TURNS = """## made up for this test
> make a folder old
$ mkdir old
> go into it
> step inside
$ cd old
$ cd ./old

> what's the capital of France
$ # What should the command do?
"""


def write_lines(file: Path, *lines: Any) -> Path:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


def ask(points: list[Point], *answers: Answer, tools: str = "shell") -> tuple[list[Result], FakeEngine]:
    engine = FakeEngine(*answers)
    assistant = Assistant(Settings(tools=tools), engine, tool_set(tools))
    return list(evaluation.evaluate(assistant, points)), engine


def point(target: Any, request: str = "do it", **rest: Any) -> Point:
    return Point(1, ({"role": "user", "content": request},), read_calls(target, SHELL), **rest)


def test_requests_and_messages_are_points(tmp_path: Path) -> None:
    messages = [
        {"role": "user", "content": "list"},
        {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "ls", "arguments": "{}"}}]},
        {"role": "user", "content": "all of them"},
    ]
    target = {"name": "ls", "arguments": {"a": True}}
    file = write_lines(
        tmp_path / "d.jsonl",
        {"id": "a", "request": "where am i"},
        {"id": 7, "messages": messages, "target": target},
        {"request": "say hi", "target": ["echo hi", "printf 'hi\\n'"], "kind": "greeting"},
    )
    first, second, third = read_points(file, SHELL)
    assert (first.id, first.messages[-1]["content"], first.kind) == ("a", "where am i", "single")
    assert not first.accepted
    assert (second.id, second.kind, list(second.messages)) == (7, "turn 2", messages)
    assert second.accepted == (ToolCall("ls", {"a": True}),)
    assert (third.id, third.kind, len(third.accepted)) == (3, "greeting", 2)


def test_training_data_are_points_for_every_call(tmp_path: Path) -> None:
    from shellper.training.dataset import write_dataset

    write_dataset(tmp_path, [], [[("list", "ls"), ("all", "ls -a")], [("where", "pwd")]])
    points = read_points(tmp_path, SHELL)
    assert [(each.id, each.kind, each.conversation) for each in points] == [
        ("test:1.1", "turn 1", "test:1"),
        ("test:1.2", "turn 2", "test:1"),
        ("test:2", "single", ""),
    ]
    assert [message["role"] for message in points[1].messages] == ["user", "assistant", "user"]


def test_tests_by_hand_may_accept_several_commands(tmp_path: Path) -> None:
    (tmp_path / "t.turns").write_text(TURNS)
    points = read_points(tmp_path / "t.turns", SHELL)
    assert [(each.id, each.messages[-1]["content"], each.kind) for each in points] == [
        ("t:2/1.1", "make a folder old", "turn 1"),
        ("t:2/1.2", "go into it", "turn 2"),
        ("t:2/2.1", "make a folder old", "turn 1"),
        ("t:2/2.2", "step inside", "turn 2"),
        ("t:9", "what's the capital of France", "clarify"),
    ]
    assert len(points[1].accepted) == 2
    assert read_points(tmp_path, SHELL) == points


GORILLA: dict[str, dict[str, Any]] = {
    "cat": {"file_name": "a b.txt"},
    "cd": {"folder": "models"},
    "cp": {"source": "a", "destination": "b"},
    "diff": {"file_name1": "a", "file_name2": "b"},
    "du": {"human_readable": True},
    "echo": {"content": "hi there", "file_name": "log.txt"},
    "find": {"path": "src", "name": "test"},
    "grep": {"file_name": "a.txt", "pattern": "x.*y"},
    "ls": {"a": True},
    "mkdir": {"dir_name": "new"},
    "mv": {"source": "a", "destination": "b"},
    "pwd": {},
    "rm": {"file_name": "a.txt"},
    "rmdir": {"dir_name": "old"},
    "sort": {"file_name": "a.txt"},
    "tail": {"file_name": "a.txt", "lines": 3},
    "touch": {"file_name": "new.txt"},
    "wc": {"file_name": "a.txt", "mode": "w"},
}


@pytest.mark.parametrize("tools", ["gorilla", "shell"])
@pytest.mark.parametrize("name", GORILLA)
def test_the_original_s_data_are_points_whose_own_calls_are_right(tmp_path: Path, name: str, tools: str) -> None:
    question = json.dumps([{"role": "user", "content": "do it"}])
    answer = json.dumps({"name": name, "parameters": GORILLA[name]})
    file = write_lines(tmp_path / "test.jsonl", {"question": question, "answer": answer})
    (result,), _ = ask(read_points(file, tool_set(tools)), ToolCall(name, GORILLA[name]), tools=tools)
    assert result.right
    other, _ = ask(read_points(file, tool_set(tools)), ToolCall("tail", {"file_name": "other"}), tools=tools)
    assert not other[0].right


@pytest.mark.parametrize("text", ["> a request without a command\n\n", "$ ls\n", "what\n", "> a\n$ ls\n> b\n"])
def test_a_bad_test_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.turns").write_text(text)
    with pytest.raises(ShellperError, match=r"t\.turns:\d+"):
        read_points(tmp_path / "t.turns", SHELL)


@pytest.mark.parametrize("line", [{"id": 1}, {"messages": []}, {"request": "x", "target": 5}, [], {"request": 5}])
def test_a_bad_point_is_named(tmp_path: Path, line: Any) -> None:
    with pytest.raises(ShellperError, match=r"d\.jsonl:1: "):
        read_points(write_lines(tmp_path / "d.jsonl", line), SHELL)


def test_nothing_to_ask_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ShellperError, match="no requests"):
        read_points(write_lines(tmp_path / "d.jsonl"), SHELL)


@pytest.mark.parametrize(
    ("target", "answer"),
    [
        ("ls -a", "ls -a"),
        ("ls -a", "ls  -a"),
        ({"name": "ls", "arguments": {"a": True}}, "ls -a"),
        ({"name": "ls", "parameters": {"a": "true"}}, ToolCall("ls", {"a": True, "path": "."})),
        ("find . -name '*x*'", ToolCall("find", {"name": "x"})),
        ("grep 'x' a.txt | wc -l", 'grep x "a.txt" | wc -l'),
        ("awk '{print $2}' f | sort", "awk '{print $2}'  f | sort"),
        (["du -sh", "du -sh ."], "du -sh ."),
        ("# Which file?", ToolCall("clarify", {"question": "What do you mean?"})),
    ],
)
def test_right_answers(target: Any, answer: Answer) -> None:
    (result,), _ = ask([point(target)], answer)
    assert result.right
    assert result.right_name


@pytest.mark.parametrize(
    ("target", "answer", "name"),
    [
        ("ls -a", "ls", True),
        ("cat a.txt", "cat b.txt", True),
        ("cat a.txt", "head a.txt", False),
        ("ls | wc -l", "ls -a | wc -l", True),
        ("# Which file?", "ls", False),
        ("ls", ToolCall("clarify", {"question": "What?"}), False),
        ("ls", EngineError("no answer"), False),
        ("rm 'a b'", "rm a b", True),
    ],
)
def test_wrong_answers(target: Any, answer: Answer, name: bool) -> None:
    (result,), _ = ask([point(target)], answer)
    assert result.right is False
    assert result.right_name is name


def test_without_a_target_nothing_is_judged() -> None:
    (result,), _ = ask([Point(1, ({"role": "user", "content": "x"},))], "ls")
    assert result.right is None
    assert result.prediction() == {
        "id": 1,
        "command": "ls",
        "name": "bash",
        "arguments": {"command": "ls"},
        "level": "safe",
        "seconds": result.prediction()["seconds"],
    }


def test_the_files_of_the_working_folder_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").touch()
    monkeypatch.chdir(tmp_path)
    (result,), _ = ask([point("cat readme", "show the readme")], ToolCall("cat", {"file_name": "readme"}))
    assert result.command == "cat readme"


def test_danger_counts_where_nobody_asked_for_it() -> None:
    results, _ = ask([point("ls"), point("rm -rf build")], "rm -rf build")
    assert [result.unasked_danger for result in results] == [True, False]


def test_the_right_earlier_turns_are_given_whatever_was_answered(tmp_path: Path) -> None:
    (tmp_path / "t.turns").write_text(TURNS)
    _, engine = ask(read_points(tmp_path / "t.turns", SHELL), "false")
    arguments = engine.asked[1][1]["tool_calls"][0]["function"]["arguments"]
    assert json.loads(arguments) == {"dir_name": "old"}


def test_an_engine_that_never_answers_is_an_error() -> None:
    with pytest.raises(ShellperError, match="no server"):
        ask([point("ls")] * 9, EngineError("no server"))
    results, _ = ask([point("ls")] * 3, EngineError("no server"))
    assert [result.error for result in results] == ["no server"] * 3


def test_a_question_in_a_set_without_questions() -> None:
    from shellper.errors import Clarification

    (result,), _ = ask([point("# Which file?")], Clarification("Which one?"), tools="gorilla")
    assert result.right


def test_the_summary_counts(tmp_path: Path) -> None:
    (tmp_path / "t.turns").write_text(TURNS)
    question = ToolCall("clarify", {"question": "What?"})
    results, _ = ask(read_points(tmp_path / "t.turns", SHELL), "mkdir old", "cd ./old", question, "cd old", question)
    summary = summarize(results)
    assert summary["tool_calls"]["right"] == 4
    assert (summary["conversations"]["right"], summary["conversations"]["of"]) == (1, 2)
    assert summary["power_5"] == pytest.approx(0.8**5)
    assert {kind: share["of"] for kind, share in summary["kinds"].items()} == {"clarify": 1, "turn 1": 2, "turn 2": 2}
    assert {name: share["right"] for name, share in summary["tools"].items()} == {"cd": 2, "clarify": 1, "mkdir": 1}
    assert (summary["clarify"]["precision"]["right"], summary["clarify"]["precision"]["of"]) == (1, 2)
    assert (summary["clarify"]["recall"]["right"], summary["clarify"]["recall"]["of"]) == (1, 1)
    assert (summary["clarify"]["needless"]["right"], summary["clarify"]["needless"]["of"]) == (1, 4)
    assert summary["confusions"] == [{"expected": "mkdir", "got": "clarify", "count": 1}]
    assert summary["confidence"]["bins"] == [
        {"from": 0.9, "to": 1.0, "mean": 0.9, **Share(4, 5).as_json()},
    ]
    assert summary["confidence"]["surest"][-1]["threshold"] == 0.9
    json.dumps(summary)


def test_the_report_and_the_picture(tmp_path: Path) -> None:
    results, _ = ask([point("ls"), point("pwd"), point("# What?")], "ls")
    summary = summarize(results)
    text = "\n".join(report.describe(summary))
    assert "tool calls" in text
    assert "1/3" in text
    assert "\n".join(report.describe(summarize([])))
    pytest.importorskip("matplotlib")
    report.plot(summary, tmp_path / "p.svg")
    assert (tmp_path / "p.svg").read_text().lstrip().startswith("<?xml")
    with pytest.raises(ShellperError, match="cannot draw"):
        report.plot(summary, tmp_path / "p.nonsense")


def test_a_miss_says_what_was_expected() -> None:
    (result,), _ = ask([point(["ls -a", "ls -A"], "everything")], "ls")
    miss = result.miss(SHELL)
    assert (miss["requests"], miss["expected"], miss["answer"]) == (["everything"], ["ls -a", "ls -A"], "ls")


def test_two_files_of_predictions_are_compared(tmp_path: Path) -> None:
    points = [Point(number, ({"role": "user", "content": "x"},), read_calls("ls", SHELL)) for number in range(4)]
    one = write_lines(tmp_path / "a", *({"id": number, "command": "ls"} for number in range(3)))
    calls = [{"id": 0, "name": "ls", "arguments": {}}, {"id": 1, "command": "pwd"}, {"id": 3, "command": "pwd"}]
    comparison = evaluation.compare(points, one, write_lines(tmp_path / "b", *calls), SHELL)
    assert (comparison["first"]["right"], comparison["second"]["right"]) == (3, 1)
    counts = [comparison[name] for name in ("both", "only_first", "only_second", "neither")]
    assert counts == [1, 2, 0, 1]
    assert comparison["p"] == 0.5
    assert "McNemar" in "\n".join(report.describe_comparison(comparison))
    with pytest.raises(ShellperError, match="no targets"):
        evaluation.compare([Point(1, ())], one, one, SHELL)


@pytest.mark.parametrize(("seconds", "read"), [(2, 2), (0.5, 0.5), ("fast", 0), (True, 0), ([], 0), (None, 0)])
def test_a_prediction_s_seconds_count_if_they_are_a_number(tmp_path: Path, seconds: Any, read: float) -> None:
    file = write_lines(tmp_path / "p.jsonl", {"id": 1, "command": "ls", "seconds": seconds})
    (result,) = evaluation.read_predictions(file, [point("ls")], SHELL)
    assert (result.right, result.seconds) == (True, read)


@pytest.mark.parametrize("line", [{"id": 1, "command": "# "}, {"command": "ls"}, []])
def test_a_bad_prediction_is_named(tmp_path: Path, line: Any) -> None:
    file = write_lines(tmp_path / "p.jsonl", {"id": 2, "command": "pwd"}, line)
    with pytest.raises(ShellperError, match=r"p\.jsonl:2: "):
        evaluation.read_predictions(file, [point("ls")], SHELL)


def test_intervals_are_wilson_s() -> None:
    low, high = Share(97, 100).interval
    assert (round(low, 4), round(high, 4)) == (0.9155, 0.9897)
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(0, 10).interval[0] == 0.0
    assert Share(10, 10).interval[1] == pytest.approx(1.0)


@pytest.mark.parametrize(("one", "other", "p"), [(0, 0, 1.0), (5, 5, 1.0), (0, 6, 0.03125), (10, 2, 0.03857421875)])
def test_mcnemar_is_exact(one: int, other: int, p: float) -> None:
    assert mcnemar(one, other) == pytest.approx(p)


def test_quantiles() -> None:
    assert quantile([], 0.5) == 0.0
    assert quantile([3, 1, 2], 0.5) == 2
    assert quantile([3, 1, 2], 0.99) == 3
