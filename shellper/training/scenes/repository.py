"""Conversations about a git repository: branches that are made, left, merged and deleted; changes on their way."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from shellper.training import slots
from shellper.training.dataset import Conversation
from shellper.training.phrases import quoted, say


class Repository:
    """On which branch we are, and which branch and file were spoken of last."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.branch = ""
        self.named = ""
        self.file = ""

    def new_branch(self) -> str:
        """Goes to a branch that was not spoken of."""
        self.branch = self.named = slots.draw("branch", self.chance).shell
        return self.branch

    def main(self) -> str | None:
        """Leaves a branch for main."""
        if self.branch in ("", "main"):
            return None
        self.branch = "main"
        return "git switch main"

    def previous(self) -> str | None:
        """Goes back to the branch that was left for main."""
        if self.branch != "main" or not self.named:
            return None
        self.branch = self.named
        return "git switch -"

    def of_left(self, command: str) -> str | None:
        """A command on the branch that was left for main."""
        return f"{command} {slots.quote(self.named)}" if self.named and self.branch == "main" else None

    def delete(self) -> str | None:
        """Deletes the branch that was left."""
        command = self.of_left("git branch -d")
        self.named = "" if command else self.named
        return command

    def push(self) -> str | None:
        """Publishes the branch that we are on."""
        return f"git push -u origin {slots.quote(self.branch)}" if self.branch not in ("", "main") else None


_PLAIN = {
    "b_which": "git branch --show-current",
    "b_list": "git branch",
    "s_status": "git status",
    "s_diff": "git diff",
    "s_add_all": "git add .",
    "s_staged": "git diff --staged",
    "s_push": "git push",
    "s_pull": "git pull",
    "s_stash": "git stash",
    "s_unstash": "git stash pop",
    "s_log": "git log --oneline",
    "s_show": "git show",
}
_FILE = {
    "s_diff_file": "git diff",
    "s_add": "git add",
    "s_unstage": "git restore --staged",
    "s_discard": "git restore",
    "s_blame": "git blame",
}
_STATE: dict[str, Callable[[Repository], str | None]] = {
    "b_main": Repository.main,
    "b_previous": Repository.previous,
    "b_merge_it": lambda repository: repository.of_left("git merge"),
    "b_delete_it": Repository.delete,
    "b_push_it": Repository.push,
}
_NAMED = {"b_new": "git checkout -b", "b_switch": "git switch"}
_TEXT = {"s_commit": "git commit -m", "s_amend": "git commit --amend -m"}


def play(turns: int, chance: Random) -> Conversation:
    """A conversation of so many steps."""
    repository = Repository(chance)
    steps = [*_PLAIN, *_FILE, *_NAMED, *_NAMED, *_TEXT, *(3 * list(_STATE))]
    conversation: Conversation = []
    while len(conversation) < turns:
        name = chance.choice(steps)
        found = _step(name, repository, chance)
        if found and found[1] not in [command for _, command in conversation[-1:]]:
            conversation.append((say(name, found[0], chance), found[1]))
    return conversation


def _step(name: str, repository: Repository, chance: Random) -> tuple[dict[str, str], str] | None:
    if name in _PLAIN:
        return {}, _PLAIN[name]
    if name in _STATE:
        command = _STATE[name](repository)
        return ({}, command) if command else None
    if name in _NAMED:
        branch = repository.new_branch()
        return {"x": branch}, f"{_NAMED[name]} {slots.quote(branch)}"
    if name in _TEXT:
        text = slots.draw("text", chance).shell
        return None if "'" in text else ({"text": quoted(text, chance)}, f"{_TEXT[name]} '{text}'")
    if not repository.file or chance.random() < 0.5:
        repository.file = slots.draw("file", chance).shell
    return {"x": repository.file}, f"{_FILE[name]} {slots.quote(repository.file)}"


def steps() -> list[str]:
    """The names of all steps."""
    return [*_PLAIN, *_FILE, *_STATE, *_NAMED, *_TEXT]
