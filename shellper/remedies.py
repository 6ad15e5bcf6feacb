"""What to do about an error, said so that it can be done where the user is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from shellper.settings import Settings

_FLAG = r"use --engine embedded|--(model|base-url)\b"


def without_flags(text: str, settings: Settings) -> str:
    """The text of an error for a place where no flag can be given, such as the key: it names the settings instead."""
    import re

    from shellper.settings import KEYS

    def instead(match: re.Match[str]) -> str:
        name = (match[1] or "engine").replace("-", "_")
        variable = KEYS[name].variable
        set_outside = settings.sources.get(name, "").startswith("environment")  # which the file does not outdo
        if name == "engine":
            return f"set {variable}=embedded" if set_outside else "shellper config set engine embedded"
        return variable if set_outside else f"the setting {name}"

    return re.sub(_FLAG, instead, text)
