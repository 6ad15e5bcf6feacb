"""Keys, passwords and tokens that leave the machine."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

import re
from collections.abc import Iterable

from shellper.safety.calls import Word
from shellper.safety.files.sending import sent_files, told_words
from shellper.safety.flows import ENVIRONMENT, SECRET, SECRETS, TOKEN
from shellper.safety.languages.code_strings import literals
from shellper.safety.languages.foreign import code_of, path_in_code
from shellper.safety.places import KEYS
from shellper.safety.rules.conditions import (
    CODE_TAKERS,
    DESTRUCTIVE,
    FORBIDDEN,
    Condition,
    Context,
    fed_by,
    matching,
    rule,
    text_matches,
    verb,
    word_from,
)

_STANDS_FOR_INPUT = re.compile(r"(?:^|[@=<TK])(?:-|\.|/dev/stdin|/(?:dev|proc/self)/fd/0)(?:;|$)")
"""An argument that is read from standard input; `-T .` is one as well."""


def _reads_input(words: Iterable[Word]) -> bool:
    return any(_STANDS_FOR_INPUT.search(word.plain) for word in words)


_PIPED_SECRET = fed_by(*SECRETS)
_SENDS_INPUT = (fed_by(SECRET) & Condition(lambda c: _reads_input(c.call.args))) | (
    fed_by(TOKEN, ENVIRONMENT) & Condition(lambda c: _reads_input(told_words(c.call)))
)
_ASKING = "curl wget"
_TALKING = "http nc ncat socat scp ftp lftp tftp telnet"
"""These send their input as it comes, the others only where an argument says so."""
_TELLS_SECRET = word_from(SECRET) | Condition(
    lambda c: any(word.taints & {TOKEN, ENVIRONMENT} for word in told_words(c.call))
)


def _is_secret(word: Word, context: Context) -> bool:
    taints = word.taints | (word.data.taints if word.data else frozenset())
    return KEYS in context.kinds(word) or word.plain in context.call.secrets or SECRET in taints


_SENDS_SECRET = Condition(lambda c: any(_is_secret(word, c) for word in sent_files(c.call)))
_OPERAND_SECRET = Condition(lambda c: any(_is_secret(word, c) for word in c.call.operands))


def _copies_away(context: Context) -> bool:
    """`scp FILE… HOST:`, `aws s3 cp FILE s3://…`, `rclone copy FILE REMOTE:`: what stands behind it is elsewhere."""
    operands = context.call.operands
    elsewhere = [number for number, word in enumerate(operands) if re.match(r"[^/]*:", word.plain)]
    return bool(elsewhere) and any(_is_secret(word, context) for word in operands[: elsewhere[-1]])


def _names_key(context: Context) -> bool:
    """The code names a file of keys or passwords."""
    texts = (text for code in code_of(context.call) for text in literals(code))
    return any(KEYS in context.kinds(path_in_code(text)) for text in texts)


def _serves_keys(context: Context) -> bool:
    """A web server is given a folder of keys, not only a file of its own settings."""
    return any(KEYS in context.kinds(word) for word in (*context.call.args, Word(context.call.cwd or "")))


_CODE_SENDS = (
    r"\burlopen\b|\brequests\.\w+\(|\bhttpx\.\w+\(|\bsocket\b|\bfetch\(|\bNet::HTTP\b|\bhttps?\.request\b|\bLWP\b"
)

# fmt: off
RULES = [
    rule(CODE_TAKERS, Condition(_names_key) & text_matches(_CODE_SENDS), FORBIDDEN, "sends keys or passwords away"),
    rule("python busybox php caddy", matching("http.server|httpd|file-server|-S") & Condition(_serves_keys), DESTRUCTIVE, "lets others read keys or passwords"),
    rule("serve http-server miniserve darkhttpd", Condition(_serves_keys), DESTRUCTIVE, "lets others read keys or passwords"),
    rule(_TALKING, _PIPED_SECRET, FORBIDDEN, "sends keys or passwords away"),
    rule(_ASKING, _SENDS_INPUT, FORBIDDEN, "sends keys or passwords away"),
    rule(f"{_ASKING} {_TALKING}", _TELLS_SECRET | _SENDS_SECRET, FORBIDDEN, "sends keys or passwords away"),
    rule("openssl", verb("s_client") & _PIPED_SECRET, FORBIDDEN, "sends keys or passwords away"),
    rule("host dig nslookup drill getent ping", word_from(*SECRETS), FORBIDDEN, "sends keys or passwords away"),
    rule("mail mutt sendmail msmtp swaks", _PIPED_SECRET | _TELLS_SECRET | _SENDS_SECRET, FORBIDDEN, "sends keys or passwords away"),
    rule("gh glab", verb("gist|snippet", "create") & (_PIPED_SECRET | _OPERAND_SECRET), FORBIDDEN, "sends keys or passwords away"),
    rule("gh glab", verb("api") & _SENDS_SECRET, FORBIDDEN, "sends keys or passwords away"),
    rule("pastebinit wgetpaste", _PIPED_SECRET | _OPERAND_SECRET, FORBIDDEN, "sends keys or passwords away"),
    rule("aws gsutil s3cmd s5cmd", Condition(_copies_away) & matching(r"(?:--acl=)?public-read(?:-write)?|--acl-public"), FORBIDDEN, "shows keys or passwords to everybody"),
    # what one does with one's own machines and stores as well
    rule("scp rsync aws gsutil gcloud rclone s3cmd s5cmd", Condition(_copies_away), DESTRUCTIVE, "sends keys or passwords away"),
    rule("ssh", fed_by(SECRET), DESTRUCTIVE, "sends keys or passwords away"),
    rule("sftp smbclient ncftp", _SENDS_SECRET, DESTRUCTIVE, "sends keys or passwords away"),
    rule("az", verb("storage") & _SENDS_SECRET, DESTRUCTIVE, "sends keys or passwords away"),
    rule("croc wormhole ffsend", matching("send|upload") & _OPERAND_SECRET, DESTRUCTIVE, "sends keys or passwords away"),
]
# fmt: on
