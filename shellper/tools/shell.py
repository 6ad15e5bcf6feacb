"""The tools of the default set: the 18 of `gorilla`, widened by what a shell user expects, and some more.

Every call of a gorilla tool means the same here; what is added is optional. `bash` takes what no other tool can say,
and `clarify` asks back.
"""

from __future__ import annotations

import re
from typing import Literal

from shellper.errors import Clarification, ToolError
from shellper.tools.gorilla import cd, pwd
from shellper.tools.operands import literal, name_part, printed, start_folder
from shellper.tools.quoting import (
    PIPE,
    Argument,
    Either,
    Line,
    Operator,
    Raw,
    file,
    files,
    quote,
    script,
    search_pattern,
    text,
)
from shellper.tools.schema import Arguments, Count, Positive
from shellper.tools.words import trimmed


def bash(command: str) -> Arguments:
    """Run a command line of bash, for everything that no other tool does: pipes, several commands, other programs.

    command: the command line, on one line
    """
    line = re.sub(r"\s*\\\n\s*", " ", trimmed(command))
    if not line:
        raise ToolError("bash: an empty command")
    if "\n" in line:
        raise ToolError("bash: the command must stand on one line")
    return [Line(line)]


def cat(file_name: str, more_files: list[str] | None = None, number: bool = False) -> Arguments:
    """Print the whole content of files.

    file_name: the file to print
    more_files: further files, printed after it
    number: number the lines
    """
    return ["cat", *flags(n=number), *files(file_name, *(more_files or []))]


def clarify(question: str) -> Arguments:
    """Ask the user back, when the request is no command or leaves out what matters.

    question: one short question
    """
    raise Clarification(question)


def cp(
    source: str,
    destination: str,
    more_sources: list[str] | None = None,
    recursive: bool = True,
    keep: bool = False,
    no_overwrite: bool = False,
) -> Arguments:
    """Copy files, and folders with everything in them.

    source: what to copy
    destination: the name of the copy, or the folder to put it in
    more_sources: further files or folders to copy
    recursive: folders too
    keep: keep times, owners and permissions
    no_overwrite: leave files alone that exist already
    """
    options = flags(a=keep, r=recursive and not keep, n=no_overwrite)
    return ["cp", *options, *files(source, *(more_sources or []), destination)]


def diff(
    file_name1: str,
    file_name2: str,
    unified: bool = False,
    recursive: bool = False,
    names_only: bool = False,
    side_by_side: bool = False,
    ignore_case: bool = False,
    ignore_blanks: bool = False,
) -> Arguments:
    """Compare two files line by line, or two folders.

    file_name1: the first file
    file_name2: the second file
    unified: show the lines around each change, as patches do
    recursive: compare folders with everything in them
    names_only: say only whether they differ
    side_by_side: show both next to each other
    ignore_case: take capitals for small letters
    ignore_blanks: ignore differences in blanks
    """
    options = flags(u=unified, r=recursive, q=names_only, y=side_by_side, i=ignore_case, w=ignore_blanks)
    return ["diff", *options, *files(file_name1, file_name2)]


def du(
    human_readable: bool = False,
    path: str = ".",
    more_paths: list[str] | None = None,
    summary: bool = False,
    every_file: bool = False,
    depth: Count | None = None,
    biggest_first: bool = False,
    limit: Positive | None = None,
) -> Arguments:
    """Show how much disk space folders take.

    human_readable: write sizes as 2K, 30M, 1G
    path: the folder or file to measure
    more_paths: further ones
    summary: one total for each, not every folder in it
    every_file: files too, not only folders
    depth: how many levels of folders to show
    biggest_first: order by size
    limit: show only so many lines
    """
    chosen = [] if path == "." and not more_paths else files(path, *(more_paths or []))
    levels = [] if depth is None else [Either("bsd", ("-d", str(depth)), (f"--max-depth={depth}",))]
    order: list[Argument] = [PIPE, "sort", "-rh" if human_readable else "-rn"] if biggest_first else []
    cut: list[Argument] = [] if limit is None else [PIPE, "head", "-n", str(limit)]
    return ["du", *flags(a=every_file, s=summary, h=human_readable), *levels, *chosen, *order, *cut]


