"""The commands about releases, as a curator types them: from a first version to a published second one."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).parent / "tollwire"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The project of this checkout with two versions; in the second a source is withheld, and an article is gone."""
    root = tmp_path_factory.mktemp("curator")
    for folder in ("schemas", "corpus", "annotations"):
        # A first version of few articles; what came later is not looked at here.
        shutil.copytree(CHECKOUT / folder, root / folder, ignore=shutil.ignore_patterns("00[2-9]", "standoff"))
    for file in ("DATASHEET.md", "CHANGELOG.md", "LICENSE-DATA"):
        shutil.copy(CHECKOUT / file, root / file)
    assert tollwire(root, "normalise", "corpus/raw").returncode == 0
    first = tollwire(root, "release", "0.1.0")
    assert first.returncode == 0, first.stderr
    assert "corpus/splits" not in first.stdout, "the splits of the first version are under version control"
    source = root / "corpus" / "sources" / "meridian_wire.toml"
    source.write_text(source.read_text().replace("may_redistribute = true", "may_redistribute = false"))
    assert tollwire(root, "normalise", "corpus/raw").returncode == 0
    gone = (root / "corpus" / "splits" / "train.txt").read_text().splitlines()[0]
    assert tollwire(root, "withdraw", gone, "--reason", "They asked.").returncode == 0
    second = tollwire(root, "release")
    assert second.returncode == 0, second.stderr
    assert 'load_dataset("release/1.0.0")' in second.stdout
    return root


def tollwire(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([str(PROGRAM), *arguments], cwd=root, capture_output=True, text=True, check=False)


def test_diff_counts_lists_and_says_which_version_it_takes(project, tmp_path):
    done = tollwire(project, "diff", "0.1.0", "1.0.0", "--out", str(tmp_path / "diff.parquet"), "--most", "2")

    assert done.returncode == 0, done.stderr
    assert "text_withheld" in done.stdout
    assert "articles: 1 were withdrawn, the text of 4 is withheld now" in done.stdout
    assert "After 0.1.0 this takes at least 1.0.0 (major)." in done.stdout
    assert "more" in done.stdout
    assert (tmp_path / "diff.parquet").is_file()


def test_a_version_that_is_too_small_is_refused_line_by_line(project):
    done = tollwire(project, "release", "0.1.1", "--against", "0.1.0")

    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert lines[0].startswith("release: [version-too-small] 0.1.1 is too small after 0.1.0: ")
    assert all(line.startswith("since 0.1.0: [forces-version] ") for line in lines[1:])
    assert 2 <= len(lines) <= 22


def test_hydrate_gives_each_article_a_verdict(project, tmp_path):
    done = tollwire(project, "hydrate", "1.0.0", "--pages", "corpus/raw", "--out", str(tmp_path / "whole"), "--strict")

    assert done.returncode == 0, done.stderr
    assert "exact" in done.stdout
    assert "1 pages were rejected [index-page]" in done.stdout
    missing = tollwire(project, "hydrate", "1.0.0", "--pages", "schemas", "--out", str(tmp_path / "none"), "--strict")
    assert missing.returncode == 1
    assert "missing" in missing.stdout


def test_publish_says_what_it_would_do_does_it_and_does_it_once(project, tmp_path):
    to = str(tmp_path / "versions")

    planned = tollwire(project, "publish", "1.0.0", "--to", to, "--dry-run")
    assert not (tmp_path / "versions").exists()
    done, again = (tollwire(project, "publish", "1.0.0", "--to", to) for _ in range(2))

    assert "  + manifest.json" in planned.stdout
    assert f'tollwire.load("{to}", "1.0.0")' in done.stdout
    assert "1.0.0 is there already, as it is here" in again.stdout
    assert (done.returncode, again.returncode) == (0, 0)


def test_export_writes_what_has_a_text_and_says_what_it_left_out(project, tmp_path):
    done = tollwire(project, "export", "1.0.0", "--to", str(tmp_path / "gold.conll"))

    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path}/gold.conll: 12 articles, 4 withheld left out\n"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["diff", "0.1.0", "9.9.9"],
            "9.9.9: [not-a-release] there is no manifest.json in it; name the folder of a version",
        ),
        (["publish", "1.0.0", "--to", "gopher://x"], "--to: [bad-address] "),
        (["publish", "1.0.0", "--to", "hf://x"], "--to: [bad-target] hf://x is not the name of a dataset"),
        (["export", "1.0.0", "--to", "gold.csv"], '--to: [unknown-format] ".csv" is not a format'),
        (["hydrate", "0.1.0", "--pages", "corpus/raw"], "release/0.1.0: [nothing-withheld] no text is withheld"),
        (["hydrate", "1.0.0", "--pages", "nowhere"], "nowhere: [no-such-path] there is no such folder"),
        (["withdraw", "harbour", "--reason", "x"], 'withdrawal of harbour: [bad-value] "article_id"'),
        (["release", "0.5"], 'version: [bad-version] "0.5" is not a version'),
        (["release", "--against", "nowhere"], "nowhere: [not-a-release]"),
    ],
)
def test_a_mistake_is_one_line_and_no_traceback(project, arguments, line):
    done = tollwire(project, *arguments)

    assert done.returncode in (1, 2)
    assert line in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_a_release_can_be_used_outside_of_any_project(project, tmp_path):
    done = tollwire(tmp_path, "export", str(project / "release" / "0.1.0"), "--to", "gold.spacy")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "gold.spacy").is_file()


def test_a_release_is_shown_as_a_page_and_an_article_of_it_on_a_terminal(project):
    made = tollwire(project, "report", "0.1.0")
    size = (project / "build" / "report.html").stat().st_size

    assert made.stdout == f"17 articles: {project / 'build' / 'report.html'}, {size:,} bytes\n"

    shown = tollwire(project, "show", "near Bol", "--release", "0.1.0")

    assert "\tkilled\tbound " in shown.stdout
    article_id = shown.stdout.split()[0]
    assert tollwire(project, "show", article_id, "--release", "release/0.1.0").stdout == shown.stdout
