"""Move annotations with their text when an article was normalised to another one; what cannot be moved is listed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tollwire.annotations.anchors import find_again
from tollwire.annotations.log import Entry, latest
from tollwire.annotations.regions import Region, display_text, is_exported
from tollwire.problems import Problem, shown

if TYPE_CHECKING:
    import polars

_LATER = timedelta(microseconds=1)  # the moved entry is the labeller's last word, until he says more


@dataclass(frozen=True, slots=True)
class Reanchored:
    """
    What became of the annotations of texts that changed.

    ``moved`` are entries for the log, of annotations that moved whole; ``spans`` counts their spans. ``problems`` are
    the spans that were not found, and the texts that are not at hand.
    """

    moved: list[Entry]
    spans: int
    problems: list[Problem]


def stale(log: Sequence[Entry], articles: "polars.DataFrame") -> list[Entry]:
    """Give the last word of each labeller on articles that have another text now."""
    digests = dict(articles.select("article_id", "text_sha256").iter_rows())
    return [
        one for one in latest(log).values() if one.article_id in digests and digests[one.article_id] != one.text_sha256
    ]


def reanchor(
    log: Sequence[Entry], old_texts: Mapping[str, str], articles: "polars.DataFrame", batch: str
) -> Reanchored:
    """
    Move each annotation of a text that changed to the text of now, all its spans or none.

    An annotation of which one span is lost stays where it is, so that nothing half becomes gold. ``old_texts`` are the
    texts that were labelled, as the editor showed them, by their digests.
    """
    now = {row[0]: row[1:] for row in articles.select("article_id", "text", "text_sha256").iter_rows()}
    moved: list[Entry] = []
    problems: list[Problem] = []
    for entry in stale(log, articles):
        where = f"batch {batch}, article {entry.article_id}, {entry.annotator}"
        text, digest = now[entry.article_id]
        old = old_texts.get(entry.text_sha256)
        if old is None:
            fix = "name the folder of the corpus that was labelled with --old"
            problems.append(Problem(where, "no-old-text", "the text that was labelled is not at hand", fix))
            continue
        regions, lost = _moved(entry.marks.regions, old, display_text(text))
        problems += _told(lost, where)
        if not lost:
            marks = replace(entry.marks, regions=tuple(regions))
            moved.append(
                replace(
                    entry,
                    marks=marks,
                    text_sha256=digest,
                    submitted_at=entry.submitted_at + _LATER,
                    reanchored_from=entry.text_sha256,
                )
            )
    return Reanchored(moved, sum(len(one.marks.regions) for one in moved), problems)


def _moved(regions: Sequence[Region], old: str, new: str) -> tuple[list[Region], list[Region]]:
    """Give the regions at their new places, and those that have none. One that never fitted its text has none."""
    places = find_again(old, new, [(one.start, one.end) for one in regions])
    moved, lost = [], []
    for region, place in zip(regions, places, strict=True):
        if place is None or not is_exported(region.text, old[region.start : region.end]):
            lost.append(region)
        else:
            moved.append(replace(region, start=place[0], end=place[1]))
    return moved, lost


def _told(lost: Sequence[Region], where: str) -> Iterator[Problem]:
    for region in lost:
        what = f"{shown(region.text)}, {', '.join(region.labels)}, stands nowhere in the new text without doubt"
        fix = "label the article's new text in a new batch"
        yield Problem(f"{where}, span {region.start}-{region.end}", "span-lost", what, fix)
