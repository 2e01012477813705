"""The card of a release, README.md: what is in it, how to load it, what to know before using it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.annotations.agreement import HEAD, MEASURES, Agreement, rows_of
from tollwire.contracts.contract import Contracts
from tollwire.contracts.forms import features, markdown
from tollwire.problems import Problem, UsageError
from tollwire.release.shape import CONFIGS, PROOFS, TOMBSTONES, release_contract
from tollwire.release.splits import SPLITS

if TYPE_CHECKING:
    import polars

INTRODUCTION = """\
Articles about armed violence with the people counted in them: every casualty figure with its bounds, the harm and who
the victims were, and every actor with its role, marked in the text and settled by agreement or adjudication."""
IN_SHORT = re.compile(r"^## In short\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What the card says that is not in the tables.

    ``in_short`` is what the datasheet says under that heading; left_out and rules count articles; sources are
    (id, licence, number of articles).
    """

    version: str
    in_short: str
    rows: dict[str, int]
    left_out: dict[str, int]
    rules: dict[str, int]
    agreement: list[Agreement]
    sources: list[tuple[str, str, int]]
    changed: str


def read_in_short(datasheet: Path) -> str:
    """
    Read what a datasheet says under "In short": what nobody may overlook who uses the data.

    Raises:
        UsageError: it says nothing there.
    """
    found = IN_SHORT.search(datasheet.read_text("utf-8"))
    if not found or not found[1].strip():
        fix = 'write a section "## In short": what the texts are, who labelled them, what they must not be used for'
        raise UsageError(Problem(datasheet.name, "missing-section", 'it has no section "In short"', fix))
    return found[1].strip()


def write_card(folder: Path, facts: Facts, tables: "dict[str, polars.DataFrame]", contracts: Contracts) -> None:
    """Write README.md: YAML that ``load_dataset`` reads its configs and features from, then prose for people."""
    import yaml

    front = yaml.safe_dump(_front_matter(tables, contracts), sort_keys=False, allow_unicode=True, width=1000)
    (folder / "README.md").write_text(f"---\n{front}---\n\n{_prose(facts, tables, contracts)}", "utf-8")


def _front_matter(tables: "dict[str, polars.DataFrame]", contracts: Contracts) -> dict[str, Any]:
    import datasets

    languages = sorted({tag.split("-")[0] for tag in tables["articles"]["language"]})
    configs, infos = [], []
    for table in (name for name in tables if name != PROOFS):
        present = SPLITS[:1] if table == TOMBSTONES else set(_split_counts(table, tables))
        files = [{"split": split, "path": f"{table}/{split}-*.parquet"} for split in SPLITS if split in present]
        configs.append(
            {"config_name": table, **({"default": True} if table == "articles" else {}), "data_files": files}
        )
        declared = features(release_contract(table, contracts), contracts.labels)
        infos.append({"config_name": table, **datasets.DatasetInfo(features=declared)._to_yaml_dict()})
    return {
        "pretty_name": "Tollwire",
        "language": languages,
        "license": "cc-by-4.0",
        "task_categories": ["token-classification"],
        "tags": ["news", "armed-conflict", "casualties", "span-annotation"],
        "size_categories": ["n<1K"],
        "configs": configs,
        "dataset_info": infos,
    }


def _prose(facts: Facts, tables: "dict[str, polars.DataFrame]", contracts: Contracts) -> str:
    sources = [(source, licence, str(count)) for source, licence, count in facts.sources]
    parts = [
        f"# Tollwire {facts.version}",
        INTRODUCTION,
        facts.in_short,
        "## Load it",
        '```python\nfrom datasets import load_dataset\n\narticles = load_dataset("PATH_OR_NAME")\n'
        'casualties = load_dataset("PATH_OR_NAME", "casualties")\n```',
        "Put the folder of this release, or its name on the Hub, for `PATH_OR_NAME`.",
        "Offsets are Unicode code points into `text`, end exclusive: `text[start:end]` is the surface.",
        "## What is in it",
        _table(("config", "rows", *SPLITS), [_counts(table, tables) for table in CONFIGS]),
        _gold(facts),
        "### Figures by harm and bound",
        _harm_table(tables["casualties"], contracts),
        "### Agreement of the labellers",
        _measures(),
        _agreement(facts.agreement),
        "### Sources",
        _table(("source", "licence of the text", "articles"), sources),
        "## What changed",
        facts.changed,
        "Row by row it stands in `diff.parquet`; what was done in each version, in [CHANGELOG.md](CHANGELOG.md).",
        "## Before you use it",
        "Read [DATASHEET.md](DATASHEET.md): how texts and annotations came about, and what they must not be used for.",
        "The annotations are under CC BY 4.0 ([LICENSE-DATA](LICENSE-DATA)); the texts under the licences above.",
        "## Data dictionary",
        "A question mark behind a type: the value may be missing. The contracts are in `schemas/`.",
        *(markdown(release_contract(table, contracts), contracts.labels).rstrip() for table in CONFIGS),
    ]
    return "\n\n".join(parts) + "\n"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _split_counts(table: str, tables: "dict[str, polars.DataFrame]") -> Counter[str]:
    split = dict(tables["articles"].select("article_id", "split").iter_rows())
    return Counter(split[article_id] for article_id in tables[table]["article_id"])


def _counts(table: str, tables: "dict[str, polars.DataFrame]") -> tuple[str, ...]:
    counted = _split_counts(table, tables)
    return (f"`{table}`", str(tables[table].height), *(str(counted[part]) for part in SPLITS))


def _gold(facts: Facts) -> str:
    rules = " and ".join(f"{count} by rule `{rule}`" for rule, count in facts.rules.items())
    text = f"Of the articles {rules} became gold: `agreed` when all labellers said the same, `adjudicated` by decision."
    if facts.left_out:
        left = "; ".join(f"{count} {reason}" for reason, count in facts.left_out.items())
        text += f"\nArticles of the corpus that are not in this release: {left}."
    return text


def _harm_table(casualties: "polars.DataFrame", contracts: Contracts) -> str:
    counted = Counter(casualties.select("harm", "bound").iter_rows())
    bounds = list(contracts.labels.bound)
    rows = [(harm, *(str(counted[harm, bound] or "") for bound in bounds)) for harm in contracts.labels.harm]
    return _table(("harm", *bounds), rows)


def _measures() -> str:
    lines = [f"- `{name}`: {meaning}" for name, (_, meaning) in MEASURES.items()]
    text = "Of articles that two labellers finished; the intervals come from resampling articles 1,000 times."
    return "\n".join([text, "", *lines])


def _agreement(measured: list[Agreement]) -> str:
    if not measured:
        return "No article was labelled by two."
    return _table(HEAD, list(rows_of(measured)))
