"""The article in a plain-text dump: what is kept, in which order, and what each page without an article is called."""

import time
from textwrap import fill

import pytest

from tollwire import normalise_page
from tollwire.corpus.dump import extract_dump
from tollwire.corpus.dump_lines import dump_lines
from tollwire.corpus.extract import Extract, NoArticle
from tollwire.corpus.sources import UNKNOWN_SOURCE

SOURCE = UNKNOWN_SOURCE.model_copy(update={"publisher": "The Post", "boilerplate": ["Good reads"]})
TITLE = "Nine killed in attack on market"
FIRST = "Nine people were killed when gunmen attacked the market of Tarra on Sunday, a doctor said."
SECOND = "The town's mayor said that the attackers came on motorcycles and left towards the hills."
THIRD = "Two of the nine dead were children, the doctor said by telephone from the hospital."
CAPTION = "Smoke over the market of Tarra after the attack."


def extract(*lines: str) -> Extract:
    return extract_dump("\n".join(lines), SOURCE)


def blocks(*lines: str) -> list[tuple[str, str]]:
    return list(extract(*lines).blocks)


BODY = [("paragraph", FIRST), ("paragraph", SECOND), ("paragraph", THIRD)]


def test_a_bare_article_is_its_title_and_its_paragraphs() -> None:
    found = extract(TITLE, "", FIRST, "", SECOND, THIRD)
    assert (found.title, list(found.blocks), found.bylines, found.published) == (TITLE, BODY, (), None)


def test_menu_banner_byline_and_date_are_no_text() -> None:
    menu = ["We use cookies to make this site work.", "I agree", "Home", "World", "Sport", "The Post"]
    header = ["By Nadia Karim", "Published 14 March 2021 10:15 GMT", "4 min read", "Share this article"]
    found = extract(*menu, TITLE, *header, FIRST, SECOND, THIRD, "Good reads", "\u00a9 2021 The Post")
    assert (found.title, list(found.blocks), found.bylines) == (TITLE, BODY, ("Nadia Karim",))
    assert found.published is not None
    assert found.published.day.isoformat() == "2021-03-14"


def test_a_notice_of_the_site_above_the_headline_is_left_out() -> None:
    notice = "Your browser is old, and some parts of this page may not work in it."
    found = extract("Home", notice, TITLE, FIRST, SECOND, THIRD)
    assert (found.title, list(found.blocks)) == (TITLE, BODY)


def test_the_headline_is_taken_without_the_name_of_the_site() -> None:
    assert extract(f"{TITLE} - The Post", FIRST, SECOND, THIRD).title == TITLE


@pytest.mark.parametrize("stamp", ["Thursday 11 March 2021, 13.15", "Published: 11 March 2021", "By Nadia Karim"])
def test_what_stands_beside_a_headline_is_none(stamp: str) -> None:
    found = extract(
        "Home", "Tarra mill burns", stamp, FIRST.replace("gunmen", "Tarra mill burns as gunmen"), SECOND, THIRD
    )
    assert found.title == "Tarra mill burns"


def test_of_a_headline_and_its_standfirst_the_upper_one_is_the_headline() -> None:
    standfirst = "Gunmen on motorcycles blamed for Sunday raid on the town of Tarra"
    upper = "NINE PEOPLE KILLED AS GUNMEN ATTACK THE MARKET OF TARRA"
    found = extract("Home", "World", upper, standfirst, "", FIRST, "", SECOND, "", THIRD)
    assert found.title == upper


@pytest.mark.parametrize("suffix", ["- Some Site", "| World | Some Site", "\u2013 Some Site", "\u00b7 Some Site"])
def test_the_headline_below_the_browsers_title_is_the_headline(suffix: str) -> None:
    found = extract(f"{TITLE} {suffix}", "Home", "World", TITLE, FIRST, SECOND, THIRD)
    assert (found.title, list(found.blocks)) == (TITLE, BODY)


