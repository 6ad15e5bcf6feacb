"""Installing and removing software."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from shellper.safety.rules.conditions import (
    ALWAYS,
    CAUTION,
    DESTRUCTIVE,
    FORBIDDEN,
    Condition,
    any_word,
    matching,
    operands,
    opt,
    rule,
    verb,
)

_SYSTEM = "apt apt-get aptitude dnf yum zypper pacman yay paru apk emerge nala microdnf pkg port rpm dpkg xbps-remove eopkg swupd"
_REMOVE = any_word("remove", "purge", "erase", "autoremove", "rm", "uninstall", "delete", "deinstall") | opt(
    "-R", "-e", "-r", "--purge", "-P", "--remove", "--erase", "-C", "--unmerge", "--depclean"
)
_ESSENTIAL = matching(
    r"(libc6?|glibc|systemd|bash|coreutils|sudo|apt|dpkg|rpm|linux-image.*|kernel.*|init|util-linux|base-files|grub.*"
    r"|python3|dash|login|libc-bin|filesystem|pacman|openssh-server|network-manager|linux|\*|\.\*)"
)

_SIMULATED = Condition(
    lambda c: (
        c.call.program in ("apt", "apt-get", "aptitude")
        and c.call.has("-s", "--simulate", "--dry-run", "--just-print", "--recon", "--no-act")
    )
)

# fmt: off
RULES = [
    rule(_SYSTEM, _REMOVE & ~_SIMULATED & _ESSENTIAL, FORBIDDEN, "removes software that the system needs"),
    rule(_SYSTEM, opt("--force-remove-essential", "--allow-remove-essential") & _REMOVE, FORBIDDEN, "removes software that the system needs"),
    rule(_SYSTEM, opt("--nodeps", "-Rdd") & _REMOVE, DESTRUCTIVE, "removes software that the system may need"),
    rule("apt apt-get aptitude nala dpkg", (any_word("purge") | opt("--purge", "-P")) & ~_SIMULATED, DESTRUCTIVE, "removes software with its settings"),
    rule("brew", verb("uninstall|remove|rm") & opt("--zap", "--force"), DESTRUCTIVE, "removes software with its settings"),
    rule("pacman yay paru", opt("-R"), DESTRUCTIVE, "removes software"),
    rule("rpm", opt("-e", "--erase"), DESTRUCTIVE, "removes software"),
    rule("dpkg", opt("-r", "--remove", "--force-all"), DESTRUCTIVE, "removes software"),
    rule(_SYSTEM, _REMOVE & ~_SIMULATED, CAUTION, "removes software"),
    rule("apt apt-get aptitude nala dnf yum zypper apk pkg port microdnf", any_word("install", "update", "upgrade", "dist-upgrade", "full-upgrade", "add", "reinstall", "in", "up", "dup", "groupinstall", "build-dep", "swap", "downgrade", "clean", "autoclean", "edit-sources", "mark"), CAUTION, "installs software"),
    rule("pacman yay paru", opt("-S", "-Sy", "-Syu", "-Syyu", "-U", "-Su"), CAUTION, "installs software"),
    rule("dpkg rpm", opt("-i", "--install", "-U", "-F", "--configure", "--upgrade"), CAUTION, "installs software"),
    rule("emerge eopkg xbps-install swupd guix nix-env nix nix-channel", operands(1) | opt("-u", "-i", "-iA", "-S"), CAUTION, "installs software"),
    rule("nix-collect-garbage", ALWAYS, DESTRUCTIVE, "removes old software versions"),
    rule("add-apt-repository apt-key apt-add-repository", ALWAYS, CAUTION, "changes where software comes from"),
    rule("snap", verb("remove") & opt("--purge"), DESTRUCTIVE, "removes software with its data"),
    rule("flatpak", verb("uninstall|remove") & opt("--delete-data"), DESTRUCTIVE, "removes software with its data"),
    rule("brew snap flatpak mas winget choco scoop", verb("install|upgrade|update|uninstall|remove|rm|reinstall|tap|untap|cleanup|autoremove|link|unlink|refresh|services|bundle"), CAUTION, "installs or removes software"),
    rule("pip pipx uv conda poetry pdm rye easy_install", any_word("install", "uninstall", "remove", "add", "update", "upgrade", "sync", "create", "inject", "lock"), CAUTION, "installs or removes software"),
    rule("conda", verb("env", "remove") | (verb("remove") & opt("--all")) | verb("clean"), DESTRUCTIVE, "removes an environment"),
    rule("pip", verb("cache", "purge"), CAUTION, "empties a cache"),
    rule("python", opt("-m") & matching("pip|ensurepip|pipx") & any_word("install", "uninstall"), CAUTION, "installs or removes software"),
    rule("npm yarn pnpm bun", verb("install|i|ci|add|remove|rm|uninstall|un|update|upgrade|link|global|dlx|create|init|audit|cache|prune") & ~verb("audit") | verb("audit", "fix"), CAUTION, "installs or removes software"),
    rule("npx bunx pnpx pipx uvx", operands(1) | opt("-c", "--call"), CAUTION, "may fetch and run software"),
    rule("go deno", verb("run") & matching(r"(npm|jsr):.+|[\w-]+(\.[\w-]+)+/.+@.+"), CAUTION, "may fetch and run software"),
    rule("cargo go gem bundle composer rustup dotnet cpan cpanm luarocks opam stack cabal mix pod sdk nvm pyenv rbenv asdf mise volta fnm tlmgr", any_word("install", "uninstall", "get", "update", "add", "remove", "require", "upgrade", "global", "use") & ~verb("env|version"), CAUTION, "installs or removes software"),
    rule("make ninja meson cmake", any_word("install", "uninstall") | opt("--install"), CAUTION, "installs software"),
    rule("softwareupdate do-release-upgrade fwupdmgr unattended-upgrade", ALWAYS, CAUTION, "installs software"),
    rule("code vim", opt("--install-extension", "--uninstall-extension"), CAUTION, "installs software"),
    rule("installer", opt("-pkg"), CAUTION, "installs software"),
]
# fmt: on
