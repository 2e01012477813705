"""The card of a release, README.md: what is in it, how to load it, what to know before using it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.annotations.agreement import Agreement
from tollwire.contracts.contract import Contracts, Vocabulary
from tollwire.contracts.forms import markdown
from tollwire.release.bar_chart import draw_bars
from tollwire.release.card_agreement import agreement_parts, table_of
from tollwire.release.card_front import front_matter, split_counts
from tollwire.release.shape import CONFIGS, Frames, release_contract
from tollwire.release.splits import SPLITS, count_clusters

if TYPE_CHECKING:
    import polars

INTRODUCTION = """\
Articles about armed violence with the people counted in them: every casualty figure with its bounds, the harm and who
the victims were, and every actor with its role, marked in the text and settled by agreement or adjudication."""
PICTURE = "spans.svg"
EXAMPLE = ("surface", "start", "end", "harm", "bound", "low", "best", "high", "victim_status", "status", "scope")
ROWS = {
    "articles": "an article with its gold spans and relations, nested",
    "actors": "a mention of somebody who attacks, suffers or speaks, in the gold",
    "casualties": "a casualty figure, in the gold",
    "relations": "a link drawn between two spans, in the gold",
    "annotations": "what one labeller said of one article, before it was settled",
    "tolls": "what the figures of an article claim together, by incident and harm: no count of victims",
}


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """One source of a release: how many articles, under which licence, and whether their text is there."""

    source_id: str
    licence: str
    articles: int
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What the card says that is not in the tables.

    ``in_short`` is what the datasheet says under that heading; left_out and rules count articles; ``changed`` is the
    paragraph on what changed.
    """

    version: str
    in_short: str
    rows: dict[str, int]
    left_out: dict[str, int]
    rules: dict[str, int]
    agreement: list[Agreement]
    influence: list[Agreement]
    baseline: str
    sources: list["SourceFacts"]
    changed: str


def write_card(folder: Path, facts: Facts, tables: Frames, contracts: Contracts) -> None:
    """Write README.md: YAML that ``load_dataset`` reads its configs and features from, then prose for people."""
    front = front_matter(tables, contracts)
    (folder / PICTURE).write_text(_picture(tables, contracts), "utf-8")
    (folder / "README.md").write_text(f"---\n{front}---\n\n{_prose(facts, tables, contracts)}", "utf-8")


def _prose(facts: Facts, tables: Frames, contracts: Contracts) -> str:
    sources = [(one.source_id, one.licence, f"{one.articles:,}", one.text) for one in facts.sources]
    parts = [
        f"# Tollwire {facts.version}",
        INTRODUCTION,
        facts.in_short,
        "Annotations are under CC BY 4.0 ([LICENSE-DATA](LICENSE-DATA)), texts under the licence of their source. "
        "[DATASHEET.md](DATASHEET.md) tells how both came about, and what they must not be used for.",
        "## Load it",
        '```python\nfrom datasets import load_dataset\n\narticles = load_dataset("PATH_OR_NAME")  # a row an article\n'
        'casualties = load_dataset("PATH_OR_NAME", "casualties", split="train")  # a row a figure\n'
        'harm = casualties.features["harm"]  # classes are numbers: harm.int2str gives their names\n'
        'print(casualties[0]["surface"], harm.int2str(casualties[0]["harm"]), casualties[0]["low"])\n```',
        "Put the folder of this release, or its name on the Hub, for `PATH_OR_NAME`.",
        *_first_figure(tables["casualties"]),
        "Offsets are Unicode code points into `text`, end exclusive: `text[start:end]` is the surface.",
        f'`pip install tollwire`, then `tollwire.load("PATH_OR_NAME", "{facts.version}")` keeps to this version, also '
        "without a network, and checks every file; `tollwire.to_bio(article, tokenizer)` gives labels of tokens.",
        "## What is in it",
        table_of(("config", "a row is", "rows", *SPLITS), [_counts(table, tables) for table in CONFIGS]),
        _gold(facts),
        _leaks(tables["articles"]),
        "Relations are what was drawn. Where an incident has one attacker or one source, who did it and who says so "
        "goes without saying, and is not drawn: `tollwire.complete_relations` fills it in of what "
        "`tollwire.spans_of(article)` gives.",
        f"![How many figures there are of each harm and bound, and actors of each role]({PICTURE})",
        "### Figures by harm and bound",
        _harm_table(tables["casualties"], contracts),
        *agreement_parts(facts.agreement, facts.influence),
        *(("### Baseline", facts.baseline) if facts.baseline else ()),
        "### Sources",
        table_of(("source", "licence of the text", "articles", "text"), sources),
        *_withheld(tables["articles"]),
        "## What changed",
        facts.changed,
        "Row by row it stands in `diff.parquet`; what was done in each version, in [CHANGELOG.md](CHANGELOG.md).",
        "## How to cite",
        f"```bibtex\n@misc{{tollwire, author = {{{{The maintainers of Tollwire}}}}, year = {{{_year(tables)}}}, "
        f"title = {{Tollwire: an annotated corpus about armed violence}}, version = {{{facts.version}}}}}\n```",
        "## Data dictionary",
        "A question mark behind a type: the value may be missing. The contracts are in `schemas/`.",
        *(markdown(release_contract(table, contracts), contracts.labels).rstrip() for table in CONFIGS),
    ]
    return "\n\n".join(parts) + "\n"


