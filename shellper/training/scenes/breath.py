"""A scene said in one breath: a list, a search or a table with all that is to become of it, in a single request.

The opening and one to three steps of refining.py or tables.py are phrased as they are turn by turn, then joined as
people do; the command is what the scene ends with. Steps come in the order of the stages of the command, so that the
request says what is done; none may take back anything that was said before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random
from typing import TypeVar

from shellper.engines.history import Exchange
from shellper.training.dataset import Conversation
from shellper.training.phrases import fill, scene_phrases
from shellper.training.scenes import refining, tables
from shellper.training.scenes.clarity import WANTED, fits
from shellper.training.scenes.joints import join
from shellper.training.scenes.sources import Listing, Log, Matches, Pipeline, Search
from shellper.training.scenes.stages import CUT, DONE, END, NARROW, ORDER, STAGE
from shellper.training.scenes.tables import Table
from shellper.training.scenes.variations import Draw
from shellper.training.scenes.workspace import Words
from shellper.training.turns import Record

State = TypeVar("State", Pipeline, Table)
Change = Callable[[State, Words], State | None]

LATER = re.compile(
    r"^(?:now|ok|okay|perfect|good|great|nice|oh|oops|hmm?|wait|sorry|actually|please|so|same|again|or|let's)\b|"
    r"^(?:can|could|would|is|are|do|does|did|any|which|what|why|who|how (?:about|does|is|do))\b|"
    r"^(?:no|wait|then|ok|and),|^(?:pipe|git|with -|[-|$>])|\?|\bthat$|"
    r"\b(?:again|instead|once more|same|meant|rather|forgot|forget|repeat|rerun|undo|switch|change|actually|now|please|"
    r"stop|not any ?more|too (?:many|much|long|big|deep)|a lot|not (?:all|every|the list)|much is that|"
    r"mess|random|mixed up|unsorted|not sorted|aren't|not in order|isn't enough|can't|don't see|looks (?:right|good)|"
    r"of (?:those|these|that|this)|from (?:that|these|those)|among|out of|on those|here|this|that list|before that|"
    r"what about|what if|if you|you (?:missed|left)|per file|(?:only|just) the values|ls|ll|"
    r"line (?:2|two)|second line|tail (?:-n )?\+2)\b"
)
"""Wordings that answer to what was shown, ask about it or turn it down: they fit a later turn alone."""
MOST_WORDS = 8
"""The longest phrasing of a step that is still said in passing."""
MOST_LETTERS = 190
TABLES = 0.2
_WEIGHTS = [50, 16, 14, 14, 14, 5]
"""How often a step is of which stage."""
_REPEATED = {"+without", "t_without", "g_not", "f_skip", "g_skip"}
"""The steps that may come twice."""


def play(records: Sequence[Record], chance: Random) -> Exchange:
    """One request and its command."""
    found = turns(records, chance)
    return join([request for request, _ in found], chance), found[-1][1]


def turns(records: Sequence[Record], chance: Random) -> Conversation:
    """The turns of a scene whose requests can be said in one breath, begun with one of the records or with a table."""
    steps = chance.choices([1, 2, 3], [30, 42, 28])[0]
    while True:
        table = not records or chance.random() < TABLES
        found = _table(steps, chance) if table else _pipeline(records, steps, chance)
        if found and sum(len(request) for request, _ in found) <= MOST_LETTERS:
            return found


@cache
def phrasings(step: str) -> list[str]:
    """The phrasings of a step that can be said in one breath with what comes before it."""
    return [line for line in scene_phrases()[step] if len(line.split()) <= MOST_WORDS and not LATER.search(line)]


def _pipeline(records: Sequence[Record], steps: int, chance: Random) -> Conversation:
    opening = refining.opening(records, chance)
    if opening is None or not _speakable(opening[0]) or _is_single(opening[1]):
        return []
    return _turns(*opening, refining.steps_of, refining.draw, steps, chance)


def _table(steps: int, chance: Random) -> Conversation:
    request, table = tables.opening(chance)
    return _turns(request, table, lambda _: tables.STEPS, tables.draw, steps, chance) if _speakable(request) else []


def _speakable(opening: str) -> bool:
    """Whether a request can go on: it is no question, and no sentence of its own."""
    return not re.search(
        r"[?!;:]|[.] |^(?:and|or|no|ok|oh|now|then|actually|so)\b|\b(?:please|pls|thanks|again|now)$", opening
    )


def _is_single(state: Pipeline) -> bool:
    """Whether but one file is listed or looked for: that is neither sorted nor counted."""
    source = state.source
    if isinstance(source, Listing):
        return bool(re.search(r"\w\.\w+'?$", source.folder))
    return isinstance(source, Search) and bool(source.name) and not re.search(r"[*?\[]", source.name)


def _turns(
    request: str,
    state: State,
    steps_of: Callable[[State], Mapping[str, Change[State]]],
    draw: Draw,
    wanted: int,
    chance: Random,
) -> Conversation:
    """The opening and so many steps, or nothing if none of a stage that was drawn can follow."""
    conversation = [(re.sub(r"(?<=[^.])\.$", "", request), state.render())]
    reached = _reached(state)
    done: set[str] = set()
    for stage in sorted(chance.choices(range(len(_WEIGHTS)), _WEIGHTS, k=wanted)):
        steps = {
            name: change
            for name, change in steps_of(state).items()
            if STAGE.get(name) == stage and name not in done - _REPEATED and not (name in WANTED and done & WANTED)
        }
        found = _step(state, steps, draw, conversation, chance) if _follows(stage, reached) else None
        if found is None:
            return []
        name, said, state = found
        conversation.append((said, state.render()))
        reached = max(reached, stage)
        done.add(name)
    return conversation


def _step(
    state: State, steps: Mapping[str, Change[State]], draw: Draw, said: Conversation, chance: Random
) -> tuple[str, str, State] | None:
    """One of the steps that goes with what was said, how it is said, and what the command has become."""
    for name in chance.sample(list(steps), len(steps)):
        words, values = draw(name, chance)
        phrasing = chance.choice(phrasings(name))
        changed = steps[name](state, values)
        if changed is None or changed == state or not _adds(state, changed):
            continue
        if fits(name, phrasing, words, said, changed):
            return name, fill(phrasing, words), changed
    return None


def _follows(stage: int, reached: int) -> bool:
    """Whether a stage may be asked for when another has been: what is sorted or cut is not counted."""
    if stage in (END, DONE):
        return reached == NARROW
    return stage > reached or (stage == NARROW and reached <= ORDER)


def _reached(state: Pipeline | Table) -> int:
    """The stage that an opening has come to."""
    if isinstance(state, Table):
        return END if state.end == "sum" else ORDER if state.end else NARROW
    source = state.source
    flags = set(source.flags) if isinstance(source, Listing | Matches) else set()
    if state.count or (isinstance(source, Matches) and flags & set("co")):
        return END
    if state.cut or (isinstance(source, Log) and source.number):
        return CUT
    if isinstance(source, Matches) and source.context:  # which lines are counted or cut is not clear
        return CUT
    return ORDER if getattr(source, "sort", "") or (isinstance(source, Listing) and flags & set("tSr")) else NARROW


def _adds(old: Pipeline | Table, new: Pipeline | Table) -> bool:
    """Whether all that was asked for before is asked for still."""
    if isinstance(old, Pipeline) and isinstance(new, Pipeline):
        if type(old.source) is not type(new.source):
            return isinstance(old.source, Search)  # what was found is searched
        if not all(_kept(name, value, getattr(new.source, name)) for name, value in vars(old.source).items()):
            return False
    return all(_kept(name, value, getattr(new, name)) for name, value in vars(old).items() if name != "source")


def _kept(name: str, old: str | tuple[str, ...] | bool, new: str | tuple[str, ...] | bool) -> bool:
    if isinstance(old, tuple) and isinstance(new, tuple):
        return new[: len(old)] == old
    if isinstance(old, str) and isinstance(new, str):
        if name == "flags":
            return set(old) <= set(new)
        if name in ("skip", "exclude"):
            return new.startswith(old)
        if name == "name":
            return not old or new.replace("-iname", "-name") == old.replace("-iname", "-name")
    return old == new or not old
