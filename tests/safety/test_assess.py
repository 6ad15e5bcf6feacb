"""Single properties of verdicts: the working directory, home, writing, text that is no bash."""

# ruff: noqa: E501
from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shellper.safety import Level, assess, explain, recursive_removal
from shellper.safety.syntax import MAX_LENGTH, SyntaxProblem, parse


def level(text: str, cwd: Path | None = None) -> str:
    return assess(text, cwd=cwd).level.value


def test_order() -> None:
    assert sorted(Level, key=lambda one: one.rank) == list(Level)
    assert Level.SAFE < Level.CAUTION < Level.DESTRUCTIVE < Level.FORBIDDEN < Level.INVALID
    assert Level("forbidden") <= Level.FORBIDDEN
    assert Level.CAUTION <= Level.CAUTION
    assert max(Level.SAFE, Level.DESTRUCTIVE) is Level.DESTRUCTIVE
    assert f"{Level.SAFE}" == "safe"


@pytest.mark.parametrize(
    ("command", "existing", "new"),
    [
        ("ls > {}", "destructive", "safe"),
        ("ls >> {}", "safe", "safe"),
        ("ls | tee {}", "destructive", "safe"),
        ("ls | tee -a {}", "safe", "safe"),
        ("cp a {}", "destructive", "safe"),
        ("cp -n a {}", "safe", "safe"),
        ("mv a {}", "destructive", "safe"),
        ("sort a -o {}", "destructive", "safe"),
        ("curl -o {} x.io", "destructive", "caution"),
        ("dd if=a of={}", "destructive", "safe"),
        (": > {}", "destructive", "safe"),
        ("ls &> {}", "destructive", "safe"),
        ("tar czf {} a", "destructive", "safe"),
        ("convert a {}", "destructive", "safe"),
        ("convert {0} -resize 50% {0}", "caution", "caution"),
        ("magick a {}", "destructive", "safe"),
        ("magick identify {}", "safe", "safe"),
        ("pdfunite a b {}", "destructive", "safe"),
        ("ffmpeg -i a {}", "safe", "safe"),
        ("ffmpeg -y -i a {}", "destructive", "safe"),
        ("sox a {} trim 0 5", "destructive", "safe"),
        ("sox -n {} trim 0 0", "destructive", "safe"),
        ("dot -Tpng a -o {}", "destructive", "safe"),
        ('python3 -c "open(\\"{}\\", \\"w\\")"', "destructive", "caution"),
        ('python3 -c "from pathlib import Path; Path(\\"{}\\").write_text(\\"a\\")"', "destructive", "caution"),
        ('python3 -c "print(open(\\"{}\\").read())"', "safe", "safe"),
        ('node -e "fs.writeFileSync(\\"{}\\", 1)"', "destructive", "caution"),
        ('ruby -e "File.write(\\"{}\\", 1)"', "destructive", "caution"),
        ('perl -e "open(F, \\">{}\\")"', "destructive", "caution"),
        ('perl -e "open(F, \\"<{}\\")"', "safe", "safe"),
    ],
)
def test_overwriting(tmp_path: Path, command: str, existing: str, new: str) -> None:
    (tmp_path / "old file").touch()
    mark = "" if '\\"' in command else "'"
    assert level(command.format(f"{mark}old file{mark}"), tmp_path) == existing
    assert level(command.format(f"{mark}new file{mark}"), tmp_path) == new


