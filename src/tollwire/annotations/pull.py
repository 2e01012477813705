"""From a batch's log to the tables of spans: what each labeller last said, checked against its article."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.annotations.batches import Entry, latest
from tollwire.annotations.reading import read_marks
from tollwire.contracts.checks import sound_rows
from tollwire.contracts.contract import Contracts
from tollwire.contracts.records import Verdict
from tollwire.contracts.references import reference_problems
from tollwire.contracts.tables import make_frame, table_rows, write_table
from tollwire.problems import Problem

if TYPE_CHECKING:
    import polars

Key = tuple[str, str]

SPAN_TABLES = ("actors", "casualties", "relations", "annotations")


class Tables(dict[str, "polars.DataFrame"]):
    """
    The tables of spans, by name.

    ``incomplete`` has the (article_id, annotator) of whom something had to be left out: what is here of them is not
    all that they said, and must not be taken for it.
    """

    def __init__(self, tables: "dict[str, polars.DataFrame]", incomplete: Iterable[Key] = ()) -> None:
        super().__init__(tables)
        self.incomplete = frozenset(incomplete)


def tables_of(
    log: Sequence[Entry], articles: "polars.DataFrame", contracts: Contracts, batch: str
) -> tuple[Tables, list[Problem]]:
    """
    Make the tables actors, casualties, relations and annotations of what each labeller last said.

    What does not fit its article or its contract is left out and listed.
    """
    texts = dict(articles.select("article_id", "text").iter_rows())
    digests = dict(articles.select("article_id", "text_sha256").iter_rows())
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in SPAN_TABLES}
    problems: list[Problem] = []
    incomplete: set[Key] = set()
    for (article_id, annotator), entry in latest(log).items():
        where = f"batch {batch}, article {article_id}, {annotator}"
        if digests.get(article_id) != entry.text_sha256:
            what = "the article was normalised to another text since" if article_id in digests else "no such article"
            problems.append(Problem(where, "text-changed", what, "label the new text in a new batch"))
            incomplete.add((article_id, annotator))
            continue
        spans, found = read_marks(entry.marks, texts[article_id], contracts.labels, where)
        problems += found
        if any(one.rule != "hidden-attribute" for one in found):
            incomplete.add((article_id, annotator))
        status = _status(entry, bool(spans.casualties))
        if status is None:
            fix = "mark its figures, or choose one verdict on the article"
            chosen = ", ".join(entry.marks.choices) or "nothing"
            problems.append(Problem(where, "no-verdict", f"no figure can be read, and {chosen} was chosen", fix))
            incomplete.add((article_id, annotator))
            continue
        key = {"article_id": article_id, "annotator": annotator}
        rows["actors"] += table_rows(spans.actors, **key)
        rows["casualties"] += table_rows(spans.casualties, **key)
        rows["relations"] += table_rows(spans.relations, **key)
        verdict = Verdict(status, entry.text_sha256, entry.submitted_at, entry.seconds, batch)
        rows["annotations"] += table_rows([verdict], **key)
    tables: dict[str, polars.DataFrame] = {}
    for table in SPAN_TABLES:
        where = f"batch {batch}, {table}"
        frame = make_frame(rows[table], contracts[table])
        tables[table], found = sound_rows(frame, contracts[table], contracts.labels, where)
        problems += found
        incomplete |= (Counter(_keys(frame)) - Counter(_keys(tables[table]))).keys()
    problems += reference_problems({"articles": articles, **tables})
    tables["relations"] = _with_both_ends(tables)
    skipped = {key for key, entry in latest(log).items() if entry.is_skipped}
    return Tables(tables, incomplete - skipped), problems


def _status(entry: Entry, has_figures: bool) -> str | None:
    if entry.is_skipped:
        return "skipped"
    if entry.marks.choices:
        return entry.marks.choices[0] if len(entry.marks.choices) == 1 else None
    return "annotated" if has_figures else None


def _keys(frame: "polars.DataFrame") -> list[Key]:
    return frame.select("article_id", "annotator").rows()


def _with_both_ends(tables: "dict[str, polars.DataFrame]") -> "polars.DataFrame":
    """Give the relations whose spans are both there: a span that broke its contract takes its relations with it."""
    import polars as pl

    key = ["article_id", "annotator", "span_id"]
    spans = pl.concat([tables["actors"].select(key), tables["casualties"].select(key)]).unique()
    relations = tables["relations"]
    for end in ("head_span_id", "tail_span_id"):
        relations = relations.join(spans, left_on=[*key[:2], end], right_on=key, how="semi", maintain_order="left")
    return relations


def write_tables(tables: Tables, contracts: Contracts, folder: Path) -> None:
    """Write the tables of a batch as Parquet into a folder, each under its contract."""
    for table, frame in tables.items():
        write_table(frame, contracts[table], contracts.labels, folder / f"{table}.parquet")
