"""Stands in for shellper in the tests of the hooks: notes what it was asked, answers what the test wrote down.

The folder in FAKE_SHELLPER holds `answer.json`, as harness.Fake writes it, and receives `asked.jsonl`.
Run with -S -E, so that it starts quickly; it never imports shellper.
"""

import json
import os
import signal
import sys
import time


def main() -> int:
    """One call."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # both as the real one does
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    folder = os.environ["FAKE_SHELLPER"]
    asked = {
        "arguments": sys.argv[1:],
        "request": sys.stdin.buffer.read().decode(),
        "environment": {name: value for name, value in os.environ.items() if name.startswith("SHELLPER_")},
        "pid": os.getpid(),
    }
    with open(os.path.join(folder, "asked.jsonl"), "a", encoding="utf-8") as file:
        file.write(json.dumps(asked) + "\n")
    # Last and as a whole, for a test may end the program as soon as it sees this.
    with open(os.path.join(folder, "starts"), "w", encoding="utf-8") as file:
        file.write(str(os.getpid()))
    os.replace(os.path.join(folder, "starts"), os.path.join(folder, "running"))
    with open(os.path.join(folder, "answer.json"), encoding="utf-8") as file:
        answer = json.load(file)
    end = time.monotonic() + answer["seconds"]
    while time.monotonic() < end and not os.path.exists(os.path.join(folder, "go")):
        time.sleep(0.005)
    sys.stderr.write(answer["noise"])
    if answer["out"] or answer["message"]:
        sys.stdout.write(answer["message"] + "\n" + answer["out"] + "\n")
    return int(answer["status"])


if __name__ == "__main__":
    sys.exit(main())
