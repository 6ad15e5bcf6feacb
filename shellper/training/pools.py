"""The pools that fill the slots of `.turns` records.

A slot `{size}` has a spoken form, which goes into requests ("100 megs"), and a shell form, which goes into commands
(`100M`). Names, paths, hosts and the like are made from word lists, from words that are listed nowhere and from their
inflections, so that the model learns to copy what it has never seen, not to remember.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random


@dataclass(frozen=True)
class Value:
    """What people say, and what the command gets."""

    spoken: str
    shell: str


def same(text: str) -> Value:
    """A value that is said as it is typed."""
    return Value(text, text)


WORDS = """
report invoice notes summary budget draft final config settings main index data users orders customers products sales
inventory backup archive photo vacation holiday paris berlin scan contract letter resume thesis chapter lecture
homework assignment project plan roadmap meeting minutes agenda slides deck poster logo banner icon header footer
sidebar style theme app server client worker handler router model view controller service helper utils tools script
build deploy release setup install test spec mock fixture schema migration seed query dump export import input output
result results metrics stats analysis training validation sample demo example template readme changelog license todo
ideas journal diary recipe shopping list budget tax payroll bank statement receipt ticket order shipment address
contacts phone email mailing newsletter blog post article page site landing login signup session token auth user admin
profile account payment billing cart catalog search filter map location weather sensor temperature pressure voltage
signal audio video music playlist album track podcast episode trailer clip movie song cover lyrics guitar piano old
new temp tmp cache dist vendor lib core common shared assets static public private secret keys certs docs manual guide
spec api rest graph proto kernel driver module plugin extension patch hotfix feature bugfix crash error access system
auth nginx apache mysql postgres redis mongo kafka docker compose cluster node pod volume network firewall proxy cron
job batch queue task event audit trace debug monitor alert dashboard survey feedback review rating comment message
chat thread forum wiki faq help support garden kitchen travel family kids school work personal misc stuff things alpha
beta gamma delta omega foo bar baz qux lorem hello world apple banana cherry orange lemon tiger panda zebra falcon
phoenix mercury venus mars jupiter saturn neptune winter spring summer autumn january march monday friday
""".split()
WORDS = list(dict.fromkeys(WORDS))
SYLLABLES = """
ba be bo bra ca cha co cor da de dil do dra du el en er fa fi fo fro ga gel gi go gra ha hel hi in ir ja jo ka ki kon
la le li lo lu ma men mi mo na ne ni nor o or pa pe pi plo pra qua ra re ri ro sa se shi si so sta su ta te ti to tra
tu ul ur va ve vi vor wa we xi ya yo za ze zo
""".split()
DIRECTORIES = """
src lib docs tests test build dist bin data logs log backup backups tmp temp downloads Downloads Documents Desktop
Pictures Music Videos Projects projects photos images img assets static public templates scripts config conf configs
node_modules vendor include examples notebooks models reports archive archives old new uploads media mail music movies
work code repos website frontend backend api app server client shared common utils tools plugins modules packages
third_party migrations fixtures results output input cache secrets certs releases deploy infra terraform ansible
charts k8s homework thesis invoices taxes receipts recipes games books papers drafts
""".split()
SYSTEM_DIRECTORIES = """
/var/log /etc /tmp /opt /usr/local /usr/local/bin /usr/bin /usr/share /srv /srv/www /var/www /var/www/html /var/lib
/home /mnt/data /mnt/backup /media/usb /data /opt/app /var/cache /usr/lib /var/tmp /etc/nginx /var/spool /root /boot
/proc /usr/share/doc
""".split()
EXTENSIONS = """
txt log csv json py sh md conf yml yaml xml html css js ts java c cpp h go rs rb php sql pdf docx xlsx jpg jpeg png
gif svg mp3 mp4 wav mkv zip gz tar bak tmp old ini toml cfg env dat db sqlite tsv parquet ipynb tex rst bin iso deb
rpm jar class o so pem key crt out err
""".split()
SPOKEN_EXTENSION = {"py": "python", "js": "javascript", "md": "markdown", "txt": "text", "sh": "shell"}
NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty
""".split()
ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
SEARCH = """
TODO FIXME error ERROR warning WARN timeout Exception failed failure password user_id session token import export main
init connect connection refused denied critical FATAL DEBUG INFO null None undefined deprecated localhost admin root
login logout GET POST segfault overflow memory leak retry panic assert return class def function const async await
select insert update delete index created started stopped success invalid missing unknown expired foo bar hello banana
apple john alice invoice total price amount order customer api_key secret config version license copyright http https
nginx mysql redis java python node server client socket port 404 500 503 200 max_connections listen_port db_host
db_name log_level base_url cache_size user_name first_name last_name
""".split()
# fmt: off
PHRASES = [
    "hello world", "good morning", "this is a test", "disk full", "connection refused", "out of memory",
    "access denied", "file not found", "permission denied", "todo list", "buy milk", "call the bank", "meeting at noon",
    "first line", "last line", "new entry", "do not edit", "happy birthday", "thank you", "see you tomorrow",
    "all systems go", "backup finished", "job done", "release notes", "work in progress", "fix login bug",
    "update readme", "initial commit", "add tests", "remove dead code", "refactor parser", "bump version",
    "lorem ipsum", "no such user", "login failed", "request timed out", "under construction", "coming soon",
    "end of file", "start here", "Hello, World!", "hello there", "some text", "my first note", "eggs, bread, butter",
    "pay rent", "water the plants", "to be continued", "work hard", "stay calm", "invalid password",
    "too many requests", "server started", "user not found", "key not found", "out of range", "broken pipe",
    "null pointer", "stack trace",
]
# fmt: on
PEOPLE = """
alice bob carol dave eve frank grace heidi ivan judy mallory oscar peggy trent walter anna ben clara david emma
felix greta hans ines jonas maria peter sofia tom deploy www-data postgres git jenkins backup admin ubuntu student
guest
""".split()
GROUPS = """
developers staff www-data docker sudo users admin team students devs ops wheel audio video finance hr editors
""".split()
PROGRAMS = """
nginx apache2 python python3 node java chrome firefox postgres mysqld redis-server sshd vim code slack spotify
docker gunicorn celery php-fpm mongod rsync ffmpeg make gcc tmux zoom thunderbird gimp blender vlc discord teams
electron ruby puma cargo webpack vite
""".split()
SERVICES = """
nginx apache2 ssh sshd docker postgresql mysql redis cron cups bluetooth NetworkManager mongodb rabbitmq grafana
prometheus jenkins tomcat elasticsearch haproxy fail2ban ufw snapd rsyslog vsftpd bind9 myapp webapp api worker
gunicorn celery
""".split()
PACKAGES = """
htop git curl wget vim tmux zsh nginx tree jq ripgrep build-essential ffmpeg imagemagick gimp vlc python3-pip nodejs
docker.io neovim fzf bat unzip rsync net-tools dnsutils postgresql redis-server sqlite3 golang cmake gparted screen
nmap tldr-py ncdu
""".split()
PIP = """
requests numpy pandas flask django scipy matplotlib pytest black ruff fastapi sqlalchemy rich click pillow
beautifulsoup4 scikit-learn torch jupyter poetry uvicorn httpx pydantic seaborn boto3
""".split()
NPM = """
express react lodash axios typescript eslint prettier webpack vite jest next vue nodemon dotenv chalk mongoose
tailwindcss rollup moment socket.io
""".split()
BRANCHES = """
main master develop dev feature/login feature/search bugfix/crash hotfix release/1.2 staging experiment feature-x
fix-typo update-deps refactor-api new-ui test-branch payments cleanup docs-update issue-42 my-feature
""".split()
REMOTES = "origin upstream backup fork github gitlab heroku mirror".split()
IMAGES = """
nginx ubuntu postgres:16 redis python:3.12 node:20 alpine myapp mysql:8 debian busybox myapp:latest web:v2
api-server mongo httpd golang:1.22 registry/app
""".split()
CONTAINERS = """
web db api redis cache worker nginx app postgres frontend backend mysql proxy my_container test-db web-1 queue mongo
jenkins
""".split()
VARIABLES = """
PATH HOME EDITOR LANG JAVA_HOME API_KEY DATABASE_URL NODE_ENV DEBUG PYTHONPATH GOPATH TOKEN APP_ENV PORT LOG_LEVEL
SHELL TERM DISPLAY AWS_REGION MY_VAR FOO SECRET_KEY
""".split()
VALUES = """
production development 1 true vim nano 8080 debug staging /usr/local/bin secret123 en_US.UTF-8 test info eu-west-1
bar
""".split()
INTERFACES = "eth0 wlan0 enp3s0 lo docker0 tun0 wlp2s0 br0 ens33".split()
MOUNTS = "/mnt/usb /mnt/data /media/usb /mnt/backup /mnt/disk /mnt/nas /mnt/external".split()
MONTHS = "january february march april may june july august september october november december".split()
DOMAINS = """
example.com example.org google.com github.com mysite.net api.example.com shop.example.net wikipedia.org
intranet.local
""".split()
TOP_LEVEL = "com com com org net io dev de co.uk fr local edu".split()
SEPARATORS = {
    ",": ["comma", ","],
    ":": ["colon", ":"],
    ";": ["semicolon", ";"],
    "|": ["pipe", "|"],
    "-": ["dash", "-"],
    "/": ["slash", "/"],
}


