"""Counts what came out of a measurement: all the numbers, as JSON values; report.py puts them into words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from shellper.tools import ToolCall
from shellper.tools.call import CLARIFY
from shellper.training.evaluation import Result
from shellper.training.statistics import Share, quantile


def summarize(results: Sequence[Result]) -> dict[str, Any]:
    """All the numbers of a measurement, as JSON values. Shares carry their 95 % interval."""
    judged = [result for result in results if result.right is not None]
    summary: dict[str, Any] = {
        "points": len(results),
        "judged": len(judged),
        "errors": sum(bool(result.error) for result in results),
        "levels": dict(Counter(result.level or "none" for result in results)),
        "speed": _speed(results),
    }
    if judged:
        rights = Share.count(bool(result.right) for result in judged)
        summary |= {
            "tool_calls": rights.as_json(),
            "tool_names": Share.count(bool(result.right_name) for result in judged).as_json(),
            "conversations": _conversations(judged).as_json(),
            "power_5": round(rights.value**5, 6),
            "kinds": _groups(judged, lambda result: result.point.kind),
            "tools": _groups(judged, lambda result: result.point.accepted[0].name),
            "clarify": _clarify(judged),
            "unasked_danger": Share.count(result.unasked_danger for result in judged).as_json(),
            "confusions": _confusions(judged),
            "confidence": _confidence(judged),
        }
    return summary


def _speed(results: Sequence[Result]) -> dict[str, float]:
    seconds = [result.seconds for result in results]
    spent = sum(seconds[1:])  # the first one loads the model
    return {
        "first": round(seconds[0], 4) if seconds else 0.0,
        "median": round(quantile(seconds, 0.5), 4),
        "p90": round(quantile(seconds, 0.9), 4),
        "most": round(max(seconds, default=0.0), 4),
        "prompt_tokens": sum(result.prompt_tokens for result in results),
        "completion_tokens": sum(result.completion_tokens for result in results),
        "tokens_per_second": round(sum(each.completion_tokens for each in results[1:]) / spent, 1) if spent else 0.0,
    }


def _conversations(judged: Sequence[Result]) -> Share:
    """Those of several turns in which every call is right, each turn asked after the right earlier ones."""
    whole: dict[str, bool] = {}
    for result in judged:
        name = result.point.conversation
        if name:
            whole[name] = whole.get(name, True) and bool(result.right)
    return Share.count(whole.values())


def _groups(judged: Sequence[Result], key: Callable[[Result], str]) -> dict[str, Any]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for result in judged:
        groups[key(result)].append(bool(result.right))
    return {name: Share.count(groups[name]).as_json() for name in sorted(groups)}


def _clarify(judged: Sequence[Result]) -> dict[str, Any]:
    """Questions back: how many were due (precision), how many due ones came (recall), how many came needlessly."""
    pairs = [(_asks(result.call), any(map(_asks, result.point.accepted))) for result in judged]
    return {
        "precision": Share.count(due for asked, due in pairs if asked).as_json(),
        "recall": Share.count(asked for asked, due in pairs if due).as_json(),
        "needless": Share.count(asked for asked, due in pairs if not due).as_json(),
    }


def _asks(call: ToolCall | None) -> bool:
    return call is not None and call.name == CLARIFY


def _confusions(judged: Sequence[Result]) -> list[dict[str, Any]]:
    """Which tool came instead of which, the most frequent first."""
    pairs = Counter(
        (result.point.accepted[0].name, result.call.name if result.call else "error")
        for result in judged
        if not result.right_name
    )
    return [{"expected": want, "got": got, "count": count} for (want, got), count in pairs.most_common(20)]


def _confidence(judged: Sequence[Result]) -> dict[str, Any]:
    """How far the engine's confidence can be believed: by bins, and for the surest 50 to 90 %."""
    sure = [(result.confidence, bool(result.right)) for result in judged if result.confidence is not None]
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
