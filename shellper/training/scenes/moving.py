"""Steps that rename, copy, move and remove, go from folder to folder, and repeat or take back what was done."""

from __future__ import annotations

import posixpath

from shellper.training import slots
from shellper.training.scenes.making import removal
from shellper.training.scenes.workspace import START, Made, Workspace, step


@step("rename", 1.5)
def _rename(space: Workspace) -> Made | None:
    old = space.some_file("newfile", "file")
    extension = old.rpartition(".")[2]
    name = slots.draw("name", space.chance).shell + "." + extension if space.chance.random() < 0.6 else space.new_name()
    new = posixpath.join(posixpath.dirname(old), name)
    if new in space.files or "/" in extension or new == old:
        return None
    said = {"it": space.it(old), "x": name}
    space.now_file(new, old)

    def undo() -> str:
        space.now_file(old, new)
        return f"mv {space.shown(new)} {space.shown(old)}"

    space.left.undo = undo
    return said, f"mv {space.shown(old)} {space.shown(new)}"


@step("copy_as", 1.2)
def _copy_as(space: Workspace) -> Made | None:
    old = space.some_file("newfile", "file")
    base = posixpath.basename(old)
    name = space.chance.choice([base + ".bak", base + ".old", "copy-of-" + base, space.new_name(), space.new_name()])
    new = posixpath.join(posixpath.dirname(old), name)
    if new in space.files:
        return None
    said = {"it": space.it(old), "x": name}
    space.now_file(old)
    space.now_file(new)
    space.left.undo = removal(space, new, "rm")
    space.left.copied = old, new
    return said, f"cp {space.shown(old)} {space.shown(new)}"


def _into(space: Workspace, program: str) -> Made | None:
    old = space.some_file("newfile", "file")
    place = space.some_folder(but=posixpath.dirname(old))
    if posixpath.dirname(old) == place or not space.reachable(place):
        return None
    said = {"it": space.it(old), "into": space.into(place)}
    command = f"{program} {space.shown(old)} {space.shown(place)}"
    _arrived(space, old, place, program)

    def again(name: str) -> str | None:
        path = space.known(name)
        again_command = f"{program} {space.shown(path)} {space.shown(place)}"
        if posixpath.dirname(path) == place:
            return None
        _arrived(space, path, place, program)
        return again_command

    space.left.again = again
    return said, command


def _arrived(space: Workspace, old: str, place: str, program: str) -> None:
    new = posixpath.join(place, posixpath.basename(old))
    space.now_folder(place, subject=False)
    if program == "mv":
        space.now_file(new, old)

        def back() -> str:
            space.now_file(old, new)
            return f"mv {space.shown(new)} {space.shown(posixpath.dirname(old))}"

        space.left.undo = back
    else:
        space.now_file(new)
        space.now_file(old)
        space.left.undo = removal(space, new, "rm")


@step("copy_into", 2.0)
def _copy_into(space: Workspace) -> Made | None:
    return _into(space, "cp")


@step("move_into", 2.0)
def _move_into(space: Workspace) -> Made | None:
    return _into(space, "mv")


@step("same", 5.0)
def _same(space: Workspace) -> Made | None:
    again = space.last.again
    if again is None:
        return None
    others = [file for file in space.files if file != space.file and space.reachable(file)]
    name = space.chance.choice(others) if others and space.chance.random() < 0.5 else space.path(space.new_name())
    if sum(posixpath.basename(file) == posixpath.basename(name) for file in space.files) > 1:
        return None
    command = again(posixpath.basename(name))
    space.left.again = again
    return None if command is None else ({"x": posixpath.basename(name)}, command)


@step("remove", 1.5)
def _remove(space: Workspace) -> Made | None:
    path = space.some_file("newfile", "file")
    said = {"it": space.it(path)}
    command = f"rm {space.shown(path)}"
    space.gone(path)

    def again(name: str) -> str:
        other = space.known(name)
        text = f"rm {space.shown(other)}"
        space.gone(other)
        return text

    space.left.again = again
    return said, command


@step("remove_folder", 0.8)
def _remove_folder(space: Workspace) -> Made | None:
    path = space.some_folder()
    if path not in space.folders or space.here.startswith(path):
        return None
    if not any(each.startswith(path + "/") for each in space.files + space.folders):
        return None  # an empty one: rmdir would do, a full one cannot be told from it
    said, command = {"dir": space.dir(path)}, f"rm -r {space.shown(path)}"
    space.gone(path)
    return said, command


@step("undo", 2.0)
def _undo(space: Workspace) -> Made | None:
    command = space.last.undo() if space.last.undo else None
    return None if command is None else ({}, command)


@step("enter", 2.0)
def _enter(space: Workspace) -> Made | None:
    path = space.some_folder()
    if not space.reachable(path):
        return None
    said, command = {"dir": space.dir(path)}, f"cd {space.shown(path)}"
    _went(space, path)
    return said, command


def _went(space: Workspace, path: str) -> None:
    space.before, space.here = space.here, path
    space.now_folder(path)

    def undo() -> str | None:
        if space.before is None:
            return None
        space.here, space.before = space.before, space.here
        return "cd -"

    space.left.undo = undo


@step("back", 1.2)
def _back(space: Workspace) -> Made | None:
    if space.before is None:
        return None
    space.here, space.before = space.before, space.here
    return {}, "cd -"


@step("up", 0.8)
def _up(space: Workspace) -> Made | None:
    parent = posixpath.dirname(space.here)
    if space.here in (START, "/~", "/") or parent == "/":
        return None
    space.before, space.here = space.here, parent
    return {}, "cd .."


@step("where", 0.3)
def _where(_space: Workspace) -> Made | None:
    return {}, "pwd"


@step("list_here", 0.8)
def _list_here(_space: Workspace) -> Made | None:
    return {}, "ls"
