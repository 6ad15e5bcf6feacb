"""Commands inside the arguments of other commands: sudo, env, sh -c, xargs, find -exec, ssh, docker exec, git -c …

`inner_commands` gives for a call what it would run in turn: a list of words, or a script as text. To add a wrapper,
write its name into the table, beside one that takes its command in the same way or with a function of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shellper.safety.calls import Call
from shellper.safety.interpreters import SHELLS
from shellper.safety.languages import foreign
from shellper.safety.names import names
from shellper.safety.wrappers import containers, fd, find, makefiles, remote, runners, shells, tools, unknown, xargs
from shellper.safety.wrappers.inner import Inner


def inner_commands(call: Call) -> list[Inner]:
    """What the call runs in turn."""
    reader = READERS.get(call.program)
    found = list(reader(call) if reader is not None else unknown.unknown(call))
    found += [Inner(script=script, guess=True) for script in foreign.shell_scripts(call)]
    return [inner for inner in found if inner.words is None or inner.words]


_PLAIN = """
    builtin exec nohup nice ionice setsid stdbuf chronic strace ltrace unbuffer caffeinate catchsegv proxychains
    torsocks torify fakeroot setpriv unshare nsenter dbus-run-session xvfb-run prlimit firejail
    start-stop-daemon sshpass systemd-run screen
    valgrind rlwrap numactl tini dumb-init ssh-agent tsp nq sem proot systemd-nspawn
    """
_ENVIRONMENTS = "uv poetry pipenv conda pdm hatch rye bundle mise asdf op doppler aws-vault"
_behind_one = runners.skipping(1)
_TABLE: tuple[tuple[Callable[[Call], Iterator[Inner]], str], ...] = (
    (runners.plain, _PLAIN),
    (_behind_one, "faketime timeout chroot chrt taskset setarch perf gosu su-exec"),
    (runners.package, "npx bunx pnpx"),
    (runners.whole, "busybox toybox"),
    (runners.command, "command"),
    (runners.coproc, "coproc"),
    (runners.timed, "time"),
    (runners.entr, "entr"),
    (runners.watch, "watch watchexec"),
    (runners.hyperfine, "hyperfine"),
    (runners.script, " ".join(runners.SCRIPTED)),
    (runners.environment, _ENVIRONMENTS),
    (runners.npm, "npm pnpm yarn"),
    (runners.flock, "flock"),
    (runners.sudo, "sudo doas pkexec run0 gksudo kdesudo"),
    (runners.su, "su runuser"),
    (runners.env, "env"),
    (runners.tmux, "tmux"),
    (shells.shell, " ".join(SHELLS)),
    (shells.evaluated, "eval"),
    (shells.sourced, "source ."),
    (shells.trap, "trap"),
    (shells.scheduled, "at batch crontab"),
    (shells.bound, "bind bindkey complete compgen mapfile"),
    (xargs.xargs, "xargs"),
    (xargs.parallel, "parallel"),
    (find.find, "find"),
    (fd.fd, "fd"),
    (remote.ssh, "ssh mosh autossh"),
    (remote.fleet, "pdsh clush dsh pssh"),
    (remote.ansible, "ansible"),
    (remote.behind_option, "vagrant gcloud fly"),
    (remote.shell, "adb minikube machinectl limactl"),
    (remote.behind_dashes, "lxc incus multipass colima distrobox"),
    (remote.rsync, "rsync"),
    (remote.copying, "scp sftp"),
    (remote.nc, "nc ncat"),
    (containers.docker, "docker podman nerdctl docker-compose"),
    (containers.kubectl, "kubectl"),
    (tools.git, "git"),
    (tools.tar, "tar"),
    (tools.editor, "vim vi nvim view less ex ed"),
    (tools.sed, "sed"),
    (makefiles.make, "make"),
    (tools.database, "psql mysql sqlite3"),
    (tools.debugger, "gdb lldb"),
    (tools.tcl, "expect tclsh wish"),
    (tools.escapes, "dc ftp lftp ncftp gnuplot octave ipython mutt telnet"),
    (tools.m4, "m4"),
)
READERS = {name: reader for reader, programs in _TABLE for name in names(programs)}
"""How to find the commands inside a program's arguments."""
_IN_FRONT = (
    runners.plain, runners.package, _behind_one, runners.command, runners.timed, runners.entr, runners.watch,
    runners.sudo, runners.env, remote.ssh, xargs.xargs,
)  # fmt: skip
IN_FRONT = frozenset(name for name, reader in READERS.items() if reader in _IN_FRONT)
"""Programs that stand, with their own options, in front of the command that they run."""
