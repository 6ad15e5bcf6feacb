"""PowerShell everywhere, and the programs of Windows that WSL can start."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from shellper.safety.rules.conditions import (
    ALWAYS,
    DESTRUCTIVE,
    FORBIDDEN,
    any_word,
    in_turn,
    matching,
    rule,
    text_matches,
    verb,
)

_POWERSHELL = "powershell pwsh powershell.exe pwsh.exe"
_FETCHES = r"\b(?:iwr|irm|curl|wget|invoke-webrequest|invoke-restmethod|\w*\.?downloadstring)\b"
_RUNS = r"\b(?:iex|invoke-expression)\b"
_DISK_OR_HOME = r"(\s|\"|')([a-z]:\\*|/|~|\$(env:userprofile|env:systemdrive|env:systemroot|home))\\?(\s|\"|'|\*|$)"

# fmt: off
RULES = [
    rule(_POWERSHELL, in_turn(_RUNS, _FETCHES) | in_turn(_FETCHES, _RUNS), FORBIDDEN, "runs what comes from the network, unread"),
    rule(_POWERSHELL, in_turn(r"\b(Remove-Item|rm|ri|rd|del|rmdir|erase)\b", _DISK_OR_HOME), FORBIDDEN, "removes everything on a disk"),
    rule(_POWERSHELL, text_matches(r"\b(Clear-Disk|Format-Volume|Initialize-Disk|Remove-Partition)\b"), FORBIDDEN, "erases a disk"),
    rule(_POWERSHELL, text_matches(r"\b(Remove-\w+|Clear-\w+|Stop-\w+|Uninstall-\w+|rm|ri|rd|del|rmdir|erase)\b"), DESTRUCTIVE, "removes or stops something"),
    rule("cmd.exe", in_turn(r"\b(del|erase|rd|rmdir)\b", _DISK_OR_HOME) | text_matches(r"\bformat\s+[a-z]:"), FORBIDDEN, "removes everything on a disk"),
    rule("cmd.exe", text_matches(r"\b(del|erase|rd|rmdir|taskkill|shutdown)\b"), DESTRUCTIVE, "removes or stops something"),
    rule("diskpart.exe format.com cipher.exe", ALWAYS, FORBIDDEN, "erases a disk"),
    rule("wsl.exe", any_word("--unregister"), DESTRUCTIVE, "removes a whole Linux system"),
    rule("reg.exe", verb("delete"), DESTRUCTIVE, "removes settings"),
    rule("robocopy.exe", matching(r"(?i)/(mir|purge|move|mov)"), DESTRUCTIVE, "removes files that the source does not have", takes_trees=True),
    rule("vssadmin.exe wbadmin.exe", any_word("delete"), DESTRUCTIVE, "removes backups"),
    rule("taskkill.exe shutdown.exe", ALWAYS, DESTRUCTIVE, "stops something"),
]
# fmt: on