def echo(content: str, file_name: str = "None", overwrite: bool = False) -> Arguments:
    """Print a text, or write it to a file.

    content: the text
    file_name: the file to write to; leave it out to print
    overwrite: replace what is in the file; otherwise the text is added to its end
    """
    target: list[Argument] = [] if file_name == "None" else [Operator(">" if overwrite else ">>"), file(file_name)]
    return [*printed(content), *target]


def find(
    path: str = ".",
    name: str = "None",
    exact: bool = False,
    ignore_case: bool = False,
    kind: Literal["file", "folder", "link"] | None = None,
    larger_than: str | None = None,
    smaller_than: str | None = None,
    newer_than: str | None = None,
    older_than: str | None = None,
    newer_than_file: str | None = None,
    empty: bool = False,
    max_depth: Count | None = None,
) -> Arguments:
    """List the files and folders under a folder, at any depth, that meet every condition.

    path: the folder to search
    name: a part of the name, or a pattern such as `*.txt`
    exact: the name is the whole name
    ignore_case: capitals in the name do not matter
    kind: files, folders or links only
    larger_than: a size such as 100M, 2G, 500k
    smaller_than: a size
    newer_than: changed within this time, such as 7d, 12h, 30m
    older_than: last changed longer ago than this time
    newer_than_file: changed after this file
    empty: empty ones only
    max_depth: how many levels down to look
    """
    arguments: list[Argument] = ["find", start_folder(path)]
    if max_depth is not None:
        arguments += ["-maxdepth", str(max_depth)]
    if kind is not None:
        arguments += ["-type", _KINDS[kind]]
    if name != "None":
        arguments += ["-iname" if ignore_case else "-name", text(literal(name)) if exact else name_part(name)]
    for sign, size in (("+", larger_than), ("-", smaller_than)):
        arguments += [] if size is None else _size(sign, size)
    for sign, age in (("-", newer_than), ("+", older_than)):
        arguments += [] if age is None else _age(sign, age)
    if newer_than_file is not None:
        arguments += ["-newer", file(newer_than_file)]
    return [*arguments, *(["-empty"] if empty else [])]


_KINDS = {"file": "f", "folder": "d", "link": "l"}
_SIZE = re.compile(r"([0-9]{1,18})\s*(?:([bckmgt])(?:i?b|bytes?)?|bytes?)?", re.IGNORECASE)
_SIZE_LETTERS = {"": "c", "b": "c", "c": "c", "k": "k", "m": "M", "g": "G"}


def _size(sign: str, size: str) -> list[Argument]:
    """find's condition for a size; a number alone counts bytes, 1T is written as 1024G."""
    match = _SIZE.fullmatch(size.strip())
    if not match:
        raise ToolError(f"find: {size!a} is no size (write 100M, 2G, 500k)")
    number, letter = match.group(1), (match.group(2) or "").lower()
    if letter == "t":
        number, letter = str(1024 * int(number)), "g"
    return ["-size", f"{sign}{number}{_SIZE_LETTERS[letter]}"]


_AGE = re.compile(r"([0-9]{1,9})\s*(m|min|mins|minutes?|h|hours?|d|days?|w|weeks?)", re.IGNORECASE)
_AGE_UNITS = {"m": ("-mmin", 1), "h": ("-mmin", 60), "d": ("-mtime", 1), "w": ("-mtime", 7)}


def _age(sign: str, age: str) -> list[Argument]:
    """find's condition for the time of the last change."""
    match = _AGE.fullmatch(age.strip())
    if not match:
        raise ToolError(f"find: {age!a} is no time (write 7d, 12h, 30m)")
    test, factor = _AGE_UNITS[match.group(2)[0].lower()]
    return [test, f"{sign}{int(match.group(1)) * factor}"]


