"""The words in which rules are written.

A rule is (programs, condition, level, reason). Conditions combine with `&`, `|` and `~`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shellper.safety import places
from shellper.safety.bash.marks import UNKNOWN, certain
from shellper.safety.calls import Call, Word
from shellper.safety.languages import foreign
from shellper.safety.levels import Level
from shellper.safety.loading import script_words

CODE_TAKERS = " ".join(sorted(foreign.CODE_TAKERS))
"""Programs that can be given code of another language, as `rule` wants them."""
CAUTION, DESTRUCTIVE, FORBIDDEN = Level.CAUTION, Level.DESTRUCTIVE, Level.FORBIDDEN


@dataclass(frozen=True)
class Context:
    """What conditions look at: the call, and where it runs."""

    call: Call
    home: str

    def kinds(self, word: Word) -> frozenset[str]:
        """The kinds of place that a word means."""
        return places.classify(self.call.followed(word.text), self.call.cwd, self.home)

    @property
    def texts(self) -> list[str]:
        """What the program is told: its arguments, and what is piped in as far as that is known."""
        return [word.plain for word in self.call.args] + list(self.call.stdin.texts)


@dataclass(frozen=True)
class Condition:
    """Something that holds for a call or not."""

    holds: Callable[[Context], bool]

    def __and__(self, other: Condition) -> Condition:
        return Condition(lambda context: self.holds(context) and other.holds(context))

    def __or__(self, other: Condition) -> Condition:
        return Condition(lambda context: self.holds(context) or other.holds(context))

    def __invert__(self) -> Condition:
        return Condition(lambda context: not self.holds(context))


@dataclass(frozen=True)
class Rule:
    """Data: for which programs, when, how dangerous, and why (a phrase)."""

    programs: tuple[str, ...]
    when: Condition
    level: Level
    reason: str
    takes_trees: bool = False
    """It removes directories with what is in them."""


def rule(programs: str, when: Condition, level: Level, reason: str, *, takes_trees: bool = False) -> Rule:
    """A rule for one or more programs, named in one string with blanks between."""
    return Rule(tuple(programs.split()), when, level, reason, takes_trees)


ALWAYS = Condition(lambda _: True)


def opt(*names: str) -> Condition:
    """One of these options is given."""
    return Condition(lambda context: context.call.has(*names))


def verb(*words: str) -> Condition:
    """The first operands are these words (`a|b` for alternatives), as in `git push`."""
    patterns = [set(word.split("|")) for word in words]

    def holds(context: Context) -> bool:
        operands = [word.plain for word in context.call.operands]
        return len(operands) >= len(patterns) and all(a in b for a, b in zip(operands, patterns, strict=False))

    return Condition(holds)


def any_word(*words: str) -> Condition:
    """One of these words stands anywhere among the arguments."""
    return Condition(lambda context: any(word.plain in words for word in context.call.args))


def matching(pattern: str) -> Condition:
    """One of the arguments matches a regular expression as a whole."""
    compiled = re.compile(pattern, re.DOTALL)
    return Condition(lambda context: any(compiled.fullmatch(word.plain) for word in context.call.args))


def kind_of(words: Callable[[Context], Iterable[Word]], *kinds: str) -> Condition:
    """One of these words is a place of one of these kinds."""
    wanted = frozenset(kinds)
    return Condition(lambda context: any(context.kinds(word) & wanted for word in words(context)))


def in_system(words: Callable[[Context], Iterable[Word]]) -> Condition:
    """One of these words is a system directory, or a program in it; /tmp and the like belong to everyone."""
    system = {places.SYSTEM, places.PROGRAMS, places.ROOT}

    def holds(context: Context) -> bool:
        found = [context.kinds(word) for word in words(context)]
        return any(kinds & system and places.SCRATCH not in kinds for kinds in found)

    return Condition(holds)


def operand_is(*kinds: str) -> Condition:
    """An operand is a place of one of these kinds."""
    return kind_of(lambda context: context.call.operands, *kinds)


def anything_is(*kinds: str) -> Condition:
    """An argument, or the value in NAME=VALUE, is a place of one of these kinds."""
    wanted = frozenset(kinds)

    def holds(context: Context) -> bool:
        words = context.call.args
        values = [Word(word.text.partition("=")[2]) for word in words if "=" in word.text]
        return any(context.kinds(word) & wanted for word in (*words, *values))

    return Condition(holds)


def operands(least: int, most: int = 10**6) -> Condition:
    """The number of operands lies in these bounds."""
    return Condition(lambda context: least <= len(context.call.operands) <= most)


def text_matches(pattern: str) -> Condition:
    """An argument, or what is piped in, matches somewhere."""
    compiled = re.compile(pattern, re.IGNORECASE | re.DOTALL)

    return Condition(lambda context: any(compiled.search(text) for text in context.texts))


def in_turn(first: str, second: str) -> Condition:
    """A text matches the first, and behind that the second. `first.*second` would look from every place to the end."""
    before, behind = (re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in (first, second))

    def holds(context: Context) -> bool:
        starts = ((text, before.search(text)) for text in context.texts)
        return any(start is not None and behind.search(text, start.end()) for text, start in starts)

    return Condition(holds)


def fed_by(*taints: str) -> Condition:
    """What is piped in comes from there."""
    return Condition(lambda context: context.call.stdin.piped and bool(context.call.stdin.taints & set(taints)))


def hidden_input(taint: str) -> Condition:
    """What is piped in comes from there and cannot be read here."""

    def holds(context: Context) -> bool:
        stdin = context.call.stdin
        known = stdin.texts and not any(UNKNOWN in text for text in stdin.texts)
        return stdin.piped and taint in stdin.taints and not known

    return Condition(holds)


def word_from(*taints: str) -> Condition:
    """An argument's text comes from there, or what an argument gives to read does."""
    wanted = set(taints)
    return Condition(lambda context: any(word.taints & wanted for word in context.call.args))


DRY_RUN = matching(r"--dry-?run(=(?!none|false).*)?")
PIPED = Condition(lambda context: context.call.stdin.piped)
UNRESOLVED = Condition(lambda context: any(not certain(word.text) for word in context.call.operands))
"""An operand is not, or not wholly, known."""
LOOPED = Condition(lambda context: context.call.looped)
NO_SCRIPT = Condition(
    lambda c: all(word.plain in ("-", "/dev/stdin") for word in script_words(c.call)[:1]) or c.call.has("-s")
)
"""The script is what is piped in."""
