"""Near-duplicates: copies are found, updates told from them, look-alikes left apart, in any order."""

import random
import time
from dataclasses import replace

import pytest
from planted_copies import COPIES, UNLIKE, UPDATES, Writer, article, cluster, fill, measure, plant, report

from tollwire.contracts.records import Article
from tollwire.corpus.repeated import LEAST_NEIGHBOURS

RAID = (
    "Gunmen on motorcycles rode into the village of Orsk at dawn and killed at least 9 people, the mayor said.",
    "They burnt the grain store and took 40 goats with them when they left towards the river, he told the radio.",
    "Soldiers came in the afternoon, and the school stayed closed for the rest of the week, a teacher said.",
)


def together(*texts: tuple[str, ...], language: str = "en") -> tuple[bool, list[str | None]]:
    """Whether the texts, each under a headline of its own, share one cluster, and the reasons of those not named."""
    articles = [article(f"Headline {number}", text, language) for number, text in enumerate(texts)]
    clustered = cluster(articles)
    reasons = [one.cluster_reason for one in clustered if one.cluster_id != one.article_id]
    return len({one.cluster_id for one in clustered}) == 1, reasons


@pytest.mark.parametrize("unspaced", [False, True], ids=["words", "letters"])
def test_planted_copies_and_updates_are_found_and_nothing_else(unspaced: bool) -> None:
    planted = plant(40 if unspaced else 100, seed=7, unspaced=unspaced)
    figures, precision = measure(planted, cluster(planted.articles))
    print("", report(40 if unspaced else 100, seed=7, unspaced=unspaced), sep="\n")

    copies = [figures[change.__name__] for change in COPIES if change.__name__ in figures]
    updates = [figures[change.__name__] for change in UPDATES]
    assert all(one.together >= 0.98 * one.pairs for one in copies)
    assert not any(one.updates for one in copies)
    assert sum(one.together for one in updates) >= 0.97 * sum(one.pairs for one in updates)
    assert all(one.updates >= 0.98 * one.together for one in updates)
    assert not any(figures[kind].together for kind in UNLIKE)
    assert precision == 1


def test_the_order_of_the_articles_changes_nothing() -> None:
    articles = plant(8, seed=3).articles
    clustered = {one.article_id: one for one in cluster(articles)}
    for seed in range(3):
        shuffled = random.Random(seed).sample(articles, len(articles))

        again = cluster(shuffled)

        assert [one.article_id for one in again] == [one.article_id for one in shuffled]
        assert all(one == clustered[one.article_id] for one in again)


def test_a_cluster_is_called_after_its_least_article_which_alone_has_no_reason() -> None:
    clustered = cluster(plant(8, seed=4).articles)
    for one in clustered:
        members = [other for other in clustered if other.cluster_id == one.cluster_id]
        assert one.cluster_id == min(other.article_id for other in members)
        assert (one.cluster_reason is None) == (one.article_id == one.cluster_id)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (RAID, "same_text"),
        (("ORSK, 4 May (Ostwire) – " + RAID[0], *RAID[1:]), "same_text"),
        ((RAID[0].replace("9 people", "nine people"), *RAID[1:]), "same_text"),
        ((RAID[0].replace("the mayor said", "its mayor said"), *RAID[1:]), "near_copy"),
        (RAID[:2], "contained_copy"),
        ((*RAID, "In the capital two ministers said that they had heard nothing of it until late at night."), None),
        ((RAID[0].replace("9", "14"), *RAID[1:]), "update"),
        ((RAID[0].replace("9", "fourteen"), *RAID[1:]), "update"),
        (
            (RAID[0].replace("9", "14"), RAID[1], "A woman of the village died in hospital on the way to Tarra."),
            "update",
        ),
    ],
)
def test_the_reason_says_how_two_articles_stand_to_one_another(other: tuple[str, ...], reason: str | None) -> None:
    assert together(RAID, other) == (True, [reason or "contained_copy"])


@pytest.mark.parametrize(
    ("language", "text", "before", "after", "same"),
    [
        ("fr", "Des hommes armés ont tué au moins {} personnes dans le village, a dit le maire.", "neuf", "14", "9"),
        ("de-AT", "Im Dorf wurden mindestens {} Menschen getötet, sagte der Bürgermeister.", "zwölf", "zwanzig", "12"),
        ("ru", "В деревне убили не менее {} человек, сообщил глава района.", "девяти", "14", "9"),
        ("ar", "قتل مسلحون ما لا يقل عن {} أشخاص في قرية أورسك صباح الاثنين حسب رئيس البلدية هناك", "تسعة", "١٤", "٩"),
        ("hi", "हथियारबंद लोगों ने सोमवार को ओर्स्क गांव में कम से कम {} लोगों को मार डाला, महापौर ने कहा।", "नौ", "१४", "9"),
        ("zh", "据村长星期一说武装分子清晨骑摩托车进入奥尔斯克村并打死至少{}人还烧毁了粮仓", "九", "十四", "9"),
    ],
)  # fmt: skip
def test_figures_are_compared_in_any_script_and_spelling(
    language: str, text: str, before: str, after: str, same: str
) -> None:
    text = text + " " + "".join(filter(lambda letter: letter not in "{}", text[::-1]))  # the rest of a brief

    assert together((text.format(before),), (text.format(after),), language=language) == (True, ["update"])
    assert together((text.format(before),), (text.format(same),), language=language) == (True, ["same_text"])


