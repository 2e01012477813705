"""What the suggestions do to who sees them: labellers with and without them, beside the suggestions and the gold."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tollwire.annotations.agreement import Agreement, measure
from tollwire.annotations.batches import batch_names, find_batch, sent_before
from tollwire.annotations.log import Entry
from tollwire.annotations.matching import Side, sides
from tollwire.annotations.pull import tables_of
from tollwire.annotations.regions import from_json
from tollwire.contracts.contract import Contracts
from tollwire.project import Project

if TYPE_CHECKING:
    import polars

SEEN, UNSEEN, SUGGESTED = "with suggestions", "without suggestions", "suggestions"
GOLD_SIDE = "gold"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # a suggestion is of no time
Sides = dict[str, dict[str, Side]]


def influence(
    project: Project, everybody: Sides, gold: Sides, articles: "polars.DataFrame", contracts: Contracts
) -> list[Agreement]:
    """
    Measure how those who saw the suggestions, those who did not, the suggestions themselves and the gold agree.

    Of the batches that hide the suggestions from some labellers alone, and of articles whose text may be passed on;
    where several of a batch see them, or several do not, the first by name counts. ``everybody`` and ``gold`` are what
    ``matching.sides`` gives.
    """
    lengths = dict(articles.select("article_id", articles["text"].str.len_chars()).iter_rows())
    compared: Sides = {}
    for name in batch_names(project):
        batch = find_batch(project, name)
        if not batch.hidden_from:
            continue
        seeing = sorted(set(batch.labellers) - set(batch.hidden_from))
        suggested = _suggested(project, name, articles, contracts)
        for article_id in sorted(set(batch.articles) & suggested.keys() & gold.keys() & everybody.keys()):
            theirs = everybody[article_id]
            named = {SEEN: seeing, UNSEEN: sorted(batch.hidden_from)}
            chosen = {condition: next(filter(theirs.get, who), None) for condition, who in named.items()}
            if all(chosen.values()):
                (settled,) = gold[article_id].values()
                compared[article_id] = {condition: theirs[who] for condition, who in chosen.items() if who}
                compared[article_id] |= {SUGGESTED: suggested[article_id], GOLD_SIDE: settled}
    return measure(compared, lengths)


def _suggested(project: Project, batch: str, articles: "polars.DataFrame", contracts: Contracts) -> dict[str, Side]:
    """Give what was suggested of each article as if it were a labeller's."""
    entries = [
        Entry(article_id, SUGGESTED, NEVER, None, False, line["text_sha256"], from_json(line))
        for article_id, line in sent_before(project, batch).items()
    ]
    known = articles.filter(~articles["is_withheld"])
    tables, _ = tables_of(entries, known, contracts, batch)
    return {article_id: found[SUGGESTED] for article_id, found in sides(tables).items()}
