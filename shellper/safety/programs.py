"""What everyday programs and their options do, in a few words each: the table behind `shellper explain`.

Format: `program: what it does | what its operands are`, then one option a line, indented; `git commit` and the like
are programs of their own. `=` after an option: it takes a value. What is not in the table is called unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache


@dataclass(frozen=True)
class Program:
    """One program or subcommand of the table."""

    summary: str
    operands: str = ""
    options: dict[str, str] = field(default_factory=dict)


@cache
def programs() -> dict[str, Program]:
    """The table by name, subcommands under `git commit` and so on."""
    found: dict[str, Program] = {}
    options: dict[str, str] = {}
    for line in _TABLE.strip().splitlines():
        if line.startswith(" "):
            names, _, meaning = line.strip().partition(": ")
            for name in names.split(", "):
                options[name] = meaning
        else:
            head, _, rest = line.partition(": ")
            summary, _, operands = rest.partition(" | ")
            options = {}
            for name in head.split(", "):
                found[name] = Program(summary, operands, options)
    return found


_TABLE = """
ls: lists files and directories | what to list
  -a, --all: also hidden files
  -A: also hidden files, without . and ..
  -l: one a line, with permissions, owner, size and time
  -h, --human-readable: sizes in K, M, G
  -t: newest first
  -r, --reverse: in reverse order
  -S: largest first
  -R, --recursive: with everything below
  -d, --directory: directories themselves, not what is in them
  -1: one name a line
  -i: with inode numbers
  -F: marks directories and programs
  -X: sorted by extension
cd: changes the current directory | the directory to go to
pwd: prints the current directory
cat: prints files one after the other | the files
  -n, --number: with line numbers
  -A: shows invisible characters
  -b: numbers lines that are not empty
  -s: squeezes empty lines
cp: copies files | from, and last where to
  -r, -R, --recursive: directories with everything in them
  -a, --archive: directories too, keeping times, owners and links
  -p: keeps times and permissions
  -n, --no-clobber: never overwrites
  -i, --interactive: asks before it overwrites
  -f, --force: overwrites without asking
  -u, --update: only when the source is newer
  -v, --verbose: says what it does
  -t: the directory to copy to
mv: moves or renames files | from, and last where to
  -n, --no-clobber: never overwrites
  -i, --interactive: asks before it overwrites
  -f, --force: overwrites without asking
  -u, --update: only when the source is newer
  -v, --verbose: says what it does
  -t: the directory to move to
rm: removes files for good | what to remove
  -r, -R, --recursive: directories with everything in them
  -f, --force: never asks, ignores what does not exist
  -i: asks before each one
  -I: asks once
  -d, --dir: empty directories too
  -v, --verbose: says what it does
rmdir: removes empty directories | the directories
  -p, --parents: their parents too
mkdir: makes directories | the directories
  -p, --parents: with the parents that are missing; no error if it exists
  -v, --verbose: says what it does
  -m, --mode: with these permissions
touch: makes files, or sets their time to now | the files
  -c: makes no new file
  -d, --date: to this time
  -r: to the time of this file
ln: makes a link | what it points to, and its name
  -s, --symbolic: a symbolic link
  -f, --force: replaces what is there
  -n: treats a link to a directory as a file
  -v: says what it does
find: looks for files in a directory tree | where to start
  -name: with this name (a pattern)
  -iname: with this name, upper or lower case
  -path: with this path (a pattern)
  -type: of this type (f file, d directory, l link)
  -size: of this size (+ larger, - smaller)
  -mtime: changed this many days ago (- less, + more)
  -mmin: changed this many minutes ago (- less, + more)
  -newer: newer than this file
  -maxdepth: at most this deep
  -mindepth: at least this deep
  -empty: that are empty
  -user: that belong to this user
  -perm: with these permissions
  -print: prints the names
  -print0: prints the names, separated by NUL
  -printf: prints in this form
  -delete: removes what it finds
  -exec: runs a command on what it finds
  -not: turns the next test around
  -o: or
  -prune: does not go into it
  -regex: whose path matches this expression
  -ls: lists what it finds
