import time
import timeit
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollwire.contracts.records import Block
from tollwire.figures.sentences import sentences
from tollwire.figures.suggest import Suggestions, suggest
from tollwire.problems import UsageError

WORDS = (
    "Rebels killed at least nine people 12 , and . the army said \n\n wounded were two"
    " children including Kenya's 😀 é no one a soldier in Iran"
).split(" ")


def casualties(text: str) -> list[tuple[str, str, int | None, int | None]]:
    return [(row.surface, row.harm, row.low, row.high) for row in suggest(text).casualties]


def actors(text: str) -> list[tuple[str, str]]:
    return [(row.surface, row.role) for row in suggest(text).actors]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            '"A number of raiders were killed in the sweep," the ministry said.',
            [("A number of raiders", "killed", 2, None)],
        ),
        (
            "Kenya protested at the raids, which killed at least nine herders.",
            [("at least nine herders", "killed", 9, None)],
        ),
        ("The shelling killed two boys, a nurse said.", [("two boys", "killed", 2, 2)]),
        ("Market blast kills 12, injures 30", [("12", "killed", 12, 12), ("30", "injured", 30, 30)]),
        ("12 dead, 30 hurt in blast", [("12 dead", "killed", 12, 12), ("30", "injured", 30, 30)]),
        ("The raid left at least 20 villagers wounded.", [("at least 20 villagers", "injured", 20, None)]),
        ("The death toll rose to 14, doctors said.", [("14", "killed", 14, 14)]),
        ("Gunmen took five miners hostage.", [("five miners", "captured", 5, 5)]),
        ("Police arrested three suspects.", [("three suspects", "captured", 3, 3)]),
        ("Four fishermen are still missing.", [("Four fishermen", "missing", 4, 4)]),
        ("Some 1,200 villagers fled.", [("Some 1,200 villagers", "displaced", None, None)]),
        ("The army suffered dozens of casualties.", [("dozens of casualties", "casualties", 12, None)]),
        ("Nobody was hurt.", [("Nobody", "injured", 0, 0)]),
        ("No casualties were reported.", [("No casualties", "casualties", 0, 0)]),
        ("Two guards and a driver were killed.", [("Two guards", "killed", 2, 2), ("a driver", "killed", 1, 1)]),
        ("The crash killed 19 of the 43 aboard.", [("19", "killed", 19, 19)]),
        ("The raid killed the rebel leader, Abu Karim.", [("the rebel leader", "killed", 1, 1)]),
        (
            "A clerk was seized and two more clerks were abducted.",
            [("A clerk", "captured", 1, 1), ("two more clerks", "captured", 2, 2)],
        ),
        ("Nine people in the market of the old town were killed.", [("Nine people", "killed", 9, 9)]),
        ("The battle claimed 40 lives.", [("40 lives", "killed", 40, 40)]),
        ("A girl aged nine was wounded.", [("A girl", "injured", 1, 1)]),
        (
            "Smugglers have abducted up to ten Swiss civilian surveyors.",
            [("up to ten Swiss civilian surveyors", "captured", None, 10)],
        ),
        (
            "The bomb killed one U.S. soldier and two US reservists.",
            [("one U.S. soldier", "killed", 1, 1), ("two US reservists", "killed", 2, 2)],
        ),
        ("The toll rose to 14 from nine, officials said.", [("14", "killed", 14, 14), ("nine", "killed", 9, 9)]),
        ("The number of injured rose from three to five.", [("three", "injured", 3, 3), ("five", "injured", 5, 5)]),
        ("From three to five people were killed.", [("From three to five people", "killed", 3, 5)]),
        ("Troops killed six (6) terrorists.", [("six (6) terrorists", "killed", 6, 6)]),
        ("Soldiers killed one member of Al-Shabaab.", [("one member of Al-Shabaab", "killed", 1, 1)]),
        ("Four fighters of the New Red Front were slain.", [("Four fighters of the New Red Front", "killed", 4, 4)]),
        ("The rebels lost three of their own.", [("three of their own", "killed", 3, 3)]),
        ("Seven fighters reported killed in sweep", [("Seven fighters", "killed", 7, 7)]),
        ("Nobody here was hurt.", [("Nobody", "injured", 0, 0)]),
        ("Nobody appears to have been killed.", [("Nobody", "killed", 0, 0)]),
        ("Some thirty families fled.", [("Some thirty families", "displaced", 30, None)]),
        ("He put the army's dead at nine.", [("nine", "killed", 9, 9)]),
        ("The rebels put government losses at 24.", [("24", "killed", 24, 24)]),
        ("Two of our guards gave their lives at the gate.", [("Two of our guards", "killed", 2, 2)]),
        ("The people were killed.", [("The people", "killed", 2, None)]),
        ("Two gunmen killed six shoppers.", [("six shoppers", "killed", 6, 6)]),
    ],
)
def test_a_sentence_gives_these_figures(text, found):
    assert casualties(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Warplanes hit 60 targets.",
        "He killed time for 3 years.",
        "A two-day visit ended in 2013.",
        "On January 12 troops arrived.",
        "The singer died at the age of 82.",
        "Rebels destroyed 12 vehicles.",
        "Nine people voted.",
    ],
)
def test_what_is_no_casualty_gives_no_figure(text):
    assert [row for row in casualties(text) if row[0] != "The singer"] == []


