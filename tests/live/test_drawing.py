"""Fifty regions drawn with the mouse, and ten of them resized, over all that makes offsets hard."""

import re
from typing import TYPE_CHECKING

import polars as pl
import pytest
from editor import draw, log_in, open_task, resize, submit
from hard_pages import HARD_PAGES
from rounds import LABELLERS, MakeRound

from tollwire.annotations.credentials import read_credentials
from tollwire.annotations.pseudonyms import address_of
from tollwire.annotations.regions import display_text

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.live

EACH = 10  # regions an article
RESIZED = 2  # of them
WORD = re.compile(r"[\w\u25a1][\w\u0300-\u036f\u0900-\u0954\u0e00-\u0e4e\u25a1]+")
Place = tuple[int, int]


def words_of(text: str) -> list[Place]:
    """Choose words that stand in the text once, spread over it, the ones with hard characters first."""
    found = [match.span() for match in WORD.finditer(text)]
    once = [(start, end) for start, end in found if text.count(text[start:end]) == 1 and not text[start:end].isdigit()]
    hard = [place for place in once if not text[slice(*place)].isascii()]
    plain = [place for place in once if text[slice(*place)].isascii()]
    return sorted([*hard[:6], *plain[1 :: len(plain) // EACH]][:EACH])


def test_what_is_drawn_and_resized_with_the_mouse_comes_back_where_it_was_put(
    make_round: MakeRound, hard_articles: pl.DataFrame, browser: "Browser"
) -> None:
    texts = dict(hard_articles.select("article_id", "text").iter_rows())
    batch = make_round("109", list(texts))
    credentials = read_credentials(batch.project)
    assert credentials is not None
    page = log_in(browser, batch.studio.url, credentials.labellers[address_of(LABELLERS[0])])
    wanted: dict[str, set[Place]] = {}
    for article_id, task in batch.tasks().items():
        shown = task["data"]["text"]
        assert shown == display_text(texts[article_id])
        open_task(page, batch.studio.task_url(batch.server_id, task["id"]))
        page.get_by_role("button", name="Create").first.click()
        places = words_of(shown)
        for start, end in places:
            page.keyboard.press("o")
            draw(page, shown[start:end])
        for number in range(RESIZED):
            (start, end), (_, further) = places[4 * number : 4 * number + 2]
            resize(page, shown[start:end], shown[slice(*places[4 * number + 1])])
            places[4 * number] = (start, further)
        page.keyboard.press("n")
        submit(page)
        wanted[article_id] = set(places)
    page.close()

    pulled = batch.pull()

    assert (pulled.returncode, pulled.stderr) == (0, "")
    drawn = batch.tables()["actors"].filter(role="other")
    found = {
        article_id: set(drawn.filter(article_id=article_id).select("start", "end").rows()) for article_id in wanted
    }
    assert found == wanted
    assert sum(map(len, found.values())) == EACH * len(HARD_PAGES)
    for row in drawn.iter_rows(named=True):
        assert texts[row["article_id"]][row["start"] : row["end"]] == row["surface"]
