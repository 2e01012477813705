"""Reading articles with their spans as plain rows: from a release, a Parquet file, or a model's JSON Lines."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tollwire.problems import Problem, TollwireError, UsageError

NEEDED = {
    "casualties": ("span_id", "start", "end", "harm", "low", "high"),
    "actors": ("span_id", "start", "end", "role"),
    "relations": ("kind", "head_span_id", "tail_span_id"),
}
WAYS = "give a release's folder, a .parquet or a .jsonl file"


def read_rows(path: Path) -> list[dict[str, Any]]:
    """
    Read articles with nested ``casualties``, ``actors`` and ``relations``, as a release's default config has them.

    Raises:
        UsageError: there is no such file or folder, or it is of another kind.
        TollwireError: a line is no JSON object, or a row or span lacks a key; all such are listed.
    """
    if path.is_dir():
        files = sorted((path / "articles").glob("*.parquet"))
        if not files:
            raise UsageError(Problem(str(path), "no-release", "there is no articles/*.parquet in this folder", WAYS))
        rows = [(f"{path.name}, row {number}", row) for number, row in enumerate(_parquet(files), start=1)]
    elif not path.is_file():
        raise UsageError(Problem(str(path), "no-such-path", "there is no such file or folder", "check the path"))
    elif path.suffix == ".parquet":
        rows = [(f"{path.name}, row {number}", row) for number, row in enumerate(_parquet([path]), start=1)]
    elif path.suffix == ".jsonl":
        rows = [(f"{path.name}, line {number}", row) for number, row in _json_lines(path)]
    else:
        raise UsageError(Problem(str(path), "unknown-format", f'"{path.suffix}" cannot be scored', WAYS))
    if problems := [problem for where, row in rows for problem in _missing(where, row)]:
        raise TollwireError(problems)
    return [row for _, row in rows]


def _parquet(files: list[Path]) -> Iterator[dict[str, Any]]:
    import polars as pl

    for file in files:
        try:
            yield from pl.read_parquet(file).iter_rows(named=True)
        except pl.exceptions.ComputeError as error:
            what = f"this is no Parquet file: {str(error).splitlines()[0]}"
            raise TollwireError(Problem(str(file), "broken-parquet", what, "write the file anew")) from error


def _json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                where = f"{path.name}, line {number}"
                raise TollwireError(
                    Problem(where, "broken-json", str(error), "write one JSON object a line")
                ) from error


def _missing(where: str, row: Any) -> Iterator[Problem]:
    if not isinstance(row, dict) or "article_id" not in row:
        yield Problem(where, "missing-key", "there is no article_id", "give each article its article_id")
        return
    for table, names in NEEDED.items():
        for span in row.get(table) or ():
            lacking = [name for name in names if not isinstance(span, dict) or name not in span]
            if lacking:
                what = f"one of its {table} has no {', '.join(lacking)}"
                yield Problem(
                    f"{where}, article {row['article_id']}", "missing-key", what, "give every span these keys"
                )
