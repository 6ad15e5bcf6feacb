"""Code in other languages on the command line: python -c, perl -e, awk, node -e …

Python is parsed. Of the others only their string literals are taken: where the code calls a shell, they are read as
shell text; where it removes files, they are read as paths.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from shellper.safety.marks import UNKNOWN
from shellper.safety.state import Call

if TYPE_CHECKING:
    import ast

_CODE_OPTIONS = {
    "python": ("-c",), "python2": ("-c",), "python3": ("-c",), "pypy3": ("-c",), "perl": ("-e", "-E"), "ruby": ("-e",),
    "node": ("-e", "-p", "--eval", "--print"), "nodejs": ("-e",), "php": ("-r",), "lua": ("-e",), "osascript": ("-e",),
    "Rscript": ("-e",), "bun": ("-e",), "emacs": ("--eval", "--execute"),
}  # fmt: skip
AWKS = frozenset(["awk", "gawk", "mawk", "nawk"])
INTERPRETERS = frozenset(_CODE_OPTIONS) | AWKS | {"deno", "tclsh", "irb"}

_HOME_NAMES = (
    r"""\$ENV\{["']?HOME["']?\}|\bENV(?:IRON)?(?:\.fetch\(|\[)["']HOME["'][\])]|\bDir\.home\b|\bprocess\.env(?:\.HOME\b|\[["']HOME["']\])"""
    r"""|\b(?:os\.)?homedir\(\)|\b(?:os\.)?getenv\(["']HOME["']\)|\b(?:os\.)?environ(?:\[["']HOME["']\]|\.get\(["']HOME["']\))"""
    r"""|\b(?:pathlib\.)?Path\.home\(\)"""
)
_HOME = re.compile(rf"([$#]\{{(?:{_HOME_NAMES})\}}|{_HOME_NAMES})")
"""What says "my home directory" in Perl, Ruby, JavaScript, PHP, Lua and Python."""
_STRING = re.compile(
    r"(\$HOME\b)|\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`|\bq[qwx]?(?:\(([^)]*)\)|\{([^}]*)\}|\[([^\]]*)\]|/([^/]*)/)"
)
_SHELL_CALL = re.compile(
    r"\b(system|execute|exec|execl|execSync|spawn|spawnSync|popen|shell_exec|passthru|proc_open|do shell script)\b"
    r"|%x|qx|`|\(shell-command|\|\s*getline|print\b.*\|"
)
_REMOVAL = re.compile(
    r"\b(unlink|rmtree|remove_tree|rmdir|rmSync|rmdirSync|unlinkSync|rm_rf|rm_r|rm_f|removedirs|truncate|rm)\b"
    r"|File\.delete|FileUtils|fs\.rm|os\.remove|Deno\.remove|\(delete-(?:directory|file)"
)
_HIDDEN_SHELL_CALL = re.compile(
    r"\b(?:system|execute|execl|execSync|spawn|spawnSync|popen|shell_exec|passthru|proc_open|exec)\b[\s(]*"
    r"(?:(?![\s(\"`])|\"\"\s*[.+\w$])|\w\s*\|\s*getline|\bprint\b[^;}]{0,200}[^|]\|\s*[\w$(]"
)
"""A shell is called with what is no plain string, in code without the contents of its strings."""
_FORK = re.compile(r"(?<!cluster\.)\bfork\b")
_LOOP = re.compile(r"\b(?:while|for|foreach|loop|until|redo|goto|times|repeat)\b")
_GLOB = re.compile(r"\bDir\s*[\[.(]|\b[ir]?glob\b|<\*|\bscandir\b|\blistdir\b|\breaddir")
_OPENS = re.compile(
    r"""\bopen\w*\b(?:"[^"]*"|'[^']*'|[^"';]){0,200}?,\s*(?:mode\s*=\s*)?["'](?:\+?>|w)"""
    r"""|\bwrite_(?:text|bytes)\b|\bwriteFile|\bFile\.write\b|\bfile_put_contents\b"""
)
_PUTS = re.compile(r"write|puts|print|dump|save|copy|put_contents|<<")
_JOINTS = ("", ".", "+", "..")
"""What stands between strings that are joined, in one language or another."""
_REVERSES = re.compile(r"\bstrrev\b|\breverse\b|\[::-1\]")
_UNPACKS = re.compile(r"base64|b64decode|decode64|\batob\b")
_PYTHON_SHELL = {
    "os.system", "os.popen", "subprocess.run", "subprocess.call", "subprocess.Popen", "subprocess.check_output",
    "subprocess.check_call", "subprocess.getoutput", "subprocess.getstatusoutput", "os.execvp", "os.execv", "os.execl",
    "os.execlp", "pty.spawn", "commands.getoutput",
}  # fmt: skip
_PYTHON_SHELL_METHODS = {"system", "popen", "check_output", "check_call", "Popen"}
"""Taken for a shell whatever they belong to: `from os import system`, `import subprocess as sp`."""
_PYTHON_REMOVAL = {"rmtree", "unlink", "rmdir", "removedirs"}
_PYTHON_REMOVAL_NAMES = {"os.remove", "remove", "os.truncate"}


def code_of(call: Call) -> list[str]:
    """The code that the call carries in its arguments or gets through a pipe."""
    if call.program == "deno":
        verb, *rest = [word.plain for word in call.operands] or [""]
        return rest[:1] if verb == "eval" else []
    if call.program in AWKS:
        return [] if call.has("-f", "--file") else [word.plain for word in call.operands[:1]]
    options = _CODE_OPTIONS.get(call.program)
    if options is None:
        if not re.fullmatch(r"python[\d.]+", call.program):
            return []
        options = ("-c",)
    found = [word.plain for word in call.option_values(*options)]
    if not found and call.program in ("perl", "ruby"):
        pairs = itertools.pairwise(word.plain for word in call.args)
        found = [code for option, code in pairs if re.fullmatch(r"-\w*[eE]", option)]  # -ne, -pie
    if not found and call.stdin.piped and not [word for word in call.operands if word.plain != "-"]:
        found = list(call.stdin.texts)
    return found


def shell_scripts(call: Call) -> list[str]:
    """Shell text that the code would run."""
    found: list[str] = []
    for code in code_of(call):
        if call.program.startswith(("python", "pypy")):
            found += _python(code)[0]
        elif _SHELL_CALL.search(_bare(code)):
            found += _literals(code)
        found += [plain for text in found for plain in _decoded(code, text)]
    return [text for text in found if text.strip()]


def _decoded(code: str, text: str) -> list[str]:
    """What a string in the code may be before it is run, where the code reverses or decodes one."""
    found = [text[::-1]] if _REVERSES.search(code) else []
    if _UNPACKS.search(code):
        with contextlib.suppress(ValueError):
            found.append(base64.b64decode(text).decode("utf-8", "replace"))
    return found


def runs_hidden(call: Call) -> bool:
    """Whether the code gives a shell what is not written out."""
    python = call.program.startswith(("python", "pypy"))
    return any(_python(code)[2] if python else _HIDDEN_SHELL_CALL.search(_bare(code)) for code in code_of(call))


def multiplies(call: Call) -> bool:
    """Whether the code forks in a loop."""
    codes = [_bare(code) for code in code_of(call)]
    return any(_FORK.search(code) and _LOOP.search(code) for code in codes)


def writes_files(call: Call) -> bool:
    """Whether the code opens files for writing."""
    return any(_OPENS.search(code) for code in code_of(call))


def empties_files(call: Call) -> bool:
    """Whether the code opens every file that a pattern finds for writing, and writes nothing."""
    return any(
        _OPENS.search(code) and _GLOB.search(code) and not _PUTS.search(_OPENS.sub("", code)) for code in code_of(call)
    )


def removed_paths(call: Call) -> list[str]:
    """Paths that the code would remove or empty; UNKNOWN for one that is not written out."""
    found: list[str] = []
    for code in code_of(call):
        found += _overwritten(code)
        if call.program.startswith(("python", "pypy")):
            found += _python(code)[1]
        elif call.program not in AWKS and _REMOVAL.search(_bare(code)):
            found += _literals(code) or [UNKNOWN]
    return found


def _overwritten(code: str) -> list[str]:
    """Devices and system files that code opens for writing."""
    opened = re.findall(r"""open\w*\([^"']*["'](/(?:dev|etc)/[^"']+)["']\s*,\s*["'](?:r\+|[wax])""", code)
    return opened + re.findall(r"""(?:["']\+?>+\s*|>\s*["'])(/(?:dev|etc)/[^"']+)["']""", code)


def _bare(code: str) -> str:
    """The code without the contents of its quoted strings."""
    return re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", '""', code)


def printed_words(code: str) -> str:
    """The string literals of an awk program that prints: the fixed part of its output."""
    strings = [text for text in _literals(code) if text.strip()]
    return " ".join(strings) if "print" in code else ""


def _literals(code: str) -> list[str]:
    """The strings in the code, and all from each on together: `system("rm", "-rf", "/")`."""
    code = _HOME.sub("$HOME", code)
    strings: list[str] = []
    end = -1
    for match in _STRING.finditer(code):
        text = "".join(group or "" for group in match.groups())
        if strings and code[end : match.start()].strip() in _JOINTS:
            strings[-1] += text
        elif text:
            strings.append(text)
        end = match.end()
    return strings + [" ".join(strings[place:]) for place in range(min(len(strings) - 1, 12))]


@lru_cache(maxsize=64)
def _python(code: str, depth: int = 0) -> tuple[list[str], list[str], bool]:
    """(shell text, removed paths, whether some shell text is not written out) of Python code.

    Code that does not parse is searched for its strings.
    """
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        calls = _SHELL_CALL.search(code) is not None
        return (_literals(code) if calls else []), [], calls
    hidden = False
    scripts: list[str] = []
    removed: list[str] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = _dotted(node.func)
        last = name.rpartition(".")[2]
        texts = [text for argument in node.args for text in _texts(argument)]
        if name in ("exec", "eval") and depth < 4:
            hidden = hidden or not texts
            for text in (" ".join(texts), *_decoded(code, " ".join(texts))):
                more = _python(text, depth + 1)
                scripts += more[0]
                removed += more[1]
                hidden = hidden or more[2]
        elif (
            name in _PYTHON_SHELL or last in _PYTHON_SHELL_METHODS or (last in ("run", "call") and "subprocess" in code)
        ):
            scripts.append(" ".join(texts))
            hidden = hidden or not all(_written_out(argument) for argument in node.args[:1])
        elif last in _PYTHON_REMOVAL or name in _PYTHON_REMOVAL_NAMES:
            owner = node.func.value if isinstance(node.func, ast.Attribute) else None  # Path("x").unlink()
            removed += texts + (_texts(owner) if owner else []) or [UNKNOWN]
    return scripts, removed, hidden


def _written_out(node: ast.AST) -> bool:
    """Whether a piece of Python is a string, or a list of strings."""
    import ast

    if isinstance(node, (ast.List, ast.Tuple)):
        return all(map(_written_out, node.elts))
    return isinstance(node, ast.Constant)


def _texts(node: ast.AST) -> list[str]:
    """The string literals anywhere in a piece of Python, and `~` for what says "my home directory"."""
    import ast

    found = []
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            found.append(part.value)
        elif isinstance(part, (ast.Call, ast.Subscript)) and _short(part) and _HOME.fullmatch(ast.unparse(part)):
            found.append("~")
    return found


def _short(node: ast.expr) -> bool:
    """Whether the node is so small that it cannot be deep."""
    return node.lineno == node.end_lineno and (node.end_col_offset or 0) - node.col_offset < 60


def _dotted(node: object) -> str:
    import ast

    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        inner = _dotted(node.func)
        if inner == "__import__" and node.args and isinstance(node.args[0], ast.Constant):
            return str(node.args[0].value)
        return inner
    return node.id if isinstance(node, ast.Name) else ""
