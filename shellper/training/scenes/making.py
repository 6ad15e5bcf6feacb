"""Steps that make and fill: folders, empty files, lines of text, one more of them, and taking it back."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from shellper.training import slots
from shellper.training.phrases import quoted
from shellper.training.scenes.workspace import Made, Workspace, step


def _made(space: Workspace, path: str, kind: str, remove: str) -> None:
    """One more of the kind in the same place, or none."""
    program = {"folder": "mkdir", "file": "touch"}[kind]
    place = posixpath.dirname(path)

    def another(name: str) -> str:
        more = posixpath.join(place, name)
        now(space, more, kind)
        space.left.undo = removal(space, more, remove)
        return f"{program} {space.shown(more)}"

    now(space, path, kind)
    space.left.another = another
    space.left.undo = removal(space, path, remove)


def now(space: Workspace, path: str, kind: str) -> None:
    """The file or folder is what was last spoken of."""
    if kind == "folder":
        space.now_folder(path)
    else:
        space.now_file(path)


def removal(space: Workspace, path: str, program: str) -> Callable[[], str | None]:
    """Undoes by removing the path with the program."""

    def undo() -> str | None:
        command = f"{program} {space.shown(path)}"
        space.gone(path)
        return command

    return undo


@step("folder", 2.0)
def _folder(space: Workspace) -> Made | None:
    name = slots.draw("newdir", space.chance).shell.rstrip("/")
    path = space.path(name)
    if path in space.folders or name.startswith("/"):
        return None
    command = f"mkdir {'-p ' if '/' in name else ''}{space.shown(path)}"
    _made(space, path, "folder", "rmdir")
    if "/" in name:
        space.left.undo = None
    return {"x": name}, command


@step("folder_in", 1.2)
def _folder_in(space: Workspace) -> Made | None:
    place, name = space.folder, slots.draw("name", space.chance).shell
    if place is None or place == space.here or not space.reachable(place):
        return None
    path = posixpath.join(place, name)
    said = {"x": name, "in": space.within(place)}
    _made(space, path, "folder", "rmdir")
    return said, f"mkdir {space.shown(path)}"


@step("file", 1.5)
def _file(space: Workspace) -> Made | None:
    path = space.new_file()
    said = {"x": space.bare(path)}
    _made(space, path, "file", "rm")
    return said, f"touch {space.shown(path)}"


@step("file_in", 2.5)
def _file_in(space: Workspace) -> Made | None:
    place, name = space.some_folder(), space.new_name()
    path = posixpath.join(place, name)
    if path in space.files:
        return None
    said = {"x": name, "in": space.within(place)}
    space.now_folder(place, subject=False)
    _made(space, path, "file", "rm")
    return said, f"touch {space.shown(path)}"


@step("another", 3.0)
def _another(space: Workspace) -> Made | None:
    if space.last.another is None:
        return None
    name = slots.draw("name", space.chance).shell if space.subject == "folder" else space.new_name()
    if any(posixpath.basename(path) == name for path in space.files + space.folders):
        return None
    space.left.another = space.last.another
    return {"x": name}, space.last.another(name)


def _text(space: Workspace) -> str:
    while True:
        text = slots.draw("text", space.chance).shell
        if "'" not in text:
            return text


def _continued(space: Workspace, path: str) -> None:
    def more(text: str) -> str:
        space.now_file(path)
        space.left.more = more
        return f"echo '{text}' >> {space.shown(path)}"

    space.now_file(path)
    space.left.more = more


@step("write", 1.5)
def _write(space: Workspace) -> Made | None:
    path, text = space.new_file("txt" if space.chance.random() < 0.5 else "newfile"), _text(space)
    said = {"x": space.bare(path), "text": quoted(text, space.chance)}
    _continued(space, path)
    space.left.undo = removal(space, path, "rm")
    return said, f"echo '{text}' > {space.shown(path)}"


def _echo(space: Workspace, operator: str, *, known: bool) -> Made | None:
    path, text = space.some_file("txt", "md", "file"), _text(space)
    if known and path not in space.files:
        return None
    said = {"it": space.it(path), "text": quoted(text, space.chance)}
    _continued(space, path)
    return said, f"echo '{text}' {operator} {space.shown(path)}"


@step("write_it", 1.2)
def _write_it(space: Workspace) -> Made | None:
    return _echo(space, ">", known=True)


@step("append", 1.5)
def _append(space: Workspace) -> Made | None:
    return _echo(space, ">>", known=False)


@step("overwrite", 0.8)
def _overwrite(space: Workspace) -> Made | None:
    return _echo(space, ">", known=True)


@step("append_more", 2.0)
def _append_more(space: Workspace) -> Made | None:
    if space.last.more is None:
        return None
    text = _text(space)
    return {"text": quoted(text, space.chance)}, space.last.more(text)
