"""What is learnt of an outlet: shares by position, copies that count once, and the same whatever the order."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollwire.corpus import outlet as module
from tollwire.corpus.outlet import Outlet, common, learn_outlet, merge
from tollwire.corpus.page_keys import EDGE, MOST_LINES, PageLines, line_key, page_keys

WORDS = "river bridge market doctor soldier village school train harbour council mayor winter road farmer".split()
NOTICE = "We keep a note of what you read here so that the page can show you more of the same kind."


def sentence(seed: object, words: int = 20) -> str:
    chosen = random.Random(str(seed))
    return " ".join(chosen.choice(WORDS) for _ in range(words)) + "."


def story(name: object, paragraphs: int = 8) -> list[str]:
    return [f"Headline of {name}", *(sentence((name, number)) for number in range(paragraphs))]


def page(name: object, *middle: str, head: tuple[str, ...] = (), tail: tuple[str, ...] = ()) -> PageLines:
    top = ["Home", "World", "Sign in", *head]
    body = [*story(name), *middle]
    bottom = ["More news", "12 comments", NOTICE, *tail]
    kept = [False] * (len(top) + 1) + [True] * (len(body) - 1) + [False] * len(bottom)
    return PageLines([*top, *body, *bottom], None, kept)


def padded(lines: list[str], name: object, count: int = 2 * EDGE) -> list[str]:
    """Put lines into the middle of a page that is long enough to have one."""
    return [*(f"menu {name} {one}a" for one in range(count)), *lines, *(f"foot {name} {one}a" for one in range(count))]


def share_of(outlet: Outlet, lines: list[str], line: str) -> float:
    return float(outlet.shares(lines)[lines.index(line)])


def test_a_line_of_every_page_has_a_share_of_one_and_a_line_of_this_page_of_none() -> None:
    pages = [page(name) for name in "abcd"]
    outlet = learn_outlet(pages)
    lines = list(pages[0].lines)
    assert (outlet.pages, len(set(outlet.stories.values()))) == (4, 4)
    assert [share_of(outlet, lines, one) for one in ("Home", NOTICE, "Headline of a")] == [1.0, 1.0, 0.0]


def test_a_page_that_was_learnt_does_not_count_for_itself() -> None:
    outlet = learn_outlet([page("a", head=("Live",)), page("b"), page("c")])
    known = list(page("a", head=("Live",)).lines)
    new = list(page("d", head=("Live",)).lines)
    assert share_of(outlet, known, "Live") == 0
    assert share_of(outlet, new, "Live") == pytest.approx(1 / 3)


@pytest.mark.parametrize("line", ["7 COMMENTS", "1999 Comments"])
def test_digits_and_case_do_not_tell_lines_apart(line: str) -> None:
    outlet = learn_outlet([page("a"), page("b")])
    lines = ["Home", sentence("x"), line]
    assert share_of(outlet, lines, line) == 1


def test_the_headline_of_a_story_in_the_foot_of_others_is_no_furniture_on_its_own_page() -> None:
    headline = "Headline of a"
    others = [PageLines([*padded([sentence((name, one)) for one in range(5)], name), headline]) for name in "bcd"]
    own = padded(story("a"), "a")[2 * EDGE :]
    outlet = learn_outlet([*others, PageLines(own)])
    assert own[0] == headline
    assert share_of(outlet, own, headline) == 0
    assert share_of(outlet, [*padded(story("e"), "e"), headline], headline) == 3 / 4


def test_a_menu_that_is_some_lines_longer_keeps_its_lines_in_the_head() -> None:
    def long(name: str, extra: int) -> list[str]:
        menu = [*(f"extra{'x' * one}" for one in range(extra)), *(f"menu {'y' * one}" for one in range(EDGE - 1))]
        return menu + padded(story(name), name)

    outlet = learn_outlet([PageLines(long(name, 10)) for name in "abc"])
    assert (outlet.shares(long("d", 0))[: EDGE - 1] == 1).all()


@pytest.mark.parametrize("change", ["", "again", "longer"])
def test_copies_and_updates_of_a_story_count_as_one_page(change: str) -> None:
    again = page("a", *(sentence((change, number)) for number in range({"": 0, "again": 1, "longer": 6}[change])))
    outlet = learn_outlet([page("a"), again, page("b"), page("c")])
    assert len(set(outlet.stories.values())) == 3
    for version in (page("a"), again):
        lines = list(version.lines)
        assert [share_of(outlet, lines, one) for one in (sentence(("a", 0)), "Home")] == [0, 1]
        assert not outlet.furniture(lines)[4 : 4 + 8].any()


def test_a_later_version_of_a_page_that_was_learnt_keeps_its_body() -> None:
    outlet = common(learn_outlet([page("a"), page("b"), page("c")]))
    lines = list(page("a", sentence("new"), head=("Updated",)).lines)
    assert share_of(outlet, lines, sentence(("a", 0))) == 0
    assert share_of(outlet, lines, "Home") == 1


def test_a_notice_that_was_taken_for_text_everywhere_does_not_make_all_stories_one() -> None:
    brief = [
        PageLines(
            [f"Headline {name}", *(sentence((name, one)) for one in range(4)), NOTICE], None, [False] + [True] * 5
        )
        for name in "abcd"
    ]
    outlet = learn_outlet(brief)
    assert len(set(outlet.stories.values())) == 4
    assert share_of(outlet, ["Headline e", sentence("e"), NOTICE], NOTICE) == 1


def test_a_background_paragraph_of_half_the_stories_is_body() -> None:
    background = sentence("background")
    pages = [
        page(name, background if number % 2 else sentence(number), sentence((name, "end")))
        for number, name in enumerate("abcdef")
    ]
    outlet = learn_outlet(pages)
    lines = list(pages[1].lines)
    found = outlet.furniture(lines)
    assert share_of(outlet, lines, background) > 0
    assert [bool(found[lines.index(one)]) for one in (background, "Home", NOTICE)] == [False, True, True]


def test_without_other_pages_nothing_is_furniture() -> None:
    lines = list(page("a").lines)
    for outlet in (Outlet(), learn_outlet([page("a")]), learn_outlet([page("a"), page("a")])):
        assert not outlet.shares(lines).any()
        assert not outlet.furniture(lines).any()
    assert learn_outlet([page("a")]).shares([]).shape == (0,)


def test_a_path_that_holds_the_body_on_other_pages_is_told_from_one_that_never_does() -> None:
    def with_paths(name: str) -> PageLines:
        one = page(name)
        paths = [
            "div.article-7>p" if kept else "div.menu" if number < 3 else "h1"
            for number, kept in enumerate(one.kept or ())
        ]
        return PageLines(one.lines, paths, one.kept)

    pages = [with_paths(name) for name in "abc"]
    outlet = learn_outlet(pages)
    stories, body = outlet.path_shares(["div.article-8>p", "div.menu", "div.nowhere"])
    assert (stories.tolist(), body.tolist()) == ([3, 3, 0], [1, 0, 0])
    assert outlet.path_shares(["div.menu"], pages[0].lines)[0].tolist() == [2]


def test_of_a_page_without_end_both_ends_are_learnt() -> None:
    lines = [f"line {chr(0x4E00 + one)}" for one in range(3 * MOST_LINES)]
    keys = page_keys(PageLines(lines)).lines
    assert len(keys) == 2 * MOST_LINES
    assert line_key(lines[0]) in keys
    assert line_key(lines[-1]) in keys


def test_of_too_many_pages_the_same_ones_are_learnt_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PAGES", 5)
    pages = [page(name) for name in range(20)]
    assert learn_outlet(pages) == learn_outlet(pages[::-1])
    assert learn_outlet(pages).pages == 5


def test_what_one_story_alone_has_is_forgotten_and_the_shares_of_its_page_stay() -> None:
    pages = [page(name, head=("Live",) if name == "a" else ()) for name in "abc"]
    outlet = learn_outlet(pages)
    kept = common(outlet)
    assert {line_key("Live"), line_key(sentence(("a", 0)))} & {
        key for one in kept.learnt.values() for key in one.lines
    } == set()
    assert common(kept) == kept
    for one in pages:
        np.testing.assert_array_equal(kept.shares(one.lines), outlet.shares(one.lines))


SOME_LINES = st.lists(st.sampled_from(["Home", "Live", NOTICE, *(sentence(number) for number in range(6))]), max_size=8)
SOME_PAGES = st.lists(
    SOME_LINES.map(
        lambda lines: PageLines(lines, [f"p.c{len(line) % 3}" for line in lines], [len(line) > 9 for line in lines])
    ),
    max_size=8,
)


@given(SOME_PAGES, st.randoms(use_true_random=False), SOME_LINES)
@settings(max_examples=80, deadline=None)
def test_the_order_of_pages_and_their_repetition_change_nothing(
    pages: list[PageLines], chance: random.Random, asked: list[str]
) -> None:
    outlet = learn_outlet(pages)
    shuffled = [*pages, *pages[:2]]
    chance.shuffle(shuffled)
    other = learn_outlet(shuffled)
    assert other == outlet
    assert other.stories == outlet.stories
    np.testing.assert_array_equal(other.shares(asked), outlet.shares(asked))
    assert ((outlet.shares(asked) >= 0) & (outlet.shares(asked) <= 1)).all()


@given(SOME_PAGES, SOME_PAGES, SOME_PAGES)
@settings(max_examples=80, deadline=None)
def test_merging_is_learning_together(one: list[PageLines], two: list[PageLines], three: list[PageLines]) -> None:
    first, second, third = map(learn_outlet, (one, two, three))
    assert merge(first, second) == merge(second, first) == learn_outlet([*two, *one])
    assert merge(merge(first, second), third) == merge(first, merge(second, third))
    assert merge(first, first) == first
