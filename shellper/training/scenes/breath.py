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
from shellper.training.phrases import PLACEHOLDER, fill, scene_phrases
from shellper.training.scenes import refining, tables
from shellper.training.scenes.sources import Listing, Log, Matches, Pipeline, Search
from shellper.training.scenes.tables import Table
from shellper.training.scenes.variations import Draw
from shellper.training.scenes.workspace import Words
from shellper.training.turns import Record

State = TypeVar("State", Pipeline, Table)
Change = Callable[[State, Words], State | None]

NARROW, ORDER, CUT, END, SAVE, DONE = range(6)
_STAGES = {
    NARROW: "+details +hidden +readable +without +only f_ext f_larger f_smaller f_newer f_older f_today f_skip f_flat"
    " f_empty f_case f_named f_grep g_numbers g_case g_names g_word g_ext g_skip g_not p_named l_short l_author l_since"
    " l_file l_stat l_patch t_rows t_without t_no_header",
    ORDER: "+newest +oldest +biggest +smallest +sorted f_by_size p_memory p_cpu t_unique t_counts t_sorted"
    " t_numeric t_highest",
    CUT: "+first +last g_first g_context p_top l_n t_top",
    END: "+count f_count f_details f_total g_count g_only_match t_how_many_values t_sum t_average t_max t_min t_count",
    SAVE: "+save t_save",
    DONE: "f_delete f_copy f_move",
}
STAGE = {step: stage for stage, names in _STAGES.items() for step in names.split()}
"""The steps that add something, by the stage that they belong to: the rest of the scenes' steps change or take back."""

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
_UNLIKE = {
    "f_flat": r"\b(?:sub|recurs|below|under|every|any|whole|tree|all over|deep|level|inside)",
    "f_case": r"\b(?:case|upper|lower|capital)",
    "g_case": r"\b(?:case|upper|lower|capital)",
    "+hidden": r"\b(?:hidden|dot)",
}
"""What an opening must not say if the step is to follow, even if its command leaves room for it."""
_REPEATED = {"+without", "t_without", "g_not", "f_skip", "g_skip"}
"""The steps that may come twice."""
_WANTED = {"+only", "p_named", "t_rows"}
"""Steps of which but one may come: "the red ones and the blue ones" would be either."""
_JOINTS = [
    ([", "], [", "]),
    ([", "], [" and ", ", and "]),
    ([", "], [", then ", " then ", ", and then "]),
    ([" and "], [" and "]),
    (["; "], ["; "]),
    ([" - "], [" - "]),
    ([", ", " "], [" ", " and "]),
]
"""What stands between the parts of a request, and before the last one."""
_JOINT_WEIGHTS = [30, 24, 8, 7, 8, 5, 18]
_OPENED = re.compile(r"^(?:and|but|then|also|plus)\b")
_ATTACHED = re.compile(
    r"^(?:with|without|over|under|above|below|bigger|larger|smaller|newer|older|sorted|named|called|ending|containing|"
    r"matching|from|in|into|to|as|by|except|excluding|but|and|not older|changed|modified)\b"
)
"""Phrasings that go on without a joint: "bigger than 2M", "without the header"."""
_STATES = re.compile(r"^(?:it|they|their|the|we|i|there|no|not|and|but|those|only if|\d)\b")
"""Phrasings that are no thing to do "then"."""
_BUT = re.compile(r"^(?:only|just|without|not|no|skip|ignore|leave out|except)\b")


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


def join(requests: Sequence[str], chance: Random) -> str:
    """The parts as one request."""
    inner, final = chance.choices(_JOINTS, _JOINT_WEIGHTS)[0]
    said = requests[0]
    for number, part in enumerate(requests[1:], 2):
        joint = chance.choice(final if number == len(requests) else inner)
        if _OPENED.match(part):
            joint = chance.choice([", ", " "])
        elif _BUT.match(part) and chance.random() < 0.12:
            joint = chance.choice([", but ", " but "])
        elif ("then" in joint and _STATES.match(part)) or (joint == " " and not _ATTACHED.match(part)):
            joint = ", "
        said += joint + part
    return said


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
            if STAGE.get(name) == stage and name not in done - _REPEATED and not (name in _WANTED and done & _WANTED)
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
        if _fits(name, phrasing, words, said, changed):
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


def _fits(step: str, phrasing: str, words: Words, said: Conversation, changed: Pipeline | Table) -> bool:
    """Whether the words go with those before: nothing is said twice, or could be meant otherwise."""
    before = " ".join(request for request, _ in said)
    if any(mark in ("word", "x", "ext") and words[mark] in before for mark in PLACEHOLDER.findall(phrasing)):
        return False
    if step in _UNLIKE and re.search(_UNLIKE[step], before):
        return False
    if STAGE[step] == SAVE and "list" in phrasing and _is_number(changed):
        return False
    if step in _WANTED and not re.search(
        r"\b(?:only|just|keep|limit|narrow|restrict|filter (?:\w+ )*(?:for|to|on|by))\b", phrasing
    ):
        return False  # "but skip the red ones and the ones with wheels"
    return isinstance(changed, Table) or _is_clear(step, phrasing, changed)


def _is_number(state: Pipeline | Table) -> bool:
    """Whether what is shown is no list."""
    if isinstance(state, Table):
        return state.end in ("values", "sum", "average", "max", "min", "count")
    return bool(state.count) or (isinstance(state.source, Matches) and "c" in state.source.flags)


def _is_clear(step: str, phrasing: str, changed: Pipeline) -> bool:
    """Whether a phrasing says of this source what the step does."""
    source = changed.source
    if isinstance(source, Log):
        return step not in ("+only", "+without")
    if isinstance(source, Matches):
        return _matches_clear(step, phrasing, source, filtered=bool(changed.filters), ordered=bool(changed.sort))
    if step == "+save" and re.search(r"\bit\b", phrasing):  # the list, or what was found?
        return False
    if isinstance(source, Listing):
        return not (step == "+first" and "l" in source.flags)  # `ls -l` begins with a total
    return not isinstance(source, Search) or _search_clear(step, phrasing, source, filtered=bool(changed.filters))


def _matches_clear(step: str, phrasing: str, source: Matches, *, filtered: bool, ordered: bool) -> bool:
    if step == "+sorted":
        return "name" not in phrasing
    if step in ("g_word", "g_context") and "v" in source.flags:
        return False
    if step == "g_word" and not re.fullmatch(r"\w+", source.pattern):
        return False
    if step == "g_case" and not re.fullmatch(r"'?[\w ]*[A-Za-z]{2}[\w ]*'?", source.pattern):
        return False
    if step == "g_context" and ordered:
        return False
    # "without the red ones, ignore case": of which words?
    return not filtered or step in ("g_not", "g_first") or not step.startswith("g_")


def _search_clear(step: str, phrasing: str, source: Search, *, filtered: bool) -> bool:
    if step == "+sorted" and (source.size or source.age):  # in order of what?
        return bool(re.search(r"alphabet|abc|name", phrasing))
    if source.empty and step in ("f_larger", "f_smaller", "f_by_size", "f_total", "f_grep"):
        return False
    if step == "f_case":
        return not filtered and bool(re.search(r"[A-Za-z]{2}", source.name.removeprefix("-iname")))
    return not (source.type == "-type d" and ("file" in phrasing or step == "f_ext"))
