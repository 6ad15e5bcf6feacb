"""Data that flows through a command line: what the text may be, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass

from shellper.safety.bash.marks import UNKNOWN

NETWORK = "network"
DECODED = "decoded"
SECRET = "secret"  # noqa: S105
"""Keys and passwords as files keep them."""
TOKEN = "token"  # noqa: S105
"""A password or token that a program prints: what one asks for in order to log in with it."""
ENVIRONMENT = "environment"
"""Every variable of the environment, tokens among them."""
SECRETS = frozenset({SECRET, TOKEN, ENVIRONMENT})
VARIES = "varies"
"""What a loop sets: it is another text each time round."""

PRINTED = "printed"
"""What `$( )` puts into a word: names, even where the marks of the pattern that they fit are still in the text."""


@dataclass(frozen=True)
class Data:
    """Text that flows through a pipe or a substitution.

    `texts` are the possible texts as far as they are known, none when nothing is known. `taints` tell where it came
    from (NETWORK, DECODED, SECRETS, VARIES). `piped` is false for the terminal.
    """

    texts: tuple[str, ...] = ()
    taints: frozenset[str] = frozenset()
    piped: bool = True

    @property
    def values(self) -> tuple[str, ...]:
        """The possible texts, or the one that stands for any."""
        return self.texts or (UNKNOWN,)


TERMINAL = Data(piped=False)
"""Input that nobody has piped in."""
NOTHING = Data(("",))
"""What a command without output prints."""