def _first_figure(casualties: "polars.DataFrame") -> Iterator[str]:
    """Show one figure as a row of the table: the first that has words, and more than a number where there is one."""
    worded = casualties.filter(casualties["surface"].is_not_null())
    if worded.height:
        row = worded.row(int((worded["bound"] != "exact").arg_max() or 0), named=True)
        told = {name: row[name] for name in EXAMPLE if name in row}
        yield (
            "A figure looks like this, its classes as names:\n\n```\n"
            + "\n".join(f"{name}: {value}" for name, value in told.items())
            + "\n```"
        )


def _year(tables: Frames) -> int:
    """Give the year in which the last annotation was submitted."""
    return int(tables["annotations"]["submitted_at"].dt.year().max())  # type: ignore[arg-type]


def _leaks(articles: "polars.DataFrame") -> str:
    """Tell what could leak: copies of a story from one split into another, and words of withheld texts."""
    clusters, in_two = count_clusters(articles)
    text = f"Copies and updates of one story are in one split: of {clusters:,} clusters, {in_two:,} are in two splits."
    if articles["is_withheld"].any():
        text += "\nEvery build looks for words of the withheld texts, five in a row, in all files: there are none."
    return text


def _withheld(articles: "polars.DataFrame") -> Iterator[str]:
    withheld = articles.filter(articles["is_withheld"]).height
    if withheld:
        yield (
            f"The text of {withheld:,} articles may not be passed on. Of these there are places, values and digests, "
            "and no run of five words: title, text and surfaces are null. Where a page is, says its `url`, which may "
            "repeat words of its headline.\n"
            "Whoever has the pages puts the texts back, each proven: `tollwire hydrate PATH --pages FOLDER`."
        )


def _picture(tables: Frames, contracts: Contracts) -> str:
    labels = contracts.labels
    groups = {
        "Casualty figures by harm": _counted(tables["casualties"]["harm"], labels.harm),
        "Casualty figures by bound": _counted(tables["casualties"]["bound"], labels.bound),
        "Actors by role": _counted(tables["actors"]["role"], labels.role),
    }
    most = max((count for bars in groups.values() for _, count in bars), default=0)
    return draw_bars(groups, "Spans by label", most=most or 1, written="{:,.0f}".format)


def _counted(values: "polars.Series", vocabulary: Vocabulary) -> list[tuple[str, float]]:
    counted = Counter(dict(values.value_counts().iter_rows()))
    return [(name, counted[name]) for name in vocabulary]


def _counts(table: str, tables: Frames) -> tuple[str, ...]:
    counted = split_counts(table, tables)
    return (f"`{table}`", ROWS[table], f"{tables[table].height:,}", *(f"{counted[part]:,}" for part in SPLITS))


def _gold(facts: Facts) -> str:
    rules = " and ".join(f"{count} by rule `{rule}`" for rule, count in facts.rules.items())
    text = f"Of the articles {rules} became gold: `agreed` when all labellers said the same, `adjudicated` by decision."
    if facts.left_out:
        left = "; ".join(f"{count} {reason}" for reason, count in facts.left_out.items())
        text += f"\nArticles of the corpus that are not in this release: {left}."
    return text


def _harm_table(casualties: "polars.DataFrame", contracts: Contracts) -> str:
    counts = casualties.group_by("harm", "bound").len()
    counted = Counter({(harm, bound): count for harm, bound, count in counts.iter_rows()})
    bounds = list(contracts.labels.bound)
    rows = [(harm, *(str(counted[harm, bound] or "") for bound in bounds)) for harm in contracts.labels.harm]
    return table_of(("harm", *bounds), rows)
