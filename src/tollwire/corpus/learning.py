"""Learn the outlets of a run from a fair sample of their pages, whatever the order in which the pages come."""

import hashlib
import heapq
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tollwire.contracts.records import Rejection
from tollwire.corpus.first_pass import page_lines
from tollwire.corpus.outlet import LEAST_PAGES, MOST_PAGES, Outlet, common, merge, outlet_of
from tollwire.corpus.outlet_record import known_outlet, outlet_path
from tollwire.corpus.page import RawPage
from tollwire.corpus.page_keys import PageKeys, page_keys
from tollwire.corpus.raw_records import Part
from tollwire.corpus.sources import Source
from tollwire.corpus.workers import Workers

RECORDS = ("jsonl", "parquet")  # formats whose records have no furniture, unless they hold HTML pages


def learn_outlets(parts: Sequence[Part], sources: Path, workers: Workers) -> dict[str, Outlet]:
    """
    Put together what was saved of each source's outlet with what its pages in this run teach.

    An outlet of fewer than ``LEAST_PAGES`` pages in the run is not learnt from them; one of which nothing is known is
    left out.

    Raises:
        TollwireError: what was saved of an outlet has mistakes.
    """
    outlets: dict[str, Outlet] = {}
    for source_id, source in {part.source.source_id: part.source for part in parts}.items():
        saved = known_outlet(outlet_path(sources, source_id)) or Outlet()
        records = (record for part in parts if part.source.source_id == source_id for record in part.read())
        learnt = outlet_of(_first_pass(records, source, workers))
        known = merge(saved, learnt) if learnt.pages >= LEAST_PAGES else saved
        if known.pages:
            outlets[source_id] = common(known)
    return outlets


def _first_pass(records: Iterable[RawPage | Rejection], source: Source, workers: Workers) -> list[PageKeys]:
    """Read the lines of at most ``MOST_PAGES`` different pages, those whose bytes have the least digests."""
    has_pages = source.fields is not None and source.fields.html is not None
    sampled: set[int] = set()
    largest: list[int] = []  # of the sampled digests, negative: a heap gives its least first

    def candidates() -> Iterator[tuple[int, RawPage, Source]]:
        for record in records:
            if isinstance(record, Rejection) or (record.raw_format in RECORDS and not has_pages):
                continue
            digest = int.from_bytes(hashlib.sha256(record.raw).digest(), "big")
            if digest in sampled or (len(sampled) == MOST_PAGES and digest > -largest[0]):
                continue
            sampled.add(digest)
            heapq.heappush(largest, -digest)
            if len(sampled) > MOST_PAGES:
                sampled.discard(-heapq.heappop(largest))
            yield digest, record, source

    pages: dict[int, PageKeys] = {}
    for digest, keys in workers.map(_keys, candidates()):
        if keys is not None:
            pages[digest] = keys
        if len(pages) > 2 * MOST_PAGES:
            pages = {one: pages[one] for one in pages if one in sampled}
    return [pages[digest] for digest in sorted(pages) if digest in sampled]


def _keys(candidate: tuple[int, RawPage, Source]) -> tuple[int, PageKeys | None]:
    digest, page, source = candidate
    lines = page_lines(page, source)
    return digest, page_keys(lines) if lines is not None else None
