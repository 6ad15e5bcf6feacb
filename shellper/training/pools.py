"""The pools that fill the slots of `.turns` records.

A slot `{size}` has a spoken form, which goes into requests ("100 megs"), and a shell form, which goes into commands
(`100M`). Names, paths, hosts and the like are made from word lists, from words that are listed nowhere and from their
inflections, so that the model learns to copy what it has never seen, not to remember.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from shellper.training import vocabulary


@dataclass(frozen=True)
class Value:
    """What people say, and what the command gets."""

    spoken: str
    shell: str


Draw = Callable[[Random], str]
_WORD_START = re.compile(r"(?<![A-Za-z0-9.])[a-z]")


def _word(chance: Random) -> str:
    """A word of a name: a common one, now and then inflected, a rarer one, or one that nobody has seen."""
    kind = chance.random()
    if kind < 0.3:
        return chance.choice(vocabulary.WORDS)
    if kind < 0.8:
        return chance.choice(vocabulary.rarer_words())
    if kind < 0.9:
        return chance.choice(vocabulary.WORDS).removesuffix("s") + chance.choice(["s", "s", "er", "ing", "list"])
    return "".join(chance.choices(vocabulary.SYLLABLES, k=chance.randint(2, 4)))


def _pick(pool: Sequence[str]) -> Draw:
    """One of a pool."""
    return lambda chance: chance.choice(pool)


def _open(pool: Sequence[str], *, share: float = 0.3, made: Draw = _word) -> Draw:
    """One of a pool, or with a chance of `share` one that is made."""
    return lambda chance: made(chance) if chance.random() < share else chance.choice(pool)


def _cased(text: str, chance: Random, share: float) -> str:
    """A text as it is, or with a chance of `share` with capitals: My Photos, Final-Report, BACKUP, Buy milk."""
    if chance.random() >= share:
        return text
    kind = chance.random()
    if kind < 0.5:
        return text[:1].upper() + text[1:]
    return _WORD_START.sub(lambda match: match[0].upper(), text) if kind < 0.85 else text.upper()


def _pair(chance: Random) -> str:
    """A name of two words."""
    return _cased(f"{_word(chance)} {_word(chance)}", chance, 0.4)


def _base(chance: Random) -> str:
    """A base name as people make them: report, Report_Final, Q3-report, report2024, IMG_2041."""
    return _cased(_plain_base(chance), chance, 0.22)


def _plain_base(chance: Random) -> str:
    word = _word(chance)
    kind = chance.random()
    if kind < 0.38:
        return word
    if kind < 0.60:
        return word + chance.choice("_-") + _word(chance)
    if kind < 0.72:
        return (
            word
            + chance.choice(["", "_", "-"])
            + str(chance.choice([1, 2, 3, 7, 10, 42, 2019, 2023, 2024, 2025, chance.randint(1, 999)]))
        )
    if kind < 0.76:
        return word.capitalize() + _word(chance).capitalize()
    if kind < 0.86:
        return chance.choice(["IMG_", "DSC", "scan", "v", "test_", "my_", "old-", "new_", "copy_of_"]) + chance.choice(
            [str(chance.randint(1, 9999)), word]
        )
    if kind < 0.92:
        return f"{word}-{chance.randint(2018, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    if kind < 0.96:
        return "".join(chance.choices(string.ascii_lowercase, k=chance.randint(1, 6)))
    return word + chance.choice(["_v2", "-final", ".old", ".prod", ".2024", "_bak", "-v1.2", ".min"])


_person = _open(vocabulary.PEOPLE)
_any_folder = _open(vocabulary.DIRECTORIES, share=0.45)


def _folder(chance: Random) -> str:
    return _cased(_any_folder(chance), chance, 0.18)


def _directory(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.42:
        return chance.choice([_folder(chance), _base(chance).split(".")[0]])
    if kind < 0.57:
        return "/".join(_folder(chance) for _ in range(chance.choice([2, 2, 3])))
    if kind < 0.70:
        return chance.choice(vocabulary.SYSTEM_DIRECTORIES)
    if kind < 0.80:
        return "~/" + "/".join(_folder(chance) for _ in range(chance.choice([1, 1, 2])))
    if kind < 0.86:
        return f"/home/{_person(chance)}" + chance.choice(["", "/" + _folder(chance)])
    if kind < 0.91:
        return chance.choice(["../", "./", "../../"]) + _folder(chance)
    if kind < 0.97:
        return "/" + "/".join(_folder(chance) for _ in range(chance.choice([1, 2, 3])))
    return _pair(chance)


def _new_directory(chance: Random) -> str:
    name = _base(chance).split(".")[0]
    kind = chance.random()
    if kind < 0.80:
        return name
    if kind < 0.92:
        return f"{_directory(chance)}/{name}".replace("//", "/")
    return _pair(chance)


def _file(extensions: Sequence[str]) -> Draw:
    def make(chance: Random) -> str:
        extension = chance.choice(extensions)
        kind = chance.random()
        if kind < 0.05 and len(extensions) > 5:
            return chance.choice([*vocabulary.WHOLE_NAMES, _base(chance)])
        base = _pair(chance) if kind < 0.12 else _base(chance)
        folder = f"{_directory(chance)}/" if chance.random() < 0.25 else ""
        return f"{folder}{base}.{extension}".replace("//", "/")

    return make


def _amount(chance: Random) -> Value:
    number = chance.choice([2, 3, 5, 10, 20, chance.randint(2, 50)])
    return Value(vocabulary.NUMBERS[number] if number <= 20 and chance.random() < 0.25 else str(number), str(number))


def _size(chance: Random) -> Value:
    unit = chance.choice("kMMMGG")
    number = (
        chance.choice([1, 2, 5, 10, 20, 50, 100, 200, 250, 500, chance.randint(1, 900)])
        if unit != "G"
        else chance.choice([1, 1, 2, 3, 4, 5, 10, 20])
    )
    spoken = {
        "k": ["k", "kb", "KB", " KB", "K", " kilobytes", " kb"],
        "M": ["M", "MB", " MB", "mb", " megabytes", " megs", "m", " mb", " MiB"],
        "G": ["G", "GB", " GB", "gb", " gigabytes", " gigs", "g", " gb", " GiB"],
    }[unit]
    words = chance.choice(spoken)
    if number == 1 and words[0] == " ":
        words = words.removesuffix("s")
    return Value(f"{number}{words}", f"{number}{unit}")


def _days(chance: Random) -> Value:
    if chance.random() < 0.4:
        spoken, number = chance.choice(vocabulary.IN_DAYS)
        return Value(spoken, str(number))
    number = chance.choice([2, 3, 5, 7, 10, 14, 30, 60, 90, chance.randint(2, 365)])
    return Value(
        f"{vocabulary.NUMBERS[number] if number <= 20 and chance.random() < 0.2 else number} days", str(number)
    )


def _minutes(chance: Random) -> Value:
    if chance.random() < 0.4:
        spoken, number = chance.choice(vocabulary.IN_MINUTES)
        return Value(spoken, str(number))
    number = chance.choice([5, 10, 15, 20, 30, 45, 90, chance.randint(2, 120)])
    return Value(f"{number} {chance.choice(['minutes', 'minutes', 'mins', 'min'])}", str(number))


def _seconds(chance: Random) -> Value:
    number = chance.choice([1, 2, 5, 10, 30, 60])
    return Value(
        "1 second" if number == 1 else f"{number} {chance.choice(['seconds', 'seconds', 'secs', 's'])}", str(number)
    )


def _ordinal(chance: Random) -> Value:
    number = chance.randint(1, 12)
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number, "th")
    return Value(vocabulary.ORDINALS[number] if chance.random() < 0.6 else f"{number}{suffix}", str(number))


def _extension(chance: Random) -> Value:
    extension = chance.choice(vocabulary.EXTENSIONS)
    kind = chance.random()
    if kind < 0.12 and extension in vocabulary.SPOKEN_EXTENSION:
        return Value(vocabulary.SPOKEN_EXTENSION[extension], extension)
    return Value("." + extension if kind < 0.4 else extension.upper() if kind > 0.97 else extension, extension)


def _separator(chance: Random) -> Value:
    mark = chance.choice([",", ",", ",", *vocabulary.SEPARATORS])
    return Value(chance.choice(vocabulary.SEPARATORS[mark]), mark)


def _new_domain(chance: Random) -> str:
    return f"{_word(chance)}{chance.choice(['', '', '-' + _word(chance)])}.{chance.choice(vocabulary.TOP_LEVEL)}"


_domain = _open(vocabulary.DOMAINS, share=0.6, made=_new_domain)


def _url(chance: Random) -> str:
    path = chance.choice(
        [
            "",
            f"/{_file(vocabulary.DOWNLOADED)(chance).replace(' ', '-').rsplit('/', 1)[-1]}",
            f"/{_word(chance)}",
            f"/api/{_word(chance)}",
        ]
    )
    return f"{chance.choice(['https', 'https', 'http'])}://{_domain(chance)}{path}"


def _host(chance: Random) -> str:
    return chance.choice(
        [
            _domain(chance),
            _ip(chance),
            f"{chance.choice(['web', 'db', 'server', 'node', 'prod', 'dev'])}{chance.choice(['', '1', '2', '-01'])}",
            f"{_word(chance)}.{_domain(chance)}",
        ]
    )


def _ip(chance: Random) -> str:
    return chance.choice(["192.168.{}.{}", "10.0.{}.{}", "172.16.{}.{}"]).format(
        chance.randint(0, 9), chance.randint(1, 254)
    )


def _new_search(chance: Random) -> str:
    word = _word(chance)
    if chance.random() < 0.58:
        return word
    return chance.choice(
        [
            word.capitalize(),
            word.upper(),
            f"{word}_{_word(chance)}",
            f"{word}{chance.randint(1, 99)}",
            f"{word[:1].upper()}{chance.randint(100, 9999)}",
            word + _word(chance).capitalize(),
        ]
    )


_search = _open(vocabulary.SEARCH, share=0.6, made=_new_search)


def _new_phrase(chance: Random) -> str:
    return " ".join(_word(chance) for _ in range(chance.choice([2, 2, 3, 4])))


_phrase = _open(vocabulary.PHRASES, share=0.5, made=_new_phrase)


def _new_branch(chance: Random) -> str:
    name = f"{_word(chance)}{chance.choice(['-', '_'])}{chance.choice([_word(chance), str(chance.randint(1, 999))])}"
    return chance.choice(["", "", "feature/", "bugfix/", "fix/", "release/"]) + name


def _new_image(chance: Random) -> str:
    version = chance.choice(
        ["", ":latest", f":{chance.randint(1, 20)}", f":{chance.randint(0, 3)}.{chance.randint(0, 30)}"]
    )
    return _word(chance) + version


def _new_container(chance: Random) -> str:
    return _word(chance) + chance.choice(["", f"-{chance.randint(1, 9)}", f"_{_word(chance)}", "-db"])


def _new_variable(chance: Random) -> str:
    return (_word(chance) + chance.choice(["", f"_{_word(chance)}"])).upper()


TEXT: dict[str, Draw] = {
    "file": _file([*vocabulary.EXTENSIONS[:12] * 3, *vocabulary.EXTENSIONS]),
    "newfile": _file(vocabulary.EXTENSIONS[:20]),
    "txt": _file(["txt"]),
    "log": _file(["log"]),
    "csv": _file(["csv"]),
    "json": _file(["json"]),
    "py": _file(["py"]),
    "sh": _file(["sh"]),
    "md": _file(["md"]),
    "conf": _file(["conf", "cfg", "ini", "yml", "yaml", "toml"]),
    "img": _file(["jpg", "png", "jpeg", "gif"]),
    "pdf": _file(["pdf"]),
    "video": _file(["mp4", "mkv", "avi"]),
    "html": _file(["html"]),
    "sql": _file(["sql"]),
    "tgz": _file(["tar.gz", "tar.gz", "tgz"]),
    "zip": _file(["zip"]),
    "gz": _file(["gz", "log.gz", "txt.gz", "csv.gz"]),
    "tar": _file(["tar"]),
    "dir": _directory,
    "newdir": _new_directory,
    "name": lambda chance: _base(chance).split(".")[0],
    "word": _search,
    "new": lambda chance: chance.choice([_word(chance), _search(chance)]),
    "text": lambda chance: _cased(_phrase(chance), chance, 0.25),
    "num": lambda chance: str(
        chance.choice([chance.randint(1, 20), chance.randint(1, 200), chance.choice([100, 1000, 5000, 50])])
    ),
    "col": lambda chance: str(chance.randint(1, 9)),
    "mode": _pick(["644", "755", "600", "700", "664", "775", "640", "750", "400", "444", "777", "666"]),
    "user": _person,
    "group": _open(vocabulary.GROUPS),
    "host": _host,
    "ip": _ip,
    "port": lambda chance: str(
        chance.choice(
            [80, 443, 22, 3000, 3306, 5000, 5432, 6379, 8000, 8080, 8443, 9000, 9090, 27017, chance.randint(1024, 9999)]
        )
    ),
    "url": _url,
    "pid": lambda chance: str(chance.randint(100, 32000)),
    "proc": _open(vocabulary.PROGRAMS),
    "svc": _open(vocabulary.SERVICES),
    "pkg": _open(vocabulary.PACKAGES),
    "pip": _open(vocabulary.PIP),
    "npm": _open(vocabulary.NPM),
    "branch": _open(vocabulary.BRANCHES, share=0.5, made=_new_branch),
    "remote": _open(vocabulary.REMOTES, share=0.1),
    "image": _open(vocabulary.IMAGES, share=0.5, made=_new_image),
    "container": _open(vocabulary.CONTAINERS, share=0.5, made=_new_container),
    "tag": lambda chance: f"v{chance.randint(0, 5)}.{chance.randint(0, 20)}.{chance.randint(0, 9)}",
    "var": _open(vocabulary.VARIABLES, share=0.5, made=_new_variable),
    "value": _open(vocabulary.VALUES),
    "date": lambda chance: f"{chance.randint(2015, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
    "month": _pick(vocabulary.MONTHS),
    "year": lambda chance: str(chance.randint(1990, 2030)),
    "hash": lambda chance: "".join(chance.choices("0123456789abcdef", k=7)),
    "iface": _pick(vocabulary.INTERFACES),
    "mount": _pick(vocabulary.MOUNTS),
}
AMOUNTS: dict[str, Callable[[Random], Value]] = {
    "n": _amount,
    "size": _size,
    "days": _days,
    "mins": _minutes,
    "secs": _seconds,
    "nth": _ordinal,
    "ext": _extension,
    "sep": _separator,
}


def is_slot(name: str) -> bool:
    """Whether there is a pool of this name."""
    return name in TEXT or name in AMOUNTS


def draw(name: str, chance: Random) -> Value:
    """A random value of a pool."""
    if name in AMOUNTS:
        return AMOUNTS[name](chance)
    text = TEXT[name](chance)
    if name in {"dir", "newdir"} and chance.random() < 0.06 and not text.endswith("/"):
        return Value(text + "/", text)
    return Value(text, text)
