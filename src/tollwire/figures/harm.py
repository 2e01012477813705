"""Harm: what happened to the persons of a mention, from the words around it in its sentence."""

from typing import NamedTuple

from tollwire.figures.harm_words import ACTIVE, ADJECTIVES, AROUND, NOUNS, OF_NOUNS, OUTCOMES, PARTICIPLES, SUFFERED
from tollwire.figures.mentions import Mention
from tollwire.figures.nouns import persons
from tollwire.figures.parse import DEFINITE
from tollwire.figures.tokens import Tokens

_BETWEEN = DEFINITE | frozenset(('"', "“", "'", "‘", "also", "reportedly", "allegedly", "what", "up"))
_PREPOSITIONS = frozenset("in at on from of near aboard inside outside with who".split())
_STOPS = frozenset("who which that and but said says say or when as after before by".split())
_SUBLISTS = frozenset("including among mostly most mainly some many".split())
# "this week" and "that night" are no objects.
_OBJECT_WORDS = DEFINITE.difference(("this", "that")).union(("a", "an", "him", "her", "them", "more", "another"))
FARTHEST = 12  # tokens between a mention and its verb, over a phrase such as "in the market of the old town"


class Harm(NamedTuple):
    """A harm, the place of the word that says it, and whether a modal makes it a mere possibility."""

    kind: str
    place: int
    is_possible: bool = False


def find_harms(tokens: Tokens, mentions: list[Mention]) -> list[Harm | None]:
    """Give the harm of each mention of a sentence; None where the sentence does not say any."""
    starts = frozenset(mention.start for mention in mentions)
    harms = [
        _object(tokens, mention) or _subject(tokens, mention, starts) or _within(tokens, mention)
        for mention in mentions
    ]
    for place in range(len(mentions) - 2, -1, -1):  # "two soldiers and a guard were killed": from the last to the first
        if harms[place] is None and _are_joined(tokens, mentions[place], mentions[place + 1]):
            following = harms[place + 1]
            harms[place] = following if following and following.place >= mentions[place + 1].end else None
    for place in range(1, len(mentions)):  # "killed two women and a child": from the first to the last
        if harms[place] is None and _are_joined(tokens, mentions[place - 1], mentions[place]):
            before = harms[place - 1]
            harms[place] = before if before and before.place < mentions[place - 1].start else None
    return harms


def _are_joined(tokens: Tokens, first: Mention, second: Mention) -> bool:
    between = [word for word in tokens.words[first.after : second.start]]
    if not {"and", "or"}.intersection(between) and (
        second.is_bare or tokens.word(second.after) not in ("", ",", "and", "or", ".")
    ):
        return False  # "rose to 14, officials said", "two boys, a nurse said"
    return 0 < len(between) <= 3 and all(word in (",", "and", "or", "as", "well", "the") for word in between)


def _object(tokens: Tokens, mention: Mention) -> Harm | None:
    """Find the harm in what stands before: "killed nine people", "the deaths of nine people", "the toll rose to 9"."""
    place = mention.start - 1
    while tokens.word(place) in _BETWEEN and place > mention.start - 5:
        place -= 1
    word, before = tokens.word(place), tokens.word(place - 1)
    kind = ACTIVE.get(word) or PARTICIPLES.get(word)
    if kind:
        other = ACTIVE.get(tokens.word(place - 2)) or PARTICIPLES.get(tokens.word(place - 2))
        kind = "casualties" if before in ("and", "or") and other and other != kind else kind
        is_possible = before in AROUND["modals"] or (
            before == "to" and tokens.word(place - 2) in AROUND["hypothetical"]
        )
        return Harm(kind, place, is_possible)
    if (word, before) in (("dead", "shot"), ("down", "gunned"), ("hostage", "took")):
        return Harm("captured" if word == "hostage" else "killed", place)
    if word == "of" and (place - 1 >= 0) and (kind := OF_NOUNS.get(before)):
        return Harm(kind, place - 1)
    if word in AROUND["lives"] and tokens.word(mention.end - 1) == "lives":
        return Harm("killed", place)
    if word == "lost" and mention.noun and mention.noun.status == "combatant":
        return Harm("killed", place)
    return _toll(tokens, mention)


