"""Records the key at work in a real shell: python -m tests.recording.record [OUT.svg] [--shell zsh] [--model PATH]

The model in the package answers; --fake has scripted answers instead, to try the picture out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.programs import ROOT
from tests.recording.svg import Frame, animation, frame
from tests.terminal.harness import KEY, Session, session

COLUMNS, ROWS = 84, 15
REQUESTS = (
    ("find files larger than 100 MB", "find . -type f -size +100M"),
    ("only in src", "find src -type f -size +100M"),
    ("how many lines does notes.md have", "wc -l notes.md"),
)
LONGEST_WAIT = 1.0


class Recorder:
    """Plays the requests in a session, and keeps what the screen showed."""

    def __init__(self, opened: Session) -> None:
        self.opened = opened
        self.frames: list[Frame] = []

    def keep(self, seconds: float, caption: str = "") -> None:
        """The screen as it is."""
        self.frames.append(frame(self.opened.terminal.screen, seconds, caption))

    def type(self, text: str) -> None:
        """The text, a letter a frame."""
        terminal = self.opened.terminal
        for letter in text:
            terminal.send(letter)
            terminal.settle(0.04)
            self.keep(0.055)

    def ask(self, request: str, scripted: str) -> None:
        """A request, the key, the answer as long as it took."""
        terminal = self.opened.terminal
        self.opened.fake.answer(scripted, seconds=0.4)
        self.type(request)
        self.keep(0.5)
        started = time.monotonic()
        terminal.send(KEY)
        terminal.wait_for("…")
        self.keep(0.05, "Ctrl-G")
        terminal.until(lambda: "…" not in terminal.text and request not in terminal.line, "the answer")
        took = time.monotonic() - started
        last = self.frames.pop()
        self.frames.append(Frame(last.body, min(took, LONGEST_WAIT)))
        terminal.settle(0.2)
        self.keep(1.6, f"Ctrl-G  {took:.1f} s")
        print(f"{request!r}: {terminal.line!r} after {took:.2f} s", file=sys.stderr)
        terminal.send("\r")
        terminal.settle(0.3)
        self.keep(1.4)


def furnish(folder: Path) -> None:
    """Something to ask about: sparse files of some size."""
    for name, megabytes in (
        ("src/talk.mp4", 700),
        ("src/clip.mp4", 40),
        ("backup/home.tar", 300),
    ):
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        with file.open("wb") as opened:
            opened.truncate(megabytes * 1_000_000)
    (folder / "notes.md").write_text("a line of notes\n" * 42, encoding="utf-8")


def main() -> None:
    """Record and write the picture."""
    parser = argparse.ArgumentParser(description="Record the key at work.")
    parser.add_argument("out", nargs="?", type=Path, default=Path(__file__).with_name("shellper.svg"))
    parser.add_argument("--shell", default="zsh")
    parser.add_argument("--model", default="")
    parser.add_argument("--fake", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home, work = Path(name), Path(name) / "work"
        work.mkdir()
        furnish(work)
        env = {"PYTHONPATH": str(ROOT), "HISTFILE": "/dev/null"} | (
            {"SHELLPER_MODEL": given.model} if given.model else {}
        )
        prompt = {
            "zsh": "PS1='%F{green}~/work%f $ '\nsetopt no_prompt_sp\n",
            "bash": "PS1='\\[\\e[32m\\]~/work\\[\\e[0m\\] $ '\n",
        }
        program = None if given.fake else [sys.executable, "-m", "shellper"]
        with session(
            given.shell,
            home,
            program=program,
            env=env,
            cwd=work,
            columns=COLUMNS,
            rows=ROWS,
            prompt=prompt[given.shell],
        ) as opened:
            recorder = Recorder(opened)
            recorder.keep(0.8)
            for request, scripted in REQUESTS:
                recorder.ask(request, scripted)
            recorder.keep(2.0)
    title = "Words become a command when Ctrl-G is pressed"
    given.out.write_text(animation(recorder.frames, COLUMNS, ROWS, title), encoding="utf-8")
    print(given.out, file=sys.stderr)


if __name__ == "__main__":
    main()
