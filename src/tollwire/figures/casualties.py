"""Casualties of one sentence: its mentions that suffered a harm, and which of them count part of another."""

from typing import NamedTuple

from tollwire.contracts.records import Casualty
from tollwire.figures.harm import Harm, find_harmed
from tollwire.figures.harm_words import AROUND, CUMULATIVE
from tollwire.figures.lexicons import lexicon
from tollwire.figures.mentions import YEARS, Mention, find_mentions
from tollwire.figures.profile import Profile
from tollwire.figures.tokens import Tokens

_PARTS = frozenset(("including", "among", "whom", "them"))
_SPANS = (["years"], ["months"], ["decades"])
FARTHEST_DENIAL = 12  # tokens from "denied" to the figure


class Found(NamedTuple):
    """The casualties of a sentence, and pairs of span ids: the first counts part of the second."""

    casualties: list[Casualty]
    parts: list[tuple[str, str]]


def find_casualties(text: str, tokens: Tokens, profile: Profile) -> Found:
    """Find the casualty figures of one sentence, given as its tokens; offsets are those of ``text``."""
    harmed = find_harmed(text, tokens, find_mentions(tokens, profile))
    mentions = [mention for mention, _ in harmed]
    harms = [None if harm and harm.is_negated else harm for _, harm in harmed]
    wholes = _wholes(tokens, mentions, harms)
    for place, whole in wholes.items():
        harms[place] = harms[place] or harms[whole]
    rows: dict[int, Casualty] = {}
    scope = _scope(tokens) if any(harms) else "incident"
    for place, (mention, harm) in enumerate(zip(mentions, harms, strict=True)):
        if harm:
            rows[place] = _casualty(text, tokens, mention, harm, scope)
    parts = [
        (rows[place].span_id, rows[whole].span_id)
        for place, whole in wholes.items()
        if place in rows and whole in rows and rows[place].harm == rows[whole].harm
    ]
    return Found(list(rows.values()), parts)


def _wholes(tokens: Tokens, mentions: list[Mention], harms: list[Harm | None]) -> dict[int, int]:
    """Find sub-counts: the mentions of a list after "including", each with the mention before that word."""
    wholes: dict[int, int] = {}
    for place in range(1, len(mentions)):
        first, second = mentions[place - 1], mentions[place]
        between = [word for word in tokens.words[first.after : second.start]]
        if place - 1 in wholes and between and all(word in (",", "and", "as", "well") for word in between):
            wholes[place] = wholes[place - 1]
        elif harms[place - 1] is None or len(between) > 8 or ";" in between:
            continue
        elif (
            "including" in between[-3:]
            or between[-2:] in (["among", "them"], ["of", "whom"])
            or (
                between[-1:] == [","]
                and [word for word in tokens.words[second.end : second.end + 2]] == ["of", "them"]
            )
        ):
            wholes[place] = place - 1
    return wholes


def _casualty(text: str, tokens: Tokens, mention: Mention, harm: Harm, scope: str) -> Casualty:
    start, end = tokens.starts[mention.start], tokens.ends[mention.end - 1]
    status, groups = _victims(tokens, mention)
    figure = mention.figure
    return Casualty(
        span_id=f"c{start}-{end}",
        start=start,
        end=end,
        surface=text[start:end],
        harm=harm.kind,
        bound=figure.bound,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        victim_status=status,
        victim_groups=groups,
        status=_status(tokens, mention, harm),
        scope=scope,
    )


def _victims(tokens: Tokens, mention: Mention) -> tuple[str, tuple[str, ...]]:
    noun = mention.noun
    status = noun.status if noun else "unstated"
    groups = (noun.group,) if noun and noun.group else ()
    modifiers = set(tokens.words[mention.start : mention.end])
    for decided, words in lexicon("nouns")["modifiers"].items():
        if status == "unstated" and modifiers.intersection(words):
            status = decided
    return status, groups


def _status(tokens: Tokens, mention: Mention, harm: Harm) -> str:
    first = min(mention.start, harm.place)
    if not AROUND["denials"].isdisjoint(tokens.words[max(0, first - FARTHEST_DENIAL) : first]):
        return "denied"
    return "hypothetical" if harm.is_possible else "reported"


def _scope(tokens: Tokens) -> str:
    """Tell from plain words whether a sentence counts over a stretch of time or recalls an earlier event."""
    words = tokens.words
    for place, word in enumerate(words):
        if CUMULATIVE.at(tokens, place):
            return "cumulative"
        if place + 1 == len(words):
            break
        if word in ("in", "over", "during") and words[place + 2 : place + 3] in _SPANS:
            return "cumulative"
        if word == "since" and (words[place + 1] in AROUND["months"] or _is_year(words[place + 1])):
            return "cumulative"
        if word in ("the", "in") and _is_year(words[place + 1]):
            if word == "in" or AROUND["events"].intersection(words[place + 2 : place + 5]):
                return "background"
    return "incident"


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and int(word) in YEARS
