"""git and its kin: what throws work away."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from shellper.safety.places import PROTECTED, is_shared
from shellper.safety.rules.conditions import (
    CAUTION,
    DESTRUCTIVE,
    DRY_RUN,
    Condition,
    Context,
    any_word,
    matching,
    operand_is,
    operands,
    opt,
    rule,
    verb,
)
from shellper.safety.wrappers.tools import git_settings


def _strange_hooks(context: Context) -> bool:
    settings = git_settings(context.call)
    return any(name.lower() == "core.hookspath" and is_shared(value.text, context.call.cwd) for name, value in settings)


# fmt: off
RULES = [
    rule("git", Condition(_strange_hooks), DESTRUCTIVE, "runs hooks from where everyone can write"),
    rule("git", verb("reset") & opt("--hard", "--merge", "--keep"), DESTRUCTIVE, "throws away uncommitted changes"),
    rule("git", verb("reset"), CAUTION, "moves the branch or the index"),
    rule("git", verb("clean") & opt("-f", "--force") & opt("-d") & ~opt("-n", "--dry-run"), DESTRUCTIVE, "removes directories and files that git does not track", takes_trees=True),
    rule("git", verb("clean") & opt("-f", "--force") & ~opt("-d", "-n", "--dry-run"), DESTRUCTIVE, "removes files that git does not track"),
    rule("git", verb("push") & (opt("-f", "--force", "--force-with-lease", "--mirror", "--delete", "-d", "--prune") | matching(r"\+.+|:.+")) & ~(DRY_RUN | opt("-n")), DESTRUCTIVE, "overwrites or removes what others see"),
    rule("git", verb("branch") & (opt("-D") | (opt("-d", "--delete") & opt("-f", "--force"))), DESTRUCTIVE, "removes a branch that may not be merged"),
    rule("git", (verb("branch") & opt("-f", "--force") & operands(2)) | (verb("checkout") & opt("-B")) | (verb("switch") & opt("-C", "--force-create")), DESTRUCTIVE, "moves a branch away from its commits"),
    rule("git", verb("branch") & opt("-d", "--delete", "-m", "-M", "-f", "--force"), CAUTION, "removes or renames a branch"),
    rule("git", verb("tag") & opt("-d", "--delete", "-f"), DESTRUCTIVE, "removes or moves a tag"),
    rule("git", verb("stash", "drop|clear"), DESTRUCTIVE, "throws away stashed changes"),
    rule("git", verb("checkout") & (opt("-f", "--force") | any_word("--", ".", "./", "HEAD", ":/") | matching(r"\*.*")) & ~opt("-b", "-B"), DESTRUCTIVE, "throws away uncommitted changes"),
    rule("git", verb("checkout-index") & opt("-f", "--force") & ~opt("--prefix", "--temp"), DESTRUCTIVE, "throws away uncommitted changes"),
    rule("git", (verb("read-tree") & opt("--reset") & opt("-u")) | (verb("submodule", "update") & opt("-f", "--force")), DESTRUCTIVE, "throws away uncommitted changes"),
    rule("git", verb("switch") & opt("-f", "--force", "--discard-changes"), DESTRUCTIVE, "throws away uncommitted changes"),
    rule("git", verb("restore") & ~(opt("--staged", "-S") & ~opt("--worktree", "-W")), DESTRUCTIVE, "throws away uncommitted changes"),
    rule("git", verb("filter-branch|filter-repo"), DESTRUCTIVE, "rewrites the whole history"),
    rule("git", verb("reflog", "expire|delete") | verb("gc|prune|repack") & (matching(r"--prune=.*|--aggressive|--expire.*") | verb("prune")), DESTRUCTIVE, "removes what could still be recovered"),
    rule("git", verb("update-ref") & opt("-d", "--stdin"), DESTRUCTIVE, "removes a reference"),
    rule("git", verb("worktree", "remove") & opt("-f", "--force"), DESTRUCTIVE, "removes a working tree", takes_trees=True),
    rule("git", verb("rm") & opt("-r") & ~opt("--cached", "-n", "--dry-run"), DESTRUCTIVE, "removes directories with everything in them", takes_trees=True),
    rule("git", verb("rm") & ~opt("-r", "--cached", "-n", "--dry-run"), DESTRUCTIVE, "removes files"),
    rule("git", verb("rm") & opt("--cached") & (opt("-f", "--force") | operand_is(*PROTECTED)) & ~opt("-n", "--dry-run"), DESTRUCTIVE, "removes files"),
    rule("git", verb("rebase|cherry-pick|revert|merge|am|commit") & (opt("--amend", "--abort", "--skip", "-i", "--interactive", "--onto") | verb("rebase")), CAUTION, "rewrites commits"),
    rule("git", verb("submodule", "deinit") & opt("-f", "--all", "--force"), DESTRUCTIVE, "removes submodules' files"),
    rule("git", verb("remote", "remove|rm|set-url|prune"), CAUTION, "changes remotes"),
    rule("git", verb("config") & opt("--unset", "--unset-all", "--remove-section"), CAUTION, "changes settings"),
    rule("git", verb("lfs", "prune"), DESTRUCTIVE, "removes files"),
    rule("gh glab hub", any_word("delete", "delete-asset", "archive"), DESTRUCTIVE, "removes something at the forge"),
    rule("gh", verb("pr", "merge|close") | verb("issue", "close") | verb("release", "create") | verb("repo", "edit|rename"), CAUTION, "changes something at the forge"),
    rule("gh glab", verb("api") & opt("-X", "--method") & any_word("DELETE"), DESTRUCTIVE, "removes something at the forge"),
    rule("svn", verb("delete|del|rm|remove|revert|cleanup"), DESTRUCTIVE, "throws away changes or files"),
    rule("svn", verb("checkout|co|update|up|commit|ci"), CAUTION, "network transfer"),
    rule("hg", verb("strip|purge|rollback|revert") | (verb("update|up") & opt("-C", "--clean")), DESTRUCTIVE, "throws away changes"),
    rule("git", verb("mv") & opt("-f", "--force"), CAUTION, "moves a file over another"),
    rule("hg", verb("push|pull|clone"), CAUTION, "network transfer"),
    rule("bfg", operands(1), DESTRUCTIVE, "rewrites the whole history"),
]
# fmt: on
