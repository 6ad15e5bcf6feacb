"""What rsync removes besides what it copies."""

from __future__ import annotations

from shellper.safety.calls import Call


def removes_what_the_source_lacks(call: Call) -> bool:
    """Whether rsync removes at the destination: `--del` and all options that begin with `--delete`."""
    wanted = any(name == "--del" or name.startswith("--delete") for name, _ in call.options)
    return wanted and not _only_looks(call)


def removes_its_sources(call: Call) -> bool:
    """Whether rsync removes the files that it has copied."""
    return call.has("--remove-source-files", "--remove-sent-files") and not _only_looks(call)


def _only_looks(call: Call) -> bool:
    return call.has("-n", "--dry-run")
