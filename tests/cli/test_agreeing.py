"""`tollwire agreement` on the corpus of this checkout, as a curator runs it."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from parts import only_labelled

CHECKOUT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).parent / "tollwire"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for part in ("corpus", "schemas", "annotations"):
        shutil.copytree(CHECKOUT / part, folder / part, ignore=only_labelled)
    for batch in (folder / "annotations" / "batches").iterdir():
        if batch.name != "001":
            shutil.rmtree(batch)
    assert run(folder, "normalise", "corpus/raw").returncode == 0
    return folder


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([str(PROGRAM), *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_agreement_prints_tables_and_writes_them_beside_a_page(project: Path) -> None:
    answer = run(project, "agreement", "001")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert "labeller-a and labeller-b, 17 articles" in answer.stdout
    folder = project / "build" / "agreement" / "001"
    measured = pl.read_parquet(folder / "measures.parquet")
    assert set(measured["measure"]) == {
        "exact", "overlapping", "characters", "attribute", "values", "relations", "parties", "verdict",
    }  # fmt: skip
    bounded = measured.drop_nulls("value")
    assert bounded.filter((pl.col("low") > pl.col("value")) | (pl.col("high") < pl.col("value"))).is_empty()
    differences = pl.read_parquet(folder / "differences.parquet")
    assert f"{differences.height} differences in {differences['article_id'].n_unique()} articles" in answer.stdout
    assert (folder / "index.html").read_text("utf-8").count("<details") == differences["article_id"].n_unique()


def test_the_report_on_a_labeller_tells_of_gold_and_suggestions(project: Path) -> None:
    answer = run(project, "agreement", "001", "--labeller", "labeller-b")

    assert (answer.returncode, answer.stderr) == (0, "")
    for what in ("articles of theirs that are gold", "suggestions accepted unchanged", "spans added"):
        assert what in answer.stdout


def test_an_unknown_labeller_is_one_line(project: Path) -> None:
    answer = run(project, "agreement", "001", "--labeller", "nobody")

    assert answer.returncode == 2
    assert answer.stderr.splitlines() == [
        "--labeller: [no-such-labeller] nothing in the batch is by nobody; name one of: labeller-a, labeller-b"
    ]


def test_a_batch_without_two_labellers_is_one_line(project: Path) -> None:
    answer = run(project, "agreement", "002")

    assert answer.returncode == 1
    assert "[one-labeller]" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_annotations_move_with_a_text_that_was_normalised_again(project: Path) -> None:
    """A page of the first batch gets a sentence more; its annotations stand where the same words stand now."""
    shutil.copytree(project / "build" / "corpus", project / "build" / "before")
    log = project / "annotations" / "batches" / "001" / "annotations.jsonl"
    before = log.read_text("utf-8")
    page = next(path for path in sorted((project / "corpus" / "raw").rglob("*.html")) if "killed" in path.read_text())
    text = page.read_text("utf-8")
    paragraph = text.index("<p>") if "<p>" in text else text.index("<p ")
    more = "<p>Rain fell on the hills all night, and the road was closed.</p>"
    page.write_text(f"{text[:paragraph]}{more}{text[paragraph:]}")
    assert run(project, "normalise", "corpus/raw").returncode == 0

    # Two labellers' and the one that was adjudicated.
    tried = run(project, "reanchor", "001", "--old", "build/before", "--dry-run")
    assert tried.stdout.startswith("3 of 3 annotations can be moved"), tried
    assert log.read_text("utf-8") == before
    moved = run(project, "reanchor", "001", "--old", "build/before")

    assert (moved.returncode, moved.stderr) == (0, "")
    assert set(before.splitlines()) < set(log.read_text("utf-8").splitlines())
    assert run(project, "reanchor", "001", "--old", "build/before").stdout.startswith("every annotation is of the text")
    answer = run(project, "agreement", "001")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "17 articles" in answer.stdout


def test_past_work_is_imported_once(project: Path, tmp_path: Path) -> None:
    article = pl.read_parquet(project / "build" / "corpus" / "articles.parquet").row(0, named=True)
    (tmp_path / "past.txt").write_bytes(article["text"].encode())
    first = article["text"].split()[0]
    (tmp_path / "past.ann").write_text(f"T1\tSpeaker 0 {len(first)}\t{first}\n", "utf-8")
    words = ("import", str(tmp_path), "--batch", "009", "--annotator", "past-a", "--map", "speaker=source")

    answer = run(project, *words)

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == "1 annotations with 1 spans read, 1 new in batch 009\n"
    assert run(project, *words).stdout == "1 annotations with 1 spans read, 0 new in batch 009\n"
    (line,) = (project / "annotations" / "batches" / "009" / "annotations.jsonl").read_text("utf-8").splitlines()
    assert '"annotator": "past-a"' in line
    shutil.rmtree(project / "annotations" / "batches" / "009")


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("--batch", "009", "--annotator", "Bob"), "bad-pseudonym"),
        (("--batch", "009", "--annotator", "gold"), "bad-pseudonym"),
        (("--batch", "9", "--annotator", "past-a"), "bad-batch"),
        (("--batch", "009", "--map", "speaker"), "bad-map"),
    ],
)
def test_a_wrong_import_is_one_line(project: Path, tmp_path: Path, words: tuple[str, ...], rule: str) -> None:
    answer = run(project, "import", str(tmp_path), *words)

    assert answer.returncode == 2
    assert f"[{rule}]" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_batch_is_planned_and_its_record_says_what_was_chosen(project: Path) -> None:
    (project / "annotations" / "batches" / "001").rename(project / "batch-001")
    asked = ("batch", "002", "--title", "June", "--size", "3", "--labeller", "ann", "--labeller", "bob")

    answer = run(project, *asked, "--one-project-each")
    again = run(project, *asked)
    (project / "batch-001").rename(project / "annotations" / "batches" / "001")
    nothing_left = run(project, "batch", "003", "--title", "July")

    assert answer.stdout == "3 articles in annotations/batches/002/batch.toml; send them: tollwire push 002\n"
    record = tomllib.loads((project / "annotations" / "batches" / "002" / "batch.toml").read_text("utf-8"))
    assert (record["labellers"], record["one_project_each"], len(record["articles"])) == (["ann", "bob"], True, 3)
    assert "3 tasks with" in run(project, "push", "002", "--dry-run").stdout
    for refused, rule in ((again, "batch-exists"), (nothing_left, "nothing-left")):
        assert refused.returncode == 2
        assert f"[{rule}]" in refused.stderr
        assert len(refused.stderr.splitlines()) == 1
    shutil.rmtree(project / "annotations" / "batches" / "002")
