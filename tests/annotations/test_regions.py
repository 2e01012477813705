import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollwire.annotations.reading import read_marks
from tollwire.annotations.regions import (
    INCIDENTS,
    Marks,
    Region,
    Spans,
    display_text,
    from_json,
    from_result,
    marks_of,
    to_json,
    to_result,
)
from tollwire.contracts.contract import read_contracts
from tollwire.contracts.records import Actor, Casualty, Relation
from tollwire.contracts.references import RELATION_ENDS

LABELS = read_contracts(Path(__file__).parents[2] / "schemas").labels
TEXTS = st.text(
    st.sampled_from("ab  9\n\u00e9\u0301\u05d0\u0634\u25a1\U0001f600\U0001f1f8\U00020000") | st.characters(), min_size=1
)
NUMBERS = st.none() | st.integers(0, 2**31 - 1)
NOTES = st.none() | st.text(min_size=1, max_size=8)


def one_of(vocabulary: str) -> st.SearchStrategy[str]:
    return st.sampled_from(list(LABELS.vocabulary(vocabulary)))


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, Spans]:
    """A text, and any spans on it that a labeller could have marked."""
    text = draw(TEXTS)
    actors, casualties, relations = [], [], []
    for number in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        incident = draw(st.none() | st.sampled_from(list(INCIDENTS.values())))
        place = (f"s-{number}", start, end, text[start:end])
        if draw(st.booleans()):
            kind = draw(st.none() | one_of("kind"))
            actors.append(Actor(*place, draw(one_of("role")), kind, draw(NOTES), draw(NOTES), incident))
        else:
            groups = tuple(sorted(draw(st.sets(one_of("victim_group")))))
            figure = (draw(one_of("bound")), draw(NUMBERS), draw(NUMBERS), draw(NUMBERS))
            told = (draw(one_of("victim_status")), groups, draw(one_of("status")), draw(one_of("scope")))
            casualties.append(Casualty(*place, draw(one_of("harm")), *figure, *told, incident))
    for kind, (head, tail) in sorted(RELATION_ENDS.items()):
        ends = {"actors": actors, "casualties": casualties}
        if ends[head] and ends[tail] and draw(st.booleans()):
            pair = (draw(st.sampled_from(ends[head])).span_id, draw(st.sampled_from(ends[tail])).span_id)
            relations.append(Relation(f"{kind}.{pair[0]}.{pair[1]}", kind, *pair))
    relations.sort(key=lambda one: one.relation_id)
    return text, Spans(tuple(sorted(actors, key=place_of)), tuple(sorted(casualties, key=place_of)), tuple(relations))


def without_sole_incident(spans: Spans) -> Spans:
    """Of an article with one incident no span has its number."""
    if {one.incident for one in (*spans.actors, *spans.casualties)} - {None, 1}:
        return spans
    actors, casualties = ([replace(one, incident=None) for one in rows] for rows in (spans.actors, spans.casualties))
    return Spans(tuple(actors), tuple(casualties), spans.relations)


def place_of(span: Actor | Casualty) -> tuple[int, int, str]:
    return span.start, span.end, span.span_id


@given(texts_with_spans(), st.randoms(use_true_random=False))
def test_spans_come_back_from_label_studio_as_they_went_whatever_the_order(
    case: tuple[str, Spans], order: random.Random
) -> None:
    text, spans = case
    marks = marks_of(spans)
    result = [{**entry, "origin": "manual", "score": 0.5, "hidden": False} for entry in to_result(marks)]
    order.shuffle(result)

    received, unread = from_result(json.loads(json.dumps(result)))
    again, problems = read_marks(received, text, LABELS, "here")

    assert (received, unread) == (marks, [])
    assert (again, problems) == (without_sole_incident(spans), [])


@given(texts_with_spans())
def test_spans_come_back_from_the_log_as_they_went(case: tuple[str, Spans]) -> None:
    marks = marks_of(case[1])

    assert from_json(json.loads(json.dumps(to_json(marks)))) == marks


@given(st.text())
def test_the_text_shown_counts_alike_in_python_and_in_the_browser(text: str) -> None:
    shown = display_text(text)

    assert len(shown) == len(text) == len(shown.encode("utf-16-le")) // 2
    assert all(one == other or ord(other) > 0xFFFF for one, other in zip(shown, text, strict=True))


def test_a_verdict_on_the_whole_article_comes_back() -> None:
    marks = Marks(choices=("bad_text",))

    assert from_result(to_result(marks)) == (marks, [])


def entry(kind: str | None, control: str | None, **value: Any) -> dict[str, Any]:
    return {"id": "r1", "type": kind, "from_name": control, "value": {"start": 0, "end": 4, "text": "nine", **value}}


NINE = entry("labels", "span", labels=["killed"])


@pytest.mark.parametrize(
    "foreign",
    [
        entry("rectanglelabels", "span", labels=["killed"]),
        entry("labels", "other_control", labels=["killed"]),
        entry("number", "start", number=7),
        entry("choices", "low", choices=["exact"]),
        entry("textarea", "comment", text=["hm"]),
        entry(None, None),
        {**NINE, "id": None},
        {**NINE, "value": {"labels": ["killed"]}},
        {**NINE, "value": {**NINE["value"], "start": 1.5}},
        {**NINE, "value": None},
        {"type": "relation", "labels": ["part_of"], "from_id": "r1"},
        {**entry("choices", "bound", choices=["exact"]), "id": "a region without a label"},
    ],
)
def test_an_entry_that_cannot_be_read_is_named_and_the_rest_is_read(foreign: dict[str, Any]) -> None:
    marks, unread = from_result([foreign, NINE])

    assert marks == Marks((Region("r1", 0, 4, "nine", ("killed",)),))
    assert len(unread) == 1


@pytest.mark.parametrize("empty", [{"choices": []}, {"choices": None}, {}])
def test_a_control_that_was_cleared_says_nothing(empty: dict[str, Any]) -> None:
    marks, unread = from_result([NINE, entry("choices", "bound", **empty), entry("number", "low", number=None)])

    assert (marks.regions[0].values, unread) == ({}, [])


def test_two_values_where_one_belongs_are_both_kept() -> None:
    marks, _ = from_result([NINE, entry("choices", "bound", choices=["range", "exact"])])

    assert marks.regions[0].values == {"bound": ["exact", "range"]}


def test_a_relation_drawn_without_a_kind_is_kept_for_the_reading_to_refuse() -> None:
    marks, _ = from_result([{"type": "relation", "from_id": "a", "to_id": "b", "labels": []}])

    assert marks.relations == (("", "a", "b"),)
