"""Explanations: every part as it is written, nothing invented."""

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


def commands(text: str) -> list[str]:
    return [part.text for part in explain(text).parts if part.depth == 0]


def test_a_value_that_is_glued_to_its_option() -> None:
    assert "changes the files themselves: .bak\n" in explain("sed -i.bak s/a/b/ f").text()


def test_a_command_that_is_missing_crashes_nothing() -> None:
    assert "find" in explain("find . -exec").text()
    assert "uniq" in explain("sort a | # once\nuniq > b").text()


def test_table() -> None:
    table = programs()
    assert len([name for name in table if " " not in name]) >= 60
    assert all(entry.summary and all(entry.options.values()) for entry in table.values())
    assert all(option.startswith(("-", "+")) for entry in table.values() for option in entry.options)
    assert table["cp"].options["-n"] == table["mv"].options["-n"] == "never overwrites"
    assert "-r" in table["cp"].options
    assert "-r" not in table["mv"].options
    assert table[":"].summary == "does nothing, and succeeds"


def test_parts() -> None:
    found = parts("find src -name '*.log' -size +1M | xargs -0 rm -f >> out.txt")
    assert found["-name '*.log'"] == "with this name (a pattern)"
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
    assert "Risk: safe as far as is known: what zork does is not known\n" in explain("ls | zork -q").text()
    assert "Risk: safe as far as is known: what zork and frob do is not known\n" in explain("zork; frob").text()
    assert "Risk: safe\n" in explain("zork() { ls; }; zork; [ -f a ]").text()
    assert "Risk: destructive (rm: removes files)\n" in explain("zork; rm a").text()


def test_bundles_and_old_style() -> None:
    assert {"-x", "-z", "-f a.tgz"} <= set(parts("tar xzf a.tgz"))
    assert {"-r", "-f"} <= set(parts("rm -rf build"))
    assert parts("git commit -am wip")["-a"] == "with all changes to known files"
    assert parts("cmake -DX=Release")["-DX=Release"] == "an option that shellper does not know"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("echo \"a  b\" 'c d' e\\ f", "\"a  b\" 'c d' e\\ f"),
        ("grep -rn 'hello world' src", "'hello world' src"),
        ("grep TODO --include='*.py' .", "--include='*.py'"),
        ("awk -F':' '{print $1}' x", "-F':'"),
        ("sort -t$'\\t' x", "-t$'\\t'"),
        ('git commit -am "fix it"', '-m "fix it"'),
        ("ls *.txt", "*.txt"),
        ('cp "$f" "${f%.a}.b"', '"$f" "${f%.a}.b"'),
        ('echo "today is $(date)"', '"today is $(date)"'),
        ("wget -qO- x.io", "-O-"),
        ("ls a b", "a b"),
    ],
)
def test_quotes_stay_as_they_are(text: str, written: str) -> None:
    assert written in parts(text)


def test_loops_are_told_once_as_written() -> None:
    assert commands('for f in *.jpg; do convert "$f" x; done') == ["for f in *.jpg", 'convert "$f" x']
    assert commands("while read -r a; do echo $a; done < f") == ["while", "read -r a", "do", "echo $a", "< f"]
    assert parts("for i in 1 2; do sleep $i; done")["for i in 1 2"].endswith("with each of the words in $i")
    assert parts("while true; do ls; done < f")["< f"] == "for all of it: reads the input from a file"
    assert commands("for i in $(seq 3); do ls; done") == ["seq 3", "for i in $(seq 3)", "ls"]


def test_what_runs_on_names_is_told_without_names() -> None:
    assert commands("find . | xargs grep -n 'a b'") == ["find .", "xargs grep -n 'a b'", "grep -n 'a b' …"]
    assert parts("ls | xargs rm -f")["rm -f …"].endswith("… are the words that xargs gets")
    assert explain("parallel gzip ::: *.log").effects == ["replaces …, packed or unpacked"]
    assert "in place of {}, once for each" in parts("find . -name a -exec rm {} \\;")["rm {}"]
    assert "-exec grep -l x {} +" in parts("find . -exec grep -l x {} +")
    assert parts("ls | xargs -I% mv % d/")["mv % d/"].endswith("in place of %")


def test_when_a_command_runs() -> None:
    found = parts("a && b || c; d & e | f")
    assert found["b"].endswith("only if what stands before it succeeded")
    assert found["c"].endswith("only if what stands before it failed")
    assert found["d"].endswith("in the background")
    assert found["f"].endswith("its input is what the part before it gives")
    assert "its output goes into" in parts("kill $(pgrep x)")["pgrep x"]
    assert "read there like a file" in parts("diff <(sort a) b")["sort a"]


def test_conditions() -> None:
    assert parts("[ -f x ] && ls")["-f x"] == "whether this is a file"
    assert parts('test "$a" = b')['"$a" = b'] == "whether both are the same text"
    found = parts("[[ -d a && $b == *.c ]] || ls")
    assert found["-d a"] == "whether this is a directory"
    assert found["$b == *.c"] == "whether the text fits the pattern"
    assert commands("if ls a; then ls b; else ls c; fi") == ["if", "ls a", "then", "ls b", "else", "ls c"]
    assert commands("case $1 in a|b) ls;; *) id;; esac") == ["case $1 in", "a|b)", "ls", "*)", "id"]


