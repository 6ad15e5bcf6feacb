"""The most probable command: best-first search in what the model may write.

Greedy decoding takes the likeliest token at every step, and misses the command that begins with a runner-up and is
likelier as a whole. A branch is such a beginning. Nothing that begins with it is more probable than it is, so branches
are followed in the order of their probability until the next one is less probable than the best command. An answer that
the model gives more than half of the probability is therefore taken at once.

Method: uniform-cost search, the exact decoding of Stahlberg and Byrne (2019, arXiv:1908.10090), ended after BRANCHES.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from math import inf
from typing import Any

from shellper.errors import EngineError
from shellper.tools.words import trimmed

BRANCHES = 4
"""How many branches are followed at most."""

ALTERNATIVES = 4
"""How many tokens are looked at in each place, the chosen one among them."""


@dataclass(frozen=True, order=True)
class Branch:
    """A beginning that leaves a draft for another token there; `cost` is minus the logarithm of its probability."""

    cost: float
    text: str
    tokens: int
    ended: bool


@dataclass(frozen=True)
class Draft:
    """What the model wrote. `logprob` is the logarithm of its probability."""

    text: str
    logprob: float
    ended: bool
    branches: Sequence[Branch] = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0


NOTHING = Branch(0.0, "", 0, False)
"""Where the first draft begins."""


def most_probable(first: Draft, follow: Callable[[Branch, float], Draft], doubt: Callable[[str], float]) -> Draft:
    """The best draft that the search finds; the first one if no draft is complete and valid.

    `follow` writes on from a branch, greedily, and may give up below a logprob. `doubt` tells what is taken from the
    logprob of a text, infinity where it is no command; it is taken from the result's too. The token counts are those of
    the whole search.
    """
    best = first = _weighed(first, doubt)
    drafts = [first]
    open_branches = list(first.branches)
    heapify(open_branches)
    while open_branches and len(drafts) <= BRANCHES:
        branch = heappop(open_branches)
        if -branch.cost <= best.logprob:
            break
        draft = _weighed(follow(branch, best.logprob), doubt)
        drafts.append(draft)
        for other in draft.branches:
            heappush(open_branches, other)
        if draft.logprob > best.logprob:
            best = draft
    written = sum(draft.completion_tokens for draft in drafts)
    return replace(best, prompt_tokens=first.prompt_tokens, completion_tokens=written)


def _weighed(draft: Draft, doubt: Callable[[str], float]) -> Draft:
    return replace(draft, logprob=draft.logprob - doubt(draft.text) if draft.ended else -inf)


def read_draft(pieces: Sequence[Any], beginning: Branch, end: str) -> Draft:
    """The draft that was streamed after a beginning. Raises EngineError when there is none."""
    choices = [piece["choices"][0] for piece in pieces if piece.get("choices")]
    if not choices:
        raise _failure(pieces)
    steps = [step for piece in pieces for step in steps_of(piece)]
    usage: Mapping[str, int] = next((piece["usage"] for piece in reversed(pieces) if piece.get("usage")), {})
    text = beginning.text + "".join(str(choice.get("text") or "") for choice in choices)
    return Draft(
        text=trimmed(text.removesuffix(end)),
        logprob=sum((step["logprob"] for step in steps), -beginning.cost),
        ended=choices[-1].get("finish_reason") == "stop",
        branches=tuple(_branches(steps, beginning)),
        prompt_tokens=usage.get("prompt_tokens", 0),
        completion_tokens=usage.get("completion_tokens", len(steps)),
    )


def steps_of(piece: Any) -> Sequence[Any]:
    """The tokens of a streamed piece, with their probabilities and those of others in their places.

    Raises ArithmeticError where the weights of the model are no numbers.
    """
    steps = [
        step for choice in piece.get("choices") or () for step in (choice.get("logprobs") or {}).get("content") or ()
    ]
    if any(step["logprob"] is None for step in steps):
        raise ArithmeticError("the weights are no numbers")
    return steps


def _branches(steps: Sequence[Any], beginning: Branch) -> list[Branch]:
    """What the steps might have been, each as the whole beginning that it makes."""
    text, cost = beginning.text.encode(), beginning.cost
    found: list[Branch] = []
    for number, step in enumerate(steps):
        for other in step.get("top_logprobs") or ():
            try:
                changed = (text + bytes(other["bytes"])).decode()
            except UnicodeDecodeError:  # a piece of a letter
                continue
            if other["id"] != step["id"]:
                tokens = beginning.tokens + number + 1
                found.append(Branch(cost - other["logprob"], changed, tokens, ended=not other["bytes"]))
        text += bytes(step.get("bytes") or ())
        cost -= step["logprob"]
    return found


def _failure(pieces: Sequence[Any]) -> EngineError:
    error = next((piece["error"] for piece in pieces if "error" in piece), "no answer")
    message = str(error.get("message", error) if isinstance(error, Mapping) else error)
    return EngineError(f"the embedded model failed ({' '.join(message.split())[:120]}): say it in other words")
