"""The benchmark reads the sets as they are published, runs each tool by itself, and says what is missing."""

import gzip
import io
import json
import lzma
import subprocess
import sys
import tarfile
from pathlib import Path

import normalising_report
import pytest
from bars import judge_bars
from peers import Found
from scorecards import Results, score
from sets import SETS, fold_of

SCRIPT = Path(__file__).parents[2] / "scripts" / "bench_normalise.py"
PARAGRAPH = "Shells fell on the market of the old town on Friday and two people were killed, officials said later."
HTML = f"""<html><head><title>Shells fall</title></head><body><article><h1>Shells fall on the market</h1>
<p>{PARAGRAPH}</p><p>{PARAGRAPH.replace("Friday", "Sunday")}</p></article></body></html>"""


@pytest.fixture
def shared(tmp_path):
    """The four sets with one page of our own in each, in the form in which they are published."""
    data = tmp_path / "data"
    for one in SETS:
        (data / one.folder).mkdir(parents=True)
    for folder in ("trafilatura_eval", "htmldate_eval"):
        with tarfile.open(data / folder / "pages.tar.xz", "w:xz") as archive:
            member = tarfile.TarInfo("cache/page.html")
            member.size = len(HTML.encode())
            archive.addfile(member, io.BytesIO(HTML.encode()))
    page = {
        "file": "page.html",
        "with": ["Shells fell"],
        "without": ["Menu"],
        "author": "A Lee und B Dahl",
        "date": "2022-1-2",
    }
    (data / "trafilatura_eval/evaldata.json").write_text(json.dumps({"http://a.example/x": page}))
    dated = {"http://a.example/x": {"file": "page.html", "date": "2022-01-02"}}
    (data / "htmldate_eval/eval_default.json").write_text(json.dumps(dated))
    (data / "htmldate_eval/eval_mediacloud_2020.json").write_text("{}")
    stored = data / "fundus_parser_testdata/test_data/xx"
    stored.mkdir(parents=True)
    gold = {
        "title": "Shells fall on the market",
        "publishing_date": "2022-01-02 10:00:00+00:00",
        "authors": ["A Lee"],
        "body": {"summary": ["S"], "sections": [{"headline": ["H"], "paragraphs": ["P", "Q"]}]},
        "images": [{"caption": "C"}, {"caption": None}],
    }
    (stored / "Example.json").write_text(json.dumps({"V2": {**gold, "title": "Later"}, "V1": gold}))
    for day in ("2022_01_02", "2023_01_02"):
        (stored / f"Example_{day}.html.gz").write_bytes(gzip.compress(HTML.encode()))
    dump = {"id": "xx/Example", "outlet": "Example", "dump": f"Menu\n{PARAGRAPH}", "gold": PARAGRAPH}
    with lzma.open(data / "fundus_dumps/dumps.jsonl.xz", "wt") as lines:
        lines.write(json.dumps(dump) + "\n")
    return tmp_path


def test_sets_are_read_as_they_are_published(shared):
    traf, fp, hd, fpd = (one.load(shared) for one in SETS)

    assert (traf[0].gold.authors, traf[0].gold.day, traf[0].outlet) == (("A Lee", "B Dahl"), "2022-01-02", "a.example")
    assert [page.gold.title for page in fp] == ["Shells fall on the market", "Later"]
    assert (fp[0].gold.body, fp[0].gold.captions, fp[0].gold.day) == ("S\nH\nP\nQ", ("C",), "2022-01-02")
    assert (hd[0].gold.day, hd[0].raw) == ("2022-01-02", HTML.encode())
    assert (fpd[0].raw_format, fpd[0].outlet, fpd[0].gold.body) == ("text", fp[0].outlet, PARAGRAPH)


def test_an_outlet_is_in_one_fold_always():
    assert [fold_of(name) for name in ("Example", "Example", "example")] == [fold_of("Example")] * 2 + [
        fold_of("example")
    ]
    assert {fold_of(str(number)) for number in range(50)} == set(range(5))


def run(shared, *arguments):
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(
        command, env={"TOLLWIRE_SHARED": str(shared), "PYTHONPATH": ":".join(sys.path)}, capture_output=True, text=True
    )


def test_ours_is_measured_in_a_process_of_its_own(shared):
    done = run(shared, "--only", "tollwire", "all lines")

    assert done.returncode == 0, done.stderr
    # The runs of four words of the whole dump are those of the gold and one more, with the menu in it.
    runs = len(PARAGRAPH.split()) - 3
    f1 = 2 * runs / (2 * runs + 1)
    assert f"| all lines | {f1:.3f} |".replace(" 0.", " .") in done.stdout
    assert "| tollwire | 1.000 |" in done.stdout
    assert "docs/normalising.md is as it was" in done.stdout


def test_without_the_data_it_says_what_is_missing_and_is_content(tmp_path):
    done = run(tmp_path)

    assert done.returncode == 0, done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()[:4]] == ["not measured"] * 4
    assert "TOLLWIRE_SHARED" in done.stdout


def test_a_figure_without_gold_or_tool_is_left_out(shared):
    hd, fp = SETS[2].load(shared), SETS[1].load(shared)

    figures = score(hd, [Found(day="2022-01-02")], frozenset({"body", "title", "day"}))
    assert figures.keys() == {"n", "day", "day_precision", "day_recall", "day_f1", "n_day"}
    figures = score(fp, [Found(body="S H P Q"), Found()], frozenset({"body"}))
    assert (figures["body_precision"], figures["body_recall"], figures["empty"]) == (1.0, 0.5, 1)
    assert "title" not in figures


def test_bars_are_judged_by_the_figure_out_of_fold():
    results = Results({})
    results.figures["tollwire", "FP"] = {"body": 0.99, "leak": 0.02}
    results.figures["tollwire, out of fold", "FP"] = {"body": 0.95, "leak": 0.02}
    results.figures["trafilatura", "FP"] = {"body": 0.946}
    results.speed = {"tollwire": (93.0, 100.0), "trafilatura with metadata": (30.0, 100.0)}

    judged = {what: (reached, verdict) for what, _, reached, verdict in judge_bars(results)}
    assert judged == {
        "body F1, FP": (".950", "NOT met"),
        "captions in the body %, FP, at most": ("2.0", "NOT met"),
        "whole HTML record, speed over that of trafilatura with metadata": ("3.1 x", "met"),
        "body, FP, not below trafilatura": (".950", "met"),
    }


def test_the_document_keeps_what_is_written_by_hand(tmp_path, monkeypatch):
    document = tmp_path / "normalising.md"
    begin = "<!-- begin: scripts/bench_normalise.py writes what follows -->"
    document.write_text(f"before\n\n{begin}\nold\n<!-- end -->\n\nafter\n", "utf-8")
    monkeypatch.setattr(normalising_report, "DOCUMENT", document)
    monkeypatch.setattr(normalising_report, "CHART", tmp_path / "normalising.svg")
    results = Results({})
    results.figures["tollwire", "FP"], results.errors["tollwire", "FP"] = {"body": 0.95}, []

    normalising_report.write_report(results)
    written = document.read_text("utf-8")
    normalising_report.write_report(results)

    assert written.startswith("before\n\n")
    assert written.endswith("\n\nafter\n")
    assert "| tollwire | - | - | - | .950 |" in written
    assert "old" not in written
    assert document.read_text("utf-8") == written
    assert (tmp_path / "normalising.svg").read_text("utf-8").startswith("<svg")
