"""Commands inside the arguments of other commands: sudo, env, sh -c, xargs, find -exec, ssh, docker exec, git -c …

`inner_commands` gives for a call what it would run in turn: a list of words, or a script as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from shellper.safety import foreign
from shellper.safety.marks import STAR, UNKNOWN, literal
from shellper.safety.names import names
from shellper.safety.options import VALUED
from shellper.safety.state import Call, Data, Surroundings, Word

SHELLS = frozenset(
    names(
        """
    sh bash zsh dash ksh mksh ash fish csh tcsh rbash yash elvish nu pwsh
    """
    )
)


@dataclass(frozen=True)
class Inner:
    """One command that another one runs: `words`, or else `script` as shell text."""

    words: tuple[Word, ...] | None = None
    script: str = ""
    stdin: Data | None = None
    positional: tuple[Word, ...] | None = None
    assignments: tuple[tuple[str, str], ...] = ()
    cwd: str | None = None
    same_shell: bool = False
    remote: bool = False
    looped: bool = False
    background: bool = False
    guess: bool = False
    """It may be no shell text at all."""


def inner_commands(call: Call, surroundings: Surroundings) -> list[Inner]:
    """What the call runs in turn."""
    reader = _READERS.get(call.program)
    if reader is None and call.program in SHELLS:
        reader = _shell
    found = list(reader(call)) if reader is not None else []
    found += [Inner(script=script, guess=True) for script in foreign.shell_scripts(call)]
    return [inner for inner in found if inner.words is None or inner.words]


def after_options(call: Call, skip: int = 0) -> tuple[Word, ...]:
    """The words after a wrapper's own options (and `skip` operands): the command that it runs."""
    valued = VALUED.get(call.program, frozenset())
    words = list(call.args)
    while words:
        text = words[0].plain
        if text == "--":
            words = words[1:]
            break
        if not text.startswith("-") or text == "-":
            break
        takes_next = text in valued or (len(text) > 2 and text[1] != "-" and "-" + text[-1] in valued)
        words = words[2 if takes_next else 1 :]
    return tuple(words[skip:])


def _assignments(words: Sequence[Word]) -> tuple[tuple[tuple[str, str], ...], tuple[Word, ...]]:
    pairs: list[tuple[str, str]] = []
    for place, word in enumerate(words):
        name, equals, value = word.text.partition("=")
        if not equals or not name.replace("_", "a").isalnum():
            return tuple(pairs), tuple(words[place:])
        pairs.append((name, value))
    return tuple(pairs), ()


def _plain(call: Call) -> Iterator[Inner]:
    yield Inner(words=after_options(call))


def _skipping(count: int) -> Callable[[Call], Iterator[Inner]]:
    def reader(call: Call) -> Iterator[Inner]:
        yield Inner(words=after_options(call, count))

    return reader


def _sudo(call: Call) -> Iterator[Inner]:
    pairs, words = _assignments(after_options(call))
    if words:
        yield Inner(words=words, assignments=pairs)
    elif call.has("-s", "-i", "--shell", "--login") and call.stdin.piped:
        yield from _shell_input(call)


def _env(call: Call) -> Iterator[Inner]:
    for word in call.option_values("-S", "--split-string"):
        yield Inner(script=word.text)
    words = after_options(call)
    for place, word in enumerate(call.args):  # -S takes the rest apart
        if word.plain in ("-S", "--split-string") and place + 1 < len(call.args):
            yield Inner(script=" ".join(w.text for w in call.args[place + 1 :]))
            return
    pairs, words = _assignments(words)
    yield Inner(words=words, assignments=pairs)


def _su(call: Call) -> Iterator[Inner]:
    found = False
    for word in call.option_values("-c", "--command"):
        found = True
        yield Inner(script=word.text)
    for place, word in enumerate(call.args[:-1]):
        if word.plain in ("-c", "--command", "-lc"):
            found = True
            yield Inner(script=call.args[place + 1].text)
    if not found and call.stdin.piped:
        yield from _shell_input(call)


