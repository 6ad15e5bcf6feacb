"""Follow-ups by program: what people say about the command that they have just got.

`follow_up` takes the last command and gives the next exchange; `other_value` and `pronoun` vary hand-written phrasings.
Each gives None where it does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from shellper.training import slots
from shellper.training.dataset import Conversation, Exchange

# fmt: off
SAME = [
    "same for {x}", "and {x}", "now {x}", "do the same for {x}", "what about {x}?", "now the same for {x}",
    "and for {x}?", "{x} too", "also {x}", "again but for {x}", "repeat that for {x}", "do it for {x} as well",
    "same thing with {x}", "how about {x}", "now do {x}", "the same but {x}", "and now for {x}", "likewise for {x}",
    "ok and {x}", "this time {x}", "and what about {x}",
]
CORRECT = [
    "no, {x}", "no i meant {x}", "sorry, {x}", "i meant {x}", "oops, {x} instead", "not that one, {x}", "{x} instead",
    "actually {x}", "wait, {x}", "wrong one, i want {x}", "make that {x}", "no, the other one: {x}",
    "change that to {x}", "i said {x}", "use {x} instead", "not {y}, {x}", "{x}, not {y}", "i want {x} rather than {y}",
    "nope, {x}", "should have been {x}", "correction: {x}",
]
NUMBER = [
    "make it {x}", "{x} instead", "only {x}", "just {x}", "no, {x}", "i want {x}", "change it to {x}", "{x} please",
    "show {x}", "with {x} instead of {y}", "{x} not {y}", "now {x}", "better {x}", "lets say {x}", "try {x}", "use {x}",
    "{x} would be better", "and with {x}?",
]
INSIDE = [
    "only in {x}", "just in {x}", "in {x} only", "but in {x}", "now in {x}", "look in {x} instead",
    "search {x} instead", "limit it to {x}", "only under {x}", "same in {x}", "in {x}", "and in {x}?",
    "restrict that to {x}", "within {x}", "inside {x}", "not here, in {x}", "only the ones in {x}", "do that in {x}",
    "only below {x}", "from {x} only", "narrow it to {x}", "what about in {x}",
]

_PIPES: list[tuple[list[str], str]] = [
    (["count them", "how many are there", "how many", "how many is that?", "and count them", "just the number",
        "give me the count", "count those", "how many of those are there?", "number of them", "only the count",
        "how many did it find", "whats the total count", "how many lines is that", "count the results"], "{c} | wc -l"),
    (["only the first {n}", "just the first {n}", "first {n} only", "top {n}", "show only {n} of them", "limit to {n}",
        "the first {n} please", "give me just {n}", "cut it to {n} lines", "only {n} results", "stop after {n}",
        "at most {n}", "just {n} of those", "too much, first {n} lines"], "{c} | head -n {n}"),
    (["only the last {n}", "just the last {n}", "last {n} only", "the final {n} please", "show the last {n} of those",
        "the last {n} lines of that"], "{c} | tail -n {n}"),
    (["sorted", "now sorted", "sort them", "sort that", "in alphabetical order", "alphabetically please", "and sort it",
        "ordered by name", "sort the output", "sort the list"], "{c} | sort"),
    (["in reverse order", "sorted backwards", "reverse sorted", "sort descending", "sorted z to a",
        "reverse alphabetical"], "{c} | sort -r"),
    (["without duplicates", "remove duplicates", "unique ones only", "only distinct ones", "dedupe", "each only once",
        "sorted and without duplicates"], "{c} | sort -u"),
    (["only those with {word}", "only the ones containing {word}", "filter for {word}", "just the {word} ones",
        "grep {word} in that", "only lines with {word}", "keep only {word}", "which of those mention {word}",
        "show only what has {word} in it", "filter that by {word}"], "{c} | grep {word}"),
    (["without the ones containing {word}", "exclude {word}", "leave out {word}", "but not {word}",
        "hide everything with {word}", "skip those with {word}", "except {word}", "drop the {word} lines"],
        "{c} | grep -v {word}"),
    (["save that to {txt}", "write the result to {txt}", "put that in {txt}", "into {txt} please",
        "store the output in {txt}", "redirect it to {txt}", "save the list as {txt}", "dump it to {txt}",
        "i want that in a file called {txt}", "export to {txt}"], "{c} > {txt}"),
    (["append that to {txt}", "add the output to {txt}", "add it to the end of {txt}", "append the result to {txt}"],
        "{c} >> {txt}"),
    (["page by page", "page through it", "in a pager", "let me scroll", "with less", "too long, i want to scroll"],
        "{c} | less"),
    (["with line numbers", "number them", "number the lines", "numbered"], "{c} | nl"),
]
_BEFORE: list[tuple[list[str], str]] = [
    (["with sudo", "as root", "permission denied, use sudo", "run it as root", "sudo please", "i need root for that",
        "as superuser", "it says permission denied"], "sudo {c}"),
    (["again", "run that again", "once more", "repeat", "do it again", "same again", "repeat the last one",
        "again please", "one more time", "redo that"], "{c}"),
    (["time it", "how long does that take", "measure how long it runs", "with timing"], "time {c}"),
    (["in the background", "run it in the background", "put that in the background"], "{c} &"),
    (["every {secs}", "repeat it every {secs}", "refresh every {secs}", "keep showing it every {secs}"],
        "watch -n {secs} '{c}'"),
]
_LISTING = re.compile(
    r"^(find|ls|ps|grep|du|df|history|env|ss|lsof|sort|cut|awk|git (log|branch|status)|docker (ps|images)|dpkg|who|"
    r"pgrep|systemctl list|crontab -l|journalctl|dmesg)\b"
)
_ENDED = re.compile(
    r"\| (wc|head|tail|less|nl)\b|[>&]|-exec|-delete|-quit|xargs|\bgrep -\w*c|-f\b|^sort\b.*-o\b|&&|;|\bsed -i|"
    r"^ls -d|watch|\|\|"
)
_CREATED = [
    (re.compile(r"^mkdir (-p )?(\S+)$"), 2, [
        (["go into it", "cd into it", "enter it", "go there", "now go in there", "step inside", "move into that folder",
            "open that folder", "switch to it", "change to the new directory", "take me there", "and cd into it"],
            "cd {x}"),
        (["delete it", "remove it again", "undo that", "undo", "no, remove it", "get rid of it again",
            "i dont need it, remove it", "revert that", "take it back"], "rmdir {x}"),
        (["move {file} there", "put {file} in it", "move {file} into it", "{file} goes in there",
            "now move {file} into that folder", "throw {file} in there"], "mv {file} {x}"),
        (["copy {file} there", "copy {file} into it", "put a copy of {file} in there", "copy {file} to the new folder"],
            "cp {file} {x}"),
        (["make {newfile} in it", "create {newfile} inside", "create {newfile} in there",
            "put an empty {newfile} in it", "add a file {newfile} to that folder", "touch {newfile} in there"],
            "touch {x}/{newfile}"),
        (["call it {name} instead", "rename it to {name}", "should be called {name}", "change its name to {name}"],
            "mv {x} {name}"),
        (["show me whats in it", "list it", "whats inside", "whats in there"], "ls {x}"),
        (["make a folder {name} inside", "and {name} inside it", "create a subfolder {name} in it"],
            "mkdir {x}/{name}"),
    ]),
    (re.compile(r"^touch (\S+)$"), 1, [
        (["delete it", "remove it again", "undo that", "undo", "get rid of it", "delete that file again",
            "no, remove it"], "rm {x}"),
        (["write {text} in it", "put {text} into it", "write {text} to it", "it should say {text}",
            "fill it with {text}"], "echo '{text}' > {x}"),
        (["add {text} to it", "append {text}", "add a line {text}", "append the line {text} to it"],
            "echo '{text}' >> {x}"),
        (["copy it to {dir}", "put a copy in {dir}", "copy that to {dir}"], "cp {x} {dir}"), (["move it to {dir}",
            "move that file into {dir}", "put it in {dir}"], "mv {x} {dir}"),
        (["rename it to {newfile}", "call it {newfile}", "change its name to {newfile}", "actually name it {newfile}"],
            "mv {x} {newfile}"),
        (["make it executable", "let me run it", "make it runnable", "chmod +x it"], "chmod +x {x}"), (["show it",
            "whats in it", "print it", "open it", "show me the contents"], "cat {x}"),
    ]),
    (re.compile(r"^echo '[^']*' >>? (\S+)$"), 1, [
        (["show it", "print the file", "whats in it now", "show me the result", "let me see it", "display it",
            "read it back", "cat it"], "cat {x}"),
        (["add another line {text}", "also add {text}", "append {text} too", "and {text}", "now add {text}",
            "then {text} below that"], "echo '{text}' >> {x}"),
        (["how many lines does it have", "count its lines", "how long is it now"], "wc -l {x}"), (["sort it",
            "sort the file", "sort the lines"], "sort {x}"),
        (["delete it", "remove that file", "get rid of it"], "rm {x}"), (["rename it to {newfile}",
            "call it {newfile}"], "mv {x} {newfile}"),
    ]),
    (re.compile(r"^mv (\S+) (\S+\.\w+)$"), 0, [(["undo that", "undo", "rename it back", "give it the old name again",
        "revert", "no, change it back", "back to the old name"], "mv {2} {1}"), (["show it", "open it", "whats in it"],
        "cat {2}"), (["delete it", "remove it"], "rm {2}"), (["copy it to {dir}", "put a copy into {dir}"],
        "cp {2} {dir}")]),
    (re.compile(r"^cp (-r )?(\S+) (\S+\.\w+)$"), 0, [(["compare them", "compare the two", "is there a difference",
        "diff them", "are they the same?", "compare it with the original"], "diff {2} {3}"), (["delete the original",
        "remove the original", "now delete the old one"], "rm {2}"), (["delete the copy", "undo that",
        "remove the copy again"], "rm {3}"), (["show the copy", "open the copy"], "cat {3}")]),
    (re.compile(r"^cd (\S+)$"), 0, [(["go back", "back", "and back", "go back to where i was", "return", "take me back",
        "to the previous folder", "back where i came from"], "cd -"), (["go up", "one level up", "up again",
        "parent folder", "up one", "to the parent"], "cd .."), (["whats here", "list it", "whats in here",
        "show the files", "what files are there", "list the contents"], "ls"), (["where am i now",
        "which folder is this", "show the path"], "pwd"), (["show hidden files too", "everything, also hidden"],
        "ls -a")]),
    (re.compile(r"^(?:tar -czf (\S+\.t\S+gz) \S+)$"), 1, [(["whats in it", "list its contents", "show what is inside",
        "check what it contains"], "tar -tzf {x}"), (["how big is it", "whats its size", "size of it?"], "du -h {x}"),
        (["move it to {dir}", "put it in {dir}"], "mv {x} {dir}"), (["unpack it", "extract it again"], "tar -xzf {x}"),
        (["unpack it in {dir}", "extract it to {dir}"], "tar -xzf {x} -C {dir}")]),
    (re.compile(r"^git add (\S+)$"), 0, [(["undo that", "unstage it", "no, take it out again"],
        "git restore --staged {1}"), (["commit it with message {text}", "commit with {text}", "and commit: {text}",
        "commit that as {text}"], "git commit -m '{text}'"), (["whats staged", "show what will be committed"],
        "git diff --staged")]),
    (re.compile(r"^git commit -m '[^']*'$"), 0, [(["push it", "now push", "and push", "send it up", "push that"],
        "git push"), (["undo that commit but keep the changes", "undo the commit, keep the changes"],
        "git reset --soft HEAD~1"), (["show it", "what did i commit"], "git show")]),
    (re.compile(r"^(?:chmod \+x (\S+))$"), 1, [(["undo that", "take that back"], "chmod -x {x}"), (["run it",
        "now run it", "execute it", "start it"], "./{x}")]),
    (re.compile(r"^sudo systemctl (?:re)?start (\S+)$"), 1, [(["is it running?", "check its status", "did it work?",
        "status"], "systemctl status {x}"), (["show its logs", "its logs please", "what do the logs say"],
        "journalctl -u {x}"), (["stop it", "stop it again"], "sudo systemctl stop {x}"), (["start it at boot too",
        "enable it as well"], "sudo systemctl enable {x}"), (["restart it", "again"], "sudo systemctl restart {x}")]),
]
IT = {"file": ["it", "that file", "the file", "this file", "that", "the same file", "that one"], "dir": ["it",
    "that folder", "there", "that directory", "the folder", "the same folder", "this directory"]}
FILE_SLOTS = {"file", "newfile", "txt", "log", "csv", "json", "py", "sh", "md", "conf", "img", "pdf", "video", "html",
    "sql"}
NAMED = {"log": "the log", "csv": "the csv", "json": "the json file", "py": "the python file", "sh": "the script",
    "md": "the markdown file", "pdf": "the pdf", "html": "the html page", "txt": "the text file", "sql": "the sql file",
    "img": "the picture", "conf": "the config"}
# fmt: on


def pipe(last: str, chance: Random) -> Exchange | None:
    """A stage more for a command that lists something."""
    if _ENDED.search(last) or not (_LISTING.search(last) or " | " in last):
        return None
    phrasings, template = chance.choice(_PIPES)
    if template.endswith("| nl") and "-n" in last:
        return None
    return _filled(chance.choice(phrasings), template.replace("{c}", _guard(last)), chance)


def before(last: str, chance: Random) -> Exchange | None:
    """The same command once more, as root, timed, in the background."""
    phrasings, template = chance.choice(_BEFORE)
    if template != "{c}" and re.search(
        r"sudo|\||&|>|;|^(cd|time|watch|history|export|alias|pwd|exit|type|clear|jobs|fg|bg|source)\b|'", last
    ):
        return None
    return _filled(chance.choice(phrasings), template.replace("{c}", _guard(last)), chance)


def created(last: str, chance: Random) -> Exchange | None:
    """What people do next with what a command has just made: enter it, fill it, undo it."""
    for pattern, group, choices in _CREATED:
        match = pattern.search(last)
        if match:
            phrasings, template = chance.choice(choices)
            template = template.replace("{x}", _guard(match[group] or "")) if group else _numbered(template, match)
            return _filled(chance.choice(phrasings), template, chance)
    return None


def _numbered(template: str, match: re.Match[str]) -> str:
    """The template with the groups of a match in place of {1}, {2} …"""
    return re.sub(r"\{(\d)\}", lambda number: _guard(match[int(number[1])]), template)


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
    return chance.choice(INSIDE).replace("{x}", folder), f"{match[1]} {slots.quote(folder)}{match[3]}"


def _guard(text: str) -> str:
    """Keeps braces of the last command from being taken for slots."""
    return text.replace("{", "\x01")


def _filled(request: str, template: str, chance: Random) -> Exchange:
    request, command = slots.fill([request, template], chance)
    return request, command.replace("\x01", "{")


FOLLOW_UPS: list[Callable[[str, Random], Exchange | None]] = [
    pipe,
    pipe,
    pipe,
    before,
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
    kind = slot.rstrip("0123456789")
    second = kind + "8"
    if second in named:
        return None
    number = kind in {"n", "num", "size", "days", "mins", "col", "nth", "port"}
    template = chance.choice(NUMBER if number else chance.choice([SAME, CORRECT]))
    wish = template.replace("{x}", "{" + second + "}").replace("{y}", "{" + slot + "}")
    changed = command.replace("{" + slot + "}", "{" + second + "}")
    first, answer, request, result = slots.fill([phrasing, command, wish, changed], chance)
    return [(first, answer), (request, result)]


def pronoun(phrasing: str, slot: str, chance: Random) -> str | None:
    """The phrasing with the slot's value replaced by a word that points back to it, or None where that reads badly."""
    kind = slot.rstrip("0123456789")
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
