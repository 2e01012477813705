"""Folders of pages into the two tables: the same page twice, names that clash, the order of files, near-duplicates."""

import json
import re
import shutil
from pathlib import Path

import polars
import pytest

from tollwire.contracts.records import Article
from tollwire.corpus.normalise import Counts, normalise
from tollwire.corpus.page import normalise_page
from tollwire.corpus.sources import find_source
from tollwire.corpus.workers import Workers
from tollwire.problems import TollwireError, UsageError
from tollwire.project import Project, find_project

OURS = find_project(Path(__file__).parent)
SENTENCES = (
    "Nine people were killed when gunmen attacked the market of Tarra on Sunday, a doctor said.",
    "The town's mayor said that the attackers came on motorcycles and left towards the hills.",
    "Two of the nine dead were children, the doctor said by telephone from the hospital.",
    "Nobody has said that it was behind the attack, the third in the district since May.",
    "Traders had come from four villages for the weekly market, which opens before dawn.",
    "Soldiers arrived three hours later and closed the road to the north of the town.",
)


def page(*more: str, title: str = "Nine killed in attack on market") -> str:
    return "\n\n".join((title, *SENTENCES, *more))


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(out: Path, *paths: Path, source_id: str | None = "harbour_post") -> tuple[Counts, list[dict], list[dict]]:
    counts = normalise(OURS, paths, out, source_id)
    articles, rejected = (
        polars.read_parquet(out / f"{table}.parquet").to_dicts() for table in ("articles", "rejected")
    )
    assert counts.records == counts.articles + counts.rejected == len(articles) + len(rejected)
    return counts, articles, rejected


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(OURS.schemas, tmp_path / "project" / "schemas")
    shutil.copytree(OURS.sources, tmp_path / "project" / "corpus" / "sources")
    return Project(tmp_path / "project")