def _shell(call: Call) -> Iterator[Inner]:
    flags, args = _shell_flags(call)
    if "c" in flags:
        if args:
            zero = (("0", args[1].text),) if len(args) > 1 else ()
            yield Inner(script=args[0].text, positional=tuple(args[2:]), assignments=zero)
    elif args and "s" not in flags and args[0].plain not in ("-", "/dev/stdin"):
        if args[0].data is not None:
            yield from _texts(args[0].data, tuple(args[1:]))
    elif call.stdin.piped:
        yield from _texts(call.stdin, tuple(args))


def _shell_flags(call: Call) -> tuple[str, list[Word]]:
    """The letters of a shell's options, and what follows them."""
    args = list(call.args)
    flags = ""
    valued = VALUED["bash"]
    while args and args[0].plain[:1] in ("-", "+") and len(args[0].plain) > 1 and args[0].plain != "--":
        text = args.pop(0).plain
        if text in valued and args:
            args.pop(0)
        elif not text.startswith("--"):
            flags += text[1:]
            if text.endswith("o") and args:  # -euo pipefail
                args.pop(0)
        elif text == "--command" and args:
            flags += "c"
    return flags, args[1:] if args and args[0].plain == "--" else args


def _texts(data: Data, positional: tuple[Word, ...] = ()) -> Iterator[Inner]:
    for text in data.texts[:8]:
        yield Inner(script=text, positional=positional)


def _shell_input(call: Call) -> Iterator[Inner]:
    yield from _texts(call.stdin)


def _busybox(call: Call) -> Iterator[Inner]:
    yield Inner(words=call.args)


def _eval(call: Call) -> Iterator[Inner]:
    words = call.args[1:] if call.args and call.args[0].plain == "--" else call.args
    yield Inner(script=" ".join(word.text for word in words), same_shell=True)


def _source(call: Call) -> Iterator[Inner]:
    if call.args and call.args[0].data is not None:
        for text in call.args[0].data.texts[:8]:
            yield Inner(script=text, same_shell=True)
    elif call.args and call.args[0].plain in ("/dev/stdin", "-"):
        yield from _texts(call.stdin)


def _trap(call: Call) -> Iterator[Inner]:
    if len(call.operands) > 1:
        yield Inner(script=call.operands[0].text)


def _xargs(call: Call) -> Iterator[Inner]:
    words = after_options(call) or (Word("echo"),)
    place = next((v.plain for v in call.option_values("-I", "-i", "--replace", "-J")), None)
    if place is None and call.has("-i", "--replace"):
        place = "{}"
    for value in items(call.stdin, place is not None, call.has("-0", "--null")):
        if place:
            filled = tuple(Word(w.text.replace(place, value), w.taints | call.stdin.taints) for w in words)
        else:
            filled = (*words, *(Word(part, call.stdin.taints) for part in value.split("\n") if part))
        yield Inner(words=filled, looped=True, stdin=Data((), frozenset(), piped=False))


def items(data: Data, lines: bool = False, nul: bool = False) -> list[str]:
    """The arguments that xargs would make of its input: words, or whole lines, or what stands between NULs."""
    if not data.texts:
        return [UNKNOWN + "/" + UNKNOWN]
    found: dict[str, None] = {}
    for text in data.texts[:8]:
        separators = "\x00" if nul and "\x00" in text else "\n" if nul or lines else r"[\s\x00]+"
        parts = [part.strip("'\"") for part in re.split(separators, text) if part]
        found.update(dict.fromkeys(parts[:20]))
    return list(found) or [UNKNOWN + "/" + UNKNOWN]


