"""Options that take their value from the next argument, by program: what is needed to tell operands apart."""

# ruff: noqa: E501 - one program a line
from __future__ import annotations

from shellper.safety.interpreters import FILE_RUNNERS, SHELLS


def _options(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHELL = _options("-o -O +o +O --rcfile --init-file")
_CURL = (
    "-o -d -H -X -u -U -A -b -c -e -F -T -x -m -w -K -E -C -r -Y -y -z --output --data --data-ascii --data-binary"
    " --data-raw --data-urlencode --json --form --form-string --url-query --variable --upload-file --header"
    " --proxy-header --request --user --proxy-user --oauth2-bearer --user-agent --cookie --cookie-jar --referer --proxy"
    " --max-time --write-out --config --cert --key --cacert --connect-timeout --retry --resolve --url"
)
_GIT = "-C -c --git-dir --work-tree --namespace -m --author --message"
_DOCKER = "-H --host --context -v --volume --mount -e --env -p --publish --name --network -w --workdir -u --user"
_DOCKER_RUN = (
    "-e --env -v --volume -p --publish --name -w --workdir -u --user --network --net --mount --entrypoint -h --hostname"
    " --env-file -m --memory --cpus --gpus --restart --platform --pid --ipc --cap-add --device -l --label --add-host"
    " --shm-size --ulimit --dns --security-opt --pull --log-driver -f --file --volumes-from --tmpfs --userns"
)

VALUED: dict[str, frozenset[str]] = {
    "sudo": _options("-u -g -p -C -D -h -r -t -T -U -R --user --group --prompt --chdir --host --close-from --chroot"),
    "doas": _options("-u -C"),
    "pkexec": _options("--user"),
    "su": _options("-s -g -G -w --shell --group"),
    "runuser": _options("-u -s -g -G --user --shell --group"),
    "env": _options("-u -C --unset --chdir -a --argv0 -S --split-string"),
    "timeout": _options("-s -k --signal --kill-after"),
    "nice": _options("-n --adjustment"),
    "ionice": _options("-c -n --class --classdata"),
    "chrt": _options("-T -P -D"),
    "stdbuf": _options("-i -o -e --input --output --error"),
    "time": _options("-f -o --format --output"),
    "xargs": _options(
        "-a -d -E -I -J -L -n -P -R -s --arg-file --delimiter --max-lines --max-args --max-procs --max-chars"
    ),
    "parallel": _options("-a -j -I -n -N -L --jobs --arg-file --colsep -C --joblog --results --timeout --retries -S"),
    "ssh": _options("-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w -B"),
    "autossh": _options("-b -c -D -E -e -F -I -i -J -L -l -M -m -O -o -p -Q -R -S -W -w -B"),
    "pdsh": _options("-w -x -l -f -t -u -g -R"), "clush": _options("-w -x -g -l -f -u -t -X"), "dsh": _options("-m -g -f -F"),
    "pssh": _options("-h -H -l -p -t -o -e -O -x"), "ansible": _options("-a -m -i -u -e -f -l -t --args --module-name"),
    "vagrant": _options("-c --command"), "fly": _options("-a -C --app --command"), "expect": _options("-c"),
    "systemd-nspawn": _options("-D -i -M -u --directory --image --machine --user --bind"), "numactl": _options("-N -m -C -p -i"),
    "proot": _options("-r -b -w -q"), "uv": _options("-p --python --with --from --directory --project"), "rlwrap": _options("-f -H -l -s"),
    "conda": _options("-n -p --name --prefix"),
    "gdb": _options("-ex -iex -x -p --eval-command"), "lldb": _options("-o -s -p"),
    "sftp": _options("-b -c -F -i -J -l -o -P -S -D"), "bind": _options("-x -f -q -u -r -m"), "bindkey": _options("-M"),
    "complete": _options("-C -F -A -G -W -X -P -S -o"),
    "shuf": _options("-n -o -i --head-count --output --input-range --random-source"),
    "qemu-img": _options("-f -o -b -F -O -S -t"),
    "mapfile": _options("-d -n -O -s -u -C -c"),
    "ld.so": _options("--preload --audit --library-path"),
    "scp": _options("-c -F -i -J -l -o -P -S -D"),
    "rsync": _options("-e -f -M -B -T --rsh --exclude --include --filter --exclude-from --include-from --backup-dir --rsync-path"),
    "hyperfine": _options("-w -m -M -r -s -p -C -c -S -n -u --warmup --min-runs --max-runs --runs --setup --prepare --conclude --cleanup --shell"),
    "watch": _options("-n -q --interval"),
    "strace": _options("-e -o -p -s -u -E -a -P"),
    "flock": _options("-w -E --timeout --conflict-exit-code"),
    "chroot": _options("--userspec --groups"),
    "nsenter": _options("-t -S -G --target --setuid --setgid"),
    "unshare": _options("-S -G -R -w --root --wd --setuid --setgid"),
    "systemd-run": _options("-p -u -M -H --unit --property --slice --description --on-calendar --on-active --uid -E"),
    "start-stop-daemon": _options("-x -p -u -c -a -n --exec --pidfile --user --chuid --name --startas"),
    "setpriv": _options("--reuid --regid --groups --inh-caps --bounding-set"),
    "proxychains": _options("-f"),
    "torsocks": _options("-u -p -a -P"),
    "screen": _options("-S -c -h -p -s -t -T -e"),
    "tmux": _options("-f -L -S -c -n -s -t -x -y -e -T"),
    "exec": _options("-a"),
    "read": _options("-d -i -n -N -p -t -u"),
    "bash": _SHELL, "sh": _SHELL, "zsh": _SHELL, "dash": _SHELL, "ksh": _SHELL, "ash": _SHELL,
    "mkdir": _options("-m --mode -Z"),
    "cp": _options("-t -S --target-directory --suffix"),
    "mktemp": _options("-p --suffix"),
    "install": _options("-t -S -m -o -g --target-directory --mode --owner --group --suffix"),
    "head": _options("-n -c --lines --bytes"),
    "tail": _options("-n -c -s --lines --bytes --pid --sleep-interval"),
    "grep": _options("-e -f -m -A -B -C -d -D --regexp --file --max-count --include --exclude --exclude-dir --context"),
    "rg": _options("-e -f -g -t -T -m -A -B -C -j -r -M --regexp --file --glob --type --max-count --context --iglob"),
    "sed": _options("-e -f -l --expression --file --line-length"),
    "awk": _options("-F -v -f -i --field-separator --assign --file"),
    "sort": _options("-k -t -o -S -T --key --field-separator --output --buffer-size --temporary-directory"),
    "cut": _options("-b -c -d -f --bytes --characters --delimiter --fields --output-delimiter"),
    "tr": _options(""),
    "du": _options("-d -t -B -X --max-depth --threshold --block-size --exclude --exclude-from"),
    "tar": _options("-f -C -T -X -I -b -g -K -N -V --file --directory --files-from --exclude-from --use-compress-program"),
    "truncate": _options("-s -r --size --reference"),
    "fallocate": _options("-l -o --length --offset"),
    "shred": _options("-n -s --iterations --size --random-source"),
    "chown": _options("--from --reference"),
    "chmod": _options("--reference"),
    "touch": _options("-d -r -t --date --reference --time"),
    "split": _options("-a -b -C -l -n --bytes --lines --number --suffix-length --filter"),
    "wget": _options(
        "-O -o -a -P -U -i -t -T -e -B -Q -l -A -R -D -I -X --output-document --directory-prefix --header --post-file"
        " --body-file --post-data --body-data --method --user --password --http-user --http-password --user-agent"
    ),
    "az": _options("-f --file -s --source -c --container-name -n --name -g --resource-group -o --output"),
    "swaks": _options("-t --to -f --from -s --server --attach --body --header"), "mail": _options("-s -a -A --attach -r -c -b"),
    "mutt": _options("-s -a -i -c -b -e -F"), "gh": _options("-F -f -H -X --field --raw-field --header --method"),
    "fd": _options(
        "-d -t -e -E -S -o -c -j -C --max-depth --min-depth --exact-depth --type --extension --exclude --size --owner"
        " --color --threads --changed-within --changed-before --newer --older --max-results --base-directory"
        " --search-path --path-separator --batch-size --ignore-file --and --format"
    ),
    "curl": _options(_CURL),
    "http": _options("-o -a -A --output --auth --auth-type --session"),
    "aria2c": _options("-o -d -i -x -s -j -k --out --dir --input-file"),
    "nc": _options("-e -c -g -G -i -o -p -q -s -w -x -X -T -O -P"),
    "ncat": _options("-e -c -g -G -i -o -p -q -s -w -x -X --exec --sh-exec"),
    "openssl": _options("-in -out -k -K -iv -pass -inkey -keyout -days -subj -config -CA -CAkey"),
    "git": _options(_GIT), "hg": _options("--config -R --repository --cwd"),
    "git log": _options("-n -L -S -G --max-count --author --since --until --after --before --grep --skip"),
    "git commit": _options("-m -F -C -c -t --message --file --author --date --fixup --squash --template --trailer"),
    "git clone": _options("-b -o -c -u -j --branch --origin --config --depth --upload-pack --template --reference"),
    "git fetch": _options("-j --depth --upload-pack --refmap --jobs"), "git ls-remote": _options("-o --upload-pack --exec"),
    "git push": _options("-o --push-option --repo --receive-pack --exec"),
    "git branch": _options("-u --set-upstream-to --points-at"), "git tag": _options("-m -F -u --message --file --local-user"),
    "git checkout": _options("-b -B --orphan"), "git switch": _options("-c -C --create --force-create --orphan"),
    "git rebase": _options("-x -X -s -C --exec --onto --strategy --strategy-option"),
    "git diff": _options("-G -S -O -l"), "git blame": _options("-L -S"), "git reset": _options(""), "git clean": _options("-e --exclude"),
    "git archive": _options("-o --output --prefix --remote --exec"), "git config": _options("-f --file --blob --type --default"),
    "git grep": _options("-e -f -A -B -C -m --max-depth --threads"), "git difftool": _options("-x -t --extcmd --tool"),
    "git worktree": _options("-b -B --reason"), "git bisect": _options(""), "git describe": _options("--match --exclude"),
    "docker": _options(_DOCKER), "podman": _options(_DOCKER), "nerdctl": _options(_DOCKER),
    "docker run": _options(_DOCKER_RUN), "docker exec": _options(_DOCKER_RUN), "docker create": _options(_DOCKER_RUN),
    "docker ps": _options("-f --filter --format -n --last"), "docker images": _options("-f --filter --format"),
    "docker build": _options("-t --tag -f --file --build-arg --target --platform -o --output --label --network"),
    "docker logs": _options("-n --tail --since --until"), "docker inspect": _options("-f --format --type"),
    "docker compose": _options("-f --file -p --project-name --profile --env-file"), "docker compose up": _options("-t --timeout --scale"),
    "docker compose logs": _options("-n --tail --since --until"), "docker compose down": _options("-t --rmi"),
    "docker compose exec": _options(_DOCKER_RUN), "docker compose run": _options(_DOCKER_RUN), "docker compose ps": _options("--filter --format"),
    "docker compose build": _options("--build-arg -m"), "docker stop": _options("-t --time -s --signal"),
    "kubectl logs": _options("-n -c -l --namespace --container --selector --tail --since --since-time"),
    "kubectl exec": _options("-n -c --namespace --container"),
    "kubectl": _options("-n -f -l -c -o --output --template --namespace --context --filename --selector --cluster --kubeconfig --container"),
    "helm": _options("-n -f --namespace --values --set --kube-context --version"),
    "mysql": _options("-e -u -h -P -D -S --execute --user --host --port --database --socket"),
    "mysqladmin": _options("-u -h -P -S --user --host --port --socket"),
    "psql": _options("-c -d -f -h -p -U -v -o -F -L -P -R -T --command --dbname --file --host --port --username --set"),
    "dropdb": _options("-h -p -U --host --port --username"),
    "sqlite3": _options("-cmd -init -separator -nullvalue"),
    "mongosh": _options("--eval --host --port -u -p --username --password -f --file"),
    "mongo": _options("--eval --host --port -u -p --username --password"),
    "redis-cli": _options("-h -p -a -n -u -r -i -s --user --pass --pattern --quoted-pattern"),
    "python": _options("-c -m -W -X"),
    "perl": _options("-e -E -I -M -m"), "ruby": _options("-e -I -r"), "node": _options("-e -p -r --eval --print --require --import --loader --experimental-loader"),
    "bun": _options("-e -r --preload --require --import --cwd"),
    "php": _options("-r -f -c -d -S -t"), "lua": _options("-e -l"), "deno": _options("-o --output -n --name --root -c --config --import-map -L --log-level --ext --lock --cert --seed --location --env-file"),
    "gnuplot": _options("-e"), "octave": _options("--eval"), "julia": _options("-e -E --eval"), "groovy": _options("-e"),
    "scala": _options("-e"), "elixir": _options("-e --eval"), "erl": _options("-eval"), "guile": _options("-c"),
    "racket": _options("-e"), "sbcl": _options("--eval"), "swipl": _options("-g"), "ghc": _options("-e"), "raku": _options("-e"),
    "newlisp": _options("-e"), "dc": _options("-e -f"), "lftp": _options("-c -e -f -u -p"), "ipython": _options("-c -m"),
    "osascript": _options("-e -l -s"), "Rscript": _options("-e"), "emacs": _options("--eval --execute -l -f"),
    "kill": _options("-s -n --signal -q --queue"),
    "pkill": _options("-u -U -t -s -P -G -g --euid --uid --signal --terminal --parent"),
    "killall5": _options("-o"),
    "killall": _options("-s -u -y -o --signal --user --younger-than --older-than"),
    "iptables": _options("-t --table -A -I -D -p -s -d -j -i -o --dport --sport -m"),
    "mkfs": _options("-t --type -L -b -m -U -E -O"),
    "mke2fs": _options("-t -L -b -m -U -E -O -i -I -N -T"),
    "mount": _options("-t -o -L -U --types --options"),
    "useradd": _options("-G -g -s -d -u -c -p -e -k --groups --gid --shell --home-dir --uid"),
    "usermod": _options("-G -g -s -d -u -c -p -e -l --groups --gid --shell --home --uid --login"),
    "make": _options("-C -f -j -l -o -W --directory --file --makefile"),
    "npm": _options("--prefix -w --workspace -c --call"), "npx": _options("-p --package -c --call"), "bunx": _options("-p --package"),
    "uvx": _options("-p --python --with --from"), "pipx": _options("--spec --python --pip-args"),
    "pip": _options("-r -c -i -t --requirement --index-url --target --extra-index-url"),
    "ping": _options("-c -i -I -s -t -w -W -M -m -p -Q"),
    "ps": _options("-o -p -u -U -C -t -g --sort --format --pid --user"),
    "date": _options("-d -f -r -s --date --file --reference --set"),
    "ffmpeg": _options("-i -f -c -vf -af -ss -t -to -r -b -s -c:v -c:a -map -crf -preset -filter_complex -vframes -q:a"),
    "crontab": _options("-u"),
    "at": _options("-f -q -t"),
    "aws": _options("--profile --region --output --query --endpoint-url"),
    "gcloud": _options("--project --zone --region --format --filter --account"),
    "gpg": _options("-r -u -o --recipient --local-user --output --passphrase"),
    "journalctl": _options("-u -n -p -t -o --unit --lines --since --until --priority --output"),
    "systemctl": _options("-t -p -n -o -H -M --type --property --state"),
    "vim": _options("-c -S -u -U -i -w -W -T --cmd"), "vi": _options("-c -S"), "nvim": _options("-c -S -u --cmd"), "view": _options("-c -S"),
    "ex": _options("-c -S"), "ed": _options("-p"),
    "jq": _options("--arg --argjson --slurpfile --indent -f --from-file"),
    "yq": _options("-o -p"),
    "rename": _options("-e"),
    "wipefs": _options("-o -t --offset --types"),
    "dd": frozenset(),
    "tree": _options("-L -I -P -o --filelimit"), "fold": _options("-w -b"),
    "column": _options("-s -o -c -N"), "join": _options("-t -1 -2 -j -o -a -e"), "paste": _options("-d"), "uniq": _options("-f -s -w"),
    "seq": _options("-s -f"), "nl": _options("-b -v -w -s -n"), "base64": _options("-w"), "xxd": _options("-l -s -c -g"),
    "od": _options("-A -t -N -j -w"), "stat": _options("-c --format --printf"), "unzip": _options("-d -P"), "less": _options("-p -P -x"),
    "pgrep": _options("-u -U -t -s -P -G -g -d"), "top": _options("-n -u -p -d -o"), "htop": _options("-u -p -d"), "lsblk": _options("-o -e -I"),
    "df": _options("-t -x -B"), "tcpdump": _options("-i -c -w -r -s -C -G -W"), "dig": _options("-t -x -p"),
    "pytest": _options("-k -m -n -p -c -o --rootdir"), "cc": _options("-o -I -L -x -D"), "rustc": _options("-o -L -l"), "cmake": _options("-B -S -G -D -C --build --preset --target"),
    "go build": _options("-o -ldflags -tags -mod"), "go test": _options("-run -bench -count -timeout -coverprofile -tags"),
    **dict.fromkeys(("soffice", "libreoffice"), _options("--convert-to --outdir --infilter")),
    "dot": _options("-o -K"), "cwebp": _options("-o -q -resize"), "dwebp": _options("-o"), "rsvg-convert": _options("-o -w -h --output"),
    "xmllint": _options("--output --xpath --schema"), "inkscape": _options("-o -w -h --export-filename"), "img2pdf": _options("-o --output"),
    "java": _options("-jar -cp -classpath"), "javac": _options("-d -cp -classpath"), "pandoc": _options("-o -f -t --from --to --output"),
    "npm install": _options(""), "pip install": _options("-r -c -i -t --requirement --index-url --target --extra-index-url -e"),
}  # fmt: skip
_SAME_OPTIONS = {
    "docker-compose": "docker", "zgrep": "grep", "mkfs.ext4": "mkfs", "mkfs.ext3": "mkfs", "mkfs.xfs": "mkfs", "glab": "gh",
    "mv": "cp", "ln": "cp", "compgen": "complete",
}  # fmt: skip
"""Other programs with the same options."""
for _name, _other in _SAME_OPTIONS.items():
    VALUED[_name] = VALUED[_other]
for _engine in ("podman", "nerdctl"):
    for _verb in [name for name in VALUED if name.startswith("docker ")]:
        VALUED[_verb.replace("docker", _engine)] = VALUED[_verb]

_STARTED = (
    "sudo doas pkexec env timeout nice ionice chrt stdbuf setsid nohup strace ltrace command builtin exec time"
    " watch xargs parallel unshare nsenter chroot systemd-run torsocks proxychains caffeinate entr busybox"
    " npx bunx pnpx uvx valgrind"
)
COMMAND_AFTER = {
    **dict.fromkeys((*SHELLS, *FILE_RUNNERS, *_STARTED.split()), 1), "ssh": 2, "autossh": 2, "mosh": 2, "uv run": 2,
    **dict.fromkeys(("perf record", "perf stat", "perf trace", "bundle exec", "poetry run", "npm run", "cargo run"), 2),
    **{f"{engine} {verb}": 2 for engine in ("docker", "podman", "nerdctl") for verb in ("run", "exec", "create")},
    "docker compose run": 3, "docker compose exec": 3, "docker-compose run": 2, "docker-compose exec": 2,
}  # fmt: skip
"""The operand with which a script or another command begins: no option behind it is the program's own."""
LAST_OPTIONS = {"python": ("-c", "-m")}
"""Options whose value is the script already."""
