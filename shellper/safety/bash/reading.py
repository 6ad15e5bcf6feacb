"""What reading a command line gives, and the bounds on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from shellper.safety.calls import Call
from shellper.safety.levels import Finding, Level

MAX_DEPTH = 16
MAX_CALLS = 1500
MAX_NODES = 40_000

UNREADABLE = Finding(Level.DESTRUCTIVE, "cannot be read completely: look at it yourself")
"""For what bash accepts and the grammar does not know."""


class TooMuch(Exception):
    """The command is too deep or too large to be followed."""


@dataclass
class Budget:
    """What is left to spend on one command line."""

    calls: int = MAX_CALLS
    nodes: int = MAX_NODES

    def call(self) -> None:
        """Count one command. Raises TooMuch when there were too many."""
        self.calls -= 1
        if self.calls < 0:
            raise TooMuch

    def node(self) -> None:
        """Count one node. Raises TooMuch when there were too many."""
        self.nodes -= 1
        if self.nodes < 0:
            raise TooMuch


@dataclass
class Reading:
    """Every command that was found, in order, and what the structure itself gives away."""

    calls: list[Call] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    substituted: set[int] = field(default_factory=set)
    """The places of those calls whose output is put into words: they are done before a redirection happens."""
    definitions: set[str] = field(default_factory=set)
    budget: Budget = field(default_factory=Budget)
