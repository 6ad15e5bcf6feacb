"""check, config, history, reset, doctor, and the help of every command."""

from __future__ import annotations

import hashlib
import json
import re
import socket
import stat
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import click
import pytest

from shellper.cli import COMMANDS
from shellper.cli.group import root
from shellper.config_file import change
from shellper.storage import locked
from tests.cli.conftest import CommandLine
from tests.engines.test_models import gguf
from tests.programs import CTRL_G

JOB = json.dumps({"task_description": "t", "tools": [{"function": {"name": "ls"}}]})


def test_check(shellper: CommandLine) -> None:
    assert shellper("check", "ls -la | wc -l").out == "safe\n"
    assert shellper("check", "rm -rf build").out.startswith("destructive: ")
    assert shellper("check", "rm -rf /").code == 3
    assert shellper("check", "if").code == 1
    assert shellper("check", "ls", "-la").out == "safe\n"
    assert shellper("check", "--", "git", "status").out == "safe\n"


def test_check_does_not_call_safe_what_is_not_known(shellper: CommandLine) -> None:
    assert shellper("check", "ls | frob").out == "safe as far as is known: what frob does is not known\n"
    assert json.loads(shellper("check", "--json", "frob").out)["reasons"] == []


def test_check_many(shellper: CommandLine) -> None:
    result = shellper("check", "--json", stdin=b"ls\nrm -rf ~\nif\n\xff\xfe\r\n\necho \x1b[2J")
    verdicts = [json.loads(line) for line in result.out.splitlines()]
    assert [verdict["level"] for verdict in verdicts[:3]] == ["safe", "forbidden", "invalid"]
    assert (len(verdicts), result.code) == (6, 0)
    assert all(list(verdict) == ["command", "level", "reasons"] for verdict in verdicts)
    assert "\x1b" not in result.out
    single = json.loads(shellper("check", "--json", "ls").out)
    assert single == {"command": "ls", "level": "safe", "reasons": []}


def test_check_of_standard_input_tells_by_its_status(shellper: CommandLine) -> None:
    assert [shellper("check", stdin=text).code for text in (b"ls\n", b"ls\nif\n", b"rm -rf ~\nls\n")] == [0, 1, 3]
    assert shellper("check", "-", stdin=b"rm -rf /\n").code == 3
    assert shellper("check", "").code == 2


def test_words_that_name_a_program_are_a_command(shellper: CommandLine) -> None:
    assert shellper("check", "git", "push").out == "caution: git: network transfer\n"
    assert shellper("explain", "tar", "xzf", "a.tgz").out.startswith("tar xzf a.tgz\n")


def test_what_people_try_first(shellper: CommandLine) -> None:
    assert shellper("help").out == shellper("--help").out
    assert shellper("version").out == shellper("--version").out
    for words in (["config", "get", "engine"], ["model", "show"], ["feedback", "right"]):
        result = shellper(*words)
        assert (result.code, result.out) == (2, "")
        assert "No such command" in result.err