@pytest.mark.parametrize("title", ["Who attacked the market of Tarra?", "Gunmen attack the market of Tarra!"])
def test_a_headline_may_ask_or_cry_out(title: str) -> None:
    assert extract(title, FIRST, SECOND, THIRD).title == title


def test_a_standfirst_is_a_paragraph() -> None:
    standfirst = "Two children are among the dead, and nobody has said who did it"
    assert blocks("Nine people killed in market of Tarra", standfirst, "14 March 2021", FIRST, SECOND, THIRD) == [
        ("paragraph", standfirst),
        *BODY,
    ]


def test_a_page_wrapped_at_a_fixed_width_is_joined_again() -> None:
    wrapped = [
        TITLE,
        "",
        "Nine people were killed when gunmen attacked the market",
        "of Tarra on Sunday, a doctor said.",
        "",
        "The town's mayor said that the attackers came on",
        "motorcycles and left towards the hills, from where they",
        "had come in the night before, and in the same number.",
        "",
        "Two of the nine dead were children, the doctor said by",
        "telephone from the hospital of the town, where nobody",
        "slept that night.",
    ]
    found = blocks(*wrapped)
    assert found[0] == ("paragraph", FIRST)
    assert [text.split()[-1] for _, text in found] == ["said.", "number.", "night."]


def test_a_page_wrapped_at_a_fixed_width_has_furniture_that_is_not() -> None:
    menu = " | ".join(["Home", "World", "Money", "Arts and letters", "Opinion of the week"] * 2)
    text = "\n\n".join(fill(paragraph, 60) for paragraph in (FIRST, SECOND, THIRD))
    found = extract(
        menu, "", "Sign in", "Subscribe", "", TITLE, "By Nadia Karim", "14 March 2021", "", text, "", "Share this"
    )
    assert (found.title, list(found.blocks), found.bylines) == (TITLE, BODY, ("Nadia Karim",))


def test_lines_that_are_no_paragraph_are_not_joined() -> None:
    lines = ["Home", "World", "", TITLE, "By Nadia Karim", "14 March 2021", "", FIRST, SECOND, THIRD]
    assert dump_lines("\n".join(lines))[0] == [line for line in lines if line]


def test_a_short_line_that_leads_to_what_follows_is_no_heading() -> None:
    letter = "To the people of Tarra and to our friends abroad:"
    assert ("paragraph", letter) in blocks(TITLE, "", FIRST, "", letter, "", SECOND, "", THIRD)


def test_headlines_after_the_article_are_no_text() -> None:
    tail = ["Related", "Floods close the bridge at Orsk", "Council to meet on water prices, says mayor of Orsk."]
    assert blocks(TITLE, FIRST, SECOND, THIRD, *tail, "Most read", "Ten recipes for spring") == BODY


def test_the_article_goes_on_after_a_box_of_links_in_its_middle() -> None:
    long_first = f"{FIRST} {SECOND} It was the third attack on the town since the rains began in May."
    box = ["Related", "Floods close the bridge at Orsk", "Ten recipes for spring"]
    rest = [f"{THIRD} They were brothers.", f"{SECOND} Nobody followed them.", f"{FIRST} It was a market day."]
    expected = [("paragraph", text) for text in (long_first, *rest)]
    assert blocks(TITLE, long_first, *box, *rest) == expected


def test_a_short_line_between_paragraphs_is_a_heading() -> None:
    assert blocks(TITLE, FIRST, "Hospital is full", SECOND, THIRD)[1] == ("heading", "Hospital is full")


def test_a_short_line_that_stands_again_and_again_is_no_heading() -> None:
    assert blocks(TITLE, FIRST, "Article content", SECOND, "Article content", THIRD) == BODY


def test_a_caption_that_is_repeated_stands_once() -> None:
    found = blocks(TITLE, CAPTION, CAPTION, "", CAPTION, FIRST, SECOND, THIRD)
    assert found == [("caption", CAPTION), *BODY]


