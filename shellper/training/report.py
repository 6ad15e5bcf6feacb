"""The numbers of a measurement in words, and as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from shellper.errors import ShellperError


def describe(summary: Mapping[str, Any]) -> list[str]:
    """The lines of a report on what summary.summarize gave."""
    return [line.rstrip() for line in _lines(summary)]


def _lines(summary: Mapping[str, Any]) -> Iterator[str]:
    speed = summary["speed"]
    if summary["judged"]:
        yield from _accuracy(summary)
    yield f"errors                    {summary['errors']} of {summary['points']}"
    yield f"levels                    {_counts(summary['levels'])}"
    yield (
        f"seconds a request         median {speed['median']:.3f}, 90 % under {speed['p90']:.3f}, "
        f"most {speed['most']:.3f}, the first {speed['first']:.3f}"
    )
    yield (
        f"tokens                    {speed['prompt_tokens']} read, {speed['completion_tokens']} written, "
        f"{speed['tokens_per_second']:.0f} written a second"
    )


def _accuracy(summary: Mapping[str, Any]) -> Iterator[str]:
    clarify = summary["clarify"]
    yield f"tool calls                {_share(summary['tool_calls'])}"
    yield f"tool names                {_share(summary['tool_names'])}"
    if summary["conversations"]["of"]:
        yield f"whole conversations       {_share(summary['conversations'])}"
    yield f"calls^5, for comparison   {summary['power_5']:6.1%}"
    yield f"questions that were due   {_share(clarify['precision'])}"
    yield f"due questions asked       {_share(clarify['recall'])}"
    yield f"asked back needlessly     {_share(clarify['needless'])}"
    yield f"dangerous though unasked  {_share(summary['unasked_danger'])}"
    yield from _table("by kind", summary["kinds"])
    yield from _table("by tool", summary["tools"])
    if summary["confusions"]:
        yield "instead of"
        for pair in summary["confusions"][:10]:
            yield f"  {pair['expected']:<12} came {pair['got']:<12} {pair['count']}"
    if summary["confidence"]:
        yield "confidence, and how many were right"
        yield from (f"  {bin_['mean']:6.1%}  {_share(bin_)}" for bin_ in summary["confidence"]["bins"])
        for part in summary["confidence"]["surest"]:
            yield f"  the surest {part['requests']:.0%} (above {part['threshold']:.3f})  {_share(part)}"


def describe_comparison(comparison: Mapping[str, Any]) -> list[str]:
    """The lines of a report on what evaluation.compare gave."""
    first, second = comparison["first"], comparison["second"]
    return [
        f"{_share(first)}  {first['file']}",
        f"{_share(second)}  {second['file']}",
        f"right in both {comparison['both']}, only in the first {comparison['only_first']}, only in the second "
        f"{comparison['only_second']}, in neither {comparison['neither']}",
        f"McNemar: p = {comparison['p']:.4f}",
    ]


def _share(share: Mapping[str, Any]) -> str:
    low, high = share["interval"]
    if not share["of"]:
        return "   none"
    return f"{share['share']:6.1%}  {share['right']}/{share['of']}  ({low:.1%} to {high:.1%})"


def _table(title: str, shares: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield title
    yield from (f"  {name:<22}  {_share(share)}" for name, share in shares.items())


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda pair: -pair[1]))


def require_plot(file: Path) -> None:
    """Raises ShellperError for a picture that could not be drawn in the end, before anything is measured for it.

    It wants matplotlib, a format that this knows, and a folder.
    """
    try:
        from matplotlib.backend_bases import FigureCanvasBase
    except ImportError:
        raise ShellperError("a picture needs matplotlib: pip install '.[train]' in a checkout") from None
    formats = FigureCanvasBase.get_supported_filetypes()
    if file.suffix[1:].lower() not in formats:
        raise ShellperError(f"cannot draw {file}: end its name with one of .{', .'.join(sorted(formats))}")
    if not file.parent.is_dir():
        raise ShellperError(f"cannot draw {file}: there is no folder {file.parent}")


def plot(summary: Mapping[str, Any], file: Path) -> None:
    """Accuracy by kind, and the reliability of the confidence, as a picture; the file's ending says in which format.

    Raises ShellperError where require_plot does, and for a file that cannot be written.
    """
    require_plot(file)
    import matplotlib

    matplotlib.use("agg")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 4.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    _plot_kinds(left, summary.get("kinds", {}))
    _plot_confidence(right, summary.get("confidence", {}).get("bins", ()))
    try:
        figure.savefig(file, dpi=150)
    except (OSError, ValueError) as error:
        raise ShellperError(f"cannot draw {file}: {' '.join(str(error).split())}") from None


def _plot_kinds(axes: Any, kinds: Mapping[str, Mapping[str, Any]]) -> None:
    names = list(kinds)
    values = [kinds[name]["share"] for name in names]
    below = [max(0.0, share - kinds[name]["interval"][0]) for name, share in zip(names, values, strict=True)]
    above = [max(0.0, kinds[name]["interval"][1] - share) for name, share in zip(names, values, strict=True)]
    axes.barh(names, values, xerr=[below, above], color="#4c78a8", capsize=3)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel("right calls, with 95 % interval")


def _plot_confidence(axes: Any, bins: Iterable[Mapping[str, Any]]) -> None:
    known = list(bins)
    axes.plot([0, 1], [0, 1], linestyle="--", color="grey")
    axes.plot([each["mean"] for each in known], [each["share"] for each in known], marker="o", color="#4c78a8")
    for each in known:
        axes.annotate(str(each["of"]), (each["mean"], each["share"]), textcoords="offset points", xytext=(4, -10))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share of right calls")
