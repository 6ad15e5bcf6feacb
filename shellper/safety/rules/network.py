"""The network: fetching, sending, listening."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from shellper.safety.rules.conditions import (
    ALWAYS,
    CAUTION,
    DESTRUCTIVE,
    PIPED,
    any_word,
    matching,
    operands,
    opt,
    rule,
    verb,
)

# fmt: off
RULES = [
    rule("nc ncat", PIPED & opt("-l"), CAUTION, "opens this machine to the network"),
    rule("curl", opt("-X", "--request") & matching(r"(?i)(-X)?DELETE"), DESTRUCTIVE, "asks a server to delete something"),
    rule("wget", opt("--method") & matching(r"(?i)(--method=)?DELETE"), DESTRUCTIVE, "asks a server to delete something"),
    rule("http", verb("DELETE"), DESTRUCTIVE, "asks a server to delete something"),
    rule("curl wget http aria2c axel ftp lftp tftp telnet lynx", ~opt("--help", "--version", "-V"), CAUTION, "network transfer"),
    rule("scp sftp ssh mosh autossh rclone ssh-copy-id", operands(1), CAUTION, "network transfer"),
    rule("rsync", matching(r"[^/]*:.*|rsync://.*"), CAUTION, "network transfer"),
    rule("nc ncat socat", operands(1) | opt("-l"), CAUTION, "network transfer"),
    rule("nmap masscan tcpdump wireshark tshark ettercap", ALWAYS, CAUTION, "looks into the network"),
    rule("hping3 slowloris", ALWAYS, DESTRUCTIVE, "can overload another machine"),
    rule("ping", opt("-f"), DESTRUCTIVE, "can overload another machine"),
    rule("yt-dlp youtube-dl gdown", ALWAYS, CAUTION, "network transfer"),
    rule("git", verb("clone|fetch|pull|push|ls-remote"), CAUTION, "network transfer"),
    rule("python", opt("-m") & any_word("http.server", "SimpleHTTPServer"), CAUTION, "opens this machine to the network"),
    rule("ngrok cloudflared", ALWAYS, CAUTION, "opens this machine to the network"),
]
# fmt: on
