"""The page of a batch's agreement in a real browser."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHECKOUT = Path(__file__).parents[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_opens_without_error_or_network(browser: "Browser", agreement_html: Path, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768}, color_scheme=scheme)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("request", lambda request: told.append(request.url) if not request.url.startswith("file:") else None)

    page.goto(agreement_html.as_uri())
    first = page.locator("details").first
    assert not first.locator(".sides").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert first.locator(".sides").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert told == []
    page.close()
