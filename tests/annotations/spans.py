"""Rows of spans and of verdicts to test agreement with."""

from typing import Any

import polars as pl

Row = dict[str, Any]
ONE, TWO = "1" * 16, "2" * 16


def figure(
    start: int, end: int, annotator: str = "ann", harm: str = "killed", article_id: str = ONE, **more: Any
) -> Row:
    row: Row = {"article_id": article_id, "annotator": annotator, "span_id": f"c{start}-{end}-{harm}", "start": start,
                "end": end, "surface": f"<{start}-{end}>", "harm": harm, "bound": "exact", "low": 9, "best": 9,
                "high": 9, "victim_status": "unstated", "victim_groups": [], "status": "reported",
                "scope": "incident", "incident": None}  # fmt: skip
    return row | more


def actor(
    start: int, end: int, annotator: str = "ann", role: str = "attacker", article_id: str = ONE, **more: Any
) -> Row:
    row: Row = {"article_id": article_id, "annotator": annotator, "span_id": f"a{start}-{end}-{role}", "start": start,
                "end": end, "surface": f"<{start}-{end}>", "role": role, "kind": None, "name": None, "code": None,
                "incident": None}  # fmt: skip
    return row | more


def relation(kind: str, head: str, tail: str, annotator: str = "ann", article_id: str = ONE) -> Row:
    return {"article_id": article_id, "annotator": annotator, "relation_id": f"{kind}.{head}.{tail}", "kind": kind,
            "head_span_id": head, "tail_span_id": tail}  # fmt: skip


def tables(*rows: Row, verdicts: dict[tuple[str, str], str] | None = None) -> dict[str, pl.DataFrame]:
    verdicts = verdicts or {(ONE, "ann"): "annotated", (ONE, "bob"): "annotated"}
    said = [{"article_id": key[0], "annotator": key[1], "status": status} for key, status in verdicts.items()]
    return {
        "actors": pl.DataFrame([row for row in rows if "role" in row], infer_schema_length=None),
        "casualties": pl.DataFrame([row for row in rows if "harm" in row], infer_schema_length=None),
        "relations": pl.DataFrame([row for row in rows if "relation_id" in row], infer_schema_length=None),
        "annotations": pl.DataFrame(said),
    }


def side(*spans: Row, relations: tuple[tuple[str, str, str], ...] = ()) -> dict[str, list[Row]]:
    annotator = spans[0]["annotator"] if spans else "ann"
    return {
        "actors": [row for row in spans if "role" in row],
        "casualties": [row for row in spans if "harm" in row],
        "relations": [
            {"kind": kind, "head_span_id": head, "tail_span_id": tail, "annotator": annotator}
            for kind, head, tail in relations
        ],
    }