def _toll(tokens: Tokens, mention: Mention) -> Harm | None:
    """Find "the death toll rose to", "the number of injured reached" before a number."""
    link = tokens.word(mention.start - 1)
    if link not in AROUND["toll_links"] and link != "from":
        return None
    for place in range(mention.start - 1, max(-1, mention.start - FARTHEST), -1):
        word = tokens.word(place)
        if word == "toll":
            return Harm("killed", place)
        if (
            word in ADJECTIVES
            and tokens.word(place - 1) in ("of", "the")
            and "number" in (tokens.word(place - 2), tokens.word(place - 3))
        ):
            return Harm(ADJECTIVES[word], place)
        if word in (".", ";"):
            break
    return None


def _subject(tokens: Tokens, mention: Mention, starts: frozenset[int]) -> Harm | None:
    """Find the harm in what follows: "were killed", "died", "dead", "who were taken hostage"."""
    place = mention.after
    word = tokens.word(place)
    if word in (",", "(", "-", "–", "—") and tokens.word(place + 1) in _SUBLISTS:
        place = _past_sublist(tokens, place + 2)
    elif word == "who":
        place += 1
    elif word == "aged":
        place += 2
    if found := _predicate(tokens, place, mention, starts, needs_passive=False):
        return found
    if mention.noun is None or word not in _PREPOSITIONS:
        return None
    for step in range(place + 1, min(place + FARTHEST, len(tokens))):
        if tokens.words[step] in AROUND["passive"] or tokens.words[step] in SUFFERED:
            return _predicate(tokens, step, mention, starts, needs_passive=True)
        if tokens.words[step] in _STOPS or tokens.is_mark(step):
            return None
    return None


def _past_sublist(tokens: Tokens, place: int) -> int:
    for step in range(place, min(place + FARTHEST * 2, len(tokens))):
        if tokens.words[step] in (",", ")", "-", "–", "—"):
            return step + 1
        if tokens.words[step] in AROUND["passive"]:
            return step
    return len(tokens)


def _predicate(
    tokens: Tokens, place: int, mention: Mention, starts: frozenset[int], needs_passive: bool
) -> Harm | None:
    is_passive = is_perfect = is_possible = False
    for step in range(place, min(place + 9, len(tokens))):
        word = tokens.words[step]
        found = OUTCOMES.at(tokens, step)
        if found and (is_passive or not _has_object(tokens, found[1], starts)):
            return Harm(found[0], step, is_possible)
        if word in SUFFERED and not (SUFFERED[word] == "displaced" and _is_combatant(mention)):
            return Harm(SUFFERED[word], step, is_possible)
        if word in PARTICIPLES and (is_passive or not (is_perfect or needs_passive)):
            return (
                None
                if not is_passive and _has_object(tokens, step + 1, starts)
                else Harm(PARTICIPLES[word], step, is_possible)
            )
        if word in ADJECTIVES and not (needs_passive or is_perfect) and not _has_object(tokens, step + 1, starts):
            return Harm(ADJECTIVES[word], step, is_possible)
        is_passive = is_passive or word in AROUND["passive"]
        is_perfect = is_perfect or word in AROUND["perfect"]
        is_possible = is_possible or word in AROUND["modals"]
        if word not in AROUND["passive"] | AROUND["perfect"] | AROUND["modals"] | AROUND["links"]:
            return None
    return None


def _is_combatant(mention: Mention) -> bool:
    return mention.noun is not None and mention.noun.status == "combatant"


def _has_object(tokens: Tokens, place: int, starts: frozenset[int]) -> bool:
    """
    Tell whether a verb before ``place`` has an object, so that "two gunmen killed" is done by them, not to them.

    ``starts`` are the places where mentions start; after "dead" and "missing" the next mention is a new count.
    """
    while tokens.word(place) in ("and", "or") and tokens.word(place + 1) in PARTICIPLES:
        place += 2
    if tokens.word(place - 1) in ("dead", "missing"):
        return False
    return place in starts or tokens.word(place) in _OBJECT_WORDS or tokens.word(place) in persons()


def _within(tokens: Tokens, mention: Mention) -> Harm | None:
    """Find the harm inside the mention: "12 casualties", "one dead soldier", "nine bodies"."""
    for place in range(mention.end - 1, mention.start - 1, -1):
        word = tokens.words[place]
        if word in ("bodies", "body"):
            return Harm("killed", place)
        if kind := NOUNS.get(word) or ADJECTIVES.get(word) or PARTICIPLES.get(word):
            return Harm(kind, place)
    return None
