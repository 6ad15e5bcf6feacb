"""What training needs to know of processes and memory."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

KEPT = """
import ctypes, sys
from shellper.training import parallel

def mapped() -> int:
    return int(open("/proc/self/statm").read().split()[0])

library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
library.free.argtypes = [ctypes.c_void_p]
if sys.argv[1:]:
    parallel.keep_memory()
before = mapped()
for _ in range(3):
    block = library.malloc(ctypes.c_size_t(1 << 29))
    assert block
    library.free(block)
print(mapped() > before)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="glibc alone is told")
def test_memory_that_is_freed_is_kept() -> None:
    def left(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", KEPT, *arguments], capture_output=True, text=True, check=True
        ).stdout.strip()

    assert left() == "False"
    assert left("keep") == "True"
