"""A release has no words of a text that may not be passed on; and whoever has the pages gets it all."""

import json
import re
import shutil

import polars as pl
import pytest
from labelled import entries_of

import tollwire
from tollwire.annotations.batches import log_path
from tollwire.annotations.log import write_log
from tollwire.contracts.contract import read_contracts
from tollwire.contracts.references import reference_problems
from tollwire.contracts.tables import read_table
from tollwire.corpus.normalise import normalise
from tollwire.problems import TollwireError, UsageError
from tollwire.project import Project
from tollwire.release.build import build_release
from tollwire.release.hydrate import hydrate
from tollwire.release.shape import CONFIGS
from tollwire.release.withheld import withhold_spans

SOURCE = "meridian_wire"
FIVE = 5
OTHER = [
    "The harvest was the best in ten years, farmers in the valley of the Mera said on Monday as they counted sacks.",
    "Rain had come early in the spring and had stayed away in the weeks when the grain was cut and brought into barns.",
    "Prices fell in the markets of the three towns, where a sack was sold for half of what it had cost a year before.",
]


@pytest.fixture(scope="module")
def withholding(built, tmp_path_factory) -> Project:
    """The project with one of its sources withheld, and release 1.0.0 of it; do not change it: copy it."""
    root = tmp_path_factory.mktemp("withholding")
    shutil.copytree(built.root, root, dirs_exist_ok=True)
    project = Project(root)
    record = project.sources / f"{SOURCE}.toml"
    record.write_text(record.read_text().replace("may_redistribute = true", "may_redistribute = false"))
    normalise(project, [project.raw], project.build / "corpus")
    write_log(log_path(project, "001"), entries_of(project))
    build_release(project, None, project.build / "corpus")
    return project


@pytest.fixture
def changeable(withholding, tmp_path) -> Project:
    shutil.copytree(withholding.root, tmp_path / "project")
    return Project(tmp_path / "project")


def articles_of(project: Project) -> pl.DataFrame:
    return read_table(project.build / "corpus" / "articles.parquet", read_contracts(project.schemas)["articles"])


def runs_of(texts) -> set[str]:
    """The runs of five words, told apart by white space and punctuation; another way than the program's own."""
    runs = set()
    for text in texts:
        words = re.split(r"\W+", text.lower())
        runs |= {" ".join(words[place : place + FIVE]) for place in range(len(words) - FIVE + 1)}
    return runs


def test_no_run_of_five_words_of_a_withheld_article_is_in_any_file(withholding):
    articles = articles_of(withholding)
    secret = runs_of(articles.filter(pl.col("is_withheld"))["text"])
    secret -= runs_of(articles.filter(~pl.col("is_withheld"))["text"])
    assert len(secret) > 500

    for path in sorted((withholding.release / "1.0.0").rglob("*")):
        if path.suffix == ".parquet":
            text = json.dumps(pl.read_parquet(path).to_dicts(), default=str, ensure_ascii=False)
        elif path.is_file():
            text = path.read_text("utf-8")
        else:
            continue
        assert not secret & runs_of([text]), path.name


def test_a_withheld_article_has_its_places_and_values_and_none_of_its_words(withholding):
    articles = pl.read_parquet(withholding.release / "1.0.0" / "articles").filter(pl.col("is_withheld"))
    before = pl.read_parquet(withholding.release / "0.1.0" / "articles")

    assert articles.height == 5
    assert articles["text"].null_count() == articles["title"].null_count() == 5
    for row in articles.iter_rows(named=True):
        known = before.row(by_predicate=pl.col("article_id") == row["article_id"], named=True)
        assert row["text_sha256"] == known["text_sha256"]
        assert row["blocks"] == known["blocks"]
        for table in ("casualties", "actors"):
            assert {one["surface"] for one in row[table]} == {None}
            places = [(one["span_id"], one["start"], one["end"]) for one in row[table]]
            assert places == [(one["span_id"], one["start"], one["end"]) for one in known[table]]
        assert [one["low"] for one in row["casualties"]] == [one["low"] for one in known["casualties"]]