@cache
def _vocabulary() -> list[str]:
    """Some 2,700 words that are no part of the common ones."""
    return (Path(__file__).parent / "data" / "words.txt").read_text(encoding="utf-8").split()


def _word(chance: Random) -> str:
    """A word of a name: a common one, one of the vocabulary, one that nobody has seen, now and then inflected."""
    kind = chance.random()
    if kind < 0.3:
        return chance.choice(WORDS)
    if kind < 0.8:
        return chance.choice(_vocabulary())
    if kind < 0.9:
        return chance.choice(WORDS).removesuffix("s") + chance.choice(["s", "s", "er", "ing", "list"])
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))


def _base(chance: Random) -> str:
    """A base name as people make them: report, report_final, Q3-report, report2024, IMG_2041."""
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
    if kind < 0.80:
        return chance.choice([word.capitalize(), word.upper(), word.capitalize() + _word(chance).capitalize()])
    if kind < 0.86:
        return chance.choice(["IMG_", "DSC", "scan", "v", "test_", "my_", "old-", "new_", "copy_of_"]) + chance.choice(
            [str(chance.randint(1, 9999)), word]
        )
    if kind < 0.92:
        return f"{word}-{chance.randint(2018, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    if kind < 0.96:
        return "".join(chance.choices(string.ascii_lowercase, k=chance.randint(1, 6)))
    return word + chance.choice(["_v2", "-final", ".old", ".prod", ".2024", "_bak", "-v1.2", ".min"])


