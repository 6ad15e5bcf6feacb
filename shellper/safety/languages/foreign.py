"""Code in other languages on the command line: python -c, perl -e, awk, node -e …

Python is parsed. Of the others only their string literals are taken: where the code calls a shell, they are read as
shell text; where it removes files, they are read as paths.
"""

from __future__ import annotations

import base64
import itertools
import re

from shellper.safety.bash.marks import HOME, STAR, UNKNOWN
from shellper.safety.calls import Call, Word
from shellper.safety.interpreters import CODE_OPTIONS
from shellper.safety.languages.code_strings import SHELL_CALL, bare, decoded, literals
from shellper.safety.languages.python_code import read_python

CODE_TAKERS = frozenset(CODE_OPTIONS) | {"awk", "deno"}

COMPILERS = frozenset(["go", "rustc", "cc", "tcc"])
"""What makes programs of code that is written, or piped in, on the same line."""

_REMOVAL = re.compile(
    r"\b(unlink|rmtree|remove_tree|rmdir|rmSync|rmdirSync|unlinkSync|rm_rf|rm_r|rm_f|removedirs|truncate|rm)\b"
    r"|File\.delete|FileUtils|fs\.rm|os\.remove|os\.Remove(?:All)?|os\.Truncate|\bremove_(?:dir_all|dir|file)\b|\bremove\s*\(|Deno\.remove|\(delete-(?:directory|file)"
)
_TREES = re.compile(
    r"\b(?:rmtree|remove_tree|rm_rf|rm_r|rimraf|RemoveAll|remove_dir_all)\b|\b(?:rm|rmSync|rmdirSync|remove)\b.*\brecursive\b"
    r"|\(delete-directory\s+\S+\s+t\b"
)
_HIDDEN_SHELL_CALL = re.compile(
    r"\b(?:system|execute|execl|execSync|spawn|spawnSync|popen|shell_exec|passthru|proc_open|exec)\b[\s(]*"
    r"(?:(?![\s(\"`])|\"\"\s*[.+\w$])|\w\s*\|\s*getline|\bprint\b[^;}]{0,200}[^|]\|\s*[\w$(]"
)
"""A shell is called with what is no plain string, in code without the contents of its strings."""
_FORK = re.compile(r"(?<!cluster\.)\bfork\b")
_EVALUATES = re.compile(r"\b(?:exec|eval)\b")
_LOOP = re.compile(r"\b(?:while|for|foreach|loop|until|redo|goto|times|repeat)\b")
_GLOB = re.compile(r"\bDir\s*[\[.(]|\b[ir]?glob\b|<\*|\bscandir\b|\blistdir\b|\breaddir")
_OPENS = re.compile(
    r"""\bopen\w*\b(?:"[^"]*"|'[^']*'|[^"';]){0,80}?,\s*(?:mode\s*=\s*)?["'](?:\+?>|w)"""
    r"""|\bwrite_(?:text|bytes)\b|\bwriteFile|\bFile\.write\b|\bfile_put_contents\b|\(write-region\b"""
)
_WRITTEN = re.compile(
    r"""\b(?:writeFile|writeFileSync|writeTextFile|writeTextFileSync|file_put_contents|createWriteStream)\s*\(\s*(["'])([^"']+)\1"""
    r"""|\bFile\.(?:write|open)\s*\(\s*(["'])([^"']+)\3(?=\s*,)(?!\s*,\s*["']r)"""
    r"""|\bopen\b[^,;"']{0,40},\s*["']\+?>(?!>)(?:["']\s*,\s*["'])?\s*()([^"']+)["']"""
)
"""What JavaScript, PHP, Ruby and Perl write anew by a name that is written out."""
_PUTS = re.compile(r"write|puts|print|dump|save|copy|put_contents|<<")


def code_of(call: Call) -> list[str]:
    """The code that the call carries in its arguments or gets through a pipe."""
    if call.program == "deno":
        verb, *rest = [word.plain for word in call.operands] or [""]
        return [*(rest[:1] if verb == "eval" else []), *(word.plain for word in call.option_values("--eval"))]
    if call.program == "awk":
        return [] if call.has("-f", "--file") else [word.plain for word in call.operands[:1]]
    if call.program in COMPILERS:
        written = [text for word in call.operands if word.data is not None for text in word.data.texts]
        return written + (list(call.stdin.texts) if any(word.plain == "-" for word in call.operands) else [])
    options = CODE_OPTIONS.get(call.program)
    if options is None:
        return []
    found = [word.plain for word in call.option_values(*options)] + _code_in_options(call)
    if not found and call.program in ("perl", "ruby"):
        pairs = itertools.pairwise(word.plain for word in call.args)
        found = [code for option, code in pairs if re.fullmatch(r"-\w*[eE]", option)]  # -ne, -pie
    if not found and call.operands and call.operands[0].data is not None:
        found = list(call.operands[0].data.texts)  # a script that was written before
    elif not found and call.stdin.piped and all(word.plain == "-" for word in call.operands[:1]):
        found = list(call.stdin.texts)
    return found


