"""Slips of names are mended; what was meant is left alone."""

from __future__ import annotations

import pytest

from shellper.engines.copying import mend_names


@pytest.mark.parametrize(
    ("request_", "answer", "mended"),
    [
        ("sort cars.csv by name", "sort car.csv", "sort cars.csv"),
        ("merge guests.txt into guests_all.txt", "cat guest.txt >> guests_all.txt", "cat guests.txt >> guests_all.txt"),
        ("rename foto.jpg to beach.jpg", "mv foto.jpg bench.jpg", "mv foto.jpg beach.jpg"),
        ("stop the service my-web_app", "systemctl stop my-web_ap", "systemctl stop my-web_app"),
        ("copy train.py and train.log to old", "cp training.py trains.log old", "cp train.py train.log old"),
    ],
)
def test_slips(request_: str, answer: str, mended: str) -> None:
    assert mend_names(answer, request_) == mended


@pytest.mark.parametrize(
    ("request_", "answer", "mended"),
    [
        ("make a folder called Grandkids", "mkdir grandkids", "mkdir Grandkids"),
        ("copy the jpgs in /media/DCIM", "cp /media/dcIM/*.jpg .", "cp /media/DCIM/*.jpg ."),
        ("replace Tea by Chai in menu.txt", "sed -i 's/tea/Chai/g' menu.txt", "sed -i 's/Tea/Chai/g' menu.txt"),
        ('move a.jpg into "Holidays 2024"', "mv a.jpg 'holidays 2024'", "mv a.jpg 'Holidays 2024'"),
        # but no capital that only starts a sentence or names a program, a format or a kind of file
        ("Photos please, list them", "ls photos", "ls photos"),
        ("restart the Nginx service", "sudo systemctl restart nginx", "sudo systemctl restart nginx"),
        ("write it in Base64, hello", "echo hello | base64", "echo hello | base64"),
        ("list the PDF files", "ls *.pdf", "ls *.pdf"),
        ("go to my downloads", "cd ~/Downloads", "cd ~/Downloads"),
        ("lines with TODO or todo in a.txt", "grep todo a.txt", "grep todo a.txt"),
        ("use Grep on every py file", "find . -name '*.py' -exec grep x {} +", "find . -name '*.py' -exec grep x {} +"),
        ("get each with Curl", "cat a | while read u; do curl $u; done", "cat a | while read u; do curl $u; done"),
        ("files of the user Anna", "find . -user anna", "find . -user anna"),
    ],
)
def test_capitals(request_: str, answer: str, mended: str) -> None:
    assert mend_names(answer, request_) == mended


@pytest.mark.parametrize(
    ("request_", "answer", "mended"),
    [
        ("vanilla lines of ice.yaml", "grep Vanilla ice.yaml", "grep vanilla ice.yaml"),
        ("keep it in kehrreim.txt", "sort a > Kehrreim.txt", "sort a > kehrreim.txt"),
        ("iframe or embed in a.html", "grep -E 'iframe|Embed' a.html", "grep -E 'iframe|embed' a.html"),
        # but not what nobody wrote in small letters, or a format needs, or the user has asked for
        ("go to my downloads", "cd ~/Downloads", "cd ~/Downloads"),
        ("failed logins in a.log", "grep Failed a.log", "grep Failed a.log"),
        ("bremse in a.md, with a capital B", "grep Bremse a.md", "grep Bremse a.md"),
        ("'Brief an Oma.odt' becomes oma.odt", "mv 'Brief an Oma.odt' oma.odt", "mv 'Brief an Oma.odt' oma.odt"),
        ("as release", "cmake -B build -DCMAKE_BUILD_TYPE=Release", "cmake -B build -DCMAKE_BUILD_TYPE=Release"),
        ("move muffin.txt", "# Move muffin.txt to where?", "# Move muffin.txt to where?"),
    ],
)
def test_small_letters(request_: str, answer: str, mended: str) -> None:
    assert mend_names(answer, request_) == mended


@pytest.mark.parametrize(
    ("request_", "answer", "mended"),
    [
        ("how big is ember", "du -shember", "du -sh ember"),
        ("lines of crew.txt beginning with Lt", "grep '^Lt'crew.txt", "grep '^Lt' crew.txt"),
        ("count unreachable in a.txt", "grep -c un reachable a.txt", "grep -c unreachable a.txt"),
        ("count unreachable in a.txt", "grep -c 'un reachable' a.txt", "grep -c 'unreachable' a.txt"),
        # but not the options of find and others, nor words that stand for themselves
        ("files changed in the last 30 min", "find . -mmin -30", "find . -mmin -30"),
        ("file names with a in any case, name first", "find . -iname '*a*'", "find . -iname '*a*'"),
        ("run timezone, or set time zone", "echo time zone", "echo time zone"),
        ("show lsa", "cat lsa", "cat lsa"),
    ],
)
def test_blanks(request_: str, answer: str, mended: str) -> None:
    assert mend_names(answer, request_) == mended


