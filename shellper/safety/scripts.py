"""Scripts that a call runs from a file: by path, with an interpreter, into this shell."""

from __future__ import annotations

import posixpath

from shellper.safety.bash.marks import certain
from shellper.safety.calls import Call, Word
from shellper.safety.interpreters import FILE_RUNNERS, SHELLS
from shellper.safety.languages.foreign import code_of
from shellper.safety.loading import script_words
from shellper.safety.wrappers.shells import script_file

_INSTALLED = ("/bin/", "/sbin/", "/usr/", "/opt/", "/lib/", "/etc/", "/snap/", "/nix/", "/System/", "/Applications/")
_BINS = ("bin", "sbin", ".bin")


def runs_script(call: Call) -> bool:
    """Whether a shell or an interpreter runs a script that the line did not write, so that nobody has read it here."""
    if call.program in SHELLS:
        script = script_file(call)
    elif call.program in ("source", "."):
        script = next(iter(call.args), None)
    else:
        script = _interpreted(call) if call.program in FILE_RUNNERS else None
    given = script is None or script.data is not None or script.plain in ("-", "/dev/stdin")
    return script is not None and not given and not _installed(script.plain)


def runs_path(call: Call) -> bool:
    """Whether the call runs by its path what the line did not write: no program that is known by its name alone."""
    folder, slash, file = call.name.rpartition("/")
    path = slash and file and certain(call.name) and not folder.startswith("@") and "://" not in folder
    known = call.script is not None or call.program in SHELLS | FILE_RUNNERS or _installed(call.name)
    return bool(path) and not known


def _interpreted(call: Call) -> Word | None:
    """The script that an interpreter runs; none where it is given code or a module, or only checks one."""
    checks = call.has("-c", "--check") or (call.program == "php" and call.has("-l", "-S"))
    if checks or call.has("-m") or code_of(call):
        return None
    return next(iter(script_words(call)), None)


def _installed(path: str) -> bool:
    """A path of the system's, or of what was put into a folder for programs (venv/bin/activate)."""
    folder, _, file = path.rpartition("/")
    return path.startswith(_INSTALLED) or (posixpath.basename(folder) in _BINS and "." not in file)
