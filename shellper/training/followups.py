"""Follow-ups by program: what people say about the command that they have just got; see `data/followups.phrases`.

`follow_up` takes the last command and gives the next exchange; `other_value` and `pronoun` vary hand-written phrasings.
Each gives None where it does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from shellper.engines.history import Exchange
from shellper.training import slots
from shellper.training.dataset import Conversation
from shellper.training.phrases import followup_phrases

PIPES = {
    "counted": "{c} | wc -l",
    "first": "{c} | head -n {n}",
    "last": "{c} | tail -n {n}",
    "sorted": "{c} | sort",
    "backwards": "{c} | sort -r",
    "unique": "{c} | sort -u",
    "only": "{c} | grep {word}",
    "without": "{c} | grep -v {word}",
    "saved": "{c} > {txt}",
    "appended": "{c} >> {txt}",
    "paged": "{c} | less",
    "numbered": "{c} | nl",
}
"""By step, what becomes of a command {c} that lists something."""
REPEATS = {
    "root": "sudo {c}",
    "repeated": "{c}",
    "timed": "time {c}",
    "background": "{c} &",
    "watched": "watch -n {secs} '{c}'",
}
"""By step, how a command {c} is run once more."""
_LISTING = re.compile(
    r"^(find|ls|ps|grep|du|df|history|env|ss|lsof|sort|cut|awk|git (log|branch|status)|docker (ps|images)|dpkg|who|"
    r"pgrep|systemctl list|crontab -l|journalctl|dmesg)\b"
)
_ENDED = re.compile(
    r"\| (wc|head|tail|less|nl)\b|[>&]|-exec|-delete|-quit|xargs|\bgrep -\w*c|-f\b|^sort\b.*-o\b|&&|;|\bsed -i|"
    r"^ls -d|watch|\|\|"
)
CREATED: list[tuple[re.Pattern[str], dict[str, str]]] = [
    (
        re.compile(r"^mkdir (?:-p )?(\S+)$"),
        {
            "folder_enter": "cd {1}",
            "folder_undo": "rmdir {1}",
            "folder_move": "mv {file} {1}",
            "folder_copy": "cp {file} {1}",
            "folder_file": "touch {1}/{newfile}",
            "folder_rename": "mv {1} {name}",
            "folder_list": "ls {1}",
            "folder_folder": "mkdir {1}/{name}",
        },
    ),
    (
        re.compile(r"^touch (\S+)$"),
        {
            "file_delete": "rm {1}",
            "file_write": "echo '{text}' > {1}",
            "file_append": "echo '{text}' >> {1}",
            "file_copy": "cp {1} {dir}",
            "file_move": "mv {1} {dir}",
            "file_rename": "mv {1} {newfile}",
            "file_executable": "chmod +x {1}",
            "file_show": "cat {1}",
        },
    ),
    (
        re.compile(r"^echo '[^']*' >>? (\S+)$"),
        {
            "written_show": "cat {1}",
            "written_append": "echo '{text}' >> {1}",
            "written_count": "wc -l {1}",
            "written_sort": "sort {1}",
            "written_delete": "rm {1}",
            "written_rename": "mv {1} {newfile}",
        },
    ),
    (
        re.compile(r"^mv (\S+) (\S+\.\w+)$"),
        {
            "renamed_undo": "mv {2} {1}",
            "renamed_show": "cat {2}",
            "renamed_delete": "rm {2}",
            "renamed_copy": "cp {2} {dir}",
        },
    ),
    (
        re.compile(r"^cp (?:-r )?(\S+) (\S+\.\w+)$"),
        {
            "copied_compare": "diff {1} {2}",
            "copied_delete_original": "rm {1}",
            "copied_delete_copy": "rm {2}",
            "copied_show": "cat {2}",
        },
    ),
    (
        re.compile(r"^cd \S+$"),
        {
            "entered_back": "cd -",
            "entered_up": "cd ..",
            "entered_list": "ls",
            "entered_where": "pwd",
            "entered_hidden": "ls -a",
        },
    ),
    (
        re.compile(r"^tar -czf (\S+\.t\S+gz) \S+$"),
        {
            "packed_list": "tar -tzf {1}",
            "packed_size": "du -h {1}",
            "packed_move": "mv {1} {dir}",
            "packed_unpack": "tar -xzf {1}",
            "packed_unpack_in": "tar -xzf {1} -C {dir}",
        },
    ),
    (
        re.compile(r"^git add (\S+)$"),
        {
            "staged_undo": "git restore --staged {1}",
            "staged_commit": "git commit -m '{text}'",
            "staged_show": "git diff --staged",
        },
    ),
    (
        re.compile(r"^git commit -m '[^']*'$"),
        {
            "committed_push": "git push",
            "committed_undo": "git reset --soft HEAD~1",
            "committed_show": "git show",
        },
    ),
    (
        re.compile(r"^chmod \+x (\S+)$"),
        {
            "executable_undo": "chmod -x {1}",
            "executable_run": "./{1}",
        },
    ),
    (
        re.compile(r"^sudo systemctl (?:re)?start (\S+)$"),
        {
            "service_status": "systemctl status {1}",
            "service_logs": "journalctl -u {1}",
            "service_stop": "sudo systemctl stop {1}",
            "service_enable": "sudo systemctl enable {1}",
            "service_restart": "sudo systemctl restart {1}",
        },
    ),
]
"""What a command has made or changed, as its groups {1}, {2}, and by step what people do next with it."""
IT = {
    "file": ["it", "that file", "the file", "this file", "that", "the same file", "that one"],
    "dir": ["it", "that folder", "there", "that directory", "the folder", "the same folder", "this directory"],
}
FILE_SLOTS = set("file newfile txt log csv json py sh md conf img pdf video html sql".split())
NAMED = {
    "log": "the log",
    "csv": "the csv",
    "json": "the json file",
    "py": "the python file",
    "sh": "the script",
    "md": "the markdown file",
    "pdf": "the pdf",
    "html": "the html page",
    "txt": "the text file",
    "sql": "the sql file",
    "img": "the picture",
    "conf": "the config",
}


def pipe(last: str, chance: Random) -> Exchange | None:
    """A stage more for a command that lists something."""
    if _ENDED.search(last) or not (_LISTING.search(last) or " | " in last):
        return None
    step, template = chance.choice(list(PIPES.items()))
    if step == "numbered" and "-n" in last:
        return None
    return _said(step, template.replace("{c}", slots.guard(last)), chance)


def repeat(last: str, chance: Random) -> Exchange | None:
    """The same command once more, as root, timed, in the background."""
    step, template = chance.choice(list(REPEATS.items()))
    if step != "repeated" and re.search(
        r"sudo|\||&|>|;|^(cd|time|watch|history|export|alias|pwd|exit|type|clear|jobs|fg|bg|source)\b|'", last
    ):
        return None
    return _said(step, template.replace("{c}", slots.guard(last)), chance)


def created(last: str, chance: Random) -> Exchange | None:
    """What people do next with what a command has just made: enter it, fill it, undo it."""
    for pattern, choices in CREATED:
        match = pattern.search(last)
        if match:
            step, template = chance.choice(list(choices.items()))
            return _said(step, _numbered(template, match), chance)
    return None


def _numbered(template: str, match: re.Match[str]) -> str:
    """The template with the groups of a match in place of {1}, {2} …"""
    return re.sub(r"\{(\d)\}", lambda number: slots.guard(match[int(number[1])]), template)


def inside(last: str, chance: Random) -> Exchange | None:
    """The same search in another folder."""
    match = re.match(
        r"^((?:find)|(?:grep -r\w*(?: --\S+)* \S+)|(?:du -\w+(?: --max-depth=1)?)|(?:ls(?: -\w+)?))"
        r"(?: (\.|~/\S+|[\w./-]+))?(?= -| \||$)(.*)$",
        last,
    )
    if not match or (match[1].startswith("ls") and match[2] and "." in match[2]):
        return None
    folder = slots.draw("dir", chance).shell
    request = chance.choice(followup_phrases()["inside"]).replace("{x}", folder)
    return request, f"{match[1]} {slots.quote(folder)}{match[3]}"


def _said(step: str, template: str, chance: Random) -> Exchange:
    """A phrasing of the step and its command, filled with the same values."""
    request, command = slots.fill([chance.choice(followup_phrases()[step]), template], chance)
    return request, command


# Entries repeat as weights, for follow_up tries them in random order: people mostly go on with what a command has
# listed or made, and seldom run it again or look elsewhere.
FOLLOW_UPS: list[Callable[[str, Random], Exchange | None]] = [
    pipe,
    pipe,
    pipe,
    repeat,
    created,
    created,
    created,
    created,
    inside,
]


def follow_up(last: str, chance: Random) -> Exchange | None:
    """A random follow-up that applies to the last command, or None."""
    if last.startswith("# "):
        return None
    for function in chance.sample(FOLLOW_UPS, len(FOLLOW_UPS)):
        found = function(last, chance)
        if found:
            return found
    return None


def other_value(phrasing: str, command: str, chance: Random) -> Conversation | None:
    """A request and then the same with one value changed: "same for b.txt", "no, c.txt", "make it 20"."""
    named = [slot for slot in dict.fromkeys(slots.names(command)) if slot in slots.names(phrasing)]
    if not named or command.startswith("# "):
        return None
    slot = chance.choice(named)
    kind = slots.kind(slot)
    second = kind + "8"
    if second in named:
        return None
    number = kind in {"n", "num", "size", "days", "mins", "col", "nth", "port"}
    template = chance.choice(followup_phrases()["number" if number else chance.choice(["same", "correct"])])
    wish = template.replace("{x}", "{" + second + "}").replace("{y}", "{" + slot + "}")
    changed = command.replace("{" + slot + "}", "{" + second + "}")
    first, answer, request, result = slots.fill([phrasing, command, wish, changed], chance)
    return [(first, answer), (request, result)]


def pronoun(phrasing: str, slot: str, chance: Random) -> str | None:
    """The phrasing with the slot's value replaced by a word that points back to it, or None where that reads badly."""
    kind = slots.kind(slot)
    group = "file" if kind in FILE_SLOTS else "dir"
    mark = re.escape("{" + slot + "}")
    noun = r"(?:the |my |a |file |files |folder |directory |named |called |log |dir )*"
    pattern = rf"{noun}[\"'`]?{mark}[\"'`]?(?: folder| directory| file)?"
    if (
        len(re.findall(mark, phrasing)) != 1
        or re.search(mark + r"[/.\w]|[/\w.]" + mark, phrasing)
        or re.match(mark + ":", phrasing)
    ):
        return None
    word = NAMED[kind] if kind in NAMED and chance.random() < 0.3 else chance.choice(IT[group])
    if word == "there":
        if not re.search(rf"\b(?:in|under|inside) {pattern}", phrasing):
            return None
        where = rf"\b(?:in|into|to|under|inside|from|at|of) {pattern}"
        return re.sub(where, lambda _: chance.choice(["there", "in there"]), phrasing)
    return re.sub(pattern, lambda _: word, phrasing)
