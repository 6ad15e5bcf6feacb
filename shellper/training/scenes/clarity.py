"""Whether a step that is said in passing, in one breath with what comes before it, can be meant in one way alone."""

from __future__ import annotations

import re

from shellper.training.dataset import Conversation
from shellper.training.phrases import PLACEHOLDER
from shellper.training.scenes.sources import Listing, Log, Matches, Pipeline, Search
from shellper.training.scenes.stages import SAVE, STAGE
from shellper.training.scenes.tables import Table
from shellper.training.scenes.workspace import Words

_UNLIKE = {
    "f_flat": r"\b(?:sub|recurs|below|under|every|any|whole|tree|all over|deep|level|inside)",
    "f_case": r"\b(?:case|upper|lower|capital)",
    "g_case": r"\b(?:case|upper|lower|capital)",
    "+hidden": r"\b(?:hidden|dot)",
}
"""What an opening must not say if the step is to follow, even if its command leaves room for it."""
WANTED = {"+only", "p_named", "t_rows"}
"""Steps of which but one may come: "the red ones and the blue ones" would be either."""


def fits(step: str, phrasing: str, words: Words, said: Conversation, changed: Pipeline | Table) -> bool:
    """Whether the words go with those before: nothing is said twice, or could be meant otherwise."""
    before = " ".join(request for request, _ in said)
    if any(mark in ("word", "x", "ext") and words[mark] in before for mark in PLACEHOLDER.findall(phrasing)):
        return False
    if step in _UNLIKE and re.search(_UNLIKE[step], before):
        return False
    if STAGE.get(step) == SAVE and "list" in phrasing and _is_number(changed):
        return False
    if step in WANTED and not re.search(
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