def test_the_same_page_twice_is_one_article_and_one_duplicate_that_names_it(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", page())
    write(tmp_path / "in" / "b.txt", page())
    _, (article,), (again,) = run(tmp_path, tmp_path / "in")
    assert article["raw_uri"] == "in/a.txt"
    assert (again["raw_uri"], again["rule"]) == ("in/b.txt", "duplicate-page")
    assert "in/a.txt" in again["detail"]
    assert again["raw_sha256"] == article["raw_sha256"]


def test_paths_of_the_same_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    one = write(tmp_path / "one" / "page.txt", page("It rained."))
    two = write(tmp_path / "two" / "page.txt", page("It was dry."))
    _, articles, _ = run(tmp_path, one, two)
    assert {article["raw_uri"] for article in articles} == {"one/page.txt", "two/page.txt"}


def test_the_order_in_which_paths_are_given_does_not_change_a_byte(tmp_path: Path) -> None:
    paths = [write(tmp_path / name / "page.txt", page(f"It was day {name}.")) for name in ("one", "two", "three")]
    paths.append(write(tmp_path / "four" / "page.txt", page("It was day one.")))
    for name, order in (("first", paths), ("second", paths[::-1])):
        run(tmp_path / name, *order)
    for table in ("articles.parquet", "rejected.parquet"):
        assert (tmp_path / "first" / table).read_bytes() == (tmp_path / "second" / table).read_bytes()


def test_the_number_of_workers_does_not_change_a_byte(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path / "in" / f"{number % 7}" / f"{number}.txt", page(f"It was day {number % 31}."))
    write(tmp_path / "in" / "empty.txt", "")
    for count in (1, 3):
        with Workers(count) as engine:
            normalise(OURS, [tmp_path / "in"], tmp_path / str(count), "harbour_post", engine=engine)
    for table in ("articles.parquet", "rejected.parquet"):
        assert (tmp_path / "1" / table).read_bytes() == (tmp_path / "3" / table).read_bytes()
    assert polars.read_parquet(tmp_path / "3" / "rejected.parquet").height == 10


def test_of_copies_the_first_by_its_address_is_kept_not_the_first_that_is_read(tmp_path: Path) -> None:
    write(tmp_path / "in" / "z.txt", page())
    write(tmp_path / "in" / "a" / "page.txt", page())
    _, (article,), (again,) = run(tmp_path, tmp_path / "in")
    assert (article["raw_uri"], again["raw_uri"]) == ("in/a/page.txt", "in/z.txt")


def test_a_mistake_of_the_program_costs_the_page_and_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("kinds\nof")

    write(tmp_path / "in" / "a.txt", page())
    monkeypatch.setattr("tollwire.corpus.page_work.normalise_record", fail)
    _, articles, (rejected,) = run(tmp_path, tmp_path / "in")
    assert not articles
    assert rejected["rule"] == "internal-error"
    assert re.fullmatch("the program failed: KeyError: .*; report it with the page", rejected["detail"])


NOTICE = "Readers who have been here before may write to the desk at the address below about what they have seen."


def noticed(name: str) -> str:
    day = (
        f"Day {name} was the longest of the year, the mayor said, and the {name} road was closed from dawn until dusk."
    )
    return "\n\n".join((f"Attack in {name} kills nine", *(f"{one[:-1]} of {name}." for one in SENTENCES), day, NOTICE))


def text_of(folder: Path, name: str) -> str:
    rows = polars.read_parquet(folder / "articles.parquet").to_dicts()
    return next(row["text"] for row in rows if row["raw_uri"].endswith(f"{name}.txt"))


def test_a_line_that_an_outlet_puts_on_all_its_pages_is_left_out_from_three_pages_on(tmp_path: Path) -> None:
    for name in ("Tarra", "Kere"):
        write(tmp_path / "in" / f"{name}.txt", noticed(name))
    run(tmp_path / "two", tmp_path / "in")
    assert NOTICE in text_of(tmp_path / "two", "Tarra")
    write(tmp_path / "in" / "Orsk.txt", noticed("Orsk"))
    run(tmp_path / "three", tmp_path / "in")
    assert NOTICE not in text_of(tmp_path / "three", "Tarra")


def test_what_was_learnt_is_saved_only_when_asked_for_and_a_single_page_profits(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = project.sources / "harbour_post.outlet.json"
    pages = {name: write(tmp_path / "in" / f"{name}.txt", noticed(name)) for name in ("Tarra", "Kere", "Orsk")}
    normalise(project, [tmp_path / "in"], tmp_path / "run", "harbour_post")
    assert not saved.exists()
    counts = normalise(project, [tmp_path / "in"], tmp_path / "run", "harbour_post", learn=True)
    assert counts.learnt == {"harbour_post": 3}
    written = saved.read_bytes()
    normalise(project, [tmp_path / "in"], tmp_path / "again", "harbour_post", learn=True)
    assert saved.read_bytes() == written
    for name in ("articles.parquet", "rejected.parquet"):
        assert (tmp_path / "run" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()

    normalise(project, [pages["Kere"]], tmp_path / "single", "harbour_post")
    assert text_of(tmp_path / "single", "Kere") == text_of(tmp_path / "run", "Kere")
    monkeypatch.chdir(project.root)
    for source in ("harbour_post", find_source(project.sources, "harbour_post")):
        article = normalise_page(noticed("Bol"), "text", source)
        assert isinstance(article, Article)
        assert NOTICE not in (article.text or "")
    monkeypatch.chdir(tmp_path)
    without = normalise_page(noticed("Bol"), "text", find_source(project.sources, "harbour_post"))
    assert isinstance(without, Article)
    assert NOTICE in (without.text or "")


def test_what_was_saved_with_a_mistake_stops_the_run(project: Project, tmp_path: Path) -> None:
    (project.sources / "harbour_post.outlet.json").write_text("{")
    with pytest.raises(TollwireError, match=r"sources/harbour_post.outlet.json: \[broken-json\]"):
        normalise(project, [write(tmp_path / "page.txt", page())], tmp_path / "out", "harbour_post")


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        normalise(OURS, [OURS.raw], tmp_path / name)
    for table in ("articles.parquet", "rejected.parquet"):
        assert (tmp_path / "first" / table).read_bytes() == (tmp_path / "second" / table).read_bytes()


def test_a_path_given_twice_is_read_once(tmp_path: Path) -> None:
    one = write(tmp_path / "one.txt", page())
    counts, _, _ = run(tmp_path, one, one)
    assert counts.records == 1


def test_near_duplicates_share_a_cluster_and_other_articles_do_not(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", page())
    write(tmp_path / "in" / "b.txt", page("It rained."))
    write(
        tmp_path / "in" / "c.txt",
        "Floods close the bridge at Orsk\n\n"
        "The river rose by two metres overnight and the bridge at Orsk was closed to lorries, the council said. "
        "It is to open again when engineers have looked at its piers, which may take until the end of the week.",
    )
    _, articles, _ = run(tmp_path, tmp_path / "in")
    clusters = {article["raw_uri"]: article["cluster_id"] for article in articles}
    ids = {article["raw_uri"]: article["article_id"] for article in articles}
    assert clusters["in/a.txt"] == clusters["in/b.txt"] == min(ids["in/a.txt"], ids["in/b.txt"])
    assert clusters["in/c.txt"] == ids["in/c.txt"]


def test_records_of_one_file_are_counted_and_named_by_their_number(tmp_path: Path) -> None:
    good = json.dumps({"title": "Nine killed", "text": page()})
    path = write(tmp_path / "records.jsonl", "\n".join((good, "", "{broken", json.dumps({"title": "No text"}))))
    _, (article,), rejected = run(tmp_path, path, source_id="re3d")
    assert article["raw_uri"] == "records.jsonl"
    assert [(row["record"], row["rule"]) for row in rejected] == [(1, "broken-json"), (2, "empty-text")]


def test_nothing_to_read_gives_two_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert run(tmp_path, tmp_path / "in")[0] == Counts(0, 0, 0, {})


def test_progress_counts_every_record(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        write(tmp_path / "in" / f"{name}.txt", page(name))
    seen: list[tuple[str, int, int | None]] = []

    def tell(stage: str, done: int, total: int | None) -> None:
        seen.append((stage, done, total))

    normalise(OURS, [tmp_path / "in"], tmp_path, "harbour_post", tell)
    assert seen[:3] == [("reading", 1, None), ("reading", 2, None), ("reading", 3, None)]
    assert [(stage, done, total) for stage, done, total in seen if done == total] == [
        ("normalising", 3, 3),
        ("comparing", 3, 3),
        ("writing", 3, 3),
    ]


def test_a_page_in_the_corpus_belongs_to_the_source_of_its_folder(project: Project, tmp_path: Path) -> None:
    path = write(project.raw / "meridian_wire" / "below" / "page.txt", page())
    for paths in ([project.raw], [path]):
        normalise(project, paths, tmp_path / "out")
        (article,) = polars.read_parquet(tmp_path / "out" / "articles.parquet").to_dicts()
        assert article["source_id"] == "meridian_wire"
        assert article["raw_uri"] == "meridian_wire/below/page.txt"


def test_a_folder_of_the_corpus_without_a_source_record_is_wrong_use(project: Project, tmp_path: Path) -> None:
    write(project.raw / "meridian_wyre" / "page.txt", page())
    with pytest.raises(UsageError, match=r"\[unknown-source\]"):
        normalise(project, [project.raw], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_source_record_with_a_mistake_stops_the_run_before_it_reads(project: Project, tmp_path: Path) -> None:
    record = project.sources / "harbour_post.toml"
    record.write_text(record.read_text().replace("licence =", "license ="))
    with pytest.raises(TollwireError, match=r'"license" is not a key here; did you mean "licence"\?'):
        normalise(project, [write(tmp_path / "page.txt", page())], tmp_path / "out", "harbour_post")
