"""Casualties of one sentence: its mentions that suffered a harm, and which of them count part of another."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from tollwire.contracts.records import Casualty
from tollwire.figures.again import find_again, may_name_again
from tollwire.figures.antecedents import PRONOUNS, SINGULAR
from tollwire.figures.appositions import without_appositions
from tollwire.figures.attributes import is_recalled, scope_at, scope_of, scopes, status, value
from tollwire.figures.behind import SAME
from tollwire.figures.clause import Harm
from tollwire.figures.clause_words import (
    COURTS,
    EXECUTED,
    FICTION,
    LASTING,
    NARRATES,
)
from tollwire.figures.figure import Figure
from tollwire.figures.harm import find_harmed
from tollwire.figures.mention import Mention
from tollwire.figures.mentions import find_mentions
from tollwire.figures.parts import find_wholes
from tollwire.figures.profile import Profile
from tollwire.figures.tokens import Tokens
from tollwire.figures.told_before import is_uncounted, meant_by_plural, meant_by_pronoun
from tollwire.figures.victims import victims

_OF_AGENTS: Final = frozenset(("killed", "injured"))  # what is done to persons only, though no list knows their noun


@dataclass(slots=True)
class Sighting:
    """
    One casualty figure and where it was seen: what links it to other figures is told by the words around it.

    ``count`` is the number that it is best known by; ``whole`` is the figure of the same sentence that it counts part
    of. ``is_again`` marks one that only names again whom another figure counts. Where a sentence before counts those
    whom "they" or "the men" names, it ``is_counted_before``.
    """

    row: Casualty
    tokens: Tokens
    mention: Mention
    harm: Harm
    block: int
    is_title: bool
    count: int
    whole: "Sighting | None" = None
    is_again: bool = False
    is_counted_before: bool = False

    @property
    def tells_who(self) -> bool:
        """Tell whether it only says who some of those are that were counted before: "three were clerks"."""
        return self.harm.kind == SAME and self.harm.place == self.mention.end


def find_casualties(
    text: str,
    tokens: Tokens,
    profile: Profile,
    block: int = 0,
    is_title: bool = False,
    before: Sequence[Tokens] = (),
) -> list[Sighting]:
    """
    Find the casualty figures of one sentence, given as its tokens; offsets are those of ``text``.

    ``before`` are the sentences before it, the last of them the nearest.
    """
    if _is_fiction(tokens):
        return []
    harmed = find_harmed(text, tokens, without_appositions(tokens, find_mentions(tokens, profile)))
    mentions = [mention for mention, _ in harmed]
    harms = [None if harm and harm.is_negated else harm for _, harm in harmed]
    wholes = find_wholes(tokens, mentions, harms)
    for place, whole in wholes.items():
        harms[place] = harms[whole] if _names_no_harm(harms[place]) and harms[whole] else harms[place]
        if tokens.word(mentions[place].after) == "fatally":
            harms[place] = Harm("killed", mentions[place].after)  # "five were shot, two of them fatally"
    told = scopes(tokens) if any(harms) else []
    found: dict[int, Sighting] = {}
    last: Mention | None = None
    for place, (mention, harm) in enumerate(zip(mentions, harms, strict=True)):
        if harm and not (_is_thing(mention, harm) or _is_sentence(tokens, harm)):
            counted = _counted(tokens, mention, harm, before, profile)
            row = _casualty(text, tokens, counted, harm, scope_at(tokens, harm.place, told), last)
            found[place] = Sighting(row, tokens, counted, harm, block, is_title, value(row))
            found[place].is_counted_before = counted is not mention
            last = counted
    for place, whole in wholes.items():
        if place in found and whole in found and found[place].row.harm == found[whole].row.harm:
            found[place].whole = found[whole]
    sightings = list(found.values())
    if not may_name_again(tokens):
        return sightings
    read = [one for one, harm in zip(mentions, harms, strict=True) if harm or not one.is_bare]
    taken = {place for one in read for place in range(one.start, max(one.end, one.after))}
    for mention, harm in _named_again(tokens, sightings, taken):
        figure = _meant(tokens, mention, harm, before, profile)
        mention = replace(mention, figure=figure or mention.figure)
        over = scope_at(tokens, harm.place, told or scopes(tokens)) if figure else "incident"
        row = _casualty(text, tokens, mention, harm, over, None)
        again = Sighting(row, tokens, mention, harm, block, is_title, value(row), None, True, figure is not None)
        sightings.append(again)
    return sorted(sightings, key=lambda one: one.row.start)


def _names_no_harm(harm: Harm | None) -> bool:
    return harm is None or harm.kind == SAME


def _counted(tokens: Tokens, mention: Mention, harm: Harm, before: Sequence[Tokens], profile: Profile) -> Mention:
    """Give "the men" the number that the sentences before have for them."""
    if harm.is_possible or not is_uncounted(tokens, mention):
        return mention
    figure = meant_by_plural(before, tokens, mention, profile)
    return replace(mention, figure=figure, is_bare=False) if figure else mention


def _named_again(
    tokens: Tokens, sightings: Sequence[Sighting], taken: Container[int]
) -> Iterator[tuple[Mention, Harm]]:
    """List who is named again, but not whom the sentence itself counts: "a miner was going home when he was shot"."""
    linked = {one.harm.place for one in sightings}
    has_several = any(one.count > 1 for one in sightings)
    for mention, harm in find_again(tokens, taken):
        pronoun = tokens.words[mention.start]
        is_paired = mention.start == 0 and tokens.word(1) == "and"
        is_linked = harm.place in linked and not is_paired
        is_counted = pronoun in PRONOUNS and (is_linked or (has_several and pronoun not in SINGULAR))
        if not is_counted:
            yield mention, harm


def _meant(tokens: Tokens, mention: Mention, harm: Harm, before: Sequence[Tokens], profile: Profile) -> Figure | None:
    """Give the number of those whom "he" or "they" means in the sentence before; None where that is not told."""
    pronoun = tokens.words[mention.start]
    if pronoun not in PRONOUNS or harm.kind == "displaced":
        return None
    return meant_by_pronoun(before, pronoun in SINGULAR, profile)


def _is_thing(mention: Mention, harm: Harm) -> bool:
    """Tell a noun that no list has and of which the harm is told of things as often: "the freighter was seized"."""
    return mention.is_guess and mention.figure.high == 1 and harm.kind not in _OF_AGENTS


def _is_sentence(tokens: Tokens, harm: Harm) -> bool:
    """Tell a death after a trial; it is no figure (GUIDELINES.md, 10 "By sentence of a court")."""
    is_executed = harm.kind == "killed" and tokens.words[harm.place] in EXECUTED
    return is_executed and not COURTS.isdisjoint(tokens.words)


def _is_fiction(tokens: Tokens) -> bool:
    """Tell a sentence that says what a novel or a film narrates: "the film tells of a priest who is kidnapped"."""
    if FICTION.isdisjoint(tokens.words):
        return False
    return any(pair[0] in FICTION and pair[1] in NARRATES for pair in pairwise(tokens.words))


def _casualty(text: str, tokens: Tokens, mention: Mention, harm: Harm, over: str, before: Mention | None) -> Casualty:
    start, end = tokens.starts[mention.start], tokens.ends[mention.end - 1]
    victim_status, groups = victims(tokens, mention, before)
    figure = mention.figure
    row = Casualty(
        span_id=f"c{start}-{end}",
        start=start,
        end=end,
        surface=text[start:end],
        harm=harm.kind,
        bound=figure.bound,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        victim_status=victim_status,
        victim_groups=groups,
        status=status(tokens, mention, harm),
    )
    if over == "cumulative" and tokens.words[harm.place] in LASTING:
        over = "incident"  # "have been held since May"
    if over == "incident" and is_recalled(tokens, mention, harm):
        over = "background"
    return row if over == "incident" else replace(row, scope=scope_of(value(row), over, harm.kind))