def _parallel(call: Call) -> Iterator[Inner]:
    words = [word.text for word in after_options(call)]
    marks = [n for n, text in enumerate(words) if text in (":::", "::::", ":::+")]
    values = words[marks[0] + 1 :] if marks and words[marks[0]] != "::::" else items(call.stdin)
    template = words[: marks[0]] if marks else words
    for value in values[:20]:
        text = " ".join(template)
        text = text.replace("{}", value) if "{}" in text else f"{text} {value}" if template else value
        yield Inner(script=text, looped=True, stdin=Data((), frozenset(), piped=False))


_FIND_ACTIONS = ("-exec", "-execdir", "-ok", "-okdir")


def _find(call: Call) -> Iterator[Inner]:
    words = list(call.args)
    place = 0
    while place < len(words):
        if words[place].plain in _FIND_ACTIONS:
            end = place + 1
            while end < len(words) and words[end].plain not in (";", "+"):
                end += 1
            for path in found_paths(words[:place]):
                command = tuple(
                    Word(w.text.replace("{}", path), w.taints) for w in _joined_braces(words[place + 1 : end])
                )
                yield Inner(words=command, looped=True)
            place = end
        place += 1


def _fd(call: Call) -> Iterator[Inner]:
    for place, word in enumerate(call.args):
        if word.plain in ("-x", "-X", "--exec", "--exec-batch"):
            path = UNKNOWN + "/" + UNKNOWN
            words = [Word(w.text.replace("{}", path), w.taints) for w in _joined_braces(call.args[place + 1 :])]
            yield Inner(words=(*words, Word(path)) if words else (), looped=True)
            return


def _joined_braces(words: Sequence[Word]) -> list[Word]:
    return [Word(literal(w.text), w.taints) if literal(w.text) == "{}" else w for w in words]


_FILTERS = frozenset(
    names(
        """
    -name -iname -path -ipath -wholename -regex -iregex -mtime -mmin -atime -amin -ctime -cmin -newer -anewer
    -cnewer -newermt -xtype -size -empty -user -group -uid -gid -nouser -nogroup -perm -inum -samefile -lname -links
    """
    )
)
_ALL = ("*", "*.*", ".*", "**", "?*", "*/*", "/*")


def find_roots(words: Sequence[Word]) -> list[Word]:
    """Where find starts to look."""
    rest = list(words)
    while rest and rest[0].plain in ("-H", "-L", "-P"):
        rest.pop(0)
    roots = []
    for word in rest:
        if word.plain[:1] in "-(!" and word.plain:
            break
        roots.append(word)
    return roots or [Word(".")]


def is_filtered(words: Sequence[Word]) -> bool:
    """Whether find's tests, up to here, pick out some files only; negated tests and -type do not count."""
    depth, filtered, negated = 0, False, False
    for place, word in enumerate(words):
        text = word.plain
        if text in ("(", ")"):
            depth += 1 if text == "(" else -1
        elif text in ("-o", "-or") and depth == 0:
            filtered = False
        elif text in ("!", "-not"):
            negated = True
            continue
        elif text in _FILTERS:
            value = words[place + 1].plain if place + 1 < len(words) else ""
            if value in _ALL and any(other.plain in ("-o", "-or") for other in words):
                return False
            filtered = filtered or (not negated and value not in _ALL)
        negated = False
    return filtered


def found_paths(words: Sequence[Word]) -> list[str]:
    """What find hands to its actions: where it starts, or, when tests pick out some, something below it."""
    below = "/" + UNKNOWN + "/" + UNKNOWN if is_filtered(words) else ""
    contents = not below and any(word.plain == "-mindepth" for word in words)
    return [(root.text.rstrip("/") if below or contents else root.text) + (below or ("/" + STAR if contents else ""))
            for root in find_roots(words)]  # fmt: skip


