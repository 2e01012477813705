"""The report in a real browser: it opens without a network, and is used by mouse, by keyboard and in the dark."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tollwire.release.report import Report
from tollwire.release.report_page import report_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHECKOUT = Path(__file__).parents[2]
LEAST_CONTRAST = 4.5  # Source: WCAG 2.2, 1.4.3
FILTERS = ("label", "bound", "outlet", "split", "differs")
ARTICLES = 240  # of release 1.0.0
HARD = "Raid \U0001f525 kills <b>nine</b> men"
# The text of every visible element against what it stands on; the browser itself turns colours into numbers.
CONTRASTS = """() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const behind = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.unshift(getComputedStyle(one).backgroundColor);
    return layers;
  };
  const paint = (colours) => {
    brush.clearRect(0, 0, 1, 1);
    for (const colour of colours) { brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1); }
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((one) => one / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility() && [...one.childNodes].some((node) =>
      node.nodeType === Node.TEXT_NODE && node.data.trim()))
    .map((one) => {
      const style = getComputedStyle(one), layers = behind(one);
      const ink = one instanceof SVGElement ? style.fill : style.color;
      const [low, high] = [light(paint(layers)), light(paint([...layers, ink]))].sort((a, b) => a - b);
      return [`${one.tagName}: ${one.textContent.slice(0, 30)}`, (high + 0.05) / (low + 0.05)];
    });
}"""


@pytest.fixture(scope="module")
def report_html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the release of all that is settled in this checkout."""
    project = tmp_path_factory.mktemp("report")
    for part in ("corpus", "schemas", "annotations"):
        shutil.copytree(CHECKOUT / part, project / part)
    for file in ("DATASHEET.md", "CHANGELOG.md", "LICENSE-DATA"):
        shutil.copy(CHECKOUT / file, project / file)
    release = ("release", "1.0.0", "--against", "none")
    for words in (("normalise", "corpus/raw"), release, ("report", "1.0.0", "--out", "report.html")):
        subprocess.run([str(Path(sys.executable).parent / "tollwire"), *words], cwd=project, check=True)
    return project / "report.html"


@pytest.fixture
def told() -> list[str]:
    """What a page says on its console, what it throws, and what it fetches."""
    return []


@pytest.fixture
def page(browser: "Browser", report_html: Path, told: list[str]) -> "Iterator[Page]":
    """The report, opened."""
    opened = watched(browser, told)
    opened.goto(report_html.as_uri())
    yield opened
    opened.close()
    assert told == []


def watched(browser: "Browser", told: list[str], scheme: str = "light") -> "Page":
    page = browser.new_page(viewport={"width": 1366, "height": 768}, color_scheme=scheme)
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url) if not request.url.startswith("file:") else None)
    return page


def listed(page: "Page") -> list[str]:
    return page.locator("#list li").evaluate_all("items => items.map((one) => one.dataset.id)")


def chosen(page: "Page") -> str | None:
    return page.locator("#list [aria-selected=true]").get_attribute("data-id")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_opens_and_its_words_stand_out(browser: "Browser", report_html: Path, scheme: str) -> None:
    told: list[str] = []
    page = watched(browser, told, scheme)
    page.goto(report_html.as_uri())
    page.locator("#plots > summary").click()
    page.locator(".piece").first.hover()

    faint = [(what, round(contrast, 2)) for what, contrast in page.evaluate(CONTRASTS) if contrast < LEAST_CONTRAST]

    assert faint == []
    assert page.locator("#list li").count() == ARTICLES
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert told == []
    page.close()


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_finds_as_many_articles_as_it_says(page: "Page", name: str) -> None:
    every = listed(page)
    boxes = page.locator(f"#{name} label")
    assert boxes.count() > 0
    for place in range(boxes.count()):
        box = boxes.nth(place)
        said = int(box.locator("b").inner_text())
        box.locator("input").check()

        assert len(listed(page)) == said > 0
        assert page.locator("#found").inner_text() == f"{said} of {len(every)} articles"
        box.locator("input").uncheck()
    assert listed(page) == every