def test_a_day_in_the_dateline_is_no_news() -> None:
    first, second = (f"ORSK, {day} May (Ostwire) – {RAID[0]}" for day in (4, 5))
    assert together((first, *RAID[1:]), (second, *RAID[1:])) == (True, ["same_text"])


def test_those_without_a_reason_and_the_updates_have_each_state_of_a_story_once() -> None:
    states = [(RAID[0].replace("9", str(toll)), *RAID[1:]) for toll in (9, 14, 17)]
    articles = [article(f"Headline {copy}", state) for state in states for copy in range(5)]

    kept = [one for one in cluster(articles) if one.cluster_reason in (None, "update")]

    assert sorted(next(state for state in states if state[0] in (one.text or "")) for one in kept) == sorted(states)


def test_captions_and_headlines_are_not_compared() -> None:
    writer = Writer(1)
    caption = writer.paragraph(5)
    one, other = (article("The same headline", writer.story()[:1], caption=caption) for _ in range(2))
    assert len({each.cluster_id for each in cluster([one, other])}) == 2


def test_a_note_under_many_short_stories_joins_none_of_them() -> None:
    writer = Writer(2)
    note = [writer.paragraph(3), writer.paragraph(3)]
    articles = [article("Short", [writer.sentence(), *note]) for _ in range(LEAST_NEIGHBOURS)]
    assert len({one.cluster_id for one in cluster(articles)}) == LEAST_NEIGHBOURS


def test_a_long_series_of_new_leads_above_one_text_stays_one_story() -> None:
    writer = Writer(3)
    story = writer.story()
    articles = [article("Series", [writer.paragraph(1), *story]) for _ in range(LEAST_NEIGHBOURS - 1)]
    assert len({one.cluster_id for one in cluster(articles)}) == 1


def test_a_chain_of_overlaps_does_not_join_its_ends() -> None:
    writer = Writer(5)
    paragraphs = [writer.paragraph() for _ in range(40)]
    # Each has eight of its twelve paragraphs from the one before: copies, one by one.
    articles = [article("Chain", paragraphs[start : start + 12]) for start in range(0, 29, 4)]

    clustered = cluster(articles)

    assert clustered[0].cluster_id == clustered[1].cluster_id or clustered[1].cluster_id == clustered[2].cluster_id
    assert clustered[0].cluster_id != clustered[-1].cluster_id


@pytest.mark.parametrize("body", [(), ("Watch the video above.",), ("Read more.", "Subscribe.")])
def test_articles_that_say_nearly_nothing_are_not_copies(body: tuple[str, ...]) -> None:
    titles = ("Raid in the village of Orsk leaves nine dead", "Council of Tarra votes on the bridge again")
    assert len({one.cluster_id for one in cluster([article(title, body) for title in titles])}) == 2


def test_briefs_of_one_sentence_are_copies_and_updates_too() -> None:
    assert together(RAID[:1], RAID[:1]) == (True, ["same_text"])
    assert together(RAID[:1], (RAID[0].replace("9", "14"),)) == (True, ["update"])
    assert together(RAID[:1], RAID[1:2]) == (False, [])


def test_no_articles_and_articles_without_text_are_alone() -> None:
    withheld: list[Article] = [replace(article(title, RAID), text=None) for title in ("One", "Other")]
    assert cluster([]) == []
    assert cluster(withheld) == withheld


@pytest.mark.parametrize("kind", ["one template", "one story"])
def test_a_thousand_articles_that_look_alike_take_seconds(kind: str) -> None:
    writer = Writer(6)
    story = writer.story()
    articles = [
        article("Alike", [fill(writer, one) if kind == "one template" else writer.mend(one, 0.1) for one in story])
        for _ in range(1000)
    ]
    started = time.process_time()

    clusters = {one.cluster_id for one in cluster(articles)}

    assert time.process_time() - started < 10  # 0.8 s measured; all pairs would be half a million comparisons
    assert len(clusters) == (1000 if kind == "one template" else 1)
