"""How dangerous a command is, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum


class Level(str, Enum):
    """Levels in order of danger: safe < caution < destructive < forbidden < invalid."""

    SAFE = "safe"
    CAUTION = "caution"
    DESTRUCTIVE = "destructive"
    FORBIDDEN = "forbidden"
    INVALID = "invalid"

    @property
    def rank(self) -> int:
        """The place in the order, 0 for safe."""
        return _ORDER.index(self)

    def __lt__(self, other: object) -> bool:
        return self.rank < Level(other).rank

    def __le__(self, other: object) -> bool:
        return self.rank <= Level(other).rank

    def __gt__(self, other: object) -> bool:
        return self.rank > Level(other).rank

    def __ge__(self, other: object) -> bool:
        return self.rank >= Level(other).rank

    def __str__(self) -> str:
        return self.value


_ORDER = tuple(Level)


@dataclass(frozen=True)
class Finding:
    """One observation about a command: how dangerous, and the reason as a phrase."""

    level: Level
    reason: str


@dataclass(frozen=True)
class Verdict:
    """The level of a whole command line; `reasons` are short phrases, the gravest first, empty when it is safe."""

    level: Level
    reasons: list[str] = field(default_factory=list)


def verdict(findings: Iterable[Finding]) -> Verdict:
    """The gravest level of all findings, with the reasons of every finding above safe."""
    ordered = sorted(findings, key=lambda finding: -finding.level.rank)
    level = ordered[0].level if ordered else Level.SAFE
    reasons = dict.fromkeys(finding.reason for finding in ordered if finding.level > Level.SAFE)
    return Verdict(level, list(reasons))
