"""The language of a text is told by a little of it, or by more where a little leaves it open."""

from tollwire.corpus.language import tell_language

GERMAN = "Neun Menschen wurden getötet, als Bewaffnete am Dienstag den Markt der Stadt angriffen, sagte ein Sprecher. "
ENGLISH = "Nine people were killed when gunmen attacked the market of the town on Tuesday, a spokesman said. "


def test_a_text_is_in_its_own_language_whatever_its_outlet_writes():
    assert tell_language(GERMAN * 4, "en") == "de"
    assert tell_language(ENGLISH * 4, "de") == "en"


def test_a_language_that_is_expected_keeps_its_region():
    assert tell_language(ENGLISH * 4, "en-NG") == "en-NG"


def test_a_short_text_is_in_the_language_that_is_expected():
    assert tell_language("Neun Menschen wurden getötet.", "en") == "en"


def test_what_stands_at_start_middle_and_end_counts():
    names = "Karim Obi Vell Tarra Orsk " * 2
    assert tell_language(f"{names}{GERMAN * 6}{names}", "en") == "de"
