"""Writes files so that nothing is lost: as a whole or not at all, one process at a time.

replace_file(file, text)    what was there stays until all of the new text is written
locked(folder)              holds a folder against other processes that ask for it, too

Nothing waits for the disk (fsync), which would delay each answer: a power cut may cost what was written last.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shellper.errors import StateError

LOCK_SECONDS = 10.0


def replace_file(file: Path, text: str) -> None:
    """Replaces a file, or makes it, readable by its owner alone. Raises OSError."""
    new = file.with_name(f".{file.name}.shellper.new")
    new.unlink(missing_ok=True)  # of a process that was killed
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text)
        new.replace(file)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder's lock. Raises OSError, and StateError if another process does not let go of it."""
    import fcntl
    from time import monotonic, sleep

    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        deadline = monotonic() + LOCK_SECONDS
        pause = 0.005
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if monotonic() > deadline:
                    raise StateError(f"another process holds {folder / '.lock'}: try again once it has ended") from None
                sleep(pause)
                pause = min(2 * pause, 0.08)  # many that wait shall not keep the one at work from the processor
        yield
    finally:
        os.close(descriptor)
