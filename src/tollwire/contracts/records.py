"""One row of each table as the program passes it around; the contracts in schemas/ say what the columns mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from tollwire.problems import one_line

LONGEST_DETAIL = 1_000  # characters


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article's text: ``text[start:end]`` is one title, paragraph, heading, caption, ..."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, its text normalised."""

    article_id: str
    source_id: str
    url: str | None
    title: str
    bylines: tuple[str, ...]
    published_date: date | None
    published_at: datetime | None
    modified_date: date | None
    modified_at: datetime | None
    dateline: str | None
    agencies: tuple[str, ...]
    section: str | None
    keywords: tuple[str, ...]
    language: str
    text: str | None
    blocks: tuple[Block, ...]
    credits: tuple[str, ...]
    text_sha256: str
    raw_uri: str
    raw_format: str
    raw_sha256: str
    cluster_id: str
    cluster_reason: str | None
    licence: str
    is_withheld: bool
    normaliser: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """
    One raw record that did not become an article, and the rule that says why.

    The detail is one line of bounded length, whatever the page or a library's message put into it.
    """

    raw_uri: str
    record: int
    rule: str
    detail: str
    raw_sha256: str | None

    def __post_init__(self) -> None:
        detail = one_line(self.detail.strip()[:LONGEST_DETAIL])
        object.__setattr__(self, "detail", detail)


@dataclass(frozen=True, slots=True)
class Actor:
    """One mention of somebody who attacks, suffers or speaks. Offsets in code points, end exclusive."""

    span_id: str
    start: int
    end: int
    surface: str | None
    role: str
    kind: str | None = None
    name: str | None = None
    code: str | None = None
    incident: int | None = None


@dataclass(frozen=True, slots=True)
class Casualty:
    """One mention of a casualty figure. Offsets in code points, end exclusive; bounds in persons."""

    span_id: str
    start: int
    end: int
    surface: str | None
    harm: str
    bound: str
    low: int | None
    best: int | None
    high: int | None
    victim_status: str = "unstated"
    victim_groups: tuple[str, ...] = ()
    status: str = "reported"
    scope: str = "incident"
    incident: int | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed link between two spans of one article."""

    relation_id: str
    kind: str
    head_span_id: str
    tail_span_id: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One labeller's verdict on one article: a row of the ``annotations`` table without its key."""

    status: str
    text_sha256: str
    submitted_at: datetime
    seconds: float | None
    batch: str


Span = TypeVar("Span", Actor, Casualty, Relation)


def record_of(kind: type[Span], row: Mapping[str, Any]) -> Span:
    """Make the record of a table's row, which may have other columns besides, such as those of its key."""
    return kind(**{name: row[name] for name in kind.__slots__})
