"""Conversations about one table: a column, its rows, what they add up to, each time asked a little differently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from shellper.training import slots
from shellper.training.dataset import Conversation
from shellper.training.phrases import say
from shellper.training.scenes.templates import column
from shellper.training.scenes.variations import vary
from shellper.training.scenes.workspace import Words

_ENDS = {
    "unique": ["sort -u"],
    "values": ["sort -u", "wc -l"],
    "counts": ["sort", "uniq -c", "sort -rn"],
    "sorted": ["sort"],
    "numeric": ["sort -n"],
    "highest": ["sort -rn"],
    "max": ["sort -rn", "head -n 1"],
    "min": ["sort -n", "head -n 1"],
    "count": ["wc -l"],
}
_WHOLE = ("", "sorted", "numeric", "highest")
_LISTS = ("", "unique", "counts", "sorted", "numeric", "highest")
_ADDED = {
    "sum": ("{{s+=${}}} END {{print s}}", "NR>1 {{s+=${}}} END {{print s}}"),
    "average": ("{{s+=${}}} END {{print s/NR}}", "NR>1 {{s+=${}; n++}} END {{print s/n}}"),
}


@dataclass(frozen=True)
class Table:
    """What is shown of a file with commas: which rows, one column or all, in which form, how many, and where to."""

    file: str
    column: str
    rows: tuple[str, ...] = ()
    headless: bool = False
    whole: bool = False
    end: str = ""
    top: str = ""
    save: str = ""

    def render(self) -> str:
        """The command line."""
        stages = self._stages()
        return " | ".join(stages) + (f" > {self.save}" if self.save else "")

    @property
    def final(self) -> bool:
        """Nothing follows once it is saved."""
        return bool(self.save)

    def _stages(self) -> list[str]:
        if self.end in _ADDED and not self.rows:
            return [f"awk -F, '{_ADDED[self.end][self.headless].format(self.column)}' {self.file}"]
        stages = [f"tail -n +2 {self.file}"] if self.headless else []
        stages += self.rows
        stages += self._shown()
        if not stages:
            return [f"cat {self.file}"]
        if not self.headless:
            stages[0] = f"{stages[0]} {self.file}"
        return stages + ([f"head -n {self.top}"] if self.top else [])

    def _shown(self) -> list[str]:
        if self.end in _ADDED:
            return [f"awk -F, '{_ADDED[self.end][0].format(self.column)}'"]
        if not self.whole:
            return [f"cut -d, -f{self.column}", *_ENDS.get(self.end, [])]
        by_column = {"sorted": "", "numeric": " -n", "highest": " -rn"}
        if self.end in by_column:
            return [f"sort -t, -k{self.column}{by_column[self.end]}"]
        return _ENDS.get(self.end, [])


def play(turns: int, chance: Random) -> Conversation:
    """A conversation of at most so many steps."""
    request, table = opening(chance)
    return vary(request, table, STEPS, draw, turns, chance)


def opening(chance: Random) -> tuple[str, Table]:
    """A first request, and what it shows."""
    name = slots.draw("csv", chance).shell
    words: Words = {"it": name}
    number = column(words, chance)
    step, end = chance.choice([("column", ""), ("column_counts", "counts"), ("sum_column", "sum")])
    return say(step, words, chance), Table(slots.quote(name), number, end=end)


def draw(step: str, chance: Random) -> tuple[Words, Words]:
    """A value for each placeholder: as it is spoken, and as the shell gets it."""
    said: Words = {}
    values: Words = {}
    for mark, pool in {"word": "word", "x": "csv" if step == "t_file" else "txt"}.items():
        value = slots.draw(pool, chance)
        said[mark], values[mark] = value.spoken, slots.quote(value.shell)
    if step == "t_top":
        value = slots.draw("n", chance)
        said["n"], values["n"] = value.spoken, value.shell
    else:
        values["n"] = column(said, chance)
    return said, values


def _end(end: str) -> Callable[[Table, Words], Table | None]:
    def changed(table: Table, _values: Words) -> Table | None:
        if table.whole and end in ("unique", "values", "counts", "max", "min"):
            return None
        if end == "count" and (table.end not in ("", "unique") or table.top):
            return None
        top = table.top if end in _LISTS else ""
        return replace(table, end=end, top=top)

    return changed


def _rows(program: str) -> Callable[[Table, Words], Table | None]:
    def changed(table: Table, values: Words) -> Table | None:
        if len(table.rows) > 1 or values["word"].startswith("-"):
            return None
        return replace(table, rows=(*table.rows, f"{program} {values['word']}"))

    return changed


STEPS: dict[str, Callable[[Table, Words], Table | None]] = {
    "t_column": lambda table, values: (
        replace(table, column=values["n"], whole=False) if table.whole and table.end == "" else None
    ),
    "t_other_column": lambda table, values: None if table.whole else replace(table, column=values["n"]),
    "t_rows": _rows("grep"),
    "t_without": _rows("grep -v"),
    "t_no_header": lambda table, _: replace(table, headless=True),
    "t_unique": _end("unique"),
    "t_how_many_values": _end("values"),
    "t_counts": _end("counts"),
    "t_sorted": _end("sorted"),
    "t_numeric": _end("numeric"),
    "t_highest": _end("highest"),
    "t_top": lambda table, values: replace(table, top=values["n"]) if table.end in _LISTS else None,
    "t_sum": _end("sum"),
    "t_average": _end("average"),
    "t_max": _end("max"),
    "t_min": _end("min"),
    "t_count": _end("count"),
    "t_file": lambda table, values: replace(table, file=values["x"]),
    "t_save": lambda table, values: replace(table, save=values["x"]),
    "t_whole": lambda table, _: replace(table, whole=True) if table.end in _WHOLE else None,
}
