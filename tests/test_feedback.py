"""What training takes of corrections."""

from __future__ import annotations

import pytest

from shellper.feedback import Correction, Turns, conversations

WHERE = Correction((), "where am I", "pwd", "pwd -P")
COUNT = Correction((("where am I", "pwd"),), "count the files", "ls | wc", "ls | wc -l")
LATER = Correction((*COUNT.earlier, ("count the files", "ls | wc")), "hidden ones too", "ls -a", "ls -A | wc -l")


@pytest.mark.parametrize("noted", [(WHERE, COUNT, LATER), (LATER, COUNT, WHERE)])
def test_earlier_turns_are_as_they_were_corrected_be_it_later(noted: tuple[Correction, ...]) -> None:
    right: Turns = (("where am I", "pwd -P"), ("count the files", "ls | wc -l"), ("hidden ones too", "ls -A | wc -l"))
    assert conversations(noted) == [right[:1], right[:2], right]


def test_what_was_only_called_wrong_is_left_out() -> None:
    wrong = Correction((), "where am I", "pwd")
    assert conversations([wrong]) == []
    assert conversations([COUNT, wrong]) == [(("count the files", "ls | wc -l"),)]


def test_another_answer_to_what_was_only_called_wrong_stays() -> None:
    for wrong in ("", "echo $HOME"):
        assert conversations([Correction((), "where am I", wrong), COUNT])[0][0] == ("where am I", "pwd")


@pytest.mark.parametrize("right", ["", "pwd -P"])
def test_the_same_request_after_another_conversation_is_another_turn(right: str) -> None:
    first, again = ("list files", "ls"), ("where am I", "pwd")
    elsewhere = Correction((), "where am I", "pwd", right)
    other = Correction((first, again), "count the files", "ls | wc", "ls | wc -l")
    assert conversations([elsewhere, other])[-1] == (first, again, ("count the files", "ls | wc -l"))
    # Nor is it the same turn where the one before is left out.
    wrong = Correction((), *first)
    assert conversations([elsewhere, wrong, other])[-1] == (again, ("count the files", "ls | wc -l"))


def test_a_conversation_that_is_the_same_once_corrected_is_learnt_once() -> None:
    again = Correction((("where am I", "pwd -P"),), "count the files", "ls", "find . -type f | wc -l")
    assert conversations([WHERE, COUNT, again])[1:] == [(("where am I", "pwd -P"), (again.request, again.right))]
