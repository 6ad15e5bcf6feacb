"""Steps on two things at once, or on all files of a kind here."""

from __future__ import annotations

import posixpath

from shellper.training import slots
from shellper.training.scenes.making import now
from shellper.training.scenes.workspace import Made, Workspace, step

_BOTH = ["both", "them", "those two", "the two", "both files", "these two", "the two files", "both of them"]
Pair = tuple[str, str]


def _pair(space: Workspace) -> tuple[Pair, str] | None:
    """Two files, and how they are called: those of the last step, the only two there are, or two by name."""
    pair = space.last.pair or ((space.files[0], space.files[1]) if len(space.files) == 2 else None)
    if pair and all(map(space.reachable, pair)):
        return pair, space.chance.choice(_BOTH)
    if space.chance.random() < 0.6:
        return None
    first, second = space.some_file("file"), space.assume(space.new_file("file"))
    if first == second:
        return None
    return (first, second), f"{space.bare(first)} and {space.bare(second)}"


def _both(name: str, weight: float, template: str, *, kept: bool = True) -> None:
    """A step on two files, which may be repeated for a third."""

    @step(name, weight)
    def made(space: Workspace) -> Made | None:
        found = _pair(space)
        if found is None:
            return None
        pair, them = found
        folder, new = space.some_folder() if "FOLDER" in template else space.here, space.new_name()
        if "FOLDER" in template and folder in map(posixpath.dirname, pair):
            return None
        words = {"them": them, "into": space.into(folder), "x": new}
        shown = [space.shown(file) for file in pair]
        command = template.replace("FOLDER", space.shown(folder)).replace("NEW", slots.quote(new))
        if "FILES" in template and kept:
            space.left.third = lambda name: command.replace("FILES", space.shown(space.known(name)))
        for file in pair:
            space.now_file(file)
        space.subject = ""
        space.left.pair = pair
        _after(space, pair, template, folder, new)
        return words, command.replace("FILES", " ".join(shown)).replace("ONE", shown[0]).replace("TWO", shown[1])


def _after(space: Workspace, pair: Pair, template: str, folder: str, new: str) -> None:
    """Where things are now."""
    if template.startswith("rm "):
        space.left.pair = None
        for file in pair:
            space.gone(file)
    elif template.startswith("mv "):
        space.now_folder(folder, subject=False)
        moved = [posixpath.join(folder, posixpath.basename(file)) for file in pair]
        for old, path in zip(pair, moved, strict=True):
            space.now_file(path, old)
        space.left.pair = moved[0], moved[1]
    elif template.startswith("cp "):
        space.now_folder(folder, subject=False)
    elif "NEW" in template:
        space.now_file(space.path(new))


_both("both_show", 0.8, "cat FILES", kept=False)
_both("both_lines", 1.0, "wc -l FILES")
_both("both_remove", 0.8, "rm FILES")
_both("both_into", 1.5, "mv FILES FOLDER")
_both("both_copy", 1.5, "cp FILES FOLDER")
_both("both_merge", 1.0, "cat FILES > NEW", kept=False)
_both("both_compare", 1.0, "diff ONE TWO")
_both("both_same", 0.6, "diff -q ONE TWO")
_both("both_common", 0.5, "comm -12 <(sort ONE) <(sort TWO)")
_both("both_sizes", 0.7, "du -h FILES")


@step("both_archive", 0.7)
def _both_archive(space: Workspace) -> Made | None:
    found, name = _pair(space), slots.draw("name", space.chance).shell + ".tar.gz"
    if found is None:
        return None
    space.now_file(space.path(name))
    return {"them": found[1], "x": name}, f"tar -czf {slots.quote(name)} " + " ".join(map(space.shown, found[0]))


@step("third_too", 3.0)
def _third_too(space: Workspace) -> Made | None:
    third, name = space.last.third, space.new_name()
    return None if third is None else ({"x": name}, third(name))


def _two(space: Workspace, program: str, kind: str, pool: str) -> Made | None:
    names = [slots.draw(pool, space.chance).shell for _ in range(2)]
    if names[0] == names[1] or any("/" in name for name in names):
        return None
    for name in names:
        now(space, space.path(name), kind)
    space.subject = ""
    if kind == "file":
        space.left.pair = space.path(names[0]), space.path(names[1])
    return {"x": names[0], "y": names[1]}, f"{program} " + " ".join(map(slots.quote, names))


@step("two_files", 1.2)
def _two_files(space: Workspace) -> Made | None:
    return _two(space, "touch", "file", "newfile")


@step("two_folders", 0.7)
def _two_folders(space: Workspace) -> Made | None:
    return _two(space, "mkdir", "folder", "name")


def _all_of_kind(name: str, weight: float, template: str) -> None:
    @step(name, weight)
    def made(space: Workspace) -> Made | None:
        extension = slots.draw("ext", space.chance).shell
        command = template.replace("EXT", extension)
        words = {"ext": extension}
        if "FOLDER" in template:
            folder = space.some_folder()
            words["into"] = space.into(folder)
            space.now_folder(folder, subject=False)
            command = command.replace("FOLDER", space.shown(folder))
        return words, command


_all_of_kind("all_ext_into", 1.0, "mv *.EXT FOLDER")
_all_of_kind("all_ext_copy", 1.0, "cp *.EXT FOLDER")
_all_of_kind("all_ext_remove", 0.5, "rm *.EXT")
_all_of_kind("all_ext_list", 0.5, "ls *.EXT")
_all_of_kind("all_ext_lines", 0.5, "wc -l *.EXT")
