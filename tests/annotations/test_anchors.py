import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollwire.annotations.anchors import find_again

OLD = (
    "Shelling kills nine in Vell\n\n"
    "Nine people were killed when shells hit a market in Vell on Monday, the mayor said.\n\n"
    "Another nine people were wounded, and a nurse said that two of them might die."
)


def places(text: str, *phrases: str) -> list[tuple[int, int]]:
    return [(text.index(one), text.index(one) + len(one)) for one in phrases]


def words(text: str, *phrases: str) -> list[str | None]:
    found = find_again(OLD, text, places(OLD, *phrases))
    return [None if place is None else text[slice(*place)] for place in found]


ALL = ("nine in", "Nine people", "the mayor", "Another nine people", "two of them")


def test_an_unchanged_text_keeps_every_place() -> None:
    assert find_again(OLD, OLD, [(3, 9), (0, 1)]) == [(3, 9), (0, 1)]


@pytest.mark.parametrize(
    ("edit", "lost"),
    [
        (lambda text: f"By Our Reporter\n\n{text}", ()),
        (lambda text: text.replace("a market", "the old market"), ()),
        (lambda text: text.replace(" on Monday", ""), ("the mayor",)),
        (lambda text: text.replace("market", "crowded market"), ()),
        (lambda text: text.split("\n\n", 1)[1], ("nine in",)),
        (lambda text: text.replace("Nine people", "At least nine people"), ("Nine people",)),
        (lambda text: text.replace("the mayor", "the deputy mayor"), ("the mayor",)),
        (lambda text: text.replace("two of them", "three of them"), ("two of them",)),
    ],
)
def test_spans_move_with_their_text_or_are_lost(edit, lost: tuple[str, ...]) -> None:
    changed = edit(OLD)

    assert words(changed, *ALL) == [None if one in lost else one for one in ALL]


def test_a_sentence_that_stands_twice_now_is_not_guessed() -> None:
    sentence = OLD.split("\n\n")[1]

    assert words(f"{OLD}\n\n{sentence}", "the mayor said", "a nurse") == [None, "a nurse"]


def test_of_two_like_sentences_the_one_left_takes_no_span_of_the_other() -> None:
    old = "The army killed nine men.\n\nThe rebels killed nine men.\n\nRain fell."
    new = "The rebels killed nine men.\n\nRain fell."
    army, rebels = (old.index("nine"), old.index("nine") + 8), (old.rindex("nine"), old.rindex("nine") + 8)

    assert find_again(old, new, [army, rebels])[0] is None


def test_a_modifier_that_came_before_a_figure_makes_it_another() -> None:
    old, new = "Shells hit it. Nine died there today.", "Shells hit it. About Nine died there today."

    assert find_again(old, new, places(old, "Nine")) == [None]


# Edits of a text whose characters are followed one by one: each is a character and the place it had in the old text.
Traced = list[tuple[str, int]]
VOCABULARY = (
    "the army rebels killed nine two people men said in Vell on Monday , and wounded a nurse of Dorn at dawn "
    "while shells hit some houses near its old market as police held no one who had fled"
).split()
# What nobody could tell is left out: which of "nine nine" was taken out, or which of two paragraphs that few edits make
# the same.
LINES = st.lists(st.sampled_from(VOCABULARY), min_size=6, max_size=14, unique=True)
MOST_EDITS = 4
TEXTS = (
    st.lists(LINES, min_size=1, max_size=6)
    .filter(lambda lines: all(len({*one} ^ {*other}) > MOST_EDITS for one, other in combinations(lines, 2)))
    .map(lambda lines: "\n\n".join(map(" ".join, lines)))
)


NEW_WORDS = "fresh other changed".split()  # a word changed to itself, or a twin put beside it, could not be told


def edited(text: str, chance: random.Random, edits: int) -> Traced:
    """Put words in, change some, take some out, take out paragraphs and let them change places; then copy some."""
    paragraphs: list[list[Traced]] = []
    place = 0
    for paragraph in text.split("\n\n"):
        line: list[Traced] = []
        for word in paragraph.split(" "):
            line.append([(sign, place + step) for step, sign in enumerate(word)])
            place += len(word) + 1
        paragraphs.append(line)
        place += 1
    for _ in range(edits):
        line = chance.choice(paragraphs)
        at = chance.randrange(len(line))
        new: list[Traced] = [[(sign, -1) for sign in chance.choice(NEW_WORDS)]]
        match chance.randrange(5):
            case 0:
                line[at:at] = new
            case 1:
                line[at : at + 1] = new
            case 2 if len(line) > 1:
                del line[at]
            case 3 if len(paragraphs) > 1:
                paragraphs.remove(line)
            case 4:
                paragraphs.insert(chance.randrange(len(paragraphs)), paragraphs.pop())
    for _ in range(chance.randrange(3)):
        copy = [[(sign, -1) for sign, _ in word] for word in chance.choice(paragraphs)]
        paragraphs.insert(chance.randrange(len(paragraphs) + 1), copy)
    gap: Traced = [("\n", -1), ("\n", -1)]
    joined: Traced = []
    for number, line in enumerate(paragraphs):
        joined += gap if number else []
        for step, traced in enumerate(line):
            joined += ([(" ", -1)] if step else []) + traced
    return joined


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.randoms(use_true_random=False), st.integers(1, MOST_EDITS))
def test_no_span_ever_moves_to_other_words(text: str, chance: random.Random, edits: int) -> None:
    """A copied paragraph, a word put in, taken out or changed: a span lands on its own or nowhere."""
    traced = edited(text, chance, edits)
    new = "".join(sign for sign, _ in traced)
    words_at = [(start, start + len(word)) for start, word in _words(text)]

    for (start, end), moved in zip(words_at, find_again(text, new, words_at), strict=True):
        if moved is not None:
            assert [came for _, came in traced[slice(*moved)]] == list(range(start, end)), new


def _words(text: str) -> list[tuple[int, str]]:
    found, start = [], 0
    for word in text.replace("\n", " ").split(" "):
        if word:
            found.append((start, word))
        start += len(word) + 1
    return found
