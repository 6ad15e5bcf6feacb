"""What a model at an endpoint was trained with: a task and tools, in the form of distil-SHELLper's own file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shellper.errors import ConfigError


@dataclass(frozen=True)
class JobDescription:
    """A task and tools in the form of job_description.json: what a model trained on it was shown."""

    task: str
    tools: list[dict[str, Any]]

    @classmethod
    def load(cls, path: Path) -> JobDescription:
        """Read a job description. Raises ConfigError when the file cannot be read or has another form."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            task, tools = data["task_description"], data["tools"]
            named = [tool["function"]["name"] for tool in tools]
        except OSError as error:
            raise ConfigError(f"cannot read the job description {path}: {error.strerror}; check the path") from None
        except (ValueError, KeyError, TypeError, RecursionError):
            named, task = None, None
        if not isinstance(task, str) or not named or not all(isinstance(name, str) for name in named):
            raise ConfigError(f'{path} is no job description: it must be {{"task_description": …, "tools": […]}}')
        return cls(task, tools)
