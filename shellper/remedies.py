"""What to do about an error, said so that it can be done where the user is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from shellper.settings import Settings

_FLAG = r"use --engine embedded|use --tools shell|--(model|base-url)\b"


def without_flags(text: str, settings: Settings) -> str:
    """The text of an error for a place where no flag can be given, such as the key: it names the settings instead."""
    import re

    from shellper.settings import KEYS

    def instead(match: re.Match[str]) -> str:
        value = match[0].rpartition(" ")[2]
        name = (match[1] or ("tools" if value == "shell" else "engine")).replace("-", "_")
        variable = KEYS[name].variable
        set_outside = settings.sources.get(name, "").startswith("environment")  # which the file does not outdo
        if not match[1]:
            return f"set {variable}={value}" if set_outside else f"shellper config set {name} {value}"
        return variable if set_outside else f"the setting {name}"

    return re.sub(_FLAG, instead, text)
