from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from spans import ONE, TWO, figure, tables

from tollwire.annotations.labellers import report
from tollwire.annotations.log import Entry
from tollwire.annotations.regions import Marks, Region, to_json
from tollwire.problems import UsageError

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
SUGGESTED = tuple(
    Region(f"c{place}", place, place + 4, "nine", ("killed",), {"bound": "exact"}) for place in (0, 9, 18)
)


def entry(*regions: Region, who: str = "ann", article_id: str = ONE, **more: Any) -> Entry:
    return replace(Entry(article_id, who, NOON, 60.0, False, "sha", Marks(regions)), **more)


def sent(*regions: Region, suggester: str | None = "rules") -> dict[str, dict[str, Any]]:
    return {ONE: {"article_id": ONE, "text_sha256": "sha", "suggester": suggester, **to_json(Marks(regions))}}


def told(*log: Entry, gold: Any = None, said: Any = None, tasks: Any = None) -> dict[str, str]:
    nothing = tables(verdicts={(ONE, "gold"): "annotated"}).copy()
    nothing = {table: frame.clear() for table, frame in nothing.items()}
    return dict(report("ann", log, said or nothing, gold or nothing, tasks or {}))


def test_what_became_of_each_suggestion_is_counted() -> None:
    first, second, _ = SUGGESTED
    new = Region("drawn", 30, 34, "nine", ("injured",), {})

    found = told(entry(first, replace(second, end=15), new), tasks=sent(*SUGGESTED))

    assert found["suggestions shown"] == "3"
    assert found["suggestions accepted unchanged"] == "1 (33 %)"
    assert found["suggestions edited"] == "1 (33 %)"
    assert found["suggestions removed"] == "1 (33 %)"
    assert found["spans added"] == "1"


def test_a_value_that_the_editor_filled_with_nothing_is_no_edit() -> None:
    first, *_ = SUGGESTED
    kept = replace(first, values={**first.values, "victim_groups": [], "name": None})

    assert told(entry(kept), tasks=sent(first))["suggestions accepted unchanged"] == "1 (100 %)"


@pytest.mark.parametrize(("suggester", "text"), [(None, "sha"), ("rules", "another text")])
def test_where_none_were_shown_nothing_is_counted(suggester: str | None, text: str) -> None:
    found = told(entry(SUGGESTED[0], text_sha256=text), tasks=sent(*SUGGESTED, suggester=suggester))

    assert found["suggestions"] == "none were shown"
    assert "spans added" not in found


def test_the_last_word_on_each_article_counts() -> None:
    log = (
        entry(seconds=10.0),
        entry(seconds=50.0, submitted_at=NOON.replace(hour=13)),
        entry(article_id=TWO, seconds=70.0),
        entry(article_id="3" * 16, is_skipped=True),
        entry(who="bob", seconds=900.0),
    )

    found = told(*log)

    assert (found["articles finished"], found["articles skipped"]) == ("2", "1")
    assert found["seconds an article, median"] == "60"


def test_work_is_held_against_gold() -> None:
    gold = tables(
        figure(0, 4, "gold"),
        figure(9, 12, "gold"),
        figure(20, 24, "gold", "injured"),
        verdicts={(ONE, "gold"): "annotated"},
    )
    said = tables(figure(0, 4), figure(9, 13, low=8), figure(40, 44))

    found = told(entry(), gold=gold, said=said)

    assert found["casualties: F1 with gold, overlapping and same label"] == f"{2 * 2 / 6:.3f}"
    assert found["casualties: same low and high as gold"] == "1 of 2"
    assert found["missed or labelled otherwise: injured"] == "1"


def test_somebody_who_did_nothing_is_a_mistake_that_names_who_did() -> None:
    with pytest.raises(UsageError, match=r"\[no-such-labeller\].*name one of: bob"):
        told(entry(who="bob"))
