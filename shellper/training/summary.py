"""Counts what came out of a measurement: all the numbers, as JSON values; report.py puts them into words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from shellper.tools import ToolCall
from shellper.tools.call import CLARIFY
from shellper.training.evaluation import Outcome
from shellper.training.statistics import Share, quantile


def summarize(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """All the numbers of a measurement, as JSON values. Shares carry their 95 % interval."""
    judged = [outcome for outcome in outcomes if outcome.right is not None]
    summary: dict[str, Any] = {
        "points": len(outcomes),
        "judged": len(judged),
        "errors": sum(bool(outcome.error) for outcome in outcomes),
        "levels": dict(Counter(outcome.level or "none" for outcome in outcomes)),
        "speed": _speed(outcomes),
    }
    if judged:
        rights = Share.count(bool(outcome.right) for outcome in judged)
        summary |= {
            "tool_calls": rights.as_json(),
            "tool_names": Share.count(bool(outcome.right_name) for outcome in judged).as_json(),
            "conversations": _conversations(judged).as_json(),
            "power_5": round(rights.value**5, 6),
            "kinds": _groups(judged, lambda outcome: outcome.point.kind),
            "tools": _groups(judged, lambda outcome: outcome.point.accepted[0].name),
            "clarify": _clarify(judged),
            "unasked_danger": Share.count(outcome.unasked_danger for outcome in judged).as_json(),
            "confusions": _confusions(judged),
            "confidence": _confidence(judged),
        }
    return summary


def _speed(outcomes: Sequence[Outcome]) -> dict[str, float]:
    seconds = [outcome.seconds for outcome in outcomes]
    spent = sum(seconds[1:])  # the first one loads the model
    return {
        "first": round(seconds[0], 4) if seconds else 0.0,
        "median": round(quantile(seconds, 0.5), 4),
        "p90": round(quantile(seconds, 0.9), 4),
        "most": round(max(seconds, default=0.0), 4),
        "prompt_tokens": sum(outcome.prompt_tokens for outcome in outcomes),
        "completion_tokens": sum(outcome.completion_tokens for outcome in outcomes),
        "tokens_per_second": round(sum(each.completion_tokens for each in outcomes[1:]) / spent, 1) if spent else 0.0,
    }


def _conversations(judged: Sequence[Outcome]) -> Share:
    """Those of several turns in which every call is right, each turn asked after the right earlier ones."""
    whole: dict[str, bool] = {}
    for outcome in judged:
        name = outcome.point.conversation
        if name:
            whole[name] = whole.get(name, True) and bool(outcome.right)
    return Share.count(whole.values())


def _groups(judged: Sequence[Outcome], key: Callable[[Outcome], str]) -> dict[str, Any]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for outcome in judged:
        groups[key(outcome)].append(bool(outcome.right))
    return {name: Share.count(groups[name]).as_json() for name in sorted(groups)}


def _clarify(judged: Sequence[Outcome]) -> dict[str, Any]:
    """Questions back: how many were due (precision), how many due ones came (recall), how many came needlessly."""
    pairs = [(_asks(outcome.call), any(map(_asks, outcome.point.accepted))) for outcome in judged]
    return {
        "precision": Share.count(due for asked, due in pairs if asked).as_json(),
        "recall": Share.count(asked for asked, due in pairs if due).as_json(),
        "needless": Share.count(asked for asked, due in pairs if not due).as_json(),
    }


def _asks(call: ToolCall | None) -> bool:
    return call is not None and call.name == CLARIFY


def _confusions(judged: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Which tool came instead of which, the most frequent first."""
    pairs = Counter(
        (outcome.point.accepted[0].name, outcome.call.name if outcome.call else "error")
        for outcome in judged
        if not outcome.right_name
    )
    return [{"expected": want, "got": got, "count": count} for (want, got), count in pairs.most_common(20)]


def _confidence(judged: Sequence[Outcome]) -> dict[str, Any]:
    """How far the engine's confidence can be believed: by bins, and for the surest 50 to 90 %."""
    sure = [(outcome.confidence, bool(outcome.right)) for outcome in judged if outcome.confidence is not None]
    if not sure:
        return {}
    sure.sort(reverse=True)
    bins = []
    for low in range(10):
        inside = [(value, right) for value, right in sure if min(9, int(value * 10)) == low]
        if inside:
            mean = sum(value for value, _ in inside) / len(inside)
            share = Share.count(right for _, right in inside).as_json()
            bins.append({"from": low / 10, "to": (low + 1) / 10, "mean": round(mean, 4), **share})
    surest = []
    for part in (0.5, 0.7, 0.8, 0.9):
        top = sure[: max(1, round(part * len(sure)))]
        share = Share.count(right for _, right in top).as_json()
        surest.append({"requests": part, "threshold": round(top[-1][0], 4), **share})
    return {"bins": bins, "surest": surest}
