"""The head of a release's card: what the Hub lists it by, and the configs and features that ``load_dataset`` reads."""

from collections import Counter

from tollwire.contracts.contract import Contracts
from tollwire.contracts.forms import features
from tollwire.release.shape import PROOFS, TOMBSTONES, Frames, release_contract
from tollwire.release.splits import SPLITS

# The Hub's own classes, each with the number of rows that it stays below.
SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def front_matter(tables: Frames, contracts: Contracts) -> str:
    """Write the YAML of a card, in terms that ``datasets`` reads since 3.6."""
    import datasets
    import yaml

    languages = sorted({tag.split("-")[0] for tag in tables["articles"]["language"]})
    configs, infos = [], []
    for table in (name for name in tables if name != PROOFS):
        present = SPLITS[:1] if table == TOMBSTONES else set(split_counts(table, tables))
        files = [{"split": split, "path": f"{table}/{split}-*.parquet"} for split in SPLITS if split in present]
        configs.append(
            {"config_name": table, **({"default": True} if table == "articles" else {}), "data_files": files}
        )
        declared = features(release_contract(table, contracts), contracts.labels)
        infos.append({"config_name": table, **datasets.DatasetInfo(features=declared)._to_yaml_dict()})
    front = {
        "pretty_name": "Tollwire",
        "language": languages,
        "license": "cc-by-4.0",
        "task_categories": ["token-classification"],
        "tags": ["news", "armed-conflict", "casualties", "span-annotation"],
        "size_categories": [_size(tables["articles"].height)],
        "configs": configs,
        "dataset_info": infos,
    }
    return yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=1000)


def _size(rows: int) -> str:
    return next((name for below, name in SIZES if rows < below), "n>1M")


def split_counts(table: str, tables: Frames) -> Counter[str]:
    """Count the rows of a table in each split."""
    splits = tables["articles"].select("article_id", "split")
    counts = tables[table].select("article_id").join(splits, on="article_id").group_by("split").len()
    return Counter(dict(counts.iter_rows()))