def test_to_withhold_a_text_is_a_major_change(withholding):
    changes = pl.read_parquet(withholding.release / "1.0.0" / "diff.parquet")

    assert changes.filter(pl.col("change") == "text_withheld").height == 5
    assert set(changes["change"]) <= {"text_withheld", "value_changed"}


@pytest.mark.parametrize(
    ("file", "place"),
    [("DATASHEET.md", "DATASHEET.md"), ("CHANGELOG.md", "CHANGELOG.md"), ("schemas/profiles/acled.toml", "schemas"),
     ("corpus/sources/harbour_post.toml", "sources/harbour_post.toml"), ("corpus/withdrawn.toml", "withdrawn")],
)  # fmt: skip
def test_words_that_were_planted_stop_the_release(changeable, file, place):
    words = articles_of(changeable).filter(pl.col("is_withheld"))["text"][0].split("\n\n")[1].split()[3:9]
    path = changeable.root / file
    if file.endswith("withdrawn.toml"):
        entry = f'[[withdrawn]]\narticle_id = "{"0" * 16}"\nreason = "{" ".join(words)}"\nwithdrawn_date = 2026-11-02\n'
        path.write_text(entry)
    else:
        path.write_text(path.read_text("utf-8") + ("\n\n" if path.suffix == ".md" else "\n# ") + " ".join(words) + "\n")

    with pytest.raises(TollwireError, match=r"\[withheld-words\]") as caught:
        build_release(changeable, "9.0.0", changeable.build / "corpus")

    assert place in str(caught.value)
    assert not (changeable.release / "9.0.0").exists()


def test_a_long_name_of_an_actor_is_withheld_however_its_words_are_written():
    articles = pl.DataFrame({"article_id": ["a" * 16, "b" * 16], "is_withheld": [True, False]})
    names = ["Mera", "Seventh Hill Guard Brigade", "3rd Battalion, 6th Guards", None, "3rd Battalion, 6th Guards"]
    actors = pl.DataFrame(
        {
            "article_id": ["a" * 16] * 4 + ["b" * 16],
            "surface": ["x"] * 5,
            "name": names,
            "code": pl.Series([None] * 5, dtype=pl.String),
        }
    )

    kept = withhold_spans({"actors": actors, "casualties": actors.drop("name", "code")}, articles)["actors"]

    assert kept["name"].to_list() == [*names[:2], None, None, names[4]]
    assert kept["surface"].to_list() == [None] * 4 + ["x"]


def test_words_that_were_planted_in_a_column_are_found(changeable):
    """The name that a labeller gave an actor: four words may stand, and no list of names has the fifth."""
    from tollwire.release.leaks import leak_problems
    from tollwire.release.withheld_runs import WithheldRuns

    folder = changeable.release / "1.0.0"
    articles = articles_of(changeable)
    words = articles.filter(pl.col("is_withheld"))["text"][0].split("\n\n")[1].split()[3:9]
    runs = WithheldRuns(articles)
    assert leak_problems(folder, runs) == []

    for table, column in (("actors", "name"), ("casualties", "surface"), ("tolls", "harm")):
        path = next((folder / table).glob("*.parquet"))
        frame = pl.read_parquet(path)
        frame.with_columns(pl.lit(" ".join(words)).alias(column)).write_parquet(path)
    nested = next((folder / "annotations").glob("*.parquet"))
    frame = pl.read_parquet(nested).to_dicts()
    frame[0]["casualties"][0]["surface"] = " ".join(words)
    pl.DataFrame(frame, schema=pl.read_parquet_schema(nested)).write_parquet(nested)

    assert {problem.where.split("/")[0] for problem in leak_problems(folder, runs)} == {
        "actors", "annotations", "casualties", "tolls"
    }  # fmt: skip


def test_with_the_pages_at_hand_everything_is_back_as_it_was(withholding, tmp_path):
    done = hydrate(withholding.release / "1.0.0", withholding.raw, tmp_path / "out")

    assert {one.verdict for one in done.verdicts} == {"exact"}
    for table in CONFIGS:
        before = pl.read_parquet(withholding.release / "0.1.0" / table)
        after = pl.read_parquet(done.folder / table)
        if table == "articles":
            raw = ["is_withheld", "raw_uri", "normaliser", "licence"]
            before, after = before.drop(raw), after.drop(raw)
        assert after.equals(before), table


