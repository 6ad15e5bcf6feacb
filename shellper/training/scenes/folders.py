"""Steps on a whole folder: what is in it, where it goes."""

from __future__ import annotations

import posixpath

from shellper.training import slots
from shellper.training.scenes.making import removal
from shellper.training.scenes.templates import on_folder
from shellper.training.scenes.workspace import Made, Workspace, step

on_folder("d_count", 0.8, "find FOLDER -type f | wc -l")
on_folder("d_biggest", 0.5, "find FOLDER -type f -printf '%s %p\\n' | sort -rn | head -n {n}")
on_folder("d_newest", 0.5, "ls -t FOLDER | head -n 1")
on_folder("d_ext", 0.8, "find FOLDER -type f -name '*.{ext}'")
on_folder("d_grep", 0.8, "grep -r {word} FOLDER")
on_folder("d_grep_names", 0.6, "grep -rl {word} FOLDER")
on_folder("d_sizes", 0.6, "du -sh FOLDER/*")
on_folder("d_tree", 0.4, "tree FOLDER")
on_folder("d_folders", 0.5, "ls -d FOLDER/*/")
on_folder("d_today", 0.4, "find FOLDER -type f -mtime -1")
on_folder("d_empty", 0.4, "find FOLDER -type f -empty")
on_folder("d_exists", 0.4, "ls -d FOLDER")


def _movable(space: Workspace) -> str | None:
    """A folder that is not the one we are in, nor around it."""
    folder = space.some_folder()
    return None if (space.here + "/").startswith(folder + "/") else folder


def _renamed(space: Workspace, old: str, new: str) -> None:
    """All that lies in a folder goes with it."""
    inside = [(file, new + file[len(old) :]) for file in space.files if file.startswith(old + "/")]
    space.gone(old)
    for _, path in inside:
        space.now_file(path)
    space.now_folder(new)


@step("d_copy_as", 0.8)
def _copy_as(space: Workspace) -> Made | None:
    folder = _movable(space)
    if folder is None:
        return None
    base = posixpath.basename(folder)
    name = space.chance.choice([base + "-backup", base + "_old", base + ".bak", slots.draw("name", space.chance).shell])
    copy = posixpath.join(posixpath.dirname(folder), name)
    if copy in space.folders or copy == folder:
        return None
    said, command = {"dir": space.dir(folder), "x": name}, f"cp -r {space.shown(folder)} {space.shown(copy)}"
    space.now_folder(folder)
    space.now_folder(copy)
    space.left.undo = removal(space, copy, "rm -r")
    return said, command


@step("d_rename", 0.9)
def _rename(space: Workspace) -> Made | None:
    folder, name = _movable(space), slots.draw("name", space.chance).shell
    if folder is None:
        return None
    new = posixpath.join(posixpath.dirname(folder), name)
    if new in space.folders or new == folder:
        return None
    said, command = {"dir": space.dir(folder), "x": name}, f"mv {space.shown(folder)} {space.shown(new)}"
    _renamed(space, folder, new)

    def undo() -> str:
        text = f"mv {space.shown(new)} {space.shown(folder)}"
        _renamed(space, new, folder)
        return text

    space.left.undo = undo
    return said, command


def _into(space: Workspace, program: str) -> Made | None:
    folder = _movable(space)
    place = space.some_folder(but=folder or "")
    if folder is None or place.startswith(folder) or posixpath.dirname(folder) == place:
        return None
    said = {"dir": space.dir(folder), "into": space.into(place)}
    command = f"{program} {space.shown(folder)} {space.shown(place)}"
    if program == "mv":
        _renamed(space, folder, posixpath.join(place, posixpath.basename(folder)))
    else:
        space.now_folder(folder)
        space.now_folder(place, subject=False)
    return said, command


@step("d_move_into", 0.8)
def _move_into(space: Workspace) -> Made | None:
    return _into(space, "mv")


@step("d_copy_into", 1.0)
def _copy_into(space: Workspace) -> Made | None:
    return _into(space, "cp -r")
