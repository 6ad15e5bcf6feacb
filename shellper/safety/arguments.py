"""Arguments taken apart into options, their values and operands, by the table of options that take a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from shellper.safety.options import COMMAND_AFTER, LAST_OPTIONS, VALUED

if TYPE_CHECKING:
    from shellper.safety.calls import Word


def arguments(program: str, args: tuple[Word, ...]) -> Iterator[tuple[str, Word | None]]:
    """(option, value) as written, and operands with an empty option, in the order in which they stand.

    Bundled letters are taken apart and stand there whole as well. Behind a subcommand its own options count (`git log
    -n 5`); behind what begins another command or script (`sudo CMD`, `python FILE`) none does.
    """
    valued, most = VALUED.get(program, frozenset()), COMMAND_AFTER.get(program)
    if program == "tar" and args and not args[0].text.startswith("-"):
        args = _old_style(args, valued)
    rest: Iterator[Word] = iter(args)
    name, operands = program, 0
    for word in rest:
        text = word.plain
        if operands == most or text == "--":
            yield from (("", operand) for operand in ((word, *rest) if text != "--" else rest))
        elif len(text) > 1 and text[0] == "-" and not text[1:].isspace():
            for option, value in _option(text, word, valued, rest):
                most = operands if option in LAST_OPTIONS.get(program, ()) else most
                yield option, value
        else:
            operands += 1
            name = f"{name} {text}"
            valued, most = VALUED.get(name, valued), COMMAND_AFTER.get(name, most)
            yield "", word


def same_option(written: str, names: tuple[str, ...]) -> bool:
    """Whether it is one of these options; long ones may be abbreviated as GNU allows."""
    if written in names:
        return True
    return len(written) > 3 and written.startswith("--") and any(name.startswith(written) for name in names)


def _old_style(args: tuple[Word, ...], valued: frozenset[str]) -> tuple[Word, ...]:
    """`tar cfz FILE` as `tar -c -f FILE -z`: the values of letters without a dash follow in their order."""
    letters, *rest = args
    spread: list[Word] = []
    for letter in letters.plain:
        spread.append(replace(letters, text="-" + letter))
        if "-" + letter in valued and rest:
            spread.append(rest.pop(0))
    return (*spread, *rest)


def _option(text: str, word: Word, valued: frozenset[str], rest: Iterator[Word]) -> Iterator[tuple[str, Word | None]]:
    """What one word that begins with a dash gives; the value may be the word behind it."""
    if not text.startswith("--"):
        yield from _cluster(text, word, valued, rest)
        return
    name, equals, _ = text.partition("=")
    given = _tail(word, len(name) + 1) if equals else None
    yield name, next(rest, None) if given is None and name in valued else given


def _cluster(text: str, word: Word, valued: frozenset[str], rest: Iterator[Word]) -> Iterator[tuple[str, Word | None]]:
    """`-rf` as -r and -f; a letter that takes a value swallows what follows."""
    if text in valued:
        yield text, next(rest, None)
        return
    if len(text) > 2:
        yield text, None
    for place, letter in enumerate(text[1:], start=2):
        option = "-" + letter
        if option in valued:
            yield option, _tail(word, place) if word.text[place:] else next(rest, None)
            return
        yield option, None


def _tail(word: Word, place: int) -> Word:
    """The word from a place on, as it is written too, as long as nothing before it is quoted."""
    aligned = word.written[:place] == word.text[:place]
    return replace(word, text=word.text[place:], written=word.written[place:] if aligned else "")
