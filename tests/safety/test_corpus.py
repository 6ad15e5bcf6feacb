"""The corpora: commands in many disguises, and what people type all day. Mend rules when one fails, not lines."""

# ruff: noqa: E501
from __future__ import annotations

from pathlib import Path

import pytest

from shellper.safety import Level, assess
from shellper.safety.levels import Verdict

DATA = Path(__file__).parent / "data"


def corpus(name: str) -> list[str]:
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.replace("␤", "\n") for line in lines if line.strip() and not line.startswith("# ")]


def verdicts(name: str) -> list[tuple[str, Verdict]]:
    return [(command, assess(command)) for command in corpus(name)]


def test_sizes() -> None:
    assert len(corpus("forbidden")) + len(corpus("destructive")) >= 300
    assert len(corpus("benign")) >= 600
    for name in ("forbidden", "destructive", "benign"):
        assert len(set(corpus(name))) == len(corpus(name))


def test_every_catastrophe_is_forbidden() -> None:
    assert [found for found in verdicts("forbidden") if found[1].level is not Level.FORBIDDEN] == []


def test_every_loss_is_at_least_destructive() -> None:
    expected = (Level.DESTRUCTIVE, Level.FORBIDDEN)
    assert [found for found in verdicts("destructive") if found[1].level not in expected] == []


def test_false_alarms_stay_below_one_percent() -> None:
    found = verdicts("benign")
    alarms = [(command, verdict) for command, verdict in found if verdict.level > Level.CAUTION]
    assert len(alarms) <= len(found) // 100, alarms


@pytest.mark.parametrize("command", [c for c in corpus("benign") if c.startswith(("git log", "ls", "awk", "grep"))])
def test_reading_is_safe(command: str) -> None:
    assert assess(command).level in (Level.SAFE, Level.CAUTION)


@pytest.mark.parametrize(
    "wrapper",
    [
        "sudo {}", "sh -c '{}'", "({})", "{{ {}; }}", "nohup {} &", "true && {}", "x | {}", "if true; then {}; fi", "echo $({})",
        "timeout 5 {}", "env A=1 {}", "f() {{ {}; }}; f", "eval '{}'", "bash <<'E'\n{}\nE", "cat <({})", "for i in 1 2; do {}; done",
        "ssh host '{}'", "echo '{}' | sh", "nice -n 5 {} 2>/dev/null", "xargs {} < /dev/null", "! {}", "time {}", "A=1 {}",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("command", "level"),
    [("rm -rf /", "forbidden"), ("rm -rf ~/", "forbidden"), ("rm x", "destructive"), ("ls", "benign")],
)
def test_every_wrapper(wrapper: str, command: str, level: str) -> None:
    found = assess(wrapper.format(command)).level
    assert found <= Level.CAUTION if level == "benign" else found.value == level
