"""The tools of both sets: schemas, commands, the values that are read."""

from __future__ import annotations

from typing import Any

import pytest

from shellper.errors import Clarification, ToolError
from shellper.tools import ToolCall, call_text, equivalent, tool_set

GORILLA = tool_set("gorilla")
SHELL = tool_set("shell")

# name: {parameter: (type, required, default)}, as the benchmark has them.
EIGHTEEN: dict[str, dict[str, tuple[str, bool, Any]]] = {
    "cat": {"file_name": ("string", True, None)},
    "cd": {"folder": ("string", True, None)},
    "cp": {"source": ("string", True, None), "destination": ("string", True, None)},
    "diff": {"file_name1": ("string", True, None), "file_name2": ("string", True, None)},
    "du": {"human_readable": ("boolean", False, False)},
    "echo": {"content": ("string", True, None), "file_name": ("string", False, "None")},
    "find": {"path": ("string", False, "."), "name": ("string", False, "None")},
    "grep": {"file_name": ("string", True, None), "pattern": ("string", True, None)},
    "ls": {"a": ("boolean", False, False)},
    "mkdir": {"dir_name": ("string", True, None)},
    "mv": {"source": ("string", True, None), "destination": ("string", True, None)},
    "pwd": {},
    "rm": {"file_name": ("string", True, None)},
    "rmdir": {"dir_name": ("string", True, None)},
    "sort": {"file_name": ("string", True, None)},
    "tail": {"file_name": ("string", True, None), "lines": ("integer", False, 10)},
    "touch": {"file_name": ("string", True, None)},
    "wc": {"file_name": ("string", True, None), "mode": ("string", False, "l")},
}


def shape(schema: dict[str, Any]) -> dict[str, tuple[str, bool, Any]]:
    parameters = schema["function"]["parameters"]
    return {
        name: (value["type"], name in parameters["required"], value.get("default"))
        for name, value in parameters["properties"].items()
    }


def test_gorilla_is_the_eighteen() -> None:
    assert {schema["function"]["name"]: shape(schema) for schema in GORILLA.schemas()} == EIGHTEEN


def test_shell_is_a_superset() -> None:
    shapes = {schema["function"]["name"]: shape(schema) for schema in SHELL.schemas()}
    for name, parameters in EIGHTEEN.items():
        assert parameters.items() <= shapes[name].items()
        assert not [key for key, (_, required, _) in shapes[name].items() if required and key not in parameters]


def test_everything_is_described() -> None:
    for tools in (GORILLA, SHELL):
        for schema in tools.schemas():
            function = schema["function"]
            assert function["description"].endswith(".")
            assert all(value["description"] for value in function["parameters"]["properties"].values())


COMMANDS = [
    ("cat", {"file_name": "a"}, "cat a"),
    ("cd", {"folder": "src"}, "cd src"),
    ("cd", {"folder": ".."}, "cd .."),
    ("cd", {"folder": "-"}, "cd -"),
    ("cp", {"source": "a", "destination": "b"}, "cp -r a b"),
    ("diff", {"file_name1": "a", "file_name2": "b"}, "diff a b"),
    ("du", {}, "du"),
    ("du", {"human_readable": True}, "du -h"),
    ("echo", {"content": "hi there"}, "echo 'hi there'"),
    ("echo", {"content": "hi", "file_name": "None"}, "echo hi"),
    ("echo", {"content": "hi", "file_name": None}, "echo hi"),
    ("echo", {"content": "hi", "file_name": ""}, "echo hi"),
    ("echo", {"content": "hi", "file_name": "my log"}, "echo hi >> 'my log'"),
    ("echo", {"content": ""}, "echo ''"),
    ("echo", {"content": "-n"}, "printf '%s\\n' -n"),
    ("find", {}, "find ."),
    ("find", {"path": "src", "name": "None"}, "find src"),
    ("find", {"name": "report"}, "find . -name '*report*'"),
    ("find", {"name": "*.txt"}, "find . -name '*.txt'"),
    ("find", {"path": "-x", "name": "a[1]"}, "find ./-x -name '*a\\[1]*'"),
    ("find", {"path": "!x"}, "find './!x'"),
    ("grep", {"file_name": "a", "pattern": "x y"}, "grep 'x y' a"),
    ("grep", {"file_name": "a", "pattern": "-v"}, "grep -e -v a"),
    ("ls", {}, "ls"),
    ("ls", {"a": True}, "ls -a"),
    ("ls", {"a": "false"}, "ls"),
    ("mkdir", {"dir_name": "d"}, "mkdir d"),
    ("mv", {"source": "a", "destination": "b"}, "mv a b"),
    ("pwd", {}, "pwd"),
    ("rm", {"file_name": "a"}, "rm a"),
    ("rmdir", {"dir_name": "d"}, "rmdir d"),
    ("sort", {"file_name": "a"}, "sort a"),
    ("tail", {"file_name": "a"}, "tail -n 10 a"),
    ("tail", {"file_name": "a", "lines": "5"}, "tail -n 5 a"),
    ("tail", {"file_name": "a", "lines": 5.0}, "tail -n 5 a"),
    ("tail", {"file_name": "a", "lines": 0}, "tail -n 0 a"),
    ("touch", {"file_name": "a"}, "touch a"),
    ("wc", {"file_name": "a"}, "wc -l a"),
    ("wc", {"file_name": "a", "mode": "w"}, "wc -w a"),
    ("wc", {"file_name": "a", "mode": "-c"}, "wc -c a"),
    ("wc", {"file_name": "a", "mode": "words"}, "wc -w a"),
]