def _ssh(call: Call) -> Iterator[Inner]:
    for word in call.option_values("-o"):
        if word.plain.lower().startswith(("proxycommand=", "localcommand=")):
            yield Inner(script=word.plain.partition("=")[2])
    words = after_options(call, 1)
    if words:
        yield Inner(script=" ".join(word.text for word in words), remote=True)
    elif call.stdin.piped and call.args:
        for text in call.stdin.texts[:4]:
            yield Inner(script=text, remote=True)


def _docker(call: Call) -> Iterator[Inner]:
    verbs = [word.plain for word in call.operands[:2]]
    texts = [word.plain for word in call.args]
    if verbs[:1] not in (["run"], ["exec"]) and verbs != ["compose", "exec"] and verbs != ["compose", "run"]:
        return
    start = texts.index(verbs[-1] if verbs[0] == "compose" else verbs[0]) + 1
    rest = Call(call.program, call.args[start:])
    inner = _container_command(rest)
    if inner:
        yield Inner(words=tuple(inner), remote=True)


_CONTAINER_VALUED = frozenset(
    names(
        """
    -e --env -v --volume -p --publish --name -w --workdir -u --user --network --net --mount --entrypoint -h
    --hostname --env-file -m --memory --cpus --gpus --restart --platform --pid --ipc --cap-add --device -l --label
    --add-host --shm-size --ulimit --dns --security-opt --pull --log-driver -f --file
    """
    )
)


def _container_command(call: Call) -> list[Word]:
    words = list(call.args)
    mounts: list[tuple[str, str]] = []
    while words and words[0].plain.startswith("-") and words[0].plain != "-":
        name, equals, value = words[0].plain.partition("=")
        valued = name in _CONTAINER_VALUED or (not name.startswith("--") and "-" + name[-1] in _CONTAINER_VALUED)
        if valued and not equals and len(words) > 1:
            value = words[1].text
            words = words[1:]
        if name == "--mount":
            fields = dict(part.partition("=")[::2] for part in value.split(","))
            source, target = fields.get("source", fields.get("src", "")), fields.get("target", fields.get("dst", ""))
            mounts.append((source, target))
        if name in ("-v", "--volume"):
            source, _, target = value.partition(":")
            mounts.append((source, target.partition(":")[0]))
        words = words[1:]
    command = words[1:]
    # what is mounted from this machine keeps its own name
    for source, target in mounts:
        if target and target != "/":
            command = [Word(_mounted(w.text, source, target), w.taints) for w in command]
    return command


def _mounted(text: str, source: str, target: str) -> str:
    return re.sub(rf"(?<![\w./]){re.escape(target)}(?=/|$|\s)", lambda _: source.rstrip("/") or "/", text)


def _kubectl(call: Call) -> Iterator[Inner]:
    texts = [word.plain for word in call.args]
    if "exec" in texts and "--" in texts:
        yield Inner(words=call.args[texts.index("--") + 1 :], remote=True)


def _git(call: Call) -> Iterator[Inner]:
    verbs = [word.plain for word in call.operands]
    for word in call.option_values("-c"):
        name, _, value = word.plain.partition("=")
        if value.startswith("!"):
            yield Inner(script=value[1:])
        elif name in ("core.pager", "core.editor", "core.sshCommand", "core.fsmonitor"):
            yield Inner(script=value)
    if verbs[:1] == ["config"] and len(verbs) > 2 and verbs[2].startswith("!"):
        yield Inner(script=verbs[2][1:])
    if verbs[:2] == ["submodule", "foreach"] or verbs[:2] == ["bisect", "run"]:
        rest = call.args[[word.plain for word in call.args].index(verbs[1]) + 1 :]
        if len(rest) == 1:
            yield Inner(script=rest[0].text)
        else:
            yield Inner(words=rest)
    filters = ("--exec", "-x", "--tree-filter", "--index-filter", "--msg-filter", "--env-filter")
    for place, word in enumerate(call.args[:-1]):
        if word.plain in filters and verbs[:1] in (["rebase"], ["filter-branch"]):
            yield Inner(script=call.args[place + 1].text)


