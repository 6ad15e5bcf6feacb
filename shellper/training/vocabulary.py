"""The word lists that pools.py draws from: names, paths, programs, phrases, and how numbers are said."""

from __future__ import annotations

from functools import cache

from shellper.training import DATA

WORDS = """
report invoice notes summary budget draft final config settings main index data users orders customers products sales
inventory backup archive photo vacation holiday paris berlin scan contract letter resume thesis chapter lecture
homework assignment project plan roadmap meeting minutes agenda slides deck poster logo banner icon header footer
sidebar style theme app server client worker handler router model view controller service helper utils tools script
build deploy release setup install test spec mock fixture schema migration seed query dump export import input output
result results metrics stats analysis training validation sample demo example template readme changelog license todo
ideas journal diary recipe shopping list tax payroll bank statement receipt ticket order shipment address
contacts phone email mailing newsletter blog post article page site landing login signup session token auth user admin
profile account payment billing cart catalog search filter map location weather sensor temperature pressure voltage
signal audio video music playlist album track podcast episode trailer clip movie song cover lyrics guitar piano old
new temp tmp cache dist vendor lib core common shared assets static public private secret keys certs docs manual guide
api rest graph proto kernel driver module plugin extension patch hotfix feature bugfix crash error access system
nginx apache mysql postgres redis mongo kafka docker compose cluster node pod volume network firewall proxy cron
job batch queue task event audit trace debug monitor alert dashboard survey feedback review rating comment message
chat thread forum wiki faq help support garden kitchen travel family kids school work personal misc stuff things alpha
beta gamma delta omega foo bar baz qux lorem hello world apple banana cherry orange lemon tiger panda zebra falcon
phoenix mercury venus mars jupiter saturn neptune winter spring summer autumn january march monday friday
""".split()
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
WHOLE_NAMES = "Makefile Dockerfile LICENSE README .bashrc .env .gitignore TODO hosts notes".split()
EXTENSIONS = """
txt log csv json py sh md conf yml yaml xml html css js ts java c cpp h go rs rb php sql pdf docx xlsx jpg jpeg png
gif svg mp3 mp4 wav mkv zip gz tar bak tmp old ini toml cfg env dat db sqlite tsv parquet ipynb tex rst bin iso deb
rpm jar class o so pem key crt out err
""".split()
DOWNLOADED = "tar.gz zip html json pdf iso sh".split()
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
IN_DAYS = [
    ("a week", 7), ("one week", 7), ("two weeks", 14), ("2 weeks", 14), ("a month", 30), ("24 hours", 1),
    ("a day", 1), ("a year", 365), ("three months", 90), ("6 months", 180), ("48 hours", 2),
]
IN_MINUTES = [
    ("half an hour", 30), ("an hour", 60), ("one hour", 60), ("2 hours", 120), ("two hours", 120), ("3 hours", 180),
    ("a quarter of an hour", 15),
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
def rarer_words() -> list[str]:
    """Some 2,700 words that are not among WORDS. Raises OSError."""
    return (DATA / "words.txt").read_text(encoding="utf-8").split()
