"""Gathers a set of training data: synthesised conversations, those that a user brings, and what must stay out.

    collect(...)    the same data for the same records, seed and additions
    Blocklist       what must not be trained on, as hashes: of the benchmarks that shellper is measured with, of its own
                    tests, if they are at hand, and of what a user gives

Held-out conversations are made like the others, from the same records with other values, phrasings and follow-ups; one
that also stands among those for training is left out of them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from itertools import islice, pairwise
from pathlib import Path
from random import Random
from typing import Any

from shellper.errors import ShellperError
from shellper.training import DATA
from shellper.training.dataset import HELD_OUT, Conversation, messages_of, read_dataset, unknown_tools
from shellper.training.noise import add_noise
from shellper.training.synthesis import synthesize
from shellper.training.turns import Record, TurnsError, problems, read_records

MOST_HELD_OUT = 1000
COPIES = 4
"""How often a conversation that the user brings is taken, typed differently each time."""

OWN_TESTS = Path(__file__).parents[2] / "tests" / "evaluation"
"""The tests written by hand; there in a checkout only."""
BENCH = DATA / "blocklist.json"
"""Hashes (see text_hash) of the texts of the benchmarks that shellper is measured with: of their requests, and of their
commands that are too long to be everybody's. It holds no sentence of them."""
CAUSES = ("bench", "own_tests", "blocklists")
"""What a conversation can be blocked by."""


@dataclass
class Blocklist:
    """What must not be trained on, as hashes; empty until it reads something.

    `bench` and `given` are of requests and commands, none of which may occur. Of shellper's own tests, `requests` are
    those of one turn, none of which may be a request (as a command it may: `ls -la`), and `pairs` are any two requests
    in a row in a conversation, which may not be so again.
    """

    bench: set[str] = field(default_factory=set)
    requests: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    given: set[str] = field(default_factory=set)

    def blocked_by(self, conversation: Conversation) -> str | None:
        """The first of CAUSES for which the conversation must stay out, if there is one."""
        requests = [text_hash(request) for request, _ in conversation]
        texts = _text_hashes(conversation) if self.bench or self.given else set()
        if not self.bench.isdisjoint(texts):
            return "bench"
        if not (self.requests.isdisjoint(requests) and self.pairs.isdisjoint(pairwise(requests))):
            return "own_tests"
        return None if self.given.isdisjoint(texts) else "blocklists"

    def read_bench(self) -> None:
        """Adds the benchmarks."""
        self.bench |= _read_hashes(BENCH)

    def read_own_tests(self, folder: Path = OWN_TESTS) -> None:
        """Adds the requests of shellper's own tests, as far as they are there. Raises TurnsError."""
        for file in sorted(folder.glob("*.turns")):
            for way in (way for record in read_records(file) for way in record.ways()):
                hashes = list(map(text_hash, way))
                if len(hashes) == 1:
                    self.requests.add(hashes[0])
                self.pairs.update(pairwise(hashes))

    def read(self, file: Path) -> None:
        """Adds the hashes of a JSON file: a list, or an object with the list as "keys". Raises ShellperError."""
        self.given |= _read_hashes(file)


def _read_hashes(file: Path) -> set[str]:
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ShellperError(f"cannot read {file}: {error.strerror}; check the path and its permissions") from None
    except (ValueError, RecursionError):
        raise ShellperError(f"{file} is no JSON: a blocklist is a list of hashes") from None
    keys = value.get("keys") if isinstance(value, dict) else value
    if not isinstance(keys, list):
        raise ShellperError(f'{file} holds no hashes: a list, or an object with a list as "keys"')
    return set(map(str, keys))


def text_hash(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-1 of the lower-case letters a to z and digits of a text."""
    return sha1(re.sub(r"[^a-z0-9]+", "", text.lower()).encode(), usedforsecurity=False).hexdigest()[:16]


def _text_hashes(conversation: Conversation) -> set[str]:
    """Those of all requests and commands, and of all that its training data will hold besides, such as arguments."""
    said = (text for exchange in conversation for text in exchange)
    return set(map(text_hash, (*said, *_strings(messages_of(conversation)))))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield value


@dataclass
class Collection:
    """Conversations for training and held out; how many each of CAUSES blocked, how many held out were duplicates."""

    train: list[Conversation] = field(default_factory=list)
    held_out: list[Conversation] = field(default_factory=list)
    blocked: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0

    def admits(self, talk: Conversation, blocklist: Blocklist) -> bool:
        """Whether the conversation may come in; one that may not is counted."""
        cause = blocklist.blocked_by(talk)
        if cause:
            self.blocked[cause] += 1
        return cause is None


def collect(
    records: Sequence[Record],
    turns: int,
    seed: int,
    *,
    added: Sequence[Conversation] = (),
    blocklist: Blocklist | None = None,
    tell: Callable[[int], None] = lambda _: None,
) -> Collection:
    """So many synthesised turns, and the added conversations; `tell` gets the number of turns made so far.

    Raises ShellperError where turns are wanted and there are no records to make them of.
    """
    blocked = blocklist or Blocklist()
    collection = Collection()
    made = 0
    stream = synthesize(records, seed) if records else iter(())
    while made < turns:
        talk = next(stream, None)
        if talk is None:
            raise ShellperError("there are no records to make conversations of: add some with --add FILE.turns")
        if not collection.admits(talk, blocked):
            continue
        collection.train.append(talk)
        made += len(talk)
        tell(min(made, turns))
    chance = Random(seed)
    for talk in added:
        if collection.admits(talk, blocked):
            collection.train += [copy for copy in _copies(talk, chance) if not blocked.blocked_by(copy)]
    chance.shuffle(collection.train)
    _hold_out(collection, records, seed, blocked)
    return collection


def _copies(talk: Conversation, chance: Random) -> list[Conversation]:
    """The conversation as it is, and as people type it in a hurry."""
    noisy = [[(add_noise(request, command, chance), command) for request, command in talk] for _ in range(COPIES - 1)]
    return [talk, *noisy]


def _hold_out(collection: Collection, records: Sequence[Record], seed: int, blocked: Blocklist) -> None:
    known = {tuple(talk) for talk in collection.train}
    wanted = min(MOST_HELD_OUT, round(len(collection.train) * HELD_OUT)) if records else 0
    for talk in islice(synthesize(records, -1 - seed), wanted) if wanted else ():
        if tuple(talk) in known:
            collection.duplicates += 1
        elif collection.admits(talk, blocked):
            collection.held_out.append(talk)


def read_additions(paths: Sequence[Path]) -> tuple[list[Record], list[Conversation]]:
    """What the user brings: records of `.turns` files, conversations of data. Raises ShellperError.

    shellper's own tests are refused: a model that was trained on them cannot be measured by them.
    """
    records: list[Record] = []
    conversations: list[Conversation] = []
    for path in paths:
        if path.resolve().is_relative_to(OWN_TESTS.resolve()):
            raise ShellperError(f"{path} is one of shellper's tests, which nothing is trained on: leave it out")
        if path.suffix == ".turns":
            records += _records(path)
            continue
        foreign = unknown_tools(path)
        if foreign:
            raise ShellperError(f"{path} has tools that shellper lacks ({', '.join(foreign)}): leave them out")
        conversations += read_dataset(path)
    return records, conversations


def _records(path: Path) -> list[Record]:
    records = read_records(path)
    wrong = next((problem for record in records for problem in problems(record)), None)
    if wrong:
        raise TurnsError(wrong)
    return records
