"""Train a small model on a release, and score it and the rules on its test split: what a first attempt reaches."""

import argparse
import math
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from measured_page import put
from span_model import LONGEST, SEED, STEPS, WORDS, Article, Learnt, Span, learn_both

import tollwire
from tollwire.contracts.records import Block
from tollwire.corpus.normalise import normalise
from tollwire.figures.score import Measure
from tollwire.problems import Problem, TollwireError, UsageError
from tollwire.project import Project
from tollwire.release.build import NEEDED, build_release
from tollwire.release.manifest import MANIFEST, read_manifest
from tollwire.release.token_labels import LABELLED_BY, label_name

CHECKOUT = Path(__file__).parents[1]
DOCUMENT = CHECKOUT / "DATASHEET.md"  # from where a card takes it
FEW = 20  # test articles below which the page warns
WEIGHT = 4  # bytes
# What a row says -> which of the scores it shows.
SPANS = {
    "figures, exact": "figures",
    "figures, overlapping": "figures_overlapping",
    "actors, exact": "actors",
    "actors, overlapping": "actors_overlapping",
}
VALUES = {
    "low and high right, of the figures found": "accuracy",
    "role right, of the actors found at their place": "roles",
}


class Parts(NamedTuple):
    """What is trained on and what is scored, of one version; withheld articles have no text and are left out."""

    version: str
    train: list[Article]
    test: list[Article]
    withheld: int


def main() -> int:
    """Print what is measured, and write it into DATASHEET.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "release", nargs="?", metavar="RELEASE", help="a folder or a name on the Hub (default: build the project's own)"
    )
    parser.add_argument("--version", metavar="VERSION", help="which version, where RELEASE holds several")
    parser.add_argument("--steps", type=int, default=STEPS, metavar="N", help=f"of training (default: {STEPS:,})")
    parser.add_argument("--dry-run", action="store_true", help="print only, and leave DATASHEET.md as it is")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            release = options.release or str(build_own(CHECKOUT, Path(folder)))
            parts = read_parts(release, options.version, Path(folder) / "cache")
    except TollwireError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    body = measure(parts, options.steps)
    print(body)
    if not options.dry_run:
        put(DOCUMENT, Path(__file__).name, body)
    return 0


def build_own(checkout: Path, folder: Path) -> Path:
    """Build the release of the project's own gold in another folder, so that the checkout stays as it is."""
    project = Project(folder / "project")
    for name in ("schemas", "corpus", "annotations"):
        shutil.copytree(checkout / name, project.root / name)
    for name in NEEDED:
        shutil.copy(checkout / name, project.root / name)
    normalise(project, [project.raw], project.normalised)
    # Nothing is compared with versions that were published before: this one is read and thrown away.
    return build_release(project, None, project.normalised, against="none").folder


def read_parts(release: str, version: str | None, cache: Path) -> Parts:
    """
    Load the training and test articles of a release, its classes as names.

    Raises:
        UsageError: one of the two splits has no article with a text.
    """
    import datasets

    datasets.disable_progress_bars()
    # The Arrow files that loading makes go with the temporary folder.
    datasets.config.HF_DATASETS_CACHE = cache
    loaded = tollwire.load(release, version)
    parts = {split: [named(row) for row in loaded[split]] if split in loaded else [] for split in ("train", "test")}
    held = {split: [row for row in rows if row["text"]] for split, rows in parts.items()}
    if empty := [split for split, rows in held.items() if not rows]:
        what = f"no article with a text is in {' nor in '.join(empty)}"
        raise UsageError(Problem(release, "empty-split", what, "take a release that has some in both"))
    manifest = Path(release) / MANIFEST
    told = version or (str(read_manifest(manifest.parent)["version"]) if manifest.is_file() else release)
    return Parts(told, held["train"], held["test"], sum(map(len, parts.values())) - sum(map(len, held.values())))


def named(article: Article) -> Article:
    """Give an article with the names of its harms, roles and kinds of blocks, where ``load_dataset`` gives numbers."""
    spans = {
        table: [{**one, column: label_name(one[column], column)} for one in article[table]]
        for table, column in LABELLED_BY.items()
    }
    blocks = [{**one, "kind": label_name(one["kind"], "block_kind")} for one in article["blocks"]]
    return {**article, **spans, "blocks": blocks}