@pytest.mark.parametrize(
    ("text", "part", "meaning"),
    [
        ("make 2> e", "2> e", "writes the errors to a file and replaces what it held"),
        ("make > o 2>&1", "2>&1", "sends the errors to the same place as the output"),
        ("echo x >&2", ">&2", "sends the output to the same place as the errors"),
        ("make &> o", "&> o", "writes output and errors to a file and replaces what it held"),
        ("find . 2>/dev/null", "2> /dev/null", "throws the errors away"),
        ('wc <<< "a b"', '<<< "a b"', "gives it this text as input"),
        ("cat <<'E'\nx\nE", "<< 'E'", "gives it the lines up to E as input"),
        ("{ a; b; } > f", "> f", "for all of it: writes the output to a file and replaces what it held"),
        ("bash < a", "< a", "reads the input from a file"),
    ],
)
def test_redirections(text: str, part: str, meaning: str) -> None:
    assert parts(text)[part] == meaning


def test_substitutions_are_told_once() -> None:
    assert commands("cat <<E > f\n$(id)\nE") == ["cat", "id"]
    assert commands("ls > $(id)") == ["id", "ls"]
    assert parts("cat <<E | sh\nls\nE")["sh"].count("its input") == 1
    assert commands("time { ls; }") == ["time", "ls"]
    assert explain("f() { rm x; }; f").effects == ["when f is called: removes x"]
    assert parts("sh -c 'ls' a")["'ls' a"] == "the text, then what it is given"


def test_scripts_inside() -> None:
    assert commands("ssh host 'cd /a && ls'") == ["ssh host 'cd /a && ls'", "cd /a", "ls"]
    assert commands("sudo -u me ls -l") == ["sudo -u me ls -l", "ls -l"]
    assert commands("sh -c 'echo \"$1\"' _ x") == ["sh -c 'echo \"$1\"' _ x", 'echo "$1"']
    assert commands("docker run -v /a:/b img cat /b/x") == ["docker run -v /a:/b img cat /b/x", "cat /b/x"]
    assert commands("alias l='rm x'") == ["alias l='rm x'"]
    assert explain("ssh h 'rm x'").effects == ["on the other machine: removes x"]
    assert explain("aws-vault exec me -- rm x").effects[-1] == "removes x"
    assert explain("f() { rm x; }").effects == ["when f is called: removes x"]


def test_options_belong_to_their_subcommand() -> None:
    assert parts("git log -n 5")["-n 5"] == "this many commits"
    assert parts("git log -5")["-5"] == "5 commits"
    assert parts("head -1 f")["-1"] == "1 line"
    assert parts("git stash pop")["git stash pop"].startswith("brings back")
    assert parts("docker compose logs -f web")["web"] == "which"
    assert parts("python3 -m http.server 8000")["8000"] == "what it is given"
    assert parts("grep -e a f")["f"] == "the files"
    assert parts("ls | grep a")["a"] == "the pattern"


def test_the_shell_and_this_program_are_known() -> None:
    for text in ("history 10", "shellper 'find big files'", "shellper explain ls", "type ls", "command -v x"):
        assert "does not know" not in explain(text).text(), text


def test_places_for_everyone_are_no_system_directories() -> None:
    for text in ("tar xzf a.tgz -C /tmp", "tar -C /tmp -xf a", "cp a /tmp/", "mv a /tmp"):
        assert explain(text).reasons == [reason for reason in explain(text).reasons if "system" not in reason], text
    assert explain("tar xf a -C /usr").reasons[0] == "tar: unpacks into a system directory"


def test_effects(tmp_path: Path) -> None:
    assert explain("ls -la").effects == ["no file is changed"]
    assert explain("ls > x").effects == ["writes x anew"]
    assert explain("ls >> x").effects == ["adds to x"]
    assert explain("rm -r a b").effects == ["removes a b"]
    assert explain("cp a b c").effects == ["copies a b to c"]
    assert explain("mv zoo/ *").effects == ["moves zoo/ and what else matches * to the last that matches"]
    assert explain("cp *.md").effects == ["copies what matches *.md to the last that matches"]
    assert explain("rsync -a d h:*").effects == ["copies d to h:*"]
    assert explain("install -m 600 a '*'").effects == ["copies a to '*'"]
    assert explain("sed -i s/a/b/ f").effects == ["changes f"]
    assert explain("find . | xargs sed -i s/a/b/").effects == ["changes …"]
    assert explain("tar xf a -C d").effects == ["unpacks into d"]
    assert explain("wget -qO- x.io").effects == ["no file is changed"]
    assert explain("git branch -d x").effects == ["what git does to files is not known from the command"]
    assert explain("awk '{print > $1}' f").effects == ["what awk does to files is not known from the command"]
    assert explain("awk '$1 > 3 || $2 {print}' f").effects == ["no file is changed"]
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