@pytest.mark.parametrize(
    ("request_", "answer", "mended"),
    [
        ("create a folder called photos 2024", "mkdir 2024", "mkdir 'photos 2024'"),
        ("create a folder called photos 2024", "mkdir 2024/photos", "mkdir 'photos 2024'"),
        ("new directory named Tax Papers Old.", "mkdir Tax Papers Old", "mkdir 'Tax Papers Old'"),
        ("make folders called jan feb", "mkdir jan feb", "mkdir jan feb"),
        ("make a folder called jan and feb", "mkdir jan feb", "mkdir jan feb"),
        ("a folder called notes in documents", "mkdir documents/notes", "mkdir documents/notes"),
        ("a folder called notes", "mkdir notes", "mkdir notes"),
        ("make a folder called new stuff", "mkdir -p new/stuff/x", "mkdir -p new/stuff/x"),
    ],
)
def test_a_folder_of_several_words(request_: str, answer: str, mended: str) -> None:
    assert mend_names(answer, request_) == mended


@pytest.mark.parametrize(
    ("request_", "answer", "mended"),
    [
        ("move cv.pdf to work", "mvcv.pdf work", "mv cv.pdf work"),
        ("log files in var/log", "findvar/log -name '*.log'", "find var/log -name '*.log'"),
        ("put Chapter One in draft.txt", "echo ChapterOne > draft.txt", "echo 'Chapter One' > draft.txt"),
        ("where does class User stand", "grep -rn 'classUser' .", "grep -rn 'class User' ."),
        ("delete bob's.txt and Chapter One", 'rm "bob\'s.txt" ChapterOne', "rm \"bob's.txt\" 'Chapter One'"),
        # but not what is a name of its own, or a program
        ("run mvcv.sh", "mvcv.sh", "mvcv.sh"),
        ("which usb devices", "lsusb", "lsusb"),
        ("the md5 sum of a.iso", "md5sum a.iso", "md5sum a.iso"),
        ("check out main", "git checkout main", "git checkout main"),
    ],
)
def test_lost_blanks(request_: str, answer: str, mended: str) -> None:
    assert mend_names(answer, request_) == mended


@pytest.mark.parametrize(
    ("request_", "answer", "mended"),
    [
        ('rename "my data.csv" to x.csv', "mv data.csv x.csv", "mv 'my data.csv' x.csv"),
        ("show 'Tax 2024.pdf' please", "xdg-open '2024.pdf'", "xdg-open 'Tax 2024.pdf'"),
        # but not where it is right, said without quotes as well, or no file
        ('rename "my data.csv" to x.csv', "mv 'my data.csv' x.csv", "mv 'my data.csv' x.csv"),
        ('copy data.csv to "my data.csv"', "cp data.csv 'my data.csv'", "cp data.csv 'my data.csv'"),
        ("it's not in bob's a.txt or ann's b.txt", "cat a.txt b.txt", "cat a.txt b.txt"),
        ('lines with "fatal error" in a.log', "grep error a.log", "grep error a.log"),
    ],
)
def test_names_in_quotes(request_: str, answer: str, mended: str) -> None:
    assert mend_names(answer, request_) == mended


def test_names_of_earlier_turns() -> None:
    earlier = "make saves_old\nmkdir saves_old\n"
    assert mend_names("mv *.sav save_old", "move all .sav files there", earlier) == "mv *.sav saves_old"
    assert mend_names("cat notes_2.txt", "now the second", "cat notes_1.txt") == "cat notes_2.txt"


@pytest.mark.parametrize(
    ("request_", "answer", "earlier"),
    [
        ("json to x_book in all", 'for f in *.json; do mv "$f" "${f%.json}_book.json"; done', "x_book.json"),
        ("names like bear-2019something", "find . -name 'bear-2019*'", ""),
        ("make guacamole as well", "touch guacamole.yml", "make salsa.yml"),
        ("copy it to b.txt", "cp a.txt b.txt", "show a.txt"),
        ("is it as in notes2.txt", "diff notes1.txt notes2.txt", "read notes1.txt"),
        ("convert a.txt to utf8", "iconv -t UTF-8 a.txt", ""),
        ("files over 100.5mb", "find . -type f -size +100M", ""),
        ("archive photos", "tar -czf photos.tar.gz photos", ""),
        ("back up site.conf", "cp site.conf site.conf.bak", ""),
        ("unpack site.tar.gz", "tar -xzf site.tar.gz", ""),
        ("all python files but setup.py", "find . -name '*.py' ! -name setup.py", ""),
        ("rows of a.csv", "awk -F, '{print $1}' a.csv", ""),
    ],
)
def test_left_alone(request_: str, answer: str, earlier: str) -> None:
    assert mend_names(answer, request_, earlier) == answer


def test_only_whole_names() -> None:
    assert mend_names("cat x-car.csv car.csv", "cars.csv and x-car.csv") == "cat x-car.csv car.csv"
