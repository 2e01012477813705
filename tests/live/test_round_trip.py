"""Pages through the real server and back, with the commands that a curator types."""

import json
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from editor import log_in, submit
from rounds import LABELLERS, MakeRound, Round, accepted, done, span, tollwire

from tollwire.annotations.accounts import sign_up
from tollwire.annotations.batches import (
    Batch,
    adjudication_path,
    adjudication_title,
    log_path,
    project_titles,
    sent_path,
    write_batch,
)
from tollwire.annotations.client import Studio
from tollwire.annotations.connection import TOKEN_VARIABLE, URL_VARIABLE, connect
from tollwire.annotations.credentials import read_credentials
from tollwire.annotations.log import read_log
from tollwire.annotations.pseudonyms import address_of
from tollwire.annotations.regions import DIFFERS, Marks, Spans, display_text, from_result, marks_of, to_result
from tollwire.contracts.records import Block
from tollwire.figures.suggest import suggest
from tollwire.project import Project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.live

CHECKOUT = Path(__file__).parents[2]
OUTSIDE = Path(os.environ.get("TOLLWIRE_SHARED", CHECKOUT.parent / "shared")) / "data" / "re3d"
Json = dict[str, Any]
# The places of the regions that have the colour of what labellers differ on.
PAINTED_AS_DIFFERENT = """all => all.filter(one => getComputedStyle(one).backgroundColor.startsWith("rgba(255, 0, 200"))
    .map(one => [Number(one.dataset.start), Number(one.dataset.end)])"""


def assert_surfaces_are_true(tables: dict[str, pl.DataFrame], articles: pl.DataFrame) -> int:
    """Check every span against the text of its article; give how many there are."""
    texts = dict(articles.select("article_id", "text").iter_rows())
    rows = [row for name in ("actors", "casualties") for row in tables[name].iter_rows(named=True)]
    assert [row for row in rows if texts[row["article_id"]][row["start"] : row["end"]] != row["surface"]] == []
    return len(rows)


def test_pushing_again_adds_nothing_and_the_suggestions_are_there(
    make_round: MakeRound, articles: pl.DataFrame
) -> None:
    batch = make_round("101")
    sent = sent_path(batch.project, "101").read_bytes()

    again = batch.push()

    assert again.stdout.startswith(f"0 tasks pushed, {articles.height} were there already")
    assert sent_path(batch.project, "101").read_bytes() == sent
    assert batch.studio.count_tasks(batch.server_id) == articles.height
    tasks = batch.tasks()
    for row in articles.iter_rows(named=True):
        found = suggest(row["text"], [Block(**block) for block in row["blocks"]], row["language"])
        marks = marks_of(Spans(found.actors, found.casualties, found.relations))
        task = tasks[row["article_id"]]
        assert task["data"]["text"] == display_text(row["text"])
        assert [from_result(one["result"]) for one in task["predictions"]] == ([(marks, [])] if marks.regions else [])
    assert [json.loads(line)["article_id"] for line in sent.splitlines()] == sorted(tasks)


