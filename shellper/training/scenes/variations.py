"""A conversation that asks for one thing in ever other forms, until it is done with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Protocol, TypeVar

from shellper.training.dataset import Conversation
from shellper.training.phrases import say
from shellper.training.scenes.workspace import Words


class Shown(Protocol):
    """What is shown: its command line, and whether nothing can follow."""

    @property
    def final(self) -> bool:
        """Whether the conversation ends with it."""
        ...

    def render(self) -> str:
        """The command line."""
        ...


State = TypeVar("State", bound=Shown)
Draw = Callable[[str, Random], tuple[Words, Words]]
"""Values for the placeholders of a step: as they are spoken, and as the shell gets them."""


def vary(
    opening: str,
    state: State,
    steps: Mapping[str, Callable[[State, Words], State | None]],
    draw: Draw,
    turns: int,
    chance: Random,
) -> Conversation:
    """A conversation of at most so many turns; a step that does not apply returns None."""
    conversation = [(opening, state.render())]
    while len(conversation) < turns and not state.final:
        name = chance.choice(list(steps))
        said, values = draw(name, chance)
        changed = steps[name](state, values)
        if changed is not None and changed.render() != state.render():
            state = changed
            conversation.append((say(name, said, chance), state.render()))
    return conversation