def test_config_shows_sources(shellper: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELLPER_API_KEY", "sk-very-secret")
    shellper("config", "set", "engine", "endpoint")
    table = json.loads(shellper("config", "show", "--json").out)
    assert table["engine"] == {"value": "endpoint", "source": "file"}
    assert table["api_key"] == {"value": "sk-…", "source": "environment"}
    assert 'engine           "endpoint"' in shellper("config").out


@pytest.mark.parametrize(("key", "shown"), [("sk-", "…"), ("elevenchars", "…"), ("twelve-chars", "twe…"), ("", "")])
def test_a_short_key_is_not_shown(shellper: CommandLine, monkeypatch: pytest.MonkeyPatch, key: str, shown: str) -> None:
    monkeypatch.setenv("SHELLPER_API_KEY", key)
    assert json.loads(shellper("config", "show", "--json").out)["api_key"]["value"] == shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["set", "timeout", "30"], "timeout is now 30"),
        (["set", "timeout", "0.1234567"], "timeout is now 0.1234567"),
        (["unset", "timeout"], "timeout is now 60 (default)"),
        (["unset", "model"], "model is now the packaged one (default)"),
        (["set", "api-key", "secret"], 'api_key is now "…"'),
        (["set", "model", "qwen"], 'model is now "qwen"; the engine is now endpoint'),
        (["set", "tools", "shell"], 'tools is written, but the environment counts more: it is "gorilla"'),
    ],
)
def test_config_says_what_holds_now(
    shellper: CommandLine, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.setenv("SHELLPER_TOOLS", "gorilla")
    result = shellper("config", *words)
    assert (result.code, result.out, result.err) == (0, "", f"shellper: {said}\n")


def test_config_set_beside_a_setting_that_is_broken(shellper: CommandLine, home: Path) -> None:
    shellper("config", "set", "timeout", "30")
    file = home / ".config/shellper/config.toml"
    file.write_text('timeout = "soon"\n')
    result = shellper("config", "set", "tools", "gorilla")
    assert (result.code, result.err.count("\n")) == (0, 1)
    assert "timeout in" in result.err
    assert shellper("config", "set", "timeout", "5").err == "shellper: timeout is now 5\n"


def test_config_set_takes_a_path_from_where_the_user_works(
    shellper: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.gguf").write_bytes(gguf())
    (tmp_path / "job.json").write_text(JOB)
    for name, value in (("model", "my.gguf"), ("job_description", "job.json")):
        shellper("config", "set", name, value)
        assert json.loads(shellper("config", "show", "--json").out)[name]["value"] == str(tmp_path / value)


def test_config_set_knows_a_model_file_by_more_than_its_name(
    shellper: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models/mine").write_bytes(gguf())
    monkeypatch.chdir(tmp_path)
    shellper("config", "set", "model", "models/mine")
    monkeypatch.chdir("/")
    table = json.loads(shellper("config", "show", "--json").out)
    assert table["model"]["value"] == str(tmp_path / "models/mine")
    assert table["engine"]["value"] == "embedded"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("model", "nope.gguf", "no model '{tmp}/nope.gguf': give the path"),
        ("model", "/nowhere/at-all", "no model '/nowhere/at-all'"),
        ("model", "notes.txt", "damaged or no GGUF model"),
        ("model", "short.gguf", "is cut off"),
        ("job_description", "nope.json", "check the path"),
        ("job_description", "notes.txt", "is no job description"),
        ("timeout", "-3", "timeout must be a number of seconds above 0"),
        ("threads", "-1", "threads must be a whole number"),
    ],
)
def test_config_set_checks_what_it_writes(
    shellper: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text("text")
    (tmp_path / "short.gguf").write_bytes(gguf()[:-1])
    result = shellper("config", "set", name, value)
    assert (result.code != 0, result.out, result.err.count("\n")) == (True, "", 1)
    assert said.format(tmp=tmp_path) in result.err
    assert json.loads(shellper("config", "show", "--json").out)[name]["source"] == "default"


def test_a_server_may_call_its_model_like_a_file(shellper: CommandLine) -> None:
    shellper("config", "set", "base_url", "http://localhost:9/v1")
    result = shellper("config", "set", "model", "served.gguf")
    assert (result.code, "a name at http://localhost:9/v1" in result.err) == (0, True)
    assert json.loads(shellper("config", "show", "--json").out)["model"]["value"] == "served.gguf"
    assert "a name at" not in shellper("config", "set", "model", "served").err


def test_config_that_cannot_be_written_says_what_to_do(
    shellper: CommandLine, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    (home / ".config").touch()
    assert "set XDG_CONFIG_HOME" in shellper("config", "set", "timeout", "3").err
    (home / ".config").unlink()
    monkeypatch.setenv("VISUAL", "no-such-editor")
    result = shellper("config", "edit")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "set EDITOR" in result.err


@pytest.mark.parametrize("model", ["notes.txt", "/", "./none"])
def test_a_path_is_no_model_of_a_server(
    shellper: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").touch()
    shellper("--model", model, "list files")
    assert shellper.settings.engine == "embedded"
    monkeypatch.setenv("SHELLPER_MODEL", model)
    shellper("list files")
    # By its name alone a file is meant only where it is typed.
    assert shellper.settings.engine == ("endpoint" if model == "notes.txt" else "embedded")


def test_changes_of_two_at_once_are_kept(shellper: CommandLine, home: Path) -> None:
    file = home / ".config/shellper/config.toml"
    file.parent.mkdir(parents=True)
    with locked(file.parent):
        other = Thread(target=change, args=("timeout", 5.0))
        other.start()
        other.join(0.3)
        file.write_text('tools = "gorilla"\n')
    other.join()
    assert file.read_text() == 'tools = "gorilla"\ntimeout = 5\n'


def test_groups_show_what_they_have_as_json_too(shellper: CommandLine) -> None:
    assert shellper("config", "--json").out == shellper("config", "show", "--json").out
    assert shellper("model", "--json").out == shellper("model", "list", "--json").out
    assert "shellper config show" in shellper("config", "get", "engine").err


def test_config_unset_removes_a_slip_too(shellper: CommandLine, home: Path) -> None:
    file = home / ".config/shellper/config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("engin = 'x'\ntimeout = 5\n")
    assert shellper("config", "unset", "engin").err == "shellper: engin is removed\n"
    assert file.read_text() == "timeout = 5\n"
    assert shellper("config", "unset", "engin").code == 2


def test_config_set_and_unset_leave_the_rest_alone(shellper: CommandLine, home: Path) -> None:
    file = Path(shellper("config", "path").out.strip())
    assert file == home / ".config/shellper/config.toml"
    assert shellper("config", "set", "timeout", "30").code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = '# mine\ntimeout = 5  # short\n\ntools = "gorilla"\n[other]\ntools = 1\n'
    file.write_text(text.replace("[other]\ntools = 1\n", ""))
    shellper("config", "set", "base-url", "http://localhost:8080/v1")
    assert file.read_text().startswith('# mine\ntimeout = 5  # short\n\ntools = "gorilla"\nbase_url')
    shellper("config", "set", "timeout", "7")
    assert "timeout = 7" in file.read_text()
    assert "timeout = 5" not in file.read_text()
    shellper("config", "unset", "timeout")
    assert "timeout" not in file.read_text()
    file.write_text(text)
    before = file.read_text()
    assert shellper("config", "set", "tools", "shell").code == 1
    assert file.read_text() == before


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["set", "enigne", "x"], "did you mean engine"),
        (["set", "engine", "cloud"], "must be embedded or endpoint"),
        (["set", "timeout", "soon"], "seconds above 0"),
        (["unset", "nothing-like-it"], "known are"),
    ],
)
def test_config_set_refuses_nonsense(shellper: CommandLine, words: list[str], part: str) -> None:
    result = shellper("config", *words)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert part in result.err


def test_config_set_reads_any_text(shellper: CommandLine) -> None:
    value = 'a "b" \\ ü \x7f'
    shellper("config", "set", "model", value)
    assert json.loads(shellper("config", "show", "--json").out)["model"]["value"] == value


def test_config_edit(shellper: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "sed -i 's/# timeout = 60/timeout = 9/'")
    monkeypatch.delenv("VISUAL", raising=False)
    assert shellper("config", "edit").code == 0
    assert json.loads(shellper("config", "show", "--json").out)["timeout"]["value"] == 9
    monkeypatch.setenv("EDITOR", "sed -i 's/timeout = 9/timeout = soon/'")
    assert shellper("config", "edit").code == 1


def test_a_linked_configuration_stays_a_link(shellper: CommandLine, home: Path) -> None:
    (home / "dotfiles.toml").touch()
    file = home / ".config/shellper/config.toml"
    file.parent.mkdir(parents=True)
    file.symlink_to(home / "dotfiles.toml")
    shellper("config", "set", "tools", "gorilla")
    assert file.is_symlink()
    assert (home / "dotfiles.toml").read_text() == 'tools = "gorilla"\n'


def test_history_shows_no_control_characters(shellper: CommandLine) -> None:
    shellper.answers("ls")
    shellper("list \x1b[2J files")
    assert "\x1b" not in shellper("history").out + shellper("history", "--json").out


def test_without_a_terminal_history_and_reset_say_so(shellper: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHELLPER_SESSION")
    monkeypatch.setattr("shellper.terminal._from_proc", lambda: None)
    monkeypatch.setattr("shellper.terminal._from_ps", lambda: None)
    assert "SHELLPER_SESSION" in shellper("history").err
    assert "SHELLPER_SESSION" in shellper("reset").err
    assert shellper("list files").out == "ls\n"


def test_doctor(shellper: CommandLine, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellper.cli.doctor.look", lambda _shell: None)
    monkeypatch.setenv("SHELLPER_HOOK", "zsh 0.0.0 17")
    state = home / ".local/state/shellper"
    state.mkdir(parents=True, mode=0o755)
    state.chmod(0o755)
    result = shellper("doctor", "--json")
    found = {finding["name"]: finding for finding in json.loads(result.out) if finding["state"] == "broken"}
    assert result.code == 1
    assert found["hook"]["repair"] == "open a new terminal"
    assert found["state"]["repair"] == f"chmod 700 {state}"
    assert "test" not in found
    assert "-> chmod 700" in shellper("doctor").out


@pytest.mark.usefixtures("no_key")
def test_advice_can_be_pasted(shellper: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "Application Support"))
    (tmp_path / "Application Support/shellper").mkdir(parents=True, mode=0o755)
    assert f"chmod 700 '{tmp_path}/Application Support/shellper'" in shellper("doctor").out


def findings(shellper: CommandLine, *words: str) -> tuple[int, dict[str, list[tuple[str, str]]]]:
    """The exit status of doctor, and by name what it found and in what state."""
    result = shellper("doctor", "--json", *words)
    found: dict[str, list[tuple[str, str]]] = {}
    for finding in json.loads(result.out):
        found.setdefault(finding["name"], []).append((finding["state"], finding["seen"]))
    return result.code, found


@pytest.fixture
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellper.cli.doctor.look", lambda _shell: None)


def denied(path: Path) -> Callable[..., Any]:
    """Path.stat where what is in the path cannot be looked at, which root always can."""
    stat_of = Path.stat

    def look(self: Path, **options: Any) -> Any:
        if path in self.parents:
            raise PermissionError(13, "Permission denied", str(self))
        return stat_of(self, **options)

    return look


@pytest.mark.usefixtures("no_key")
def test_doctor_reports_a_state_folder_that_cannot_be_read(
    shellper: CommandLine, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = home / ".local/state/shellper"
    state.mkdir(parents=True, mode=0o700)
    monkeypatch.setattr(Path, "stat", denied(state))
    result = shellper("doctor")
    assert (result.code, result.err) == (1, "")
    assert f"{state}/conversations cannot be looked at: Permission denied" in result.out
    assert f"-> chmod 700 {state}\n" in result.out
    assert "hook" in result.out


@pytest.mark.usefixtures("no_key")
def test_doctor_reports_a_state_folder_that_cannot_be_made(
    shellper: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    result = shellper("doctor")
    assert (result.code, result.err) == (1, "")
    assert f"cannot be made in {tmp_path / 'file'}" in result.out
    assert "set XDG_STATE_HOME" in result.out


@pytest.mark.usefixtures("no_key")
@pytest.mark.parametrize(
    ("text", "variable", "cure"),
    [
        ("nonsense", "", "mend it with: shellper config edit"),
        ('tools = "x"', "", "-> shellper config edit"),
        ("", "x", "-> unset SHELLPER_TOOLS"),
    ],
)
def test_doctor_says_how_a_setting_is_mended(
    shellper: CommandLine, home: Path, monkeypatch: pytest.MonkeyPatch, text: str, variable: str, cure: str
) -> None:
    file = home / ".config/shellper/config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    monkeypatch.setenv("SHELLPER_TOOLS", variable)
    report = shellper("doctor").out
    assert (report.count(cure), report.count("config edit")) == (1, int(not variable))


@pytest.mark.usefixtures("no_key")
def test_doctor_says_where_a_missing_model_is_named(shellper: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELLPER_MODEL", "/nowhere/m.gguf")
    _, found = findings(shellper)
    [(state, seen)] = found["model"]
    assert (state, "which SHELLPER_MODEL names" in seen, "--model" in seen) == ("broken", True, False)


@pytest.mark.usefixtures("no_key")
def test_doctor_looks_at_the_model_and_asks_it(shellper: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(gguf())
    code, found = findings(shellper, "--model", str(path))
    assert code == 0
    [(state, seen)] = found["model"]
    assert state == "ok"
    assert hashlib.sha256(gguf()).hexdigest()[:16] in seen
    [(state, seen)] = found["test"]
    assert state == "ok"
    assert re.fullmatch(r"list all files -> ls \(\d+\.\d\d s\)", seen)
    assert {"python", "engine", "state", "terminal", "hook"} <= found.keys()
    path.write_bytes(gguf()[:-1])
    code, found = findings(shellper, "--model", str(path))
    assert code == 1
    assert found["model"][0][0] == "broken"


@pytest.mark.usefixtures("no_key")
def test_doctor_asks_an_endpoint_for_its_models(shellper: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellper.engines.endpoint.list_models", lambda _settings: ["distil_model:latest", "other"])
    code, found = findings(shellper, "--engine", "endpoint")
    assert code == 0
    assert found["endpoint"] == [("ok", "http://localhost:11434/v1 has distil_model:latest, other")]
    _, found = findings(shellper, "--model", "missing")
    assert found["endpoint"][1] == ("note", "missing is not among them")


@pytest.mark.usefixtures("no_key")
def test_doctor_says_that_nothing_answers(shellper: CommandLine) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
    code, found = findings(shellper, "--base-url", url)
    assert code == 1
    [(state, seen)] = found["endpoint"]
    assert state == "broken"
    assert "nothing answers" in seen
    assert "test" not in found  # it would say the same


@pytest.mark.parametrize("name", ["api_key", "model", "base_url"])
def test_bytes_that_are_no_text_are_no_setting(shellper: CommandLine, name: str) -> None:
    result = shellper("config", "set", name, "http://a\udcff")
    assert (result.code, f"{name} must be" in result.err, result.err.count("\n")) == (2, True, 1)


def test_only_plain_names_are_completed(shellper: CommandLine, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    plain = ["qwen3:0.6b", "hf.co/some/Model-1.5B@q4", "modèle", "my model"]
    hostile = ["$(touch x)m", "`touch x`", "\x1b]0;m\x07", "a\nb", "a\n", "m;x", "~", "*", "--new", ""]
    hostile += [" a", "a ", "a\tb", "a ~", "a $(touch x)"]
    monkeypatch.setattr("shellper.engines.endpoint.list_models", lambda _settings: hostile + plain)
    shellper("config", "set", "engine", "endpoint")
    assert shellper("completions", "--models").out.splitlines() == plain
    for name in ("mine", "$(touch x)"):
        (home / f".local/state/shellper/models/{name}").mkdir(parents=True)
        (home / f".local/state/shellper/models/{name}/shellper.gguf").touch()
    assert shellper("completions", "--model-names").out.splitlines() == ["packaged", "mine"]


def test_completions_ask_a_server_only_where_one_is_in_use(
    shellper: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def list_models(settings: object) -> list[str]:
        asked.append(settings)
        return ["qwen"]

    monkeypatch.setattr("shellper.engines.endpoint.list_models", list_models)
    shellper("config", "set", "base_url", "http://localhost:1/v1")
    shellper("config", "set", "engine", "embedded")
    assert (shellper("completions", "--models").out, asked) == ("", [])
    shellper("config", "unset", "engine")
    assert (shellper("completions", "--models").out, len(asked)) == ("qwen\n", 1)


@pytest.mark.usefixtures("no_key")
def test_doctor_says_a_cure_once(shellper: CommandLine, home: Path) -> None:
    file = home / ".config/shellper/config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('modle = "x"\ntoolz = "shell"\n')
    result = shellper("doctor")
    assert result.out.count("did you mean") == 2
    assert result.out.count("-> shellper config edit") == 1


@pytest.mark.parametrize(
    ("shell", "lines", "state"),
    [
        ("bash", '"\\C-g": abort\n"\\C-x\\C-g": abort', "ok"),
        ("bash", '"\\C-g": "shellper_request"', "ok"),
        ("bash", '"\\C-g\\C-f": "fzf-git"', "note"),
        ("zsh", 'bindkey "^G" _navi_widget', "note"),
        ("zsh", 'bindkey "^G" send-break\nbindkey "^[^G" send-break', "ok"),
    ],
)
def test_doctor_names_key_conflicts(shell: str, lines: str, state: str) -> None:
    from shellper import keys
    from shellper.cli import doctor

    seen = keys.read(shell, "5.2", CTRL_G[shell], lines)
    assert [finding.state for finding in doctor._key(seen)] == [state]


def test_doctor_says_how_a_free_key_gets_the_hook() -> None:
    from shellper import keys
    from shellper.cli import doctor

    [finding] = doctor._key(keys.read("zsh", "5.9", CTRL_G["zsh"], ""))
    assert finding.seen == "^G in zsh is free; new terminals do not load the hook yet"
    assert finding.repair == 'add to ~/.zshrc: eval "$(shellper init zsh)"'


def test_doctor_says_that_an_old_bash_has_no_key() -> None:
    from shellper import keys
    from shellper.cli import doctor

    [finding] = doctor._key(keys.read("bash", "3.2.57(1)-release", CTRL_G["bash"], ""))
    assert "the hook needs 4.0" in finding.seen
    assert "shellper REQUEST" in finding.repair


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(root)
    found: list[tuple[str, click.Command]] = [("shellper", root)]
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        assert command, name
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {part}", each) for part, each in command.commands.items()]
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_help_has_an_example(name: str, command: click.Command) -> None:
    text = command.get_help(click.Context(command, info_name=name))
    assert "Example" in text
    assert f"shellper {name.removeprefix('shellper')}".strip() in text.partition("Example")[2]


def test_every_command_has_a_line_in_the_help(shellper: CommandLine) -> None:
    text = shellper("--help").out
    assert all(COMMANDS[name] in text for name in root.list_commands(click.Context(root)))


def test_the_version(shellper: CommandLine) -> None:
    assert shellper("--version").out.startswith("shellper ")