def grep(
    file_name: str,
    pattern: str,
    more_files: list[str] | None = None,
    recursive: bool = False,
    ignore_case: bool = False,
    line_numbers: bool = False,
    count: bool = False,
    invert: bool = False,
    whole_words: bool = False,
    names_only: bool = False,
    matches_only: bool = False,
    extended: bool = False,
    include: str | None = None,
    context: Count | None = None,
) -> Arguments:
    """Print the lines of files that match a pattern.

    file_name: the file to search; with recursive, the folder
    pattern: the text or regular expression to look for
    more_files: further files
    recursive: search every file under the folder
    ignore_case: capitals do not matter
    line_numbers: number the lines
    count: print only how many lines match
    invert: the lines that do not match
    whole_words: whole words only
    names_only: print only the names of the files that match
    matches_only: print only the part that matches
    extended: the pattern is an extended regular expression
    include: with recursive, only files whose name matches this, such as `*.py`
    context: show so many lines around each match
    """
    options = {"r": recursive, "i": ignore_case, "n": line_numbers, "c": count, "v": invert}
    options |= {"w": whole_words, "l": names_only, "o": matches_only, "E": extended}
    around = [] if context is None else ["-C", str(context)]
    only = [] if include is None else [Raw("--include=" + quote(include))]
    return ["grep", *flags(**options), *around, *only, search_pattern(pattern), *files(file_name, *(more_files or []))]


def head(
    file_name: str,
    lines: Count | None = None,
    byte_count: Count | None = None,
    all_but_last: Count | None = None,
) -> Arguments:
    """Print the first lines of a file.

    file_name: the file
    lines: how many lines; 10 when left out
    byte_count: how many bytes, instead of lines
    all_but_last: everything except so many lines at the end
    """
    if all_but_last is not None:
        return _all_but_last(file_name, all_but_last)
    if byte_count is not None:
        return ["head", "-c", str(byte_count), file(file_name)]
    return ["head", *([] if lines is None else ["-n", str(lines)]), file(file_name)]


def _all_but_last(file_name: str, count: int) -> Arguments:
    """GNU's head takes a negative number; elsewhere awk holds back the last lines."""
    awk = f"NR > {count} {{ print line[NR % {count}] }} {{ line[NR % {count}] = $0 }}" if count else "1"
    return [Either("bsd", ("awk", awk), ("head", "-n", f"-{count}")), file(file_name)]


def ls(
    a: bool = False,
    path: str = ".",
    more_paths: list[str] | None = None,
    long: bool = False,
    human_readable: bool = False,
    sort_by: Literal["name", "time", "size"] = "name",
    reverse: bool = False,
    recursive: bool = False,
    one_per_line: bool = False,
    itself: bool = False,
) -> Arguments:
    """List what is in a folder.

    a: hidden files too
    path: the folder or file to list
    more_paths: further ones
    long: with permissions, owner, size and time
    human_readable: write sizes as 2K, 30M, 1G
    sort_by: name; time, newest first; or size, biggest first
    reverse: the other way round
    recursive: folders in folders too
    one_per_line: one name a line
    itself: folders themselves instead of what is in them
    """
    options: dict[str, bool] = {"l": long, "a": a, "d": itself, "h": human_readable}
    options |= {"S": sort_by == "size", "t": sort_by == "time", "r": reverse, "R": recursive, "1": one_per_line}
    chosen = [] if path == "." and not more_paths and not itself else files(path, *(more_paths or []))
    return ["ls", *flags(**options), *chosen]


def mkdir(dir_name: str, more_dirs: list[str] | None = None, parents: bool = False) -> Arguments:
    """Make new folders.

    dir_name: its name
    more_dirs: further folders to make
    parents: make the folders above it too where they are missing
    """
    return ["mkdir", *flags(p=parents), *files(dir_name, *(more_dirs or []))]


def mv(source: str, destination: str, more_sources: list[str] | None = None, no_overwrite: bool = False) -> Arguments:
    """Move or rename files or folders.

    source: what to move
    destination: the new name, or the folder to move it to
    more_sources: further files or folders to move
    no_overwrite: leave files alone that exist already
    """
    return ["mv", *flags(n=no_overwrite), *files(source, *(more_sources or []), destination)]


