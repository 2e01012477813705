"""Adjudication in Label Studio: the articles on which labellers differ, with both versions and what they agree on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from tollwire.annotations.batches import Batch
from tollwire.annotations.differences import Difference
from tollwire.annotations.log import Entry, latest
from tollwire.annotations.regions import DIFFERS, Marks, essence, to_result, without_sole_incident
from tollwire.annotations.tasks import Task, article_task

if TYPE_CHECKING:
    import polars

AGREED = "agreed"  # the version that an adjudicator starts from
# A key and a colour that no label of the interface has.
_DIFFERS = {"value": DIFFERS, "hotkey": "0", "background": "#ff00c8"}
MOST_TOLD = 40  # differences in the line above the text; the page of `tollwire agreement` has them all


def adjudication_tasks(
    open_articles: Mapping[str, Sequence[Difference]], log: Sequence[Entry], articles: "polars.DataFrame", batch: Batch
) -> Iterator[Task]:
    """
    Make a task of each article on which labellers differ.

    Its predictions are what all of them agree on, from which the adjudicator starts, and each labeller's own version,
    in which what the others have otherwise, or not at all, is labelled so.
    What is disputed is in none but theirs: whoever submits without deciding it decides against it, in plain sight. The
    differences stand in words above the text.
    """
    said = latest(log)
    for row in articles.iter_rows(named=True):
        article_id = row["article_id"]
        if article_id not in open_articles:
            continue
        versions = {
            annotator: one.marks
            for (of_article, annotator), one in said.items()
            if of_article == article_id and not one.is_skipped
        }
        task = article_task(row, batch)
        task["data"]["meta"] += f" \u00b7 {_told(open_articles[article_id])}"
        common = agreed([without_sole_incident(one) for one in versions.values()])
        results = {AGREED: common, **{name: _marked(marks, common) for name, marks in versions.items()}}
        task["predictions"] = [{"model_version": name, "result": to_result(marks)} for name, marks in results.items()]
        yield task


def agreed(versions: Sequence[Marks]) -> Marks:
    """Give the regions, relations and choices that all versions have, whatever their ids."""
    first, *others = versions
    known = [{essence(region): region.id for region in one.regions} for one in others]
    kept = [region for region in first.regions if all(essence(region) in one for one in known)]
    keys = {region.id: essence(region) for region in kept}
    relations = [
        (kind, head, tail)
        for kind, head, tail in first.relations
        if head in keys
        and tail in keys
        and all(
            (kind, ids[keys[head]], ids[keys[tail]]) in other.relations
            for ids, other in zip(known, others, strict=True)
        )
    ]
    choices = [one for one in first.choices if all(one in other.choices for other in others)]
    return Marks(tuple(kept), tuple(relations), tuple(choices))


def _marked(version: Marks, common: Marks) -> Marks:
    """Label those regions of a version that are not among what all have in common."""
    known = set(map(essence, common.regions))
    alike = [essence(region) in known for region in without_sole_incident(version).regions]
    regions = [
        region if is_alike else replace(region, labels=(DIFFERS, *region.labels))
        for region, is_alike in zip(version.regions, alike, strict=True)
    ]
    return replace(version, regions=tuple(regions))


def adjudication_interface(interface: str) -> str:
    """
    Give a labelling interface the label of what differs.

    It comes first, for the editor paints a region in the colour of its first label.
    """
    root = ElementTree.fromstring(interface)
    for labels in root.iter("Labels"):
        labels.insert(0, ElementTree.Element("Label", _DIFFERS))
    return ElementTree.tostring(root, "unicode")


def _told(differences: Sequence[Difference]) -> str:
    told = [f"{place}. {one.what}" for place, one in enumerate(differences[:MOST_TOLD], start=1)]
    more = [f"and {len(differences) - MOST_TOLD} more"] if len(differences) > MOST_TOLD else []
    return f"{len(differences)} differences: {'; '.join([*told, *more])}"
