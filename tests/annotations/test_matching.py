from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st
from spans import figure

from tollwire.annotations.matching import match

PLACES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda one: (one[0], one[0] + one[1])), max_size=4
)


def test_pairs_are_one_to_one() -> None:
    pairs = match([figure(0, 4, span_id=name) for name in "ab"], [figure(0, 4, span_id=name) for name in "xyz"])

    assert len(pairs) == 2
    assert len({one["span_id"] for one, _ in pairs}) == len({other["span_id"] for _, other in pairs}) == 2


def test_of_as_many_pairs_those_with_most_in_common_are_chosen() -> None:
    ((one, other),) = match([figure(0, 10)], [figure(0, 2), figure(2, 10)])

    assert (one["start"], other["start"]) == (0, 2)


def test_a_label_that_differs_parts_spans_only_where_it_is_asked_for() -> None:
    ours, theirs = [figure(0, 4)], [figure(0, 4, "bob", "injured")]

    assert match(ours, theirs, "harm") == []
    assert len(match(ours, theirs)) == 1


@given(PLACES, PLACES)
def test_no_other_choice_pairs_more(anns: list[tuple[int, int]], bobs: list[tuple[int, int]]) -> None:
    short, long = sorted((anns, bobs), key=len)
    most = max(
        sum(one[0] < other[1] and other[0] < one[1] for one, other in zip(short, chosen, strict=True))
        for chosen in permutations(long, len(short))
    )

    assert len(match([figure(*place) for place in anns], [figure(*place, "bob") for place in bobs])) == most