def replace(file_name: str, old: str, new: str) -> Arguments:
    """Replace a text by another in a file, everywhere in it.

    file_name: the file to change
    old: a basic regular expression
    new: what to put in its place
    """
    for value in (old, new):
        if not re.fullmatch(r"(?:[^/\\]|\\.)*", value):
            raise ToolError("replace: write \\/ for a slash and \\\\ for a backslash")
    return ["sed", Either("bsd", ("-i", ""), ("-i",)), script(f"s/{old}/{new}/g"), file(file_name)]


def rm(file_name: str, more_files: list[str] | None = None, recursive: bool = False, force: bool = False) -> Arguments:
    """Delete files, with recursive also folders.

    file_name: what to delete
    more_files: further ones
    recursive: folders too, with everything in them
    force: do not ask, and do not mind what is missing
    """
    return ["rm", *flags(r=recursive, f=force), *files(file_name, *(more_files or []))]


def rmdir(dir_name: str, more_dirs: list[str] | None = None) -> Arguments:
    """Delete empty folders.

    dir_name: the folder to delete
    more_dirs: further ones
    """
    return ["rmdir", *files(dir_name, *(more_dirs or []))]


def sort(
    file_name: str,
    numeric: bool = False,
    reverse: bool = False,
    unique: bool = False,
    human_readable: bool = False,
    ignore_case: bool = False,
    column: Positive | None = None,
    separator: str | None = None,
) -> Arguments:
    """Print the lines of a file in order.

    file_name: the file to sort
    numeric: by number
    reverse: the other way round
    unique: each line once
    human_readable: by sizes such as 2K, 30M, 1G
    ignore_case: capitals do not matter
    column: by what stands in this column and after it; 1 is the first
    separator: what separates the columns; blanks when left out
    """
    between = [] if separator is None else [Raw("-t" + quote(separator))]
    key = [] if column is None else [f"-k{column}"]
    options = flags(r=reverse, n=numeric, h=human_readable, f=ignore_case, u=unique)
    return ["sort", *between, *key, *options, file(file_name)]


def tail(
    file_name: str,
    lines: Count = 10,
    byte_count: Count | None = None,
    from_line: Positive | None = None,
    follow: bool = False,
) -> Arguments:
    """Print the last lines of a file.

    file_name: the file
    lines: how many lines
    byte_count: how many bytes, instead of lines
    from_line: everything from this line on, instead of so many lines
    follow: go on printing what is added
    """
    if byte_count is not None:
        amount = ["-c", str(byte_count)]
    elif from_line is not None:
        amount = ["-n", f"+{from_line}"]
    else:
        amount = [] if follow and lines == 10 else ["-n", str(lines)]
    return ["tail", *amount, *flags(f=follow), file(file_name)]


def touch(file_name: str, more_files: list[str] | None = None) -> Arguments:
    """Make empty files; files that exist get the present time.

    file_name: the file
    more_files: further files
    """
    return ["touch", *files(file_name, *(more_files or []))]


def wc(
    file_name: str,
    mode: Literal["l", "w", "c", "m"] = "l",
    more_files: list[str] | None = None,
    number_only: bool = False,
) -> Arguments:
    """Count what is in files.

    file_name: the file
    mode: l counts lines, w words, c bytes, m characters
    more_files: further files
    number_only: print the number without the name
    """
    if number_only and not more_files:
        return ["wc", f"-{mode}", Operator("<"), file(file_name)]
    return ["wc", f"-{mode}", *files(file_name, *(more_files or []))]


TOOLS = (
    *(bash, cat, cd, clarify, cp, diff, du, echo, find, grep, head),
    *(ls, mkdir, mv, pwd, replace, rm, rmdir, sort, tail, touch, wc),
)


def flags(**letters: bool) -> list[str]:
    """One option with the letters that are wanted."""
    chosen = "".join(letter for letter, wanted in letters.items() if wanted)
    return [f"-{chosen}"] if chosen else []