def test_a_caption_is_told_by_its_credit_and_loses_it() -> None:
    found = extract(TITLE, FIRST, f"{CAPTION} /Wire pool", SECOND, THIRD)
    assert (found.blocks[1], found.credits) == (("caption", CAPTION), ("/Wire pool",))


def test_a_sentence_that_ends_with_the_name_of_an_agency_is_a_paragraph() -> None:
    told = "The attackers had come over the border in the night, a resident of the town told AFP."
    assert ("paragraph", told) in blocks(TITLE, FIRST, told, SECOND, THIRD)


def test_a_pull_quote_that_repeats_a_paragraph_stands_once() -> None:
    quote = '"There was only smoke," said a trader.'
    assert blocks(TITLE, FIRST, quote, SECOND, quote, THIRD).count(("caption", quote)) <= 1
    assert sum(text == quote for _, text in blocks(TITLE, FIRST, quote, SECOND, quote, THIRD)) == 1


def test_list_items_lose_their_bullets() -> None:
    found = blocks(TITLE, FIRST, "- nine people were killed", "\u2022 two of them were children", SECOND, THIRD)
    assert found[1:3] == [("list_item", "nine people were killed"), ("list_item", "two of them were children")]


def test_a_byline_below_the_article_is_read() -> None:
    assert extract(TITLE, FIRST, SECOND, THIRD, "Reporting by Nadia Karim").bylines == ("Nadia Karim",)


def test_a_name_beside_the_date_is_a_byline() -> None:
    assert extract(TITLE, "Nadia Karim", "14 March 2021", FIRST, SECOND, THIRD).bylines == ("Nadia Karim",)


def test_the_day_is_concluded_from_lead_and_caption() -> None:
    found = extract(TITLE, "Smoke over Tarra, March 14, 2021. /Wire pool", FIRST, SECOND, THIRD)
    assert found.published is not None
    assert (found.published.day.isoformat(), found.published.at) == ("2021-03-14", None)


def test_an_article_in_a_script_without_spaces_is_found() -> None:
    title = "市场遭袭九人死亡"
    paragraphs = [
        "星期日塔拉市场遭袭，九人死亡，一名医生说。",
        "镇长说，袭击者骑摩托车而来，向山里逃走。",
        "死者中有两名儿童，医生在电话里说，没有人知道是谁干的。",
        "这是五月以来该地区第三次遭袭，镇上的学校和商店星期一全部关闭，没有人外出。",
    ]
    found = extract("首页", title, *paragraphs)
    assert (found.title, [text for _, text in found.blocks]) == (title, paragraphs)


HEADLINES = [f"{count} people come to the opening of bridge number {count}" for count in "Two Six Ten Few Many".split()]


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("consent-page", ["We use cookies to make this site work.", "Accept all cookies", "Privacy policy"]),
        ("error-page", ["The Post", "404 - Page not found", "Home"]),
        ("index-page", ["Home", *HEADLINES, "Most read"]),
        ("no-article", [TITLE, "It is not known who did it."]),
        ("no-title", [FIRST, SECOND, THIRD]),
    ],
)
def test_a_page_without_an_article_says_what_it_is(rule: str, lines: list[str]) -> None:
    with pytest.raises(NoArticle, match=rf"^\[{rule}\] ."):
        extract(*lines)


@pytest.mark.parametrize("line", ["Related", "Alpha beta", "word", "Nine people died on Friday, the ministry said."])
def test_the_time_a_page_takes_grows_with_its_length_only(line):
    def seconds(count: int) -> float:
        page = (line + "\n") * count + "Related\nNine people died on Friday at the bridge, the ministry said.\n" * count
        started = time.process_time()
        normalise_page(page, "text")
        return time.process_time() - started

    seconds(100)
    assert seconds(32_000) < 40 * max(seconds(2_000), 0.02), "sixteen times the lines, with room for a noisy machine"
