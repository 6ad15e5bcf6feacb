"""A command line in the process, with an engine that answers what the test says."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from shellper.cli import main
from tests.fakes import FakeEngine


@dataclass
class Result:
    """What a run of the command line left."""

    code: int
    out: str
    err: str


@dataclass
class CommandLine:
    """Runs shellper in the process. `engine` answers; `settings` are those that it was made with."""

    monkeypatch: pytest.MonkeyPatch
    capfd: pytest.CaptureFixture[str]
    engine: FakeEngine = field(default_factory=lambda: FakeEngine("ls"))
    settings: Any = None

    def answers(self, *answers: Any) -> None:
        """What the engine answers from now on."""
        self.engine = FakeEngine(*answers)

    def __call__(self, *arguments: str, stdin: str | bytes | None = None) -> Result:
        data = stdin.encode() if isinstance(stdin, str) else stdin or b""
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        self.capfd.readouterr()
        code = main(arguments)
        return Result(code, *self.capfd.readouterr())


@pytest.fixture
def shellper(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """The command line, in a terminal of its own."""
    command_line = CommandLine(monkeypatch, capfd)

    def create(settings: Any) -> FakeEngine:
        command_line.settings = settings
        return command_line.engine

    monkeypatch.setattr("shellper.engines.create_engine", create, raising=False)
    monkeypatch.setenv("SHELLPER_SESSION", "test")
    return command_line
