"""What two labellers who accept every suggestion say of a project's articles."""

from datetime import UTC, datetime

from tollwire.annotations.log import Entry
from tollwire.annotations.regions import Spans, marks_of
from tollwire.contracts.contract import read_contracts
from tollwire.contracts.records import Block
from tollwire.contracts.tables import read_table
from tollwire.figures.suggest import suggest
from tollwire.project import Project


def entries_of(project: Project) -> list[Entry]:
    """What two labellers who accept every suggestion say of every article."""
    contracts = read_contracts(project.schemas)
    entries = []
    for row in read_table(project.build / "corpus" / "articles.parquet", contracts["articles"]).iter_rows(named=True):
        found = suggest(row["text"], [Block(**block) for block in row["blocks"]])
        marks = marks_of(Spans(found.actors, found.casualties, found.relations))
        for minute, labeller in enumerate(("labeller-a", "labeller-b")):
            at = datetime(2026, 1, 1, 12, minute, tzinfo=UTC)
            entries.append(Entry(row["article_id"], labeller, at, None, False, row["text_sha256"], marks))
    return entries
