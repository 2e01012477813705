"""From a batch's log to the tables of spans: what each labeller last said, checked against its article."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.annotations.log import Entry, latest, news
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
AT_ONCE = 500  # annotations that are made tables of while the server works on the next ones


class Tables(dict[str, "polars.DataFrame"]):
    """
    The tables of spans, by name.

    ``incomplete`` has the (article_id, annotator) of whom something had to be left out: what is here of them is not
    all that they said, and must not be taken for it.
    """

    def __init__(self, tables: "dict[str, polars.DataFrame]", incomplete: Iterable[Key] = ()) -> None:
        super().__init__(tables)
        self.incomplete = frozenset(incomplete)

    def only(self, article_ids: Collection[str]) -> "Tables":
        """Give the rows of these articles."""
        kept = {table: frame.filter(frame["article_id"].is_in(article_ids)) for table, frame in self.items()}
        return Tables(kept, (key for key in self.incomplete if key[0] in article_ids))


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
    last = latest(log)
    for (article_id, annotator), entry in last.items():
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
    skipped = {key for key, entry in last.items() if entry.is_skipped}
    return Tables(tables, incomplete - skipped), problems


class Growing:
    """The tables of a log that is still being received, made while the next of it comes."""

    def __init__(self, log: Sequence[Entry], articles: "polars.DataFrame", contracts: Contracts, batch: str) -> None:
        self._log: dict[str, list[Entry]] = defaultdict(list)
        for entry in log:
            self._log[entry.article_id].append(entry)
        self._articles, self._contracts, self._batch = articles, contracts, batch
        self._waiting: list[Entry] = []
        self._late: list[Entry] = []  # of articles whose tables were made before this came
        self._made: set[str] = set()
        self._parts: list[tuple[Tables, list[Problem]]] = []
        self.new: list[Entry] = []

    def take(self, entries: Sequence[Entry]) -> None:
        """Take what was received of an article."""
        for entry in entries:
            (self._late if entry.article_id in self._made else self._waiting).append(entry)
        if len(self._waiting) >= AT_ONCE:
            self._make({entry.article_id for entry in self._waiting})

    def finish(self) -> tuple[Tables, list[Problem]]:
        """Give what ``tables_of`` gives of the whole log; ``new`` is complete then."""
        import polars as pl

        self._make({entry.article_id for entry in self._waiting})
        if self._late:
            self._waiting, self._parts, self._made = self._late, [], set()
        self._make(self._log.keys() - self._made)
        merged = {
            table: pl.concat([tables[table] for tables, _ in self._parts]).sort(self._contracts[table].key)
            for table in SPAN_TABLES
        }
        incomplete = (key for tables, _ in self._parts for key in tables.incomplete)
        return Tables(merged, incomplete), [problem for _, problems in self._parts for problem in problems]

    def _make(self, article_ids: Set[str]) -> None:
        """Make the tables of some articles, of which all that waits is said."""
        new = news([entry for article_id in article_ids for entry in self._log[article_id]], self._waiting)
        self.new += new
        for entry in new:
            self._log[entry.article_id].append(entry)
        self._waiting = []
        self._made |= article_ids
        told = [entry for article_id in article_ids for entry in self._log[article_id]]
        articles = self._articles.filter(self._articles["article_id"].is_in(article_ids))
        self._parts.append(tables_of(told, articles, self._contracts, self._batch))


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