grep: prints the lines that match a pattern | the pattern, then the files
  -i, --ignore-case: upper or lower case
  -r, -R, --recursive: in all files of a directory tree
  -n, --line-number: with line numbers
  -v, --invert-match: the lines that do not match
  -c, --count: only how many
  -l, --files-with-matches: only the names of files that match
  -L: only the names of files that do not match
  -w, --word-regexp: whole words
  -x: whole lines
  -E, --extended-regexp: an extended expression
  -F, --fixed-strings: plain text, no expression
  -P: a Perl expression
  -o, --only-matching: only the part that matches
  -q, --quiet: prints nothing, only tells by its status
  -h: without file names
  -H: with file names
  -A: this many lines after
  -B: this many lines before
  -C: this many lines around
  -m: stops after this many matches
  -e: the pattern
  -f: patterns from this file
  -s: no messages about missing files
  --include: only files with this name
  --exclude: no files with this name
  --exclude-dir: no directories with this name
  --color: matches in colour
head: prints the beginning of files | the files
  -n, --lines: this many lines
  -c, --bytes: this many bytes
  -q: without headings
tail: prints the end of files | the files
  -n, --lines: this many lines (+N: from line N)
  -c, --bytes: this many bytes
  -f, --follow: goes on as the file grows
  -F: goes on, also when the file is replaced
wc: counts lines, words and bytes | the files
  -l, --lines: lines
  -w, --words: words
  -c, --bytes: bytes
  -m, --chars: characters
  -L: the length of the longest line
sort: sorts lines | the files
  -n, --numeric-sort: as numbers
  -r, --reverse: in reverse order
  -u, --unique: each line once
  -k, --key: by this column
  -t: columns are separated by this
  -h, --human-numeric-sort: as sizes such as 2K, 1G
  -f: upper and lower case alike
  -o: writes to this file
  -V: as version numbers
  -R: in random order
  -z: lines end in NUL
uniq: merges equal neighbouring lines | from, to
  -c, --count: with how often each came
  -d: only those that came more than once
  -u: only those that came once
  -i: upper or lower case
cut: prints parts of each line | the files
  -d, --delimiter: fields are separated by this
  -f, --fields: these fields
  -c: these characters
  -b: these bytes
  --complement: all but these
tr: replaces or removes characters | from which, to which
  -d, --delete: removes them
  -s, --squeeze-repeats: makes runs of one character single
  -c: all other characters
awk: runs a small program on each line | the program, then the files
  -F: fields are separated by this
  -v: sets a variable
  -f: the program is in this file
sed: edits lines | the edit, then the files
  -i, --in-place: changes the files themselves
  -n, --quiet: prints only what it is told to
  -e, --expression: the edit
  -E, -r: extended expressions
  -f: edits from this file
  -s: each file on its own
xargs: runs a command with the words that it reads as arguments | the command
  -0, --null: words end in NUL
  -n, --max-args: this many at a time
  -I: puts each word where this stands
  -P, --max-procs: this many at the same time
  -r, --no-run-if-empty: not when there are none
  -d: words are separated by this
  -p: asks before each
  -t: says what it does
  -L: this many lines at a time
tee: prints its input and writes it to files as well | the files
  -a, --append: adds to them
echo: prints its arguments | what to print
  -n: without a newline at the end
  -e: with \\n, \\t and the like read as such
printf: prints in a form | the form, then values
diff: shows how files differ | the two files or directories
  -u, --unified: in the form that patch reads
  -r, --recursive: directories with everything in them
  -q, --brief: only whether they differ
  -y: side by side
  -i: upper or lower case
  -w: ignores white space
  -N: missing files count as empty
du: tells how much space files take | what to measure
  -h, --human-readable: in K, M, G
  -s, --summarize: only the sum
  -a, --all: each file too
  -d, --max-depth: only this deep
  -c, --total: with a sum at the end
  -k: in KiB
  -m: in MiB
  -x: stays on one file system
df: tells how full file systems are | which ones
  -h, --human-readable: in K, M, G
  -i: inodes, not bytes
  -T: with their types
chmod: changes permissions | the permissions, then the files
  -R, --recursive: directories with everything in them
  -v: says what it does
  --reference: like this file
chown: changes the owner | the owner, then the files
  -R, --recursive: directories with everything in them
  -h: links themselves
stat: prints what is known about files | the files
  -c, --format: in this form
  -f: in this form (on macOS), the file system (elsewhere)
