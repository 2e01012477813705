"""`tollwire normalise` as users run it: a folder with everything that goes wrong on real disks, and wrong use."""

import codecs
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import polars
import pytest

from tollwire.project import find_project

PROJECT = find_project(Path(__file__).parent).root
LEAD = "Nine people were killed when gunmen attacked the caf\u00e9 of Ker\u00e9 before dawn on Sunday, a doctor said."
PAGE = "\n\n".join(
    (
        "Nine killed in attack on caf\u00e9 in Ker\u00e9",
        "Published 14 March 2021",
        LEAD,
        "The town's mayor said that the attackers came on motorcycles and left towards the hills.",
        "A doctor at the hospital of Ker\u00e9 said that two of the nine dead were children.",
    )
)
CONSENT = "We and our partners use cookies.\n\nAccept all cookies\n\nManage my choices\n\nPrivacy policy\n"
IS_ROOT = os.geteuid() == 0


def run(*arguments: object, cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from tollwire.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr
    return done


def page(number: int) -> str:
    """Make one more page: the same story would be a duplicate of the first."""
    return f"{PAGE}\n\nIt was attack number {number} in the district of Ker\u00e9 since the rains began."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text(PAGE, encoding="utf-8")
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "good.txt").write_text(page(1), encoding="utf-8")
    (folder / "a name with spaces.txt").write_text(page(2), encoding="utf-8")
    (folder / "latin-1.txt").write_bytes(page(3).encode("latin-1"))
    (folder / "utf-16.txt").write_bytes(codecs.BOM_UTF16_LE + page(4).encode("utf-16-le"))
    (folder / "below").mkdir()
    (folder / "below" / "good.txt").write_text(page(5), encoding="utf-8")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(page(6), encoding="utf-8")
    (folder / "no-suffix").write_text(page(7), encoding="utf-8")
    (folder / "same-again.txt").write_text(page(1), encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "blank.txt").write_text("\n \n\t\n")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "consent.txt").write_text(CONSENT)
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(50_000_000)
    (folder / "link-to-file.txt").symlink_to(outside / "secret.txt")
    (folder / "link-to-folder").symlink_to(outside)
    (folder / "link-inside").symlink_to(folder / "below")
    (folder / "link-broken.txt").symlink_to(folder / "nowhere.txt")
    (folder / "link-loop.txt").symlink_to(folder / "link-loop.txt")
    os.mkfifo(folder / "pipe.txt")
    if not IS_ROOT:
        (folder / "locked.txt").write_text(page(8))
        (folder / "locked.txt").chmod(0)
        (folder / "locked").mkdir(mode=0)
    return folder


ARTICLES = {
    "good.txt",
    "a%20name%20with%20spaces.txt",
    "latin-1.txt",
    "utf-16.txt",
    "below/good.txt",
    "caf%E9.txt",
    "no-suffix",
}
REJECTED = {
    "same-again.txt": "duplicate-page",
    "empty.txt": "empty-file",
    "blank.txt": "empty-file",
    "picture.txt": "binary-file",
    "consent.txt": "consent-page",
    "huge.txt": "too-large",
    "link-to-file.txt": "link-outside",
    "link-to-folder": "link-outside",
    "link-inside": "not-a-file",
    "link-broken.txt": "not-a-file",
    "link-loop.txt": "not-a-file",
    "pipe.txt": "not-a-file",
    # Nothing is locked to root: run the tests as another user to try these two.
    **({} if IS_ROOT else {"locked.txt": "unreadable-file", "locked": "unreadable-folder"}),
}


@dataclass(frozen=True)
class Outcome:
    """What one run over the hostile folder printed and wrote."""

    done: subprocess.CompletedProcess[str]
    articles: polars.DataFrame
    rejected: polars.DataFrame