@pytest.mark.parametrize(
    ("text", "status", "scope"),
    [
        ("The blast killed nine people.", "reported", "incident"),
        ("The army denied killing nine people.", "denied", "incident"),
        ("A dam breach could kill thousands of people.", "hypothetical", "incident"),
        ("Since May, more than 400 people have been killed.", "reported", "cumulative"),
        ("An attack there in 2013 killed 60 people.", "reported", "background"),
    ],
)
def test_status_and_scope_are_told_in_plain_cases(text, status, scope):
    (row,) = suggest(text).casualties

    assert (row.status, row.scope) == (status, scope)


@pytest.mark.parametrize(
    ("victims", "status", "groups"),
    [
        ("nine people", "unstated", ()),
        ("nine villagers", "civilian", ()),
        ("nine children", "civilian", ("children",)),
        ("nine soldiers", "combatant", ("security_forces",)),
        ("nine rebels", "combatant", ("militants",)),
        ("two reporters", "civilian", ("journalists",)),
        ("two aid workers", "civilian", ("medical_aid",)),
        ("nine armed men", "combatant", ("militants",)),
        ("nine members of Al-Shabaab", "combatant", ("militants",)),
        ("two girls", "civilian", ("children", "women")),
        ("two women", "unstated", ("women",)),
        ("nine members of one choir", "unstated", ()),
    ],
)
def test_the_head_noun_tells_who_the_victims_are(victims, status, groups):
    (row,) = suggest(f"The blast killed {victims}.").casualties

    assert (row.victim_status, row.victim_groups) == (status, groups)


def test_bombers_who_die_of_their_bomb_are_militants():
    _, bombers = suggest("The two bombers killed 23 people as well as themselves.").casualties

    assert (bombers.surface, bombers.victim_status) == ("themselves", "combatant")
    assert bombers.victim_groups == ("militants",)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Two rebels were killed and a third was captured.", ["combatant", "combatant"]),
        ("Two nuns were killed; a third was captured.", ["civilian", "unstated"]),
        ("The army lost two men.", ["combatant"]),
        ("The rebels suffered no casualties.", ["combatant"]),
        ("The widow lost two sons.", ["unstated"]),
        ("The army said that it lost two sons of the village.", ["unstated"]),
    ],
)
def test_what_is_left_out_and_what_a_side_loses_tells_who_the_victims_are(text, statuses):
    assert [row.victim_status for row in suggest(text).casualties] == statuses


