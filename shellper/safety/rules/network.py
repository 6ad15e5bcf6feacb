"""The network: fetching, sending, and running what was fetched."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from shellper.safety.foreign import AWKS, INTERPRETERS, multiplies, runs_hidden
from shellper.safety.levels import Level
from shellper.safety.marks import UNKNOWN
from shellper.safety.places import KEYS, SOCKET
from shellper.safety.rules.conditions import (
    ALWAYS,
    NO_SCRIPT,
    PIPED,
    Condition,
    any_word,
    fed_by,
    hidden_input,
    matching,
    operands,
    opt,
    rule,
    text_matches,
    verb,
    word_from,
)  # fmt: skip
from shellper.safety.state import DECODED, NETWORK, SECRET, Word
from shellper.safety.wrappers.shells import SHELLS

CAUTION, DESTRUCTIVE, FORBIDDEN = Level.CAUTION, Level.DESTRUCTIVE, Level.FORBIDDEN

_SHELLS = " ".join(sorted(SHELLS))
_RUNNERS = " ".join(sorted(SHELLS | (INTERPRETERS - AWKS)))
_FROM_NET = Condition(lambda c: any(word.plain in c.call.downloads for word in c.call.operands[:1]))
_SOCKET = Condition(lambda c: any(SOCKET in c.kinds(r.target) for r in c.call.redirects))
_NAME_FROM_NET = Condition(lambda c: bool(c.call.taints & {NETWORK}))
_IS_DOWNLOAD = Condition(lambda c: c.call.name in c.call.downloads)
_CODE = Condition(lambda c: c.call.has("-c", "-e", "-r", "-E", "-m"))
_UNREADABLE = Condition(lambda c: c.call.stdin.piped and not c.call.stdin.texts)
_FETCHES = r"\burlopen\b|\brequests\.get\b|\bhttpx\.get\b|LWP::|\bHTTP::|\bNet::HTTP\b|\bURI\.open\b|\bopen-uri\b|\bfetch\(|\bhttps?\.get\(|file_get_contents\([\"']https?:"
_EVALUATES = r"(?<![.\w])(exec|assert)\b|\beval\b"
_STDIN_CODE = NO_SCRIPT & ~(_CODE & ~opt("-s"))

# fmt: off
RULES = [
    rule(_RUNNERS, fed_by(NETWORK) & _STDIN_CODE, FORBIDDEN, "runs what comes from the network, unread"),
    rule(_RUNNERS + " source . eval exec su runuser watch parallel at", word_from(NETWORK), FORBIDDEN, "runs what comes from the network, unread"),
    rule(_RUNNERS, hidden_input(DECODED) & _STDIN_CODE, FORBIDDEN, "runs hidden text"),
    rule(_SHELLS + " eval source .", Condition(lambda c: any(
        w.taints & {DECODED} and UNKNOWN in (w.data.values[0] if w.data else w.text) for w in c.call.args
    )), FORBIDDEN, "runs hidden text"),
    rule("source .", fed_by(NETWORK) & matching("/dev/stdin|-"), FORBIDDEN, "runs what comes from the network, unread"),
    rule(_SHELLS, _UNREADABLE & _STDIN_CODE & ~opt("-n"), CAUTION, "runs commands that are known only when it runs"),
    rule(" ".join(sorted(INTERPRETERS)), text_matches(r"\bfork\b.*\bwhile\b|\bwhile\b.*\bfork\b"), FORBIDDEN, "starts processes without end (fork bomb)"),
    rule(" ".join(sorted(INTERPRETERS)), Condition(lambda c: multiplies(c.call)), FORBIDDEN, "starts processes without end (fork bomb)"),
    rule(" ".join(sorted(INTERPRETERS)), Condition(lambda c: runs_hidden(c.call)), CAUTION, "runs commands that are known only when it runs"),
    rule("at batch crontab", fed_by(NETWORK), FORBIDDEN, "runs what comes from the network, unread"),
    rule("su sudo", fed_by(NETWORK) & operands(0, 0), FORBIDDEN, "runs what comes from the network, unread"),
    rule(" ".join(sorted(INTERPRETERS)), text_matches(_FETCHES) & text_matches(_EVALUATES), FORBIDDEN, "runs what comes from the network, unread"),
    rule(_RUNNERS + " source .", _FROM_NET, FORBIDDEN, "runs what was just fetched, unread"),
    rule("*", _NAME_FROM_NET, FORBIDDEN, "runs what comes from the network, unread"),
    rule("*", _IS_DOWNLOAD, FORBIDDEN, "runs what was just fetched, unread"),
    rule(_SHELLS, _SOCKET, FORBIDDEN, "gives another machine a shell here"),
    rule("exec", _SOCKET, DESTRUCTIVE, "connects the shell to another machine"),
    rule("nc ncat netcat", opt("-e", "-c", "--exec", "--sh-exec") & text_matches(r"\b(ba|z|da|k)?sh\b|cmd"), FORBIDDEN, "gives another machine a shell here"),
    rule("socat", matching(r"(?i).*(exec|system):.*sh\b.*"), FORBIDDEN, "gives another machine a shell here"),
    rule(_RUNNERS + " awk gawk", text_matches(r"socket.*(/bin/(ba)?sh|pty\.spawn|exec)|/inet/tcp"), FORBIDDEN, "gives another machine a shell here"),
    rule("nc ncat netcat", PIPED & opt("-l"), CAUTION, "opens this machine to the network"),
    rule("curl wget nc ncat netcat http https xh socat scp ftp telnet openssl", fed_by(SECRET) | word_from(SECRET), FORBIDDEN, "sends keys or passwords away"),
    rule("host dig nslookup drill getent ping", word_from(SECRET), FORBIDDEN, "sends keys or passwords away"),
    rule("curl wget http", Condition(lambda c: any(
        KEYS in c.kinds(Word(w.text.partition("@")[2])) for w in c.call.args if "@" in w.text
    )), FORBIDDEN, "sends keys or passwords away"),
    rule("scp rsync", Condition(lambda c: any(KEYS in c.kinds(w) for w in c.call.operands[:-1]) and any(
        ":" in w.plain for w in c.call.operands[-1:]
    )), DESTRUCTIVE, "sends keys or passwords away"),
    rule("curl", opt("-X", "--request") & matching(r"(?i)(-X)?DELETE"), DESTRUCTIVE, "asks a server to delete something"),
    rule("wget", opt("--method") & matching(r"(?i)(--method=)?DELETE"), DESTRUCTIVE, "asks a server to delete something"),
    rule("http https xh xhs", verb("DELETE"), DESTRUCTIVE, "asks a server to delete something"),
    rule("curl wget http https xh aria2c axel ftp lftp tftp telnet lynx", ~opt("--help", "--version", "-V"), CAUTION, "network transfer"),
    rule("scp sftp ssh mosh rclone ssh-copy-id", operands(1), CAUTION, "network transfer"),
    rule("rsync", matching(r"[^/]*:.*|rsync://.*"), CAUTION, "network transfer"),
    rule("nc ncat netcat socat", operands(1) | opt("-l"), CAUTION, "network transfer"),
    rule("nmap masscan tcpdump wireshark tshark ettercap", ALWAYS, CAUTION, "looks into the network"),
    rule("hping3 slowloris", ALWAYS, DESTRUCTIVE, "can overload another machine"),
    rule("ping", opt("-f"), DESTRUCTIVE, "can overload another machine"),
    rule("yt-dlp youtube-dl gdown", ALWAYS, CAUTION, "network transfer"),
    rule("git", verb("clone|fetch|pull|push|ls-remote"), CAUTION, "network transfer"),
    rule("python python3", opt("-m") & any_word("http.server", "SimpleHTTPServer"), CAUTION, "opens this machine to the network"),
    rule("ngrok cloudflared", ALWAYS, CAUTION, "opens this machine to the network"),
]
# fmt: on
