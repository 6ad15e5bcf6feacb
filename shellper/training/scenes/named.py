"""Conversations about one thing by name: a service, a container."""

from __future__ import annotations

from random import Random

from shellper.training import slots
from shellper.training.dataset import Conversation
from shellper.training.phrases import say

_SERVICE = {
    "v_status": "systemctl status IT",
    "v_restart": "sudo systemctl restart IT",
    "v_stop": "sudo systemctl stop IT",
    "v_start": "sudo systemctl start IT",
    "v_enable": "sudo systemctl enable IT",
    "v_disable": "sudo systemctl disable IT",
    "v_logs": "journalctl -u IT",
    "v_logs_n": "journalctl -u IT -n NUMBER",
    "v_follow": "journalctl -u IT -f",
}
_CONTAINER = {
    "c_logs": "docker logs IT",
    "c_stop": "docker stop IT",
    "c_start": "docker start IT",
    "c_restart": "docker restart IT",
    "c_shell": "docker exec -it IT bash",
    "c_remove": "docker rm IT",
    "c_inspect": "docker inspect IT",
}


def play(turns: int, chance: Random) -> Conversation:
    """A conversation of so many steps about one thing, at times another."""
    pool, steps, noun = chance.choice([("svc", _SERVICE, "service"), ("container", _CONTAINER, "container")])
    conversation: Conversation = []
    name = ""
    last = ""
    while len(conversation) < turns:
        new = not name or chance.random() < 0.15
        name = slots.draw(pool, chance).shell if new else name
        called = [name, name, f"the {name} {noun}"] if new else ["it", "it", "it", f"the {noun}", f"that {noun}", name]
        step = chance.choice([each for each in steps if each != last or new])
        number = slots.draw("n", chance)
        request = say(step, {"it": chance.choice(called), "n": number.spoken}, chance)
        conversation.append((request, steps[step].replace("IT", name).replace("NUMBER", number.shell)))
        last = step
        if step == "c_remove":
            name = ""
    return conversation


def steps() -> list[str]:
    """The names of all steps."""
    return [*_SERVICE, *_CONTAINER]
