"""Running what was not written here: code from the network, hidden text, a shell for another machine."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

import re

from shellper.safety.bash.marks import UNKNOWN
from shellper.safety.files.written import written_files
from shellper.safety.flows import DECODED, NETWORK
from shellper.safety.interpreters import SHELLS
from shellper.safety.languages import foreign
from shellper.safety.languages.foreign import multiplies, runs_fetched, runs_hidden
from shellper.safety.loading import LOADERS, loaded_words, loads_from_elsewhere, script_words
from shellper.safety.places import SOCKET, expand_home, is_shared
from shellper.safety.rules.conditions import (
    CAUTION,
    CODE_TAKERS,
    DESTRUCTIVE,
    FORBIDDEN,
    NO_SCRIPT,
    Condition,
    Context,
    fed_by,
    hidden_input,
    in_turn,
    matching,
    operands,
    opt,
    rule,
    text_matches,
    word_from,
)  # fmt: skip
from shellper.safety.scripts import runs_path, runs_script

_SHELLS = " ".join(sorted(SHELLS))
_RUNNERS = " ".join(sorted(SHELLS | (foreign.CODE_TAKERS - {"awk"})))
_RUNNERS_AND_TOOLS = f"{_RUNNERS} uv go tsx ts-node"
_FROM_NET = Condition(
    lambda c: any(word.plain in c.call.downloads for word in (*script_words(c.call)[:1], *loaded_words(c.call)))
)
_FROM_ANYONE = Condition(lambda c: any(is_shared(word.text, c.call.cwd, c.home) for word in loaded_words(c.call)))
_SOCKET = Condition(lambda c: any(SOCKET in c.kinds(r.target) for r in c.call.redirects))
_INPUT_SOCKET = Condition(lambda c: any(r.feeds_input and SOCKET in c.kinds(r.target) for r in c.call.redirects))
_NAME_FROM_NET = Condition(lambda c: bool(c.call.taints & {NETWORK}))
_IS_DOWNLOAD = Condition(lambda c: c.call.name in c.call.downloads)
_CODE = Condition(lambda c: c.call.has("-c", "-e", "-r", "-E", "-m"))
_UNREADABLE = Condition(lambda c: c.call.stdin.piped and not c.call.stdin.texts)
_FETCHES = r"\burlopen\b|\brequests\.get\b|\bhttpx\.get\b|LWP::|\bHTTP::|\bNet::HTTP\b|\bURI\.open\b|\bopen-uri\b|\bfetch\(|\bhttps?\.get\(|file_get_contents\([\"']https?:"
_EVALUATES = r"(?<![.\w])(exec|assert)\b|\beval\b"
_LOADS_URL = (
    r"\b(?:import|from|importScripts|(?:include|require)(?:_once)?)\b\s*\(?\s*[\"'`](?:https?|ftp)://"  # JavaScript, PHP
    r"|\bsource\(\s*(?:url\(\s*)?[\"']https?://|\bsource_url\(|\binclude\(\s*(?:Downloads\.)?download\("  # R, Julia
)
_STDIN_CODE = NO_SCRIPT & ~(_CODE & ~opt("-s"))


def _code_from_net(context: Context) -> bool:
    """A word comes from the network; but a script that is here may be given such words to work on."""
    call = context.call
    words = call.args
    if not (NO_SCRIPT | _CODE).holds(context):
        words = (*script_words(call)[:1], *(value for _, value in call.options if value is not None))
    return any(NETWORK in word.taints for word in words)


_LETS_IN = re.compile(r".*/\.ssh/authorized_keys2?|/etc/(?:profile|cron|sudoers).*")
"""Of start-up files see `remembering`."""


def _lets_in(context: Context) -> bool:
    """What the call writes lets somebody in, or runs with all rights."""
    return any(_LETS_IN.fullmatch(expand_home(word.text, context.home)) for word, _ in written_files(context.call))


_LETS_SOMEBODY_IN = Condition(_lets_in)

# fmt: off
RULES = [
    rule("curl wget http", _LETS_SOMEBODY_IN, FORBIDDEN, "lets in, or runs, what comes from the network, unread"),
    rule("*", fed_by(NETWORK) & _LETS_SOMEBODY_IN, FORBIDDEN, "lets in, or runs, what comes from the network, unread"),
    rule(_RUNNERS_AND_TOOLS, fed_by(NETWORK) & _STDIN_CODE, FORBIDDEN, "runs what comes from the network, unread"),
    rule(_RUNNERS, Condition(_code_from_net), FORBIDDEN, "runs what comes from the network, unread"),
    rule("source . eval exec su runuser watch parallel at", word_from(NETWORK), FORBIDDEN, "runs what comes from the network, unread"),
    rule(_RUNNERS_AND_TOOLS, hidden_input(DECODED) & _STDIN_CODE, FORBIDDEN, "runs hidden text"),
    rule(_SHELLS + " eval source .", Condition(lambda c: any(
        w.taints & {DECODED} and UNKNOWN in (w.data.values[0] if w.data else w.text) for w in c.call.args
    )), FORBIDDEN, "runs hidden text"),
    rule("source .", fed_by(NETWORK) & matching("/dev/stdin|-"), FORBIDDEN, "runs what comes from the network, unread"),
    rule(_SHELLS, _UNREADABLE & _STDIN_CODE & ~opt("-n"), CAUTION, "runs commands that are known only when it runs"),
    rule(CODE_TAKERS, Condition(lambda c: multiplies(c.call)), FORBIDDEN, "starts processes without end (fork bomb)"),
    rule(CODE_TAKERS, Condition(lambda c: runs_hidden(c.call)), CAUTION, "runs commands that are known only when it runs"),
    rule("at batch crontab", fed_by(NETWORK), FORBIDDEN, "runs what comes from the network, unread"),
    rule("su sudo", fed_by(NETWORK) & operands(0, 0), FORBIDDEN, "runs what comes from the network, unread"),
    rule(CODE_TAKERS, text_matches(_FETCHES) & text_matches(_EVALUATES), FORBIDDEN, "runs what comes from the network, unread"),
    rule(CODE_TAKERS, Condition(lambda c: runs_fetched(c.call)), FORBIDDEN, "runs what comes from the network, unread"),
    rule("deno bun node php Rscript R julia", text_matches(_LOADS_URL), FORBIDDEN, "runs what comes from the network, unread"),
    rule(" ".join(sorted(LOADERS)), Condition(lambda c: loads_from_elsewhere(c.call)), FORBIDDEN, "runs what comes from the network, unread"),
    rule(_RUNNERS_AND_TOOLS + " source .", _FROM_NET, FORBIDDEN, "runs what was just fetched, unread"),
    rule("java ruby ld.so", _FROM_NET, FORBIDDEN, "runs what was just fetched, unread"),
    rule(f"{_RUNNERS} java ld.so", _FROM_ANYONE, DESTRUCTIVE, "loads code from where everyone can write"),
    rule("ld.so", opt("--preload", "--audit"), CAUTION, "loads code into every program that starts"),
    rule("ld.so", opt("--library-path"), CAUTION, "lets programs load code from where everyone can write"),
    rule("*", _NAME_FROM_NET, FORBIDDEN, "runs what comes from the network, unread"),
    rule("*", _IS_DOWNLOAD, FORBIDDEN, "runs what was just fetched, unread"),
    rule("*", Condition(lambda c: runs_script(c.call)) & ~_FROM_NET, CAUTION, "runs a script that was not read"),
    rule("*", Condition(lambda c: runs_path(c.call)) & ~_IS_DOWNLOAD, CAUTION, "runs a script or program that was not read"),
    rule(_SHELLS, _SOCKET, FORBIDDEN, "gives another machine a shell here"),
    rule("exec", _INPUT_SOCKET & operands(0, 0), FORBIDDEN, "gives another machine a shell here"),
    rule("exec", _SOCKET, DESTRUCTIVE, "connects the shell to another machine"),
    rule("nc ncat", opt("-e", "-c", "--exec", "--sh-exec") & text_matches(r"\b(ba|z|da|k)?sh\b|cmd"), FORBIDDEN, "gives another machine a shell here"),
    rule("socat", in_turn("(exec|system):", r"sh\b"), FORBIDDEN, "gives another machine a shell here"),
    rule(_RUNNERS + " awk", in_turn("socket", r"/bin/(ba)?sh|[\"'](ba|z|da)?sh[\"']|pty\.spawn|exec") | text_matches("/inet/tcp"), FORBIDDEN, "gives another machine a shell here"),
]
# fmt: on