def test_what_two_labellers_submit_is_pulled_once_and_an_edit_is_one_more_line(
    make_round: MakeRound, articles: pl.DataFrame
) -> None:
    ids = articles["article_id"].to_list()[:3]
    batch = make_round("102", ids)
    first, second, third = (batch.tasks()[article_id] for article_id in ids)
    edited = batch.label("round-a", first, accepted(first))
    batch.label("round-b", first, accepted(first))
    batch.label("round-a", second, to_result(Marks(choices=("not_armed_violence",))))
    batch.label("round-b", second, [], was_cancelled=True)
    credentials = read_credentials(batch.project)
    assert credentials is not None
    with batch.client(credentials.labellers[address_of("round-a")].token) as as_a:
        draft = as_a.post(f"/api/tasks/{third['id']}/drafts", json={"result": accepted(third), "lead_time": 3})
        assert draft.is_success

        pulled = batch.pull()

        assert (pulled.returncode, pulled.stderr) == (0, "")
        assert pulled.stdout.startswith("4 annotations of 3 tasks that changed, 4 new, 1 drafts not submitted")
        assert batch.tables()["annotations"].select("article_id", "annotator", "status").rows() == [
            (ids[0], "round-a", "annotated"),
            (ids[0], "round-b", "annotated"),
            (ids[1], "round-a", "not_armed_violence"),
            (ids[1], "round-b", "skipped"),
        ]
        assert assert_surfaces_are_true(batch.tables(), articles) > 5
        before = batch.written()
        assert batch.pull().stdout.startswith("0 annotations of 0 tasks that changed, 0 new")
        assert batch.written() == before

        ends = ("id", "from_id", "to_id")
        fewer = [one for one in accepted(first) if not any(str(one.get(end)).startswith("a") for end in ends)]
        assert as_a.patch(f"/api/annotations/{edited}/", json={"result": fewer}).is_success
    pulled = batch.pull()

    assert pulled.stdout.startswith("2 annotations of 1 tasks that changed, 1 new")
    assert len(batch.log().splitlines()) == len(before["annotations.jsonl"].splitlines()) + 1
    assert set(before["annotations.jsonl"].splitlines()) < set(batch.log().splitlines())
    assert set(batch.tables()["actors"]["annotator"]) == {"round-b"}
    agreement = done(batch.project, "agreement", "102")
    assert "round-a" in agreement
    assert "round-b" in agreement
    assert tollwire(batch.project, "adjudicate", "102").returncode == 1


def test_whoever_has_the_invitation_can_join(studio_project: Project, studio: Studio) -> None:
    link = done(studio_project, "studio", "invite").strip()

    assert link.startswith(studio.url)
    token = sign_up(studio.url, link.removeprefix(studio.url), "guest@example.org", "guest-password-1")
    with Studio(studio.url, token) as guest:
        assert guest.email() == "guest@example.org"


def test_a_region_made_wrong_by_hand_is_one_line_and_everything_else_is_kept(
    make_round: MakeRound, articles: pl.DataFrame
) -> None:
    article = articles.filter(pl.col("text").str.contains("killed")).row(0, named=True)
    batch = make_round("103", [article["article_id"]])
    (task,) = batch.tasks().values()
    sound, text = accepted(task), article["text"]
    shifted = span("shifted", text, 3, 9, "other")
    shifted["value"]["start"] += 1
    shifted["value"]["end"] += 1
    broken = [shifted, span("unknown", text, 3, 9, "evicted"), span("past", text, 3, len(text) + 9, "other")]
    batch.label("round-a", task, [*sound, *broken])
    batch.label("round-b", task, sound)
    batch.studio.import_tasks(batch.server_id, [{"data": {"text": "Rain fell.", "meta": "made by hand"}}])

    pulled = batch.pull()

    assert pulled.returncode == 1
    foreign, *lines = pulled.stderr.splitlines()
    assert "[foreign-task] it was not made by `tollwire push`" in foreign
    assert [line.partition("[")[2].partition("]")[0] for line in lines] == [
        "unknown-label", "span-in-text", "text-matches-article",
    ]  # fmt: skip
    assert all(f"article {article['article_id']}, round-a, span " in line for line in lines)
    tables = batch.tables()
    theirs = [
        {name: frame.filter(annotator=who).drop("annotator") for name, frame in tables.items() if name != "annotations"}
        for who in LABELLERS
    ]
    assert all(theirs[0][name].equals(theirs[1][name]) for name in theirs[0])
    assert assert_surfaces_are_true(tables, articles) > 2
    assert len(read_log(log_path(batch.project, "103"))) == 2
    left_out = tollwire(batch.project, "adjudicate", "103")
    assert "0 articles are gold" in left_out.stdout
    assert "could not be read" in left_out.stderr


