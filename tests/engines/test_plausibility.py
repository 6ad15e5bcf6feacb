"""What tells against a command."""

from __future__ import annotations

import pytest

from shellper.engines.plausibility import EMPTYING, INVENTED, REPEATED, UNASKED, WORDS, doubt, invented
from shellper.training.command_words import command_words


@pytest.mark.parametrize(
    ("request_", "command", "words"),
    [
        ("find my screenshots", "findscreen -type f -name 'screenshot*.png'", ["findscreen"]),
        ("rename cv.odt to work.odt", "mv uniqcv.odt work.odt", ["uniqcv.odt"]),
        ("count the lines of Letters.TXT", "wc -l Letters.TXT", []),
        ("log in to 10.0.0.5 as pi", "ssh pi@10.0.0.5", []),
        ("copy www to web.example.com as admin", "scp -r www admin@web.example.com:", []),
        ("post order.json", "curl -d @order.json https://localhost", []),
        ("which address am i", "hostname -I | awk '{print $1}'", []),
        ("make a backup of notes", "cp -r notes notes-backup", []),
        ("today's folder", "mkdir $(date +%Y-%m-%d)", []),
        ("sum the third column of a.csv", "awk -F, '{total += $3} END {print total}' a.csv", []),
    ],
)
def test_invented_words(request_: str, command: str, words: list[str]) -> None:
    assert invented(command, request_.lower()) == words
    assert doubt(command, request_) == INVENTED * len(words)


def test_an_earlier_command() -> None:
    turns = [("list the logs", "ls *.log"), ("count them", "ls *.log | wc -l")]
    assert doubt("ls *.log", "the oldest", turns) == REPEATED
    assert doubt("ls -tr *.log | head -n 1", "the oldest", turns) == 0
    assert (
        doubt("grep zebra a.txt", "look for it in a.txt", [("what is a zebra", "# What should the command do?")]) == 0
    )


@pytest.mark.parametrize(
    ("request_", "command", "unasked"),
    [
        ("anything bigger left?", "find . -size +1G -delete", True),
        ("ok, what about old ones", "find . -type f -mtime +30 -delete", True),
        ("how many are there", "rm *.bak", True),
        ("anything bigger left?", "find . -size +1G", False),
        ("is there anything i can delete?", "rm *.bak", False),
        ("same for cache", "rm -r cache", False),
        ("can you get rid of cache?", "rm -r cache", False),
        ("do it for real", "rsync -av --delete src/ backup/", False),
    ],
)
def test_what_destroys_is_doubted_where_somebody_only_looks(request_: str, command: str, unasked: bool) -> None:
    assert doubt(command, request_, [("src backup bak cache", "ls")]) == UNASKED * unasked


@pytest.mark.parametrize(
    ("command", "empties"),
    [
        ("sort a.txt | uniq > a.txt", True),
        ("iconv -f latin1 -t utf8 a.txt > a.txt", True),
        ("sort < a.txt > a.txt", True),
        ("sort a.txt >> a.txt", False),
        ("sort a.txt > a.txt.bak", False),
        ("sort -o a.txt a.txt", False),
        ("echo a.txt > a.txt", False),
        ("sed -i 's/ > a.txt/b/' a.txt", False),
    ],
)
def test_a_file_that_is_emptied_before_it_is_read_is_doubted(command: str, empties: bool) -> None:
    assert doubt(command, "a.txt, latin1 to utf8", [("a.txt.bak b", "ls")]) == EMPTYING * empties


def test_a_question_is_never_doubted() -> None:
    assert doubt("# Which directory?", "list the files") == 0


def test_the_words_are_those_of_the_data() -> None:
    written = WORDS.read_text(encoding="utf-8").split()
    assert written == command_words(), "run python -m shellper.training.command_words"