def measure(parts: Parts, steps: int) -> str:
    """Train, score, and say it in Markdown."""
    learnt = learn_both(parts.train, parts.test, steps)
    found = zip(*(learnt[table].spans for table in LABELLED_BY), strict=True)
    model = [
        model_row(article, dict(zip(LABELLED_BY, spans, strict=True)))
        for article, spans in zip(parts.test, found, strict=True)
    ]
    systems = {"rules": [rule_row(article) for article in parts.test], "model": model}
    return "\n\n".join([*introduction(parts), table_of(parts.test, systems), training(learnt, steps)])


def rule_row(article: Article) -> Article:
    """Let the rules read an article."""
    blocks = [Block(**block) for block in article["blocks"]]
    return {
        "article_id": article["article_id"],
        **asdict(tollwire.suggest(article["text"], blocks, article["language"])),
    }


def model_row(article: Article, found: Mapping[str, Sequence[Span]]) -> Article:
    """Make rows of the spans that a model found; the bounds of a figure are those that its words state."""
    row: Article = {"article_id": article["article_id"], "relations": []}
    for table, column in LABELLED_BY.items():
        row[table] = [
            {"span_id": f"{table[0]}{number}", "start": start, "end": end, column: label}
            for number, (start, end, label) in enumerate(found[table], start=1)
        ]
    for one in row["casualties"]:
        figure = tollwire.parse_figure(article["text"][one["start"] : one["end"]])
        one |= {name: getattr(figure, name, None) for name in ("low", "best", "high")}
    return row


def introduction(parts: Parts) -> list[str]:
    """Say how many articles and spans the numbers are of, and warn where those are few."""
    lines = [f"Release {parts.version}: trained on {counted(parts.train)}; scored on {counted(parts.test)}."]
    if parts.withheld:
        lines.append(f"Left out, because the text is withheld: {number_of(parts.withheld, 'article')}.")
    if len(parts.test) < FEW:
        lines.append(
            f"**The test split has fewer than {FEW} articles: these numbers show that the path works, "
            "and say nothing about which of the two is better.**"
        )
    return lines


def counted(articles: Sequence[Article]) -> str:
    """Count articles and their spans."""
    figures, actors = (sum(len(article[table]) for article in articles) for table in LABELLED_BY)
    return f"{number_of(len(articles), 'article')} with {number_of(figures, 'figure')} and {number_of(actors, 'actor')}"


def number_of(count: int, noun: str) -> str:
    """Write a number with its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def table_of(gold: Sequence[Article], systems: Mapping[str, Sequence[Article]]) -> str:
    """Score each system's rows of articles against the gold, as a Markdown table with a column for each."""
    scores = [tollwire.score(gold, rows) for rows in systems.values()]
    rows: list[tuple[str, ...]] = [
        ("what", "gold spans", *systems),
        ("---", "---:", *("---:" for _ in systems)),
    ]
    for what, pick in SPANS.items():
        measures = [getattr(one, pick) for one in scores]
        rows.append((f"{what}, F1 %", f"{measures[0].gold:,}", *(percent(one.f1) for one in measures)))
    for what, pick in VALUES.items():
        rows.append((f"{what}, %", "", *(of_found(getattr(one, pick)) for one in scores)))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def percent(share: float | None) -> str:
    """Write a share in percent, or a dash where there was nothing to count."""
    return "-" if share is None else f"{100 * share:.1f}"


def of_found(found: Measure) -> str:
    """Write the share that is right, and of how many."""
    return f"{percent(found.recall)} of {found.gold:,}"


def training(learnt: Mapping[str, Learnt], steps: int) -> str:
    """Say how large the model is and how long it was trained, in whole minutes: seconds differ from run to run."""
    weights = sum(one.weights for one in learnt.values())
    minutes = max(1, math.ceil(max(one.seconds for one in learnt.values()) / 60))
    return (
        f"The model: {weights:,} weights ({weights * WEIGHT / 1e6:.1f} MB), one half for figures, one for actors; "
        f"each half trained for {steps:,} steps of {WORDS:,} words, seed {SEED}, spans of up to {LONGEST} tokens; "
        f"on two cores at most {number_of(minutes, 'minute')}."
    )


if __name__ == "__main__":
    sys.exit(main())
