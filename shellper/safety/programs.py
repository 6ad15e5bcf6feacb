"""What everyday programs and their options do: the table in `programs.txt`, whose first lines describe its format."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """One program or subcommand of the table."""

    summary: str
    operands: str = ""
    options: dict[str, str] = field(default_factory=dict)


@cache
def programs() -> dict[str, Program]:
    """The table by name, subcommands under `git commit` and so on."""
    found: dict[str, Program] = {}
    names: list[str] = []
    for line in Path(__file__).with_name("programs.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            options, _, meaning = line.strip().partition(": ")
            for name in names:
                found[name].options.update(dict.fromkeys(options.split(", "), meaning))
        elif line and not line.startswith("#"):
            head, _, description = line.partition(": ")
            names = head.removesuffix("" if description else ":").split(", ")
            summary, _, operands = description.partition(" | ")
            if description:
                found.update({name: Program(summary, operands) for name in names})
    return found
