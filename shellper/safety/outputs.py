"""What a command would print, as far as its words tell: enough to see through `echo … | base64 -d | sh`."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Callable
from dataclasses import replace

from shellper.safety import filters
from shellper.safety.bash.escapes import decode_escapes
from shellper.safety.bash.marks import FRESH, HOME, STAR, UNKNOWN, certain
from shellper.safety.bash.state import MOST_CHARACTERS, MOST_VALUES, State, Surroundings
from shellper.safety.calls import Call, Word
from shellper.safety.flows import NETWORK, NOTHING, SECRET, Data
from shellper.safety.interpreters import CODE_OPTIONS
from shellper.safety.languages.foreign import code_of, printed_words
from shellper.safety.names import names
from shellper.safety.sources import file_taints, sources, told
from shellper.safety.wrappers.find import found_paths
from shellper.safety.wrappers.tools import sed_scripts

_PASSING = frozenset(
    names(
        """
    cat tee head tail sort uniq grep nl tac pv fold sponge buffer mbuffer dd
    """
    )
)
_SILENT = frozenset(
    names(
        """
    cd mkdir touch rm mv cp ln chmod chown true false : test [ set export unset alias sleep wait rmdir kill
    """
    )
)
KNOWN_FILES = {
    "/etc/passwd": f"{UNKNOWN}:x:1000:1000:{UNKNOWN}:{HOME}:/bin/bash\n",
    **dict.fromkeys(
        ("/etc/fstab", "/etc/mtab", "/proc/mounts", "/proc/self/mounts"),
        f"{UNKNOWN} / ext4 {UNKNOWN} 0 1\n{UNKNOWN} /home ext4 {UNKNOWN} 0 2\n",
    ),
}
"""What stands in files of every system, as far as it matters: home directories, what is mounted."""


def joined(*parts: Data) -> Data:
    """The outputs of commands that run one after the other."""
    taints = frozenset().union(*(part.taints for part in parts))
    texts = [""]
    known = False
    for part in parts:
        known = known or bool(part.texts)
        texts = [a + b for a in texts for b in part.texts or (UNKNOWN + "\n",)][:8]
    return Data(tuple(text[:MOST_CHARACTERS] for text in texts) if known else (), taints)


def either(parts: list[Data]) -> Data:
    """The output of a command whose words have several possible values."""
    taints = frozenset().union(*(part.taints for part in parts))
    return Data(tuple(dict.fromkeys(text for part in parts for text in part.texts))[:MOST_VALUES], taints)


def file_data(word: Word, state: State, surroundings: Surroundings) -> Data:
    """What reading a file gives."""
    if word.data is not None:
        return word.data
    taints = file_taints(word, state.cwd, surroundings.home)
    if word.plain in state.downloads:
        taints |= {NETWORK}
    if word.plain in state.secrets:
        taints |= {SECRET}
    written = (KNOWN_FILES[word.plain],) if word.plain in KNOWN_FILES else ()
    known = state.files.get(word.plain, Data(written))
    return Data(known.texts, known.taints | taints)


def output(call: Call, surroundings: Surroundings) -> Data:
    """What the call prints on standard output; unknown text when it cannot be told."""
    if call.program in _SILENT and not told(call, surroundings.home):
        return NOTHING
    taints = sources(call, surroundings)
    printer = _PRINTERS.get(call.program)
    texts = printer(call, surroundings) if printer else _passed(call) if call.program in _PASSING else ()
    return Data(tuple(text[:MOST_CHARACTERS] for text in texts)[:MOST_VALUES], taints)


def downloaded_files(call: Call) -> list[str]:
    """Files that a call fetches from the network."""
    if call.program in ("curl", "wget", "aria2c", "http"):
        named = [word.plain for word in call.option_values("-o", "-O", "--output", "--output-document", "--out")]
        urls = [posixpath.basename(word.plain.rstrip("/")) for word in call.operands if "/" in word.plain]
        bare = call.program != "curl" or call.has("-O", "--remote-name", "-J")
        files = named or (urls if bare else [])
        return [*files, *("./" + name for name in files if "/" not in name)]
    if call.program in ("scp", "rsync", "sftp") and len(call.operands) > 1 and ":" in call.operands[0].plain:
        source, target = call.operands[0].plain, call.operands[-1].plain
        name = posixpath.basename(source.rpartition(":")[2])
        return [target, posixpath.join(target, name), *([name] if target in (".", "./") else [])]
    return []


def _passed(call: Call) -> tuple[str, ...]:
    """Programs that hand on their input, whole or in part."""
    pattern = 1 if call.program == "grep" and not call.has("-e", "-f") else 0
    files = call.operands[pattern:] if call.program not in ("tee", "dd") else []
    files = [word for word in files if word.text not in ("-", "/dev/stdin")]
    if not files:
        return call.stdin.texts
    known = (word.data.texts if word.data else (KNOWN_FILES.get(word.plain, ""),) for word in files)
    return tuple(text for texts in known for text in texts if text)


def _some(words: list[str]) -> list[str]:
    """As many of the words as are looked at."""
    sizes = itertools.accumulate((len(word) for word in words), initial=0)
    return [word for word, before in zip(words, sizes, strict=False) if before < MOST_CHARACTERS]


def _echo(call: Call, _: Surroundings) -> tuple[str, ...]:
    words = _some([word.text for word in call.args])
    flags = ""
    while words and re.fullmatch(r"-[neE]+", words[0]):
        flags += words.pop(0)
    text = " ".join(words)
    return ((decode_escapes(text, echoed=True) if "e" in flags else text) + ("" if "n" in flags else "\n"),)


def _printf(call: Call, _: Surroundings) -> tuple[str, ...]:
    words = _some([word.text for word in call.args if word.text != "--"])
    if not words:
        return ("",)
    form, values = decode_escapes(words[0]), words[1:]
    slots = len(_SLOT.findall(form))
    result = ""
    while True:
        result += _filled(form, values[:slots])
        values = values[slots:]
        if not values or not slots or len(result) > MOST_CHARACTERS:
            return (result,)


_SLOT = re.compile(r"%[-+ #0]*[\d.*]*[sbdqxXcuio]")


def _filled(form: str, values: list[str]) -> str:
    """printf's form with the values in its slots, empty ones when there are too few."""
    rest = iter(values)

    def fill(match: re.Match[str]) -> str:
        value = next(rest, "")
        return decode_escapes(value, echoed=True) if match[0].endswith("b") else value

    return _SLOT.sub(fill, form).replace("%%", "%")


def _on_input(
    change: Callable[[str, Call], str | None], skip: int = 0, whole: bool = True
) -> Callable[[Call, Surroundings], tuple[str, ...]]:
    """Programs that change their input; `skip` operands are no files, `whole` that it has to be known wholly."""

    def printer(call: Call, _: Surroundings) -> tuple[str, ...]:
        files = tuple(call.operands[skip:])
        texts = [text for text in _passed(replace(call, name="cat", args=files)) if certain(text) or not whole]
        return tuple(result for result in (change(text, call) for text in texts) if result is not None)

    return printer


def _openssl(call: Call, surroundings: Surroundings) -> tuple[str, ...]:
    """`openssl base64 -d`, `openssl enc -base64 -d`, `-a -d`."""
    verb = call.operands[0].plain if call.operands else ""
    if verb != "base64" and not (verb == "enc" and any(word.plain in ("-base64", "-a") for word in call.args)):
        return ()
    return _on_input(filters.recoded)(replace(call, name="base64", args=call.args[1:]), surroundings)


_PRINTS_ONE = re.compile(
    r"\s*(?:print|puts|echo|console\.log|say|BEGIN\s*\{\s*print)[\s(]*([\"'])([^\"'\\]*)\1[\s);}]*"
)


def _code(call: Call, _: Surroundings) -> tuple[str, ...]:
    """Code that prints one string and does nothing else."""
    return tuple(f"{match[2]}\n" for match in map(_PRINTS_ONE.fullmatch, code_of(call)) if match)


def _printenv(call: Call, _: Surroundings) -> tuple[str, ...]:
    return (HOME + "\n",) if [word.plain for word in call.operands] == ["HOME"] else ()


def _awk(call: Call, surroundings: Surroundings) -> tuple[str, ...]:
    """A field of what is known, or the fixed part of what the program prints."""
    known = _on_input(filters.field_printed, skip=1, whole=False)(call, surroundings)
    fixed = [printed_words(code) for code in code_of(call)]
    return known or tuple(f"{text} {UNKNOWN}\n" for text in fixed if text)


def _sed_lines(call: Call, surroundings: Surroundings) -> tuple[str, ...]:
    """The edited text; of unknown text at least what `s/^/…/` puts before it."""
    given = call.has("-e", "--expression", "-f", "--file")
    known = _on_input(filters.edited, skip=0 if given else 1)(call, surroundings)
    added = [m[2] for s in sed_scripts(call) for m in re.finditer(r"\bs(.)\^?\1?(?:\.\*)?\1((?:(?!\1).)+)\1", s)]
    return known or tuple(f"{text.replace('&', UNKNOWN)} {UNKNOWN}\n" for text in added)


def _tr(call: Call, surroundings: Surroundings) -> tuple[str, ...]:
    return _on_input(filters.translated, skip=len(call.operands))(call, surroundings)


def _find(call: Call, _: Surroundings) -> tuple[str, ...]:
    return ("\n".join(found_paths(call.args)) + "\n",)


def _ls(call: Call, _: Surroundings) -> tuple[str, ...]:
    """The names in folders, which may be used from there or with the folder put before them again."""
    if call.has("-d", "--directory"):
        return ("\n".join(word.text for word in call.operands) + "\n",)
    folders = [word.text.rstrip("/") + "/" + STAR for word in call.operands] or [STAR]
    bare = [STAR + "\n"] if any(folder.startswith(("/", HOME)) for folder in folders) else []
    return ("\n".join(folders) + "\n", *bare)


def _same_words(call: Call, _: Surroundings) -> tuple[str, ...]:
    return ("\n".join(word.text for word in call.operands) + "\n",) if call.operands else ()


def _dirname(call: Call, _: Surroundings) -> tuple[str, ...]:
    return tuple((posixpath.dirname(word.text.rstrip("/")) or ("/" if word.text[:1] == "/" else ".")) + "\n"
                 for word in call.operands[:1])  # fmt: skip


def _basename(call: Call, _: Surroundings) -> tuple[str, ...]:
    return tuple(posixpath.basename(word.text.rstrip("/")) + "\n" for word in call.operands[:1])


def _pwd(call: Call, _: Surroundings) -> tuple[str, ...]:
    return ((call.cwd or ".") + "\n",)


def _one(_call: Call, _: Surroundings) -> tuple[str, ...]:
    return ("1\n",)


def _unknown_name(_call: Call, _: Surroundings) -> tuple[str, ...]:
    return (UNKNOWN,)


def _yes(call: Call, _: Surroundings) -> tuple[str, ...]:
    return ((" ".join(word.text for word in call.args) or "y") + "\n",)


def _getent(call: Call, _: Surroundings) -> tuple[str, ...]:
    """`getent passwd NAME`."""
    return (KNOWN_FILES["/etc/passwd"],) if [word.plain for word in call.operands[:1]] == ["passwd"] else ()


def _mktemp(call: Call, _: Surroundings) -> tuple[str, ...]:
    """The name of a new file or folder: a template's last X's are replaced; without a folder it lies in /tmp."""
    template = call.operands[0].text if call.operands else "tmp.XXXXXXXXXX"
    folders = call.option_values("-p", "--tmpdir")
    folder = folders[0].text if folders else "" if call.operands and not call.has("-t") else "/tmp"  # noqa: S108
    name = re.sub(r"X{3,}", FRESH, template) if "XXX" in template else template + FRESH
    return (posixpath.join(folder, name) + "\n",)


_PRINTERS: dict[str, Callable[[Call, Surroundings], tuple[str, ...]]] = {
    "echo": _echo, "printf": _printf, "base64": _on_input(filters.recoded), "base32": _on_input(filters.recoded),
    "openssl": _openssl, "xxd": _on_input(filters.from_hex), "rev": _on_input(filters.reversed_lines), "tr": _tr,
    "cut": _on_input(filters.cut, whole=False), "getent": _getent,
    "sed": _sed_lines, "find": _find, "ls": _ls, "awk": _awk,
    **dict.fromkeys(CODE_OPTIONS, _code), "printenv": _printenv,
    "mktemp": _mktemp,
    "dirname": _dirname, "basename": _basename,
    "realpath": _same_words, "readlink": _same_words, "which": _same_words, "pwd": _pwd, "seq": _one, "nproc": _one,
    "whoami": _unknown_name, "hostname": _unknown_name, "logname": _unknown_name, "yes": _yes,
}  # fmt: skip
