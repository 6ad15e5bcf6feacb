"""A few files and folders, worked on step by step: made, filled, moved, looked into, renamed, lost and brought back.

The simulated person refers to things as people do ("it", "the soup one", "the csv", "in there"); the simulation knows
where each thing is by now, and writes the path as seen from the folder that the conversation has moved to.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from shellper.engines.history import Exchange
from shellper.training import slots
from shellper.training.dataset import Conversation
from shellper.training.followups import IT, NAMED
from shellper.training.phrases import say

Words = dict[str, str]
START = "/@"
"""Where the conversation begins; `/~` is the home folder."""


@dataclass
class Left:
    """What a step leaves for the next one: how it is repeated for another name, continued, undone."""

    again: Callable[[str], str | None] | None = None
    another: Callable[[str], str] | None = None
    more: Callable[[str], str] | None = None
    undo: Callable[[], str | None] | None = None
    copied: tuple[str, str] | None = None
    column: tuple[str, str] | None = None
    pair: tuple[str, str] | None = None
    third: Callable[[str], str] | None = None


class Workspace:
    """What is where, what was spoken of last, what the last step left and this one leaves. Paths are absolute."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.here = START
        self.before: str | None = None
        self.files: list[str] = []
        self.folders: list[str] = []
        self.file: str | None = None
        self.folder: str | None = None
        self.subject = ""
        self.assumed: dict[str, str] = {}
        self.last = Left()
        self.left = Left()

    # Paths and names

    def path(self, name: str) -> str:
        """The path of something named here."""
        if name.startswith(("~/", "/")):
            return posixpath.normpath("/" + name if name.startswith("~") else name)
        return posixpath.normpath(posixpath.join(self.here, name))

    def shown(self, path: str) -> str:
        """A path as a command here names it, quoted."""
        return "." if path == self.here else slots.quote(self.bare(path))

    def reachable(self, path: str) -> bool:
        """Whether people would name the path from here: not if it lies far up."""
        if not path.startswith(START):
            return True
        return self.here.startswith(START) and not posixpath.relpath(path, self.here).startswith("../../")

    def new_file(self, pool: str = "newfile") -> str:
        """The path of a file that was not spoken of."""
        while True:
            path = self.path(slots.draw(pool, self.chance).shell)
            if path not in self.files:
                return path

    def known(self, name: str) -> str:
        """The file that people mean by a name: one that was spoken of, else one here."""
        spoken = next((file for file in self.files if posixpath.basename(file) == name), None)
        return spoken or self.assume(self.path(name))

    def assume(self, path: str, kind: str = "file") -> str:
        """Takes a file or folder for granted that nobody has made before our eyes: its path."""
        if path not in self.files and path not in self.folders:
            self.assumed[path] = kind
        return path

    def new_name(self) -> str:
        """A file name without folders."""
        while True:
            name = slots.draw("newfile", self.chance).shell
            if "/" not in name:
                return name

    # What people say

    def spoken(self, path: str) -> str:
        """How a request names a file or folder in full, or by its last part."""
        name = posixpath.basename(path)
        bare = slots.quote(name) != name
        shown = name if path.startswith(self.here + "/") and self.chance.random() < 0.7 else self.bare(path)
        return f'"{shown}"' if bare and self.chance.random() < 0.4 else shown

    def bare(self, path: str) -> str:
        """A path as seen from here, not quoted."""
        if path.startswith(self.here + "/") or (path.startswith(START) and self.here.startswith(START)):
            return posixpath.relpath(path, self.here)
        return path[1:] if path.startswith("/~") else path

    def it(self, path: str) -> str:
        """A file, by a pronoun where it was the last subject, else by what tells it from the others."""
        if path == self.file and self.subject == "file" and self.chance.random() < 0.6:
            return self.chance.choice(IT["file"])
        name = posixpath.basename(path)
        stem, dot, extension = name.rpartition(".")
        others = [posixpath.basename(file) for file in self.files if file != path]
        known = path in self.files
        if not known or name in others:
            return self.bare(path)
        ways = [self.spoken(path)] * 3
        if dot and re.fullmatch(r"[A-Za-z][\w-]+", stem) and not any(stem in other for other in others):
            ways += [f"the {stem} one", f"the {stem} file", stem, f"the {stem}"]
        if dot and others and not any(other.endswith("." + extension) for other in others):
            ways += [NAMED.get(extension, f"the {extension}"), f"the {extension} file"]
        if len(others) == 1:
            ways.append("the first one" if self.files[0] == path else "the second one")
            if self.file not in (None, path):
                ways.append("the other one")
        return self.chance.choice(ways)

    def dir(self, path: str) -> str:
        """A folder, as the object of a sentence."""
        if path == self.here:
            return self.chance.choice(["this folder", "the current folder", "this directory"])
        if path == self.folder and self.subject == "folder" and self.chance.random() < 0.6:
            return self.chance.choice(["it", "that folder", "that directory", "the folder", "it"])
        if path == self.folder and self.chance.random() < 0.25:
            return self.chance.choice(["that folder", "the folder"])
        name = self.spoken(path)
        return self.chance.choice([name, name, f"the {name} folder", f"folder {name}", f"the {name} directory"])

    def within(self, path: str) -> str:
        """A folder, after "in"."""
        if path == self.folder and self.chance.random() < 0.6:
            return self.chance.choice(["in it", "in there", "inside", "inside it", "there", "in that folder"])
        said = self.dir(path) if path != self.folder else self.spoken(path)
        return self.chance.choice(["in ", "in ", "inside ", "under "]) + said

    def into(self, path: str) -> str:
        """A folder, after "into"."""
        if path == self.folder and self.chance.random() < 0.5:
            return self.chance.choice(["there", "into it", "in there", "to that folder", "into that folder"])
        if path == self.here:
            return self.chance.choice(["here", "back here", "to this folder", "into the current folder"])
        said = self.spoken(path)
        return self.chance.choice([f"to {said}", f"into {said}", f"to the {said} folder", f"in {said}"])

    # What is spoken of

    def some_file(self, *pools: str) -> str:
        """A file that is there, of one of these kinds: mostly the last one, now and then a new one."""
        kinds = {pool for pool in pools if pool != "file"}
        fitting = [
            file
            for file in self.files
            if self.reachable(file) and (not kinds or "file" in pools or file.rpartition(".")[2] in kinds)
        ]
        if self.file in fitting and self.chance.random() < 0.65:
            return self.file
        if fitting and self.chance.random() < 0.85:
            return self.chance.choice(fitting)
        return self.assume(self.new_file(self.chance.choice(pools)))

    def some_folder(self, *, but: str = "") -> str:
        """A folder: mostly the last one, now and then another or a new one."""
        fitting = [folder for folder in self.folders if folder not in (but, self.here) and self.reachable(folder)]
        if self.folder in fitting and self.chance.random() < 0.6:
            return self.folder
        if fitting and self.chance.random() < 0.6:
            return self.chance.choice(fitting)
        while True:
            path = self.path(slots.draw("dir", self.chance).shell.rstrip("/"))
            if path not in (but, self.here) and not self.here.startswith(path + "/"):
                return self.assume(path, "folder")

    def now_file(self, path: str, old: str | None = None) -> None:
        """The file is what was last spoken of; `old` is the path that it had."""
        if old in self.files:
            self.files.remove(old)
        if path not in self.files:
            self.files.append(path)
        self.file, self.subject = path, "file"

    def now_folder(self, path: str, *, subject: bool = True) -> None:
        """The folder is what was last spoken of."""
        if path not in self.folders:
            self.folders.append(path)
        self.folder = path
        if subject:
            self.subject = "folder"

    def gone(self, path: str) -> None:
        """The file or folder is no more."""
        self.files = [file for file in self.files if file != path and not file.startswith(path + "/")]
        self.folders = [folder for folder in self.folders if folder != path and not folder.startswith(path + "/")]
        self.file = self.file if self.file in self.files else None
        self.folder = self.folder if self.folder in self.folders else None
        self.subject = ""


Made = tuple[Words, str]
Step = Callable[[Workspace], Made | None]
STEPS: dict[str, tuple[Step, float]] = {}


def step(name: str, weight: float = 1.0) -> Callable[[Step], Step]:
    """Registers what a step says and does; it returns None where it does not apply."""

    def register(function: Step) -> Step:
        STEPS[name] = (function, weight)
        return function

    return register


def play(turns: int, chance: Random) -> Conversation:
    """A conversation of so many steps."""
    space = Workspace(chance)
    conversation: Conversation = []
    while len(conversation) < turns:
        conversation.append(advance(space))
    return conversation


def advance(space: Workspace) -> Exchange:
    """The next step: what is said, and the command."""
    names = list(STEPS)
    while True:
        name = space.chance.choices(names, [STEPS[each][1] for each in names])[0]
        space.left, assumed = Left(), dict(space.assumed)
        made = STEPS[name][0](space)
        if made is None:
            space.assumed = assumed
        else:
            space.last = space.left
            return say(name, made[0], space.chance), made[1]
