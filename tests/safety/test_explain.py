"""Explanations: every part, nothing invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from shellper.cli.explain import explain as command
from shellper.errors import UsageError
from shellper.safety import explain
from shellper.safety.programs import programs


def parts(text: str) -> dict[str, str]:
    return {part.text: part.meaning for part in explain(text).parts}


def test_table() -> None:
    table = programs()
    assert len([name for name in table if " " not in name]) >= 60
    assert all(entry.summary and all(entry.options.values()) for entry in table.values())
    assert all(option.startswith("-") for entry in table.values() for option in entry.options)
    assert table["cp"].options["-n"] == table["mv"].options["-n"] == "never overwrites"
    assert "-r" in table["cp"].options
    assert "-r" not in table["mv"].options
    assert table[":"].summary == "does nothing, and succeeds"


def test_parts() -> None:
    found = parts("find src -name '*.log' -size +1M | xargs -0 rm -f >> out.txt")
    assert found["-name *.log"] == "with this name (a pattern)"
    assert found["-size +1M"].startswith("of this size")
    assert found["src"] == "where to start"
    assert found["-0"] == "words end in NUL"
    assert found["-f"] == "never asks, ignores what does not exist"
    assert found[">> out.txt"] == "adds the output to a file"


def test_unknown_is_said() -> None:
    found = parts("ls --frob -l; zork -q a")
    assert found["--frob"] == "an option that shellper does not know"
    assert found["zork -q a"] == "runs zork, which shellper does not know"
    assert any("not known" in effect for effect in explain("zork -q a").effects)


def test_bundles_and_old_style() -> None:
    assert {"-x", "-z", "-f a.tgz"} <= set(parts("tar xzf a.tgz"))
    assert {"-r", "-f"} <= set(parts("rm -rf build"))
    assert parts("git commit -am wip")["-a"] == "with all changes to known files"


def test_effects(tmp_path: Path) -> None:
    assert explain("ls -la").effects == ["no file is changed"]
    assert explain("ls > x").effects == ["writes x anew"]
    assert explain("rm -r a b").effects == ["removes a b"]
    assert explain("sed -i s/a/b/ f").effects == ["changes f"]
    assert explain("rm -rf /").level.value == "forbidden"


def test_no_bash() -> None:
    with pytest.raises(UsageError):
        explain("echo 'a")


def test_command() -> None:
    runner = CliRunner()
    printed = runner.invoke(command, ["ls -la"], standalone_mode=False)
    assert printed.exit_code == 0
    assert "-a" in printed.output
    assert "Risk: safe" in printed.output
    data = json.loads(runner.invoke(command, ["--json", "rm x"], standalone_mode=False).output)
    assert (data["level"], data["effects"]) == ("destructive", ["removes x"])
    assert "Example" in runner.invoke(command, ["--help"]).output
    assert "Risk" in runner.invoke(command, ["-"], input="ls\n", standalone_mode=False).output
