"""Attribution: which actors of its sentence a figure is claimed, inflicted or suffered by, and who attacks whom."""

from collections.abc import Iterator, Sequence
from typing import Final

from tollwire.contracts.records import Actor, Relation
from tollwire.figures.casualties import Sighting
from tollwire.figures.clause_words import SPEECH
from tollwire.figures.lexicons import lexicon
from tollwire.figures.tokens import Tokens

_CONTRAST: Final = frozenset(lexicon("links")["words"]["contrast"]) - {"only"}
_PRONOUNS: Final = frozenset(("he", "she", "they", "it", "one"))
LINKS: Final = (("claimed_by", "source"), ("inflicted_by", "attacker"))


def attribute(
    text: str,
    tokens: Tokens,
    sightings: Sequence[Sighting],
    actors: Sequence[Actor],
    speakers: Sequence[Actor] = (),
) -> Iterator[Relation]:
    """
    Give the relations of one sentence in which actors take part: claimed_by, inflicted_by, suffered_by, attacks.

    A figure is claimed by the source and inflicted by the attacker of its part of the sentence where there is just one,
    or two that are joined by "and"; parts of another figure take over what is said of that one, and a figure of none is
    inflicted by nobody. It is suffered by the side that its own words name. Where only "he" or "they" speak, it is
    claimed by ``speakers``, those of the sentence before. Relations have no ids yet.

    Source: annotations/GUIDELINES.md, 9 "Relations".
    """
    targets = [one for one in actors if one.role == "target"]
    if not (sightings or targets):
        return
    borders = [tokens.starts[place] for place, word in enumerate(tokens.words) if word in _CONTRAST]
    is_spoken = bool(sightings and speakers) and _is_spoken_by_pronoun(tokens)
    for sighting in sightings:
        row = sighting.row
        inner = [one for one in actors if row.start <= one.start and one.end <= row.end]
        yield from (Relation("", "suffered_by", row.span_id, one.span_id) for one in inner)
        if sighting.whole is None:
            for kind, role in LINKS:
                if kind != "inflicted_by" or row.bound != "none":
                    named = [one for one in actors if one.role == role]
                    found = _agreed(text, named, row.start, borders)
                    if kind == "claimed_by" and not named and is_spoken:
                        found = speakers
                    yield from (Relation("", kind, row.span_id, one.span_id) for one in found)
    for target in targets:
        for attacker in _agreed(text, [one for one in actors if one.role == "attacker"], target.start, borders):
            yield Relation("", "attacks", attacker.span_id, target.span_id)


def _is_spoken_by_pronoun(tokens: Tokens) -> bool:
    """Tell a sentence in which only a pronoun speaks: "he added", "they reported no deaths", "it put the dead at"."""
    words = tokens.words
    for place, word in enumerate(words):
        if word in _PRONOUNS and not SPEECH.isdisjoint(words[place + 1 : place + 3]):
            return True
        if word in SPEECH and tokens.word(place + 1) in _PRONOUNS and tokens.is_mark(max(0, place - 1)):
            return True
    return False


def _agreed(text: str, actors: Sequence[Actor], start: int, borders: Sequence[int]) -> Sequence[Actor]:
    """List the actors of one part of the sentence where they are one side: one of them, or two joined by "and"."""
    found = [one for one in actors if _part(one.start, borders) == _part(start, borders)]
    is_pair = len(found) == 2 and text[found[0].end : found[1].start].strip() == "and"
    return found if len(found) == 1 or is_pair else ()


def _part(start: int, borders: Sequence[int]) -> int:
    return sum(border <= start for border in borders)