@pytest.fixture(scope="module")
def outcome(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    out = tmp_path_factory.mktemp("out")
    done = run("normalise", folder, "--source", "harbour_post", "--out", out)
    return Outcome(done, *(polars.read_parquet(out / f"{table}.parquet") for table in ("articles", "rejected")))


def test_everything_in_a_hostile_folder_ends_in_exactly_one_table_and_says_why(folder: Path, outcome: Outcome) -> None:
    named = f"{folder.name}/"
    assert {uri.removeprefix(named) for uri in outcome.articles["raw_uri"]} == ARTICLES
    assert {row["raw_uri"].removeprefix(named): row["rule"] for row in outcome.rejected.to_dicts()} == REJECTED
    assert outcome.articles.height + outcome.rejected.height == len(ARTICLES) + len(REJECTED)
    assert all(outcome.rejected["detail"])


def test_the_command_prints_its_three_counts_and_nothing_on_stderr(outcome: Outcome) -> None:
    assert (outcome.done.returncode, outcome.done.stderr) == (0, "")
    first, *rules = outcome.done.stdout.splitlines()
    records = len(ARTICLES) + len(REJECTED)
    assert first == f"{records} in, {len(ARTICLES)} articles, {len(REJECTED)} rejected"
    assert sum(int(line.split()[0]) for line in rules) == len(REJECTED)


def test_accented_words_are_right_whatever_the_encoding(outcome: Outcome) -> None:
    assert set(outcome.articles["title"]) == {"Nine killed in attack on caf\u00e9 in Ker\u00e9"}
    assert all(LEAD in text for text in outcome.articles["text"])


def test_no_table_names_a_folder_of_this_machine(folder: Path, outcome: Outcome) -> None:
    values = f"{outcome.articles.to_dicts()} {outcome.rejected.to_dicts()}"
    assert str(folder.parent) not in values


def test_strict_ends_with_1_when_a_record_was_rejected(folder: Path, tmp_path: Path) -> None:
    assert run("normalise", folder, "--source", "harbour_post", "--out", tmp_path, "--strict").returncode == 1
    good = folder / "good.txt"
    assert run("normalise", good, "--source", "harbour_post", "--out", tmp_path, "--strict").returncode == 0


def test_the_own_pages_are_normalised_without_naming_a_source(tmp_path: Path) -> None:
    done = run("normalise", "corpus/raw", "--out", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert " in, " in done.stdout
    assert polars.read_parquet(tmp_path / "articles.parquet")["source_id"].n_unique() > 1


@pytest.mark.parametrize(
    ("arguments", "rule", "says"),
    [
        (("nowhere", "--source", "harbour_post"), "no-such-path", "nowhere"),
        (("tests/pages", "--source", "harbor_post"), "unknown-source", "harbour_post"),
        (("tests/pages", "--source", "../sources/harbour_post"), "unknown-source", "no source"),
        (("tests/pages",), "which-source", "--source"),
    ],
)
def test_wrong_use_ends_with_2_and_one_line(arguments: tuple[str, ...], rule: str, says: str, tmp_path: Path) -> None:
    done = run("normalise", *arguments, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert f"[{rule}]" in done.stderr
    assert says in done.stderr
    assert not (tmp_path / "out").exists()


def test_without_a_project_it_ends_with_2_and_one_line(tmp_path: Path) -> None:
    done = run("normalise", tmp_path, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "[no-project]" in done.stderr


def test_many_pages_are_shared_between_processes_and_what_they_teach_is_saved_and_checked(tmp_path: Path) -> None:
    project, raw = tmp_path / "mine", tmp_path / "mine/corpus/raw/post"
    assert run("init", project).returncode == 0
    record = (PROJECT / "corpus/sources/harbour_post.toml").read_text("utf-8").replace('"harbour_post"', '"post"')
    (project / "corpus/sources/post.toml").write_text(record, "utf-8")
    raw.mkdir()
    for number in range(60):
        (raw / f"{number}.txt").write_text(f"{PAGE}\n\nIt rained in {chr(65 + number)}.", "utf-8")

    for workers in (1, 2):
        done = run(
            "--project", project, "normalise", raw, "--learn", "--workers", workers, "--out", tmp_path / f"{workers}"
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "corpus/sources/post.outlet.json: learnt from " in done.stdout
    for table in ("articles.parquet", "rejected.parquet"):
        assert (tmp_path / "1" / table).read_bytes() == (tmp_path / "2" / table).read_bytes()

    assert "and 4 records: nothing wrong" in run("--project", project, "check").stdout
    (project / "corpus/sources/post.outlet.json").write_text('{"version": 1, "line": []}')
    done = run("--project", project, "check")
    assert done.returncode == 1
    assert 'sources/post.outlet.json: [unknown-key] "line" is not a key here; did you mean "lines"?' in done.stderr


def test_a_number_of_workers_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    assert run("normalise", "corpus/raw", "--workers", "0", "--out", tmp_path).returncode == 2
