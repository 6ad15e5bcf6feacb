"""The strings in code, whatever the language: as they stand, joined, reversed, decoded, with `~` for home."""

from __future__ import annotations

import base64
import codecs
import contextlib
import re

_HOME_NAMES = (
    r"""\$ENV\{["']?HOME["']?\}|\bENV(?:IRON)?(?:\.fetch\(|\[)["']HOME["'][\])]|\bDir\.home\b|\bprocess\.env(?:\.HOME\b|\[["']HOME["']\])"""
    r"""|\b(?:os\.)?homedir\(\)|\b(?:os\.)?getenv\(["']HOME["']\)|\b(?:os\.)?environ(?:\[["']HOME["']\]|\.get\(["']HOME["']\))"""
    r"""|\b(?:pathlib\.)?Path\.home\(\)"""
    r"""|\bos\.Getenv\("HOME"\)|\bos\.UserHomeDir\(\)|\benv::var\("HOME"\)(?:\.unwrap\(\))?"""
)
HOME = re.compile(rf"([$#]\{{(?:{_HOME_NAMES})\}}|{_HOME_NAMES})")
"""What says "my home directory" in Perl, Ruby, JavaScript, PHP, Lua and Python."""
_STRING = re.compile(
    r"(\$HOME\b)|\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`|\bq[qwx]?(?:\(([^)]*)\)|\{([^}]*)\}|\[([^\]]*)\]|/([^/]*)/)"
)
SHELL_CALL = re.compile(
    r"\b(system|execute|exec|execl|execSync|spawn|spawnSync|popen|shell_exec|passthru|proc_open|do shell script)\b"
    r"|\b(?:cmd|shell)\s*\(|\"\s*\.\s*!"  # Elixir, Erlang, Prolog; Scala
    r"|%x|qx|`|\(shell-command|\|\s*getline|print\b.*\|"
)
_JOINTS = ("", ".", "+", "..")
"""What stands between strings that are joined, in one language or another."""
_REVERSES = re.compile(r"\bstrrev\b|\breverse\b|\[::-1\]")
_UNPACKS = re.compile(r"base64|b64decode|decode64|\batob\b")
_ROTATES = re.compile(r"(?i)rot_?13")
_FROM_HEX = re.compile(r"fromhex|unhexlify|hex2bin|\bpack\b")


def decoded(code: str, text: str) -> list[str]:
    """What a string in the code may be before it is run, where the code reverses, decodes or rotates one."""
    found = [text[::-1]] if _REVERSES.search(code) else []
    if _UNPACKS.search(code):
        with contextlib.suppress(ValueError):
            found.append(base64.b64decode(text).decode("utf-8", "replace"))
    if _ROTATES.search(code):
        found.append(codecs.decode(text, "rot13"))
    if _FROM_HEX.search(code):
        with contextlib.suppress(ValueError):
            found.append(bytes.fromhex(text).decode("utf-8", "replace"))
    return found


_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_NAMES_CALLED = re.compile(r"[\"'](\w{5,20})[\"'](?=\s*[,\])])")


_PATTERN = re.compile(r"(?:=~|\b(?:if|unless|and|or|when|split|grep)\b|&&|\|\|)\s*!?\s*/(?:[^/\\\n]|\\.)*/(?![a-z]*e)")
"""A regular expression where no division can stand; none whose replacement is code."""


def bare(code: str) -> str:
    """The code without the contents of its quoted strings, save what is called by them: `map("unlink", …)`.

    Nor what regular expressions look for.
    """
    return _QUOTED.sub('""', _NAMES_CALLED.sub(r"\1", _PATTERN.sub(" // ", code)))


def literals(code: str) -> list[str]:
    """The strings in the code, and all from each on together: `system("rm", "-rf", "/")`."""
    code = HOME.sub("$HOME", code)
    strings: list[str] = []
    end = -1
    for match in _STRING.finditer(code):
        text = "".join(group or "" for group in match.groups())
        if strings and code[end : match.start()].strip() in _JOINTS:
            strings[-1] += text
        elif text:
            strings.append(text)
        end = match.end()
    return strings + [" ".join(strings[place:]) for place in range(min(len(strings) - 1, 12))]