def test_an_interface_changed_by_hand_is_put_right_until_something_is_labelled_and_refused_then(
    make_round: MakeRound, articles: pl.DataFrame
) -> None:
    batch = make_round("104", articles["article_id"].to_list()[:1])
    ours = batch.project.interface.read_text("utf-8")
    by_hand = ours.replace('<Label value="captured" hotkey="c" background="#7d6608"/>', "")
    assert by_hand != ours

    batch.studio.update_project(batch.server_id, label_config=by_hand)
    assert batch.push().returncode == 0
    assert batch.studio.project(batch.server_id).interface == ours.strip()

    (task,) = batch.tasks().values()
    batch.label("round-a", task, accepted(task))
    batch.studio.update_project(batch.server_id, label_config=by_hand.replace("captured,", ""))
    refused = batch.push()
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "[interface-changed]" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert batch.studio.project(batch.server_id).interface == by_hand.replace("captured,", "").strip()

    batch.project.interface.write_text(by_hand, "utf-8")
    try:
        refused = batch.push()
    finally:
        batch.project.interface.write_text(ours, "utf-8")
    assert refused.returncode == 1
    assert '[interface-value] "span" does not offer "captured"' in refused.stderr


def test_an_article_whose_text_changed_is_neither_pushed_nor_pulled_again(
    make_round: MakeRound, articles: pl.DataFrame, tmp_path: Path
) -> None:
    article = articles.filter(pl.col("raw_uri").str.contains("chad-bol-raid")).row(0, named=True)
    batch = make_round("105", [article["article_id"]])
    (task,) = batch.tasks().values()
    batch.label("round-a", task, accepted(task))
    page = batch.project.raw / article["raw_uri"]
    changed = tmp_path / page.name
    changed.write_text(page.read_text("utf-8").replace("Two soldiers also died.", "Three soldiers also died."), "utf-8")
    done(batch.project, "normalise", str(changed), "--source", "meridian_wire", "--out", str(tmp_path / "corpus"))
    batch.corpus = ("--corpus", str(tmp_path / "corpus"))

    pushed, pulled = batch.push(), batch.pull()

    for ran in (pushed, pulled):
        assert ran.returncode == 1
        assert ran.stderr.count("[text-changed]") == len(ran.stderr.splitlines()) == 1
    assert len(batch.tasks()) == 1
    assert batch.tables()["annotations"].height == 0
    assert len(read_log(log_path(batch.project, "105"))) == 1


@pytest.mark.parametrize("verb", ["push", "pull"])
def test_without_a_server_or_its_token_a_command_ends_in_one_line(
    studio_project: Project, studio: Studio, articles: pl.DataFrame, verb: str
) -> None:
    token = "f" * 40
    nobody = tollwire(studio_project, verb, "199", **{URL_VARIABLE: "http://127.0.0.1:9", TOKEN_VARIABLE: token})
    wrong = tollwire(studio_project, verb, "199", **{URL_VARIABLE: studio.url, TOKEN_VARIABLE: token})

    for ran, rule in ((nobody, "unreachable"), (wrong, "wrong-token")):
        assert (ran.returncode, ran.stdout) == (3, "")
        assert f"[{rule}]" in ran.stderr
        assert len(ran.stderr.splitlines()) == 1
        assert token not in ran.stderr


def test_a_batch_that_was_never_pushed_is_told_in_one_line(studio_project: Project, articles: pl.DataFrame) -> None:
    ran = tollwire(studio_project, "pull", "198")

    assert ran.returncode == 3
    assert "[no-project]" in ran.stderr
    assert "tollwire push 198" in ran.stderr


def test_emoji_marks_and_right_to_left_words_shift_nothing(make_round: MakeRound, hard_articles: pl.DataFrame) -> None:
    texts = dict(hard_articles.select("article_id", "text").iter_rows())
    batch = make_round("106", list(texts))
    made = 0
    for article_id, task in batch.tasks().items():
        text, shown = texts[article_id], task["data"]["text"]
        words = [(text.index(word), word) for word in text.split() if text.count(word) == 1]
        drawn = [span(f"w{start}", shown, start, start + len(word), "other") for start, word in words]
        batch.label("round-a", task, [*accepted(task), *drawn])
        made += len(words)

    pulled = batch.pull()

    assert (pulled.returncode, pulled.stderr) == (0, "")
    tables = batch.tables()
    assert assert_surfaces_are_true(tables, hard_articles) >= made + 4
    surfaces = set(tables["actors"]["surface"])
    assert {
        "\U0001f622",
        "\U0001f4a5",
        "\u0642\u0627\u0644\u062a",
        "\u0938\u0948\u0928\u093f\u0915\u094b\u0902",
    } <= surfaces
    assert {"caf\u00e9", "\U0001d5d5\U0001d5fc\U0001d5f9\U0001d5f1", "x\u0331w\u00e1x\u0302a"} <= surfaces
    assert "At least nine people" in tables["casualties"]["surface"].to_list()


