"""What a card says of agreement: of the labellers with one another, and with and without suggestions."""

from collections.abc import Iterator, Sequence

from tollwire.annotations.agreement import HEAD, MEASURES, Agreement, rows_of, written
from tollwire.annotations.counting import ALL


def agreement_parts(agreement: list[Agreement], influence: list[Agreement]) -> Iterator[str]:
    """Give the paragraphs and tables of agreement, in Markdown."""
    yield "### Agreement of the labellers"
    yield _measures()
    yield _agreement(agreement)
    yield from _influence(influence)


def table_of(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Write a table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _measures() -> str:
    lines = [f"- `{name}`: {meaning}" for name, (_, meaning) in MEASURES.items()]
    text = (
        "Of articles that two labellers finished. `units` are spans of both, pairs of matched spans, characters or "
        "articles; the intervals come from resampling articles 1,000 times. Alpha is 1 where all agree and 0 where "
        "they agree as often as by chance. What is measured on matched spans says nothing of those that one left out."
    )
    return "\n".join([text, "", *lines])


def _influence(measured: list[Agreement]) -> Iterator[str]:
    """Tell what the suggestions do to who sees them, each pair of sides in a row."""
    if not measured:
        return
    yield "### With and without suggestions"
    yield (
        f"Of {measured[0].articles:,} articles, each labelled once with the suggestions of the rules shown and once "
        "without. Who sees them and agrees with them more than who does not is led by them. The gold was made of what "
        "both said: nearness to it shows whom those who settled it followed, not who is right."
    )
    names = [name for name in ("overlapping", "values", "relations") if any(one.measure == name for one in measured)]
    cells = {(one.first, one.second, one.measure): one for one in measured if one.label == ALL}
    pairs = dict.fromkeys((first, second) for first, second, _ in cells)
    rows = [(" and ".join(pair), *(written(cells.get((*pair, name))) for name in names)) for pair in pairs]
    yield table_of(("sides", *(MEASURES[name][1] for name in names)), rows)
    by_label = table_of(HEAD, [row for row in rows_of(measured) if row[2] != ALL])
    yield f"<details><summary>Label by label</summary>\n\n{by_label}\n\n</details>"


def _agreement(measured: list[Agreement]) -> str:
    if not measured:
        return "No article was labelled by two."
    rows = list(rows_of(measured))
    whole = [row for row in rows if row[2] == ALL]
    label_by_label = table_of(HEAD, [row for row in rows if row[2] != ALL])
    return f"{table_of(HEAD, whole)}\n\n<details><summary>Label by label</summary>\n\n{label_by_label}\n\n</details>"
