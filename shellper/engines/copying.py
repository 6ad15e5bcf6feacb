"""Mends names that a small model copied wrong: `car.csv` where the user said `cars.csv`.

What the answer has and nobody has said, beside something nearly the same that was said, is a slip of the copying and no
invention. The kinds: letters (`car.csv`), capitals (`grandkids` for Grandkids, `Embed` for embed), a lost blank after
the program (`mvcv.pdf`), an option or a quote (`-shember`) or inside a phrase (`ChapterOne`), one too many (`un
reachable`), a lost word (`data.csv` for "my data.csv", `2024` for "photos 2024").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from shellper.engines.plausibility import command_words

_WORD = re.compile(r"[\w.@+~-]+")
_NAME = re.compile(r"(?=.*[a-z])\w[\w@+-]*(?:[._-][\w@+-]+)+")
"""Words that can only be names: lower-case letters, and a dot, dash or underscore inside. `UTF-8` is none."""

ALIKE = 0.6
ALIKE_EARLIER = 0.88
"""Similarity (difflib's ratio) from which a name is taken for a slip of another, of this request or an earlier one."""

_OPERAND = re.compile(
    r"(?<![\w.$@+-])(?<!^)(?<![|;&] )(?<!sudo )(?<!xargs )(?<!exec )(?<!execdir )"
    r"(?<!do )(?<!then )(?<!user )(?<!group )[A-Za-z][A-Za-z0-9]{2,}(?![\w@+-])"
)
"""A plain word that is neither a program nor an account nor part of a longer name."""

_QUOTED = re.compile(r"""(?<!\w)(["'`])([\w.][^"'`]* [^"'`]*\w)\1(?!\w)""")
"""Several words in quotes."""

# fmt: off
_OF_NAMES = frozenset({
    "cat", "cd", "chmod", "code", "cp", "cut", "diff", "du", "echo", "file", "find", "grep", "head", "less", "ln", "ls",
    "mkdir", "mv", "nano", "rm", "rmdir", "sed", "sort", "stat", "tail", "touch", "tree", "unzip", "vim", "wc", "zip",
})
# fmt: on
"""Programs whose operands are the user's own words, and no words of some other program such as `git` or `apt`."""


def mend_names(answer: str, request: str, earlier: str = "") -> str:
    """The answer with slips of names mended; `earlier` is the text of the conversation before the request."""
    if answer.startswith("#"):
        return answer
    said = f"{earlier}\n{request}"
    answer = _program(answer, said)
    answer = _blanks(answer, said)
    answer = _one_word(answer, said)
    answer = _phrase(answer, said, request)
    answer = _quoted_name(answer, request)
    answer = _capitals(answer, said)
    answer = _called(answer, request)
    answer = _small(answer, said)
    return _letters(answer, said, request)


def _mentions(text: str, name: str, flags: int = 0) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags) is not None


# ---- Blanks ----------------------------------------------------------------------------------------------------------


def _program(answer: str, said: str) -> str:
    """`mvcv.pdf` is `mv cv.pdf`, where cv.pdf was said."""
    first = answer.partition(" ")[0]
    if re.search(r"[./]", first[1:]) and not _mentions(said, first):
        for program in _OF_NAMES:
            name = first.removeprefix(program)
            if name not in ("", first) and name[0].isalnum() and _mentions(said, name):
                return f"{program} {answer.removeprefix(program)}"
    return answer


_CLOSE = re.compile(r"(?<!\S)(-[A-Za-z]|'[^' ]+')([A-Za-z][\w.-]{2,})(?!\S)")
"""An option or a quoted word, and what stands close behind it."""

_LETTERED = frozenset({"cat", "cp", "cut", "du", "grep", "head", "ls", "mkdir", "mv", "rm", "sort", "tail", "wc"})
"""Programs that have options of one letter, and with one dash no others."""


def _blanks(answer: str, said: str) -> str:
    """`du -shember` is du -sh ember, and `grep '^Lt'crew.txt` has a blank before crew.txt, where those were said."""
    if answer.partition(" ")[0] not in _LETTERED:
        return answer

    def apart(match: re.Match[str]) -> str:
        word = match[0]
        for start in range(match.end(1) - match.start(), len(word) - 2):
            before, name = word[:start], word[start:]
            if (before[-1] == "'" or before[1:].isalpha()) and _mentions(said, name) and not _mentions(said, word):
                return f"{before} {name}"
        return word

    return _CLOSE.sub(apart, answer)


_BROKEN = re.compile(r"(?:(?<=[\w'] )|(?<= '))([a-z]{2,}) ([a-z]{2,})(?![\w./-])")


def _one_word(answer: str, said: str) -> str:
    """`grep -c un reachable` is grep -c unreachable, where that was said, and neither of the two."""

    def together(match: re.Match[str]) -> str:
        whole = match[1] + match[2]
        halves = any(_mentions(said, half, re.IGNORECASE) for half in match.groups())
        return whole if not halves and _mentions(said, whole) else match[0]

    return _BROKEN.sub(together, answer)


def _phrase(answer: str, said: str, request: str) -> str:
    """`ChapterOne` is 'Chapter One', where that was said."""
    for match in _OPERAND.finditer(answer):
        word = match[0]
        if not _mentions(said, word, re.IGNORECASE):
            phrase = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word)
            if phrase != word and _mentions(request, phrase):
                return _with_phrase(answer, match, phrase)
    return answer


