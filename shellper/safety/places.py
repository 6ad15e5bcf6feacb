"""Which paths matter: the root, system and home directories, devices, files without which nothing works."""

# ruff: noqa: S108 - nothing is written there
from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from functools import lru_cache

from shellper.safety.bash.marks import FRESH, HOME, QUERY, STAR, UNKNOWN, UNSET, has_glob
from shellper.safety.globs import matches_any, takes_all
from shellper.safety.names import names

ROOT = "root"
SYSTEM = "system"
USERS_HOME = "home"
PERSONAL = "personal"
WORKDIR = "workdir"
SCRATCH = "scratch"
DEVICE = "device"
KERNEL = "kernel"
PANIC = "panic"
CRITICAL = "critical"
ACCOUNTS = "accounts"
PROGRAMS = "programs"
SETTINGS = "settings"
KEYS = "keys"
HARMLESS = "harmless"
TEMPORARY = "temporary"
SOCKET = "socket"

PROTECTED = frozenset({ROOT, SYSTEM, USERS_HOME, PERSONAL, WORKDIR})
"""Directories that nobody removes on purpose."""

_SYSTEM = names(
    """
    /bin /boot /dev /etc /home /lib /lib32 /lib64 /libx32 /media /mnt /opt /proc /run /sbin /srv /sys /usr /var
    /usr/bin /usr/sbin /usr/lib /usr/lib32 /usr/lib64 /usr/libexec /usr/share /usr/include /usr/local /usr/local/bin
    /usr/local/lib /var/lib /var/log /var/spool /var/mail /var/run /var/backups /var/lib/dpkg /var/lib/apt
    /var/lib/rpm /var/lib/pacman /var/lib/mysql /var/lib/postgresql /var/lib/docker /etc/ssh /etc/ssl /etc/systemd
    /etc/pam.d /etc/init.d /etc/apt /etc/default /etc/network /boot/grub /boot/grub2 /boot/efi /lib/modules
    /lib/systemd /lib/x86_64-linux-gnu /usr/lib/x86_64-linux-gnu /lib/aarch64-linux-gnu /usr/lib/aarch64-linux-gnu
    /usr/lib/systemd /usr/lib/modules /dev/disk /dev/mapper /Applications /Library /System /Users /Volumes /cores
    /private /private/etc /private/var /System/Library /Network /nix /nix/store /snap /data /sysroot
    /sys/firmware/efi/efivars /mnt/[a-z] /mnt/[a-z]/Users /mnt/[a-z]/Windows
    """
)
_HOMES = ["/root", "/home/*", "/Users/*", "/var/root", "/mnt/[a-z]/Users/*"]
_PERSONAL = names(
    """
    .ssh .gnupg .config .local .local/share Documents Desktop Pictures Music Videos Movies Library .mozilla
    .thunderbird .password-store .kube .aws .docker .vault Mail Maildir
    """
)
_SCRATCH = ["/tmp", "/var/tmp", "/var/cache", "/private/tmp", "/dev/shm", "/var/cache/*"]
_SHARED = ("/tmp/", "/var/tmp/", "/dev/shm/", "/private/tmp/")
_DEVICES = names(
    """
    /dev/sd* /dev/hd* /dev/vd* /dev/xvd* /dev/nvme* /dev/mmcblk* /dev/disk* /dev/rdisk* /dev/loop* /dev/md*
    /dev/dm-* /dev/mapper/* /dev/disk/* /dev/disk/*/* /dev/sr* /dev/fd0 /dev/mem /dev/kmem /dev/port /dev/zd*
    /dev/root /dev/vg*/* /dev/mtd* /dev/ubi* /dev/zvol/* /dev/bcache* /dev/nbd* /dev/block/* /dev/sg* /dev/ada*
    /dev/da[0-9]*
    """
)
_PANIC = names(
    """
    /proc/sysrq-trigger /sys/block/*/device/delete /sys/class/*/*/device/delete /sys/bus/*/devices/*/remove
    /sys/devices/*/*/remove
    """
)
_KERNEL = ["/proc/sys/*", "/proc/sys/*/*", "/proc/sys/*/*/*", "/sys/*", "/sys/*/*", "/sys/*/*/*", "/sys/*/*/*/*"]
_CRITICAL = names(
    """
    /etc/passwd /etc/shadow /etc/group /etc/gshadow /etc/sudoers /etc/fstab /etc/crypttab /etc/ld.so.preload
    /etc/ld.so.conf /etc/ld.so.cache /etc/nsswitch.conf /etc/inittab /etc/profile /etc/environment /etc/hosts
    /etc/hostname /etc/ssh/sshd_config /etc/resolv.conf /etc/login.defs /etc/pam.d/* /etc/sudoers.d/* /etc/mtab
    /etc/machine-id /boot/vmlinuz* /boot/initrd* /boot/initramfs* /boot/grub/grub.cfg /boot/grub2/grub.cfg
    /boot/System.map* /bin/sh /bin/bash /usr/bin/bash /usr/bin/sh /bin/login /usr/bin/sudo /bin/su /usr/bin/su
    /sbin/init /usr/sbin/init /lib/ld-linux* /lib64/ld-linux* /lib/*/libc.so* /lib/*/libc-* /usr/lib/*/libc.so*
    /lib64/libc.so* /usr/lib64/libc.so* /usr/bin/python3 /var/lib/dpkg/status /private/etc/passwd
    /private/etc/sudoers
    """
)
_ACCOUNTS = [
    "/etc/passwd",
    "/etc/shadow",
    "/etc/group",
    "/etc/gshadow",
    "/etc/sudoers",
    "/etc/sudoers.d/*",
    "/etc/ld.so.preload",
    "/etc/pam.d/*",
]
_PROGRAMS = [
    "/bin/*",
    "/sbin/*",
    "/usr/bin/*",
    "/usr/sbin/*",
    "/lib/*",
    "/lib64/*",
    "/lib/*/*",
    "/usr/lib/*",
    "/usr/lib/*/*",
    "/boot/*",
    "/boot/*/*",
]
_HARMLESS = names(
    """
    /dev/null /dev/zero /dev/full /dev/tty* /dev/stdout /dev/stderr /dev/stdin /dev/fd/* /dev/pts/* /dev/random
    /dev/urandom /dev/shm/* /dev/console /dev/input/* /dev/snd/* /dev/dri/* /dev/kvm /proc/self/fd/*
    """
)
STARTUP_FILES = names(
    """
    .bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zprofile .zshenv .zlogin .zlogout
    .kshrc .cshrc .tcshrc .xprofile .xinitrc .xsession .ssh/rc .config/fish/config.fish
    """
)
"""Scripts in a home directory that every login, shell or session runs."""
_SETTINGS = (
    *STARTUP_FILES,
    *names(".inputrc .bash_history .zsh_history .netrc .gitconfig .vimrc .tmux.conf .npmrc .pypirc .pgpass .my.cnf"),
)
_SETTINGS_IN_FOLDERS = names(".ssh/* .gnupg/* .aws/* .kube/config .config/* .config/*/* .docker/config.json")
_BROWSERS = (
    *names(".config/google-chrome .config/chromium .config/BraveSoftware/* .config/microsoft-edge"),
    "Library/Application Support/*/*",
)
_KEYS = (
    *names(
        """
    .ssh .gnupg .aws .password-store .ssh/id_* .ssh/*.pem .gnupg/* .aws/credentials .netrc .pgpass .kube/config
    .docker/config.json .config/gh/hosts.yml .git-credentials .password-store/* .bash_history .zsh_history
    .mozilla/firefox/*/logins.json .mozilla/firefox/*/key4.db .bitcoin/wallet.dat
    .ethereum/keystore/* .electrum/wallets/* .mozilla/firefox/*/cookies.sqlite .local/share/keyrings/*
    Library/Keychains/*
    """
    ),
    *(f"{browser}/*/{file}" for browser in _BROWSERS for file in ("Login Data", "Cookies", "Network/Cookies")),
)
_PROCESS = re.compile(r"^/proc/[^/]+/(?:root|cwd)(?=/|$)")
"""The root of a process is that of all, mostly; where it works is anywhere."""


