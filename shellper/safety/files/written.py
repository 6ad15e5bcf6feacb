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
from shellper.safety.names import names
from shellper.safety.places import expand_home, user_home

_ARCHIVE_OPTIONS = {
    "gpg": ("-o", "--output"), "age": ("-o", "--output"), "sops": ("--output",),
}  # fmt: skip
_ARCHIVE_OPERANDS = {"zip": 0, "7z": 1, "7za": 1, "rar": 1}
"""Which operand the archive is."""


def written_files(call: Call) -> list[tuple[Word, bool]]:
    """(file, whether it is replaced) for everything that a call writes by name."""
    found = [(r.target, r.writes) for r in call.redirects if r.writes or r.appends]
    adds = call.program in ("tee", "sponge") and call.has("-a", "--append")
    writer = _WRITERS.get(call.program)
    found += [(word, not adds) for word in writer(call)] if writer is not None else []
    return [(word, replaces) for word, replaces in found if word.text]


def _operands(call: Call) -> list[Word]:
    """`tee FILE…`."""
    return call.operands


def _second(call: Call) -> list[Word]:
    """`uniq IN OUT`."""
    return call.operands[1:2]


def _behind(*options: str) -> Callable[[Call], list[Word]]:
    """`sort -o FILE`; `-` is standard output."""
    return lambda call: [word for word in call.option_values(*options) if word.text != "-"]


def _transferred(call: Call) -> list[Word]:
    """`cp FILE… TARGET`; `ln` replaces nothing unless it is told to."""
    careful = call.has("-n", "--no-clobber", "-i") or (call.program == "ln" and not call.has("-f", "--force"))
    return [] if careful else transfer_targets(call)


def _raw_copy(call: Call) -> list[Word]:
    """`dd of=FILE`."""
    return [Word(word.text[3:]) for word in call.args if word.text.startswith("of=")]


def _packed(call: Call) -> list[Word]:
    """`tar -cf FILE`."""
    return _behind("-f", "--file")(call) if call.has("-c", "--create") else []


def _listed(call: Call) -> list[Word]:
    """`find … -fprint FILE`."""
    pairs = itertools.pairwise(call.args)
    return [word for test, word in pairs if test.plain in ("-fprint", "-fprintf", "-fprint0", "-fls")]


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
_WRITERS: dict[str, Callable[[Call], list[Word]]] = {
    **dict.fromkeys(CODE_TAKERS, _code_output),
    **dict.fromkeys(names("tee sponge"), _operands),
    **dict.fromkeys(names("cp mv install ln scp"), _transferred),
    **dict.fromkeys(names("uniq xxd"), _second),
    **dict.fromkeys(names("curl sort shuf http pandoc rsvg-convert img2pdf"), _behind("-o", "--output")),
    **dict.fromkeys(names("dot cwebp dwebp"), _behind("-o")),
    **dict.fromkeys(names("convert magick pdfunite"), _converted),
    **dict.fromkeys(names("soffice libreoffice"), _document),
    **dict.fromkeys(names("cc rustc"), _compiled),
    "wget": _behind("-O", "--output-document"),
    "aria2c": _behind("-o", "--out"),
    "openssl": _behind("-out"),
    "xmllint": _behind("--output"),
    "inkscape": _behind("-o", "--export-filename"),
    "awk": _awk_output,
    "dd": _raw_copy,
    "ffmpeg": _video,
    "find": _listed,
    "gpg": _decrypted,
    "pdftk": _joined_pdf,
    "qemu-img": _disk_image,
    "sed": _sed_output,
    "sox": _sound,
    "tar": _packed,
}
"""What a program writes by name, beside redirections."""


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
    files = [posixpath.basename(source.text.rstrip("/")) for source in sources]
    return [Word(target.text.rstrip("/") + "/" + file) for file in files if file]


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
