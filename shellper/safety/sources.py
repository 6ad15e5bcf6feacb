"""Where the text that a command prints comes from: the network, a decoder, files with keys, programs that tell tokens.

The answer is a set of taints (see `flows`), which flow with the text through pipes, variables and files.
"""

# ruff: noqa: E501, RUF100 - one program a line
from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from shellper.safety import places
from shellper.safety.bash.marks import HOME, certain
from shellper.safety.bash.state import Surroundings
from shellper.safety.calls import Call, Word
from shellper.safety.flows import DECODED, ENVIRONMENT, NETWORK, SECRET, SECRETS, TOKEN
from shellper.safety.names import names
from shellper.safety.rules.conditions import Condition, Context, any_word, matching, operands, opt, verb

FETCHERS = frozenset(
    names(
        """
    curl wget aria2c http nc ncat socat telnet lynx links w3m ftp tftp lwp-request GET fetch axel lftp sftp ssh dig drill host nslookup whois finger
    """
    )
)
DECODERS = frozenset(
    names(
        """
    base64 base32 basenc uudecode xxd openssl gunzip zcat bzcat xzcat lzcat zstdcat unxz bunzip2 gzip gpg od hexdump
    rev tr tar unzip 7z cpio zstd lz4 brotli
    """
    )
)
_PACKERS = frozenset(names("tar zip 7z 7za rar cpio pax"))
_PICKERS = frozenset(names("grep rg ag ack ugrep"))
_NAMES_A_SECRET = re.compile(r"(?i)key|token|secret|pass|cred|auth|api|aws|pwd$")


def _values_shown(context: Context) -> bool:
    """`-o yaml` and the like: kubectl's other forms show only the names of secrets."""
    shown = context.call.option_values("-o", "--output", "--template")
    return any(re.match(r"=?json|=?yaml|go-template|template|custom-columns|\{", word.plain) for word in shown)


_KUBE_SECRETS = (
    (verb("get") & matching(r"([\w.]+,)*secrets?([,/.].*)?") & Condition(_values_shown))
    | (verb("config", "view") & opt("--raw", "--flatten"))
    | verb("create", "token")
    | (verb("whoami") & opt("-t", "--show-token"))
)
_SECRET_NAMED = Condition(lambda c: any(_NAMES_A_SECRET.search(word.plain) for word in c.call.operands))

# fmt: off
_TELL = [
    # (programs, when they print them, what they print)
    # forges and clouds
    ("gh glab", verb("auth", "token") | (verb("auth", "status") & opt("-t", "--show-token")), TOKEN),
    ("git", verb("credential", "fill") | verb("credential-store|credential-cache", "get"), TOKEN),
    ("aws", verb("configure", "export-credentials") | (verb("configure", "get") & _SECRET_NAMED), TOKEN),
    ("aws", verb("sts", "get-session-token|get-federation-token|assume-role|assume-role-with-saml|assume-role-with-web-identity") | verb("sso", "get-role-credentials") | verb("iam", "create-access-key"), TOKEN),
    ("aws", verb("secretsmanager", "get-secret-value|batch-get-secret-value") | (verb("ssm") & opt("--with-decryption")) | verb("kms", "decrypt"), TOKEN),
    ("aws", verb("ecr|ecr-public", "get-login-password") | verb("codeartifact", "get-authorization-token") | verb("eks", "get-token") | verb("rds", "generate-db-auth-token"), TOKEN),
    ("gcloud", any_word("print-access-token", "print-identity-token", "print-refresh-token") | verb("secrets", "versions", "access") | verb("config", "config-helper"), TOKEN),
    ("az", verb("account", "get-access-token") | verb("keyvault", "secret", "show|download") | verb("acr", "login") & opt("--expose-token") | any_word("list-keys", "keys") | verb("ad", "sp", "create-for-rbac"), TOKEN),
    ("heroku", matching("auth:token|config|config:get"), TOKEN),
    ("fly vercel netlify doctl ibmcloud oci hcloud scw wrangler", verb("auth|tokens|iam", "token|create|create-token|oauth-tokens"), TOKEN),
    ("npm yarn pnpm", verb("token", "create") | (verb("config", "get") & _SECRET_NAMED), TOKEN),
    ("kubectl", _KUBE_SECRETS, TOKEN),
    # keepers of passwords
    ("pass gopass", verb("show|otp|cat") | (operands(1) & ~verb("ls|list|find|search|git|init|insert|add|edit|generate|rm|remove|delete|mv|cp|help|version|audit|sync")), TOKEN),
    ("security", verb("find-generic-password|find-internet-password") & opt("-w", "-g"), TOKEN),
    ("security", verb("dump-keychain|export"), SECRET),
    ("secret-tool", verb("lookup|search"), TOKEN),
    ("vault bao", verb("read|unwrap") | verb("kv", "get") | verb("token", "create") | verb("print", "token"), TOKEN),
    ("op", verb("read|inject") | verb("item|document", "get"), TOKEN),
    ("bw rbw", verb("get|unlock|login") | verb("code"), TOKEN),
    ("bw lpass keepassxc-cli", verb("export"), SECRET),
    ("lpass keepassxc-cli", verb("show"), TOKEN),
    ("doppler infisical chamber berglas", verb("secrets|export|read|access|env"), TOKEN),
    ("sops", opt("-d", "--decrypt") | verb("decrypt"), TOKEN),
    ("ansible-vault", verb("view|decrypt"), TOKEN),
    ("gpg", matching(r"--export-secret-(sub)?keys?"), SECRET),
    ("openssl", Condition(lambda c: any(places.KEYS in c.kinds(word) for word in c.call.option_values("-in"))), SECRET),
    # the shell itself
    ("history", operands(0, 1), SECRET),
    ("env printenv", operands(0, 0), ENVIRONMENT),
    ("set", Condition(lambda c: not c.call.args), ENVIRONMENT),
    ("export declare typeset", opt("-p", "-x") & operands(0, 0), ENVIRONMENT),
    ("printenv", _SECRET_NAMED, TOKEN),
]
# fmt: on
_BY_PROGRAM = {
    program: [row for row in _TELL if program in row[0].split()] for row in _TELL for program in row[0].split()
}


