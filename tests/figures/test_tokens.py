import re

from hypothesis import given
from hypothesis import strategies as st

from tollwire.figures.tokens import tokenise

TEXTS = st.lists(
    st.sampled_from(["Nine", "US", "us", "12,500", "İs", "men’s", "passer-by", " ", "  ", "\n", "\u00a0", "."])
)


@given(TEXTS.map("".join))
def test_every_token_stands_where_its_offsets_say(text):
    tokens = tokenise(text)

    read = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]

    # A no-break space between digits parts the groups of a number, and whether these are right the reader tells.
    assert "".join(read) == re.sub(r"[ \n]|(?<!\d)\s|\s(?!\d)", "", text)
    assert [word.replace(".", "") for word in tokens.words] == [
        surface.lower().replace("’", "'").replace(".", "") for surface in read
    ]


@given(TEXTS.map("".join))
def test_a_stretch_has_the_tokens_that_it_has_alone(text):
    inside, alone = tokenise(f"Two {text} men", 4, 4 + len(text)), tokenise(text)

    assert (inside.words, [start - 4 for start in inside.starts]) == (alone.words, alone.starts)


def test_us_is_a_country_in_capitals_only():
    assert tokenise("US troops told us").words == ["u.s.", "troops", "told", "us"]
    assert tokenise("THEY TOLD US").words == ["they", "told", "us"]


def test_no_more_tokens_are_given_than_asked_for():
    assert tokenise("nine men, two dead", limit=3).words == ["nine", "men", ","]
