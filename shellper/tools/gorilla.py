"""The 18 tools of the Gorilla file system (Berkeley Function Calling Leaderboard), which distil_model was trained on.

Names, parameters, types and defaults are theirs, the descriptions ours. Where the simulator of the benchmark differs
from a shell, the shell's meaning holds. "None" as a default means: not given.
"""

from __future__ import annotations

from typing import Literal

from shellper.tools.operands import name_part, printed, start_folder
from shellper.tools.quoting import Argument, Either, Operator, file, search_pattern, text
from shellper.tools.schema import Arguments, Count


def cat(file_name: str) -> Arguments:
    """Print the whole content of a file.

    file_name: the file to print
    """
    return ["cat", file(file_name)]


def cd(folder: str) -> Arguments:
    """Go to another folder.

    folder: the folder to go to; `..` is the one above, `-` the one before
    """
    return ["cd", text("-") if folder == "-" else file(folder)]


def cp(source: str, destination: str) -> Arguments:
    """Copy a file, or a folder with everything in it.

    source: what to copy
    destination: the name of the copy, or the folder to put it in
    """
    return ["cp", "-r", file(source), file(destination)]


def diff(file_name1: str, file_name2: str) -> Arguments:
    """Compare two files line by line.

    file_name1: the first file
    file_name2: the second file
    """
    return ["diff", file(file_name1), file(file_name2)]


def du(human_readable: bool = False) -> Arguments:
    """Show how much disk space this folder and the folders in it take.

    human_readable: write sizes as 2K, 30M, 1G
    """
    return ["du", "-h"] if human_readable else ["du"]


def echo(content: str, file_name: str = "None") -> Arguments:
    """Print a text, or add it as a line to the end of a file.

    content: the text
    file_name: the file to write to; leave it out to print
    """
    target: list[Argument] = [] if file_name == "None" else [Operator(">>"), file(file_name)]
    return [*printed(content), *target]


def find(path: str = ".", name: str = "None") -> Arguments:
    """List the files and folders under a folder, at any depth; with a name, those whose name contains it.

    path: the folder to search
    name: a part of the name, or a pattern such as `*.txt`
    """
    condition: list[Argument] = [] if name == "None" else ["-name", name_part(name)]
    return ["find", start_folder(path), *condition]


def grep(file_name: str, pattern: str) -> Arguments:
    """Print the lines of a file that match a pattern.

    file_name: the file to search
    pattern: the text or regular expression to look for
    """
    return ["grep", search_pattern(pattern), file(file_name)]


def ls(a: bool = False) -> Arguments:
    """List what is in this folder.

    a: hidden files too
    """
    return ["ls", "-a"] if a else ["ls"]


def mkdir(dir_name: str) -> Arguments:
    """Make a new folder.

    dir_name: its name
    """
    return ["mkdir", file(dir_name)]


def mv(source: str, destination: str) -> Arguments:
    """Move or rename a file or folder.

    source: what to move
    destination: the new name, or the folder to move it to
    """
    return ["mv", file(source), file(destination)]


def pwd() -> Arguments:
    """Print the path of this folder."""
    return ["pwd"]


def rm(file_name: str) -> Arguments:
    """Delete a file.

    file_name: the file to delete
    """
    return ["rm", Either("recursive", ("-r",)), file(file_name)]


def rmdir(dir_name: str) -> Arguments:
    """Delete an empty folder.

    dir_name: the folder to delete
    """
    return ["rmdir", file(dir_name)]


def sort(file_name: str) -> Arguments:
    """Print the lines of a file in alphabetical order.

    file_name: the file to sort
    """
    return ["sort", file(file_name)]


def tail(file_name: str, lines: Count = 10) -> Arguments:
    """Print the last lines of a file.

    file_name: the file
    lines: how many lines
    """
    return ["tail", "-n", str(lines), file(file_name)]


def touch(file_name: str) -> Arguments:
    """Make an empty file; a file that exists gets the present time.

    file_name: the file
    """
    return ["touch", file(file_name)]


def wc(file_name: str, mode: Literal["l", "w", "c"] = "l") -> Arguments:
    """Count what is in a file.

    file_name: the file
    mode: l counts lines, w words, c bytes
    """
    return ["wc", f"-{mode}", file(file_name)]


TOOLS = (cat, cd, cp, diff, du, echo, find, grep, ls, mkdir, mv, pwd, rm, rmdir, sort, tail, touch, wc)