SOME_HOME = "/home/user"
"""A home directory where it does not matter whose, or where there is none."""


def user_home() -> str:
    """This user's home directory; some other where there is none, or where it is the root."""
    import os

    home = os.path.expanduser("~")  # noqa: PTH111 - never raises
    return home if home.startswith("/") and home != "/" else SOME_HOME


def expand_home(text: str, home: str) -> str:
    """`~`, `~/x`, `~name` at the beginning of a word as a path."""
    if not text.startswith(HOME):
        return text.replace(HOME, home) if "/" not in text.partition(HOME)[0] else text.replace(HOME, "~")
    name, slash, rest = text[1:].partition("/")
    base = {"": home, "+": UNKNOWN, "-": UNKNOWN, "root": "/root"}.get(name, f"/home/{name}")
    return base.rstrip("/") + slash + rest if slash else base


def resolve(text: str, cwd: str | None, home: str) -> str | None:
    """A directory as an absolute path, None when it cannot be told."""
    path = expand_home(text.replace(UNSET, UNKNOWN), home)
    if not path.startswith("/"):
        if cwd is None:
            return None
        path = posixpath.join(cwd, path)
    return posixpath.normpath(path).replace("//", "/")


def classify(text: str, cwd: str | None, home: str) -> frozenset[str]:
    """The kinds of place that a word may mean; a glob that takes everything in a directory means the directory."""
    kinds: set[str] = set()
    expanded = expand_home(text, home)
    if UNSET in expanded:
        emptied = expanded.replace(UNSET, "")
        if emptied and ROOT in _kinds(emptied, cwd, home):
            kinds.add(ROOT)
        elif not expanded.startswith(UNSET) and emptied:
            kinds |= _kinds(emptied, cwd, home)
        expanded = expanded.replace(UNSET, UNKNOWN)
    return frozenset(kinds | _kinds(expanded, cwd, home))


