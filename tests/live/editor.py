"""What a labeller does in the editor: log in, open an article, find words on the screen, draw, resize, submit."""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tollwire.annotations.credentials import Account

# Where a phrase stands on the screen, brought into view first: left, right, middle; and which way it is read.
PLACE_OF = """phrase => {
    const walker = document.createTreeWalker(document.querySelector(".lsf-richtext__container"), NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
        const at = node.data.indexOf(phrase);
        if (at < 0) continue;
        node.parentElement.scrollIntoView({ block: "nearest" });
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + phrase.length);
        const box = range.getBoundingClientRect();
        return [box.left, box.right, (box.top + box.bottom) / 2];
    }
}"""


EDGE = 4  # pixels
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u06ff]")


def log_in(browser: "Browser", url: str, account: "Account", **options: Any) -> "Page":
    """Open a window and log in; ``options`` are the window's."""
    page = browser.new_page(**{"viewport": {"width": 1366, "height": 768}, **options})
    page.goto(f"{url}/user/login/")
    page.fill("input[name=email]", account.email)
    page.fill("input[name=password]", account.password)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/user/login" not in url)
    return page


def open_task(page: "Page", url: str) -> None:
    """Open an article by its address and put the guidelines away."""
    page.goto(url)
    page.wait_for_selector(".lsf-richtext__container", timeout=60_000)
    page.wait_for_timeout(1500)
    page.keyboard.press("Escape")


def place_of(page: "Page", phrase: str) -> tuple[float, float, float]:
    """Give left, right and middle height of a phrase on the screen."""
    left, right, middle = page.evaluate(PLACE_OF, phrase)
    return left, right, middle


def drag(page: "Page", start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    page.mouse.up()


def draw(page: "Page", phrase: str) -> None:
    """Draw a region over a phrase with the mouse; its label must be chosen."""
    count = page.locator(".htx-highlight").count()
    left, right, middle = place_of(page, phrase)
    if RIGHT_TO_LEFT.search(phrase):
        # Not from the very edge: where two ways of reading meet, it belongs to either word, and the browser chooses.
        drag(page, (right - EDGE, middle), (left + EDGE, middle))
    else:
        drag(page, (left + 1, middle), (right - 2, middle))
    page.wait_for_function("count => document.querySelectorAll('.htx-highlight').length > count", arg=count)


def resize(page: "Page", phrase: str, to: str) -> None:
    """Take the right handle of the region over a phrase and drag it to the end of another."""
    page.locator(".htx-highlight", has_text=phrase).first.click()
    handle = page.locator(".htx-highlight.__active area.__resize_right").last.bounding_box()
    assert handle is not None
    _, right, middle = place_of(page, to)
    drag(page, (handle["x"] + 2, handle["y"] + handle["height"] / 2), (right - 2, middle))
    page.keyboard.press("Escape")


def submit(page: "Page") -> dict[str, Any]:
    """Send the annotation; give it as the server took it."""
    with page.expect_response(lambda answer: "/annotations" in answer.url and answer.request.method == "POST") as sent:
        page.get_by_role("button", name="Submit").first.click()
    answer: dict[str, Any] = sent.value.json()
    return answer