@pytest.mark.parametrize(("name", "arguments", "command"), COMMANDS)
def test_gorilla_commands_mean_the_same_in_both_sets(name: str, arguments: dict[str, Any], command: str) -> None:
    for tools in (GORILLA, SHELL):
        for platform in ("linux", "darwin"):
            assert tools.render(ToolCall(name, arguments), platform=platform).text == command


def test_rm_takes_folders_only_where_that_is_allowed() -> None:
    call = ToolCall("rm", {"file_name": "d"})
    assert GORILLA.render(call, allow_recursive=False).text == "rm d"
    assert GORILLA.render(call, allow_recursive=True).text == "rm -r d"
    assert SHELL.render(call, allow_recursive=True).text == "rm d"
    assert SHELL.render(ToolCall("rm", {"file_name": "d", "recursive": True})).text == "rm -r d"


WIDER = [
    ("ls", {"long": True, "human_readable": True, "sort_by": "size", "path": "src"}, "ls -lhS src"),
    ("ls", {"a": True, "long": True}, "ls -la"),
    ("ls", {"path": "*/", "itself": True}, "ls -d */"),
    ("find", {"kind": "file", "larger_than": "100 MB"}, "find . -type f -size +100M"),
    ("find", {"larger_than": "1T", "smaller_than": "500"}, "find . -size +1024G -size -500c"),
    ("find", {"newer_than": "2 weeks", "older_than": "90m"}, "find . -mtime -14 -mmin +90"),
    ("find", {"name": "Makefile", "exact": True, "max_depth": 2}, "find . -maxdepth 2 -name Makefile"),
    ("find", {"newer_than": "2h", "empty": "yes"}, "find . -mmin -120 -empty"),
    (
        "grep",
        {"pattern": "TODO", "file_name": "src", "recursive": True, "line_numbers": True, "include": "*.py"},
        "grep -rn --include='*.py' TODO src",
    ),
    ("cp", {"source": "a", "destination": "d", "more_sources": ["b c"], "recursive": False}, "cp a 'b c' d"),
    ("mkdir", {"dir_name": "a/b", "parents": True}, "mkdir -p a/b"),
    ("head", {"file_name": "a"}, "head a"),
    ("head", {"file_name": "a", "all_but_last": 1}, "head -n -1 a"),
    ("tail", {"file_name": "a", "follow": True}, "tail -f a"),
    ("tail", {"file_name": "a", "from_line": 2}, "tail -n +2 a"),
    ("sort", {"file_name": "a", "separator": ",", "column": 2, "numeric": True, "reverse": True}, "sort -t, -k2 -rn a"),
    ("wc", {"file_name": "a", "number_only": True}, "wc -l < a"),
    ("du", {"summary": True, "human_readable": True, "path": "src"}, "du -sh src"),
    (
        "du",
        {"every_file": True, "human_readable": True, "biggest_first": True, "limit": 5, "path": "src"},
        "du -ah src | sort -rh | head -n 5",
    ),
    ("du", {"human_readable": True, "depth": 1}, "du -h --max-depth=1"),
    ("echo", {"content": "x", "file_name": "f", "overwrite": True}, "echo x > f"),
    ("replace", {"file_name": "a", "old": "x", "new": "y"}, "sed -i 's/x/y/g' a"),
    ("bash", {"command": " ls | wc -l\n"}, "ls | wc -l"),
    ("bash", {"command": "ls \\\n  -a"}, "ls -a"),
]


@pytest.mark.parametrize(("name", "arguments", "command"), WIDER)
def test_shell_commands(name: str, arguments: dict[str, Any], command: str) -> None:
    assert SHELL.render(ToolCall(name, arguments), platform="linux").text == command


