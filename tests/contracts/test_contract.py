"""Contracts are read strictly: whatever is wrong in any of the files is listed, by name, a line each."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tollwire.contracts.contract import TABLES, read_contracts
from tollwire.contracts.strict import StrictModel, read_toml
from tollwire.problems import TollwireError
from tollwire.project import template_root

Change = Callable[[str, str, str], None]


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    return Path(shutil.copytree(template_root() / "schemas", tmp_path / "schemas"))


@pytest.fixture
def change(schemas: Path) -> Change:
    def change_first(name: str, old: str, new: str) -> None:
        text = (schemas / name).read_text("utf-8")
        assert old in text
        (schemas / name).write_text(text.replace(old, new, 1), "utf-8")

    return change_first


def lines_about(schemas: Path) -> list[str]:
    with pytest.raises(TollwireError) as raised:
        read_contracts(schemas)
    return str(raised.value).splitlines()


def test_the_contracts_that_ship_are_read() -> None:
    contracts = read_contracts()

    assert tuple(contracts.tables) == TABLES
    assert contracts["casualties"].key == ["article_id", "annotator", "span_id"]
    assert list(contracts.labels.vocabulary("harm"))[:2] == ["killed", "injured"]


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        pytest.param(
            "casualties.toml", "nullable = true", "nulable = true",
            'schemas/casualties.toml: [unknown-key] "columns.surface.nulable" is not a key here; '
            'did you mean "nullable"?',
            id="misspelt key of a column",
        ),
        pytest.param(
            "articles.toml", "min = 0", "mim = 0",
            'schemas/articles.toml: [unknown-key] "columns.blocks.items.fields.start.mim" is not a key here; '
            'did you mean "min"?',
            id="misspelt key of a nested column",
        ),
        pytest.param(
            "tolls.toml", "rules =", "rulez = []\nrules =",
            'schemas/tolls.toml: [unknown-key] "rulez" is not a key here; did you mean "rules"?',
            id="misspelt key of a table",
        ),
        pytest.param(
            "labels.toml", 'hotkey = "i"', 'hotkeys = "i"',
            'schemas/labels.toml: [unknown-key] "harm.injured.hotkeys" is not a key here; did you mean "hotkey"?',
            id="misspelt key of a label",
        ),
        pytest.param(
            "labels.toml", "[harm.killed]", "[hram.killed]",
            'schemas/labels.toml: [unknown-key] "hram" is not a key here; did you mean "harm"?',
            id="misspelt vocabulary",
        ),
        pytest.param(
            "relations.toml", '"two-different-spans"', '"two-spans"',
            "schemas/relations.toml: [bad-value] \"rules.0\" is 'two-spans': no such rule; there are ",
            id="unknown rule",
        ),
        pytest.param(
            "actors.toml", 'labels = "role"', 'labels = "roles"',
            "schemas/actors.toml: [bad-value] \"columns.role.labels\" is 'roles': no such vocabulary; there are harm, ",
            id="unknown vocabulary",
        ),
        pytest.param(
            "tolls.toml", '"incident", "harm"]', '"event", "harm"]',
            'schemas/tolls.toml: [bad-value] the key has "event", which is not a column that is always set',
            id="key that is no column",
        ),
        pytest.param(
            "tolls.toml", '"incident", "harm"]', '"incident", "low"]',
            'schemas/tolls.toml: [bad-value] the key has "low", which is not a column that is always set',
            id="key that may be null",
        ),
        pytest.param(
            "labels.toml", 'hotkey = "i"', 'hotkey = "k"',
            'schemas/labels.toml: [bad-value] harm.injured and harm.killed share the hotkey "k"',
            id="hotkey given twice",
        ),
        pytest.param(
            "actors.toml", "[0-9]{1,6})$", "[0-9]{1,6}$",
            'schemas/actors.toml: [bad-value] "columns.code.match" is ',
            id="pattern that is not one",
        ),
        pytest.param(
            "actors.toml", 'match = "^[0-9a-f]{16}$"', 'match = "^(?!0)[0-9a-f]{16}$"',
            "schemas/actors.toml: [bad-value] \"columns.article_id.match\" is '^(?!0)[0-9a-f]{16}$': "
            "not a regular expression of polars: look-around",
            id="pattern that only Python could match",
        ),
        pytest.param(
            "tolls.toml", 'type = "bool"', 'type = "bool"\nmin = 0',
            "schemas/tolls.toml: [bad-value] columns.is_contested: min can't be checked in a column of type \"bool\"",
            id="check that does not fit the type",
        ),
        pytest.param(
            "tolls.toml", 'type = "list"', 'type = "string"',
            'schemas/tolls.toml: [bad-value] columns.span_ids: a column of type "list" has items, and no other has',
            id="part that does not fit the type",
        ),
        pytest.param(
            "tolls.toml", 'type = "bool"', 'type = "boolean"',
            "schemas/tolls.toml: [bad-value] \"columns.is_contested.type\" is 'boolean': Input should be 'string', ",
            id="unknown type",
        ),
        pytest.param(
            "tolls.toml", "max = 99", 'max = "99"',
            "schemas/tolls.toml: [bad-value] \"columns.incident.max\" is '99': ",
            id="number written as text",
        ),
        pytest.param(
            "tolls.toml", 'table = "tolls"', 'table = "toll"',
            'schemas/tolls.toml: [table-name] the file says that it is "toll"; write table = "tolls"',
            id="name of another table",
        ),
        pytest.param(
            "tolls.toml", 'key = [', 'key = [[',
            "schemas/tolls.toml: [not-toml] ",
            id="broken TOML",
        ),
        pytest.param(
            "tolls.toml", 'key = [', "key = " + 3000 * "[",
            "schemas/tolls.toml: [not-toml] ",
            id="TOML nested past all reason",
        ),
        pytest.param(
            "tolls.toml", "max = 99", f"max = {5000 * '9'}",
            "schemas/tolls.toml: [not-toml] ",
            id="a number of 5,000 digits",
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_is_one_line(
    schemas: Path, change: Change, name: str, old: str, new: str, line: str
) -> None:
    change(name, old, new)

    lines = lines_about(schemas)

    assert len(lines) == 1
    assert lines[0].startswith(line)


def test_the_mistakes_of_all_files_are_listed_at_once(schemas: Path, change: Change) -> None:
    change("casualties.toml", "nullable = true", "nulable = true")
    change("casualties.toml", 'labels = "harm"', 'labels = "harms"')
    change("relations.toml", '"two-different-spans"', '"two-spans", "no-span"')
    change("tolls.toml", '"incident", "harm"]', '"event", "low"]')
    change("labels.toml", 'hotkey = "i"', 'hotkey = "k"')
    change("labels.toml", 'hotkey = "m"', 'hotkey = "k"')
    change("actors.toml", "key = [", "key = [[")
    (schemas / "rejected.toml").unlink()

    lines = lines_about(schemas)

    assert sorted(line.split("]")[0] for line in lines) == [
        "schemas/actors.toml: [not-toml",
        "schemas/casualties.toml: [bad-value",
        "schemas/casualties.toml: [unknown-key",
        "schemas/labels.toml: [bad-value",
        "schemas/labels.toml: [bad-value",
        "schemas/rejected.toml: [unreadable-file",
        "schemas/relations.toml: [bad-value",
        "schemas/relations.toml: [bad-value",
        "schemas/tolls.toml: [bad-value",
        "schemas/tolls.toml: [bad-value",
    ]


def test_a_misspelt_key_that_is_needed_is_also_named_as_missing(schemas: Path, change: Change) -> None:
    change("tolls.toml", "about =", "abuot =")

    assert lines_about(schemas) == [
        'schemas/tolls.toml: [missing-key] "about" is not set; add it',
        'schemas/tolls.toml: [unknown-key] "abuot" is not a key here; did you mean "about"?',
    ]


def test_a_folder_without_contracts_is_one_line_a_file(tmp_path: Path) -> None:
    lines = lines_about(tmp_path / "schemas")

    assert len(lines) == len(TABLES) + 1
    assert lines[0] == "schemas/articles.toml: [unreadable-file] No such file or directory; check that it is there"


@contextmanager
def nobody() -> Iterator[None]:
    """Be nobody for a while where we are root, who may read every file."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read_is_one_line(schemas: Path) -> None:
    read_contracts(schemas)  # imports what is needed, as long as we may
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        copy = Path(shutil.copytree(schemas, Path(folder) / "schemas"))
        (copy / "tolls.toml").chmod(0)

        with nobody():
            lines = lines_about(copy)

    assert lines == ["schemas/tolls.toml: [unreadable-file] Permission denied; check that it is there"]


def test_a_file_that_is_not_utf_8_is_one_line(schemas: Path) -> None:
    (schemas / "tolls.toml").write_bytes(b'table = "\xff"')

    assert [line.split("] ")[0] for line in lines_about(schemas)] == ["schemas/tolls.toml: [not-toml"]


def test_a_key_that_resembles_none_is_answered_with_those_there_are(tmp_path: Path) -> None:
    class Record(StrictModel):
        name: str = ""
        year: int = 0

    (tmp_path / "record.toml").write_text("zzz = 1")

    with pytest.raises(TollwireError) as raised:
        read_toml(tmp_path / "record.toml", Record, "record.toml")

    assert str(raised.value) == 'record.toml: [unknown-key] "zzz" is not a key here; known keys are name, year'
