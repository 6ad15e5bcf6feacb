"""The key with the real program behind it: a scripted endpoint for faults and timing, and the model in the package."""

from __future__ import annotations

import os
import pwd
import shlex
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from tests.programs import REAL, ROOT, require
from tests.terminal.endpoint import Endpoint
from tests.terminal.harness import CTRL_C, KEY, Session, Start, environment

BOURNE = pytest.mark.parametrize("shell", ["bash", "zsh"])
ALL = pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
SENTENCE = "show me everything here"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A scripted server."""
    with Endpoint() as server:
        yield server


def settings(endpoint: Endpoint) -> dict[str, str]:
    """The environment in which the program asks the scripted server."""
    return {
        "PYTHONPATH": str(ROOT),
        "SHELLPER_ENGINE": "endpoint",
        "SHELLPER_BASE_URL": endpoint.url,
        "SHELLPER_MODEL": "scripted",
    }


def scripted(start: Start, shell: str, endpoint: Endpoint, **wishes: object) -> Session:
    """A session whose program asks the scripted server."""
    return start(shell, program=REAL, env=settings(endpoint), **wishes)


def said(shell: str, line: str, message: str, terminal: object) -> bool:
    """Whether the screen is the line and a message that begins so."""
    rows: list[str] = terminal.rows  # type: ignore[attr-defined]
    text = " ".join(row for row in rows if row != line)
    return line in rows and text.startswith(f"shellper: {message}")


# ---- a scripted endpoint


@ALL
def test_a_command_from_the_endpoint(start: Start, endpoint: Endpoint, shell: str) -> None:
    endpoint.call = ("ls", {"a": True})
    session = scripted(start, shell, endpoint)
    session.press(SENTENCE)
    session.terminal.wait_line("$ ls -a")
    assert endpoint.asked[0]["messages"][-1] == {"role": "user", "content": SENTENCE}


@ALL
def test_a_follow_up_continues_the_conversation_of_the_terminal(start: Start, endpoint: Endpoint, shell: str) -> None:
    endpoint.call = ("mkdir", {"dir_name": "docs"})
    session = scripted(start, shell, endpoint)
    session.press("make a folder docs")
    session.terminal.wait_line("$ mkdir docs")
    session.terminal.send("\r")
    session.terminal.wait_rows("$ mkdir docs", "$")
    endpoint.call = ("cd", {"folder": "docs"})
    session.press("go there")
    session.terminal.wait_line("$ cd docs")
    users = [message["content"] for message in endpoint.asked[1]["messages"] if message["role"] == "user"]
    assert users == ["make a folder docs", "go there"]


@ALL
def test_an_answer_that_is_given_back_is_not_continued(start: Start, endpoint: Endpoint, shell: str) -> None:
    session = scripted(start, shell, endpoint)
    session.press(SENTENCE)
    session.terminal.wait_line("$ ls")
    session.terminal.settle()  # as somebody who has seen it
    session.press()
    session.terminal.wait_line(f"$ {SENTENCE}")
    endpoint.call = ("ls", {"a": True})
    session.press(" and all")
    session.terminal.wait_line("$ ls -a")
    users = [message["content"] for message in endpoint.asked[1]["messages"] if message["role"] == "user"]
    assert users == [f"{SENTENCE} and all"]


def test_two_terminals_have_two_conversations(start: Start, endpoint: Endpoint) -> None:
    for shell in ("bash", "zsh"):
        session = scripted(start, shell, endpoint)
        session.press(SENTENCE)
        session.terminal.wait_line("$ ls")
    assert [len([m for m in body["messages"] if m["role"] == "user"]) for body in endpoint.asked] == [1, 1]


INSIDE = {
    "tmux": "tmux -L {name} -f /dev/null new-session {command} \\; set status off",
    "screen": "screen -c /dev/null -S {name} sh -c {command}",
    "ssh": "ssh -tq -F {folder}/client_config here {command}",
    "su": "su --preserve-environment --shell={shell} root",  # another shell of the same terminal
}
ENDS = {"tmux": ["tmux", "-L", "{name}", "kill-server"], "screen": ["screen", "-S", "{name}", "-X", "quit"]}


@contextmanager
def ssh_server(folder: Path) -> Iterator[None]:
    """A server of ssh on loopback, and the configuration of the client that may come in."""
    sshd = require("sshd")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # which Debian's service makes when it starts
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = ["Port", f"{port}", "ListenAddress", "127.0.0.1", "HostKey", f"{folder}/host", "PidFile", "none"]
    server += ["AuthorizedKeysFile", f"{folder}/user.pub", "StrictModes", "no", "PermitRootLogin", "yes"]
    client = ["Host", "here", "HostName", "127.0.0.1", "Port", f"{port}", "IdentityFile", f"{folder}/user"]
    client += ["User", pwd.getpwuid(os.geteuid()).pw_name, "StrictHostKeyChecking", "no", "IdentitiesOnly", "yes"]
    client += ["UserKnownHostsFile", f"{folder}/known"]
    for name, words in {"server_config": server, "client_config": client}.items():
        lines = [" ".join(words[place : place + 2]) for place in range(0, len(words), 2)]
        (folder / name).write_text("\n".join(lines) + "\n")
    with subprocess.Popen(
        [sshd, "-D", "-e", "-f", folder / "server_config"], stderr=subprocess.PIPE, text=True
    ) as at_work:
        assert at_work.stderr is not None
        try:
            assert "listening" in at_work.stderr.readline()
            yield
        finally:
            at_work.terminate()


@pytest.mark.parametrize("program", INSIDE)
def test_a_conversation_inside(start: Start, endpoint: Endpoint, tmp_path: Path, program: str) -> None:
    require(program)
    if program == "su" and os.geteuid():
        pytest.skip("su would ask for a password")
    name, shell = f"shellper-{os.getpid()}-{tmp_path.name}", require("bash")
    session = scripted(start, "bash", endpoint)
    terminal, rc = session.terminal, tmp_path / "bashrc"
    rc.with_name(".bashrc").write_text(rc.read_text())
    # ssh hands over no environment.
    given = (
        {**environment("bash", tmp_path), **settings(endpoint), "TERM": "xterm-256color"} if program == "ssh" else {}
    )
    words = ["exec", "env", *(f"{key}={value}" for key, value in given.items()), shell]
    command = shlex.quote(f"{shlex.join(words)} --noprofile --rcfile {rc} -i")
    with ssh_server(tmp_path) if program == "ssh" else nullcontext():
        terminal.send("echo outside; clear\r")
        terminal.wait_rows("$")
        entry = INSIDE[program].format(name=name, command=command, shell=shell, folder=tmp_path)
        (tmp_path / "enter").write_text(f"{entry}; clear; echo outside again\n")
        terminal.send(". ./enter\r")
        terminal.until(lambda: terminal.line == "$", "the shell inside")
        try:
            terminal.send("\x0c")
            terminal.wait_rows("$")
            session.press(SENTENCE)
            terminal.wait_line("$ ls")
            terminal.send("\r")
            terminal.until(lambda: terminal.line == "$")
            session.press("and again")
            terminal.wait_line("$ ls")
            terminal.send("\x15exit\r")
            terminal.wait_rows("outside again", "$")
        finally:
            if program in ENDS:
                end = [word.format(name=name) for word in ENDS[program]]
                subprocess.run(end, capture_output=True, check=False)
    assert [m["content"] for m in endpoint.asked[1]["messages"] if m["role"] == "user"] == [SENTENCE, "and again"]


def typed_ahead(start: Start, shell: str, endpoint: Endpoint, folder: Path, sentence: str) -> Session:
    """A session in the folder, where Enter was typed while the answer was on its way."""
    session = scripted(start, shell, endpoint)
    session.terminal.send(f"cd {folder}; clear\r")
    session.terminal.until(lambda: session.terminal.line == "$", "the prompt")
    endpoint.hold()
    session.press(sentence)
    assert endpoint.stalling.wait(20)
    session.terminal.send("\r")
    session.terminal.settle()
    endpoint.release()
    return session


@ALL
@pytest.mark.parametrize(
    ("call", "runs"),
    [(("rm", {"file_name": "data", "recursive": True}), False), (("touch", {"file_name": "new"}), True)],
)
def test_an_enter_typed_ahead_runs_no_destructive_answer(
    start: Start, endpoint: Endpoint, tmp_path: Path, shell: str, call: tuple[str, dict[str, object]], runs: bool
) -> None:
    data = tmp_path / "work" / "data"
    data.mkdir(parents=True)
    endpoint.call = call
    terminal = typed_ahead(start, shell, endpoint, data.parent, SENTENCE).terminal
    if runs:
        terminal.until((data.parent / "new").exists, "the file")
        return
    terminal.until(lambda: any("rm -r" in row for row in terminal.rows), "the command")
    terminal.settle()
    assert data.exists()
    assert terminal.line.startswith("$ rm -r")


@ALL
@pytest.mark.parametrize("answer", ["fault", "question"])
def test_an_enter_typed_ahead_runs_no_sentence(
    start: Start, endpoint: Endpoint, tmp_path: Path, shell: str, answer: str
) -> None:
    sentence, work = "touch up the photos", tmp_path / "work"
    work.mkdir()
    if answer == "fault":
        endpoint.fault = 500
    else:
        endpoint.call = ("clarify", {"question": "Which photos?"})
    terminal = typed_ahead(start, shell, endpoint, work, sentence).terminal
    terminal.wait_for("shellper: ")
    terminal.settle()
    assert terminal.line == f"$ {sentence}"
    assert not list(work.iterdir())


@ALL
def test_no_server(start: Start, endpoint: Endpoint, shell: str) -> None:
    session = scripted(start, shell, endpoint)
    endpoint.__exit__()
    session.press(SENTENCE)
    session.terminal.until(lambda: said(shell, f"$ {SENTENCE}", "", session.terminal))
    assert "Traceback" not in session.terminal.text


@BOURNE
@pytest.mark.parametrize("fault", [401, 404, 500, "cut"])
def test_faults_of_the_server(start: Start, endpoint: Endpoint, shell: str, fault: int | str) -> None:
    endpoint.fault = fault
    session = scripted(start, shell, endpoint)
    session.press(SENTENCE)
    session.terminal.until(lambda: said(shell, f"$ {SENTENCE}", "", session.terminal))
    session.terminal.wait_line(f"$ {SENTENCE}")


@ALL
def test_ctrl_c_while_the_server_stalls(start: Start, endpoint: Endpoint, shell: str) -> None:
    endpoint.fault = "stall"
    session = scripted(start, shell, endpoint)
    session.press(SENTENCE)
    session.terminal.until(endpoint.stalling.is_set)
    session.terminal.send(CTRL_C)
    session.terminal.wait_rows(f"$ {SENTENCE}")
    endpoint.fault = 0
    session.terminal.send(KEY)
    session.terminal.wait_rows("$ ls")
    # What was cancelled is no part of the conversation.
    assert [m["content"] for m in endpoint.asked[-1]["messages"] if m["role"] == "user"] == [SENTENCE]


@ALL
def test_caution_needs_no_message(start: Start, endpoint: Endpoint, shell: str) -> None:
    endpoint.call = ("bash", {"command": "chmod u+x ."})
    session = scripted(start, shell, endpoint)
    session.press(SENTENCE)
    session.terminal.wait_rows("$ chmod u+x .")


@ALL
def test_forbidden_commands_never_reach_the_line(start: Start, endpoint: Endpoint, shell: str) -> None:
    endpoint.call = ("bash", {"command": "rm -rf /"})
    session = scripted(start, shell, endpoint)
    session.press(SENTENCE)
    session.terminal.until(lambda: said(shell, f"$ {SENTENCE}", "refused", session.terminal))
    assert "rm -rf" not in session.terminal.text


@ALL
def test_destructive_commands_come_with_the_reason(start: Start, endpoint: Endpoint, shell: str) -> None:
    endpoint.call = ("rm", {"file_name": "notes.txt"})
    session = scripted(start, shell, endpoint)
    session.press(SENTENCE)
    session.terminal.wait_line("$ rm notes.txt")
    session.terminal.settle()
    assert said(shell, "$ rm notes.txt", "destructive", session.terminal)


@ALL
def test_a_question_leaves_the_line(start: Start, endpoint: Endpoint, shell: str) -> None:
    endpoint.call = ("clarify", {"question": "Which file?"})
    session = scripted(start, shell, endpoint)
    session.press("delete it")
    session.terminal.until(lambda: said(shell, "$ delete it", "Which file?", session.terminal))


@ALL
def test_the_explanation(start: Start, endpoint: Endpoint, shell: str) -> None:
    bind = {
        "bash": """bind -x '"\\C-t": shellper_explain'""",
        "zsh": "bindkey '^T' shellper_explain",
        "fish": "bind \\ct shellper_explain",
    }[shell]
    session = scripted(start, shell, endpoint, after=bind)
    session.press("ls -l", key="\x14")
    session.terminal.wait_for("Risk: safe")
    session.terminal.wait_line("$ ls -l")
    assert not endpoint.asked


# ---- the model in the package


def embedded(start: Start, shell: str, model: Path) -> Session:
    """A session with the real thing."""
    return start(shell, program=REAL, env={"PYTHONPATH": str(ROOT), "SHELLPER_MODEL": str(model)})


@ALL
def test_the_model_answers_and_the_command_runs(start: Start, model: Path, shell: str, tmp_path: Path) -> None:
    session = embedded(start, shell, model)
    session.press("create a folder called reports")
    session.terminal.until(lambda: session.terminal.line.startswith("$ mkdir"), "a mkdir")
    assert "reports" in session.terminal.line
    session.terminal.send("\r")
    session.terminal.until((tmp_path / "reports").is_dir)


@BOURNE
def test_the_model_follows_up(start: Start, model: Path, shell: str) -> None:
    session = embedded(start, shell, model)
    session.press("show files larger than 100 MB")
    session.terminal.until(lambda: session.terminal.line.startswith("$ find"), "a find")
    assert "100M" in session.terminal.line
    session.terminal.send("\x15")
    session.terminal.wait_line("$")
    session.press("only in src")
    session.terminal.until(lambda: session.terminal.line.startswith("$ find"), "a find")
    assert "src" in session.terminal.line
    assert "100M" in session.terminal.line


@ALL
def test_the_model_is_interrupted(start: Start, model: Path, shell: str) -> None:
    session = embedded(start, shell, model)
    session.press("list all files " * 60 if shell != "fish" else SENTENCE)
    session.terminal.wait_for("…")
    session.terminal.send(CTRL_C)
    session.terminal.until(lambda: "…" not in session.terminal.text)
    session.terminal.settle(0.3)
    assert "list all files" in session.terminal.text or SENTENCE in session.terminal.text
