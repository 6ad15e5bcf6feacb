"""shellper as a program, with an engine that answers what the environment says.

FAKE_ANSWERS    JSON list of commands (text) or calls ({"name", "arguments"})
FAKE_SECONDS    how long each answer takes
"""

from __future__ import annotations

import json
import os
import sys
import time

import shellper.engines
from shellper.__main__ import main
from shellper.settings import Settings
from shellper.tools.call import ToolCall
from tests.fakes import FakeEngine

answers = [
    answer if isinstance(answer, str) else ToolCall(answer["name"], answer["arguments"])
    for answer in json.loads(os.environ.get("FAKE_ANSWERS", '["ls"]'))
]
ENGINE = FakeEngine(*answers, before=lambda: time.sleep(float(os.environ.get("FAKE_SECONDS", "0"))))


def create_engine(_settings: Settings) -> FakeEngine:
    """The engine of the test."""
    return ENGINE


shellper.engines.create_engine = create_engine  # type: ignore[assignment]
sys.exit(main())