def test_filters_combine_and_stand_in_the_address(page: "Page") -> None:
    page.locator("#outlet input").first.check()
    one = set(listed(page))
    page.locator("#label input[value=injured]").check()
    page.locator("#bound input[value=at_least]").check()
    both = listed(page)
    address = page.url

    assert set() < set(both) < one
    assert "label=injured" in address
    page.goto("about:blank")
    page.goto(address)
    assert listed(page) == both
    page.get_by_role("button", name="Clear filters").click()
    assert len(listed(page)) == ARTICLES


def test_a_search_finds_words_of_a_text_and_nothing_finds_no_article(page: "Page") -> None:
    page.keyboard.press("/")
    page.keyboard.type("near bol")
    assert len(listed(page)) == 1
    assert "Bol" in page.locator("#article h2").inner_text()

    page.keyboard.type(" zzz")

    assert listed(page) == []
    assert page.locator("#article").inner_text() == "No article is found by these filters."


def test_the_page_is_used_by_keyboard(page: "Page") -> None:
    every = listed(page)
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    assert chosen(page) == every[2]
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("k")
    assert chosen(page) == every[0]
    page.keyboard.press("End")
    assert chosen(page) == every[-1]
    page.keyboard.press("Home")
    assert chosen(page) == every[0]

    page.keyboard.press("Enter")
    stops = []
    for _ in range(3):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.className"))

    assert [one for one in stops if one.startswith("piece")], stops
    assert page.locator("#told").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#told").is_hidden()
    assert page.evaluate("document.activeElement.dataset.id") == every[0]


def test_every_filter_is_reached_by_tab(page: "Page") -> None:
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.name || document.activeElement.id"))

    assert {"text", *FILTERS} <= reached


def test_a_span_tells_what_is_said_of_it(page: "Page") -> None:
    page.locator(".piece.label-killed").first.hover()

    shown = page.locator("#told").inner_text()

    assert shown.startswith("killed bound ")
    assert "status reported" in shown
    page.mouse.move(1, 1)
    assert page.locator("#told").is_hidden()


def test_a_toll_of_the_plot_opens_its_article_though_a_filter_hides_it(page: "Page") -> None:
    page.keyboard.press("/")
    page.keyboard.type("zzz")
    page.locator("#plots > summary").click()
    link = page.locator("#plots a").last

    link.click()

    assert chosen(page) == link.get_attribute("data-article")


def test_spans_that_cross_after_an_emoji_keep_their_words(browser: "Browser", told: list[str], tmp_path: Path) -> None:
    first, second = (HARD.index("nine"), len(HARD)), (HARD.index("<b>"), HARD.index("</b>") + 2)
    article = {
        "id": "0" * 16, "title": "<i>Raid</i>", "outlet": "made_up", "split": "test", "date": None, "text": HARD,
        "length": len(HARD), "about": {"url": "javascript:alert(1)"}, "labellers": {}, "relations": [], "tolls": [],
        "differences": [], "spans": [[*second, "actors", "target", "", "kind civilians"],
                                     [*first, "casualties", "killed", "exact", "low 9"]],
        "facets": {"label": ["killed", "target"], "bound": ["exact"], "outlet": ["made_up"], "split": ["test"],
                   "differs": ["not compared"]},
    }  # fmt: skip
    labels = {
        "harm": {"killed": {"colour": "#c0392b"}},
        "role": {"target": {"colour": "#8e44ad"}},
        "bound": {"exact": {}},
    }
    path = tmp_path / "hard.html"
    path.write_text(report_page(Report("Hard", labels, [article], [])), "utf-8")
    page = watched(browser, told)
    page.goto(path.as_uri())

    pieces = page.locator(".piece").evaluate_all("all => all.map((one) => one.firstChild.data)")

    assert pieces == ["<b>", "nine</", "b> men"]
    assert page.locator(".piece").evaluate_all("all => all.map((one) => one.spans.length)") == [1, 2, 1]
    assert page.locator("#article h2").inner_text() == "<i>Raid</i>"
    assert page.locator("#article a").count() == 0, "an address of a script is no link"
    assert told == []
    page.close()