def _person(chance: Random) -> str:
    return chance.choice(PEOPLE) if chance.random() < 0.7 else _word(chance)


def _folder(chance: Random) -> str:
    """The name of one folder."""
    return chance.choice(DIRECTORIES) if chance.random() < 0.55 else _word(chance)


def _directory(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.42:
        return chance.choice([_folder(chance), _base(chance).split(".")[0]])
    if kind < 0.57:
        return "/".join(_folder(chance) for _ in range(chance.choice([2, 2, 3])))
    if kind < 0.70:
        return chance.choice(SYSTEM_DIRECTORIES)
    if kind < 0.80:
        return "~/" + "/".join(_folder(chance) for _ in range(chance.choice([1, 1, 2])))
    if kind < 0.86:
        return f"/home/{_person(chance)}" + chance.choice(["", "/" + _folder(chance)])
    if kind < 0.91:
        return chance.choice(["../", "./", "../../"]) + _folder(chance)
    if kind < 0.97:
        return "/" + "/".join(_folder(chance) for _ in range(chance.choice([1, 2, 3])))
    return f"{_word(chance)} {_word(chance)}"


def _new_directory(chance: Random) -> str:
    name = _base(chance).split(".")[0]
    kind = chance.random()
    if kind < 0.80:
        return name
    if kind < 0.92:
        return f"{_directory(chance)}/{name}".replace("//", "/")
    return f"{_word(chance)} {_word(chance)}"


def _file(extensions: Sequence[str]) -> Callable[[Random], str]:
    def make(chance: Random) -> str:
        extension = chance.choice(extensions)
        kind = chance.random()
        if kind < 0.05 and len(extensions) > 5:
            return chance.choice(
                [
                    "Makefile",
                    "Dockerfile",
                    "LICENSE",
                    "README",
                    ".bashrc",
                    ".env",
                    ".gitignore",
                    "TODO",
                    "hosts",
                    "notes",
                    _base(chance),
                ]
            )
        base = f"{_word(chance)} {_word(chance)}" if kind < 0.12 else _base(chance)
        folder = f"{_directory(chance)}/" if chance.random() < 0.25 else ""
        return f"{folder}{base}.{extension}".replace("//", "/")

    return make


def amount(chance: Random, low: int = 2, high: int = 50) -> Value:
    number = chance.choice([2, 3, 5, 10, 20, chance.randint(low, high)])
    return Value(NUMBERS[number] if number <= 20 and chance.random() < 0.25 else str(number), str(number))


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
    fixed = [
        ("a week", 7),
        ("one week", 7),
        ("two weeks", 14),
        ("2 weeks", 14),
        ("a month", 30),
        ("24 hours", 1),
        ("a day", 1),
        ("a year", 365),
        ("three months", 90),
        ("6 months", 180),
        ("48 hours", 2),
    ]
    if chance.random() < 0.4:
        spoken, number = chance.choice(fixed)
        return Value(spoken, str(number))
    number = chance.choice([2, 3, 5, 7, 10, 14, 30, 60, 90, chance.randint(2, 365)])
    return Value(f"{NUMBERS[number] if number <= 20 and chance.random() < 0.2 else number} days", str(number))


def _minutes(chance: Random) -> Value:
    fixed = [
        ("half an hour", 30),
        ("an hour", 60),
        ("one hour", 60),
        ("2 hours", 120),
        ("two hours", 120),
        ("3 hours", 180),
        ("a quarter of an hour", 15),
    ]
    if chance.random() < 0.4:
        spoken, number = chance.choice(fixed)
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
    return Value(ORDINALS[number] if chance.random() < 0.6 else f"{number}{suffix}", str(number))


def _extension(chance: Random) -> Value:
    extension = chance.choice(EXTENSIONS)
    kind = chance.random()
    if kind < 0.12 and extension in SPOKEN_EXTENSION:
        return Value(SPOKEN_EXTENSION[extension], extension)
    return Value("." + extension if kind < 0.4 else extension.upper() if kind > 0.97 else extension, extension)


def _separator(chance: Random) -> Value:
    mark = chance.choice([",", ",", ",", *SEPARATORS])
    return Value(chance.choice(SEPARATORS[mark]), mark)


DOWNLOADED = ["tar.gz", "zip", "html", "json", "pdf", "iso", "sh"]


def _url(chance: Random) -> str:
    path = chance.choice(
        [
            "",
            f"/{_file(DOWNLOADED)(chance).replace(' ', '-').rsplit('/', 1)[-1]}",
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


def _search(chance: Random) -> str:
    """A word that is looked for in files."""
    kind = chance.random()
    if kind < 0.4:
        return chance.choice(SEARCH)
    word = _word(chance)
    if kind < 0.75:
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


def _phrase(chance: Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(PHRASES)
    return " ".join(_word(chance) for _ in range(chance.choice([2, 2, 3, 4])))


def _domain(chance: Random) -> str:
    if chance.random() < 0.4:
        return chance.choice(DOMAINS)
    return f"{_word(chance)}{chance.choice(['', '', '-' + _word(chance)])}.{chance.choice(TOP_LEVEL)}"


def _open(pool: Sequence[str], share: float = 0.3) -> Callable[[Random], str]:
    """One of a pool, or with a chance of `share` a word that is not in it."""
    return lambda chance: _word(chance) if chance.random() < share else chance.choice(pool)


def _branch(chance: Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(BRANCHES)
    name = f"{_word(chance)}{chance.choice(['-', '_'])}{chance.choice([_word(chance), str(chance.randint(1, 999))])}"
    return chance.choice(["", "", "feature/", "bugfix/", "fix/", "release/"]) + name


def _image(chance: Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(IMAGES)
    version = chance.choice(
        ["", ":latest", f":{chance.randint(1, 20)}", f":{chance.randint(0, 3)}.{chance.randint(0, 30)}"]
    )
    return _word(chance) + version


def _container(chance: Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(CONTAINERS)
    return _word(chance) + chance.choice(["", f"-{chance.randint(1, 9)}", f"_{_word(chance)}", "-db"])


def _variable(chance: Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(VARIABLES)
    return (_word(chance) + chance.choice(["", f"_{_word(chance)}"])).upper()


def _pick(pool: Sequence[str]) -> Callable[[Random], str]:
    return lambda chance: chance.choice(pool)


TEXT: dict[str, Callable[[Random], str]] = {
    "file": _file([*EXTENSIONS[:12] * 3, *EXTENSIONS]),
    "newfile": _file(EXTENSIONS[:20]),
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
    "text": _phrase,
    "num": lambda chance: str(
        chance.choice([chance.randint(1, 20), chance.randint(1, 200), chance.choice([100, 1000, 5000, 50])])
    ),
    "col": lambda chance: str(chance.randint(1, 9)),
    "mode": _pick(["644", "755", "600", "700", "664", "775", "640", "750", "400", "444", "777", "666"]),
    "user": _person,
    "group": _open(GROUPS),
    "host": _host,
    "ip": _ip,
    "port": lambda chance: str(
        chance.choice(
            [80, 443, 22, 3000, 3306, 5000, 5432, 6379, 8000, 8080, 8443, 9000, 9090, 27017, chance.randint(1024, 9999)]
        )
    ),
    "url": _url,
    "pid": lambda chance: str(chance.randint(100, 32000)),
    "proc": _open(PROGRAMS),
    "svc": _open(SERVICES),
    "pkg": _open(PACKAGES),
    "pip": _open(PIP),
    "npm": _open(NPM),
    "branch": _branch,
    "remote": _open(REMOTES, 0.1),
    "image": _image,
    "container": _container,
    "tag": lambda chance: f"v{chance.randint(0, 5)}.{chance.randint(0, 20)}.{chance.randint(0, 9)}",
    "var": _variable,
    "value": _open(VALUES),
    "date": lambda chance: f"{chance.randint(2015, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
    "month": _pick(MONTHS),
    "year": lambda chance: str(chance.randint(1990, 2030)),
    "hash": lambda chance: "".join(chance.choices("0123456789abcdef", k=7)),
    "iface": _pick(INTERFACES),
    "mount": _pick(MOUNTS),
}
AMOUNTS: dict[str, Callable[[Random], Value]] = {
    "n": amount,
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
    return same(text)
