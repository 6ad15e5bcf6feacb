"""The records, what is made of them, and what must stay out of it."""

from __future__ import annotations

import json
import re
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from shellper.errors import ShellperError
from shellper.prompt import clean_request
from shellper.safety import assess
from shellper.tools import call_text, lift, tool_set
from shellper.tools.words import words
from shellper.training import DATA, collection, followups, scenes, slots, turns
from shellper.training.collection import Blocklist, collect, read_additions, text_hash
from shellper.training.dataset import Conversation, read_dataset, write_dataset
from shellper.training.noise import add_noise
from shellper.training.phrases import PLACEHOLDER, followup_phrases, scene_phrases
from shellper.training.synthesis import MOST_TURNS, synthesize
from shellper.training.turns import Record, Turn, TurnsError, read_records

FILES = sorted(DATA.glob("*.turns"))


def record(*phrasings: str) -> Record:
    return Record((Turn(phrasings, ("pwd",)),), Path("t.turns"), 1)


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return turns.read_all()


@pytest.fixture(scope="module")
def made(records: list[Record]) -> list[Conversation]:
    return list(islice(synthesize(records, 11), 2500))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_record_keeps_the_format(file: Path) -> None:
    found = [problem for record in read_records(file) for problem in turns.problems(record)]
    assert found == []


def test_every_record_s_command_is_read_by_bash(records: list[Record]) -> None:
    chance = Random(5)
    filled = [slots.fill(turns.record_texts(record, chance), chance) for record in records]
    commands = [command for texts in filled for command in texts[1::2] if not command.startswith("# ")]
    assert turns.bash_errors(commands) == []


def test_nothing_written_by_hand_stands_in_the_benchmarks(records: list[Record]) -> None:
    blocked = Blocklist()
    blocked.read_bench()
    assert len(blocked.bench) > 2000
    written = [text for record in records for turn in record.turns for text in (*turn.phrasings, turn.command)]
    said = [line for phrases in (followup_phrases(), scene_phrases()) for lines in phrases.values() for line in lines]
    assert [text for text in written + said if text_hash(text) in blocked.bench] == []


def test_a_seed_gives_the_same_conversations(records: list[Record]) -> None:
    one, same, other = (list(islice(synthesize(records, seed), 300)) for seed in (4, 4, 5))
    assert one == same
    assert one != other


def test_every_command_parses_and_none_is_forbidden(made: list[Conversation]) -> None:
    commands = {command for talk in made for _, command in talk if not command.startswith("# ")}
    assert turns.bash_errors(sorted(commands)) == []
    verdicts = {command: assess(command).level.value for command in commands}
    assert {command: level for command, level in verdicts.items() if level in ("forbidden", "invalid")} == {}


def test_every_command_survives_the_way_to_a_call_and_back(made: list[Conversation]) -> None:
    tools = tool_set("shell")
    for talk in made[:800]:
        for _, command in talk:
            again = call_text(lift(command, tools), tools)
            assert again == command or words(again) == words(command)


def test_some_conversations_begin_with_a_scene_said_in_one_request(
    records: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenes, "at_once", lambda *_: ("all at once", "ls -S | head -n 5 > top.txt"))
    talks = list(islice(synthesize(records, 3), 1500))
    begun = [talk for talk in talks if talk[0][1] == "ls -S | head -n 5 > top.txt"]
    assert 0.02 < len(begun) / len(talks) < 0.06
    assert {len(talk) > 1 for talk in begun} == {True, False}


def test_now_and_then_the_command_itself_is_the_request(made: list[Conversation]) -> None:
    exchanges = [exchange for talk in made for exchange in talk]
    typed = [command for request, command in exchanges if request == command]
    assert 0.015 < len(typed) / len(exchanges) < 0.06  # the records hold some as well
    assert not [command for command in typed if command.startswith("# ")]


def test_conversations_have_one_to_eight_turns_on_one_line(made: list[Conversation]) -> None:
    lengths = {len(talk) for talk in made}
    assert min(lengths) == 1
    assert 5 < max(lengths) <= MOST_TURNS
    for talk in made:
        for request, command in talk:
            assert request
            assert command
            assert "\n" not in request + command
            assert clean_request(request)
            assert not slots.names(request)
            assert "\x01" not in request + command


def test_every_follow_up_has_words_and_every_phrasing_a_follow_up() -> None:
    templates = {**followups.PIPES, **followups.REPEATS}
    for _, choices in followups.CREATED:
        templates |= choices
    assert set(followup_phrases()) == {*templates, "same", "correct", "number", "inside"}
    assert [name for name, lines in followup_phrases().items() if len(set(lines)) < len(lines)] == []
    for name, template in templates.items():
        marks = {mark for mark in PLACEHOLDER.findall(template) if mark != "c" and not mark.isdecimal()}
        assert all(set(PLACEHOLDER.findall(line)) == marks for line in followup_phrases()[name]), name