def test_the_hydrated_folder_loads_and_says_what_it_is(withholding, tmp_path, monkeypatch):
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    done = hydrate(withholding.release / "1.0.0", withholding.raw, tmp_path / "out")

    loaded = tollwire.load(str(done.folder))

    for article in loaded["train"]:
        for span in (*article["casualties"], *article["actors"]):
            assert article["text"][span["start"] : span["end"]] == span["surface"]
    assert "5 of 5 withheld texts were put back" in (done.folder / "README.md").read_text("utf-8")
    assert len(json.loads((done.folder / "hydration.json").read_text())) == 5


def test_drifted_gone_and_other_pages_have_their_verdicts(withholding, tmp_path):
    pages = tmp_path / "pages" / SOURCE
    shutil.copytree(withholding.raw / SOURCE, pages)
    ids = {row["raw_uri"].split("/")[1]: row["article_id"] for row in articles_of(withholding).iter_rows(named=True)}
    gone, replaced, drifted, *_ = sorted(name for name in ids if (pages / name).is_file())
    (pages / gone).unlink()
    canonical = re.search(r'<link rel="canonical" href="([^"]+)"', (pages / replaced).read_text("utf-8"))
    body = "".join(f"<p>{line}</p>" for line in OTHER)
    head = f'<title>The harvest</title><link rel="canonical" href="{canonical[1]}">'
    (pages / replaced).write_text(f"<html><head>{head}</head><body><h1>The harvest</h1>{body}</body></html>")
    html = (pages / drifted).read_text("utf-8")
    paragraphs = re.findall(r"<p>.*?</p>", html, re.DOTALL)
    (pages / drifted).write_text(html.replace(paragraphs[2], "", 1))

    done = hydrate(withholding.release / "1.0.0", tmp_path / "pages", tmp_path / "out")

    verdicts = {one.article_id: one for one in done.verdicts}
    assert verdicts[ids[gone]].verdict == "missing"
    assert verdicts[ids[replaced]].verdict == "lost"
    assert verdicts[ids[drifted]].verdict == "re-anchored"
    assert 0 < verdicts[ids[drifted]].lost < verdicts[ids[drifted]].spans
    tables = {table: pl.read_parquet(done.folder / table) for table in CONFIGS}
    spans = {table: tables[table].filter(pl.col("surface").is_not_null()) for table in ("actors", "casualties")}
    assert reference_problems({"articles": tables["articles"], **spans}) == []
    still = tables["articles"].filter(pl.col("text").is_null())["article_id"]
    assert set(still) == {ids[gone], ids[replaced]}


def test_a_copy_under_another_address_is_known_by_its_blocks(withholding, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    name = "chad-bol-raid.html"
    html = (withholding.raw / SOURCE / name).read_text("utf-8")
    (pages / "copy.html").write_text(re.sub(r"https?://[^\"<\s]+", "https://archive.example/1", html))

    done = hydrate(withholding.release / "1.0.0", pages, tmp_path / "out")

    assert sorted(one.verdict for one in done.verdicts) == ["exact", *["missing"] * 4]


def test_what_cannot_be_hydrated_is_told(withholding, tmp_path):
    with pytest.raises(UsageError, match=r"\[nothing-withheld\]"):
        hydrate(withholding.release / "0.1.0", withholding.raw, tmp_path / "out")
    with pytest.raises(UsageError, match=r"\[no-such-path\]"):
        hydrate(withholding.release / "1.0.0", tmp_path / "none", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_nothing_of_the_key_is_published(withholding):
    """The digest of the whole text is public, so the key must not be made of it."""
    from tollwire.release.proofs import text_key

    texts = articles_of(withholding).filter(pl.col("is_withheld"))["text"]
    everything = b"".join(path.read_bytes() for path in (withholding.release / "1.0.0").rglob("*") if path.is_file())
    proofs = json.dumps(pl.read_parquet(withholding.release / "1.0.0" / "proofs.parquet").to_dicts())

    for text in texts:
        key = text_key(text)
        assert key not in everything
        assert key.hex() not in proofs
