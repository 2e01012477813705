"""A text that was withheld comes back as it was, or with its spans where their words are, or not at all."""

from random import Random

import pytest
from drift import DRIFTS, add_byline, cut_paragraph, drifted, merge_paragraphs, page_of, render
from hypothesis import given
from hypothesis import strategies as st

from tollwire.contracts.text import sha256_text
from tollwire.release.proofs import prove
from tollwire.release.rebuild import rebuild
from tollwire.release.rows import read_rows

PLACES = "Orsk Vell Dorn Tarra Quill Dessa Mera".split()
WHO = "police said officials residents doctors witnesses the army an aide".split()
LINKS = "in near at after when on of and while before that its their from with".split()
DEEDS = "killed wounded shelled attacked left displaced seized struck hit burned".split()
LONG_BLOCK = "This says nothing of the dead, but it makes the key known to all who have it at hand, and to nobody else."
FIGURES = [one.split() for one in ("nine people", "two children", "at least 12 people", "dozens", "four soldiers")]


def article(random: Random, paragraphs: int):
    """A page of sentences of few words and few figures, so that much of it reads alike; and where its figures are."""
    page, spans = [], []
    number = 0
    for _ in range(paragraphs):
        words: list[str] = []
        for _ in range(random.randint(1, 5)):
            words += random.choices(WHO + PLACES + DEEDS + LINKS, k=random.randint(2, 9))
            figure = random.choice(FIGURES)
            spans.append((number + len(words), number + len(words) + len(figure)))
            words += [*figure, random.choice(LINKS), random.choice(PLACES) + "."]
        number += len(words)
        page.append(words)
    return page_of(page), spans


def proven(page, spans):
    rendered = render(page)
    places = [(rendered.words[first][0][0], rendered.words[after - 1][0][1]) for first, after in spans]
    return rendered, places, prove("0" * 16, rendered.text, rendered.blocks, places)


def rebuilt(page, spans, copy):
    """Rebuild from a copy; give the result, and which of the spans that were placed are on other words."""
    rendered, places, proof = proven(page, spans)
    other = render(copy)
    done = rebuild(proof, rendered.blocks, sha256_text(rendered.text), other.text, other.blocks)
    wrong = [(old, new) for old, new in done.places.items() if rendered.numbers(old) != other.numbers(new)]
    assert sorted([*done.places, *done.lost]) == sorted(set(places))
    return done, wrong


@pytest.mark.parametrize("drift", DRIFTS, ids=lambda one: one.__name__)
def test_no_span_is_ever_put_on_other_words(drift):
    """A thousand pages and one change each; a span that is placed has to be on the very words that it was on."""
    placed = lost = 0
    for seed in range(1000):
        random = Random(seed)
        page, spans = article(random, random.randint(2, 8))
        done, wrong = rebuilt(page, spans, drift(page, random))
        assert wrong == [], f"seed {seed}"
        placed, lost = placed + len(done.places), lost + len(done.lost)

    assert placed > lost


@given(st.randoms(use_true_random=False), st.integers(1, 8), st.integers(1, 6))
def test_no_span_is_ever_put_on_other_words_however_much_changed(random, paragraphs, times):
    page, spans = article(random, paragraphs)

    _, wrong = rebuilt(page, spans, drifted(page, random, times))

    assert wrong == []


def test_the_same_text_is_exact():
    page, spans = article(Random(1), 5)

    done, wrong = rebuilt(page, spans, page)

    assert (done.verdict, done.lost, wrong) == ("exact", (), [])
    assert all(old == new for old, new in done.places.items())


def test_a_byline_costs_no_span_and_a_cut_only_those_in_it():
    random = Random(2)
    page, spans = article(random, 6)

    added, _ = rebuilt(page, spans, add_byline(page, random))
    cut, _ = rebuilt(page, spans, cut_paragraph(page, random))

    assert (added.verdict, added.lost) == ("re-anchored", ())
    assert cut.verdict == "re-anchored"
    assert 0 < len(cut.lost) < len(cut.places)


def test_paragraphs_that_were_joined_cost_no_span_in_prose():
    """In prose the words around a figure tell it apart; only what stands beside the former break may be lost."""
    text = [
        "Gunmen killed nine people in the market of Orsk late on Friday night, the ministry said in a statement.",
        "Doctors at the hospital counted two children among them, and said that seventeen others were in a bad state.",
        "The governor of Vell promised an inquiry into how the attackers had come by uniforms and vehicles.",
    ]
    page = page_of([one.split() for one in text])
    spans = [(2, 4), (25, 27), (33, 35)]

    done, wrong = rebuilt(page, spans, merge_paragraphs(page, Random(0)))

    assert (done.verdict, done.lost, wrong) == ("re-anchored", (), [])


def test_curled_quotes_and_other_dashes_are_the_same_words():
    words = "He said that nine people - 'all of them villagers' - had been killed by shells from across the river."
    page = page_of([words.split()])
    rendered, places, proof = proven(page, [(3, 5)])
    copy = rendered.text.replace(" - ", " \u2013 ").replace("'", "\u2019")

    done = rebuild(proof, rendered.blocks, sha256_text(rendered.text), copy, [(0, len(copy))])

    assert (done.verdict, done.places) == ("re-anchored", {places[0]: places[0]})


def test_another_text_is_lost():
    page, spans = article(Random(3), 5)
    other, _ = article(Random(4), 5)

    done, _ = rebuilt(page, spans, other)

    assert (done.verdict, done.places) == ("lost", {})


def test_a_figure_that_was_corrected_is_lost_and_the_others_are_not():
    text = "Police said that at least nine people died when shells hit Orsk, and that two children in Vell were hurt."
    page = page_of(
        [
            text.split(),
            LONG_BLOCK.split(),
        ]
    )
    spans = [(3, 7), (18, 20)]
    copy = [[(-1, "twelve") if word == "nine" else (number, word) for number, word in one] for one in page]

    done, wrong = rebuilt(page, spans, copy)

    assert len(done.lost) == len(done.places) == 1
    assert wrong == []


@pytest.mark.parametrize("drift", DRIFTS, ids=lambda one: one.__name__)
def test_in_prose_nearly_every_span_whose_words_are_still_there_is_found(built, drift):
    """The project's own articles, each changed three times; a paragraph that stands twice leaves a doubt on purpose."""
    found = still = 0
    for row in read_rows(built.release / "0.1.0"):
        page = page_of([paragraph.split(" ") for paragraph in row["text"].split("\n\n")])
        rendered = render(page)
        spans = sorted({(one["start"], one["end"]) for table in ("casualties", "actors") for one in row[table]})
        proof = prove(row["article_id"], rendered.text, rendered.blocks, spans)
        for seed in range(3):
            other = render(drift(page, Random(seed)))
            done = rebuild(proof, rendered.blocks, row["text_sha256"], other.text, other.blocks)
            there = {number for _, number in other.words}
            whole = [span for span in spans if there.issuperset(rendered.numbers(span))]
            still, found = still + len(whole), found + len(done.places.keys() & set(whole))
            assert all(rendered.numbers(old) == other.numbers(new) for old, new in done.places.items())

    assert found / still >= (0.85 if drift.__name__ == "repeat_paragraph" else 0.95)
