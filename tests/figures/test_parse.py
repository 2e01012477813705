import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollwire.figures.figure import Figure
from tollwire.figures.parse import parse_figure
from tollwire.problems import UsageError

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
BOUNDS = {
    "exact": ["{}", "exactly {}", "a total of {}"],
    "at_least": ["at least {}", "no fewer than {}", "{} or more"],
    "more_than": ["more than {}", "over {}"],
    "at_most": ["up to {}", "as many as {}", "no more than {}"],
    "less_than": ["fewer than {}", "less than {}", "under {}"],
    "about": [
        "about {}",
        "some {}",
        "nearly {}",
        "around {}",
        "approximately {}",
        "roughly {}",
        "almost {}",
        "close to {}",
    ],
}


def in_words(number: int, joint: str) -> str:
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10] + (f"-{UNITS[number % 10]}" if number % 10 else "")
    for scale, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            tail = f"{joint if rest < 100 else ' '}{in_words(rest, joint)}" if rest else ""
            return f"{in_words(number // scale, joint)} {name}{tail}"
    raise AssertionError(number)


def expected(bound: str, number: int) -> Figure:
    return {
        "exact": Figure("exact", number, number, number),
        "at_least": Figure("at_least", low=number),
        "more_than": Figure("more_than", low=number + 1),
        "at_most": Figure("at_most", high=number),
        "less_than": Figure("less_than", high=number - 1),
        "about": Figure("about", best=number),
    }[bound]


numbers = st.integers(1, 9_999_999)
written = st.sampled_from([str, "{:,}".format, lambda n: in_words(n, " and "), lambda n: in_words(n, " ")])
phrases = st.sampled_from([(bound, phrase) for bound, phrases in BOUNDS.items() for phrase in phrases])


@given(numbers, written, phrases, st.sampled_from(["", " people", " soldiers"]))
def test_a_number_below_ten_million_keeps_its_bounds_however_it_is_written(number, write, phrase, noun):
    bound, template = phrase

    found = parse_figure(template.format(write(number)) + noun)

    assert found == expected(bound, number)


@given(numbers, numbers, written, st.sampled_from(["{} to {}", "between {} and {}"]))
def test_a_range_has_both_ends(one, other, write, template):
    low, high = sorted((one, other))

    found = parse_figure(template.format(write(low), write(high)))

    # "two to five thousand" and "between one hundred and five thousand" read two ways, people mean the larger count
    if write(high) == str(high) or f"{high:,}" == write(high):
        assert found == Figure("range", low=low, high=high)
    else:
        assert found is not None


@given(st.text())
def test_no_text_makes_the_reader_fail(text):
    found = parse_figure(text)

    assert found is None or isinstance(found, Figure)


@pytest.mark.parametrize(
    ("phrase", "low", "best", "high"),
    [
        ("a soldier", 1, 1, 1),
        ("a hundred and five", 105, 105, 105),
        ("twenty-three", 23, 23, 23),
        ("two dozen", 24, 24, 24),
        ("1.2 million", 1_200_000, 1_200_000, 1_200_000),
        ("half a million", 500_000, 500_000, 500_000),
        ("a dozen guards", 12, 12, 12),
        ("3 lakh people", 300_000, 300_000, 300_000),
        ("12,34,567", 1_234_567, 1_234_567, 1_234_567),
        ("two and a half million", 2_500_000, 2_500_000, 2_500_000),
        ("20-plus", 20, None, None),
        ("9-12", 9, None, 12),
        ("9–12", 9, None, 12),
        ("nine to twelve", 9, None, 12),
        ("two to three thousand", 2_000, None, 3_000),
        ("between a hundred and five and two hundred", 105, None, 200),
        ("two or three men", 2, None, 3),
        ("a 12-year-old girl", 1, 1, 1),
        ("two 12-year-old girls", 2, 2, 2),
        ("a mother of three", 1, 1, 1),
        ("a family of five", 5, 5, 5),
        ("19 of the 43 aboard", 19, 19, 19),
        ("the rebel commander", 1, 1, 1),
        ("two additional insurgents", 2, 2, 2),
        ("and four others", 4, 4, 4),
        ("fewer than one", None, None, 0),
    ],
)
def test_a_phrase_states_these_bounds(phrase, low, best, high):
    found = parse_figure(phrase)

    assert (found.low, found.best, found.high) == (low, best, high)


@pytest.mark.parametrize(
    "phrase",
    ["none", "no one", "No-one", "nobody", "zero", "0", "no casualties", "no civilians", "not a single soldier"],
)
def test_none_is_a_figure(phrase):
    assert parse_figure(phrase) == Figure("none", 0, 0, 0)


@pytest.mark.parametrize(
    ("phrase", "low"),
    [
        ("dozens of people", 12),
        ("several", 3),
        ("some villagers", 3),
        ("a number of rebels", 2),
        ("rebels", 2),
        ("Kurdish civilians", 2),
        ("tens of thousands", 10_000),
        ("several hundred", 300),
        ("a few dozen", 36),
        ("a handful of men", 4),
        ("hundreds", 100),
    ],
)
def test_a_vague_word_is_worth_what_the_profile_says(phrase, low):
    assert parse_figure(phrase) == Figure("vague", low=low)


def test_profiles_disagree_about_dozens():
    assert parse_figure("dozens", "acled").low == 12
    assert parse_figure("dozens", "isaf_aan").low == 24


@pytest.mark.parametrize(
    "phrase",
    ["the people", "", "a house", "two-day visit", "7.62", "M-19", "50 percent", "9:30", "$12", "9" * 1_000_000],
)
def test_a_phrase_without_a_count_of_persons_is_none(phrase):
    assert parse_figure(phrase) is None


@pytest.mark.parametrize("piece", ["9", "nine ", "1,111", ",111", "at least ", "9-", "a'", "1\u00a0"])
def test_a_very_long_phrase_is_read_at_once(piece):
    found = parse_figure(piece * (1_000_000 // len(piece)))

    assert found is None or found.bound in ("exact", "range")


def test_an_unknown_profile_is_named_with_those_that_exist():
    with pytest.raises(UsageError, match=r"\[no-profile\] there is no profile 'acledd'; choose one of acled, isaf_aan"):
        parse_figure("nine", "acledd")
