"""Reads `.turns` files: hand-written requests and the command that answers each.

Records are separated by blank lines. A turn is one or more `> request` lines, phrasings of the same request, and one
`$ command` line. A record of several turns is a conversation. `{slot}` stands for a value of a pool (see slots.py);
`##` starts a comment. A command that begins with `# ` is a question back to the user.

`python -m shellper.training.turns FILE…` checks files and shows samples.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shellper.training import slots

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Turn:
    """Phrasings of one request, and the command for all of them."""

    phrasings: tuple[str, ...]
    command: str


@dataclass(frozen=True)
class Record:
    """A conversation of one or more turns, and where it was written (FILE:LINE)."""

    turns: tuple[Turn, ...]
    source: str


class TurnsError(ValueError):
    """A `.turns` file that breaks the format; the text names file and line."""


def read_records(path: Path) -> list[Record]:
    """All records of a file. Raises TurnsError."""
    return list(_records(path.name, path.read_text(encoding="utf-8").splitlines()))


def read_all(folder: Path = DATA) -> list[Record]:
    """All records of all files of a folder, in the order of the file names."""
    return [record for path in sorted(folder.glob("*.turns")) for record in read_records(path)]


def _records(name: str, lines: Iterable[str]) -> Iterator[Record]:
    turns: list[Turn] = []
    phrasings: list[str] = []
    start = 0
    for number, line in enumerate([*lines, ""], 1):
        text = line.strip()
        if not text and phrasings:
            raise TurnsError(f"{name}:{number}: requests without a command")
        if not text and turns:
            yield Record(tuple(turns), f"{name}:{start}")
            turns = []
        elif text.startswith("> "):
            start = start if turns or phrasings else number
            phrasings.append(text[2:].strip())
        elif text.startswith("$ "):
            if not phrasings:
                raise TurnsError(f"{name}:{number}: a command without a request")
            turns.append(Turn(tuple(dict.fromkeys(phrasings)), text[2:].strip()))
            phrasings = []
        elif text and not text.startswith("##"):
            raise TurnsError(f"{name}:{number}: neither '> ' nor '$ ' nor '##'")


def problems(record: Record) -> Iterator[str]:
    """What is wrong with a record: unknown slots, slots nobody could know, commands that bash cannot parse."""
    known: set[str] = set()
    for turn in record.turns:
        wanted = set(slots.names(turn.command))
        for phrasing in turn.phrasings:
            unknown = [slot for slot in slots.names(phrasing, every=True) if not slots.is_slot(slot)]
            if unknown:
                yield f"{record.source}: no such slot: {unknown} in: {phrasing}"
            missing = wanted - known - set(slots.names(phrasing))
            if missing:
                yield f"{record.source}: {sorted(missing)} not said in: {phrasing}"
        for phrasing in turn.phrasings:
            known |= set(slots.names(phrasing))


def bash_errors(commands: Sequence[str]) -> list[str]:
    """The commands that `bash -n` rejects."""
    script = "\n".join(f"check_{number}() {{\n{command}\n}}" for number, command in enumerate(commands))
    if subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True, check=False).returncode == 0:
        return []
    if len(commands) == 1:
        return list(commands)
    half = len(commands) // 2
    return bash_errors(commands[:half]) + bash_errors(commands[half:])


def main(paths: list[str]) -> int:
    """Check files; the exit status is 1 if anything is wrong."""
    chance = random.Random(0)
    count = 0
    for path in map(Path, paths):
        try:
            records = read_records(path)
        except TurnsError as error:
            print(error)
            count += 1
            continue
        found = [problem for record in records for problem in problems(record)]
        commands: list[str] = []
        for record in records:
            filled = slots.fill(record_texts(record, chance), chance)
            commands += [command for command in filled[1::2] if not command.startswith("# ")]
            if chance.random() < 8 / len(records):
                print("\n".join(f"    {mark} {text}" for mark, text in zip(">$" * len(filled), filled, strict=False)))
        found += [f"{path.name}: bash cannot parse: {command}" for command in bash_errors(commands)]
        print("\n".join(found))
        phrasings = sum(len(turn.phrasings) for record in records for turn in record.turns)
        single = sum(len(record.turns) == 1 for record in records)
        print(
            f"{path.name}: {len(records)} records ({single} of one turn), {phrasings} phrasings, {len(found)} problems"
        )
        count += len(found)
    return 1 if count else 0


def record_texts(record: Record, chance: random.Random) -> list[str]:
    """A random phrasing and the command of each turn, in order: request, command, request, command …"""
    return [text for turn in record.turns for text in (chance.choice(turn.phrasings), turn.command)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
