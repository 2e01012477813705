"""Who did it and who says so: what is drawn, what a figure has from another, what goes without saying."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tollwire.contracts.records import Actor, Casualty, Relation
from tollwire.figures.parties import complete_relations


def figure(span_id: str, at: int = 10, **changes: object) -> Casualty:
    return replace(Casualty(span_id, at, at + 4, "nine", "killed", "exact", 9, 9, 9), **changes)  # type: ignore[arg-type]


def actor(span_id: str, role: str, surface: str, kind: str, at: int = 0, **changes: object) -> Actor:
    return replace(Actor(span_id, at, at + len(surface), surface, role, kind), **changes)  # type: ignore[arg-type]


GUNMEN = actor("a1", "attacker", "Gunmen", "unknown")
MINISTRY = actor("a2", "source", "the ministry", "government", 40)


def links(*parts: Casualty | Actor | Relation) -> set[tuple[str, str, str]]:
    casualties = [one for one in parts if isinstance(one, Casualty)]
    actors = [one for one in parts if isinstance(one, Actor)]
    relations = [one for one in parts if isinstance(one, Relation)]
    return {(one.kind, one.head_span_id, one.tail_span_id) for one in complete_relations(casualties, actors, relations)}


def drawn(kind: str, head: str, tail: str) -> Relation:
    return Relation(f"r.{kind}.{head}.{tail}", kind, head, tail)


def test_the_only_attacker_did_it_and_the_only_source_says_so() -> None:
    assert links(figure("c1"), GUNMEN, MINISTRY) == {("inflicted_by", "c1", "a1"), ("claimed_by", "c1", "a2")}


def test_what_is_drawn_overrules_what_goes_without_saying() -> None:
    rebels = actor("a3", "other", "the rebels", "armed_group", 60)

    assert links(figure("c1"), GUNMEN, rebels, drawn("inflicted_by", "c1", "a3")) == {("inflicted_by", "c1", "a3")}


def test_two_sides_or_two_speakers_are_not_one() -> None:
    army = actor("a3", "attacker", "the army", "state_forces", 60)
    clinic = actor("a4", "source", "the clinic", "organisation", 80)

    assert links(figure("c1"), GUNMEN, army, MINISTRY, clinic) == set()


def test_one_side_under_several_nouns_is_one_and_its_nearest_mention_before_the_figure_is_taken() -> None:
    army = actor("a3", "attacker", "the army", "state_forces", 0)
    troops = actor("a4", "attacker", "troops", "state_forces", 50)
    officer = actor("a5", "attacker", "an officer", "state_forces", 90)

    assert links(figure("c1", 70), army, troops, officer) == {("inflicted_by", "c1", "a4")}


def test_armed_groups_of_two_names_are_two_and_so_are_two_witnesses() -> None:
    front = actor("a3", "attacker", "the Red Front", "armed_group", 0, name="Red Front")
    guard = actor("a4", "attacker", "the Hill Guard", "armed_group", 20, name="Hill Guard")
    nurse = actor("a5", "source", "a nurse", "person", 40)
    baker = actor("a6", "source", "a baker", "person", 60)

    assert links(figure("c1", 80), front, guard, nurse, baker) == set()
    assert links(figure("c1", 80), nurse, replace(nurse, span_id="a7", start=60)) == {("claimed_by", "c1", "a7")}


def test_a_withheld_mention_is_like_no_other_person() -> None:
    nurse = replace(actor("a5", "source", "a nurse", "person", 40), surface=None)

    assert links(figure("c1"), nurse, replace(nurse, span_id="a6", start=60)) == set()


def test_an_incident_has_its_own_attacker_and_a_sum_of_two_has_none() -> None:
    police = actor("a3", "attacker", "police", "police", 60, incident=2)
    first, second, both = figure("c1", incident=1), figure("c2", incident=2), figure("c3")

    assert links(first, second, both, replace(GUNMEN, incident=1), police) == {
        ("inflicted_by", "c1", "a1"),
        ("inflicted_by", "c2", "a3"),
    }


def test_a_repeat_and_a_part_have_the_party_of_the_figure_that_they_are_drawn_to() -> None:
    army = actor("a3", "attacker", "the army", "state_forces", 60)
    found = links(
        figure("c1"),
        figure("c2"),
        figure("c3"),
        GUNMEN,
        army,
        drawn("inflicted_by", "c1", "a3"),
        drawn("same_as", "c2", "c1"),
        drawn("part_of", "c3", "c2"),
    )

    assert {("inflicted_by", "c2", "a3"), ("inflicted_by", "c3", "a3")} <= found


def test_figures_that_repeat_each_other_in_a_circle_end() -> None:
    assert links(figure("c1"), figure("c2"), drawn("same_as", "c1", "c2"), drawn("same_as", "c2", "c1")) == {
        ("same_as", "c1", "c2"),
        ("same_as", "c2", "c1"),
    }


def test_nobody_inflicted_a_figure_of_none_and_nobody_did_what_is_feared_or_recalled() -> None:
    nobody = figure("c1", bound="none", low=0, best=0, high=0)

    assert links(nobody, GUNMEN, MINISTRY) == {("claimed_by", "c1", "a2")}
    assert links(figure("c1", scope="background"), GUNMEN, MINISTRY) == set()
    assert links(figure("c1", status="hypothetical"), GUNMEN, MINISTRY) == set()


ENDS = st.sampled_from(("c1", "c2", "c3"))


@given(st.lists(st.tuples(st.sampled_from(("same_as", "part_of")), ENDS, ENDS)), st.booleans())
def test_what_is_drawn_stays_and_no_figure_gets_a_party_twice(
    chain: list[tuple[str, str, str]], has_party: bool
) -> None:
    relations = [drawn(*one) for one in dict.fromkeys(chain) if one[1] != one[2]]
    relations += [drawn("inflicted_by", "c1", "a1")] if has_party else []
    figures = [figure("c1"), figure("c2"), figure("c3")]
    found = complete_relations(figures, [GUNMEN, MINISTRY], relations)

    assert found[: len(relations)] == relations
    keys = [(one.kind, one.head_span_id, one.tail_span_id) for one in found]
    assert len(keys) == len(set(keys))
    assert all(("inflicted_by", one.span_id, "a1") in keys for one in figures)
