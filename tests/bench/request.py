"""What a request costs: python -m tests.bench.request [--rounds N] [--model PATH]

    request     fresh process to printed command with the embedded model, to its end, and its memory at the peak
    bare        a fresh Python with nothing but the runtime: load, prefill and decode of the same number of tokens
    busy        the same beside two processes that use a core each
    start-up    --version, init, history, against a Python that does nothing
    endpoint    fresh process to the request that reaches a server on loopback, beside a Python that imports openai

Medians; a and b of every ratio are measured in turn, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from shellper.engines import cores
from shellper.models import PACKAGED
from shellper.prompt import render_prompt
from tests.bench.measure import Run, busy, in_turn, machine, megabytes, private, program, run

REQUEST = "find files larger than 100 MB in my home folder"

BARE = """
import sys, os
os.environ.setdefault("GOMP_SPINCOUNT", "1000")
import xllamacpp
path, prompt, tokens, threads = sys.argv[1:]
p = xllamacpp.CommonParams()
p.model.path, p.n_ctx, p.n_parallel, p.warmup, p.fit_params, p.ui = path, 512, 1, False, False, False
p.verbosity, p.port, p.n_threads_http, p.cache_ram_mib, p.n_gpu_layers = -1, 0, 1, 0, 0
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = int(threads)
server = xllamacpp.Server(p)
pieces = []
body = {"prompt": prompt, "max_tokens": int(tokens), "temperature": 0, "ignore_eos": True, "stream": True}
server.handle_completions(body, lambda piece: pieces.append(piece) and False)
print(len(pieces), flush=True)
os._exit(0)
"""


def tokens_of(model: Path, env: dict[str, str]) -> int:
    """How many tokens the answer to the request has."""
    code = (
        "import sys; from pathlib import Path; from shellper.engines.embedded import EmbeddedEngine\n"
        "from shellper.tools import tool_set; engine = EmbeddedEngine(Path(sys.argv[1]))\n"
        "reply = engine.complete([{'role': 'user', 'content': sys.argv[2]}], tool_set('shell'))\n"
        "print(reply.completion_tokens)"
    )
    words = [sys.executable, "-c", code, str(model), REQUEST]
    return int(subprocess.run(words, env=env, check=True, capture_output=True, text=True).stdout)


def until_asked(env: dict[str, str]) -> Run:
    """From the program's start to its request at a server that never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        env = {**env, "SHELLPER_MODEL": "m", "SHELLPER_BASE_URL": f"http://127.0.0.1:{server.getsockname()[1]}/v1"}
        started = time.perf_counter()
        process = subprocess.Popen([*program(), REQUEST], env=env, stderr=subprocess.DEVNULL)
        connection, _ = server.accept()
        with connection:
            connection.recv(1)
            asked = time.perf_counter() - started
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Run(asked, time.perf_counter() - started, megabytes(usage))


def report(name: str, measured: Run, other: Run | None = None, what: str = "") -> None:
    """One line."""
    ratio = f"   {measured.first / other.first:5.2f} times {what}" if other else ""
    print(f"{name:24} {measured.first:7.3f} s to the first line {measured.whole:7.3f} s in all "
          f"{measured.memory:6.0f} MB{ratio}")  # fmt: skip


def main() -> None:
    """All of it."""
    parser = argparse.ArgumentParser(description="What a request costs.")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--model", type=Path, default=PACKAGED)
    options = parser.parse_args()
    model: Path = options.model
    print(f"{machine()}\nmodel {model.name}, {model.stat().st_size / 1e6:.0f} MB, {cores.threads()} threads")
    with private() as env:
        env["SHELLPER_MODEL"] = str(model)
        tokens = tokens_of(model, env)
        prompt = render_prompt((), REQUEST)
        print(f"request {json.dumps(REQUEST)}, {tokens} tokens in the answer\n")
        bare = [sys.executable, "-c", BARE, str(model), prompt, str(tokens), str(cores.threads())]

        def a_request() -> Run:
            subprocess.run([*program(), "reset"], env=env, check=True, capture_output=True)
            return run([*program(), REQUEST], env)

        works: tuple[Callable[[], Run], Callable[[], Run]] = (a_request, lambda: run(bare, env))
        request, runtime = in_turn(options.rounds, *works)
        report("request", request, runtime, "the bare runtime")
        report("bare runtime", runtime)
        with busy(2):
            loaded, loaded_runtime = in_turn(max(3, options.rounds // 3), *works)
        report("request beside 2 loops", loaded, request, "its idle time")
        report("runtime beside 2 loops", loaded_runtime, runtime, "its idle time")
        print()
        starts = {"Python": [sys.executable, "-c", "print()"]}
        starts |= {" ".join(words): [*program(), *words] for words in (["--version"], ["init", "zsh"], ["history"])}
        measured = in_turn(options.rounds, *(lambda words=words: run(words, env) for words in starts.values()))
        for name, each in zip(starts, measured, strict=True):
            report(name, each, measured[0] if name != "Python" else None, "Python's own start")
        print()
        imported = [sys.executable, "-c", "import openai; print()"]
        asked, openai = in_turn(options.rounds, lambda: until_asked(env), lambda: run(imported, env))
        report("endpoint is asked", asked)
        report("import openai", openai)
        print(f"{asked.first - openai.first:.3f} s beyond importing openai")


if __name__ == "__main__":
    main()
