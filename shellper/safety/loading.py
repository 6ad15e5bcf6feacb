"""Which code an interpreter or a runner is given: the script among its operands, and what its options load as well."""

from __future__ import annotations

import re

from shellper.safety.calls import Call, Word
from shellper.safety.names import names

_TABLE = (
    # (programs, verbs that stand before the script, options whose value is code too)
    (
        "deno",
        "run eval test bench serve install i x repl compile bundle cache",
        "--preload --import --import-map --eval-file",
    ),
    ("bun", "run test x", "-r --preload --require --import"),
    ("node tsx ts-node", "", "-r --require --import --loader --experimental-loader"),
    ("php", "", "-f --file -d --define"),
    ("go", "run", ""),
    ("ruby", "", "-r"),
    ("ld.so", "", "--preload --audit"),
    ("java", "", "-javaagent -agentpath -jar"),
    ("npx bunx pnpx", "", "-p --package"),
    ("npm pnpm yarn", "exec x dlx init create", "-p --package"),
    ("uv", "tool run", "--from --with"),
    ("uvx", "", "--from --with"),
    ("pipx", "run", "--spec"),
    ("jbang groovy kscript scala scala-cli zx dotnet-script streamlit marimo", "run edit", ""),
)
_LOADERS = {
    program: (names(verbs), names(options)) for programs, verbs, options in _TABLE for program in names(programs)
}
LOADERS = frozenset(_LOADERS)
"""Programs that run a script or a package, wherever it is to be had."""
_FORGES = frozenset(names("npx bunx pnpx npm pnpm yarn"))
"""Those to which `someone/something` is a repository at a forge."""
_ELSEWHERE = re.compile(
    r"(?i)(?:[\w.]+=)?(?:\w+\s*@\s*)?(?:git\+)?(?:https?|ftp|ssh|git)://.+|(?:github|gitlab|bitbucket|gist):.+|git@.+"
)
_REPOSITORY = re.compile(r"[A-Za-z\d][\w-]*/[\w.-]+(?:#.*)?")


def script_words(call: Call) -> list[Word]:
    """The script that the call runs and the script's own arguments; other programs' operands."""
    verbs, _ = _LOADERS.get(call.program, ((), ()))
    words = call.operands
    if [word.plain for word in words[:2]] == ["tool", "run"]:
        return words[2:] if "tool" in verbs else words
    return words[1:] if words and words[0].plain in verbs else words


def loaded_words(call: Call) -> list[Word]:
    """What a program's options load beside its script, and the script of one that no command here names."""
    _, options = _LOADERS.get(call.program, ((), ()))
    agents = [(name.partition(":"), value) for name, value in call.options if ":" in name]
    found = call.option_values(*options)
    found += [Word(path) for (name, _, path), _ in agents if name in options]
    return found + (script_words(call)[:1] if call.implied else [])


def loads_from_elsewhere(call: Call) -> bool:
    """Whether the code that the call runs stands at another machine: a URL, or a repository at a forge."""
    if call.program not in _LOADERS:
        return False
    found = [*script_words(call)[:1], *loaded_words(call)]
    patterns = (_ELSEWHERE, _REPOSITORY) if call.program in _FORGES else (_ELSEWHERE,)
    return any(pattern.fullmatch(word.plain) for word in found for pattern in patterns)