def test_into_directories(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a").touch()
    assert level("cp a d", tmp_path) == "destructive"
    assert level("cp b d/", tmp_path) == "safe"
    assert level("mv -t d a", tmp_path) == "destructive"
    assert level("cd d && ls > a", tmp_path) == "destructive"
    assert level("cd d && ls > b", tmp_path) == "safe"


def test_without_a_directory_overwriting_is_possible() -> None:
    assert level("ls > x") == "caution"
    assert level("mv a b") == "caution"


def test_home_and_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "me"
    monkeypatch.setenv("HOME", str(home))
    assert level("rm -rf *", home) == "forbidden"
    assert level("rm -rf build", home) == "destructive"
    assert level(f"rm -rf {home}", tmp_path) == "forbidden"
    assert level(f"rm -rf {tmp_path}", home) == "forbidden"
    assert level("rm -rf ..", home / "a" / "b") == "forbidden"
    assert level("rm -rf ../c", home / "a" / "b") == "destructive"
    assert level("rm -rf *", Path("/")) == "forbidden"
    assert level("rm -rf bin", Path("/usr")) == "forbidden"
    home.mkdir()
    (home / "a").touch()
    assert level("ls > ~/a") == level("cp a ~", tmp_path) == "destructive"
    assert level(f"printf '%s\\n' {' '.join(map(str, range(30)))} {home} | xargs rm -rf", tmp_path) == "forbidden"


@pytest.mark.parametrize("home", ["/", "", "nowhere"])
def test_there_is_always_a_home(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", home)
    assert level("rm -rf ~") == "forbidden"
    assert level("ls > ~/no-such-file") in ("safe", "caution")


@pytest.mark.parametrize(
    "text",
    ["ls |", "echo 'a", 'echo "a', "if true", "(ls", "ls )", "for x in", "a && ", "case x in", "\x00", "{ ls", "ls > "],
)
def test_no_bash(text: str) -> None:
    verdict = assess(text)
    assert verdict.level is Level.INVALID
    assert verdict.reasons
    assert all(reason.isprintable() for reason in verdict.reasons)
    with pytest.raises(SyntaxProblem):
        parse(text)


@pytest.mark.parametrize("text", ["", " ", "\n", "# nothing"])
def test_nothing_is_safe(text: str) -> None:
    assert level(text) == "safe"


@pytest.mark.parametrize(
    "text", ["{😀", "echo 😀", "x='😀'; rm -rf / 😀", "🎉() { ls; }", "${😀}", "echo {a,😀}", "\ud800"]
)
def test_beyond_the_basic_plane(text: str) -> None:
    assert level(text) == ("forbidden" if "rm -rf" in text else level(text))


def test_text_that_looks_like_marks() -> None:
    assert level("rm \ufdd6") == "destructive"
    assert level("rm -rf \ufdd6") == "destructive"


@pytest.mark.parametrize(
    "text",
    [
        "a|" * 9000 + "b", "(" * 9000, "$(" * 3000 + "ls" + ")" * 3000, "{1..99999}" * 20, "echo {a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
        "x=" + "{a,b}" * 12 + "; echo " + "$x" * 50, "f(){ f; }; f", "f(){ g; }; g(){ f; }; f", "a=$b;b=$a;" * 500 + "echo $a",
        "for a in {1..50}; do " * 8 + "ls" + "; done" * 8, "eval " * 500 + "ls", "sh -c " * 200 + "ls", "x" * (MAX_LENGTH + 1),
        "x=aaaaaaaaaa; " + "x=${x//a/aaaaaaaaaa}; " * 12 + 'rm "$x"', "x=aa; " + "x+=$x; " * 60 + 'rm "$x"', "a=(1); " + "a+=(${a[@]}); " * 40,
        "echo a | sed '" + "s/a/aaaaaaaaaa/g;" * 20 + "' | sh", "x=aaaa; " + "printf -v x '%s%s%s' $x $x $x; " * 30 + "rm $x",
        "powershell -c '" + "iwr " * 4800 + "'", "psql -c '" + "\n" * 19000 + "'", "psql -c 'drop table x " + "alter table " * 1500 + "'",
        "psql -c 'insert drop table x" + "/*" * 9000 + "'", "python3 -c '" + "open(" * 3800 + "'", "perl -e '" + "socket" * 3100 + "'",
        "sed '" + "s/a/" * 4800 + "'", "sed '" + ";s/" * 6000 + "'", "socat x 'x" + "exec:" * 3800 + "'", "git config a.b '" + "! " * 9000 + "'",
        "echo 'a" + " " * 19000 + "b'", "awk '" + "print " * 3000 + "'", "rm $x" * 3000,
        "alias a=b; alias b=a; a", "x='$x$x'; eval \"x=$x$x\"; " * 30 + "$x", "cat <<A\n" * 200, "`" * 400, "$((" * 2000 + "))" * 2000,
    ],
)  # fmt: skip
def test_bounded(text: str) -> None:
    started = time.process_time()
    assert isinstance(assess(text).level, Level)
    assert time.process_time() - started < 5


def test_recursive_removal() -> None:
    for text in ("rm -r x", "sudo rm -fR x", "sh -c 'rm --recursive x'", "find . -name x -delete", "x; (rm -rf y)"):
        assert recursive_removal(text), text
    for text in (
        "rsync -a --delete a/ b/",
        "rsync -a --del a b",
        "git clean -fdx",
        "git clean -d --force",
        "git rm -r src",
        "rclone purge a:b",
        "python3 -c 'import shutil; shutil.rmtree(\"x\")'",
        "node -e 'fs.rmSync(\"x\", {recursive: true})'",
        'a=(rm -r); "${a[@]}" x',
        "tar --remove-files -cf a.tar d",
        "zip -rm a.zip d",
        "7z a -sdel a.7z d",
        "wipe -r d",
        "rimraf d",
        "rclone sync a b",
        "rsync -a --remove-source-files a/ b/",
        "git worktree remove --force w",
        "python3 -c 'from shutil import rmtree as r; r(\"x\")'",
        'python3 -c \'import shutil; getattr(shutil, "rm" + "tree")("x")\'',
        "python3 -c 'import shutil, glob; list(map(shutil.rmtree, glob.glob(\"*\")))'",
        "python2 -c 'import shutil; print shutil.rmtree(\"x\")'",
        "perl -MFile::Path -e 'remove_tree(\"x\")'",
        "xargs -a <(echo '-r x') rm",
        "emacs --batch --eval '(delete-directory \"x\" t)'",
        'rm -r "$(mktemp -d)"',
        "find . -exec rm -r {} +",
    ):
        assert recursive_removal(text), text
    for text in (
        "rm x",
        "rm -f x",
        "echo 'rm -r x'",
        "grep -r rm .",
        "rmdir x",
        "((",
        "rsync -a a b",
        "git clean -nfd",
        "git rm -r --cached src",
        "git rm a",
        "node -e 'fs.readdirSync(\"x\", {recursive: true})'",
        "git clean -f",
        "zip -m a.zip f",
        "tar -cf a.tar d",
        "rclone sync -n a b",
        "rclone copy a b",
        "rm -d x",
        "rsync -an --delete a/ b/",
        "python3 -c 'import os; os.remove(\"x\")'",
        "python3 -c 'import shutil; help(shutil.rmtree)'",
    ):
        assert not recursive_removal(text), text


def test_reasons_name_the_program_and_can_be_printed() -> None:
    verdict = assess("sudo rm '\x1b[31mx' > '\u202ey'")
    assert verdict.level is Level.DESTRUCTIVE
    assert verdict.reasons[0] == "rm: removes files"
    assert all(reason.isprintable() for reason in verdict.reasons)


def test_import_is_light() -> None:
    code = "import sys, shellper.safety; print({'tree_sitter', 'tree_sitter_bash', 'difflib'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_comments_are_no_part_of_a_pipeline() -> None:
    assert level("curl -s x.io | # unread\nsh") == "forbidden"
    assert level("curl -s x.io | # unread\nsh > log") == "forbidden"
    assert level("true && # then\nrm -rf ~ > log") == "forbidden"
    assert level("sort a | # once\nuniq > a") == "destructive"


def test_the_order_of_hashes_changes_nothing() -> None:
    code = "from shellper.safety.rules import known_programs; print(known_programs())"
    orders = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(orders) == 1


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_what_bash_accepts_and_the_grammar_does_not() -> None:
    assert level("for i in a b; { ls $i; }") == "destructive"
    assert level("for i in a b; { rm -rf /; }") == "forbidden"
    assert level("for i in a b; { ls") == "invalid"


def test_files_written_and_run_in_one_line() -> None:
    assert level("echo 'rm -rf /' > x.sh; sh x.sh") == "forbidden"
    assert level("printf 'rm -rf ~' | tee x.sh >/dev/null; chmod +x x.sh; ./x.sh") == "forbidden"
    assert level("echo ls > x.sh; sh x.sh") == "caution"


def test_names_known_only_when_it_runs_are_never_safe() -> None:
    for text in ("$X", '"${a[$i]}" x', "$(cat f) x", "${x:-ls}", "${!x}", "$(openssl rand 3)"):
        assert level(text) == "caution", text
    assert level("$X -rf build") == "destructive"
    assert level("$X rm -rf build") == "destructive"


def test_code_that_is_not_written_out_needs_a_look() -> None:
    for text in (
        "awk '{system($1)}' f", "perl -e 'system(@ARGV)'", "ruby -e 'system(x)'", "php -r 'system($argv[1]);'",
        "python3 -c 'import os,sys; os.system(sys.argv[1])'", "python3 -c 'exec(input())'", "lua -e 'os.execute(arg[1])'",
    ):  # fmt: skip
        assert level(text) == "caution", text
    for text in ("awk '{print $1}' f", "perl -e 'print 1'", "python3 -c 'print(1)'", "node -e 'console.log(1)'"):
        assert level(text) == "safe", text


def test_files_that_are_read_while_they_are_emptied() -> None:
    for text in ("sort x > x", "cat x | sort > x", "sort < x > x", "jq .a x | tee x", "{ cat x; ls; } > x"):
        assert level(text) == "destructive", text
    for text in (
        "sort x > y",
        'echo "$(sort x)" > x',
        "sort x > y && mv y x",
        "cat x | ssh host 'cat > x'",
        "echo x > x",
    ):
        assert level(text) == "caution", text


def test_threads_may_read_at_the_same_time() -> None:
    lines = [f"find . -name '*{number}*' | xargs -n {number} rm" for number in range(1, 40)] * 5
    with ThreadPoolExecutor(4) as pool:
        levels = {verdict.level for verdict in pool.map(assess, lines)}
    assert levels == {Level.DESTRUCTIVE}


@pytest.mark.parametrize(
    "text",
    [
        "sed -i s/a/b/ *.txt",
        "sed -i.bak -e s/a/b/ a b c",
        "find . -name '*.py' -exec sed -i s/a/b/ {} +",
        "grep -rl a . | xargs sed -i s/a/b/",
        'for f in *.md; do sed -i s/a/b/ "$f"; done',
        "fd -e c -x perl -pi -e s/a/b/",
    ],
)
def test_many_files_are_rewritten(text: str) -> None:
    verdict = assess(text)
    assert verdict.level is Level.CAUTION
    assert any("rewrites many files in place" in reason for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("command", "reasons"),
    [
        ("tar -cf - src", []),
        ("docker kill web", ["docker: removes containers or images"]),
        ("docker compose kill web", ["docker: removes containers"]),
        ("docker-compose rm web", ["docker-compose: removes containers"]),
        ("perl -ni -e 1 a", ["perl: removes every line", "perl: rewrites files in place"]),
        ("perl -ni -e print a", ["perl: rewrites files in place"]),
        (
            "mawk '{print > \"/etc/hosts\"}' f",
            ["mawk: its code overwrites a device, or a file that the system needs"],
        ),
        ("mawk '{print > \"/etc/motd\"}' f", ["mawk: its code overwrites the system's files"]),
        ("mawk '{print > \"/dev/null\"}' f", []),
    ],
)
def test_one_reason_for_one_thing(command: str, reasons: list[str]) -> None:
    assert assess(command).reasons == reasons


def test_files_are_rewritten() -> None:
    for text in (
        "sed -i s/a/b/ x",
        "gawk -i inplace '{print}' x",
        "yq -i .a=1 x",
        "black src",
        "npx prettier --write .",
        "mogrify -resize 800 *.jpg",
        "magick mogrify -rotate 90 a.jpg",
    ):
        assert any("in place" in reason for reason in assess(text).reasons), text
    assert assess("patch -p1 < a.diff").level is Level.CAUTION
    for text in ("black --check src", "mogrify -path small -resize 800 *.jpg", "patch --dry-run -p1 < a.diff"):
        assert assess(text).level is Level.SAFE, text


@pytest.mark.parametrize(
    "text",
    [
        "a=(1); rm ${a[-%s]}",
        "echo a | cut -f %s | sh",
        "echo a | awk '{print $%s}' | sh",
        "rm $%s",
        "x=a; echo ${x:%s:1}",
    ],
)
def test_numbers_without_end(text: str) -> None:
    assert isinstance(level(text % ("9" * 5000)), str)


def test_a_pattern_in_the_last_place(tmp_path: Path) -> None:
    """The last match is where all goes; of a pattern with a single match that is what was meant."""
    for name in ("docs", "zoo"):
        (tmp_path / name).mkdir()
    (tmp_path / ".dot").touch()
    assert "goes into the last match" in assess("mv zoo/ *", cwd=tmp_path).reasons[0]
    for command in ("mv zoo *", "cp -r d* *", "mv *", "cp zoo .*/x", "cp zoo [!q]*/"):
        assert level(command, tmp_path) == "destructive", command
    for command in ("mv zoo do*/", "mv zoo d*", "mv zoo ./d*", "cp docs .d*"):
        assert level(command, tmp_path) == "caution", command


def test_unpacking_overwrites() -> None:
    """Only what asks first, as unzip and gunzip do, or prints, or lists, does not."""
    overwriting = (
        "tar xzf a", "tar -xf a -C new", "bsdtar -xf a", "unzip -o a.zip", "gunzip -f a.gz", "xz -df a.xz",
        "7z x a.7z -y", "unrar x -o+ a.rar", "cpio -idu < a",
    )  # fmt: skip
    for command in overwriting:
        assert any("overwrites" in reason for reason in assess(command).reasons), command
        assert level(command) == "caution", command
    for command in (
        "tar -tzf a",
        "tar -xkf a",
        "tar -xOf a x",
        "unzip a.zip",
        "gunzip a.gz",
        "gzip -cf a",
        "7z x a.7z",
    ):
        assert level(command) == "safe", command


@pytest.mark.parametrize(
    "command",
    ["grep -r $5.00 notes", "set -e; grep $5 notes", 'grep "$5" notes', 'awk "{print $5}" a', "cat <<E\n$5\nE"],
)
def test_a_prompt_has_no_parameters(command: str) -> None:
    assert assess(command).reasons == ["$5 is empty here: put it in single quotes"]


@pytest.mark.parametrize(
    "command",
    [
        "grep '$5' notes",
        "f() { ls $1; }; f a",
        "sh -c 'ls $1' _ a",
        "set -- a; ls $1",
        "set a; ls $1",
        "awk '{print $1}' a",
    ],
)
def test_parameters_that_are_given(command: str) -> None:
    assert level(command) == "safe"


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("bash -e x.sh", "bash: runs a script that was not read"),
        ("python3 app.py", "python3: runs a script that was not read"),
        (". ./env.sh", ".: runs a script that was not read"),
        ("./install.sh", "install.sh: runs a script or program that was not read"),
        ("~/x/run", "run: runs a script or program that was not read"),
        ("find . -name '*.rb' -exec ruby {} +", "ruby: runs a script that was not read"),
    ],
)
def test_a_script_that_was_not_read(command: str, reason: str) -> None:
    assert assess(command).reasons == [reason]


