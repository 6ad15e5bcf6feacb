"""Reads `.turns` files: hand-written requests and the commands that answer each.

Records are separated by blank lines. A turn is one or more `> request` lines, phrasings of the same request, then a
`$ command` line; in a test several, all of which are right. A record of several turns is a conversation. `{slot}`
stands for a value of a pool (see slots.py); `##` starts a comment. A command that begins with `# ` is a question back
to the user.

`python -m shellper.training.turns FILE…` checks files and shows samples.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from shellper.errors import ShellperError
from shellper.training import DATA, slots


@dataclass(frozen=True)
class Turn:
    """Phrasings of one request, and the commands that are right for all of them."""

    phrasings: tuple[str, ...]
    commands: tuple[str, ...]

    @property
    def command(self) -> str:
        """The first command, which is the only one outside tests."""
        return self.commands[0]


@dataclass(frozen=True)
class Record:
    """A conversation of one or more turns, and where it was written."""

    turns: tuple[Turn, ...]
    file: Path
    line: int

    @property
    def source(self) -> str:
        """FILE:LINE."""
        return f"{self.file}:{self.line}"

    def ways(self) -> list[list[str]]:
        """Its requests in as many ways as the turn with the most phrasings has; the other turns repeat theirs."""
        most = max(len(turn.phrasings) for turn in self.turns)
        return [[turn.phrasings[way % len(turn.phrasings)] for turn in self.turns] for way in range(most)]


class TurnsError(ShellperError):
    """A `.turns` file that cannot be read or breaks the format; the text names the file and, in it, the line."""


def read_records(path: Path) -> list[Record]:
    """All records of a file. Raises TurnsError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except ValueError:
        raise TurnsError(f"cannot read {path}: it is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise TurnsError(f"cannot read {path}: {error.strerror}; check the path and its permissions") from None
    return list(_records(path, lines))


def read_all() -> list[Record]:
    """All records that shellper brings along, in the order of the file names. Raises TurnsError."""
    return [record for path in sorted(DATA.glob("*.turns")) for record in read_records(path)]


def _records(path: Path, lines: Iterable[str]) -> Iterator[Record]:
    numbered = ((number, line.strip()) for number, line in enumerate(lines, 1))
    written = ((number, line) for number, line in numbered if not line.startswith("##"))
    for blank, block in groupby(written, key=lambda each: not each[1]):
        if not blank:
            yield _record(path, list(block))


def _record(path: Path, lines: Sequence[tuple[int, str]]) -> Record:
    turns: list[Turn] = []
    phrasings: tuple[str, ...] = ()
    for mark, group in groupby(lines, key=lambda each: each[1][:2]):
        part = list(group)
        texts = tuple(dict.fromkeys(line[2:].strip() for _, line in part))
        if mark == "> ":
            phrasings = texts
        elif mark == "$ " and phrasings:
            turns.append(Turn(phrasings, texts))
            phrasings = ()
        else:
            raise _malformed(path, part[0][0])
    if phrasings:
        raise _malformed(path, lines[-1][0])
    return Record(tuple(turns), path, lines[0][0])


def _malformed(path: Path, line: int) -> TurnsError:
    return TurnsError(f"{path}:{line}: a record is lines of '> request', then lines of '$ command'")


def problems(record: Record) -> Iterator[str]:
    """Why a record cannot be trained on: several commands for a request, unknown slots, slots nobody could know."""
    known: set[str] = set()
    for turn in record.turns:
        if len(turn.commands) > 1:
            yield f"{record.source}: more than one command, keep one, for: {turn.phrasings[0]}"
        wanted = set(slots.names(turn.command))
        for phrasing in turn.phrasings:
            unknown = slots.unknown(phrasing)
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


def main(paths: Sequence[str]) -> int:
    """Check files; the exit status is 1 if anything is wrong."""
    chance = random.Random(0)
    return 1 if sum(_report(Path(path), chance) for path in paths) else 0


def _report(path: Path, chance: random.Random) -> int:
    """Prints samples of a file, what is wrong with it, and its size; the number of problems."""
    try:
        records = read_records(path)
    except TurnsError as error:
        print(error)
        return 1
    filled = [slots.fill(record_texts(record, chance), chance) for record in records]
    for texts in chance.sample(filled, min(8, len(filled))):
        print("\n".join(f"    {mark} {text}" for mark, text in zip(">$" * len(texts), texts, strict=False)))
    found = [problem for record in records for problem in problems(record)]
    commands = [command for texts in filled for command in texts[1::2] if not command.startswith("# ")]
    found += [f"{path}: bash cannot parse: {command}" for command in bash_errors(commands)]
    print("\n".join(found))
    phrasings = sum(len(turn.phrasings) for record in records for turn in record.turns)
    single = sum(len(record.turns) == 1 for record in records)
    print(f"{path.name}: {len(records)} records ({single} of one turn), {phrasings} phrasings, {len(found)} problems")
    return len(found)


def record_texts(record: Record, chance: random.Random) -> list[str]:
    """A random phrasing and the command of each turn, in order: request, command, request, command …"""
    return [text for turn in record.turns for text in (chance.choice(turn.phrasings), turn.command)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
