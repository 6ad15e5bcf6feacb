"""What an engine answers (a tool call) and what the user gets (a command)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CLARIFY = "clarify"
"""The tool with which the model asks back."""


@dataclass(frozen=True)
class ToolCall:
    """A tool's name and its arguments by parameter name, as JSON values."""

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The call as JSON values."""
        return {"name": self.name, "arguments": dict(self.arguments)}


@dataclass(frozen=True)
class Command:
    """One line of shell text, and the call that it was made from."""

    text: str
    call: ToolCall
