"""Engines: what turns a conversation into tool calls.

`base` is what an engine is, `history` what it is told of earlier turns.

`embedded` is the model in the package, which `runtime` runs on `cores`; `decoding` searches for the most probable
command, `copying` mends names in it, `plausibility` doubts words that nobody said.

`endpoint` is any server that speaks OpenAI's protocol, `server` what is known of one, `job_description` how a model
that was trained on the original's format is spoken to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shellper.engines.base import Engine
    from shellper.settings import Settings

__all__ = ["create_engine"]


def create_engine(settings: Settings) -> Engine:
    """The engine that the settings name. Nothing is loaded before the first request.

    Raises EngineError when the embedded model's file is missing, ConfigError for a job description that is none.
    """
    if settings.engine == "endpoint":
        from shellper.engines.endpoint import EndpointEngine

        return EndpointEngine(settings)
    from shellper.engines.embedded import EmbeddedEngine
    from shellper.models import model_path

    return EmbeddedEngine(model_path(settings), threads=settings.threads, allow_recursive=settings.allow_recursive)