def _code_in_options(call: Call) -> list[str]:
    """Code that stands where a module's name is expected: `node --import=data:…`, `perl '-Mx;system(…)'`."""
    from urllib.parse import unquote

    if call.program == "perl":
        return [word.plain for word in call.option_values("-M", "-m") if ";" in word.plain]
    addresses = [word.plain for word in call.option_values("-r", "--require", "--import", "--loader")]
    found = [re.fullmatch(r"data:[^,]*?(;base64)?,(.*)", address, re.DOTALL) for address in addresses]
    return [_unpacked(match[2]) if match[1] else unquote(match[2]) for match in found if match]


def _is_python(call: Call) -> bool:
    return call.program == "python"


def _unpacked(text: str) -> str:
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except ValueError:
        return text


def shell_scripts(call: Call) -> list[str]:
    """Shell text that the code would run."""
    found: list[str] = []
    for code in code_of(call):
        if _is_python(call):
            found += read_python(code).scripts
        elif SHELL_CALL.search(bare(code)):
            # `"rm " $1`: what ends with a blank has something behind it
            found += [text + UNKNOWN if text.endswith(" ") else text for text in literals(code)]
        found += [plain for text in found for plain in decoded(code, text)]
    return [text for text in found if text.strip()]


def runs_hidden(call: Call) -> bool:
    """Whether the code gives a shell what is not written out."""
    python = _is_python(call)
    return any(read_python(code).hidden if python else _HIDDEN_SHELL_CALL.search(bare(code)) for code in code_of(call))


def runs_fetched(call: Call) -> bool:
    """Whether Python code runs what it gets from the network."""
    python = _is_python(call)
    return python and any(read_python(code).fetched for code in code_of(call))


def multiplies(call: Call) -> bool:
    """Whether the code forks in a loop, or evaluates a string that does."""
    codes = [code if _EVALUATES.search(bare(code)) else bare(code) for code in code_of(call)]
    return any(_FORK.search(code) and _LOOP.search(code) for code in codes)


def writes_files(call: Call) -> bool:
    """Whether the code opens files for writing."""
    return any(_OPENS.search(code) for code in code_of(call))


def written_names(call: Call) -> list[str]:
    """The files that the code writes anew, as far as their names are written out."""
    found: list[str] = []
    for code in code_of(call):
        if _is_python(call):
            found += read_python(code).written
        else:
            found += [match[2] or match[4] or match[6] for match in _WRITTEN.finditer(code)]
    return found


def empties_files(call: Call) -> bool:
    """Whether the code opens every file that a pattern finds for writing, and writes nothing."""
    return any(
        _OPENS.search(code) and _GLOB.search(code) and not _PUTS.search(_OPENS.sub("", code)) for code in code_of(call)
    )


def removes_trees(call: Call) -> bool:
    """Whether the code removes whole folders."""
    python = _is_python(call)
    return any(read_python(code).trees if python else _TREES.search(bare(code)) for code in code_of(call))


def removed_paths(call: Call) -> list[str]:
    """Paths that the code would remove; UNKNOWN for one that is not written out."""
    found: list[str] = []
    for code in code_of(call):
        if _is_python(call):
            found += read_python(code).removed
        elif call.program != "awk" and _REMOVAL.search(bare(code)):
            found += literals(code) or [UNKNOWN]
    return found


def overwritten_paths(call: Call) -> list[str]:
    """Devices and system files that the code opens for writing."""
    return [path for code in code_of(call) for path in _opened(code)]


def _opened(code: str) -> list[str]:
    opened = re.findall(r"""open\w*\([^"']{0,80}["'](/(?:dev|etc)/[^"']+)["']\s*,\s*["'](?:r\+|[wax])""", code)
    return opened + re.findall(r"""(?:["']\+?>+\s*|>\s*["'])(/(?:dev|etc)/[^"']+)["']""", code)


def path_in_code(path: str) -> Word:
    """A path inside code, in which `~` was probably meant for the home directory, and `*` for every name."""
    return Word(re.sub(r"^(~|\$HOME\b)", HOME, path).replace("*", STAR))


def printed_words(code: str) -> str:
    """The string literals of an awk program that prints: the fixed part of its output."""
    strings = [text for text in literals(code) if text.strip()]
    return " ".join(strings) if "print" in code else ""