def _strings(call: Call) -> Iterator[Inner]:
    """watch, script -c, entr …: one string, or words."""
    words = after_options(call)
    if len(words) == 1:
        yield Inner(script=words[0].text)
    else:
        yield Inner(words=words)


def _script(call: Call) -> Iterator[Inner]:
    for place, word in enumerate(call.args[:-1]):
        if word.plain in ("-c", "--command", "-qc"):
            yield Inner(script=call.args[place + 1].text)


def _flock(call: Call) -> Iterator[Inner]:
    words = after_options(call, 1)
    if words and words[0].plain in ("-c", "--command"):
        yield Inner(script=" ".join(word.text for word in words[1:]))
    else:
        yield Inner(words=words)


def _tmux(call: Call) -> Iterator[Inner]:
    texts = [word.plain for word in call.operands]
    if call.program == "tmux" and texts[:1] and texts[0] in (
        "new", "new-session", "neww", "new-window", "splitw", "split-window", "run", "run-shell", "send-keys", "send",
        "respawn-pane",
    ):  # fmt: skip
        words = [text for text in texts[1:] if text not in ("Enter", "C-m", "ENTER")]
        if words:
            yield Inner(script=" ".join(words))
    if call.program == "screen" and texts:
        yield Inner(words=tuple(call.operands))


def _scheduled(call: Call) -> Iterator[Inner]:
    """at, batch and crontab read commands from standard input."""
    for text in call.stdin.texts[:4]:
        if call.program == "crontab":
            yield Inner(script=re.sub(r"(?m)^\s*(?:@\w+|(?:\S+[ \t]+){5})", "", text))
        else:
            yield Inner(script=text)


def _tar(call: Call) -> Iterator[Inner]:
    for word in (*call.option_values("--to-command", "-I", "--use-compress-program", "--checkpoint-action"),):
        yield Inner(script=word.plain.removeprefix("exec="))
    for word in call.args:
        if word.plain.startswith("--checkpoint-action=exec="):
            yield Inner(script=word.plain.partition("exec=")[2])


def _editor(call: Call) -> Iterator[Inner]:
    commands = [word.plain for word in call.option_values("-c", "--cmd")]
    commands += [word.plain[1:] for word in call.args if word.plain.startswith("+")]
    for command in commands:
        for part in command.split("|"):
            bang = re.match(r"\s*:?\s*(?:silent!?\s+|exe(?:cute)?\s+['\"])?(?:%|r(?:ead)?\s*)?!(.*)", part)
            if bang:
                yield Inner(script=bang[1].strip("'\""))


def _ed(call: Call) -> Iterator[Inner]:
    """ed and ex read editor commands from standard input; `!` runs a shell command."""
    yield from _editor(call)
    for text in call.stdin.texts[:4]:
        yield from (Inner(script=line[1:]) for line in text.splitlines() if line.startswith("!"))


def _sed(call: Call) -> Iterator[Inner]:
    scripts = [w.plain for w in call.option_values("-e", "--expression")] or [w.plain for w in call.operands[:1]]
    for script in scripts:
        for part in script.split("\n"):
            if match := re.match(r"\s*(?:\d+|\$|/[^/]*/)?\s*e\s+(.+)", part):
                yield Inner(script=match[1])
            elif match := re.match(r"\s*s(.).*?\1(.*?)\1\w*e\w*$", part):
                yield Inner(script=match[2])


def _nc(call: Call) -> Iterator[Inner]:
    for word in call.option_values("-e", "-c", "--exec", "--sh-exec"):
        yield Inner(script=word.text)


def _rsync(call: Call) -> Iterator[Inner]:
    for word in call.option_values("-e", "--rsh"):
        yield Inner(script=word.text)


