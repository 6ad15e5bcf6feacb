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
    ("request_", "answer", "earlier"),
    [
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
