"""The labelling interface in a real browser: the server accepts interfaces that leave the editor blank."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tollwire.annotations.accounts import add_user
from tollwire.annotations.client import Studio, StudioProject
from tollwire.annotations.interface import check_interface
from tollwire.contracts.contract import read_contracts
from tollwire.project import Project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

pytestmark = pytest.mark.live

MARKUP = '<img src="/nowhere" onerror="window.ran = true">'
TEXT = (
    f"Blast kills nine\n\nGunmen killed at least nine people, the ministry said.\n\nTwenty others were hurt. {MARKUP}"
)
VALUE_KEYS = {"labels": "labels", "choices": "choices", "number": "number", "textarea": "text"}
# 404 is the right answer to these: tips, which this edition does not have, and the next article when there is none.
MAY_BE_MISSING = ("/heidi-tips", "id=next_task")


def part(span_id: str, phrase: str, kind: str, control: str, value: object) -> dict[str, Any]:
    start = TEXT.index(phrase)
    where = {"start": start, "end": start + len(phrase), "text": phrase}
    return {
        "id": span_id,
        "type": kind,
        "from_name": control,
        "to_name": "text",
        "value": {**where, VALUE_KEYS[kind]: value},
    }


PREDICTED = [
    part("c32-52", "at least nine people", "labels", "span", ["killed", "#1"]),
    part("c32-52", "at least nine people", "choices", "bound", ["at_least"]),
    part("c32-52", "at least nine people", "number", "low", 9),
    part("c32-52", "at least nine people", "choices", "victim_groups", ["children", "women"]),
    part("a54-66", "the ministry", "labels", "span", ["source", "#1"]),
    part("a54-66", "the ministry", "choices", "kind", ["government"]),
    part("a54-66", "the ministry", "textarea", "name", ["Interior ministry"]),
    {"type": "relation", "from_id": "c32-52", "to_id": "a54-66", "direction": "right", "labels": ["claimed_by"]},
]


@pytest.fixture(scope="module")
def labelled(studio_project: Project, studio: Studio) -> StudioProject:
    interface = studio_project.interface.read_text("utf-8")
    made = studio.create_project("Interface", interface, "<h1>Guidelines</h1><p>Mark <b>every</b> figure.</p>")
    data = {"text": TEXT, "meta": f"The Harbour Post · 2024-05-01 · en {MARKUP}", "title": MARKUP}
    task = {"data": data, "predictions": [{"model_version": "tollwire", "result": PREDICTED}]}
    studio.import_tasks(made.id, [task, task])
    return made


@pytest.fixture
def editor(browser: "Browser", studio_project: Project, studio: Studio, labelled: StudioProject) -> Iterator["Page"]:
    """The next article of the stream, opened by a labeller, who sees nothing go wrong."""
    ann = add_user(studio_project, "ann@example.org")
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    errors: list[str] = []

    def note_message(message: "ConsoleMessage") -> None:
        if message.type == "error" and not any(part in message.location["url"] for part in MAY_BE_MISSING):
            errors.append(f"{message.text} {message.location['url']}")

    def note_request(request: "Request") -> None:
        if not request.url.startswith((studio.url, "data:", "blob:")):
            errors.append(f"left this machine: {request.url}")

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", note_message)
    page.on("request", note_request)
    page.goto(f"{studio.url}/user/login/")
    page.fill("input[name=email]", ann.email)
    page.fill("input[name=password]", ann.password)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/user/login" not in url)
    page.goto(f"{studio.url}/projects/{labelled.id}/data?labeling=1")
    page.wait_for_selector(".htx-highlight", timeout=60_000)
    page.get_by_text("Mark every figure.").wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("Mark every figure.").wait_for(state="hidden")
    yield page
    page.close()
    assert errors == []


def corners(page: "Page", phrase: str) -> tuple[float, float, float]:
    """Give left, right and middle height of a phrase on the screen."""
    left, right, middle = page.evaluate(
        """phrase => {
            const walker = document.createTreeWalker(
                document.querySelector(".lsf-richtext__container"), NodeFilter.SHOW_TEXT);
            for (let node; (node = walker.nextNode());) {
                const at = node.data.indexOf(phrase);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + phrase.length);
                const box = range.getBoundingClientRect();
                return [box.left, box.right, (box.top + box.bottom) / 2];
            }
        }""",
        phrase,
    )
    return left, right, middle


def draw(page: "Page", phrase: str) -> None:
    left, right, middle = corners(page, phrase)
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move(right - 3, middle, steps=8)
    page.mouse.up()
    page.locator(".htx-highlight", has_text=phrase).first.wait_for()


def submit(page: "Page", studio: Studio, labelled: StudioProject) -> dict[str, Any]:
    """Send the annotation and give the task as the server has it."""
    with page.expect_response(lambda answer: "/annotations" in answer.url and answer.request.method == "POST") as sent:
        page.get_by_role("button", name="Submit").first.click()
    task_id = sent.value.json()["task"]
    (task,) = studio.export(labelled.id, [task_id])
    return task


def in_order(part: dict[str, Any]) -> str:
    return json.dumps(part, sort_keys=True)


def test_the_interface_and_the_label_set_agree(studio_project: Project, studio: Studio) -> None:
    interface = studio_project.interface.read_text("utf-8")

    assert check_interface(interface, read_contracts(studio_project.schemas).labels) == []
    assert studio.interface_refusal(interface) is None


def test_an_article_opens_with_its_suggestions_and_runs_no_markup_from_the_data(editor: "Page", tmp_path: Path) -> None:
    editor.screenshot(path=tmp_path / "editor.png")

    assert editor.locator(".htx-highlight").all_inner_texts() == ["at least nine people", "the ministry"]
    assert editor.get_by_text("The Harbour Post").inner_text().endswith(MARKUP)
    assert editor.locator(".lsf-richtext__container img").count() == 0
    assert editor.evaluate("window.ran") is None
    assert editor.get_by_text("no_casualty_figures").is_visible()
    assert not editor.get_by_text("hypothetical").is_visible()

    editor.locator(".htx-highlight", has_text="at least nine").click()
    for shown in ("at_least", "hypothetical", "medical_aid", "background", "no_casualty_figures"):
        box = editor.locator(".side").get_by_text(shown, exact=False).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 720, f"{shown} is below the edge of a small screen"


def test_accepted_suggestions_and_a_drawn_region_come_back_exactly(
    editor: "Page", studio: Studio, labelled: StudioProject
) -> None:
    editor.keyboard.press("i")
    editor.keyboard.press("2")
    draw(editor, "Twenty others")
    editor.locator(".htx-highlight", has_text="Twenty others").click()
    editor.keyboard.press("Shift+Digit1")
    editor.keyboard.press("Shift+C")
    editor.locator("input[name=low]").fill("20")
    editor.keyboard.press("Tab")

    task = submit(editor, studio, labelled)

    (annotation,) = task["annotations"]
    result = annotation["result"]
    spans = [part for part in result if part.get("from_name") == "span"]
    drawn = spans[-1]
    for span in spans:
        value = span["value"]
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
    assert [span["id"] for span in spans[:-1]] == ["c32-52", "a54-66"]
    assert (drawn["value"]["text"], drawn["value"]["labels"]) == ("Twenty others", ["injured", "#2"])
    attributes = {part["from_name"]: part["value"] for part in result if part.get("id") == drawn["id"]}
    assert attributes["bound"]["choices"] == ["exact"]
    assert attributes["victim_status"]["choices"] == ["civilian"]
    assert attributes["low"]["number"] == 20
    accepted = [{key: part[key] for key in part if key != "origin"} for part in result if part.get("id") != drawn["id"]]
    assert sorted(accepted, key=in_order) == sorted(PREDICTED, key=in_order)
    assert studio.users()[annotation["completed_by"]] == "ann@example.org"


def test_an_article_without_figures_is_finished_by_one_key(
    editor: "Page", studio: Studio, labelled: StudioProject
) -> None:
    editor.keyboard.press("n")

    (annotation,) = submit(editor, studio, labelled)["annotations"]

    chosen = [part["value"]["choices"] for part in annotation["result"] if part.get("from_name") == "article_status"]
    assert chosen == [["no_casualty_figures"]]
