"""What an explanation is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace

UNKNOWN_OPTION = "an option that shellper does not know"


@dataclass(frozen=True)
class Part:
    """A piece of the command and what it does; `depth` 0 is a command, 1 its options, operands and redirections."""

    text: str
    meaning: str
    depth: int = 0


@dataclass(frozen=True)
class Position:
    """Where a command stands, as far as that changes what it does."""

    notes: tuple[str, ...] = ()
    """What is to be said of the next command, such as when it runs."""
    where: str = ""
    """Where, or when, it does what it does to files."""
    depth: int = 0
    """How many scripts it stands in."""

    def noting(self, *notes: str) -> Position:
        """The position with more to be said."""
        return replace(self, notes=(*self.notes, *notes))

    def inside(self, *notes: str) -> Position:
        """The position of what stands inside something to which the notes so far belong."""
        return replace(self, notes=notes)