file: tells what kind of file it is | the files
ps: lists processes | which ones
  -e, -A: all of them
  -f: with more about each
  -o: these columns
  -u: of this user
  -p: these numbers
kill: sends processes a signal, usually to stop | the process numbers
  -9, -KILL: at once, they cannot object
  -15, -TERM: asks them to stop
  -s: this signal
  -l: lists the signals
  -HUP, -1: hang up, often reread settings
pkill: stops processes by name | the name
  -f: looks at the whole command line
  -9: at once
  -u: of this user
killall: stops processes by name | the names
  -9: at once
top, htop: shows processes as they run
tar: packs and unpacks archives | the files
  -c, --create: packs
  -x, --extract: unpacks
  -t, --list: lists what is inside
  -f, --file: the archive
  -z, --gzip: with gzip
  -j: with bzip2
  -J: with xz
  -v, --verbose: names each file
  -C, --directory: in this directory
  -p: keeps permissions
  --exclude: without these
  --strip-components: without this many leading directories
zip: packs files into a zip archive | the archive, then the files
  -r: directories with everything in them
  -q: quietly
  -x: without these
unzip: unpacks a zip archive | the archive
  -l: only lists
  -d: into this directory
  -o: overwrites without asking
  -q: quietly
gzip, gunzip: packs or unpacks each file in its place | the files
  -d: unpacks
  -k, --keep: keeps the original
  -c: prints, leaves the file alone
  -r: directories with everything in them
curl: fetches from a web address | the address
  -o, --output: writes to this file
  -O, --remote-name: writes to a file of the same name
  -L, --location: follows redirections
  -s, --silent: quietly
  -S, --show-error: but shows errors
  -f, --fail: an error page counts as failure
  -I, --head: only the headers
  -X, --request: with this method
  -H, --header: with this header
  -d, --data: sends this
  -u, --user: with this user and password
  -k, --insecure: does not check certificates
  -v, --verbose: shows what goes on
  -F: sends a form
wget: fetches from a web address into a file | the address
  -O: writes to this file
  -q, --quiet: quietly
  -c, --continue: goes on where it stopped
  -r, --recursive: follows links
  -P: into this directory
ssh: logs in to another machine, or runs a command there | the machine, then the command
  -p: port
  -i: with this key
  -L: forwards a port from here
  -R: forwards a port to here
  -N: runs no command
  -t: with a terminal
  -v: shows what goes on
scp: copies files between machines | from, and last where to
  -r: directories with everything in them
  -P: port
  -i: with this key
rsync: copies what differs | from, and last where to
  -a, --archive: everything, with times, owners and links
  -v, --verbose: names each file
  -z, --compress: compressed on the way
  -n, --dry-run: only shows what it would do
  -P: shows progress, keeps partial files
  -r, --recursive: directories with everything in them
  -u: not when the target is newer
  --delete: removes at the target what the source lacks
  --progress: shows progress
  --exclude: without these
  -e: through this shell
sudo: runs a command with the administrator's rights | the command
  -u: as this user
  -i: as after a login
  -E: keeps the environment
env: prints the environment, or runs a command in a changed one | NAME=value, then the command
  -i: starts with an empty one
  -u: without this variable
export: hands variables on to the programs that are started | NAME=value
source, .: runs a script in this shell | the script
eval: runs its arguments as a command | the command
alias: gives a command a short name | NAME=command
nohup: lets a command go on after logout | the command
timeout: stops a command after a time | the time, then the command
time: tells how long a command takes | the command
watch: repeats a command and shows its output | the command
  -n: every this many seconds
  -d: marks what changed
bash, sh, zsh: runs a script or a command | the script
  -c: runs this text
  -s: reads commands from its input
  -x: prints each command first
  -n: only checks it
  -l: as after a login
  -i: as if typed
python, python3: runs Python | the script
  -c: runs this text
  -m: runs this module
node: runs JavaScript | the script
  -e: runs this text
make: builds what the Makefile describes | what to build
  -j: this many steps at the same time
  -C: in this directory
  -f: with this Makefile
  -n: only shows what it would do
  -B: everything anew
man: shows the manual | of what
which: tells where a program is | the program
date: prints the date | the form, after +
  -d: of this time
  -u: in universal time
