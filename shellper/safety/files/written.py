"""Which files a command writes, and whether it replaces them."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

from shellper.safety.bash.marks import certain, has_glob, literal
from shellper.safety.calls import Call, Word, transferred
from shellper.safety.globs import as_glob
from shellper.safety.languages.foreign import CODE_TAKERS, written_names
from shellper.safety.places import expand_home, user_home

_OUTPUT_OPTIONS = {
    "curl": ("-o", "--output"), "wget": ("-O", "--output-document"), "sort": ("-o", "--output"), "http": ("-o",),
    "aria2c": ("-o",), "pandoc": ("-o", "--output"), "openssl": ("-out",), "shuf": ("-o", "--output"),
    "dot": ("-o",), "cwebp": ("-o",), "dwebp": ("-o",), "rsvg-convert": ("-o", "--output"), "xmllint": ("--output",),
    "inkscape": ("-o", "--export-filename"), "img2pdf": ("-o", "--output"),
}  # fmt: skip
_ARCHIVE_OPTIONS = {
    "gpg": ("-o", "--output"), "age": ("-o", "--output"), "sops": ("--output",),
}  # fmt: skip
_ARCHIVE_OPERANDS = {"zip": 0, "7z": 1, "7za": 1, "rar": 1}
"""Which operand the archive is."""


def written_files(call: Call) -> list[tuple[Word, bool]]:
    """(file, whether it is replaced) for everything that a call writes by name."""
    found = [(r.target, r.writes) for r in call.redirects if r.writes or r.appends]
    program = call.program
    if program in ("tee", "sponge"):
        found += [(word, not call.has("-a", "--append")) for word in call.operands]
    elif program in ("cp", "mv", "install", "ln", "scp") and not call.has("-n", "--no-clobber", "-i"):
        found += [(word, True) for word in transfer_targets(call) if program != "ln" or call.has("-f", "--force")]
    elif program == "dd":
        found += [(Word(word.text[3:]), True) for word in call.args if word.text.startswith("of=")]
    elif program in ("tar", "zip") and call.has("-c", "--create"):
        found += [(word, True) for word in call.option_values("-f", "--file")]
    elif program in ("uniq", "xxd"):
        found += [(word, True) for word in call.operands[1:2]]
    elif program == "find":
        pairs = itertools.pairwise(call.args)
        found += [(word, True) for test, word in pairs if test.plain in ("-fprint", "-fprintf", "-fprint0", "-fls")]
    elif program in _OUTPUT_OPTIONS:
        named = call.option_values(*_OUTPUT_OPTIONS[program])
        found += [(word, True) for word in named if word.text != "-"]  # which is standard output
    elif program in _SCRIPTED:
        found += [(word, True) for word in _SCRIPTED[program](call)]
    return [(word, replaces) for word, replaces in found if word.text]


def _awk_output(call: Call) -> list[Word]:
    """`print > "FILE"` in the program."""
    code = call.operands[0].plain if call.operands and not call.has("-f", "--file") else ""
    return [Word(name) for name in re.findall(r"\bprintf?\b[^|>;}\n]{0,500}>\s*\"([^\"/][^\"]*)\"", code)]


def _sed_output(call: Call) -> list[Word]:
    """The `w FILE` command at the end of a script."""
    scripts = call.option_values("-e", "--expression") or call.operands[:1]
    return [Word(name) for script in scripts for name in re.findall(r"(?:^|[;\n/\d$]\s*)w\s+([^\s;}]+)$", script.plain)]


def _compiled(call: Call) -> list[Word]:
    """`gcc -o FILE`, where the name is that of a source: a slip that costs the source."""
    return [word for word in call.option_values("-o") if _SOURCE.fullmatch(word.plain)]


def _disk_image(call: Call) -> list[Word]:
    """`qemu-img create FILE SIZE`."""
    return call.operands[1:2] if [word.plain for word in call.operands[:1]] == ["create"] else []


def _joined_pdf(call: Call) -> list[Word]:
    """`pdftk … output FILE`."""
    pairs = itertools.pairwise(call.args)
    return [word for before, word in pairs if before.plain == "output"]


def _code_output(call: Call) -> list[Word]:
    """`open("FILE", "w")` in Python and the like."""
    return [Word(name) for name in written_names(call)]


def _converted(call: Call) -> list[Word]:
    """The last operand, unless it is what is converted too."""
    *sources, target = call.operands or [Word("")]
    reads = [word.plain for word in sources[:1]] in (["identify"], ["mogrify"])  # magick's
    return [target] if sources and not reads and not edits_in_place(call) else []


def edits_in_place(call: Call) -> bool:
    """Whether what a converter makes takes the place of what it was made from."""
    *sources, target = [word.plain for word in call.operands] or [""]
    return target in sources


def _document(call: Call) -> list[Word]:
    """`soffice --convert-to pdf essay.docx` writes essay.pdf here, or into --outdir."""
    folders = [word.text for word in call.option_values("--outdir")] or ["."]
    kinds = [word.plain.partition(":")[0] for word in call.option_values("--convert-to")]
    stems = [posixpath.splitext(posixpath.basename(word.text))[0] for word in call.operands]
    return [Word(posixpath.join(folders[0], f"{stem}.{kind}")) for kind in kinds for stem in stems]


def _decrypted(call: Call) -> list[Word]:
    """gpg asks before it overwrites, unless it is told not to."""
    return call.option_values("-o", "--output") if call.has("--yes") else []


def _sound(call: Call) -> list[Word]:
    """`sox IN OUT EFFECT…`, and `sox -n OUT` for one that begins with silence."""
    place = 0 if call.has("-n") else 1
    return call.operands[place : place + 1]


def _video(call: Call) -> list[Word]:
    """What stands without an option, which is overwritten without a question where that is wanted."""
    return call.operands if call.has("-y") else []


_SOURCE = re.compile(r".+\.(?:c|cc|cpp|cxx|h|hpp|rs|f90)", re.IGNORECASE)
_SCRIPTED: dict[str, Callable[[Call], list[Word]]] = {
    **dict.fromkeys(CODE_TAKERS, _code_output),
    "awk": _awk_output,
    **dict.fromkeys(("convert", "magick", "pdfunite"), _converted),
    "sox": _sound,
    **dict.fromkeys(("soffice", "libreoffice"), _document),
    "gpg": _decrypted,
    "ffmpeg": _video,
    "sed": _sed_output,
    **dict.fromkeys(("cc", "rustc"), _compiled),
    "qemu-img": _disk_image,
    "pdftk": _joined_pdf,
}
"""Programs whose output files stand elsewhere than behind an option of theirs."""


def made_files(call: Call) -> list[Word]:
    """The files into which the call puts what it reads: those that it writes, and archives."""
    found = [word for word, _ in written_files(call)] + call.option_values(*_ARCHIVE_OPTIONS.get(call.program, ()))
    place = _ARCHIVE_OPERANDS.get(call.program)
    return found if place is None else found + call.operands[place : place + 1]


def transfer_targets(call: Call) -> list[Word]:
    """Where cp and mv put things: the file itself, or the same name inside a directory."""
    sources, targets = transferred(call)
    if not targets:
        return []
    target = targets[0]
    path = target_path(target, call)
    inside = (
        call.has("-t", "--target-directory")
        or len(sources) > 1
        or target.text.endswith("/")
        or (path is not None and path.is_dir())
    )
    if not inside:
        return [target]
    names = [posixpath.basename(source.text.rstrip("/")) for source in sources]
    return [Word(target.text.rstrip("/") + "/" + name) for name in names if name]


def target_path(word: Word, call: Call) -> Path | None:
    """Where the file that a word names would be, as far as that is known."""
    if not certain(word.text) or has_glob(word.text) or call.remote:
        return None
    text = literal(expand_home(word.text, user_home()))
    if not text.startswith("/"):
        if call.cwd is None or not certain(call.cwd):
            return None
        text = posixpath.join(call.cwd, text)
    return Path(text)


def names_one(pattern: Word, call: Call) -> bool:
    """Whether a pattern is known to match a single name here; of one with patterns in its folders nothing is known."""
    folder, slash, name = pattern.text.rstrip("/").rpartition("/")
    path = target_path(Word(folder + slash or "."), call)
    try:
        found = [one.name for one in path.iterdir()] if path is not None else []
    except (OSError, ValueError):
        return False
    visible = [one for one in found if one[0] != "." or name.startswith(".")]
    return sum(fnmatchcase(one, as_glob(name)) for one in visible) == 1
