"""
Stand-off annotations: what a repository keeps of articles whose texts it may not have.

A file a source, a line an article: its row as a release has it, places, values and proofs, and no word of its text. So
whoever has the repository builds the same release, and whoever has the pages puts the texts back.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.annotations.log import write_lines
from tollwire.annotations.pull import SPAN_TABLES
from tollwire.contracts.contract import Contract, Contracts
from tollwire.contracts.tables import make_frame
from tollwire.problems import Problem, TollwireError
from tollwire.project import Project
from tollwire.release.shape import PROOFS, Frames, release_contract
from tollwire.release.withheld import proofs_of, withhold_articles, withhold_spans
from tollwire.release.withheld_runs import WithheldRuns

if TYPE_CHECKING:
    import polars

    from tollwire.release.gather import Gathered

Json = dict[str, Any]
KEYS = {"article", "rule", "gold", "everybody", PROOFS}
READ = {"date": date.fromisoformat, "timestamp": datetime.fromisoformat}


@dataclass(frozen=True, slots=True)
class Standoff:
    """Articles without their texts, the rule by which each became gold, their span tables, and the proofs."""

    articles: "polars.DataFrame"
    rules: dict[str, str]
    gold: Frames
    everybody: Frames
    proofs: "polars.DataFrame"

    def added_to(self, articles: "polars.DataFrame") -> "polars.DataFrame":
        """Give the articles of a corpus with these; they go before those at hand, so that all build the same."""
        import polars as pl

        others = articles.filter(~pl.col("article_id").is_in(self.articles["article_id"].implode()))
        return pl.concat([others, self.articles.select(articles.columns)]).sort("article_id")


def read_standoff(project: Project, contracts: Contracts) -> Standoff:
    """
    Read the stand-off annotations of a project.

    Raises:
        TollwireError: a line is not what was written; each is told with its place.
    """
    rows: dict[tuple[str, str], list[Json]] = {}
    rules: dict[str, str] = {}
    problems: list[Problem] = []
    contract = _article_contract(contracts)
    for path in sorted(project.standoff.glob("*.jsonl")):
        for where, line in _lines(path, problems):
            try:
                found = _rows_of(line, contract, contracts)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                problems.append(_bad_line(where, f"it cannot be read: {type(error).__name__}: {error}"))
                continue
            rules[line["article"]["article_id"]] = line["rule"]
            for key, of_line in found.items():
                rows.setdefault(key, []).extend(of_line)
    if problems:
        raise TollwireError(problems)
    sides = {
        side: {table: make_frame(rows.get((side, table), []), contracts[table]) for table in SPAN_TABLES}
        for side in ("gold", "everybody")
    }
    articles = make_frame(rows.get(("", "articles"), []), contract)
    proofs = make_frame(rows.get(("", PROOFS), []), contracts[PROOFS])
    return Standoff(articles, rules, sides["gold"], sides["everybody"], proofs)


def write_standoff(
    project: Project, articles: "polars.DataFrame", gathered: "Gathered", contracts: Contracts
) -> dict[str, int]:
    """
    Write the gold of withheld articles that are at hand; lines of others stay. Gives the articles by source.

    Raises:
        TollwireError: a line would have five words in a row of a withheld text; nothing is written.
    """
    import polars as pl

    golden = gathered.gold["annotations"]["article_id"].implode()
    is_at_hand = pl.col("is_withheld") & pl.col("text").is_not_null()
    withheld = articles.filter(is_at_hand & pl.col("article_id").is_in(golden))
    sides = {"gold": gathered.gold, "everybody": gathered.everybody}
    proofs = proofs_of(withheld, list(sides.values()), contracts[PROOFS])
    kept = {side: withhold_spans(frames, withheld) for side, frames in sides.items()}
    lines: dict[str, dict[str, str]] = {}
    runs, problems = WithheldRuns(articles), []
    for row in withhold_articles(withheld).iter_rows(named=True):
        article_id = row["article_id"]
        line = {
            "article": row,
            "rule": gathered.rules[article_id],
            **{side: {table: _of(frames[table], article_id) for table in SPAN_TABLES} for side, frames in kept.items()},
            PROOFS: _of(proofs, article_id)[0],
        }
        written = json.dumps(line, ensure_ascii=False, default=lambda value: value.isoformat())
        if words := runs.found_in(written):
            fix = "a withheld article has these words in a row: say it in others"
            problems.append(Problem(f"article {article_id}", "withheld-words", f'the line would have "{words}"', fix))
        lines.setdefault(row["source_id"], {})[article_id] = written
    if problems:
        raise TollwireError(problems)
    for source_id, new in lines.items():
        path = project.standoff / f"{source_id}.jsonl"
        old = {json.loads(line)["article"]["article_id"]: line for line in _texts(path)}
        write_lines(path, [line for _, line in sorted((old | new).items())])
    return {source_id: len(new) for source_id, new in sorted(lines.items())}


def _article_contract(contracts: Contracts) -> Contract:
    """Give the contract of an article without its text: that of a release, which has the split besides."""
    contract = release_contract("articles", contracts, nested=())
    columns = {name: column for name, column in contract.columns.items() if name != "split"}
    return contract.model_copy(update={"columns": columns})


def _of(frame: "polars.DataFrame", article_id: str) -> list[Json]:
    return frame.filter(frame["article_id"] == article_id).to_dicts()


def _texts(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")[:-1] if path.exists() else []


def _lines(path: Path, problems: list[Problem]) -> Iterator[tuple[str, Json]]:
    for number, text in enumerate(_texts(path), start=1):
        where = f"standoff/{path.name}:{number}"
        try:
            line = json.loads(text)
        except ValueError as error:
            problems.append(_bad_line(where, f"it is not JSON: {error}"))
            continue
        if not isinstance(line, dict) or line.keys() != KEYS:
            problems.append(_bad_line(where, f"it has other keys than {', '.join(sorted(KEYS))}"))
            continue
        yield where, line


def _bad_line(where: str, what: str) -> Problem:
    return Problem(where, "bad-line", what, "write it again: `tollwire standoff`, where the pages are at hand")


def _rows_of(line: Json, contract: Contract, contracts: Contracts) -> dict[tuple[str, str], list[Json]]:
    rows = {
        ("", "articles"): [_read(line["article"], contract)],
        ("", PROOFS): [_read(line[PROOFS], contracts[PROOFS])],
    }
    for side in ("gold", "everybody"):
        for table in SPAN_TABLES:
            rows[side, table] = [_read(row, contracts[table]) for row in line[side][table]]
    return rows


def _read(row: Json, contract: Contract) -> Json:
    """Read the dates and times of a row; all else is in JSON what it is in a table."""
    sorts = {name: READ.get(column.type) for name, column in contract.columns.items()}
    return {
        name: sort(value) if value is not None and (sort := sorts.get(name)) else value for name, value in row.items()
    }