def _quoted_name(answer: str, request: str) -> str:
    """`data.csv` is 'my data.csv', where the request has that name in quotes and `data.csv` nowhere else."""
    for _, phrase in _QUOTED.findall(request):
        name = phrase.rpartition(" ")[2]
        places = list(re.finditer(rf"(?<![\w.@+~$}}*/-]){re.escape(name)}(?![\w@+{{*-])", answer))
        if "." in name and phrase not in answer and request.count(name) == 1 and len(places) == 1:
            answer = _with_phrase(answer, places[0], phrase)
    return answer


_PLAIN = r"(?!(?:and|as|at|for|from|here|in|inside|into|like|on|please|so|that|then|to|under|with)\b)[\w-]+"
_CALLED = re.compile(rf"\b(?:folder|directory|dir) (?:called|named) ({_PLAIN}(?: {_PLAIN}){{1,3}})[.?!]*$")
"""The name of one folder, several plain words that a request ends with."""


def _called(answer: str, request: str) -> str:
    """`mkdir 2024` is mkdir 'photos 2024', where "called photos 2024" was said."""
    name = _CALLED.search(request)
    made = re.fullmatch(r"mkdir (?:-p )?([\w/ ][\w/ -]*)", answer)
    if name and made and set(re.split("[/ ]", made[1])) <= set(name[1].split()):
        return f"mkdir '{name[1]}'"
    return answer


def _with_phrase(answer: str, place: re.Match[str], phrase: str) -> str:
    """The answer with several words as one in that place."""
    before = answer[: place.start()]
    return before + (phrase if _in_quotes(before) else f"'{phrase}'") + answer[place.end() :]


def _in_quotes(text: str) -> bool:
    """Whether a quote is open at the end of the text."""
    quote = ""
    for letter in text:
        if quote:
            quote = quote if letter != quote else ""
        elif letter in "'\"":
            quote = letter
    return bool(quote)


# ---- Capitals --------------------------------------------------------------------------------------------------------


def _capitals(answer: str, said: str) -> str:
    """`grandkids` is Grandkids, where only that was said, and not at the start of a sentence."""
    if answer.partition(" ")[0] not in _OF_NAMES:
        return answer

    def spelled(match: re.Match[str]) -> str:
        word = match[0]
        if word in _OF_NAMES or _mentions(said, word):
            return word
        inside = re.findall(rf"(?:[a-z,] [\"'`]?|[\"'`/]){re.escape(word)}(?!\w)", said, re.IGNORECASE)
        forms = {form[-len(word) :] for form in inside}
        form = forms.pop() if len(forms) == 1 else word
        return word if form.islower() else form

    return _OPERAND.sub(spelled, answer)


_TITLE = re.compile(r"(?<![\w.$@+/=-])([A-Z][a-z0-9]{2,})(?:[._-]\w+)*(?![\w@+-])")


def _small(answer: str, said: str) -> str:
    """`Embed` is embed, where only that was said; words of formats and messages, such as `Accept`, are left alone."""
    if re.search(r"\b(?:capital|upper)", said, re.IGNORECASE):
        return answer

    def spelled(match: re.Match[str]) -> str:
        word = match[0]
        small = word.lower()
        forms = set(re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", said, re.IGNORECASE))
        only = forms == {small} and not _mentions(said, match[1])
        return small if only and small not in command_words() else word

    return _TITLE.sub(spelled, answer)


# ---- Letters ---------------------------------------------------------------------------------------------------------


def _letters(answer: str, said: str, request: str) -> str:
    """`car.csv` is cars.csv, where that was said and the answer lacks it."""
    wanted = [name for name in dict.fromkeys(_names(request)) if name not in answer]
    before = [name for name in dict.fromkeys(_names(said)) if name not in answer and "@" not in name]
    for name in dict.fromkeys(_names(answer)):
        if not _mentions(said, name, re.IGNORECASE):
            meant = _nearest(name, wanted, ALIKE) or _nearest(name, _same_digits(name, before), ALIKE_EARLIER)
            if meant:
                answer = re.sub(rf"(?<![\w.@+~$}}*-]){re.escape(name)}(?![\w@+{{*-])", meant, answer)
                wanted = [other for other in wanted if other != meant]
    return answer


def _names(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        name = word.strip(".,")
        if _NAME.fullmatch(name) and not name.startswith("-"):
            yield name


def _same_digits(name: str, others: Iterable[str]) -> list[str]:
    """`notes2.txt` is a new name, and no slip of an earlier `notes1.txt`."""
    return [other for other in others if re.findall(r"\d", other) == re.findall(r"\d", name)]


def _nearest(name: str, others: Iterable[str], alike: float) -> str | None:
    """The name of the same extension that is most alike, if it is alike enough."""
    from difflib import SequenceMatcher  # slips are rare, and every request passes here

    same = [other for other in others if other.rpartition(".")[2] == name.rpartition(".")[2] or "." not in name + other]
    ratios = {other: SequenceMatcher(None, name, other).ratio() for other in same}
    best = max(ratios, key=ratios.__getitem__, default=None)
    return best if best and ratios[best] >= alike else None