sleep: waits | this long (seconds)
seq: prints numbers | from, step, to
  -w: all equally wide
  -s: separated by this
basename: prints a path without its directories | the path
dirname: prints the directory of a path | the path
less: shows text page by page | the files
ping: tests whether a machine answers | the machine
  -c: this many times
ip: shows or changes the network | what
lsof: lists open files | which
  -i: of network connections
  -t: only process numbers
  -p: of this process
ss: lists network connections
  -t: TCP
  -u: UDP
  -l: that listen
  -n: as numbers
  -p: with their processes
systemctl: controls services | what to do, then the service
journalctl: shows the system's log
  -u: of this service
  -f, --follow: goes on
  -e: at its end
  -n: this many lines
  --since: from this time on
apt, apt-get: installs and removes software | what to do, then the packages
  -y, --yes: without asking
brew: installs and removes software | what to do, then the packages
pip, pip3: installs Python packages | what to do, then the packages
  -r: those listed in this file
  -U, --upgrade: newer ones
  -e: so that changes take effect
npm: manages JavaScript packages | what to do
jq: picks out parts of JSON | the filter, then the files
  -r, --raw-output: text without quotes
  -c: on one line
  -n: without input
dd: copies raw data | if=from, of=to, bs=block size, count=how many
truncate: sets the size of files | the files
  -s, --size: to this size
true, :: does nothing, and succeeds
test, [: tests a condition | the condition
read: reads a line into variables | the variables
  -r: backslashes stay
  -p: with this question
git: works with a git repository | what to do
  -C: in this directory
  -c: with this setting
git status: shows what changed
  -s, --short: briefly
git add: takes changes into the next commit | the files
  -A, --all: all of them
  -p, --patch: asks about each
git commit: records what was added
  -m, --message: with this message
  -a, --all: with all changes to known files
  --amend: in place of the last commit
  --no-edit: keeps its message
git push: sends commits to another repository | where, which
  -f, --force: overwrites what is there
  -u, --set-upstream: remembers where
  --force-with-lease: overwrites what is there if nobody else changed it
  --tags: with the tags
git pull: fetches commits and merges them | from where, which
  --rebase: puts own commits on top
git fetch: fetches commits | from where
  --all: from everywhere
  --prune, -p: forgets branches that are gone
git clone: copies a repository | the address, the directory
  --depth: only this many commits
git checkout: goes to a branch or commit, or restores files | which
  -b: makes a new branch
git switch: goes to a branch | which
  -c: makes a new branch
git branch: lists, makes or removes branches | the branch
  -a: also those elsewhere
  -d: removes a merged one
  -D: removes one, merged or not
  -m: renames one
git log: shows the commits
  --oneline: one a line
  --graph: as a graph
  -n: this many
  -p: with their changes
git diff: shows changes | between what
  --staged, --cached: that were added
  --stat: only how many
git reset: moves the branch back | to which commit
  --hard: and throws away changes to files
  --soft: and keeps changes added
git stash: puts changes aside
git merge: merges a branch | which
git rebase: puts commits on top of others | of which
  -i, --interactive: lets one choose and change them
git clean: removes files that git does not track
  -f, --force: really
  -d: directories too
  -x: ignored ones too
  -n, --dry-run: only shows what it would do
git restore: restores files | the files
  --staged: takes back what was added
docker: works with containers | what to do
docker run: starts a new container | the image, then the command
  -i: with input
  -t: with a terminal
  -d, --detach: in the background
  --rm: removes it afterwards
  -p, --publish: joins a port
  -v, --volume: shows it a directory
  -e, --env: with a variable
  --name: with this name
docker ps: lists containers
  -a, --all: also stopped ones
  -q, --quiet: only their numbers
docker exec: runs a command in a container | the container, then the command
  -i: with input
  -t: with a terminal
docker build: builds an image | from this directory
  -t, --tag: with this name
  -f, --file: with this Dockerfile
docker logs: shows what a container printed | the container
  -f, --follow: goes on
docker rm: removes containers | the containers
  -f, --force: also running ones
docker stop: stops containers | the containers
docker images: lists images
docker compose: works with the containers of a project | what to do
kubectl: works with a cluster | what to do
  -n, --namespace: in this namespace
"""
