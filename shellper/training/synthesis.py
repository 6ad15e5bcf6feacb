"""Makes conversations out of the hand-written records: values for the slots, follow-ups, references, scenes, noise.

Every phrasing is used once before any is used again, so that a small budget of training sees all of them; those of
hand-written conversations are used several times for each of a single request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from shellper.engines.history import Exchange
from shellper.safety import Level, assess
from shellper.training import followups, scenes, slots
from shellper.training.dataset import Conversation
from shellper.training.noise import add_noise
from shellper.training.turns import Record, Turn

MOST_TURNS = 8
SCENES = 0.2
"""The share of conversations that are simulated; see scenes/."""
BREATHS = 0.04
"""The share of conversations that begin with a scene said in one request."""
CONTINUED = 0.35
"""How many of those go on."""
TALKS = 4
"""How often a hand-written conversation is dealt where a single request is once: there is more to learn in it."""
TYPED = 0.02
"""The share of requests that are the command itself, as it should be answered."""


class Deck:
    """Deals records with a phrasing for the first turn; all of them come before any comes again.

    Conversations come TALKS times.
    """

    def __init__(self, records: Sequence[Record], chance: Random) -> None:
        self._cards = [
            (record, number)
            for record in records
            for number in range(len(record.turns[0].phrasings))
            for _ in range(1 if len(record.turns) == 1 else TALKS)
        ]
        self._chance = chance
        self._left: list[tuple[Record, int]] = []

    def __len__(self) -> int:
        return len(self._cards)

    def deal(self) -> tuple[Record, str]:
        """The next record, and the phrasing of its first turn."""
        if not self._left:
            self._left = self._chance.sample(self._cards, len(self._cards))
        record, number = self._left.pop()
        return record, record.turns[0].phrasings[number]


def synthesize(records: Sequence[Record], seed: int) -> Iterator[Conversation]:
    """An endless stream of conversations, the same for the same records and seed."""
    chance = Random(seed)
    deck = Deck(records, chance)
    openings = [record for record in records if scenes.refinable(record)]
    while True:
        plain = _plain(openings, deck, chance)
        conversation = [(_typed(request, command, chance), command) for request, command in plain]
        # A random folder may be one that a command must never touch: `chmod -R 600 {dir}`.
        if not any(_forbidden(command) for _, command in conversation):
            yield conversation


def _plain(openings: Sequence[Record], deck: Deck, chance: Random) -> Conversation:
    """A conversation of one of the kinds."""
    kind = chance.random()
    if kind < SCENES:
        return _scene(openings, chance)
    if kind < SCENES + BREATHS:
        said = scenes.at_once(openings, chance)
        return [said, *_next([said], deck, chance)] if chance.random() < CONTINUED else [said]
    return _conversation(deck, chance)


def _typed(request: str, command: str, chance: Random) -> str:
    """The request as somebody types it: in a hurry, or as the command that it asks for."""
    if not command.startswith("# ") and chance.random() < TYPED:
        return command
    return add_noise(request, command, chance)


def _forbidden(command: str) -> bool:
    return not command.startswith("# ") and assess(command).level in (Level.FORBIDDEN, Level.INVALID)


def _scene(openings: Sequence[Record], chance: Random) -> Conversation:
    return scenes.scene(openings, chance.choices(range(2, MOST_TURNS + 1), [16, 16, 16, 18, 14, 10, 10])[0], chance)


def _conversation(deck: Deck, chance: Random) -> Conversation:
    """Most conversations are short; each turn goes on from the last one, points back, or changes the subject."""
    turns: Conversation = _opening(deck, chance)
    wanted = chance.choices([1, 2, 3, 4, 5, 6, 8], [44, 16, 12, 9, 8, 6, 5])[0]
    while len(turns) < min(wanted, MOST_TURNS):
        turns += _next(turns, deck, chance)
    return turns[:MOST_TURNS]


def _next(turns: Conversation, deck: Deck, chance: Random) -> Conversation:
    kind = chance.random()
    if kind < 0.42:
        found = followups.follow_up(turns[-1][1], chance)
        if found:
            return [found]
    if kind < 0.75:
        referring = _referring(turns, deck, chance)
        if referring:
            return [referring]
    return _opening(deck, chance)


def _opening(deck: Deck, chance: Random) -> Conversation:
    record, phrasing = deck.deal()
    if len(record.turns) == 1 and chance.random() < 0.12:
        pair = followups.other_value(phrasing, record.turns[0].command, chance)
        if pair:
            return pair
    texts = [phrasing, record.turns[0].command]
    for turn in record.turns[1:]:
        texts += [chance.choice(turn.phrasings), turn.command]
    filled = slots.fill(texts, chance)
    return list(zip(filled[::2], filled[1::2], strict=True))


def _referring(turns: Conversation, deck: Deck, chance: Random) -> Exchange | None:
    """A new request about a file or folder that was named before, by a word that points back to it."""
    for _ in range(6):
        record, phrasing = deck.deal()
        turn = record.turns[0]
        found = _refer(turn, phrasing, turns, chance) if len(record.turns) == 1 else None
        if found:
            return found
    return None


def _refer(turn: Turn, phrasing: str, turns: Conversation, chance: Random) -> Exchange | None:
    named = slots.names(turn.command)
    for slot in named:
        kind = slots.kind(slot)
        target = _last_named(turns, kind)
        words = followups.pronoun(phrasing, slot, chance) if target else None
        if target and words and not target.startswith("-"):
            mark = "{" + slot + "}"
            if not slots.PLAIN.fullmatch(target) and re.search(
                r"['\w/]" + re.escape(mark) + "|" + re.escape(mark) + r"['\w/]", turn.command
            ):
                return None
            command = turn.command.replace(mark, slots.guard(slots.quote(target)))
            request, command = slots.fill([words, command], chance)
            return request, command
    return None


_FILE = re.compile(r"^(?:~/|/|\.{1,2}/)?[\w./ -]*\w\.(\w{1,7})$")
_FOLDER_COMMANDS = re.compile(r"^(?:cd|mkdir|ls|find|du|rmdir|tree)\b")


def _last_named(turns: Conversation, kind: str) -> str | None:
    """The last file (of a kind) or folder that the last three commands name, if only one is in question."""
    for _, command in reversed(turns[-3:]):
        words: list[str] = [single or plain for single, plain in re.findall(r"'([^']*)'|(\S+)", command)][1:]
        if kind in followups.FILE_SLOTS:
            files = [word for word in words if _FILE.match(word) and not re.search(r"[*|{}]", word)]
            if len(files) == 1 and (kind == "file" or files[0].endswith("." + kind)):
                return files[0]
            if files:
                return None
        elif kind == "dir" and _FOLDER_COMMANDS.match(command) and "|" not in command:
            folders = [
                word for word in words if re.fullmatch(r"(?:~/|/|\.{1,2}/)?\w[\w./-]*", word) and not _FILE.match(word)
            ]
            if folders and folders[0] in (words[0], words[-1]):
                return folders[0]
    return None
