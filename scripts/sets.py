"""Load the public evaluation sets, each to one plain record a page."""

import gzip
import hashlib
import json
import lzma
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

BETWEEN_NAMES = re.compile(r"\s*[,;&]\s*|\s+(?:and|et|und|y)\s+")  # in the author field of trafilatura's pages
CHECKOUT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TOLLWIRE_SHARED", CHECKOUT.parent / "shared"))


FOLDS = 5


@dataclass(frozen=True, slots=True)
class Gold:
    """What a person, or the outlet's own parser, says of a page; None where a set says nothing."""

    body: str | None = None
    segments: tuple[str, ...] = ()  # must stand in the body
    foreign: tuple[str, ...] = ()  # must not
    title: str | None = None
    authors: tuple[str, ...] | None = None
    day: str | None = None  # YYYY-MM-DD
    captions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a set: its bytes as they were stored, and its gold."""

    id: str
    outlet: str
    raw_format: str
    raw: bytes = field(repr=False)
    gold: Gold
    url: str | None = None


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """A set: how it is called here and in full, where it lies below the shared data, and what reads it."""

    name: str
    title: str
    folder: str
    read: Callable[[Path], Iterator[Page]]

    def find(self, shared: Path = SHARED) -> Path | None:
        """Give the folder of the set, None where it is not."""
        folder = shared / "data" / self.folder
        return folder if folder.exists() else None

    def load(self, shared: Path = SHARED) -> list[Page]:
        """Read every page, by id."""
        folder = self.find(shared)
        if folder is None:
            raise FileNotFoundError(shared / "data" / self.folder)
        return sorted(self.read(folder), key=lambda page: page.id)


def read_traf(folder: Path) -> Iterator[Page]:
    """
    Read the evaluation pages of trafilatura: segments that belong to the body and segments that do not.

    An empty title, author or date means that the page states none, or that nobody looked: it is not scored.

    Source: github.com/adbar/trafilatura, tests/evaldata.json.
    """
    raws = read_archive(folder / "pages.tar.xz")
    for url, item in json.loads((folder / "evaldata.json").read_text("utf-8")).items():
        stated = item.get("author") or []
        authors = stated if isinstance(stated, list) else BETWEEN_NAMES.split(stated)
        gold = Gold(
            segments=tuple(item["with"]),
            foreign=tuple(item["without"]),
            title=item.get("title") or None,
            authors=tuple(authors) or None,
            day="-".join(number.zfill(2) for number in re.findall(r"\d+", item.get("date") or "")) or None,
        )
        # A page that was annotated twice has two addresses and one file; the address is what tells them apart.
        yield Page(url, host(url), "html", raws[item["file"]], gold, url)


def read_fp(folder: Path) -> Iterator[Page]:
    """
    Read the stored pages of Fundus with what its own parsers give for them.

    The n-th page of an outlet by date has the n-th version of its parser by name. The body is the summary, then of
    each section the headline and the paragraphs.

    Source: github.com/flairNLP/fundus, tests/resources/parser/test_data.
    """
    for stored in sorted(folder.glob("test_data/*/*.json")):
        versions = json.loads(stored.read_text("utf-8"))
        pages = sorted(stored.parent.glob(f"{stored.stem}_[0-9]*.html.gz"))
        for path, version in zip(pages, sorted(versions), strict=True):
            stated = versions[version]
            body = [*stated["body"]["summary"]]
            for section in stated["body"]["sections"]:
                body += [*section["headline"], *section["paragraphs"]]
            images = stated.get("images")
            gold = Gold(
                body="\n".join(body),
                title=stated["title"],
                authors=tuple(stated["authors"]) if stated.get("authors") else None,
                day=stated["publishing_date"][:10],
                captions=None if images is None else tuple(one["caption"] for one in images if one.get("caption")),
            )
            name = f"{stored.parent.name}/{path.name}"
            yield Page(name, stored.stem, "html", gzip.decompress(path.read_bytes()), gold)


def read_hd(folder: Path) -> Iterator[Page]:
    """
    Read the evaluation pages of htmldate: the day of publication of each.

    Source: github.com/adbar/htmldate, tests/eval_default.json and tests/eval_mediacloud_2020.json.
    """
    raws = read_archive(folder / "pages.tar.xz")
    for name in ("eval_default.json", "eval_mediacloud_2020.json"):
        for url, item in json.loads((folder / name).read_text("utf-8")).items():
            yield Page(url, host(url), "html", raws[item["file"]], Gold(day=item["date"]), url)


def read_fpd(folder: Path) -> Iterator[Page]:
    """Read the pages of Fundus rendered as plain text, as html_text renders them, with the same bodies as gold."""
    with lzma.open(folder / "dumps.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            yield Page(page["id"], page["outlet"], "text", page["dump"].encode(), Gold(body=page["gold"]))


def host(url: str) -> str:
    """Give the host of an address, or the address where it has none: a few of the sets are bare names."""
    return urlsplit(url).hostname or url


def fold_of(outlet: str) -> int:
    """Give the fold of an outlet: a classifier is trained on all of its pages or on none."""
    return int(hashlib.sha256(outlet.encode()).hexdigest(), 16) % FOLDS


def read_archive(path: Path) -> dict[str, bytes]:
    """Read every file of a tar archive, by its name without the folders."""
    import tarfile

    with tarfile.open(path) as archive:
        return {Path(one.name).name: archive.extractfile(one).read() for one in archive if one.isfile()}


SETS = (
    EvaluationSet("TRAF", "trafilatura's evaluation pages", "trafilatura_eval", read_traf),
    EvaluationSet("FP", "Fundus' parser test pages", "fundus_parser_testdata", read_fp),
    EvaluationSet("HD", "htmldate's evaluation pages", "htmldate_eval", read_hd),
    EvaluationSet("FPD", "the same Fundus pages as plain text", "fundus_dumps", read_fpd),
)
