"""Gathers a set of training data: synthesised conversations, those that a user brings, and what must stay out.

    collect(...)    the same data for the same records, seed and additions
    Blocklist       texts that must not be trained on, as hashes; those of shellper's own tests, if they are at hand

Held-out conversations are made like the others, from the same records with other values, phrasings and follow-ups; one
that also stands among those for training is left out of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from shellper.errors import ShellperError
from shellper.training.dataset import HELD_OUT, Conversation, messages_of, read_dataset, unknown_tools
from shellper.training.noise import add_noise
from shellper.training.synthesis import synthesize
from shellper.training.turns import Record, TurnsError, problems, read_records

MOST_HELD_OUT = 1000
COPIES = 4
"""How often a conversation that the user brings is taken, typed differently each time."""

OWN_TESTS = Path(__file__).parents[2] / "tests" / "evaluation"
"""The tests written by hand; there in a checkout only."""


@dataclass
class Blocklist:
    """What must not be trained on.

    `texts` are hashes of requests and commands, none of which may occur; `requests` are hashes of all the requests of a
    conversation taken together.
    """

    texts: set[str] = field(default_factory=set)
    requests: set[str] = field(default_factory=set)

    def blocks(self, conversation: Conversation) -> bool:
        """Whether the conversation must stay out."""
        if _together(request for request, _ in conversation) in self.requests:
            return True
        if not self.texts:
            return False
        said = [text for exchange in conversation for text in exchange]
        return any(text_hash(text) in self.texts for text in [*said, *_strings(messages_of(conversation))])

    def read(self, file: Path) -> None:
        """Adds the hashes of a JSON file: a list, or an object with the list as "keys". Raises ShellperError."""
        try:
            value = json.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise ShellperError(f"cannot read {file}: {error.strerror}; check the path and its permissions") from None
        except (ValueError, RecursionError):
            raise ShellperError(f"{file} is no JSON: a blocklist is a list of hashes") from None
        keys = value.get("keys") if isinstance(value, dict) else value
        if not isinstance(keys, list):
            raise ShellperError(f'{file} holds no hashes: a list, or an object with a list as "keys"')
        self.texts.update(map(str, keys))

    def read_own_tests(self, folder: Path = OWN_TESTS) -> None:
        """Adds the conversations of shellper's own tests, as far as they are there. Raises TurnsError."""
        for file in sorted(folder.glob("*.turns")):
            for record in read_records(file):
                self.requests.update(map(_together, record.ways()))


def text_hash(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-1 of the lower-case letters a to z and digits of a text."""
    return sha1(re.sub(r"[^a-z0-9]+", "", text.lower()).encode(), usedforsecurity=False).hexdigest()[:16]


def _together(texts: Iterable[str]) -> str:
    return " ".join(map(text_hash, texts))


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
    """Conversations for training and held out; how many were blocked, and how many held-out ones were duplicates."""

    train: list[Conversation] = field(default_factory=list)
    held_out: list[Conversation] = field(default_factory=list)
    blocked: int = 0
    duplicates: int = 0


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
        if blocked.blocks(talk):
            collection.blocked += 1
            continue
        collection.train.append(talk)
        made += len(talk)
        tell(min(made, turns))
    chance = Random(seed)
    for talk in added:
        if blocked.blocks(talk):
            collection.blocked += 1
        else:
            collection.train += _copies(talk, chance)
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
        elif blocked.blocks(talk):
            collection.blocked += 1
        else:
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
