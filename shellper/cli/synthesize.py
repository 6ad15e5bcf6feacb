"""`shellper synthesize`: make training data."""

from __future__ import annotations

from pathlib import Path

import click

from shellper import __version__
from shellper.cli.options import examples, flag, json_option
from shellper.cli.output import write, write_json
from shellper.cli.progress import Bar
from shellper.errors import UsageError

REPORT = "synthesis.json"

_EXISTING = click.Path(exists=True, path_type=Path)


@click.command(
    "synthesize",
    epilog=examples(
        "shellper synthesize --out data --turns 40000",
        "shellper synthesize --out data --turns 2000 --add my/train.jsonl --seed 7",
    ),
)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Where to.")
@click.option(
    "--turns", default=20000, show_default=True, type=click.IntRange(min=0), help="How many requests to make."
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), help="Another seed, other data.")
@click.option(
    "--add", multiple=True, type=_EXISTING, metavar="FILE|DIR", help="Your own train.jsonl, folder or .turns."
)
@click.option(
    "--blocklist", multiple=True, type=_EXISTING, metavar="FILE", help="More texts not to train on, as hashes."
)
@json_option
def synthesize(
    out: Path, turns: int, seed: int, add: tuple[Path, ...], blocklist: tuple[Path, ...], **_options: object
) -> None:
    """Make training data: conversations from shellper's hand-written records, and your own.

    Writes train.jsonl, test.jsonl (held out) and job_description.json, which `shellper train` takes, and so does a
    training service that knows this format. The same seed gives the same data.

    What stands in the benchmarks that shellper is measured with, or in a checkout's own tests, is left out.
    """
    from shellper.training import collection, dataset
    from shellper.training.turns import read_all

    written = {path.resolve() for path in (out, *(out / name for name in dataset.FILES))}
    if any(each.resolve() in written for each in add):
        raise UsageError("--out would overwrite what --add reads: choose another folder")
    dataset.require_free(out, REPORT)
    records, added = collection.read_additions(add)
    blocked = collection.Blocklist()
    blocked.read_bench()
    blocked.read_own_tests()
    for file in blocklist:
        blocked.read(file)
    with Bar("making", turns) as bar:
        made = collection.collect([*read_all(), *records], turns, seed, added=added, blocklist=blocked, tell=bar.update)
    report = {
        "seed": seed,
        "conversations": len(made.train),
        "turns": sum(map(len, made.train)),
        "added": len(added),
        "held_out": len(made.held_out),
        "blocked": {cause: made.blocked[cause] for cause in collection.CAUSES},
        "duplicates": made.duplicates,
        "version": __version__,
    }
    dataset.write_report(out / REPORT, report)
    dataset.write_dataset(out, made.train, made.held_out)
    if flag("json"):
        write_json(report)
        return
    write(
        f"{report['conversations']} conversations of {report['turns']} turns in {out}, {report['held_out']} held out\n"
        f"left out: {made.blocked['bench']} by the benchmarks, {made.blocked['own_tests']} by shellper's tests, "
        f"{made.blocked['blocklists']} by blocklists, {made.duplicates} held out that are also trained on"
    )
