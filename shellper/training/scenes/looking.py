"""Steps that look into a file or folder, or change a file's text."""

from __future__ import annotations

import posixpath

from shellper.training.scenes.templates import column, on_file, on_folder
from shellper.training.scenes.workspace import Made, Words, Workspace, step

EDITABLE = ["txt", "md", "log", "csv", "conf", "file", "file", "py", "html"]


on_folder("list", 1.5, "ls FOLDER")
on_folder("list_long", 0.6, "ls -l FOLDER")
on_folder("list_all", 0.5, "ls -a FOLDER")
on_folder("check", 1.2, "ls FOLDER", known=True)
on_folder("folder_size", 0.8, "du -sh FOLDER")

on_file("show", 2.0, "cat FILE", *EDITABLE)
on_file("file_size", 0.7, "du -h FILE")
on_file("executable", 0.8, "chmod +x FILE", "sh", "py")
on_file("details", 0.6, "ls -l FILE")
on_file("lines", 1.2, "wc -l FILE", *EDITABLE)
on_file("words", 0.7, "wc -w FILE", "txt", "md", "file")
on_file("first", 1.2, "head -n {n} FILE", *EDITABLE)
on_file("last", 1.2, "tail -n {n} FILE", *EDITABLE)
on_file("follow", 0.6, "tail -f FILE", "log")
on_file("find_word", 1.5, "grep {word} FILE", *EDITABLE)
on_file("count_word", 1.0, "grep -c {word} FILE", *EDITABLE)
on_file("numbered", 0.7, "cat -n FILE", *EDITABLE)
on_file("replace", 2.5, "sed -i 's/{x}/{y}/g' FILE", *EDITABLE)
on_file("delete_lines", 0.8, "sed -i '/{word}/d' FILE", *EDITABLE)
on_file("sort_it", 0.8, "sort FILE", "txt", "csv", "file")
on_file("unique", 0.8, "sort -u FILE", "txt", "csv", "file")
on_file("header", 0.8, "head -n 1 FILE", "csv")
on_file("column_counts", 0.7, "cut -d, -f{col} FILE | sort | uniq -c | sort -rn", "csv")
on_file("sum_column", 0.7, "awk -F, '{s+=${col}} END {print s}' FILE", "csv")


@step("column", 1.0)
def _column(space: Workspace) -> Made | None:
    path = space.some_file("csv")
    said: Words = {"it": space.it(path)}
    number = column(said, space.chance)
    space.now_file(path)
    space.left.column = path, number
    return said, f"cut -d, -f{number} {space.shown(path)}"


@step("no_header", 2.0)
def _no_header(space: Workspace) -> Made | None:
    if space.last.column is None:
        return None
    path, number = space.last.column
    return {}, f"tail -n +2 {space.shown(path)} | cut -d, -f{number}"


@step("compare", 0.8)
def _compare(space: Workspace) -> Made | None:
    path = space.some_file(*EDITABLE)
    other = space.assume(space.path(space.new_name()))
    if path == other:
        return None
    said = {"it": space.it(path), "x": posixpath.basename(other)}
    space.now_file(path)
    return said, f"diff {space.shown(path)} {space.shown(other)}"


@step("compare_copy", 2.0)
def _compare_copy(space: Workspace) -> Made | None:
    if space.last.copied is None:
        return None
    return {}, "diff " + " ".join(map(space.shown, space.last.copied))


@step("run_it", 1.0)
def _run_it(space: Workspace) -> Made | None:
    path = space.file
    if path is None or not path.endswith((".sh", ".py")) or not path.startswith(space.here + "/"):
        return None
    said = {"it": space.it(path)}
    space.now_file(path)
    return said, "./" + space.shown(path)