def is_shared(text: str, cwd: str | None, home: str = SOME_HOME) -> bool:
    """Whether it lies where everyone can write; what mktemp has made there belongs to one alone."""
    path = resolve(text, cwd, home) or ""
    return path.startswith(_SHARED) and FRESH not in path


def telling(texts: Sequence[str], most: int, cwd: str | None, home: str) -> list[str]:
    """The first so many of the texts, and of the others those that mean a place that matters."""
    return [text for number, text in enumerate(texts) if number < most or classify(text, cwd, home) - {HARMLESS}]


@lru_cache(maxsize=4096)
def _kinds(path: str, cwd: str | None, home: str) -> frozenset[str]:
    relative = not path.startswith("/")
    tidy = posixpath.normpath(path)
    kinds: set[str] = set()
    if relative and _only_up(tidy):
        kinds.add(WORKDIR)
    if relative and posixpath.basename(tidy) in _SETTINGS:
        kinds.add(SETTINGS)
    if relative and cwd is None:
        return frozenset(kinds)
    full = posixpath.normpath(posixpath.join(cwd or "/", path)).replace("//", "/")
    full = _PROCESS.sub("", full) or "/"
    kinds |= _absolute_kinds(full, home)
    if FRESH in full:
        kinds.add(TEMPORARY)
    if cwd and not has_glob(full) and (cwd == full or cwd.startswith(full.rstrip("/") + "/")) and full != "/":
        kinds.add(WORKDIR)
    return frozenset(kinds)


def _only_up(path: str) -> bool:
    """`.`, `..`, `../..`, `../*`: here or above here."""
    parts = path.split("/")
    if len(parts) > 1 and takes_all(parts[-1]):
        parts = parts[:-1]
        return all(part == ".." for part in parts)
    return path == "." or all(part == ".." for part in parts)


def _absolute_kinds(path: str, home: str) -> set[str]:
    parts = path.strip("/").split("/") if path != "/" else []
    everything = bool(parts) and takes_all(parts[-1])
    kinds = _directory_kinds(parts, home)
    if everything:
        parent = _directory_kinds(parts[:-1], home)
        kinds |= {kind for kind in parent if SCRATCH not in parent}
    if matches_any(path, _HARMLESS) and not everything:
        return {HARMLESS}
    for patterns, kind in (
        (_DEVICES, DEVICE),
        (_KERNEL, KERNEL),
        (_PANIC, PANIC),
        (_CRITICAL, CRITICAL),
        (_ACCOUNTS, ACCOUNTS),
        (_PROGRAMS, PROGRAMS),
    ):
        if matches_any(path, patterns):
            kinds.add(kind)
    if re.fullmatch(rf"/dev/[{UNKNOWN}{STAR}{QUERY}]+", path):
        kinds.add(DEVICE)
    if path.startswith(("/dev/tcp/", "/dev/udp/")):
        return {SOCKET}
    for base in {home.rstrip("/"), *_HOMES}:
        if matches_any(path, [f"{base}/{name}" for name in (*_SETTINGS, *_SETTINGS_IN_FOLDERS)]):
            kinds.add(SETTINGS)
        if matches_any(path, [f"{base}/{name}" for name in _KEYS]) or path == "/etc/shadow":
            kinds |= {KEYS} if not path.endswith(".pub") else set()
    return kinds


def _directory_kinds(parts: list[str], home: str) -> set[str]:
    path = "/" + "/".join(parts)
    if not parts:
        return {ROOT}
    kinds: set[str] = set()
    if matches_any(path, _SYSTEM):
        kinds.add(SYSTEM)
    if matches_any(path, _HOMES) or f"{home.rstrip('/')}/".startswith(f"{path}/"):  # or a directory above it
        kinds.add(USERS_HOME)
    for base in {home.rstrip("/"), *_HOMES}:
        if matches_any(path, [f"{base}/{name}" for name in _PERSONAL]):
            kinds.add(PERSONAL)
    if matches_any(path, _SCRATCH):
        kinds |= {SCRATCH, SYSTEM} if parts[-1:] != ["*"] and len(parts) < 3 else {SCRATCH}
    return kinds
