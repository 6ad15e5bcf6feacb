"""Requests: what is one, what comes out where, and what stays of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shellper.errors import EngineError
from shellper.tools.call import ToolCall
from tests.cli.conftest import CommandLine

CLARIFY = ToolCall("clarify", {"question": "which folder?"})


def asked(shellper: CommandLine) -> str:
    """The last request that reached the engine, "" if none did."""
    return str(shellper.engine.asked[-1][-1]["content"]) if shellper.engine.asked else ""


@pytest.mark.parametrize(
    ("words", "request_"),
    [
        (["find big files"], "find big files"),
        (["find", "big", "files"], "find big files"),
        (["history", "of", "main.py", "in", "git"], "history of main.py in git"),
        (["check", "if", "nginx", "is", "running"], "check if nginx is running"),
        (["explain", "the", "contents"], "explain the contents"),
        (["reset", "the", "branch"], "reset the branch"),
        (["init", "a", "git", "repository", "here"], "init a git repository here"),
        (["chat", "with", "root"], "chat with root"),
        (["config", "git", "to", "use", "vim"], "config git to use vim"),
        (["doctor", "the", "image"], "doctor the image"),
        (["--", "reset"], "reset"),
        (["--new", "--", "--list", "files"], "--list files"),
        (["show", "what", "rm", "-rf", "does"], "show what rm -rf does"),
        (["list", "files", "--new"], "list files"),
        (["list", "files", "--tools=gorilla", "here"], "list files here"),
        (["list", "files", "--model", "m"], "list files"),
        (["what", "is", "--", "--new"], "what is --new"),
        (["request", "a", "file"], "request a file"),
        (["hook", "up", "the", "disk"], "hook up the disk"),
        (["a\nb\tc"], "a b c"),
    ],
)
def test_what_is_a_request(shellper: CommandLine, words: list[str], request_: str) -> None:
    shellper.answers(ToolCall("ls", {}))
    assert shellper(*words).code == 0
    assert asked(shellper) == request_


@pytest.mark.parametrize(
    "words",
    [
        ["history"],
        ["history", "--json"],
        ["reset"],
        ["config"],
        ["config", "show"],
        ["check", "ls"],
        ["check", "ls", "-l"],
    ],
)
def test_what_is_a_command(shellper: CommandLine, words: list[str]) -> None:
    assert shellper(*words).code == 0
    assert asked(shellper) == ""


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["docter"], "doctor"),
        (["chekc"], "check"),
        (["histroy"], "history"),
        (["rest"], "reset"),
        (["configure"], "config"),
        (["explian", "ls -l"], "explain 'ls -l'"),
        (["explian", "--json", "ls -l"], "explain --json 'ls -l'"),
        (["confg", "set", "threads", "1"], "config set threads 1"),
        (["evalute", "x"], "evaluate x"),
        (["config", "sett", "a", "b"], "config set a b"),
        (["config", "threads"], "config set threads VALUE"),
        (["config", "threds", "4"], "config set threads 4"),
        (["model", "lst"], "model list"),
        (["feedback", "wrnog"], "feedback wrong"),
    ],
)
def test_a_slip_in_a_command_is_an_error(shellper: CommandLine, words: list[str], meant: str) -> None:
    result = shellper(*words)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert f"did you mean: shellper {meant} (`--` before it" in result.err
    assert asked(shellper) == ""
    assert shellper("--", *words).code == 0
    assert asked(shellper) == " ".join(words)


@pytest.mark.parametrize(
    "words",
    [
        ["ls"],
        ["cat"],
        ["uptime"],
        ["What", "is", "here"],
        ["what", "ls"],
        ["Check", "disk"],
        ["rest", "of", "the", "lines"],
        ["explian", "the", "contents"],
        ["model", "trains", "in", "a", "row"],
        ["models", "list"],
        ["config", "file", "of", "nginx"],
        ["config", "timeout", "of", "ssh"],
        ["explian 'ls -l'"],
    ],
)
def test_what_only_looks_like_a_slip_is_a_request(shellper: CommandLine, words: list[str]) -> None:
    result = shellper(*words)
    assert (result.code, result.out, result.err) == (0, "ls\n", "")
    assert asked(shellper) == " ".join(words)


@pytest.mark.parametrize("words", [["config", "foo"], ["model", "foo"], ["feedback", "loop"]])
def test_a_word_after_a_group_is_a_subcommand(shellper: CommandLine, words: list[str]) -> None:
    result = shellper(*words)
    said = f"shellper: No such command '{words[1]}'; see: shellper {words[0]} --help\n"
    assert (result.code, result.out, result.err) == (2, "", said)
    assert asked(shellper) == ""


@pytest.mark.parametrize("word", ["quit", "exit", "bye"])
def test_there_is_nothing_to_leave(shellper: CommandLine, word: str) -> None:
    result = shellper(word)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "shellper reset" in result.err
    assert asked(shellper) == ""


def test_the_command_alone_is_on_standard_output(shellper: CommandLine) -> None:
    shellper.answers("rm notes.txt")
    result = shellper("remove the notes")
    assert (result.code, result.out) == (0, "rm notes.txt\n")
    assert "shellper: destructive: " in result.err


@pytest.mark.parametrize("words", [[], ["-"]])
def test_a_pipe_is_a_request(shellper: CommandLine, words: list[str]) -> None:
    assert shellper(*words, stdin="find big files\n").out == "ls\n"
    assert asked(shellper) == "find big files"


@pytest.mark.parametrize("stdin", ["", "  \n\t ", b"\xff\xfe", "x" * 1_000_000, "ü" * 1_000_000, b"\x00"])
def test_no_usable_request_is_a_usage_error(shellper: CommandLine, stdin: str | bytes) -> None:
    result = shellper("-", stdin=stdin)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert asked(shellper) == ""


@pytest.mark.parametrize("words", [[""], ["   "], ["x" * 5000], ["caf\udce9"]])
def test_no_usable_words_are_a_usage_error(shellper: CommandLine, words: list[str]) -> None:
    result = shellper(*words)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    "words",
    [
        ["--foo", "x"],
        ["--tools", "x", "y"],
        ["--model"],
        ["list", "--model"],
        ["--json", "--execute-commands", "list"],
        ["config", "set"],
    ],
)
def test_usage_errors_are_one_line(shellper: CommandLine, words: list[str]) -> None:
    result = shellper(*words)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith("shellper: ")


@pytest.mark.parametrize(
    ("option", "hint"),
    [
        ("--foo", ""),
        ("--execute", "execute-commands"),
        ("--modle", "model"),
        ("-x", ""),
        ("--jsno", "json"),
    ],
)
def test_only_a_near_option_is_proposed(shellper: CommandLine, option: str, hint: str) -> None:
    hint = f"; did you mean: --{hint}" if hint else ""
    assert shellper(option, "x").err == f"shellper: No such option {option!r}{hint}; see: shellper --help\n"


def test_options_reach_the_engine(shellper: CommandLine) -> None:
    shellper("--engine", "endpoint", "--base_url", "http://localhost:9/v1", "--tools=gorilla", "list")
    assert shellper.settings.base_url == "http://localhost:9/v1"
    assert (shellper.settings.engine, shellper.settings.tools) == ("endpoint", "gorilla")


def test_a_conversation_goes_on_and_is_shown_and_forgotten(shellper: CommandLine) -> None:
    shellper.answers("find . -size +100M", "find src -size +100M")
    shellper("find big files")
    shellper("only in src")
    assert [message["role"] for message in shellper.engine.asked[1]] == ["user", "assistant", "user"]
    assert shellper("history").out == "> find big files\n$ find . -size +100M\n> only in src\n$ find src -size +100M\n"
    assert [turn["request"] for turn in json.loads(shellper("history", "--json").out)] == [
        "find big files",
        "only in src",
    ]
    assert "forgot 2 turns" in shellper("reset").err
    assert "nothing to forget" in shellper("reset").err
    assert json.loads(shellper("history", "--json").out) == []


def test_new_neither_continues_nor_keeps(shellper: CommandLine) -> None:
    shellper("list files")
    shellper("--new", "list files")
    assert len(shellper.engine.asked[1]) == 1
    assert len(json.loads(shellper("history", "--json").out)) == 1


def test_a_question_is_kept_so_that_it_can_be_answered(shellper: CommandLine) -> None:
    shellper.answers(CLARIFY, "ls src")
    result = shellper("list it")
    assert (result.code, result.out, result.err) == (4, "", "shellper: which folder?\n")
    shellper("src")
    assert shellper.engine.asked[1][1]["tool_calls"][0]["function"]["name"] == "clarify"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("rm -rf /", 3),
        ("if then", 1),
        (EngineError("the server is down"), 1),
        ([], 1),
        (ToolCall("fly", {}), 1),
        (ToolCall("tail", {"file_name": "a", "lines": "1; touch x #"}), 1),
        (ValueError("a bug"), 1),
        ("echo \x1b[2J", 1),
        ("echo \u202e", 1),
    ],
)
def test_what_is_no_command_leaves_no_trace(shellper: CommandLine, answer: object, code: int) -> None:
    shellper.answers(answer)
    result = shellper("do it")
    assert (result.code, result.out, result.err.count("\n")) == (code, "", 1)
    assert result.err.startswith("shellper: ")
    assert "\x1b" not in result.err
    assert json.loads(shellper("history", "--json").out) == []


def test_a_bug_is_one_line_unless_more_is_wanted(shellper: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    shellper.answers(ValueError("a bug"))
    for value in ("", "0", "false", "nonsense"):
        monkeypatch.setenv("SHELLPER_VERBOSE", value)
        assert (shellper("do it").code, shellper("do it").err.count("\n")) == (1, 1)
    monkeypatch.setenv("SHELLPER_VERBOSE", "yes")
    with pytest.raises(ValueError, match="a bug"):
        shellper("do it")


def test_json(shellper: CommandLine) -> None:
    shellper.answers(ToolCall("tail", {"file_name": "a b", "lines": 3}))
    answer = json.loads(shellper("--json", "the last lines").out)
    names = [
        "request",
        "command",
        "tool_calls",
        "level",
        "reasons",
        "notes",
        "confidence",
        "engine",
        "model",
        "seconds",
    ]
    assert list(answer) == names
    assert answer["command"] == "tail -n 3 'a b'"
    assert answer["tool_calls"] == [{"name": "tail", "arguments": {"file_name": "a b", "lines": 3}}]
    assert (answer["engine"], answer["model"], answer["level"]) == ("fake", "fake-model", "safe")


def test_json_of_a_refusal_and_of_a_question(shellper: CommandLine) -> None:
    shellper.answers("rm -rf /", "if then", CLARIFY)
    refused, invalid = (shellper("--json", "remove everything") for _ in range(2))
    assert (refused.code, json.loads(refused.out)["level"]) == (3, "forbidden")
    assert (invalid.code, json.loads(invalid.out)["level"]) == (1, "invalid")
    # What takes the command out of the object must not get one that is never shown.
    assert [json.loads(result.out)["command"] for result in (refused, invalid)] == [None, None]
    assert json.loads(refused.out)["tool_calls"][0]["arguments"] == {"command": "rm -rf /"}
    question = shellper("--json", "list it")
    assert (question.code, json.loads(question.out)["command"]) == (4, None)


def test_verbose_shows_the_call(shellper: CommandLine) -> None:
    shellper.answers(ToolCall("ls", {"a": True}))
    result = shellper("--verbose", "list files")
    assert result.out == "ls -a\n"
    assert 'tool call: {"name": "ls", "arguments": {"a": true}}' in result.err


def test_several_calls(shellper: CommandLine) -> None:
    calls = [ToolCall("mkdir", {"dir_name": "a b"}), ToolCall("cd", {"folder": "a b"})]
    shellper.answers(calls)
    assert shellper("make and enter it").out == "mkdir 'a b' && cd 'a b'\n"
    result = shellper("--tools", "gorilla", "make and enter it")
    assert result.out == "mkdir 'a b'\n"
    assert "cd a b" in result.err


@pytest.mark.parametrize("first", ["ls # all", "cd x; ls", "ls ||", "sleep 9 &"])
def test_calls_that_cannot_be_joined_are_asked_for_one_by_one(shellper: CommandLine, first: str) -> None:
    shellper.answers([ToolCall("bash", {"command": first}), ToolCall("mkdir", {"dir_name": "x"})])
    result = shellper("show and make")
    assert "&&" not in result.out
    assert result.code != 0 or "ask next for: mkdir x" in result.err


def test_a_file_is_corrected_only_when_the_request_named_it_so(
    shellper: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").touch()
    shellper.answers(ToolCall("cat", {"file_name": "readme"}))
    assert shellper("show the readme").out == "cat README.md\n"
    assert shellper("cat readme").out == "cat readme\n"
    assert shellper("show the readme.txt").out == "cat readme\n"
    shellper.answers("wc -l readme | sort")
    assert shellper("count the lines of the readme").out == "wc -l README.md | sort\n"
    shellper.answers(ToolCall("grep", {"file_name": "readme", "pattern": "readme"}))
    assert shellper("find readme in the readme").out == "grep readme README.md\n"
    assert "README.md" in shellper("show the readme").err


def test_missing_programs_and_files_are_noted(
    shellper: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shellper.answers("no-such-program notes.txt", "mv *.png music", "cat notes.txt")
    assert "no-such-program is not installed: install it" in shellper("do it").err
    assert "*.png matches nothing here" in shellper("move the pngs to music").err
    result = shellper("show notes.txt")
    assert (result.code, result.out) == (0, "cat notes.txt\n")
    assert "notes.txt does not exist" in result.err


def test_execute_commands(shellper: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "keep").mkdir()
    shellper.answers("echo done; exit 7")
    result = shellper("--execute_commands", "do it")
    assert (result.code, result.out) == (7, "done\n")
    assert "$ echo done; exit 7" in result.err
    assert json.loads(shellper("history", "--json").out)[0]["status"] == 7
    shellper.answers("rm -r keep")
    assert shellper("--execute-commands", "remove it").code == 3
    assert shellper("--execute-commands", "--allow_recursive", "remove it").code == 3
    shellper.answers("rm -rf /")
    assert shellper("--execute-commands", "--allow-recursive", "remove it all").code == 3
    assert (tmp_path / "keep").exists()
    kept = json.loads(shellper("history", "--json").out)
    assert [(turn["command"], turn["status"]) for turn in kept[1:]] == [("rm -r keep", None)] * 2


def test_a_removed_folder_is_no_obstacle(
    shellper: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert shellper("list files").out == "ls\n"


def test_a_wrong_setting_is_one_line(shellper: CommandLine, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELLPER_TOOLS", "hammer")
    result = shellper("list files")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "SHELLPER_TOOLS" in result.err


def test_an_unknown_key_is_a_warning(shellper: CommandLine, home: Path) -> None:
    file = home / ".config/shellper/config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('modle = "x"\n')
    result = shellper("list files")
    assert (result.code, result.out, result.err.count("\n")) == (0, "ls\n", 1)
    assert "did you mean model?" in result.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["evaluate", ".", "--limit", "0"], "Invalid value for '--limit': 0 must be >=1"),
        (["evaluate", ".", "--limit", "few"], "Invalid value for '--limit': 'few' is no whole number"),
        (["init", "ksh"], "'ksh' is not one of 'bash', 'zsh', 'fish'"),
        (["completions", "ksh"], "'ksh' is not one of 'bash', 'zsh', 'fish'"),
    ],
)
def test_values_that_are_none_are_told_in_plain_words(shellper: CommandLine, words: list[str], said: str) -> None:
    result = shellper(*words)
    assert (result.code, result.err) == (2, f"shellper: {said}; see: shellper {words[0]} --help\n")
