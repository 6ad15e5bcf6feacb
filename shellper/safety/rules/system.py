"""Users, rights, scheduling, kernel, firewall: the administration of a machine."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from shellper.safety.marks import UNKNOWN
from shellper.safety.rules.conditions import (
    ALWAYS,
    CAUTION,
    DESTRUCTIVE,
    FORBIDDEN,
    PIPED,
    Condition,
    any_word,
    matching,
    operands,
    opt,
    rule,
    text_matches,
    verb,
)

# `(crontab -l; echo …) | crontab -`: what comes first is what there is already
_ADDS = Condition(lambda c: bool(c.call.stdin.texts) and all(text.startswith(UNKNOWN) for text in c.call.stdin.texts))

# fmt: off
RULES = [
    rule("sudo doas pkexec su runuser run0 gksudo", ~opt("--help", "--version"), CAUTION, "runs with another user's rights"),
    rule("powershell pwsh", text_matches(r"Remove-Item.*(\s|\")([a-z]:\\\\?|/|~)(\s|\"|\*|$)"), FORBIDDEN, "removes everything on a disk"),
    rule("powershell pwsh", text_matches(r"\b(Remove-Item|Clear-Disk|Format-Volume|Stop-Computer)\b"), DESTRUCTIVE, "removes or stops something"),
    rule("visudo vipw vigr", ALWAYS, CAUTION, "edits who may do what"),
    rule("userdel deluser groupdel delgroup", matching("root"), FORBIDDEN, "removes the administrator"),
    rule("userdel deluser groupdel delgroup", operands(1), DESTRUCTIVE, "removes users or groups"),
    rule("passwd usermod", matching("root") & (opt("-d", "-l", "-L", "--delete", "--lock") | PIPED), FORBIDDEN, "locks or opens the administrator's account"),
    rule("passwd", opt("-d", "-l", "--delete", "--lock"), DESTRUCTIVE, "locks or opens an account"),
    rule("chpasswd", ALWAYS, DESTRUCTIVE, "sets passwords"),
    rule("usermod useradd adduser groupadd addgroup gpasswd passwd chsh chfn groupmod", ALWAYS, CAUTION, "changes users or groups"),
    rule("dscl sysadminctl", any_word("-delete", "delete", "-deleteUser"), DESTRUCTIVE, "removes users"),
    rule("crontab", opt("-r"), DESTRUCTIVE, "removes every scheduled job"),
    rule("crontab", _ADDS, CAUTION, "adds to the scheduled jobs"),
    rule("crontab", (PIPED | operands(1)) & ~_ADDS & ~opt("-l", "-r", "-e"), DESTRUCTIVE, "replaces every scheduled job"),
    rule("crontab", opt("-e"), CAUTION, "changes scheduled jobs"),
    rule("at batch", ~opt("-l", "-c"), CAUTION, "runs commands later"),
    rule("atrm", ALWAYS, CAUTION, "removes a scheduled job"),
    rule("sysctl", opt("-w", "-p", "--write", "--system") | matching(r"[\w.]+=.*"), CAUTION, "changes the running kernel"),
    rule("modprobe insmod rmmod kmod", ~opt("-n", "--show-depends", "-l"), CAUTION, "changes the running kernel"),
    rule("kexec", ALWAYS, DESTRUCTIVE, "starts another kernel"),
    rule("setenforce", ALWAYS, DESTRUCTIVE, "switches protection off"),
    rule("csrutil spctl", any_word("disable", "--master-disable"), DESTRUCTIVE, "switches protection off"),
    rule("nvram", opt("-c", "-d"), DESTRUCTIVE, "erases firmware settings"),
    rule("aa-disable aa-teardown apparmor_parser", ALWAYS, DESTRUCTIVE, "switches protection off"),
    rule("iptables ip6tables", opt("-F", "--flush", "-X", "--delete-chain", "-P", "-Z"), DESTRUCTIVE, "empties the firewall"),
    rule("iptables ip6tables", ~opt("-L", "-S", "--list", "--list-rules"), CAUTION, "changes the firewall"),
    rule("nft", verb("flush|delete"), DESTRUCTIVE, "empties the firewall"),
    rule("nft firewall-cmd", ~verb("list"), CAUTION, "changes the firewall"),
    rule("ufw", any_word("disable", "reset", "--force"), DESTRUCTIVE, "switches the firewall off"),
    rule("ufw", ~verb("status"), CAUTION, "changes the firewall"),
    rule("pfctl", opt("-F", "-d"), DESTRUCTIVE, "switches the firewall off"),
    rule("ip", any_word("down", "flush") | verb("route|r|ro", "del|delete|flush") | verb("link|l|addr|a|address", "del|delete"), DESTRUCTIVE, "cuts the network off"),
    rule("ip", any_word("add", "set", "up", "replace", "change"), CAUTION, "changes the network"),
    rule("ifconfig", any_word("down"), DESTRUCTIVE, "cuts the network off"),
    rule("ifdown", ALWAYS, DESTRUCTIVE, "cuts the network off"),
    rule("nmcli", any_word("delete", "down", "off", "disconnect"), DESTRUCTIVE, "cuts the network off"),
    rule("nmcli networksetup rfkill", ~any_word("show", "status", "list", "-listallhardwareports", "-getinfo", "device", "dev"), CAUTION, "changes the network"),
    rule("route", any_word("del", "delete", "flush"), DESTRUCTIVE, "changes the network"),
    rule("hostnamectl timedatectl localectl update-alternatives", verb("set-hostname|hostname|set-time|set-timezone|set-ntp|set-locale") | opt("--set", "--config", "--install"), CAUTION, "changes settings of the system"),
    rule("hostname date", opt("-s", "--set"), CAUTION, "changes settings of the system"),
    rule("hwclock", opt("-w", "--systohc", "--set"), CAUTION, "changes the clock"),
    rule("defaults", verb("delete"), DESTRUCTIVE, "removes settings"),
    rule("defaults gsettings dconf", verb("write|set|reset|reset-recursively|import"), CAUTION, "changes settings"),
    rule("dconf", verb("reset") & opt("-f"), DESTRUCTIVE, "removes settings"),
    rule("gpg gpg2", opt("--delete-key", "--delete-keys", "--delete-secret-key", "--delete-secret-keys", "--delete-secret-and-public-key"), DESTRUCTIVE, "removes keys"),
    rule("ssh-keygen", Condition(lambda c: any(text.lower().startswith("y") for text in c.call.stdin.texts)), DESTRUCTIVE, "overwrites keys"),
    rule("ssh-keygen", opt("-R"), CAUTION, "removes a host from the known ones"),
    rule("security", verb("delete-keychain|delete-generic-password|delete-internet-password|delete-certificate"), DESTRUCTIVE, "removes passwords"),
    rule("pass", verb("rm|remove|delete"), DESTRUCTIVE, "removes passwords"),
    rule("setcap", ALWAYS, DESTRUCTIVE, "gives a program special rights"),
    rule("chroot", ALWAYS, CAUTION, "runs in another root directory"),
    rule("insmod", ALWAYS, CAUTION, "changes the running kernel"),
    rule("ulimit", matching("unlimited|0"), CAUTION, "changes limits"),
    rule("logrotate", opt("-f", "--force"), CAUTION, "rotates logs"),
    rule("ldconfig", ALWAYS, CAUTION, "changes settings of the system"),
]
# fmt: on
