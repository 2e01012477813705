"""Mentions: every phrase of a sentence that counts persons, before anything is known of what happened to them."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from tollwire.figures.clause_words import (
    ADJECTIVAL,
    DEATHS,
    DEFINITE,
    DENIALS,
    FUNCTION_WORDS,
    LOSSES,
    MONEY,
    ORDINALS,
    PASTS,
    SIZES,
    SPEECH,
    is_adverb,
)
from tollwire.figures.counted import NATIONALITIES, PLURAL_ADJECTIVES, past_members, read_counted, read_part
from tollwire.figures.figure import Figure, exact
from tollwire.figures.harm_words import HARM_FORMS, OF_NOUNS, OUTCOMES
from tollwire.figures.mention import Mention
from tollwire.figures.nouns import FAMILIES, PAIR_OPENERS, PERSONS, THINGS, Head, Noun, head_after, person_at
from tollwire.figures.profile import Profile
from tollwire.figures.quantity import has_group, may_open, openers, sized_group
from tollwire.figures.tokens import Tokens

OPENING: Final = 2  # tokens with which a headline leads to its noun
LONGEST_LIST: Final = 8  # tokens of a list with which a headline opens
# tokens behind the article; letters
LONGEST_AGENT: Final = 3
SHORTEST_AGENT: Final = 4
_AGENTS: Final = ("er", "or", "ist", "man", "woman", "ian", "ier")
_SHARED: Final = frozenset(("a", "an", "his", "her", "their", "the"))  # articles that two may share
_OF_ONE: Final = frozenset(("was", "is", "has"))  # what follows says of one person that he is both
_TOLD_OF: Final = frozenset(("known", "sought", "thought", "seen"))  # "an insurgent known to move weapons"
_EVERYONE: Final = frozenset(("everyone", "everybody"))
# The words that a plural without a number or article may start with.
_BARE_STARTS: Final = PLURAL_ADJECTIVES | frozenset(PERSONS) | PAIR_OPENERS | FAMILIES
_LEADS: Final = DEFINITE | {"a", "an", "one", "another"}
_ONES: Final = _LEADS | {"any"}  # before one person
_LOSSES: Final = SIZES | ORDINALS | _EVERYONE | {"a", "any", "another"}  # before a loss that is told without a number


@cache
def _starts(profile: str) -> frozenset[str]:
    """Give the words that a mention may start with, beside digits."""
    return openers(profile) | {"no"} | _ONES | _EVERYONE | SIZES | _BARE_STARTS


def find_mentions(tokens: Tokens, profile: Profile) -> list[Mention]:
    """List the mentions of one sentence from left to right; they never overlap."""
    mentions: list[Mention] = []
    starts, quantities = _starts(profile.name), openers(profile.name)
    words = tokens.words
    has_groups = has_group(tokens)
    after = 0
    for place, word in enumerate(words):
        if place < after:
            continue
        is_compound = place + 1 < len(words) and words[place + 1] == "-" and tokens.touches(place)
        if not (word in starts or place == 0 or is_compound or word[0].isdecimal()):
            continue
        mention = _grouped(tokens, place, profile) if has_groups and word in _LEADS else None
        after = place + 1
        following = words[after] if word in DEFINITE and after < len(words) else word
        # "the nine people", but not "the people"
        is_number = following in quantities or following[0].isdecimal()
        if is_number and mention is None and may_open(tokens, place, profile):
            mention, after = read_counted(tokens, place, profile)
        if word == "many" and words[max(0, place - 1)] == "as":
            mention = _as_many(tokens, place, mentions)
        if mention is None and mentions and _is_listed_in_headline(tokens, place, mentions):
            mention = _headline_person(tokens, place)
        if mention is None and mentions and _is_second_of_two(tokens, place, mentions[-1]):
            mention = _headline_person(tokens, place)
        if mention is None and word in _LOSSES:
            mention = _losses(tokens, place, profile)
        if mention is None and (word in _ONES or place == 0):
            mention = _one(tokens, place, profile)
        is_none = bool(mentions) and mentions[-1].figure.bound == "none" and mentions[-1].after == place - 1
        is_none = is_none and words[place - 1] in ("or", "nor", "and")  # "no engineers or soldiers were hurt"
        if mention is None and not is_none and (word in _BARE_STARTS or is_compound):
            mention = _bare(tokens, place, profile)
        is_inner = bool(mentions) and mentions[-1].after == place - 1 and words[place - 1] == "of"
        if mention and not (is_inner and mention.is_bare):  # "a commander of foreign fighters and six others"
            mentions.append(mention)
            after = mention.after
    return mentions


def _losses(tokens: Tokens, place: int, profile: Profile) -> Mention | None:
    """Read losses of which only the size is told: "heavy losses", "any deaths", "a third life"; but not of money."""
    words = tokens.words
    ordinal = place + (words[place] == "a")
    if tokens.word(ordinal + 1) == "life" and (words[ordinal] == "another" or words[ordinal] in ORDINALS):
        return Mention(place, ordinal + 2, ordinal + 2, exact(1), Noun(False))
    if words[place] in _EVERYONE:
        return Mention(place, place + 1, place + 1, Figure("vague", low=profile.bare_plural), Noun(False), is_bare=True)
    any_of = DEATHS if words[place] == "any" else LOSSES if words[place] in SIZES else frozenset[str]()
    if tokens.word(place + 1) not in any_of or not MONEY.isdisjoint(words):
        return None
    return Mention(place, place + 2, place + 2, Figure("vague", low=profile.bare_plural), Noun(True))


def _as_many(tokens: Tokens, place: int, mentions: Sequence[Mention]) -> Mention | None:
    """Read "as many" as the number before: "five died and as many were hurt"."""
    counted = [one.figure for one in mentions if one.figure.bound != "none" and not one.is_bare]
    is_compared = tokens.word(place + 1) == "as" or tokens.word(place - 2) in ("twice", "half")
    if is_compared or not counted:
        return None
    start, end, figure = place - 1, place + 1 + (tokens.word(place + 1) in ("again", "more")), counted[-1]
    if tokens.words[max(0, start - 2) : start] == ["at", "least"] and figure.low:
        start, figure = start - 2, Figure("at_least", low=figure.low)
    head = head_after(tokens, end)  # "as many rebels"
    if head and head.noun.is_plural:
        return Mention(start, head.end, head.end, figure, head.noun)
    return Mention(start, end, end, figure, None)


def _grouped(tokens: Tokens, place: int, profile: Profile) -> Mention | None:
    """Read a group by its size: "a family of five", "a patrol of nine soldiers"."""
    group = sized_group(tokens, place, profile)
    if group is None:
        return None
    head = head_after(tokens, group.end)
    end = head.end if head else group.end
    return Mention(place, end, end, group.figure, head.noun if head else Noun(True))


def _one(tokens: Tokens, place: int, profile: Profile) -> Mention | None:
    """Read one person: "a soldier", "the rebel commander"; and "soldier" where a headline starts."""
    word = tokens.words[place]
    if place and tokens.words[place - 1] in ("neither", "nor", "not"):
        return None
    if word == "that" or (word == "this" and tokens.word(place + 1) in HARM_FORMS):
        return None  # "that killed a soldier", "that one soldier died"
    if word == "any" and not DENIALS.isdisjoint(tokens.words[:place]):
        head = head_after(tokens, place + 1)
        vague = Figure("vague", low=profile.bare_plural)
        return head and Mention(place, head.end, head.end, vague if head.noun.is_plural else exact(1), head.noun)
    if word == "another" and tokens.word(place + 1) == "of" and (part := read_part(tokens, place, place + 1)):
        return part  # "another of the hostages"
    if (word == "another" and _is_closed(tokens, place + 1)) or (
        word in ("a", "the")
        and tokens.word(place + 1) in ORDINALS
        and tokens.word(place + 2) != "of"
        and (_is_closed(tokens, place + 2) or tokens.word(place + 2) in PASTS)
        and tokens.word(place - 1) not in ("in", "on", "for", "since")
    ):
        end = place + 1 + (word != "another")
        return Mention(place, end, end, exact(1), None)  # "another wounded", "arrested a third"
    if word in _LEADS and (couple := _couple(tokens, place)):
        return couple
    if place == 0 and word == "couple" and tokens.word(1) in HARM_FORMS:
        return Mention(0, 1, 1, exact(2), Noun(True))
    if word in ("a", "an", "another") or word in DEFINITE:
        head = head_after(tokens, place + 1)
        if head is None:
            return _agent(tokens, place)
        if _names_a_thing(tokens, head):
            return None
        if head.noun.is_plural:
            # A plural that is only "the rebels" counts where the text has not counted them before.
            vague = Figure("vague", low=profile.bare_plural)
            is_known = (
                word in DEFINITE and word not in ("that", "this") and "bodies" not in tokens.words[place : head.end]
            )
            return Mention(place, head.end, head.end, vague, head.noun, is_bare=True) if is_known else None
        last = tokens.words[head.end - 1]
        is_body = word in DEFINITE and last in ("body", "corpse")
        is_cut = last == "other" and head.end < len(tokens) and not _is_closed(tokens, head.end)  # "the other five"
        if not (is_body or is_cut):
            end = past_members(tokens, head) if last == "member" else head.end
            return Mention(place, end, end, exact(1), head.noun)
    return _headline_person(tokens, 0) if place == 0 else None


def _couple(tokens: Tokens, place: int) -> Mention | None:
    """Read two who are married: "an elderly couple", "the couple"."""
    near = tokens.words[place + 1 : place + 1 + LONGEST_AGENT]
    end = place + 2 + near.index("couple") if "couple" in near else place
    if end == place or tokens.word(end) == "of" or not FUNCTION_WORDS.isdisjoint(near[: end - place - 2]):
        return None
    return Mention(place, end, end, exact(2), Noun(True))


def _headline_person(tokens: Tokens, place: int) -> Mention | None:
    """Read one person without an article, as headlines name them: "Teenager, grandmother killed"."""
    head = _headline(tokens, place) or person_at(tokens, place)
    if head is None or head.noun.is_plural:
        return None
    return Mention(place, head.end, head.end, exact(1), head.noun, is_bare=True)


def _is_listed_in_headline(tokens: Tokens, place: int, mentions: Sequence[Mention]) -> bool:
    is_after_first = bool(mentions) and mentions[0].start == 0 and all(one.is_bare for one in mentions)
    return is_after_first and mentions[-1].end == place - 1 and tokens.words[place - 1] in (",", "and")


def _is_second_of_two(tokens: Tokens, place: int, first: Mention) -> bool:
    """Tell the second of two who share an article: "a father and son", not "a singer and actor was"."""
    is_led = first.figure.high == 1 and tokens.words[first.start] in _SHARED and first.end == place - 1
    if not is_led or tokens.words[place - 1] != "and":
        return False
    head = person_at(tokens, place)
    return head is not None and not head.noun.is_plural and tokens.word(head.end) not in _OF_ONE


def _agent(tokens: Tokens, place: int) -> Mention | None:
    """Read a noun that no list has as a person by its ending: "a deminer", "the carter", "a Quill councilwoman"."""
    for step in range(place + 1, min(place + 1 + LONGEST_AGENT, len(tokens))):
        word = tokens.words[step]
        if not tokens.is_word(step) or word in FUNCTION_WORDS or word in THINGS or word in HARM_FORMS:
            return None
        is_closed = _is_closed(tokens, step + 1) or tokens.words[step + 1].endswith("ing")
        if is_closed and word in NATIONALITIES and step == place + 1:
            return Mention(place, step + 1, step + 1, exact(1), Noun(False))  # "an American"
        if is_closed and len(word) > SHORTEST_AGENT and word.endswith(_AGENTS):
            return Mention(place, step + 1, step + 1, exact(1), None, is_guess=True)
    return None


def _names_a_thing(tokens: Tokens, head: Head) -> bool:
    """Tell a noun that only says whose something is: "an insurgent threat", "a rebel stronghold"."""
    if head.noun.is_plural or tokens.words[head.end - 1] not in ADJECTIVAL or _is_closed(tokens, head.end):
        return False
    follower = tokens.words[head.end]
    return (
        follower not in SPEECH
        and follower not in _TOLD_OF
        and not is_adverb(follower)
        and not follower.endswith(("ed", "ing"))
    )


def _headline(tokens: Tokens, place: int) -> Head | None:
    """Read the person that a headline opens with: "Ex-minister gunned down", "Senior rebel commander killed"."""
    head = head_after(tokens, place)
    if head is None:
        return None
    follows = tokens.word(head.end)
    is_list = follows in ("and", ",") and not HARM_FORMS.isdisjoint(tokens.words[head.end : head.end + LONGEST_LIST])
    return head if is_list or follows == "among" or follows in HARM_FORMS or follows in OUTCOMES else None


def _is_closed(tokens: Tokens, place: int) -> bool:
    """Tell whether no noun can follow."""
    if place >= len(tokens):
        return True
    word = tokens.words[place]
    is_harm = word in HARM_FORMS or (word in OUTCOMES and person_at(tokens, place) is None)
    return tokens.is_mark(place) or word in FUNCTION_WORDS or is_harm


def _bare(tokens: Tokens, place: int, profile: Profile) -> Mention | None:
    """Read a plural without a number or article: "terrorists", "Kurdish civilians"."""
    step = place
    while step < len(tokens) and step < place + 4 and tokens.words[step] in PLURAL_ADJECTIVES:
        if tokens.words[step] in PERSONS and person_at(tokens, step + 1) is None:
            break
        step += 1
    is_compound = tokens.word(step + 1) == "-" and person_at(tokens, step + 2) is not None  # "stretcher-bearers"
    head = head_after(tokens, step) if is_compound or person_at(tokens, step) else None
    if head is None and tokens.word(step) in FAMILIES:
        head = Head(Noun(True), step + 1)
    if head and not head.noun.is_plural and _is_in_headline_noun(tokens, place):
        return Mention(place, head.end, head.end, exact(1), head.noun, is_bare=True)
    if head is None or not head.noun.is_plural or tokens.words[place] == "bodies" or _has_determiner(tokens, place):
        return None
    if tokens.words[max(0, place - 2) : place] == ["number", "of"]:
        return None  # "the number of people killed rose to 14"
    return Mention(place, head.end, head.end, Figure("vague", low=profile.bare_plural), head.noun, is_bare=True)


def _is_in_headline_noun(tokens: Tokens, place: int) -> bool:
    """Tell a person without an article behind a noun of harm without one: "Murder of nun stirs anger"."""
    is_led = tokens.word(place - 1) == "of" and tokens.word(place - 2) in OF_NOUNS
    return is_led and place - 2 < OPENING and tokens.word(place + 1) not in ("life", "lives")


def _has_determiner(tokens: Tokens, place: int) -> bool:
    """Tell whether an article or an owner stands before a plural: "the following members", "the rebels' leaders"."""
    for step in range(place - 1, max(-1, place - 4), -1):
        word = tokens.words[step]
        if word in DEFINITE or word in ("a", "an", "-", "'", "’") or word.endswith("'s"):
            return True
        if not tokens.is_word(step) or word in FUNCTION_WORDS or word in HARM_FORMS:
            return False
    return False
