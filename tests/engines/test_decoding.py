"""The search for the most probable command, against all that a small model can write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from math import exp, inf, log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellper.engines import decoding
from shellper.engines.decoding import ALTERNATIVES, BRANCHES, NOTHING, Branch, Draft, most_probable, read_draft
from shellper.errors import EngineError

END = "<end>"
Table = Mapping[str, Mapping[str, float]]
"""What follows a text: tokens with their probabilities. The empty token ends it."""


class Writer:
    """A model that is a table, streamed as the runtime streams."""

    def __init__(self, table: Table, most: int = 20) -> None:
        self.table = table
        self.most = most
        self.followed: list[tuple[str, float]] = []

    def write(self, beginning: Branch = NOTHING, bound: float = -inf) -> Draft:
        """The greedy draft after a beginning."""
        self.followed.append((beginning.text, bound))
        if beginning.ended:
            return Draft(beginning.text, -beginning.cost, ended=True)
        pieces: list[Any] = []
        text = beginning.text
        while len(pieces) < self.most:
            ranked = sorted(self.table[text].items(), key=lambda item: -item[1])
            token = ranked[0][0]
            steps = [self._step(*each) for each in ranked[:ALTERNATIVES]]
            content = [{**steps[0], "top_logprobs": steps}]
            pieces.append({"choices": [{"text": token, "logprobs": {"content": content}, "finish_reason": None}]})
            text += token
            if not token:
                break
        reason = "length" if len(pieces) == self.most else "stop"
        usage = {"prompt_tokens": 5, "completion_tokens": len(pieces)}
        pieces.append({"choices": [{"text": "", "logprobs": None, "finish_reason": reason}], "usage": usage})
        return read_draft(pieces, beginning, END)

    def _step(self, token: str, probability: float) -> dict[str, Any]:
        return {"id": token, "token": token, "bytes": list(token.encode()), "logprob": log(probability)}

    def best(self, doubt: Callable[[str], float] = lambda _: 0.0) -> Draft:
        """The outcome of the search."""
        return most_probable(self.write(), self.write, doubt)


SORT = {
    "": {"grep": 0.4, "sort": 0.35, "cat": 0.25},
    "grep": {" -i": 0.4, " -w": 0.3, " -v": 0.3},
    "grep -i": {"": 1.0},
    "grep -w": {"": 1.0},
    "grep -v": {"": 1.0},
    "sort": {" -f": 0.9, "": 0.1},
    "sort -f": {"": 1.0},
    "cat": {"": 1.0},
}


def test_the_likelier_command_wins_over_the_likelier_beginning() -> None:
    best = Writer(SORT).best()
    assert best.text == "sort -f"
    assert exp(best.logprob) == pytest.approx(0.315)


def test_an_answer_of_more_than_half_is_taken_at_once() -> None:
    writer = Writer({"": {"ls": 0.7, "cd": 0.3}, "ls": {"": 0.8, " -a": 0.2}, "cd": {"": 1.0}, "ls -a": {"": 1.0}})
    assert writer.best().text == "ls"
    assert len(writer.followed) == 1


def test_what_is_no_command_is_passed_over() -> None:
    assert Writer(SORT).best(lambda text: inf if text.startswith("sort") else 0.0).text == "cat"
    assert Writer(SORT).best(lambda text: inf).text == "grep -i"  # the first, for whoever explains it


def test_what_is_doubted_must_be_that_much_more_probable() -> None:
    best = Writer(SORT).best(lambda text: 0.3 if text.startswith("sort") else 0.0)
    assert best.text == "cat"
    best = Writer(SORT).best(lambda text: 0.2 if text.startswith("sort") else 0.0)
    assert best.text == "sort -f"
    assert best.logprob == pytest.approx(log(0.315) - 0.2)


def test_a_draft_without_end_gives_way() -> None:
    table = {"a" * length: {"a": 0.9, "": 0.1} for length in range(1, 10)}
    writer = Writer({"": {"a": 0.9, "ls": 0.1}, "ls": {"": 1.0}, **table}, most=6)
    assert writer.best().text == "ls"
    nothing_else = Writer({"a" * length: {"a": 1.0} for length in range(10)}, most=6)
    assert not nothing_else.best().ended


def test_a_branch_may_be_given_up_below_the_best() -> None:
    writer = Writer(SORT)
    assert writer.best().text == "sort -f"
    [_, (text, bound)] = writer.followed
    assert text == "sort"
    assert bound == pytest.approx(log(0.16))
    even = Writer({"": dict.fromkeys("abcdefghij", 0.1), **{letter: {"": 1.0} for letter in "abcdefghij"}})
    assert even.best().logprob == pytest.approx(log(0.1))
    wide = Writer({"": dict.fromkeys("abcdefghij", 0.1), **{letter: {"": 0.1} for letter in "abcdefghij"}})
    wide.best()
    assert len(wide.followed) == 1 + min(BRANCHES, ALTERNATIVES - 1)


def test_letters_in_pieces_are_no_branches() -> None:
    step = {"id": 1, "bytes": [0x61], "logprob": -1.0}
    others = [step, {"id": 2, "bytes": [0xC3], "logprob": -1.1}, {"id": 3, "bytes": [0x62], "logprob": -2.0}]
    pieces = [
        {"choices": [{"text": "a", "logprobs": {"content": [{**step, "top_logprobs": others}]}}]},
        {"choices": [{"text": END, "finish_reason": "stop"}]},
    ]
    draft = read_draft(pieces, NOTHING, END)
    assert (draft.text, draft.logprob, draft.ended) == ("a", -1.0, True)
    assert [(branch.text, branch.cost) for branch in draft.branches] == [("b", 2.0)]


def test_weights_that_are_no_numbers() -> None:
    step = {"id": 1, "bytes": [0x61], "logprob": None, "top_logprobs": []}
    with pytest.raises(ArithmeticError):
        read_draft([{"choices": [{"text": "a", "logprobs": {"content": [step]}}]}], NOTHING, END)


def test_a_failure_is_one_line() -> None:
    with pytest.raises(EngineError, match=r"no more room\): say it in other words"):
        read_draft([{"error": {"message": "no more\nroom"}}], NOTHING, END)


_SHARES = st.lists(st.integers(1, 100), min_size=3, max_size=3)


@given(st.lists(_SHARES, min_size=7, max_size=7))
def test_without_a_limit_nothing_is_more_probable(shares: list[list[int]]) -> None:
    texts = [""] + ["".join(each) for length in (1, 2) for each in product("ab", repeat=length)]
    table: dict[str, dict[str, float]] = {"".join(each): {"": 1.0} for each in product("ab", repeat=3)}
    for text, (end, a, b) in zip(texts, shares, strict=True):
        table[text] = {"": end / (end + a + b), "a": a / (end + a + b), "b": b / (end + a + b)}

    def probability(text: str) -> float:
        value = table[text][""]
        for position, letter in enumerate(text):
            value *= table[text[:position]][letter]
        return value

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "BRANCHES", 1000)
        best = Writer(table).best()
    assert exp(best.logprob) == pytest.approx(max(map(probability, table)))
