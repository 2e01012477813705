"""The public sets that figures are measured on: MUC-4, Wikipedia's In the news, PLOVER, re3d."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sets import SHARED

HARMS = {("DEATH",): ("killed",), ("INJURY",): ("injured",), ("DEATH", "INJURY"): ("killed", "injured", "casualties")}
KIDNAPPED = ([], ["REGAINED FREEDOM"])


@dataclass(frozen=True, slots=True)
class Number:
    """One reading of a number that the gold allows; None where it is open."""

    modifier: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Target:
    """Persons that a MUC-4 template says were harmed: the harms that fit, the numbers, where they are first named."""

    harms: tuple[str, ...]
    numbers: tuple[Number, ...]
    places: tuple[tuple[int, int], ...]

    @property
    def is_single(self) -> bool:
        """Tell whether it is one person, in this set most often a name."""
        return all((one.modifier, one.low) == ("exact", 1) for one in self.numbers)


@dataclass(slots=True)
class Document:
    """One text of a set; ``tolls`` by harm and ``actors`` as words, where the set has them."""

    text: str
    targets: list[Target] = field(default_factory=list)
    tolls: dict[str, int] = field(default_factory=dict)
    actors: list[tuple[int, int]] = field(default_factory=list)


def data(name: str) -> Path | None:
    """Find a set's folder; None where it is not at hand."""
    folder = SHARED / "data" / name
    return folder if folder.is_dir() else None


def read_muc4(split: str) -> list[Document]:
    """Read MUC-4 with the human targets of its templates; ``train`` is DEV, ``dev`` the two test sets TST1 and TST2."""
    folder = data("muc4")
    assert folder is not None
    rows = [json.loads(line) for line in (folder / "docs.jsonl").read_text("utf-8").splitlines()]
    documents = {row["doc_id"]: Document(row["text"]) for row in rows if row["split"] == split}
    for line in (folder / "human_targets.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == split and (target := _target(row)):
            documents[row["doc_id"]].targets.append(target)
    return list(documents.values())


def _target(row: dict) -> Target | None:
    is_sure = "ACCOMPLISHED" in row["stage"] and not row["number_optional"] and "?" not in row["number_raw"]
    harms = HARMS.get(tuple(row["effect"]), ())
    if not harms and row["incident_type"] == "KIDNAPPING" and row["effect"] in KIDNAPPED:
        harms = ("captured",)
    numbers = tuple(
        Number(one["modifier"], one["min"], one["max"]) for one in row["number_alternatives"] if "modifier" in one
    )
    places = tuple((place[0], place[1]) for place in row["first_offsets"] if place)
    return Target(harms, numbers, places) if is_sure and harms and numbers else None


def read_blurbs() -> list[Document]:
    """Read the blurbs of Wikipedia's In the news that state a toll."""
    folder = data("itn_blurbs")
    assert folder is not None
    lines = (folder / "derived" / "en_casualty_blurbs.jsonl").read_text("utf-8").splitlines()
    return [Document(json.loads(line)["text"]) for line in lines]


def read_plover() -> list[Document]:
    """Read the gold records of PLOVER: who is dead or injured, where the record says it; else nobody is."""
    folder = data("plover")
    assert folder is not None
    documents = []
    for row in json.loads((folder / "PLOVER_GSR_CAMEO.json").read_text("utf-8")):
        if row.get("event") and row.get("text") and row["event"] != "DOCUMENT":
            tolls = {harm: int(row[key]) for key, harm in (("dead", "killed"), ("injured", "injured")) if row.get(key)}
            documents.append(Document(row["text"], tolls=tolls, actors=list(_named(row))))
    return documents


def _named(row: dict) -> Iterator[tuple[int, int]]:
    for side in ("source", "target"):
        for one in row.get(side) or ():
            name = one.get("actorText") if isinstance(one, dict) else None
            start = row["text"].find(name) if name else -1
            if start >= 0:
                yield start, start + len(name)


def read_re3d() -> list[Document]:
    """Read the organisations of re3d (those of its folders whose licence lets them be shared)."""
    folder = data("re3d")
    assert folder is not None
    documents: dict[str, Document] = {}
    for path in sorted(folder.glob("*/documents.json")):
        for row in map(json.loads, filter(None, path.read_text("utf-8").splitlines())):
            documents[row["_id"]] = Document(row["text"])
    for path in sorted(folder.glob("*/entities.json")):
        for row in map(json.loads, filter(None, path.read_text("utf-8").splitlines())):
            if row["type"] == "Organisation" and row["documentId"] in documents:
                documents[row["documentId"]].actors.append((row["begin"], row["end"]))
    return list(documents.values())