@pytest.mark.parametrize(
    "command",
    [
        "echo ls > x.sh; bash x.sh; . ./x.sh; ./x.sh",
        "printf 'print(1)' > a.py && python3 a.py",
        "bash -n x.sh",
        "sh -c ls x",
        "python3 -c 'print(1)'",
        "perl -pe s/a/b/ x",
        "php -l x.php",
        "source .venv/bin/activate && .venv/bin/pytest -x && /usr/bin/ls",
    ],
)
def test_code_that_was_read_or_is_installed(command: str) -> None:
    assert not any("not read" in reason for reason in assess(command).reasons)


def test_a_script_that_the_line_wrote_gets_its_arguments() -> None:
    assert level("echo 'rm -rf $1' > x.sh; ./x.sh /") == "forbidden"
    assert level("echo 'rm -rf $1' > x.sh; ./x.sh y") == "destructive"


@pytest.mark.parametrize(
    "option", ["--del", "--delete", *(f"--delete-{w}" for w in ("before", "during", "delay", "after", "excluded"))]
)
def test_every_way_in_which_rsync_deletes(option: str) -> None:
    """The verdict, the removal of trees and the explanation agree."""
    command = f"rsync -a {option} a/ b/"
    assert level(command) == "destructive"
    assert level(f"rsync -a {option} a/ ~/") == "forbidden"
    assert level(f"rsync -an {option} a/ ~/") == "safe"
    assert recursive_removal(command)
    assert explain(command).effects == ["copies a/ to b/, and removes there what the source lacks"]
