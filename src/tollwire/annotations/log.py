"""The log of a batch: all that the labellers said, one line an annotation, so that a change is one readable line."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from tollwire.annotations.regions import Marks, from_json, to_json
from tollwire.contracts.strict import StrictModel
from tollwire.contracts.whole_files import write_whole
from tollwire.problems import Problem, TollwireError


class RegionLine(BaseModel):
    """A region in a line of a log; its values stand beside these, and are judged when the region is read as a span."""

    model_config = ConfigDict(extra="allow", strict=True)
    id: str
    start: int
    end: int
    text: str
    labels: list[str]


class RelationLine(StrictModel):
    """A drawn relation in a line of a log."""

    kind: str
    head: str
    tail: str


class Line(StrictModel):
    """A line of a log, as ``write_log`` writes it."""

    article_id: str
    annotator: str
    submitted_at: AwareDatetime
    seconds: float | None
    is_skipped: bool
    text_sha256: str
    regions: list[RegionLine]
    relations: list[RelationLine]
    choices: list[str]
    reanchored_from: str | None = None


@dataclass(frozen=True)  # without slots, so that the digest can be kept
class Entry:
    """
    One line of a log: all that one labeller said of one article, at one time.

    ``reanchored_from`` is the digest of the text on which it was said, where the program moved it to another.
    """

    article_id: str
    annotator: str
    submitted_at: datetime
    seconds: float | None
    is_skipped: bool
    text_sha256: str
    marks: Marks
    reanchored_from: str | None = None

    @cached_property
    def digest(self) -> str:
        """Digest of what was said, by whom, of which text; not of when or how fast: saying it again is not news."""
        said = json.dumps([self.article_id, self.annotator, self.is_skipped, self.text_sha256]) + self._marks
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def line(self) -> str:
        """The entry as a line of the log."""
        head = {
            "article_id": self.article_id,
            "annotator": self.annotator,
            "submitted_at": self.submitted_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "seconds": None if self.seconds is None else float(self.seconds),
            "is_skipped": self.is_skipped,
            "text_sha256": self.text_sha256,
        }
        tail = {"reanchored_from": self.reanchored_from} if self.reanchored_from else {}
        parts = [json.dumps(head, ensure_ascii=False), self._marks, json.dumps(tail, ensure_ascii=False)]
        return "{" + ", ".join(part[1:-1] for part in parts if part != "{}") + "}"

    @cached_property
    def _marks(self) -> str:
        return json.dumps(to_json(self.marks), ensure_ascii=False)


def read_log(path: Path) -> list[Entry]:
    """
    Read a log; empty when there is none.

    Raises:
        TollwireError: every line that is not what ``write_log`` writes.
    """
    if not path.exists() or not path.stat().st_size:
        return []
    entries, problems = [], []
    # Not by splitlines: a name that a labeller typed may hold one of the rarer characters at which that parts lines.
    for number, line in enumerate(path.read_bytes().removesuffix(b"\n").split(b"\n"), start=1):
        try:
            entries.append(_entry(Line.model_validate_json(line)))
        except ValidationError as error:
            faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}".lstrip(": ") for one in error.errors())
            where = f"{path.parent.name}/{path.name}, line {number}"
            problems.append(Problem(where, "bad-line", faults, "restore it from git"))
    if problems:
        raise TollwireError(problems)
    return entries


def _entry(line: Line) -> Entry:
    return Entry(
        line.article_id,
        line.annotator,
        line.submitted_at.astimezone(UTC),
        line.seconds,
        line.is_skipped,
        line.text_sha256,
        from_json(line.model_dump(include={"regions", "relations", "choices"})),
        line.reanchored_from,
    )


def write_log(path: Path, entries: Iterable[Entry]) -> None:
    """Write a log in canonical order, one line an entry; the same entries give the same bytes."""
    ordered = sorted(entries, key=lambda one: (one.article_id, one.annotator, *_moment(one)))
    write_lines(path, (one.line for one in ordered))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines of JSON, beside their place first, so that no half file is ever seen."""
    write_whole(path, "".join(f"{line}\n" for line in lines))


def news(log: Sequence[Entry], received: Iterable[Entry]) -> list[Entry]:
    """
    Give the entries received that say something that the log does not know, to be added to it.

    To say again what one said just before is not news, whenever it is received.
    """
    known = {(one.submitted_at, one.digest) for one in log}
    before: dict[tuple[str, str], str] = {}
    new = []
    for one in sorted([*log, *received], key=_moment):
        digest = one.digest
        if (one.submitted_at, digest) not in known and before.get((one.article_id, one.annotator)) != digest:
            known.add((one.submitted_at, digest))
            new.append(one)
        before[one.article_id, one.annotator] = digest
    return new


def add_news(path: Path, log: Sequence[Entry], received: Iterable[Entry], is_dry: bool = False) -> list[Entry]:
    """Add to the log that was read from ``path`` what is new of the entries received, and give that."""
    new = news(log, received)
    if new and not is_dry:
        write_log(path, [*log, *new])
    return new


def _moment(entry: Entry) -> tuple[datetime, str, float]:
    """Order entries by time; of one time by what they say, so that the order in which they came does not matter."""
    return entry.submitted_at, entry.digest, -1.0 if entry.seconds is None else entry.seconds


def latest(log: Iterable[Entry]) -> dict[tuple[str, str], Entry]:
    """Give the last that each labeller said of each article, by (article_id, annotator)."""
    found: dict[tuple[str, str], Entry] = {}
    for one in sorted(log, key=_moment):
        found[one.article_id, one.annotator] = one
    return dict(sorted(found.items()))
