"""The way of a request, and what is corrected on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellper.assistant import Assistant, Question, Suggestion, check_request
from shellper.conversation import Conversation, Turn
from shellper.errors import EngineError, Refused, ShellperError, UsageError
from shellper.settings import Settings
from shellper.tools import tool_set
from shellper.tools.call import ToolCall
from tests.fakes import FakeEngine


def suggest(answer: object, request: str = "do it", tools: str = "shell", folder: Path | None = None) -> Suggestion:
    engine = FakeEngine(answer)  # type: ignore[arg-type]
    return Assistant(Settings(tools=tools), engine, tool_set(tools), folder).suggest(request)


def test_a_suggestion_has_everything() -> None:
    suggestion = suggest("rm notes.txt")
    assert (suggestion.command, suggestion.level, suggestion.engine) == ("rm notes.txt", "destructive", "fake")
    assert suggestion.call == ToolCall("bash", {"command": "rm notes.txt"})
    assert suggestion.seconds > 0
    turn = suggestion.turn(0, "done")
    assert Turn.from_json(turn.as_json()) == turn


def test_forbidden_and_invalid_are_suggested_but_stopped() -> None:
    for command, error in (("rm -rf /", Refused), ("if", EngineError)):
        with pytest.raises(error):
            suggest(command).require_allowed()


def test_the_first_of_several_calls_is_given_where_another_makes_no_sense() -> None:
    suggestion = suggest([ToolCall("ls", {}), ToolCall("find", {"larger_than": "huge"})])
    assert suggestion.command == "ls"
    assert suggestion.remarks() == ["only the first of several commands is given; ask next for: find huge"]


def test_a_parameter_that_a_prompt_does_not_have_is_a_note() -> None:
    note = "$5 is empty here: put it in single quotes"
    assert suggest("echo $5.00").remarks() == [note]
    assert suggest("echo '$5.00'").remarks() == []
    assert "\n".join(suggest("rm $5").remarks()).count(note) == 1


def unsure(answer: str, confidence: float | None) -> Suggestion:
    engine = FakeEngine(answer, confidence=confidence)
    return Assistant(Settings(), engine, tool_set("shell")).suggest("do it")


def test_an_unsure_answer_is_marked_as_such() -> None:
    note = "the model is not sure: read it twice"
    assert note in unsure("ls", 0.05).remarks()
    assert note not in unsure("ls", 0.9).remarks()
    assert note not in unsure("ls", None).remarks()


def test_an_unsure_model_deletes_and_rewrites_nothing() -> None:
    with pytest.raises(EngineError, match="not sure"):
        unsure("rm notes.txt", 0.05)
    with pytest.raises(EngineError, match="not sure"):
        unsure("sed -i 's/hello/ermt/g' notes.txt", 0.05)
    assert unsure("rm notes.txt", 0.9).command == "rm notes.txt"
    assert unsure("sed 's/hello/ermt/g' notes.txt", 0.05).command
    earlier = [{"role": "user", "content": "list"}, {"role": "assistant", "content": "ls"}]
    assistant = Assistant(Settings(), FakeEngine("rm notes.txt", confidence=0.05), tool_set("shell"))
    with pytest.raises(EngineError, match="shellper reset"):
        assistant.answer([*earlier, {"role": "user", "content": "do it"}])
    assert unsure("rm -rf /", 0.05).level == "forbidden"


def test_a_question_keeps_its_turn() -> None:
    with pytest.raises(Question) as caught:
        suggest(ToolCall("clarify", {"question": "which\x1b[2J one?"}))
    assert "\x1b" not in str(caught.value)
    assert caught.value.turn.command is None


def test_messages_are_answered_as_well() -> None:
    engine = FakeEngine("ls")
    assistant = Assistant(Settings(), engine, tool_set("shell"))
    conversation = Conversation((Turn("a", ToolCall("ls", {}), "ls"),))
    assistant.suggest("b", conversation)
    assistant.answer([*conversation.messages(), {"role": "user", "content": "b"}])
    assert engine.asked[0] == engine.asked[1]


def test_gorilla_removes_folders_only_when_allowed() -> None:
    def command(allow: bool) -> str:
        engine = FakeEngine(ToolCall("rm", {"file_name": "a"}))
        return Assistant(Settings(allow_recursive=allow), engine, tool_set("gorilla")).suggest("remove a").command

    assert (command(False), command(True)) == ("rm a", "rm -r a")


@given(st.text(max_size=300))
def test_any_request_is_one_line_or_a_usage_error(text: str) -> None:
    try:
        request = check_request(text)
    except UsageError:
        return
    assert request.strip()
    assert not any(letter < " " or letter == "\x7f" for letter in request)


@given(
    st.sampled_from(sorted(tool_set("shell").tools)),
    st.dictionaries(st.text(max_size=8), st.text(max_size=40), max_size=3),
)
def test_any_call_is_a_printable_suggestion_or_an_error(name: str, arguments: dict[str, str]) -> None:
    try:
        suggestion = suggest(ToolCall(name, arguments))
        suggestion.require_allowed()
    except ShellperError:
        return
    assert "\n" not in suggestion.command
    assert not any("\ud800" <= letter <= "\udfff" or letter < " " for letter in suggestion.command)