@pytest.mark.parametrize(
    ("last", "step", "command"),
    [
        ("mkdir -p a/b", "folder_enter", "cd a/b"),
        ("cp -r a.txt b.txt", "copied_compare", "diff a.txt b.txt"),
        ("touch {x}.txt", "file_show", "cat {x}.txt"),
        ("find . -name '{file}'", "counted", "find . -name '{file}' | wc -l"),
    ],
)
def test_a_follow_up_keeps_what_the_last_command_named(last: str, step: str, command: str) -> None:
    found = [followups.follow_up(last, Random(seed)) for seed in range(400)]
    requests = [request for request, answer in filter(None, found) if answer == command]
    assert requests
    assert set(requests) <= set(followup_phrases()[step])


def test_every_phrasing_comes_once_before_any_comes_again() -> None:
    names = [f"phrase {number}" for number in range(40)]
    records = [record(first, second) for first, second in zip(names[::2], names[1::2], strict=True)]
    from shellper.training.synthesis import Deck

    deck = Deck(records, Random(1))
    assert len(deck) == 40
    assert sorted(deck.deal()[1] for _ in range(40)) == sorted(names)


def test_conversations_written_by_hand_are_dealt_more_often() -> None:
    from shellper.training.synthesis import TALKS, Deck

    single, talk = record("alone"), Record(record("first").turns * 2, Path("talks.turns"), 1)
    deck = Deck([single, talk], Random(1))
    dealt = [deck.deal()[1] for _ in range(len(deck))]
    assert sorted(dealt) == ["alone", *["first"] * TALKS]


def test_noise_leaves_what_the_command_holds() -> None:
    chance = Random(2)
    for _ in range(400):
        noisy = add_noise("please show Quarterly_Report.txt from the archive", "cat Quarterly_Report.txt", chance)
        assert "Quarterly_Report.txt" in noisy


@pytest.mark.parametrize(("text", "line"), [("> a\n\n", 1), ("> a\n\n$ ls\n", 1), ("\n$ ls\n", 2), ("> a\nx\n", 2)])
def test_a_bad_record_is_named(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "bad.turns").write_text(text)
    with pytest.raises(TurnsError, match=rf"bad\.turns:{line}: a record is"):
        read_records(tmp_path / "bad.turns")


