"""
Every rule rejects its minimal bad case, the files in ``tests/cases/<rule-id>/``, and no other rule does.

``case.json`` changes the valid rows of tables; ``marks.json`` is what a labeller marked; ``page*`` is a raw page, with
the record of its source where it matters; any other TOML file takes a contract's place.
"""

import ast
import json
import re
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from valid_rows import CONTRACTS, frame_of, from_json, problems_of, valid_row

import tollwire
from tollwire.annotations.reading import read_marks
from tollwire.annotations.regions import from_json as marks_from_json
from tollwire.contracts.checks import PANDERA_RULES
from tollwire.contracts.contract import TABLES, read_contracts
from tollwire.contracts.rules import ROW_RULES
from tollwire.contracts.tables import read_table
from tollwire.corpus.normalise import normalise
from tollwire.problems import TollwireError
from tollwire.project import Project, make_project, template_root

PACKAGE = Path(tollwire.__file__).parent
CASES = Path(__file__).parents[1] / "cases"
# The modules whose rules judge data that somebody hands in.
JUDGES = (
    "annotations/reading.py",
    "contracts/checks.py",
    "contracts/contract.py",
    "contracts/references.py",
    "contracts/strict.py",
    "contracts/tables.py",
    "corpus/charset.py",
    "corpus/dump.py",
    "corpus/extract.py",
    "corpus/html.py",
    "corpus/html_blocks.py",
    "corpus/json_record.py",
    "corpus/gathering.py",
    "corpus/learning.py",
    "corpus/page.py",
    "corpus/raw_files.py",
    "corpus/page_kinds.py",
    "corpus/page_work.py",
    "corpus/parquet_file.py",
    "corpus/readers.py",
    "corpus/record_files.py",
)
NO_FILE = {
    "broken-html": "the parser reads every file that is known; tests/corpus/test_html.py makes it give up",
    "internal-error": "a mistake of the program is in no file; tests/corpus/test_normalise_folders.py makes one",
    "link-outside": "a repository does not keep a link out of itself; tests/corpus makes one",
    "missing-table": "the bad case is that there is no file; test_tables.py",
    "not-a-file": "a repository keeps neither pipe nor device; tests/corpus makes one",
    "not-parquet": "it needs no case of its own, any other file will do; test_tables.py",
    "other-columns": "a Parquet file is no text that can be read in a review; test_tables.py writes one",
    "too-large": "10 MB; tests/corpus writes them",
    "unreadable-file": "a repository does not keep who may read a file; test_contract.py and tests/corpus",
    "unreadable-folder": "the same of a folder; tests/corpus",
}
DEFAULT_SOURCE = """\
source_id = "case"
publisher = "Nobody"
language = "en"
time_zone = "UTC"
licence = "CC0-1.0"
may_redistribute = true
obtained = "Written for this test."
"""


def files(pattern: str, but: str = "") -> list[Any]:
    return [pytest.param(one, id=one.parent.name) for one in sorted(CASES.glob(f"*/{pattern}")) if one.name != but]


@pytest.mark.parametrize("file", files("case.json"))
def test_a_table_is_rejected_by_the_rule(file: Path) -> None:
    case = json.loads(file.read_text("utf-8"))
    rows = {table: case.get("tables", {}).get(table, [{}]) for table in TABLES}
    tables = {table: frame_of(table, [from_json(table, one) for one in rows[table]]) for table in TABLES}
    for table, columns in case.get("columns", {}).items():
        tables[table] = frame_of(table, [valid_row(table, **dict.fromkeys(set(columns) - {*CONTRACTS[table].columns}))])
        tables[table] = tables[table].select(columns)
    for table, types in case.get("types", {}).items():
        assert set(types.values()) == {"string"}
        tables[table] = tables[table].cast(dict.fromkeys(types, pl.String))

    problems = problems_of(tables)

    assert {problem.rule for problem in problems} == {file.parent.name}, [str(problem) for problem in problems]


@pytest.mark.parametrize("file", files("marks.json"))
def test_what_a_labeller_marked_is_rejected_by_the_rule(file: Path) -> None:
    case = json.loads(file.read_text("utf-8"))

    _, problems = read_marks(marks_from_json(case), case["text"], CONTRACTS.labels, "case")

    assert [problem.rule for problem in problems] == [file.parent.name], [str(problem) for problem in problems]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_project(tmp_path_factory.mktemp("cases") / "project")


@pytest.mark.parametrize("folder", sorted({one.parent for one in CASES.glob("*/page*")}), ids=lambda one: one.name)
def test_a_page_is_rejected_by_the_rule(folder: Path, project: Project, tmp_path: Path) -> None:
    source = folder / "source.toml"
    (project.sources / "case.toml").write_text(source.read_text("utf-8") if source.exists() else DEFAULT_SOURCE)
    pages = sorted(folder.glob("page*"))

    counts = normalise(project, pages, tmp_path, "case")

    assert counts.by_rule == {folder.name: 1}
    assert counts.articles == len(pages) - 1
    rejected = read_table(tmp_path / "rejected.parquet", CONTRACTS["rejected"])
    assert all(len(detail) > 10 for detail in rejected["detail"])


@pytest.mark.parametrize("file", files("*.toml", but="source.toml"))
def test_a_contract_is_rejected_by_the_rule(file: Path, tmp_path: Path) -> None:
    shutil.copytree(template_root() / "schemas", tmp_path / "schemas")
    shutil.copy(file, tmp_path / "schemas" / file.name)

    with pytest.raises(TollwireError) as raised:
        read_contracts(tmp_path / "schemas")

    assert [problem.rule for problem in raised.value.problems] == [file.parent.name]


def rules_of(module: Path) -> set[str]:
    """List the rules that a module can name: in problems, rejections, pairs it returns; not mistakes of the caller."""
    tree = ast.parse(module.read_text("utf-8"))
    place = {"Problem": 1, "NoArticle": 0, "Rejection": 2}
    callers = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "UsageError"
        for inner in ast.walk(node)
    }
    named: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in place:
            named += node.args[place[node.func.id] :][:1] if id(node) not in callers else []
        elif isinstance(node, ast.Return | ast.Yield) and isinstance(node.value, ast.Tuple):
            named += node.value.elts[:1]
    found = {one.value for one in named if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return {rule for rule in found if re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", rule)}


RULES = {*ROW_RULES, *PANDERA_RULES.values()}.union(*(rules_of(PACKAGE / module) for module in JUDGES))


def test_every_rule_has_its_bad_case() -> None:
    with_case = {folder.name for folder in CASES.iterdir() if any(folder.iterdir())}

    assert sorted(RULES - with_case - NO_FILE.keys()) == []
    assert sorted(with_case & NO_FILE.keys()) == []
    assert sorted(NO_FILE.keys() - RULES) == []


def test_every_bad_case_is_of_a_rule() -> None:
    anywhere = set().union(*(rules_of(module) for module in PACKAGE.rglob("*.py")))

    assert sorted(folder.name for folder in CASES.iterdir() if folder.name not in RULES | anywhere) == []


def test_the_rules_are_found_in_the_code() -> None:
    some = {"min", "key-order", "span-in-text", "no-bound", "empty-file", "consent-page", "too-large", "unknown-key"}

    assert some <= RULES
    assert "unknown-format" not in RULES
