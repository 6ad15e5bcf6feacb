"""Conversations about the sizes of folders, or the differences of two files, asked a little differently each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from shellper.training import slots
from shellper.training.dataset import Conversation
from shellper.training.phrases import say
from shellper.training.scenes.sources import change_flags
from shellper.training.scenes.variations import vary
from shellper.training.scenes.workspace import Words


@dataclass(frozen=True)
class Sizes:
    """The sizes of what is in a folder: sorted, how many, or the sum alone."""

    folder: str
    sorted: bool = False
    top: str = ""
    total: bool = False

    @property
    def final(self) -> bool:
        """Nothing follows the sum."""
        return self.total

    def render(self) -> str:
        """The command line."""
        if self.total:
            return f"du -sh {self.folder}"
        stages = [f"du -sh {self.folder}/*"]
        stages += ["sort -rh"] * self.sorted
        stages += [f"head -n {self.top}"] * bool(self.top)
        return " | ".join(stages)


@dataclass(frozen=True)
class Difference:
    """`diff` of two files or folders: its flags, and a file for the result."""

    first: str
    second: str
    flags: str = ""
    save: str = ""

    @property
    def final(self) -> bool:
        """Nothing follows once it is saved."""
        return bool(self.save)

    def render(self) -> str:
        """The command line."""
        words = filter(None, ["diff", self.flags, self.first, self.second])
        return " ".join(words) + (f" > {self.save}" if self.save else "")

    def change(self, add: str, drop: str = "") -> Difference:
        """With other flags."""
        return replace(self, flags=change_flags(self.flags, "rqyuiw", add, drop))


SIZES: dict[str, Callable[[Sizes, Words], Sizes]] = {
    "u_sorted": lambda sizes, _: replace(sizes, sorted=True),
    "u_top": lambda sizes, values: replace(sizes, sorted=True, top=values["n"]),
    "u_in": lambda sizes, values: replace(sizes, folder=values["dir"]),
    "u_total": lambda sizes, _: replace(sizes, total=True),
}
DIFFERENCE: dict[str, Callable[[Difference, Words], Difference]] = {
    "x_side": lambda diff, _: diff.change("y", "qu"),
    "x_brief": lambda diff, _: diff.change("q", "yu"),
    "x_unified": lambda diff, _: diff.change("u", "yq"),
    "x_blank": lambda diff, _: diff.change("w"),
    "x_case": lambda diff, _: diff.change("i"),
    "x_folders": lambda diff, values: replace(diff, first=values["x"], second=values["y"]).change("r"),
    "x_save": lambda diff, values: replace(diff.change("u", "yq"), save=values["x"]),
}


def play(turns: int, chance: Random) -> Conversation:
    """A conversation of at most so many steps."""
    return _sizes(turns, chance) if chance.random() < 0.4 else _differences(turns, chance)


def _sizes(turns: int, chance: Random) -> Conversation:
    folder = slots.draw("dir", chance).shell.rstrip("/") or "~"
    opening = say("d_sizes", {"dir": folder}, chance)
    return vary(opening, Sizes(slots.quote(folder)), SIZES, _draw, turns, chance)


def _differences(turns: int, chance: Random) -> Conversation:
    first, second = (slots.draw("file", chance).shell for _ in range(2))
    opening = say("compare", {"it": first, "x": second}, chance)
    return vary(opening, Difference(slots.quote(first), slots.quote(second)), DIFFERENCE, _draw, turns, chance)


def _draw(step: str, chance: Random) -> tuple[Words, Words]:
    """A value for each placeholder: as it is spoken, and as the shell gets it."""
    pools = {"dir": "dir", "x": "dir" if step == "x_folders" else "name", "y": "dir"}
    said = {mark: slots.draw(pool, chance).shell for mark, pool in pools.items()}
    if step == "x_save":
        said["x"] += ".patch"
    number = slots.draw("n", chance)
    values = {mark: slots.quote(text) for mark, text in said.items()} | {"n": number.shell}
    folder = chance.choice(["{}", "{}", "the {} folder", "folder {}"]).format(said["dir"])
    return said | {"n": number.spoken, "dir": folder}, values
