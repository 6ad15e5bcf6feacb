"""The rules, one file a subject. To add one, add a line to the list of its subject."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from shellper.safety.rules.conditions import Context, Rule


@cache
def rules_by_program() -> dict[str, tuple[Rule, ...]]:
    """Every rule under each program that it is for; `*` holds for all."""
    from shellper.safety.rules import (
        archives,
        cloud,
        containers,
        databases,
        disks,
        foreign_code,
        moving,
        network,
        packages,
        permissions,
        processes,
        remote_code,
        removing,
        rewriting,
        secrets,
        system,
        version_control,
        windows,
    )  # fmt: skip

    subjects = (
        removing, foreign_code, moving, archives, rewriting, permissions, disks, processes, system, network,
        remote_code, secrets, version_control, databases, containers, cloud, packages, windows,
    )  # fmt: skip
    found: dict[str, list[Rule]] = defaultdict(list)
    for subject in subjects:
        for rule in subject.RULES:
            for program in rule.programs:
                found[program].append(rule)
    return {program: tuple(rules) for program, rules in found.items()}


def known_programs() -> list[str]:
    """The programs that rules speak of, the gravest first: what a globbed program name is compared with."""
    grave = ["rm", "dd", "mkfs", "sh", "bash", "curl", "mv", "chmod", "chown"]
    return [*grave, *(name for name in rules_by_program() if name not in (*grave, "*"))]


def matching_rules(context: Context) -> list[Rule]:
    """The rules that hold for a call."""
    table = rules_by_program()
    candidates = (*table.get(context.call.program, ()), *table.get("*", ()))
    return [rule for rule in candidates if rule.when.holds(context)]
