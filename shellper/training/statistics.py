"""The few statistics that a measurement needs: intervals for shares, and a test for the difference of two systems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb, sqrt
from typing import Any

Z = 1.959964
"""Of the 95 % interval."""


@dataclass(frozen=True)
class Share:
    """So many of so many, with the 95 % interval of Wilson (1927), which holds near 0 and 1 too."""

    right: int
    of: int

    @classmethod
    def count(cls, truths: Iterable[bool]) -> Share:
        """The share of those that are true."""
        known = list(truths)
        return cls(sum(known), len(known))

    @property
    def value(self) -> float:
        """From 0 to 1; 0 of nothing."""
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Its lower and upper end; everything, where nothing was counted."""
        if not self.of:
            return 0.0, 1.0
        spread = Z * Z / self.of
        middle = (self.value + spread / 2) / (1 + spread)
        half = Z / (1 + spread) * sqrt(self.value * (1 - self.value) / self.of + spread / self.of / 4)
        return max(0.0, middle - half), min(1.0, middle + half)

    def as_json(self) -> dict[str, Any]:
        """The numbers."""
        low, high = self.interval
        interval = [round(low, 6), round(high, 6)]
        return {"right": self.right, "of": self.of, "share": round(self.value, 6), "interval": interval}


def mcnemar(only_first: int, only_second: int) -> float:
    """The exact two-sided p-value that two systems are equally good (McNemar 1947).

    The counts are of points that only the one, and only the other, got right.
    """
    count = only_first + only_second
    if not count:
        return 1.0
    tail = sum(comb(count, each) for each in range(min(only_first, only_second) + 1))
    return min(1.0, float(2 * tail / 2**count))


def quantile(values: Iterable[float], share: float) -> float:
    """The value below which that share of the values lies; 0 of nothing."""
    known = sorted(values)
    return known[min(len(known) - 1, int(share * len(known)))] if known else 0.0
