"""The report in a real browser: filters, keys, what a span says, no error and no network."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from parts import only_labelled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHECKOUT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).parent / "tollwire"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of this checkout's corpus with what is gold of it."""
    project = tmp_path_factory.mktemp("report")
    for part in ("corpus", "schemas", "annotations"):
        shutil.copytree(CHECKOUT / part, project / part, ignore=only_labelled)
    for words in (("normalise", "corpus/raw"), ("report", "--out", "report.html")):
        subprocess.run([PROGRAM, *words], cwd=project, check=True)
    return project / "report.html"


@pytest.fixture(params=["light", "dark"])
def page(browser: "Browser", report: Path, request: pytest.FixtureRequest) -> Iterator["Page"]:
    opened = browser.new_page(viewport={"width": 1366, "height": 768}, color_scheme=request.param)
    told: list[str] = []
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.on("request", lambda asked: told.append(asked.url) if not asked.url.startswith("file:") else None)
    opened.goto(report.as_uri())
    yield opened
    assert told == []
    opened.close()


def shown(page: "Page") -> int:
    return page.locator("#list li").count()


def test_each_filter_narrows_the_list_as_it_says(page: "Page") -> None:
    assert shown(page) == 17
    for facet in ("label", "bound", "outlet", "split", "differs"):
        for label in page.locator(f"#{facet} label").all():
            number = int(label.locator("b").inner_text())
            label.locator("input").check()
            assert shown(page) == number
            assert page.locator("#found").inner_text() == f"{number} of 17 articles"
            label.locator("input").uncheck()
    page.locator("#outlet input").first.check()
    page.locator("#label input[value=injured]").check()
    both = shown(page)
    assert 0 < both < 17
    page.reload()
    assert shown(page) == both, "the address keeps the filters"
    page.locator("button[type=reset]").click()
    page.wait_for_function("document.querySelectorAll('#list li').length === 17")


def test_it_can_be_used_by_keyboard(page: "Page") -> None:
    first = page.locator("#list [aria-selected=true]").get_attribute("data-id")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    second = page.locator("#list [aria-selected=true]").get_attribute("data-id")
    assert second != first
    page.keyboard.press("/")
    page.keyboard.type("fishermen")
    assert shown(page) == 1
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#article') !== null")


def test_a_span_says_what_it_is_when_it_is_pointed_at_or_reached(page: "Page") -> None:
    piece = page.locator(".piece").first
    piece.hover()
    said = page.locator("#told").inner_text()
    assert any(label in said for label in ("killed", "injured", "attacker", "target", "source", "other"))
    page.mouse.move(2, 2)
    assert not page.locator("#told").is_visible()
    page.locator(".piece[tabindex='0']").first.focus()
    assert page.locator("#told").is_visible()


def test_the_plots_open_and_lead_to_the_article(page: "Page") -> None:
    page.locator("#plots > summary").click()
    assert page.locator("#plots svg").count() >= 3
    link = page.locator("#plots a[data-article]").first
    wanted = link.get_attribute("data-article")
    link.locator("circle").click(force=True)
    assert page.locator("#list [aria-selected=true]").get_attribute("data-id") == wanted
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
