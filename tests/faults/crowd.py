"""Many requests at once: python -m tests.faults.crowd COUNT SAME. Prints each one's exit status and output as JSON.

The processes are forked from one that has imported everything, and all start at the same moment.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import shellper.cli.request  # what every request needs
import shellper.engines
from shellper import storage
from shellper.cli import main
from shellper.safety import assess, missing  # noqa: F401
from tests.fakes import FakeEngine

COUNT, SAME = int(sys.argv[1]), sys.argv[2] == "same"


def ask(number: int, start: int, folder: Path) -> None:
    """One request, once the others are there as well."""
    for descriptor, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / f"{number}.{name}", os.O_WRONLY | os.O_CREAT), descriptor)
    os.environ["SHELLPER_SESSION"] = "test" if SAME else f"test-{number}"
    os.read(start, 1)
    status = main([f"list files {number}"])
    sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    shellper.engines.create_engine = lambda _settings: FakeEngine("ls")  # type: ignore[assignment]
    storage.LOCK_SECONDS = 600.0  # a busy machine is no failure
    assess("true")
    reader, writer = os.pipe()
    children = []
    with tempfile.TemporaryDirectory() as name:
        for number in range(COUNT):
            child = os.fork()
            if not child:
                os.close(writer)
                ask(number, reader, Path(name))
            children.append(child)
        os.close(writer)
        statuses = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        texts = [[(Path(name) / f"{n}.{kind}").read_text() for kind in ("out", "err")] for n in range(COUNT)]
    print(json.dumps([[status, *text] for status, text in zip(statuses, texts, strict=True)]))
