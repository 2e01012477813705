"""Every line of a dump can be asked for: what became of it, and why."""

import numpy as np
import pytest

from tollwire.corpus.dump import explain_dump, extract_dump
from tollwire.corpus.dump_title import without_browser_suffix
from tollwire.corpus.explain import DROPPED
from tollwire.corpus.sources import UNKNOWN_SOURCE

SOURCE = UNKNOWN_SOURCE.model_copy(update={"publisher": "The Post", "boilerplate": ["Good reads"]})
TITLE = "Nine killed in attack on market"
BODY = [
    "Nine people were killed when gunmen attacked the market of Tarra on Sunday, a doctor said.",
    "The town's mayor said that the attackers came on motorcycles and left towards the hills.",
    "Two of the nine dead were children, the doctor said by telephone from the hospital.",
]
CAPTION = "Smoke over the market of Tarra after the attack. /Wire pool"
PAGE = ["Home", "We use cookies to make this site work.", TITLE, CAPTION, CAPTION, *BODY, "Good reads"]


class Outlet:
    """An outlet two of whose lines are known."""

    pages = 5

    def __init__(self, *lines):
        self.lines = lines

    def shares(self, lines):
        return np.array([0.8 if line in self.lines else 0.0 for line in lines], np.float32)

    def furniture(self, lines):
        return self.shares(lines) > 0.5


def test_every_line_is_explained_in_order():
    explained = explain_dump("\n\n".join(PAGE), SOURCE)
    assert [line.text for line in explained] == PAGE
    assert [line.kind for line in explained] == [
        DROPPED, DROPPED, "title", "caption", DROPPED, "paragraph", "paragraph", "paragraph", DROPPED,
    ]  # fmt: skip
    assert all(line.reason for line in explained)


def test_what_is_explained_as_kept_is_what_is_kept():
    explained = explain_dump("\n".join(PAGE), SOURCE)
    blocks = extract_dump("\n".join(PAGE), SOURCE).blocks
    assert [line.kind for line in explained if line.kind not in (DROPPED, "title")] == [kind for kind, _ in blocks]


def test_a_line_dropped_says_which_rule_dropped_it():
    reasons = {line.text: line.reason for line in explain_dump("\n".join(PAGE), SOURCE)}
    assert reasons["Good reads"] == "a fixed line of the source record"
    assert reasons[CAPTION] == "caption, said before"
    assert reasons["Home"].startswith("classifier 0.")


def test_what_the_outlet_repeats_is_dropped_and_says_where_it_stands():
    notice = "The Post is read by the people of Tarra every Sunday and has been for many years."
    page = "\n".join([*PAGE[:5], BODY[0], notice, *BODY[1:]])
    outlet = Outlet(notice)
    assert notice not in [text for _, text in extract_dump(page, SOURCE, outlet).blocks]
    (line,) = [line for line in explain_dump(page, SOURCE, outlet) if line.text == notice]
    assert (line.kind, line.reason) == (DROPPED, "repeated on 80% of the outlet's 5 pages")


def test_a_page_without_an_article_is_explained_too():
    explained = explain_dump("We use cookies to make this site work.\nAccept all cookies\nPrivacy policy", SOURCE)
    assert {line.kind for line in explained} == {DROPPED}
    assert all(line.reason.startswith("consent-page: ") for line in explained)
    assert explain_dump(" \n", SOURCE) == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Nine killed in attack on market - The Post", TITLE),
        ("Nine killed in attack on market | World | The Post", TITLE),
        ("Nine killed in attack on market", TITLE),
        ("星期日塔拉市场遭袭，九人死亡，数十人受伤：人民日报", "星期日塔拉市场遭袭，九人死亡，数十人受伤"),
        ("Nine killed - the attack on the market of Tarra", "Nine killed - the attack on the market of Tarra"),
    ],
)
def test_the_site_is_cut_off_a_browsers_title(title, expected):
    assert without_browser_suffix(title) == expected
