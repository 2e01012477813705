"""The card of a release, README.md: what is in it, how to load it, what to know before using it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tollwire.annotations.agreement import HEAD, MEASURES, Agreement, rows_of, written
from tollwire.annotations.counting import ALL
from tollwire.contracts.contract import Contracts, Vocabulary
from tollwire.contracts.forms import markdown
from tollwire.release.bar_chart import draw_bars
from tollwire.release.card_front import front_matter, split_counts
from tollwire.release.shape import CONFIGS, Frames, release_contract
from tollwire.release.splits import SPLITS

if TYPE_CHECKING:
    import polars

INTRODUCTION = """\
Articles about armed violence with the people counted in them: every casualty figure with its bounds, the harm and who
the victims were, and every actor with its role, marked in the text and settled by agreement or adjudication."""
PICTURE = "spans.svg"


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
        "## Load it",
        '```python\nfrom datasets import load_dataset\n\narticles = load_dataset("PATH_OR_NAME")\n'
        'casualties = load_dataset("PATH_OR_NAME", "casualties")\n```',
        "Put the folder of this release, or its name on the Hub, for `PATH_OR_NAME`.",
        "Offsets are Unicode code points into `text`, end exclusive: `text[start:end]` is the surface.",
        f'`pip install tollwire`, then `tollwire.load("PATH_OR_NAME", "{facts.version}")` keeps to this version, also '
        "without a network, and checks every file; `tollwire.to_bio(article, tokenizer)` gives labels of tokens.",
        "## What is in it",
        _table(("config", "rows", *SPLITS), [_counts(table, tables) for table in CONFIGS]),
        _gold(facts),
        "Relations are what was drawn. Where an incident has one attacker or one source, who did it and who says so "
        "goes without saying, and is not drawn: `tollwire.complete_relations` fills it in.",
        f"![How many figures there are of each harm and bound, and actors of each role]({PICTURE})",
        "### Figures by harm and bound",
        _harm_table(tables["casualties"], contracts),
        "### Agreement of the labellers",
        _measures(),
        _agreement(facts.agreement),
        *_influence(facts.influence),
        *(("### Baseline", facts.baseline) if facts.baseline else ()),
        "### Sources",
        _table(("source", "licence of the text", "articles", "text"), sources),
        *_withheld(tables["articles"]),
        "## What changed",
        facts.changed,
        "Row by row it stands in `diff.parquet`; what was done in each version, in [CHANGELOG.md](CHANGELOG.md).",
        "## Before you use it",
        "Read [DATASHEET.md](DATASHEET.md): how texts and annotations came about, and what they must not be used for.",
        "The annotations are under CC BY 4.0 ([LICENSE-DATA](LICENSE-DATA)); the texts under the licences above.",
        "### How to cite",
        f"```bibtex\n@misc{{tollwire, title = {{Tollwire: an annotated news corpus about armed violence}}, "
        f"howpublished = {{Hugging Face dataset}}, version = {{{facts.version}}}}}\n```",
        "## Data dictionary",
        "A question mark behind a type: the value may be missing. The contracts are in `schemas/`.",
        *(markdown(release_contract(table, contracts), contracts.labels).rstrip() for table in CONFIGS),
    ]
    return "\n\n".join(parts) + "\n"


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


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _counts(table: str, tables: Frames) -> tuple[str, ...]:
    counted = split_counts(table, tables)
    return (f"`{table}`", f"{tables[table].height:,}", *(f"{counted[part]:,}" for part in SPLITS))


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
    return _table(("harm", *bounds), rows)


def _measures() -> str:
    lines = [f"- `{name}`: {meaning}" for name, (_, meaning) in MEASURES.items()]
    text = "Of articles that two labellers finished; the intervals come from resampling articles 1,000 times."
    return "\n".join([text, "", *lines])


def _influence(measured: list[Agreement]) -> Iterator[str]:
    """Tell what the suggestions do to who sees them, each pair of sides in a row."""
    if not measured:
        return
    yield "### With and without suggestions"
    yield (
        f"Of {measured[0].articles:,} articles, each labelled once with the suggestions of the rules shown and once "
        "without. Who sees them and agrees with them more than who does not is led by them; nearness to the gold shows "
        "whether that is for the better."
    )
    names = [name for name in ("overlapping", "values", "relations") if any(one.measure == name for one in measured)]
    cells = {(one.first, one.second, one.measure): one for one in measured if one.label == ALL}
    pairs = dict.fromkeys((first, second) for first, second, _ in cells)
    rows = [(" and ".join(pair), *(written(cells.get((*pair, name))) for name in names)) for pair in pairs]
    yield _table(("sides", *(MEASURES[name][1] for name in names)), rows)
    by_label = _table(HEAD, [row for row in rows_of(measured) if row[2] != ALL])
    yield f"<details><summary>Label by label</summary>\n\n{by_label}\n\n</details>"


def _agreement(measured: list[Agreement]) -> str:
    if not measured:
        return "No article was labelled by two."
    rows = list(rows_of(measured))
    whole = [row for row in rows if row[2] == ALL]
    label_by_label = _table(HEAD, [row for row in rows if row[2] != ALL])
    return f"{_table(HEAD, whole)}\n\n<details><summary>Label by label</summary>\n\n{label_by_label}\n\n</details>"
