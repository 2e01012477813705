"""Source records: every one of the project is right, and every mistake in one is told by name."""

from pathlib import Path

import pytest

from tollwire.corpus.sources import find_source, read_source
from tollwire.problems import TollwireError, UsageError
from tollwire.project import find_project

SOURCES = find_project(Path(__file__).parent).sources
GOOD = """
source_id = "post"
publisher = "The Post"
language = "en"
time_zone = "Africa/Nairobi"
licence = "CC-BY-4.0"
may_redistribute = true
obtained = "Saved by hand."
"""


def write(folder: Path, text: str, name: str = "post.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(SOURCES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_source_record_of_the_project_is_right(path: Path) -> None:
    assert read_source(path).source_id == path.stem


def test_a_record_needs_no_more_than_its_seven_keys(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, GOOD))
    assert (source.boilerplate, source.fields, source.encoding) == ([], None, None)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("licence =", "license =", r'\[unknown-key\] "license" is not a key here; did you mean "licence"\?'),
        ("licence =", "license =", r'\[missing-key\] "licence" is not set'),
        ('"Africa/Nairobi"', '"Nairobi"', r"\[bad-value\] \"time_zone\" is 'Nairobi': .*time zone, such as"),
        ('"Africa/Nairobi"', '"../../etc/passwd"', r"\[bad-value\] \"time_zone\""),
        ("true", '"yes"', r"\[bad-value\] \"may_redistribute\" is 'yes'"),
        ('"CC-BY-4.0"', '"all rights"', r"\[bad-value\] \"licence\""),
        ('"Saved by hand."', '"Saved."\nencoding = "klingon"', r"\[bad-value\] \"encoding\" is 'klingon': .*encoding"),
        ('"Saved by hand."', '"Saved."\n[fields]\ntitle = "t"', r"\[bad-value\] fields: .* add text, or html"),
        ('"Saved by hand."', '"Saved."\n[fields]\ntext = "t"\nbylines = "b"', r'"fields.bylines" .*"byline"'),
        ('"post"', '"Post"', r"\[bad-value\] \"source_id\" is 'Post'"),
        ('"post"', '"courier"', r'\[source-id\] the file is called post.toml, its source_id is "courier"'),
        ('source_id = "post"', "source_id", r"\[not-toml\]"),
    ],
)
def test_a_mistake_in_a_record_is_told_by_name(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(TollwireError, match=says):
        read_source(write(tmp_path, GOOD.replace(old, new)))


def test_all_mistakes_of_a_record_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("licence =", "license =").replace("Africa/Nairobi", "Nairobi")
    with pytest.raises(TollwireError) as raised:
        read_source(write(tmp_path, text))
    assert {problem.rule for problem in raised.value.problems} == {"unknown-key", "missing-key", "bad-value"}


@pytest.mark.parametrize("name", ["courier", "", "../post", "sub/post", "."])
def test_a_source_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path, name: str) -> None:
    (tmp_path / "sources").mkdir()
    write(tmp_path / "sources", GOOD)
    write(tmp_path, GOOD)
    with pytest.raises(UsageError, match=r"\[unknown-source\].*name one of: post"):
        find_source(tmp_path / "sources", name)
