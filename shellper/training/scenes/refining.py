"""A list or a search that is changed step by step, each time as a whole: what it shows, in which order, how much of it.

The first request is one of the hand-written records whose command sources.py can read; what is read there is written
again with one change, so that the rest of the command stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from random import Random
from typing import TypeVar

from shellper.training import slots
from shellper.training.dataset import Conversation
from shellper.training.phrases import say
from shellper.training.scenes.sources import Listing, Log, Matches, Pipeline, Processes, Search, Source
from shellper.training.turns import Record

SKIPPED = ["node_modules", ".git", "venv", "build", "dist", "target", "vendor", "__pycache__", ".cache", ".venv"]
Values = dict[str, str]
Step = Callable[[Pipeline, Values], Pipeline | None]
"""What becomes of a command line, with values for what was asked; None where the step does not apply."""
Kind = TypeVar("Kind", Listing, Search, Matches, Log)


def play(records: Sequence[Record], turns: int, chance: Random) -> Conversation:
    """A conversation; empty where no record was found that can be refined."""
    found = opening(records, chance)
    if found is None:
        return []
    request, state = found
    conversation = [(request, state.render())]
    while len(conversation) < max(2, turns):
        found = _step(state, chance)
        if found is None:
            break
        request, state = found
        conversation.append((request, state.render()))
        if state.save or getattr(state.source, "action", ""):
            break
    return conversation


def refinable(record: Record) -> bool:
    """Whether a conversation may begin with the record."""
    return len(record.turns) == 1 and bool(
        re.match(r"(?:ls|find|grep|ps aux|git log)\b(?!.* \|.* \|)", record.turns[0].command)
    )


def opening(records: Sequence[Record], chance: Random) -> tuple[str, Pipeline] | None:
    """A first request, and its command; None where no record was found that can be refined."""
    for _ in range(20 if records else 0):
        turn = chance.choice(records).turns[0]
        request, command = slots.fill([chance.choice(turn.phrasings), turn.command], chance)
        state = Pipeline.parse(command)
        if state:
            return request, state
    return None


def _step(state: Pipeline, chance: Random) -> tuple[str, Pipeline] | None:
    """The next request, and what the command has become."""
    steps = steps_of(state)
    for name in chance.sample(list(steps), len(steps)):
        words, values = draw(name, chance)
        changed = steps[name](state, values)
        if changed is not None and changed.render() != state.render():
            return say(name, words, chance), changed
    return None


_POOLS = {"n": "n", "word": "word", "size": "size", "ext": "ext", "user": "user"}
_X = {"+save": "txt", "g_file": "file", "l_file": "file"}


def draw(step: str, chance: Random) -> tuple[Values, Values]:
    """A value for each placeholder of a step: as it is spoken, and as the shell gets it."""
    folder = slots.draw("dir", chance).shell
    words = {"dir": _folder(folder, chance), "into": _folder(folder, chance, "to ", "into ")}
    values = {"dir": slots.quote(folder), "into": slots.quote(folder)}
    for mark, pool in _POOLS.items():
        value = slots.draw(pool, chance)
        words[mark], values[mark] = value.spoken, value.shell
    if step in {"f_newer", "f_older", "l_since"}:
        words["days"] = values["days"] = str(chance.choice([1, 2, 3, 5, 7, 10, 14, 20, 30, 60, 90, 365]))
    x = slots.draw(_X[step], chance).shell if step in _X else _skipped(chance)
    words["x"], values["x"] = x, slots.quote(x)
    values["user"] = slots.quote(values["user"])
    return words, values


def _folder(name: str, chance: Random, *prepositions: str) -> str:
    said = chance.choice([name, name, f"the {name} folder", f"folder {name}", f"the {name} directory"])
    return chance.choice(prepositions) + said if prepositions else said


def _skipped(chance: Random) -> str:
    return chance.choice(SKIPPED) if chance.random() < 0.6 else slots.draw("name", chance).shell


def _plain(word: str) -> bool:
    """Whether a value can stand inside a pattern as it is."""
    return bool(re.fullmatch(r"[\w-]+", word)) and not word.startswith("-")


def _change(kind: type[Kind], change: Callable[[Kind, Values], Kind | None]) -> Step:
    """A step that changes the source alone, which is of that kind."""

    def changed(state: Pipeline, values: Values) -> Pipeline | None:
        source = change(state.source, values) if isinstance(state.source, kind) else None
        return None if source is None or _clashes(source, state) else replace(state, source=source)

    return changed


def _clashes(source: Source, state: Pipeline) -> bool:
    """Whether the source cannot go with the rest.

    That is a list that is only counted, names or numbers whose lines were to be filtered, an action whose output is cut
    up.
    """
    if isinstance(source, Listing):
        return bool(state.count)
    if isinstance(source, Matches):
        return bool(state.filters) and bool(set(source.flags) & set("lc"))
    return isinstance(source, Search) and bool(source.action) and state != Pipeline(state.source)


_listing = partial(_change, Listing)
_search = partial(_change, Search)
_matches = partial(_change, Matches)
_log = partial(_change, Log)


def _only_folders(state: Pipeline, _values: Values) -> Pipeline | None:
    source = state.source
    if not isinstance(source, Listing) or source.flags not in ("", "-l", "-a") or state != Pipeline(source):
        return None
    flags = "-ld" if source.flags == "-l" else "-d"
    return Pipeline(Listing(flags, (source.folder.rstrip("/") + "/*/").lstrip("/")))


def _by_size(state: Pipeline, _values: Values) -> Pipeline | None:
    source = state.source
    if not isinstance(source, Search) or state != Pipeline(source) or source.type == "-type d":
        return None
    return Pipeline(replace(source, action="-printf '%s %p\\n'"), sort="sort -rn")


def _total(state: Pipeline, _values: Values) -> Pipeline | None:
    source = state.source
    if not isinstance(source, Search) or state != Pipeline(source) or source.type != "-type f":
        return None
    return Pipeline(replace(source, action="-exec du -ch {} +"), cut="tail -n 1")


def _containing(source: Search, values: Values) -> Pipeline | None:
    name = re.fullmatch(r"-name ('\*\.\w+')", source.name)
    word = slots.quote(values["word"])
    if name and source == Search(source.root, type=source.type, name=source.name) and source.type != "-type d":
        return Pipeline(Matches("-rl", include=f"--include={name[1]}", pattern=word, target=source.root))
    if source.type != "-type f":
        return None
    return Pipeline(replace(source, action=f"-exec grep -l {word} {{}} +"))


def _grep_found(state: Pipeline, values: Values) -> Pipeline | None:
    if not isinstance(state.source, Search) or state != Pipeline(state.source):
        return None
    return _containing(state.source, values)


def _named(source: Search, values: Values) -> Search | None:
    return replace(source, name=f"-name '*{values['word']}*'") if _plain(values["word"]) and not source.name else None


def _skip(source: Search, values: Values) -> Search | None:
    if not _plain(values["x"].lstrip(".")) or values["x"] in source.skip:
        return None
    return replace(source, skip=f"{source.skip} -not -path '*/{values['x']}/*'".strip())


def _files(source: Search, action: str) -> Search | None:
    return replace(source, action=action) if source.type == "-type f" and (source.name or source.age) else None


def _in_folder(source: Matches, values: Values) -> Matches:
    return source.change("r", target=values["dir"])


def _extension(source: Matches, values: Values) -> Matches | None:
    return replace(source, include=f"--include='*.{values['ext']}'") if "r" in source.flags else None


def _excluded(source: Matches, values: Values) -> Matches | None:
    if "r" not in source.flags or not _plain(values["x"].lstrip(".")) or values["x"] in source.exclude:
        return None
    return replace(source, exclude=f"{source.exclude} --exclude-dir={values['x']}".strip())


def _filter(state: Pipeline, stage: str) -> Pipeline | None:
    source = state.source
    if (
        len(state.filters) > 1
        or stage in state.filters
        or (isinstance(source, Matches) and set(source.flags) & set("lc"))
    ):
        return None
    return replace(state, filters=(*state.filters, stage))


def _counted(state: Pipeline) -> Pipeline | None:
    source = state.source
    if (
        state.count
        or state.cut
        or isinstance(source, Processes)
        or (isinstance(source, Matches) and "c" in source.flags)
    ):
        return None
    if isinstance(source, Listing):
        source = source.change(drop="lhtSr")
    elif isinstance(source, Log):
        source = replace(source, form="--oneline")
    return replace(state, source=source, sort="", count="wc -l")


def _cut(state: Pipeline, program: str, number: str) -> Pipeline | None:
    if state.count or isinstance(state.source, Log):
        return None
    headed = program == "head" and isinstance(state.source, Processes) and not state.filters
    lines = str(int(number) + 1) if headed and number.isdecimal() else number
    return replace(state, cut=f"{program} -n {lines}")


def _other_number(state: Pipeline, number: str) -> Pipeline | None:
    if isinstance(state.source, Log):
        return replace(state, source=replace(state.source, number=f"-n {number}")) if state.source.number else None
    return _cut(state, state.cut.split()[0], number) if state.cut else None


_STEPS: dict[type[Source], dict[str, Step]] = {
    Listing: {
        "+details": _listing(lambda ls, _: ls.change("l")),
        "+hidden": _listing(lambda ls, _: ls.change("a")),
        "+newest": _listing(lambda ls, _: ls.change("t", "Sr")),
        "+oldest": _listing(lambda ls, _: ls.change("tr", "S")),
        "+biggest": _listing(lambda ls, _: ls.change("S", "tr")),
        "+smallest": _listing(lambda ls, _: ls.change("Sr", "t")),
        "+reverse": _listing(lambda ls, _: ls.change(drop="r") if "r" in ls.flags else ls.change("r")),
        "+readable": _listing(lambda ls, _: ls.change("lh")),
        "-details": _listing(lambda ls, _: ls.change(drop="lh")),
        "+folders": _only_folders,
        "+in": _listing(lambda ls, values: replace(ls, folder=values["dir"]) if "d" not in ls.flags else None),
    },
    Search: {
        "f_in": _search(lambda find, values: replace(find, root=values["dir"])),
        "f_ext": _search(lambda find, values: None if find.name else replace(find, name=f"-name '*.{values['ext']}'")),
        "f_other_ext": _search(
            lambda find, values: replace(find, name=f"-name '*.{values['ext']}'") if "*." in find.name else None
        ),
        "f_larger": _search(
            lambda find, values: None if "-type d" in find.type else replace(find, size=f"-size +{values['size']}"),
        ),
        "f_smaller": _search(
            lambda find, values: None if "-type d" in find.type else replace(find, size=f"-size -{values['size']}"),
        ),
        "f_newer": _search(lambda find, values: replace(find, age=f"-mtime -{values['days']}")),
        "f_older": _search(lambda find, values: replace(find, age=f"-mtime +{values['days']}")),
        "f_today": _search(lambda find, _: replace(find, age="-mtime -1")),
        "f_skip": _search(_skip),
        "f_flat": _search(lambda find, _: replace(find, depth="-maxdepth 1")),
        "f_folders": _search(lambda find, _: None if find.size or "*." in find.name else replace(find, type="-type d")),
        "f_empty": _search(lambda find, _: None if find.size else replace(find, empty="-empty")),
        "f_case": _search(
            lambda find, _: replace(find, name=find.name.replace("-name", "-iname")) if find.name else None
        ),
        "f_named": _search(_named),
        "f_details": _search(lambda find, _: _files(replace(find, type="-type f"), "-exec ls -lh {} +")),
        "f_by_size": _by_size,
        "f_delete": _search(lambda find, _: _files(find, "-delete")),
        "f_copy": _search(lambda find, values: _files(find, f"-exec cp -t {values['into']} {{}} +")),
        "f_move": _search(lambda find, values: _files(find, f"-exec mv -t {values['into']} {{}} +")),
        "f_total": _total,
        "f_grep": _grep_found,
        "f_count": lambda state, _: _counted(state),
    },
    Matches: {
        "g_numbers": _matches(lambda grep, _: grep.change("n", "lc")),
        "g_case": _matches(lambda grep, _: grep.change("i")),
        "g_names": _matches(lambda grep, _: grep.change("l", "nco", context="") if "r" in grep.flags else None),
        "g_count": _matches(lambda grep, _: None if "r" in grep.flags else grep.change("c", "nlo", context="")),
        "g_word": _matches(lambda grep, _: grep.change("w")),
        "g_invert": _matches(lambda grep, _: grep.change("v", "o")),
        "g_context": _matches(
            lambda grep, values: None if set("lco") & set(grep.flags) else replace(grep, context=f"-C {values['n']}"),
        ),
        "g_in": _matches(_in_folder),
        "g_file": _matches(lambda grep, values: grep.change(drop="rl", include="", exclude="", target=values["x"])),
        "g_everywhere": _matches(lambda grep, _: None if "r" in grep.flags else grep.change("r", target=".")),
        "g_ext": _matches(_extension),
        "g_skip": _matches(_excluded),
        "g_other": _matches(lambda grep, values: replace(grep, pattern=slots.quote(values["word"]))),
        "g_also": lambda state, values: _filter(state, f"grep {slots.quote(values['word'])}"),
        "g_not": lambda state, values: _filter(state, f"grep -v {slots.quote(values['word'])}"),
        "g_only_match": _matches(lambda grep, _: grep.change("o", "lcv", context="")),
        "g_first": lambda state, values: _cut(state, "head", values["n"]),
    },
    Processes: {
        "p_memory": lambda state, _: replace(state, source=Processes("--sort=-%mem")),
        "p_cpu": lambda state, _: replace(state, source=Processes("--sort=-%cpu")),
        "p_named": lambda state, values: _filter(state, f"grep {slots.quote(values['word'])}"),
        "p_top": lambda state, values: _cut(state, "head", values["n"]),
    },
    Log: {
        "l_short": _log(lambda log, _: replace(log, form="--oneline")),
        "l_n": _log(lambda log, values: replace(log, number=f"-n {values['n']}")),
        "l_author": _log(lambda log, values: replace(log, author=f"--author={values['user']}")),
        "l_since": _log(lambda log, values: replace(log, since=f"--since='{values['days']} days ago'")),
        "l_file": _log(lambda log, values: replace(log, file=values["x"])),
        "l_patch": _log(lambda log, _: replace(log, form="-p")),
        "l_stat": _log(lambda log, _: replace(log, form="--stat")),
    },
}
_ANY: dict[str, Step] = {
    "+first": lambda state, values: _cut(state, "head", values["n"]),
    "+last": lambda state, values: _cut(state, "tail", values["n"]),
    "+count": lambda state, _: _counted(state),
    "+without": lambda state, values: _filter(state, f"grep -v {slots.quote(values['word'])}"),
    "+only": lambda state, values: _filter(state, f"grep {slots.quote(values['word'])}"),
    "+save": lambda state, values: None if state.save else replace(state, save=values["x"]),
    "+sorted": lambda state, _: (
        replace(state, sort="sort") if isinstance(state.source, Search | Matches) and not state.count else None
    ),
    "+all": lambda state, _: replace(state, cut="") if state.cut else None,
    "+other_n": lambda state, values: _other_number(state, values["n"]),
}


def steps_of(state: Pipeline) -> dict[str, Step]:
    """The steps that may apply, by name."""
    return _STEPS[type(state.source)] | _ANY


def steps() -> list[list[str]]:
    """The names of all steps, by the kind of list."""
    return [list(steps) for steps in (*_STEPS.values(), _ANY)]
