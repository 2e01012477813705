"""The news agencies that a story credits: Reuters, AFP, dpa, Xinhua and the rest of a lexicon."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation

from tollwire.corpus.names import UPPER, lexicon_words
from tollwire.corpus.statements import Statements, stated_objects, stated_text

LEXICON = Path(__file__).parent / "lexicon" / "agencies.toml"
SHORT = 3  # letters; a spelling of so few is an agency only as it is written in the lexicon
OPENING = 200  # characters of the first paragraph in which a credit can stand
LONGEST_CREDIT = 300  # characters of a line that credits, at the end of a story
MOST_AGENCIES = 6
LONGEST_NAME, MOST_NAME_WORDS = 40, 4  # characters and words of what stands between the commas of a credit
JOINED = re.compile(r"\s*(?:[/,;|&+\u00b7\u3001]|\b(?:and|und|et|y|e|og|och|en|ve|\u0438|\u0456)\b|\s[-\u2013]\s)\s*")
# "(Reuters) -" before the first sentence; "(dpa/lnw)" or "[AFP]" anywhere, alone in its brackets.
BRACKETED = re.compile(r"[(\[\uff08]\s?([^()\[\]\uff08\uff09]{2,60}?)\s?[)\]\uff09]")
CLOSING = ")]\uff09"
AT_END = 3  # characters from a line's end to a closing bracket, a stop and a quotation mark between them
BEFORE = re.compile(
    rf"^(?:[{UPPER}][^\n]{{1,60}}?)?(?:[,.]? |^)([{UPPER}][\w-]{{1,20}})\s?(?:[-\u2013\u2014]{{1,2}}|:)\s"
)
DISTRIBUTED = re.compile(r"^(?:\u00a9|\(c\)|copyright)\s*(?:\d{4}\s*)?(?:by )?", re.IGNORECASE)


@cache
def _reported() -> re.Pattern[str]:
    return re.compile(rf"^\W{{0,3}}(?:{lexicon_words('credits')})(?:\s?[:\uff1a]\s*|\s+)", re.IGNORECASE)


@cache
def _spellings() -> dict[str, str]:
    lexicon: dict[str, list[str]] = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    return {_spelt(one): name for name, spellings in lexicon.items() for one in (name, *spellings)}


@cache
def _finders() -> tuple[AhoCorasick, AhoCorasick]:
    """Find the spellings in a line: those that count only as they are written, and the others in small letters."""
    small = {one for one in _spellings() if one == one.casefold()}
    written = _spellings().keys() - small
    return AhoCorasick(sorted(written), implementation=Implementation.DFA), AhoCorasick(
        sorted(small), implementation=Implementation.DFA
    )


def _spelt(name: str) -> str:
    return name if len(name) <= SHORT or (name.isupper() and name.isascii()) else name.casefold()


def agency(name: str) -> str | None:
    """Give the agency that a name stands for, in our spelling of it; None when it is none."""
    name = name.strip(" .:-\u2013\u2014/*()[]\u3010\u3011")
    return _spellings().get(name) or _spellings().get(name.casefold())


def agencies(statements: Statements, lines: Sequence[str]) -> tuple[str, ...]:
    """
    List the news agencies credited for a story, in the spelling of ``lexicon/agencies.toml``.

    ``lines`` are the by-line, if there is one, and the story's paragraphs in order: an agency counts where the head
    states it as author, where a line is nothing but its credit, or in brackets or before a dash as the text opens.
    "With input from agencies" names nobody.
    """
    return tuple(dict.fromkeys(chain(_stated(statements), credited_agencies(lines))))[:MOST_AGENCIES]


def credited_agencies(lines: Sequence[str]) -> tuple[str, ...]:
    """List the news agencies that a story's lines credit, as ``agencies`` does; there is no head that states more."""
    found = dict.fromkeys(chain.from_iterable(_credited(line, at < 3) for at, line in enumerate(lines)))
    return tuple(found)[:MOST_AGENCIES]


def _stated(statements: Statements) -> Iterable[str]:
    for key in ("author", "creator", "sourceOrganization", "provider", "isBasedOn"):
        for one in stated_objects(statements.linked.get(key), statements):
            yield from agency_names(stated_text(one.get("name")))
    for tag in ("author", "article:author", "byl", "parsely-author", "dc.source", "source", "articleauthor"):
        yield from agency_names(statements.tags.get(tag, ""))


def agency_names(names: str) -> list[str]:
    """List the agencies in a run such as "dpa/AFP" or "Nadia Karim, Reuters"."""
    if whole := agency(names):
        return [whole]
    parts = JOINED.split(names) if len(names) <= LONGEST_CREDIT else []
    return [found for part in parts if (found := agency(part))]


def _credited(line: str, is_opening: bool) -> Iterable[str]:
    is_closed = any(map(line[-AT_END:].__contains__, CLOSING))
    if len(line) > LONGEST_CREDIT and not is_opening and not is_closed:
        return
    written, small = _finders()
    if not (written.find_matches_as_indexes(line) or small.find_matches_as_indexes(line.casefold())):
        return
    if is_opening:
        for found in BRACKETED.finditer(line[:OPENING]):
            yield from agency_names(found[1])
        if (before := BEFORE.match(line[:OPENING])) and (found_agency := agency(before[1])):
            yield found_agency
    if is_closed:
        for found in BRACKETED.finditer(end := line[-OPENING:]):
            if found.end() > len(end) - AT_END:
                yield from agency_names(found[1])
    if len(line) <= LONGEST_CREDIT:
        rest = DISTRIBUTED.sub("", _reported().sub("", line.strip("()[] ")))
        yield from _only_agencies(rest)


def _only_agencies(line: str) -> Iterable[str]:
    """Give the agencies of a line that consists of names alone, at least one of them an agency."""
    names = line.strip(" .")
    # What a sentence has before its first comma is longer than a name.
    if _may_be_name(JOINED.split(names, maxsplit=1)[0]):
        parts = [part for part in JOINED.split(names) if part]
        if all(map(_may_be_name, parts)):
            yield from (found for part in parts if (found := agency(part)))


def _may_be_name(part: str) -> bool:
    return len(part) <= LONGEST_NAME and len(part.split()) <= MOST_NAME_WORDS