_PRINTS_REMOTE = {
    "aws": verb("s3", "cp") & any_word("-"),
    "gsutil": verb("cat") | (verb("cp") & any_word("-")),
    "rclone": verb("cat"),
    "s3cmd": verb("get") & any_word("-"),
    "mc": verb("cat"),
}
"""When programs that move files to and from the cloud print one."""


def told(call: Call, home: str) -> frozenset[str]:
    """The secrets that a program prints because it was asked for them."""
    context = Context(call, home)
    return frozenset(taint for _, when, taint in _BY_PROGRAM.get(call.program, ()) if when.holds(context))


def sources(call: Call, surroundings: Surroundings) -> frozenset[str]:
    """Where what the call prints, or puts into files, comes from."""
    taints = call.stdin.taints.union(*(word.taints for word in call.args))
    if call.program in FETCHERS or _prints_remote(call, surroundings):
        return taints - SECRETS | {NETWORK}  # what a server answers is not the secret that it was sent
    if call.program in DECODERS:
        taints |= {DECODED}
    if ENVIRONMENT in taints and _picks_others(call):
        taints -= {ENVIRONMENT}
    for word in (*call.operands, *packed(call)):
        taints |= file_taints(word, call.cwd, surroundings.home)
        if word.plain in call.downloads:
            taints |= {NETWORK}
        if word.plain in call.secrets:
            taints |= {SECRET}
        if word.data is not None:
            taints |= word.data.taints
    if call.program in _PACKERS and not call.has("-x", "-t", "--extract", "--list"):
        taints |= _homes(call, surroundings.home)
    return taints | told(call, surroundings.home)


def _prints_remote(call: Call, surroundings: Surroundings) -> bool:
    condition = _PRINTS_REMOTE.get(call.program)
    return condition is not None and condition.holds(Context(call, surroundings.home))


def _homes(call: Call, home: str) -> frozenset[str]:
    """Who packs a whole home directory packs the keys in it."""
    listed = [Word(line) for text in call.stdin.texts[:4] for line in text.splitlines()[:20]]  # cpio, tar -T -
    words = (*call.operands, *packed(call), *listed)
    whole = {places.USERS_HOME, places.ROOT}
    return frozenset({SECRET} if any(places.classify(word.text, call.cwd, home) & whole for word in words) else ())


def file_taints(word: Word, cwd: str | None, home: str) -> frozenset[str]:
    """What the name of a file tells about its contents."""
    if word.plain.startswith(("/dev/tcp/", "/dev/udp/")):
        return frozenset({NETWORK})
    if re.fullmatch(r"/proc/[^/]+/environ", word.plain):
        return frozenset({ENVIRONMENT})
    return frozenset({SECRET} if places.KEYS in places.classify(word.text, cwd, home) else ())


def _picks_others(call: Call) -> bool:
    """`env | grep LANG`: a filter whose pattern has nothing to do with secrets."""
    if call.program not in _PICKERS or call.has("-v", "--invert-match"):
        return False
    patterns = call.option_values("-e", "--regexp") or call.operands[:1]
    return not any(
        _NAMES_A_SECRET.search(word.plain) or not certain(word.text) or not re.search("[A-Za-z]{2}", word.plain)
        for word in patterns
    )


def packed(call: Call) -> Iterator[Word]:
    """What tar packs: every name counts from the directory that `-C` named last before it, and each `-C` from the last."""
    if call.program != "tar":
        return
    folder = Word("")
    for name, word in call.in_order:
        if word is None:
            continue
        if name in ("-C", "--directory"):
            folder = _below(folder, word)
        elif not name and folder.text:
            yield _below(folder, word)


def _below(folder: Word, word: Word) -> Word:
    outside = not folder.text or word.text.startswith(("/", HOME))
    return word if outside else Word(posixpath.join(folder.text, word.text), word.taints)
