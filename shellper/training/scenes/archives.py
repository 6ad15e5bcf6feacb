"""Steps that pack, unpack, compress and download, and that look at or change what a file is to the system."""

from __future__ import annotations

import posixpath

from shellper.training import slots
from shellper.training.scenes.making import removal
from shellper.training.scenes.templates import on_file
from shellper.training.scenes.workspace import Made, Workspace, step

_KINDS = (".zip", ".tar.gz", ".tgz")


def _pack(space: Workspace, extension: str, *, named: bool) -> Made | None:
    folder = space.some_folder()
    name = slots.draw("name", space.chance).shell if named else posixpath.basename(folder)
    archive = space.path(name + extension)
    if archive in space.files or not name:
        return None
    said = {"dir": space.dir(folder), "x": name + extension}
    program = "zip -r" if extension == ".zip" else "tar -czf"
    space.now_folder(folder, subject=False)
    space.now_file(archive)
    space.left.undo = removal(space, archive, "rm")
    return said, f"{program} {space.shown(archive)} {space.shown(folder)}"


@step("pack_tgz", 0.7)
def _pack_tgz(space: Workspace) -> Made | None:
    return _pack(space, ".tar.gz", named=True)


@step("pack_zip", 0.7)
def _pack_zip(space: Workspace) -> Made | None:
    return _pack(space, ".zip", named=True)


@step("pack_auto", 0.6)
def _pack_auto(space: Workspace) -> Made | None:
    return _pack(space, ".tar.gz", named=False)


def _archive(space: Workspace) -> str | None:
    """One that was spoken of; now and then a new one."""
    there = [file for file in space.files if file.endswith(_KINDS)]
    if there:
        return space.file if space.file in there else space.chance.choice(there)
    if space.chance.random() < 0.75:
        return None
    return space.assume(space.new_file(space.chance.choice(["zip", "tgz"])))


def _of_archive(space: Workspace, archive: str, zipped: str, tarred: str) -> Made:
    said = {"it": space.it(archive)}
    space.now_file(archive)
    return said, f"{zipped if archive.endswith('.zip') else tarred} {space.shown(archive)}"


@step("archive_list", 1.5)
def _archive_list(space: Workspace) -> Made | None:
    archive = _archive(space)
    return None if archive is None else _of_archive(space, archive, "unzip -l", "tar -tzf")


@step("unpack", 0.8)
def _unpack(space: Workspace) -> Made | None:
    archive = _archive(space)
    return None if archive is None else _of_archive(space, archive, "unzip", "tar -xzf")


@step("unpack_into", 1.5)
def _unpack_into(space: Workspace) -> Made | None:
    archive = _archive(space)
    if archive is None:
        return None
    folder = space.some_folder()
    into = space.into(folder)
    said, command = _of_archive(space, archive, "unzip", "tar -xzf")
    space.now_folder(folder, subject=False)
    return said | {"into": into}, f"{command} {'-d' if archive.endswith('.zip') else '-C'} {space.shown(folder)}"


@step("remove_archive", 0.8)
def _remove_archive(space: Workspace) -> Made | None:
    there = [file for file in space.files if file.endswith((*_KINDS, ".gz", ".iso", ".deb"))]
    if not there:
        return None
    archive = space.chance.choice(there)
    said, command = {"it": space.it(archive)}, f"rm {space.shown(archive)}"
    space.gone(archive)
    return said, command


@step("gzip_it", 0.7)
def _gzip_it(space: Workspace) -> Made | None:
    old = space.some_file("log", "csv", "sql", "file")
    if old.endswith((*_KINDS, ".gz")):
        return None
    said, command = {"it": space.it(old)}, f"gzip {space.shown(old)}"
    space.now_file(old + ".gz", old)

    def undo() -> str:
        space.now_file(old, old + ".gz")
        return f"gunzip {space.shown(old + '.gz')}"

    space.left.undo = undo
    return said, command


@step("gunzip_it", 0.7)
def _gunzip_it(space: Workspace) -> Made | None:
    there = [file for file in space.files if file.endswith(".gz") and not file.endswith(".tar.gz")]
    if not there:
        return None
    old = space.chance.choice(there)
    said, command = {"it": space.it(old)}, f"gunzip {space.shown(old)}"
    space.now_file(old.removesuffix(".gz"), old)
    return said, command


def _address(space: Workspace) -> tuple[str, str] | None:
    """An address, and the name of the file that it ends with."""
    address = slots.draw("url", space.chance).shell
    name = posixpath.basename(address.partition("//")[2])
    return (address, name) if "/" in address.partition("//")[2] and "." in name and "?" not in name else None


@step("download", 0.9)
def _download(space: Workspace) -> Made | None:
    found = _address(space)
    if found is None:
        return None
    space.now_file(space.path(found[1]))
    return {"x": found[0]}, f"curl -O {slots.quote(found[0])}"


@step("download_as", 0.5)
def _download_as(space: Workspace) -> Made | None:
    address, name = slots.draw("url", space.chance).shell, space.new_name()
    space.now_file(space.path(name))
    return {"x": address, "y": name}, f"curl -o {slots.quote(name)} {slots.quote(address)}"


@step("link", 0.5)
def _link(space: Workspace) -> Made | None:
    file, name = space.some_file("file"), space.new_name()
    said, command = {"it": space.it(file), "x": name}, f"ln -s {space.shown(file)} {slots.quote(name)}"
    space.now_file(file)
    return said, command


on_file("checksum", 0.5, "sha256sum FILE")
on_file("file_kind", 0.4, "file FILE")
on_file("owner", 0.5, "chown {user} FILE")
on_file("mode", 0.7, "chmod {mode} FILE")