def test_long_articles_of_others_come_back_exactly(
    make_round: MakeRound, studio_project: Project, tmp_path: Path
) -> None:
    if not OUTSIDE.is_dir():
        pytest.skip("no outside data; set TOLLWIRE_SHARED to a folder that has data/re3d (github.com/dstl/re3d)")
    files = sorted(map(str, OUTSIDE.glob("*/documents.json")))
    done(studio_project, "normalise", *files, "--source", "re3d", "--out", str(tmp_path))
    corpus = pl.read_parquet(tmp_path / "articles.parquet")
    longest = corpus.sort(pl.col("text").str.len_chars(), descending=True).head(10)
    batch = make_round("107", longest["article_id"].to_list(), tmp_path)
    chance = random.Random(7)
    made = 0
    for task in batch.tasks().values():
        shown = task["data"]["text"]
        result = accepted(task)
        batch.label("round-a", task, result)
        drawn = []
        for number in range(8):
            start = chance.randrange(len(shown))
            end = min(len(shown), start + chance.randint(1, 60))
            drawn.append(span(f"d{number}", shown, start, end, chance.choice(["attacker", "target", "other"])))
        batch.label("round-b", task, [*result, *drawn])
        made += 2 * sum(entry["type"] == "labels" for entry in result) + len(drawn)

    pulled = batch.pull()

    assert (pulled.returncode, pulled.stderr) == (0, "")
    assert batch.tables()["annotations"].height == 20
    assert assert_surfaces_are_true(batch.tables(), corpus) == made


def disputed(make_round: MakeRound, name: str, article_id: str) -> tuple[Round, list[Json], str]:
    """Have one of two labellers leave out a suggested source; give what the other said, and the id of the source."""
    batch = make_round(name, [article_id])
    (task,) = batch.tasks().values()
    full = accepted(task)
    gone = next(one["id"] for one in full if one["type"] == "labels" and one["value"]["labels"][0] == "source")
    ends = ("id", "from_id", "to_id")
    batch.label("round-a", task, full)
    batch.label("round-b", task, [one for one in full if gone not in [one.get(end) for end in ends]])
    assert batch.pull().returncode == 0
    sent = done(batch.project, "adjudicate", batch.name, "--push")
    assert "0 articles are gold" in sent
    assert "1 articles sent to be decided, 0 were there already" in sent
    return batch, full, gone


def adjudicating(batch: Round, browser: "Browser") -> tuple["Page", str]:
    """Log in as the curator; give the window, and the address of the batch's adjudication."""
    project = batch.studio.find_project(adjudication_title(Batch(batch=batch.name, title="Round trip")))
    credentials = read_credentials(batch.project)
    assert project is not None
    assert credentials is not None
    return log_in(browser, batch.studio.url, credentials.curator), f"{batch.studio.url}/projects/{project.id}/data"


