"""Which files a command sends over the network, and which of its words only log it in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shellper.safety.bash.marks import HOME
from shellper.safety.calls import Call, Word
from shellper.safety.names import names

_WHOLE = {
    "curl": names("-T --upload-file"), "wget": names("--post-file --body-file"), "swaks": names("--attach --body"),
    "mail": names("-a -A --attach"), "mutt": names("-a -i"), "az": names("-f --file --source -s"),
    "croc": names("--text"),
}  # fmt: skip
"""Options whose value is a file that is sent."""
_AFTER_AT = {
    "curl": names(
        "-d --data --data-ascii --data-binary --data-urlencode --json -F --form -H --header --proxy-header --url-query"
        " --variable"
    ),
    **dict.fromkeys(("gh", "glab"), names("-F --field")), "swaks": names("--attach --body"),
}  # fmt: skip
"""Options whose value may name such a file after `@`; in a form also after `<`."""
_ITEM = re.compile(r"[^@]*@(?P<file>.+)", re.DOTALL)
_ADDRESS = re.compile(r"(?i)(?:file|g?open|create|rdonly):(?P<file>[^,]+).*")
_PUT = re.compile(r"\b(?:m?put|mirror\s+(?:-\S+\s+)*(?:-R|--reverse))\s+(?:-\S+\s+)*[\"']?(?P<file>[^\s\"';]+)")
_CREDENTIALS = {
    "curl": names("-u --user --oauth2-bearer --proxy-user -U -b --cookie --pass --tlspassword -K --config"),
    "wget": names("--user --password --http-user --http-password --proxy-password --ftp-password"),
    "http": names("-a --auth --auth-type"),
}  # fmt: skip
_HEADERS = {"curl": names("-H --header --proxy-header"), "wget": ("--header",), "http": ()}
_LOGS_IN = re.compile(
    r"(?is)@.*"
    r"|[\w-]{0,60}(?:auth|token|key|cookie|secret|session|passw|credential)[\w-]{0,60}\s*:(?!=).*"
)
"""A header, or an item of httpie's, that says who is asking."""
_KEPT_HERE = frozenset(names("-o --output -O --output-document"))


def sent_files(call: Call) -> Iterator[Word]:
    """The files that the call sends because an option or an operand says so."""
    program = call.program
    for word in call.option_values(*_WHOLE.get(program, ())):
        yield from _paths(word, word.text.strip("{}"))  # curl -T "{FILE,FILE}"
    for word in call.option_values(*_AFTER_AT.get(program, ())):
        _, at, path = re.split(r"([@<])", word.text, maxsplit=1) if re.search("[@<]", word.text) else ("", "", "")
        if at:
            yield from _paths(word, path.partition(";")[0])  # f=@FILE,FILE;type=…
    for word in call.operands:
        if program == "http" and (match := _ITEM.fullmatch(word.text)):
            yield from _paths(word, match["file"].partition(";")[0])
        elif program == "socat" and (match := _ADDRESS.fullmatch(word.text)):
            yield from _paths(word, match["file"])
    if program in ("ftp", "lftp", "tftp", "sftp", "smbclient", "ncftp"):
        texts = (*(word.text for word in call.args), *call.stdin.texts[:4])
        for match in (match for text in texts for match in _PUT.finditer(text)):
            yield from _paths(Word(""), match["file"])


def _paths(word: Word, text: str) -> Iterator[Word]:
    """The files in a part of a word; there no shell expands the `~` that was meant for the home directory."""
    for path in dict.fromkeys((text, *text.split(","))):
        yield Word(re.sub(r"^~(?=/|$)", HOME, path), word.taints, word.data)


def told_words(call: Call) -> list[Word]:
    """The words of a call that the other side is told as such, and not in order to log in."""
    program = call.program
    silent, headers = _KEPT_HERE.union(_CREDENTIALS.get(program, ())), _HEADERS.get(program)
    found: list[Word] = []
    for name, word in call.in_order:
        header = headers is not None and (name in headers or (program == "http" and not name))
        if word is not None and name not in silent and not (header and _LOGS_IN.fullmatch(word.text)):
            found.append(word)
    return found
