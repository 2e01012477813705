"""Score headlines and by-lines against a set's gold, in the schemes of docs/normalising.md."""

import re
from collections.abc import Iterable, Sequence

from tollwire.corpus.agencies import agency
from tollwire.corpus.clean import clean_line
from tollwire.corpus.names import is_person

# One quotation mark, one apostrophe, one dash: typography differs between a page's head and its body.
TYPOGRAPHY = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u2039\u203a\u0060\u00b4", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-")
    | {"\u2026": "..."}
)


def score_titles(pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    """
    Score pairs of (gold title, title found); pairs without a gold title are left out.

    Returns:
        ``n``; ``exact``, the share equal after white space is collapsed and composed (NFC); ``lenient``, equal besides
        case, quotation marks and dashes.
    """
    rows = [(clean_line(gold), clean_line(found)) for gold, found in pairs if gold]
    exact = sum(gold == found for gold, found in rows)
    lenient = sum(_plain(gold) == _plain(found) for gold, found in rows)
    return {"n": len(rows), "exact": exact / max(len(rows), 1), "lenient": lenient / max(len(rows), 1)}


def _plain(title: str) -> str:
    return title.translate(TYPOGRAPHY).replace("''", '"').casefold()


def score_bylines(pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> dict[str, float]:
    """
    Score pairs of (gold authors, names found), compared without case and with white space collapsed.

    Returns:
        ``n`` pages with gold authors, ``one_right`` the share with at least one of them found, ``all_right`` with just
        these; ``n_people`` and ``one_right_people`` of the pages whose gold names a person (gold often has agencies and
        the outlet itself); ``n_none`` pages whose gold is empty and ``false`` the share of them with a name found.
    """
    rows = [({_name(one) for one in gold} - {""}, {_name(one) for one in found} - {""}, gold) for gold, found in pairs]
    named = [(gold, found, stated) for gold, found, stated in rows if gold]
    none = [found for gold, found, _ in rows if not gold]
    people = [(gold, found) for gold, found, stated in named if any(map(_is_person, stated))]
    return {
        "n": len(named),
        "one_right": sum(bool(gold & found) for gold, found, _ in named) / max(len(named), 1),
        "all_right": sum(gold == found for gold, found, _ in named) / max(len(named), 1),
        "n_people": len(people),
        "one_right_people": sum(bool(gold & found) for gold, found in people) / max(len(people), 1),
        "n_none": len(none),
        "false": sum(map(bool, none)) / max(len(none), 1),
    }


def _name(name: str) -> str:
    return re.sub(r"\s+", " ", clean_line(name)).casefold()


def _is_person(name: str) -> bool:
    return agency(name) is None and is_person(clean_line(name), is_stated=True)