def test_what_labellers_differ_on_is_decided_in_the_editor_and_becomes_gold(
    make_round: MakeRound, articles: pl.DataFrame, browser: "Browser"
) -> None:
    """One of two left out a suggestion: the adjudicator starts from what both have, submits, and that is gold."""
    article = articles.filter(pl.col("text").str.contains("killed")).row(0, named=True)
    batch, full, gone = disputed(make_round, "108", article["article_id"])
    assert "0 articles sent to be decided, 1 were there already" in done(batch.project, "adjudicate", "108", "--push")

    page, address = adjudicating(batch, browser)
    page.goto(f"{address}?labeling=1")
    page.wait_for_selector(".htx-highlight", timeout=60_000)
    page.get_by_text("differences: 1.").first.wait_for()
    page.keyboard.press("Escape")
    submit(page)
    page.close()

    decided = done(batch.project, "adjudicate", "108", "--pull")

    assert decided.startswith("1 decisions on the server, 1 new")
    assert "1 articles are gold (0 agreed, 1 adjudicated), 0 are open" in decided
    gold = pl.read_parquet(batch.project.build / "gold" / "108" / "actors.parquet")
    assert gone not in gold["span_id"].to_list()
    figures = pl.read_parquet(batch.project.build / "gold" / "108" / "casualties.parquet")
    assert figures.height == sum(one.get("from_name") == "bound" for one in full)
    assert done(batch.project, "adjudicate", "108", "--pull").startswith("1 decisions on the server, 0 new")


def test_what_differs_has_a_colour_in_each_version_and_a_version_can_be_taken_over(
    make_round: MakeRound, articles: pl.DataFrame, browser: "Browser"
) -> None:
    article = articles.filter(pl.col("text").str.contains("killed")).row(0, named=True)
    batch, full, gone = disputed(make_round, "111", article["article_id"])
    place = next((one["value"]["start"], one["value"]["end"]) for one in full if one.get("id") == gone)

    page, address = adjudicating(batch, browser)
    page.goto(address)
    page.get_by_text(article["text"][:20]).first.click(timeout=60_000)
    page.get_by_text("round-a").first.click(timeout=60_000)
    page.wait_for_selector(f".htx-highlight[data-label*={DIFFERS}]")
    assert page.eval_on_selector_all(".htx-highlight", PAINTED_AS_DIFFERENT) == [list(place)]
    tab = page.locator(".lsf-annotation-button", has_text="round-a")
    tab.locator(".lsf-annotation-button__trigger").click()
    page.get_by_text("Duplicate Annotation").click()
    submitted = submit(page)["result"]
    page.close()
    assert sum(DIFFERS in one["value"]["labels"] for one in submitted if one["type"] == "labels") == 1

    decided = done(batch.project, "adjudicate", "111", "--pull")

    assert "1 articles are gold (0 agreed, 1 adjudicated), 0 are open" in decided
    gold = pl.read_parquet(batch.project.build / "gold" / "111" / "actors.parquet")
    assert gold.select("start", "end").rows().count(place) == 1
    assert DIFFERS not in adjudication_path(batch.project, "111").read_text("utf-8")


def test_with_a_project_each_labellers_work_apart_and_one_pull_has_what_both_said(
    studio_project: Project, studio: Studio, articles: pl.DataFrame
) -> None:
    ids = articles["article_id"].to_list()[:2]
    names = list(LABELLERS)
    record = Batch(
        batch="110", title="Apart", labellers=names, one_project_each=True, hidden_from=names[1:], articles=ids
    )
    write_batch(studio_project, record)

    sent = done(studio_project, "push", "110")
    assert sent.startswith("4 tasks pushed, 0 were there already")
    assert sent.count("label at ") == 2
    assert done(studio_project, "push", "110").startswith("0 tasks pushed, 4 were there already")
    for who, title in zip(LABELLERS, project_titles(record), strict=True):
        project = studio.find_project(title)
        assert project is not None
        assert project.labellers_per_task == 1
        with connect(studio_project, address_of(who)) as account:
            for task in studio.export_all(project.id):
                assert bool(task["predictions"]) == (who not in record.hidden_from)
                account.create_annotation(task["id"], to_result(Marks(choices=("bad_text",))), lead_time=3)

    assert done(studio_project, "pull", "110").startswith("4 annotations of 4 tasks that changed, 4 new")
    assert done(studio_project, "pull", "110").startswith("0 annotations of 0 tasks that changed, 0 new")
    said = pl.read_parquet(studio_project.build / "annotations" / "110" / "annotations.parquet")
    assert said.select("article_id", "annotator").rows() == [(one, who) for one in ids for who in LABELLERS]
