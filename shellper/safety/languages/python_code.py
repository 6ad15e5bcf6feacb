"""Python code on the command line: it is parsed, and the calls in it that run a shell or remove files are looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from shellper.safety.bash.marks import UNKNOWN
from shellper.safety.languages.code_strings import HOME, SHELL_CALL, decoded, literals

if TYPE_CHECKING:
    import ast

_PYTHON_SHELL = {
    "os.system", "os.popen", "subprocess.run", "subprocess.call", "subprocess.Popen", "subprocess.check_output",
    "subprocess.check_call", "subprocess.getoutput", "subprocess.getstatusoutput", "os.execvp", "os.execv", "os.execl",
    "os.execlp", "pty.spawn", "commands.getoutput",
}  # fmt: skip
_PYTHON_SHELL_METHODS = {"system", "popen", "check_output", "check_call", "Popen"}
"""Taken for a shell whatever they belong to: `from os import system`, `import subprocess as sp`."""
_PYTHON_REMOVAL = {"rmtree", "unlink", "rmdir", "removedirs"}
_PYTHON_REMOVAL_NAMES = {"os.remove", "remove", "os.truncate"}
_HANDING_ON = {"map", "starmap", "submit", "partial"}
"""They call the function that is their first argument."""
_PYTHON_MOVING = {"os.replace", "os.rename", "shutil.move", "shutil.copy", "shutil.copy2", "shutil.copyfile"}
_PYTHON_WRITING = {"write_text", "write_bytes"}
_EVALUATORS = {"exec", "eval", "builtins.exec", "builtins.eval"}
_FETCHERS = re.compile(r"\burlopen$|^(?:requests|httpx)\.\w+|\burlretrieve$|^urllib3\.|\.recv$")
_CONTENTS = {"path", "args", "cmd", "command"}
"""Arguments that may be given by these names."""


@dataclass
class PythonCode:
    """What Python code does outside of itself."""

    scripts: list[str] = field(default_factory=list)
    """Shell text that it runs."""
    removed: list[str] = field(default_factory=list)
    """Paths that it removes; UNKNOWN for one that is not written out."""
    trees: bool = False
    """It removes directories with what is in them."""
    written: list[str] = field(default_factory=list)
    """Files that it writes anew, as far as their names are written out."""
    hidden: bool = False
    """Some of its shell text is not written out."""
    fetched: bool = False
    """It runs, as Python or by a shell, what it gets from the network."""


@lru_cache(maxsize=64)
def read_python(code: str, depth: int = 0) -> PythonCode:
    """What the code does. Code that does not parse is searched for its strings."""
    import ast
    import warnings

    from shellper.safety.languages.python_folding import fold

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        calls = SHELL_CALL.search(code) is not None
        return PythonCode(literals(code) if calls else [], hidden=calls, trees="rmtree(" in code)
    _spell_out(tree, _imported(tree))
    fold(tree)
    _spell_out(tree, _assigned(tree))
    fold(tree)
    found = PythonCode()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            _note(node, code, depth, found)
    return found


def _imported(tree: ast.AST) -> dict[str, ast.expr]:
    """What the names of imports stand for: `import os as o`, `from os import remove as r`."""
    import ast

    found: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update({alias.asname: _chain(alias.name) for alias in node.names if alias.asname})
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update({alias.asname or alias.name: _chain(f"{node.module}.{alias.name}") for alias in node.names})
    return found


def _chain(dotted: str) -> ast.expr:
    """`os.path.join` as Python reads it."""
    import ast

    first, *rest = dotted.split(".")
    node: ast.expr = ast.Name(first, ast.Load())
    for name in rest:
        node = ast.Attribute(node, name, ast.Load())
    return node


def _assigned(tree: ast.AST) -> dict[str, ast.expr]:
    """What variables stand for that are set to something short: a string, a function, a home directory.

    They are copies: what is put into the tree must not contain the places where it is put.
    """
    import ast
    from copy import deepcopy

    kinds = (ast.Constant, ast.Attribute, ast.Call, ast.Subscript)
    found: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        value: ast.expr | None = None
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value if isinstance(node.value, kinds) else None
        elif isinstance(node, (ast.For, ast.comprehension)):
            targets, value = [node.target], node.iter  # what it goes through tells where it is
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        if names and value is not None and _short(value):
            found.update(dict.fromkeys(names, deepcopy(value)))
    return found


def _spell_out(tree: ast.AST, meanings: dict[str, ast.expr]) -> None:
    """Put what names stand for in their places."""
    import ast

    def meaning(value: object) -> object:
        if isinstance(value, ast.Name) and isinstance(value.ctx, ast.Load):
            return meanings.get(value.id, value)
        return value

    for parent in list(ast.walk(tree)) if meanings else ():
        for field_name, value in ast.iter_fields(parent):
            spelled = [meaning(one) for one in value] if isinstance(value, list) else meaning(value)
            setattr(parent, field_name, spelled)


def _note(node: ast.Call, code: str, depth: int, found: PythonCode) -> None:
    """Add what one call does."""
    import ast

    name = _dotted(node.func)
    last = name.rpartition(".")[2]
    arguments = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg in _CONTENTS)]
    texts = [text for argument in arguments for text in _texts(argument)]
    runs = name in _EVALUATORS or name in _PYTHON_SHELL or last in _PYTHON_SHELL_METHODS
    found.fetched = found.fetched or (runs and any(map(_fetches, arguments)))
    if name in _EVALUATORS and depth < 4:
        _evaluate(texts, code, depth, found)
    elif name in _PYTHON_SHELL or last in _PYTHON_SHELL_METHODS or (last in ("run", "call") and "subprocess" in code):
        found.scripts.append(" ".join(texts))
        found.hidden = found.hidden or not all(_written_out(argument) for argument in arguments[:1])
    elif last in _PYTHON_REMOVAL or name in _PYTHON_REMOVAL_NAMES:
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None  # Path("x").unlink()
        found.removed += texts + (_texts(owner) if owner else []) or [UNKNOWN]
        found.trees = found.trees or last == "rmtree"
    elif last in _HANDING_ON and arguments and _dotted(arguments[0]).rpartition(".")[2] in _PYTHON_REMOVAL:
        found.removed += texts or [UNKNOWN]
        found.trees = found.trees or _dotted(arguments[0]).endswith("rmtree")
    else:
        found.written += _written(node, last)


def _written(node: ast.Call, name: str) -> list[str]:
    """The file that `open(FILE, "w")` or `Path(FILE).write_text(…)` writes."""
    import ast

    if name in _PYTHON_WRITING and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Call):
        return _texts(node.func.value)[:1]  # Path(FILE)
    if _dotted(node.func) in _PYTHON_MOVING:
        return [text for argument in node.args[1:2] for text in _texts(argument)]
    modes = [*node.args[1:2], *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
    if name == "open" and any(text.startswith("w") for mode in modes for text in _texts(mode)):
        return _texts(node.args[0])[:1] if node.args and _written_out(node.args[0]) else []
    return []


def _fetches(node: ast.AST) -> bool:
    """Whether a piece of Python asks another machine."""
    import ast

    calls = (part for part in ast.walk(node) if isinstance(part, ast.Call))
    return any(_FETCHERS.search(_dotted(call.func)) for call in calls)


def _evaluate(texts: list[str], code: str, depth: int, found: PythonCode) -> None:
    """Add what the string does that is evaluated, as it stands and as it may be decoded."""
    found.hidden = found.hidden or not texts
    joined = " ".join(texts)
    for text in (joined, *decoded(code, joined)):
        inner = read_python(text, depth + 1)
        found.scripts += inner.scripts
        found.removed += inner.removed
        found.trees = found.trees or inner.trees
        found.written += inner.written
        found.hidden = found.hidden or inner.hidden
        found.fetched = found.fetched or inner.fetched


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
        elif isinstance(part, (ast.Call, ast.Subscript)) and _short(part) and HOME.fullmatch(ast.unparse(part)):
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
        texts = [str(argument.value) for argument in node.args[:2] if isinstance(argument, ast.Constant)]
        if inner in ("__import__", "importlib.import_module") and texts:
            return texts[0]
        return f"{_dotted(node.args[0])}.{texts[0]}" if inner == "getattr" and texts else inner
    return node.id if isinstance(node, ast.Name) else ""