def test_a_sub_count_is_part_of_the_whole():
    found = suggest("The raid killed 12 people, including three children and two nurses.")

    names = {row.span_id: row.surface for row in found.casualties}
    parts = [(row.kind, names[row.head_span_id], names[row.tail_span_id]) for row in found.relations]
    assert parts == [("part_of", "three children", "12 people"), ("part_of", "two nurses", "12 people")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kenya's Foreign Ministry said it knew.", [("Kenya's Foreign Ministry", "source")]),
        ("Kenya attacked a camp inside Somalia.", [("Kenya", "attacker")]),
        ("Nairobi said it had attacked the base.", [("Nairobi", "source")]),
        ("Two clerks were shot by Hamas fighters.", [("Hamas fighters", "attacker")]),
        ("Rebels ambushed an army convoy.", [("Rebels", "attacker"), ("an army convoy", "target")]),
        ("It was a raid on the Turkish army.", [("the Turkish army", "target")]),
        ("According to the Peruvian police, it was late.", [("the Peruvian police", "source")]),
        ("The talks were hosted by Qatar.", [("Qatar", "other")]),
        ("Iran-backed trade grew in Iraq and Syria; tell us more.", []),
    ],
)
def test_a_sentence_names_these_actors(text, found):
    assert actors(text) == found


def test_actors_carry_names_and_codes():
    found = suggest("The U.S. Navy said the Houthis attacked a ship.").actors

    assert [(row.kind, row.name, row.code) for row in found] == [
        ("state_forces", "United States", "US"),
        ("armed_group", "Houthis", "1091"),
    ]


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join) | st.text())
def test_every_surface_is_the_text_at_its_place(text):
    found = suggest(text)

    for row in (*found.actors, *found.casualties):
        assert text[row.start : row.end] == row.surface
        assert row.span_id[1:] == f"{row.start}-{row.end}"
    assert len({row.span_id for row in found.casualties}) == len(found.casualties)


def test_no_span_crosses_the_border_of_a_block():
    text = "Blast kills nine\n\npeople said it"

    whole = suggest(text)
    by_blocks = suggest(text, [Block("title", 0, 16), Block("paragraph", 18, 32)])

    assert [row.surface for row in whole.casualties] == ["nine"]
    assert by_blocks == whole


def test_another_language_gives_nothing():
    assert suggest("Nine people were killed.", language="de") == Suggestions()
    assert suggest("Nine people were killed.", language="en-GB").casualties


@pytest.mark.parametrize("space", ["\u00a0", "\u2007", "\u2028", "\u202f", "\u3000"])
def test_an_initial_before_a_wide_space_and_a_stop_is_read(space: str) -> None:
    text = f"General J{space}. Doe said nine people were killed."

    assert [text[one.start : one.end] for one in suggest(text).casualties] == ["nine people"]


@given(st.text("AÉé.!?,;:'\"9 \n\u00a0\u2028\u3000\u3002\u05d0\U0001f600", max_size=12))
def test_no_text_is_too_odd_to_be_parted_into_sentences(text: str) -> None:
    places = [(start, end) for start, end, *_ in sentences(text, None, "en")]

    assert all(before <= start <= end <= len(text) for (_, before), (start, end) in pairwise([(0, 0), *places]))


def test_a_lone_surrogate_shifts_nothing():
    (row,) = suggest("\ud83d Nine people were killed.").casualties

    assert (row.start, row.end) == (2, 13)


@pytest.mark.parametrize(
    "piece",
    [
        "Nine people were killed in the raid, he said. ",
        "killed 9, ",
        "9",
        "killed soldiers ",
        "suspected ",
        "at least ",
        "\n ",
        '"',
    ],
)
def test_time_grows_with_the_length_of_the_text_alone(piece):
    small, large = (_seconds_for(piece * (size // len(piece))) for size in (50_000, 400_000))

    # Eight times the text; a busy machine may make it look like thirty-two, and only a quadratic rule makes it 64.
    assert large < 0.2 + 32 * small


def _seconds_for(text):
    # The least of three, without the garbage collector, which goes over all that other tests left in this process.
    return min(timeit.repeat(lambda: suggest(text), timer=time.process_time, number=1, repeat=3))


def test_a_block_whose_kind_is_the_number_of_a_class_is_refused_in_one_line():
    with pytest.raises(UsageError) as refused:
        suggest("Nine die.", [Block(0, 0, 9)])  # type: ignore[arg-type]

    assert "blocks: [unnamed-kind] the kind of the block at 0 is" in str(refused.value)
    assert "\n" not in str(refused.value)
