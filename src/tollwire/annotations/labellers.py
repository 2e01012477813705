"""What one labeller's work shows: agreement with gold, pace, what is missed, what was made of the suggestions."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from tollwire.annotations.counting import values
from tollwire.annotations.log import Entry, latest
from tollwire.annotations.matching import LABELS, match, sides
from tollwire.annotations.regions import Region, essence, from_json
from tollwire.problems import Problem, UsageError

if TYPE_CHECKING:
    import polars

Frames = Mapping[str, "polars.DataFrame"]
MOST_MISSED = 5  # labels


def report(
    labeller: str, log: Sequence[Entry], tables: Frames, gold: Frames, sent: Mapping[str, dict[str, Any]]
) -> list[tuple[str, str]]:
    """
    Report on one labeller of a batch, as pairs of what and how much.

    ``tables`` are everybody's, ``gold`` what was settled, ``sent`` what each article's task was sent with.

    Raises:
        UsageError: the log has nothing by that labeller; the message lists who is there.
    """
    entries = [one for (_, annotator), one in latest(log).items() if annotator == labeller]
    if not entries:
        names = ", ".join(sorted({one.annotator for one in log})) or "nobody yet"
        what = f"nothing in the batch is by {labeller}"
        raise UsageError(Problem("--labeller", "no-such-labeller", what, f"name one of: {names}"))
    finished = [one for one in entries if not one.is_skipped]
    rows = [("articles finished", str(len(finished))), ("articles skipped", str(len(entries) - len(finished)))]
    if seconds := [one.seconds for one in finished if one.seconds is not None]:
        rows.append(("seconds an article, median", f"{median(seconds):.0f}"))
        rows.append(("hours in all", f"{sum(seconds) / 3600:.1f}"))
    rows += _against_gold(labeller, tables, gold)
    rows += _of_suggestions(finished, sent)
    return rows


def _against_gold(labeller: str, tables: Frames, gold: Frames) -> Iterator[tuple[str, str]]:
    settled = {article_id: next(iter(one.values())) for article_id, one in sides(dict(gold)).items()}
    theirs = {article_id: one[labeller] for article_id, one in sides(dict(tables)).items() if labeller in one}
    both = sorted(settled.keys() & theirs.keys())
    if not both:
        yield "agreement with gold", "no article of theirs is gold yet"
        return
    yield "articles of theirs that are gold", str(len(both))
    missed: Counter[str] = Counter()
    for table, column in LABELS.items():
        right = marked = wanted = alike = 0
        for article_id in both:
            own, true = theirs[article_id][table], settled[article_id][table]
            matched = match(own, true, column)
            right += len(matched)
            marked, wanted = marked + len(own), wanted + len(true)
            if table == "casualties":
                alike += sum(values(one) == values(other) for one, other in matched)
            found = {other["span_id"] for _, other in matched}
            missed.update(row[column] for row in true if row["span_id"] not in found)
        if marked + wanted:
            yield f"{table}: F1 with gold, overlapping and same label", f"{2 * right / (marked + wanted):.3f}"
        if table == "casualties" and right:
            yield "casualties: same low and high as gold", f"{alike} of {right}"
    for label, number in missed.most_common(MOST_MISSED):
        yield f"missed or labelled otherwise: {label}", str(number)


def _of_suggestions(finished: Sequence[Entry], sent: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Tell what was made of the suggestions that stood on the page when it was opened."""
    made: Counter[str] = Counter()
    suggested = 0
    for entry in finished:
        line = sent.get(entry.article_id)
        if line is None or line["text_sha256"] != entry.text_sha256 or not line["suggester"]:
            continue
        before = from_json(line).regions
        suggested += len(before)
        made.update(_fates(before, entry.marks.regions))
    if not suggested:
        yield "suggestions", "none were shown"
        return
    yield "suggestions shown", str(suggested)
    for fate in ("accepted unchanged", "edited", "removed"):
        yield f"suggestions {fate}", f"{made[fate]} ({100 * made[fate] / suggested:.0f} %)"
    yield "spans added", str(made["added"])


def _fates(before: Sequence[Region], after: Sequence[Region]) -> Iterator[str]:
    """Say of each suggestion what became of it, and of each span that was none that it was added."""
    kept = {one.id: one for one in after}
    untouched = set(kept)
    for one in before:
        other = kept.get(one.id)
        if other is None:
            yield "removed"
            continue
        untouched.discard(one.id)
        yield "accepted unchanged" if essence(one) == essence(other) else "edited"
    yield from ("added" for _ in untouched)
