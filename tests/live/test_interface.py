"""The labelling interface in a real browser: the server accepts interfaces that leave the editor blank."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from editor import draw, log_in, open_task, place_of, submit

from tollwire.annotations.accounts import add_user
from tollwire.annotations.client import Studio, StudioProject
from tollwire.annotations.interface import check_interface
from tollwire.annotations.reading import read_marks
from tollwire.annotations.regions import from_result
from tollwire.contracts.contract import read_contracts
from tollwire.project import Project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

pytestmark = pytest.mark.live

MARKUP = '<img src="/nowhere" onerror="window.ran = true">'
TEXT = (
    f"Blast kills nine\n\nGunmen killed at least nine people, the ministry said.\n\nTwenty others were hurt. {MARKUP}"
)
RIGHT_TO_LEFT = "\u0645\u0642\u062a\u0644 \u062a\u0633\u0639\u0629 \u0641\u064a \u0647\u062c\u0648\u0645\n\n\u0642\u062a\u0644 \u0645\u0633\u0644\u062d\u0648\u0646 \u062a\u0633\u0639\u0629 \u0623\u0634\u062e\u0627\u0635 \u0641\u064a \u0627\u0644\u0633\u0648\u0642."  # noqa: E501
LIVE_BLOG = "Fighting in Mera, as it happened\n\n" + "\n\n".join(
    f"{number // 60 + 6:02}:{number % 60:02} - Shelling killed {number + 2} people in district {number}, medics said."
    for number in range(60)
)
VALUE_KEYS = {"labels": "labels", "choices": "choices", "number": "number", "textarea": "text"}
# 404 is the right answer to these: tips, which this edition does not have, and the next article when there is none.
MAY_BE_MISSING = ("/heidi-tips", "id=next_task")
LEAST_CONTRAST = 4.5  # of text against what is behind it; WCAG 2.2, success criterion 1.4.3
CONTRAST = """element => {
    const parts = colour => {
        const pen = document.createElement("canvas").getContext("2d");
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        return [...pen.getImageData(0, 0, 1, 1).data].map(part => part / 255);
    };
    const over = (above, below) => [0, 1, 2].map(n => above[n] * above[3] + below[n] * (1 - above[3]));
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.unshift(parts(getComputedStyle(one).backgroundColor));
    const behind = layers.reduce((below, above) => over(above, below), [1, 1, 1]);
    const light = colour => {
        const [red, green, blue] = colour.map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const [one, other] = [over(parts(getComputedStyle(element).color), behind), behind].map(light);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}"""


def part(span_id: str, phrase: str, kind: str, control: str, value: object, text: str = TEXT) -> dict[str, Any]:
    start = text.index(phrase)
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
SIXTY = [
    part(f"c{number}", f"killed {number + 2} people in district {number},", "labels", "span", ["killed"], LIVE_BLOG)
    for number in range(60)
]


def make_project(
    project: Project, studio: Studio, title: str, *tasks: tuple[str, list[dict[str, Any]]]
) -> StudioProject:
    interface = project.interface.read_text("utf-8")
    made = studio.create_project(title, interface, "<h1>Guidelines</h1><p>Mark <b>every</b> figure.</p>")
    meta = f"The Harbour Post · 2024-05-01 · en {MARKUP}"
    studio.import_tasks(
        made.id,
        [
            {
                "data": {"text": text, "meta": meta, "title": MARKUP},
                "predictions": [{"model_version": "tollwire", "result": result}] if result else [],
            }
            for text, result in tasks
        ],
    )
    return made


@pytest.fixture(scope="module")
def labelled(studio_project: Project, studio: Studio) -> StudioProject:
    return make_project(studio_project, studio, "Interface", (TEXT, PREDICTED), (TEXT, PREDICTED))


@pytest.fixture(scope="module")
def shown(studio_project: Project, studio: Studio) -> StudioProject:
    tasks = [(TEXT, []), (TEXT, []), (RIGHT_TO_LEFT, []), (LIVE_BLOG, SIXTY)]
    return make_project(studio_project, studio, "Interface shown", *tasks)


OpenWindow = Callable[..., "Page"]


@pytest.fixture
def window(browser: "Browser", studio_project: Project, studio: Studio) -> Iterator[OpenWindow]:
    """A labeller's window, in which nothing goes wrong unseen."""
    ann = add_user(studio_project, "ann@example.org")
    pages: list[Page] = []
    errors: list[str] = []

    def note_message(message: "ConsoleMessage") -> None:
        if message.type == "error" and not any(part in message.location["url"] for part in MAY_BE_MISSING):
            errors.append(f"{message.text} {message.location['url']}")

    def note_request(request: "Request") -> None:
        if not request.url.startswith((studio.url, "data:", "blob:")):
            errors.append(f"left this machine: {request.url}")

    def open_window(**options: Any) -> "Page":
        page = log_in(browser, studio.url, ann, **options)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", note_message)
        page.on("request", note_request)
        pages.append(page)
        return page

    yield open_window
    for page in pages:
        page.close()
    assert errors == []


@pytest.fixture
def editor(window: OpenWindow, studio: Studio, labelled: StudioProject) -> "Page":
    """The next article of the stream, with the guidelines put away."""
    page = window()
    page.goto(f"{studio.url}/projects/{labelled.id}/data?labeling=1")
    page.wait_for_selector(".htx-highlight", timeout=60_000)
    page.get_by_text("Mark every figure.").wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("Mark every figure.").wait_for(state="hidden")
    return page


def submitted(page: "Page", studio: Studio, labelled: StudioProject) -> dict[str, Any]:
    """Send the annotation and give the task as the server has it."""
    (task,) = studio.export(labelled.id, [submit(page)["task"]])
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
    editor.get_by_role("button", name="Instructions").click()
    editor.get_by_text("Mark every figure.").wait_for()


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

    task = submitted(editor, studio, labelled)

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

    (annotation,) = submitted(editor, studio, labelled)["annotations"]

    chosen = [part["value"]["choices"] for part in annotation["result"] if part.get("from_name") == "article_status"]
    assert chosen == [["no_casualty_figures"]]


def test_a_complete_figure_takes_eight_actions_by_hand(
    window: OpenWindow, studio_project: Project, studio: Studio, shown: StudioProject
) -> None:
    """Figure, attacker and source, each a key and a drag; the figure is selected and its victims told by a key."""
    labels = read_contracts(studio_project.schemas).labels
    task = next(studio.export_all(shown.id))
    page = window()
    open_task(page, studio.task_url(shown.id, task["id"]))

    actions = 0
    for key, phrase in (("k", "at least nine people"), ("a", "Gunmen"), ("s", "the ministry")):
        page.keyboard.press(key)
        draw(page, phrase)
        actions += 2
    page.locator(".htx-highlight", has_text="at least nine people").click()
    page.keyboard.press("Shift+C")
    actions += 2
    marks, unread = from_result(submit(page)["result"])
    spans, problems = read_marks(marks, TEXT, labels, "")

    assert (actions, unread, problems) == (8, [], [])
    (figure,) = spans.casualties
    assert (figure.surface, figure.bound, figure.low, figure.victim_status) == (
        "at least nine people", "at_least", 9, "civilian",
    )  # fmt: skip
    assert {(one.surface, one.role) for one in spans.actors} == {("Gunmen", "attacker"), ("the ministry", "source")}


def test_every_label_has_its_key(
    window: OpenWindow, studio_project: Project, studio: Studio, shown: StudioProject
) -> None:
    labels = read_contracts(studio_project.schemas).labels
    keys = {name: one.hotkey for name, one in {**labels.harm, **labels.role}.items()}
    words = ["Blast", "kills", "nine", "Gunmen", "killed", "least", "people", "ministry", "Twenty", "others", "were"]
    task = list(studio.export_all(shown.id))[1]
    page = window()
    open_task(page, studio.task_url(shown.id, task["id"]))

    for word, key in zip(words, keys.values(), strict=False):
        page.keyboard.press(key)
        draw(page, word)
    marks, _ = from_result(submit(page)["result"])

    assert sorted(one.labels for one in marks.regions) == sorted((name,) for name in keys)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)], ids=["small", "large"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_can_be_read_and_used(
    window: OpenWindow, studio: Studio, shown: StudioProject, size: tuple[int, int], theme: str, tmp_path: Path
) -> None:
    width, height = size
    plain, _, right_to_left, live_blog = studio.export_all(shown.id)
    page = window(viewport={"width": width, "height": height})
    open_task(page, studio.task_url(shown.id, plain["id"]))
    if theme == "dark":
        page.get_by_text("Light", exact=True).click()
        page.get_by_text("Dark", exact=True).wait_for()
    for what in (".lsf-richtext__container", ".labels .lsf-label", ".card .ant-checkbox-wrapper", ".meta h4"):
        assert page.locator(what).first.evaluate(CONTRAST) >= LEAST_CONTRAST, f"{what} cannot be read when {theme}"

    open_task(page, studio.task_url(shown.id, right_to_left["id"]))
    _, right, _ = place_of(page, "\u0645\u0642\u062a\u0644")
    box = page.locator(".lsf-richtext__container").bounding_box()
    assert box is not None
    assert right > box["x"] + box["width"] - 40, "a right-to-left article begins on the right"

    open_task(page, studio.task_url(shown.id, live_blog["id"]))
    page.wait_for_function("() => document.querySelectorAll('.htx-highlight').length == 60")
    last = page.locator(".htx-highlight").last
    last.scroll_into_view_if_needed()
    last.click()
    page.screenshot(path=tmp_path / "live-blog.png")
    for what in ("at_least", "no_casualty_figures"):
        box = page.locator(".side").get_by_text(what, exact=False).first.bounding_box()
        assert box is not None
        assert 0 < box["y"] < height, f"{what} is off the screen when the last figure is selected"
    label = page.locator(".labels .lsf-label").first.bounding_box()
    assert label is not None
    assert 0 < label["y"] < height