def test_records_keep_their_lines_and_comments_are_no_part_of_them(tmp_path: Path) -> None:
    (tmp_path / "t.turns").write_text("## first\n\n> a\n## b\n> b\n> a\n$ ls\n$ ls .\n> c\n$ pwd\n\n\n> d\n$ id\n")
    one, other = read_records(tmp_path / "t.turns")
    assert one.turns == (Turn(("a", "b"), ("ls", "ls .")), Turn(("c",), ("pwd",)))
    assert one.ways() == [["a", "c"], ["b", "c"]]
    assert [one.line, other.line] == [3, 13]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("> show {fiel}\n$ ls", "no such slot: ['fiel']"),
        ("> show it\n$ cat {file}", "['file'] not said"),
        ("> list\n$ ls\n$ ls .", "more than one command"),
    ],
)
def test_what_cannot_be_trained_on_is_no_addition(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "mine.turns"
    file.write_text(f"> fine\n$ pwd\n\n{text}\n")
    with pytest.raises(TurnsError, match=re.escape(f"{file}:4: {message}")):
        read_additions([file])


def test_the_collection_is_reproducible_and_held_out_conversations_are_not_trained_on(records: list[Record]) -> None:
    one, same = (collect(records, 3000, 7) for _ in range(2))
    assert one == same
    assert sum(map(len, one.train)) >= 3000
    assert one.held_out
    assert not {tuple(talk) for talk in one.train} & {tuple(talk) for talk in one.held_out}


def test_duplicates_are_left_out_of_what_is_held_out() -> None:
    found = collect([record("where am i")], 500, 1)
    assert found.duplicates > 0


def test_what_is_blocked_stays_out(records: list[Record], tmp_path: Path) -> None:
    free = collect(records, 200, 3)
    request, command = free.train[0][0]
    (tmp_path / "b.json").write_text(json.dumps({"keys": [text_hash(request)]}))
    blocked = Blocklist()
    blocked.read(tmp_path / "b.json")
    found = collect(records, 200, 3, blocklist=blocked)
    assert set(found.blocked) == {"blocklists"}
    assert all(text_hash(said) != text_hash(request) for talk in found.train for said, _ in talk)
    long = "find . -type f -name '*.log' -size +100M -mtime +30 -delete"
    assert Blocklist(given={text_hash(long)}).blocked_by([("clean up", f"{long} ")]) == "blocklists"
    assert Blocklist(bench={text_hash(long)}, given={text_hash(long)}).blocked_by([("clean up", long)]) == "bench"
    assert command


def test_no_typing_makes_an_addition_what_is_blocked() -> None:
    mine: Conversation = [("show the frobs", "cat frobs")]
    typed = {talk[0][0] for seed in range(50) for talk in collect([], 0, seed, added=[mine]).train}
    assert "Show the frobs." in typed
    other = text_hash("kindly show the frobs")
    assert "kindly show the frobs" in typed
    for seed in range(50):
        found = collect([], 0, seed, added=[mine], blocklist=Blocklist(given={other}))
        assert mine in found.train
        assert all(text_hash(talk[0][0]) != other for talk in found.train)


def test_hashes_are_those_of_the_bench() -> None:
    assert text_hash("List all *.txt files.") == text_hash("list all txt files") == "b660fc9d6bafd4da"


@pytest.mark.parametrize("text", ["nonsense", "5", '{"hashes": []}'])
def test_a_bad_blocklist_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(ShellperError, match=r"b\.json"):
        Blocklist().read(tmp_path / "b.json")


def test_a_blocklist_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(ShellperError, match=r"b\.json: No such file or directory; check the path"):
        Blocklist().read(tmp_path / "b.json")


def test_own_tests_are_never_trained_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.turns").write_text("> made up for this test\n$ pwd\n")
    monkeypatch.setattr(collection, "OWN_TESTS", tmp_path)
    with pytest.raises(ShellperError, match="one of shellper's tests"):
        read_additions([tmp_path / "t.turns"])
    blocked = Blocklist()
    blocked.read_own_tests(tmp_path)
    assert blocked.blocked_by([("Made up for this test!", "pwd")]) == "own_tests"


def test_no_synthesised_conversation_is_one_of_the_own_tests(records: list[Record]) -> None:
    blocked = Blocklist()
    blocked.read_own_tests()
    found = collect(records, 2000, 1, blocklist=blocked)
    assert not any(map(blocked.blocked_by, found.train + found.held_out))


def test_a_test_of_one_turn_is_no_request_of_any_conversation(tmp_path: Path) -> None:
    (tmp_path / "t.turns").write_text("> ls -la\n> all in detail\n$ ls -la\n")
    blocked = Blocklist()
    blocked.read_own_tests(tmp_path)
    assert blocked.blocked_by([("where am i", "pwd"), ("All, in detail.", "ls -la")]) == "own_tests"
    assert blocked.blocked_by([("where am i", "pwd"), ("ls -la", "ls -la"), ("count", "ls -la | wc -l")]) == "own_tests"
    assert blocked.blocked_by([("details please", "ls -la"), ("where am i", "pwd")]) is None


def test_no_two_requests_follow_each_other_as_in_a_test(tmp_path: Path) -> None:
    (tmp_path / "t.turns").write_text("> a\n> b\n$ ls\n> c\n> d\n$ pwd\n> e\n$ id\n")
    blocked = Blocklist()
    blocked.read_own_tests(tmp_path)

    def by(*requests: str) -> str | None:
        return blocked.blocked_by([(request, "ls") for request in requests])

    assert by("a", "c") == by("x", "b", "D!") == by("c", "e", "x") == by("a", "c", "e") == "own_tests"
    assert by("a") is by("c", "a") is by("a", "e") is by("a", "x", "c") is None


def test_what_the_user_adds_is_there_in_several_ways_of_typing(tmp_path: Path, records: list[Record]) -> None:
    mine: Conversation = [("frobnicate the quux in staging", "echo quux"), ("and again with feeling", "echo quux")]
    write_dataset(tmp_path / "mine", [mine])
    (tmp_path / "more.turns").write_text("> zap {file}\n$ rm {file}\n")
    extra, added = read_additions([tmp_path / "mine", tmp_path / "more.turns"])
    assert (len(extra), added) == (1, [mine])
    found = collect([*records, *extra], 100, 1, added=added)
    assert mine in found.train
    assert sum([command for _, command in talk] == ["echo quux"] * 2 for talk in found.train) == collection.COPIES
    write_dataset(tmp_path / "out", found.train, found.held_out)
    assert mine in read_dataset(tmp_path / "out")


def test_data_with_other_tools_are_refused(tmp_path: Path) -> None:
    job = {"tools": [{"type": "function", "function": {"name": "book_flight"}}]}
    (tmp_path / "job_description.json").write_text(json.dumps(job))
    (tmp_path / "train.jsonl").write_text("")
    with pytest.raises(ShellperError, match="book_flight"):
        read_additions([tmp_path])
