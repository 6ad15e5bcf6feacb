"""How the parts of a request that says several things in one breath are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

_JOINTS = [
    ([", "], [", "]),
    ([", "], [" and ", ", and "]),
    ([", "], [", then ", " then ", ", and then "]),
    ([" and "], [" and "]),
    (["; "], ["; "]),
    ([" - "], [" - "]),
    ([", ", " "], [" ", " and "]),
]
"""What stands between the parts of a request, and before the last one."""
_JOINT_WEIGHTS = [30, 24, 8, 7, 8, 5, 18]
_OPENED = re.compile(r"^(?:and|but|then|also|plus)\b")
_ATTACHED = re.compile(
    r"^(?:with|without|over|under|above|below|bigger|larger|smaller|newer|older|sorted|named|called|ending|containing|"
    r"matching|from|in|into|to|as|by|except|excluding|but|and|not older|changed|modified)\b"
)
"""Phrasings that go on without a joint: "bigger than 2M", "without the header"."""
_STATES = re.compile(r"^(?:it|they|their|the|we|i|there|no|not|and|but|those|only if|\d)\b")
"""Phrasings that are no thing to do "then"."""
_BUT = re.compile(r"^(?:only|just|without|not|no|skip|ignore|leave out|except)\b")


def join(requests: Sequence[str], chance: Random) -> str:
    """The parts as one request."""
    inner, final = chance.choices(_JOINTS, _JOINT_WEIGHTS)[0]
    said = requests[0]
    for number, part in enumerate(requests[1:], 2):
        joint = chance.choice(final if number == len(requests) else inner)
        if _OPENED.match(part):
            joint = chance.choice([", ", " "])
        elif _BUT.match(part) and chance.random() < 0.12:
            joint = chance.choice([", but ", " but "])
        elif ("then" in joint and _STATES.match(part)) or (joint == " " and not _ATTACHED.match(part)):
            joint = ", "
        said += joint + part
    return said
