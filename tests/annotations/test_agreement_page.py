from collections.abc import Callable

import polars as pl
from selectolax.lexbor import LexborHTMLParser
from spans import ONE, Row, actor, figure, tables

from tollwire.annotations.agreement import measure
from tollwire.annotations.agreement_page import agreement_page
from tollwire.annotations.gold import compare_all
from tollwire.annotations.matching import sides
from tollwire.contracts.contract import Contracts

TEXT = 'Raid <b>kills</b> nine & hurts two\n\n"Nine died," said مصدر <script>alert(1)</script>.'
MakeArticles = Callable[..., pl.DataFrame]


def page(make_articles: MakeArticles, contracts: Contracts, *rows: Row, link: str = "") -> LexborHTMLParser:
    articles = make_articles(TEXT).with_columns(pl.lit(ONE).alias("article_id"), pl.lit("Raid <i>kills").alias("title"))
    said = tables(*rows)
    sorted_rows = sides(said)
    html = agreement_page(
        "001",
        articles,
        sorted_rows,
        measure(sorted_rows, {ONE: len(TEXT)}),
        compare_all(sorted_rows),
        contracts.labels,
        {ONE: link} if link else {},
    )
    return LexborHTMLParser(html)


def test_each_version_of_an_article_stands_there_as_it_is(make_articles: MakeArticles, contracts: Contracts) -> None:
    rows = (figure(18, 22), figure(18, 30), figure(40, 44, "bob"), actor(52, 70, "bob", name='"><img src=x>'))

    tree = page(make_articles, contracts, *rows)

    for one in tree.css("sub"):
        one.decompose()
    shown = tree.css(".text")
    assert [one.text() for one in shown] == [TEXT, TEXT]
    assert [[mark.text() for mark in one.css("mark")] for one in shown] == [
        [TEXT[18:22], TEXT[22:30]],
        [TEXT[40:44], TEXT[52:70]],
    ]


def test_nothing_of_a_page_or_a_labeller_is_obeyed(make_articles: MakeArticles, contracts: Contracts) -> None:
    tree = page(make_articles, contracts, actor(0, 4, name='"><img src=x onerror=alert(1)>'), link="http://h/?a=1&b=2")

    assert [tree.css(tag) for tag in ("script", "img", "b > i", "iframe", "link")] == [[], [], [], [], []]
    assert [one.attributes["href"] for one in tree.css("a")] == ["http://h/?a=1&b=2"]
    policy = tree.css_first("meta[http-equiv]").attributes["content"]
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    (mark,) = tree.css("mark")
    assert "onerror=alert(1)" in (mark.attributes["title"] or "")
    assert tree.css_first("summary b").text() == "Raid <i>kills"


def test_the_matrix_counts_what_was_taken_for_what(make_articles: MakeArticles, contracts: Contracts) -> None:
    rows = (figure(0, 4), figure(0, 4, "bob", "injured"), figure(5, 9), figure(5, 9, "bob"), figure(18, 22, "bob"))

    tree = page(make_articles, contracts, *rows)

    matrix = tree.css("table")[2].css("tr")  # after the measures and the actors
    names = [one.text() for one in matrix[0].css("th")][1:]
    counted = {
        (row.css_first("th").text(), names[place]): int(cell.text())
        for row in matrix[1:]
        for place, cell in enumerate(row.css("td"))
        if cell.text()
    }
    assert counted == {("killed", "injured"): 1, ("killed", "killed"): 1, ("not marked", "killed"): 1}


def test_articles_on_which_all_agree_are_not_listed(make_articles: MakeArticles, contracts: Contracts) -> None:
    tree = page(make_articles, contracts, figure(0, 4), figure(0, 4, "bob"))

    assert tree.css("details") == []
    assert "0 in 0 articles" in tree.body.text() if tree.body else False