def _make(call: Call) -> Iterator[Inner]:
    for word in call.args:
        if word.plain.startswith("--eval="):
            shells = re.findall(r"\$\(shell\s+([^)]*)\)", word.plain)
            yield from (Inner(script=text) for text in shells)
    if any(word.plain in ("-", "/dev/stdin", "-f-") for word in call.args):
        for text in call.stdin.texts[:4]:
            recipes = re.findall(r"(?m)(?:^\t|^[^#\n]*:[^=\n]*;)[@-]*(.*)$", text)
            yield from (Inner(script=recipe.replace("$$", "$")) for recipe in recipes)


def _npm(call: Call) -> Iterator[Inner]:
    texts = [word.plain for word in call.args]
    if texts[:1] in (["exec"], ["x"]) and "--" in texts:
        yield Inner(words=call.args[texts.index("--") + 1 :])


def _systemd_run(call: Call) -> Iterator[Inner]:
    yield Inner(words=after_options(call))


def _entr(call: Call) -> Iterator[Inner]:
    yield Inner(words=after_options(call), looped=True)


def _dot_command(call: Call) -> Iterator[Inner]:
    """`command -v x` and `type x` only look."""
    if not call.has("-v", "-V"):
        yield Inner(words=after_options(call), same_shell=True)


def _coproc(call: Call) -> Iterator[Inner]:
    yield Inner(words=call.args, background=True)


def _time(call: Call) -> Iterator[Inner]:
    words = after_options(call)
    yield Inner(words=words[1:] if words and words[0].plain == "!" else words)


_READERS: dict[str, Callable[[Call], Iterable[Inner]]] = {
    "sudo": _sudo, "doas": _sudo, "pkexec": _sudo, "run0": _sudo, "gksudo": _sudo, "kdesudo": _sudo,
    "su": _su, "runuser": _su, "env": _env, "busybox": _busybox, "toybox": _busybox, "eval": _eval,
    "source": _source, ".": _source, "trap": _trap, "xargs": _xargs, "gxargs": _xargs, "parallel": _parallel,
    "find": _find, "gfind": _find, "fd": _fd, "ssh": _ssh, "mosh": _ssh, "docker": _docker, "podman": _docker,
    "nerdctl": _docker, "docker-compose": _docker, "kubectl": _kubectl, "oc": _kubectl, "git": _git,
    "watch": _strings, "entr": _entr, "script": _script, "flock": _flock, "tmux": _tmux, "screen": _tmux,
    "at": _scheduled, "batch": _scheduled, "crontab": _scheduled, "tar": _tar, "bsdtar": _tar, "vim": _editor,
    "vi": _editor, "nvim": _editor, "ex": _ed, "ed": _ed, "view": _editor, "less": _editor, "sed": _sed, "gsed": _sed,
    "nc": _nc, "ncat": _nc, "netcat": _nc, "rsync": _rsync, "make": _make, "npm": _npm, "coproc": _coproc,
    "systemd-run": _systemd_run, "time": _time, "command": _dot_command, "builtin": _plain, "exec": _plain,
    "nohup": _plain, "nice": _plain, "ionice": _plain, "setsid": _plain, "stdbuf": _plain, "chronic": _plain,
    "strace": _plain, "ltrace": _plain, "unbuffer": _plain, "caffeinate": _plain, "catchsegv": _plain, "gdb": _plain,
    "proxychains": _plain, "proxychains4": _plain, "torsocks": _plain, "torify": _plain, "fakeroot": _plain,
    "setpriv": _plain, "unshare": _plain, "nsenter": _plain, "npx": _plain, "dbus-run-session": _plain,
    "xvfb-run": _plain, "faketime": _skipping(1), "timeout": _skipping(1), "gtimeout": _skipping(1),
    "chroot": _skipping(1), "chrt": _skipping(1), "taskset": _skipping(1), "setarch": _skipping(1), "prlimit": _plain,
    "firejail": _plain, "start-stop-daemon": _plain, "sshpass": _plain,
    "hyperfine": _strings,
}  # fmt: skip
