"""What another shell than bash reads wrong, or not at all, is given to bash: `bash -c '…'`.

`fish` and `zsh` say, each from the syntax tree, what that is in their shell (`is_foreign`). To add a shell, add a
module with that function.
"""

from __future__ import annotations

from importlib import import_module

_SHELLS = ("fish", "zsh")


def for_shell(shell: str, command: str) -> str:
    """The command as this shell takes it. What bash itself cannot read is left as it is."""
    if shell not in _SHELLS:
        return command
    from shellper.init import quote
    from shellper.safety.syntax import SyntaxProblem, parse

    dialect = import_module(f"shellper.dialects.{shell}")
    try:
        foreign = dialect.is_foreign(parse(command))
    except SyntaxProblem:
        return command
    return f"bash -c {quote(command, shell)}" if foreign else command
