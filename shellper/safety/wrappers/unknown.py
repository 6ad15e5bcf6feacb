"""Programs that nothing is known of: an argument that is a whole command is taken for one that they run."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from shellper.safety.bash.marks import certain
from shellper.safety.calls import Call, Word
from shellper.safety.canonical import canonical
from shellper.safety.names import names
from shellper.safety.programs import programs
from shellper.safety.wrappers.inner import Inner

_TAKES_TEXT = frozenset(
    names(
        """
    [[ expr print rg rga ugrep zgrep pgrep ag ack jj yq notify-send terminal-notifier say espeak
    logger wall mail mutt sendmail fzf sk gum cowsay figlet toilet banner lolcat boxes zenity dialog whiptail
    kdialog yad rofi dmenu tldr apropos whatis cheat howdoi shellper task todo todo.sh remind pbcopy xclip
    xsel wl-copy clip.exe llm aichat ollama sgpt mods claude ydotool wtype let set declare local readonly
    typeset unset return exit complete compgen bind trap slackcat ntfy qrencode base64
    """
    )
)
"""Programs whose arguments are text for people, patterns or expressions: they run none of it."""
_TEXT_OPTIONS = frozenset(
    names("-m --message -k -t --title -b --body --comment --description --text --subject --reason")
)
"""Options whose value is such a text, whatever the program."""
_COMMAND = re.compile(r"\s*(?:sudo\s+)?([\w./-]+)\s[^-/~*$>|;&]*[-/~*$>|;&]")
"""The name of a program, and after it an option, a path or an operator."""


def unknown(call: Call) -> Iterator[Inner]:
    """`concurrently 'SCRIPT' 'SCRIPT'`, `$RUNNER COMMAND…`."""
    from shellper.safety.rules import rules_by_program

    rules = rules_by_program()
    if not call.name or call.program in rules or call.program in programs() or call.program in _TAKES_TEXT:
        return
    if not certain(call.name) and call.args and canonical(call.args[0].plain) in rules:
        yield Inner(words=call.args)
    for before, word in itertools.pairwise((Word(""), *call.args)):
        match = _COMMAND.match(word.text) if before.plain not in _TEXT_OPTIONS else None
        if match and canonical(match[1]) in rules:
            yield Inner(script=word.text, guess=True)
