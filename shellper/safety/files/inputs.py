"""Which of the words of a command are files that it reads."""

from __future__ import annotations

from shellper.safety.calls import Call, Word, transferred
from shellper.safety.names import names

_READERS = frozenset(
    names(
        """
    cat head tail less more wc sort uniq cut rev tac nl file stat diff cmp comm paste join column cp mv rm du
    md5sum sha256sum gunzip gzip zcat unzip bzip2 xz base64 strings hexdump xxd od split fold fmt shuf source .
    realpath readlink open xdg-open bat
    """
    )
)
_PATTERN_FIRST = frozenset(["grep", "zgrep", "rg", "sed", "awk", "jq"])


def read_files(call: Call) -> list[Word]:
    """The files that a call reads, as far as that is known: its standard input and its operands."""
    inputs = [redirect.target for redirect in call.redirects if redirect.operator == "<"]
    operands = call.operands
    if call.program in _READERS:
        return [*inputs, *(transferred(call)[0] if call.program in ("cp", "mv") else operands)]
    if call.program in _PATTERN_FIRST and not call.has("-e", "-f"):
        return [*inputs, *operands[1:]]
    return inputs