@pytest.mark.parametrize(
    ("name", "arguments", "command"),
    [
        ("du", {"depth": 1}, "du -d 1"),
        ("replace", {"file_name": "a", "old": "x", "new": "y"}, "sed -i '' 's/x/y/g' a"),
        ("head", {"file_name": "a", "all_but_last": 0}, "awk 1 a"),
    ],
)
def test_bsd_commands(name: str, arguments: dict[str, Any], command: str) -> None:
    assert SHELL.render(ToolCall(name, arguments), platform="darwin").text == command


def test_all_but_the_last_lines_by_awk(tmp_path: Any) -> None:
    import subprocess

    (tmp_path / "a").write_text("1\n2\n3\n4\n")
    command = SHELL.render(ToolCall("head", {"file_name": "a", "all_but_last": 2}), platform="darwin").text
    result = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stdout == "1\n2\n"


WRONG = [
    ("tail", {"file_name": "a", "lines": "1; touch x #"}, "whole number"),
    ("tail", {"file_name": "a", "lines": -1}, "0 or more"),
    ("tail", {"file_name": "a", "lines": 2.5}, "whole number"),
    ("tail", {"file_name": "a", "lines": True}, "whole number"),
    ("tail", {"file_name": "a", "lines": float("inf")}, "whole number"),
    ("wc", {"file_name": "a", "mode": "l; rm x"}, "one of l, w, c"),
    ("ls", {"a": "maybe"}, "true or false"),
    ("ls", {"a": []}, "true or false"),
    ("cat", {}, "cat needs file_name"),
    ("cat", {"file_name": None}, "cat needs file_name"),
    ("cat", {"file_name": ["a"]}, "must be text"),
    ("cat", {"file_name": "a", "colour": 1}, "no argument 'colour'"),
    ("sl", {}, "did the model mean ls"),
    ("", {}, "no tool is called"),
]


@pytest.mark.parametrize(("name", "arguments", "message"), WRONG)
def test_what_makes_no_sense_is_a_clear_error(name: str, arguments: dict[str, Any], message: str) -> None:
    for tools in (GORILLA, SHELL):
        with pytest.raises(ToolError, match=message) as error:
            tools.render(ToolCall(name, arguments))
        assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("bash", {"command": " "}),
        ("bash", {"command": "a\nb"}),
        ("find", {"larger_than": "huge"}),
        ("find", {"older_than": "7; rm x"}),
        ("replace", {"file_name": "a", "old": "a/b", "new": "c"}),
        ("replace", {"file_name": "a", "old": "a", "new": "c\\"}),
        ("cat", {"file_name": "a", "more_files": [1]}),
    ],
)
def test_more_that_makes_no_sense(name: str, arguments: dict[str, Any]) -> None:
    with pytest.raises(ToolError):
        SHELL.render(ToolCall(name, arguments))


def test_clarify_asks() -> None:
    call = ToolCall("clarify", {"question": "Which file?"})
    assert SHELL.validate(call) == call
    assert call_text(call, SHELL) == "# Which file?"
    with pytest.raises(Clarification, match=r"Which file\?"):
        SHELL.render(call)


def test_numbers_given_for_text_are_read() -> None:
    assert GORILLA.validate(ToolCall("cat", {"file_name": 5})).arguments == {"file_name": "5"}


def test_a_file_called_none() -> None:
    assert GORILLA.render(ToolCall("cat", {"file_name": "None"})).text == "cat None"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (ToolCall("ls", {}), ToolCall("ls", {"a": False}), True),
        (ToolCall("find", {"name": "x"}), ToolCall("find", {"path": ".", "name": "x"}), True),
        (ToolCall("echo", {"content": "x"}), ToolCall("echo", {"content": "x", "file_name": "None"}), True),
        (ToolCall("tail", {"file_name": "a"}), ToolCall("tail", {"file_name": "a", "lines": "10"}), True),
        (ToolCall("ls", {}), ToolCall("ls", {"a": True}), False),
        (ToolCall("ls", {}), ToolCall("pwd", {}), False),
        (ToolCall("nothing", {}), ToolCall("nothing", {}), True),
        (ToolCall("cat", {}), ToolCall("cat", {"file_name": "a"}), False),
    ],
)
def test_equivalence(a: ToolCall, b: ToolCall, same: bool) -> None:
    assert equivalent(a, b, GORILLA) is same


def test_an_unknown_set() -> None:
    with pytest.raises(ToolError, match="use gorilla or shell"):
        tool_set("bash")
