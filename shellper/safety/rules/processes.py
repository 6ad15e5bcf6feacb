"""Processes, services, and the machine as a whole."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

import itertools
import re

from shellper.safety.bash.marks import certain
from shellper.safety.names import names
from shellper.safety.rules.conditions import (
    ALWAYS,
    CAUTION,
    CODE_TAKERS,
    DESTRUCTIVE,
    FORBIDDEN,
    Condition,
    Context,
    any_word,
    matching,
    operands,
    opt,
    rule,
    text_matches,
    verb,
)


def _kills_all(context: Context) -> bool:
    """Process 1, or -1: every process. The first argument that begins with `-` is the signal."""
    words = [word.plain for word in context.call.args]
    if words[:1] in (["-s"], ["-n"]):
        words = words[2:]
    elif words[:1] and words[0].startswith("-") and words[0] != "--":
        words = words[1:] if words[0] not in ("-l", "-L", "-0") else []
    return "1" in words or "-1" in words


_HARMLESS_SIGNAL = re.compile(r"(?:SIG)?(?:CONT|WINCH|URG|CHLD|INFO)", re.IGNORECASE)
_RELOADS = re.compile(r"(?:SIG)?(?:HUP|USR[12])", re.IGNORECASE)
_DAEMONS = names(
    """
    nginx apache2 httpd caddy haproxy traefik sshd rsyslogd syslogd syslog-ng named unbound dnsmasq php-fpm gunicorn uwsgi
    puma unicorn squid postfix master dovecot xinetd inetd cron crond prometheus dockerd containerd postgres mysqld mosquitto
    envoy varnishd logstash dd wpa_supplicant NetworkManager udevd snmpd ntpd chronyd smbd nmbd
    """
)
"""Programs that read their settings again, or report, at such a signal. Others end."""


def _asks_only(context: Context) -> bool:
    """The signal has a process go on or reload; one that is named by its number alone may be any and end."""
    call = context.call
    words = [word.plain for word in call.args]
    signals = [word.removeprefix("-") for word in words[:1] if word.startswith("-") and word[1:2].isalpha()]
    signals += [after for option, after in itertools.pairwise(words) if option in ("-s", "--signal", "-n")]
    signals += [word.partition("=")[2] for word in words if word.startswith("--signal=")]
    if any(_HARMLESS_SIGNAL.fullmatch(signal) for signal in signals):
        return True
    known = not certain(words[-1]) if call.program == "kill" and words else words[-1:] and words[-1] in _DAEMONS
    return bool(known) and any(_RELOADS.fullmatch(signal) for signal in signals)


_ASKS_ONLY = Condition(_asks_only)

# fmt: off
RULES = [
    rule(CODE_TAKERS, text_matches(r"\bos\.kill(pg)?\(|\bprocess\.kill\(|\bProcess\.kill\b"), DESTRUCTIVE, "stops processes"),
    rule("kill", Condition(_kills_all), FORBIDDEN, "stops every process, or the one that all depend on"),
    rule("kill pkill killall skill", _ASKS_ONLY, CAUTION, "sends a signal to processes"),
    rule("kill", ~matching("-0|-l|-L|--list|--help") & ~_ASKS_ONLY, DESTRUCTIVE, "stops processes"),
    rule("pkill killall skill", (opt("-u", "--user", "-U", "--euid") & matching("root|0")) | matching(r"\.|\.\*|init|systemd|.*systemd|launchd|sshd"), FORBIDDEN, "stops processes that the system needs"),
    rule("pkill killall skill slay xkill", ~opt("-0", "-l", "--list", "--help") & ~_ASKS_ONLY, DESTRUCTIVE, "stops processes"),
    rule("killall5", ALWAYS, FORBIDDEN, "stops every process"),
    rule("fuser", opt("-k", "--kill"), DESTRUCTIVE, "stops the processes that use a file"),
    rule("shutdown", opt("-c"), CAUTION, "calls a shutdown off"),
    rule("shutdown reboot poweroff halt", ~opt("-c", "--help"), DESTRUCTIVE, "shuts the machine down"),
    rule("init telinit", operands(1), DESTRUCTIVE, "changes the run level of the machine"),
    rule("systemctl", verb("poweroff|reboot|halt|kexec|emergency|rescue|isolate"), DESTRUCTIVE, "shuts the machine down"),
    rule("systemctl", verb("set-default", "poweroff.target|reboot.target|halt.target|kexec.target|shutdown.target"), FORBIDDEN, "the machine will not start again"),
    rule("systemctl", verb("suspend|hibernate|hybrid-sleep"), CAUTION, "puts the machine to sleep"),
    rule("systemctl", verb("stop|disable|mask|kill"), DESTRUCTIVE, "stops services"),
    rule("systemctl", verb("start|restart|reload|enable|unmask|daemon-reload|edit|set-default|reset-failed|try-restart|reload-or-restart"), CAUTION, "changes services"),
    rule("service rc-service", any_word("stop"), DESTRUCTIVE, "stops a service"),
    rule("service rc-service", any_word("start", "restart", "reload"), CAUTION, "changes a service"),
    rule("launchctl", verb("unload|remove|bootout|disable|stop|kill"), DESTRUCTIVE, "stops a service"),
    rule("launchctl", verb("load|bootstrap|enable|start|kickstart"), CAUTION, "changes a service"),
    rule("supervisorctl pm2", any_word("stop", "shutdown", "delete", "kill"), DESTRUCTIVE, "stops a service"),
    rule("journalctl", matching(r"--vacuum-.*|--rotate"), DESTRUCTIVE, "removes log entries"),
    rule("dmesg", opt("-c", "-C", "--clear", "--read-clear"), DESTRUCTIVE, "erases the kernel's messages"),
    rule("tmux", verb("kill-server|kill-session|kill-window|kill-pane"), DESTRUCTIVE, "ends terminal sessions"),
    rule("screen", any_word("quit", "kill"), DESTRUCTIVE, "ends a terminal session"),
    rule("xdotool gdb", opt("-p"), CAUTION, "steps into another program"),
    rule("stress stress-ng", ALWAYS, CAUTION, "loads the machine heavily"),
    rule("loginctl", verb("kill-user|kill-session|terminate-user|terminate-session"), DESTRUCTIVE, "ends a user's session"),
]
# fmt: on
