"""Mentions: every phrase of a sentence that counts persons, before anything is known of what happened to them."""

from dataclasses import dataclass
from functools import cache

from tollwire.figures.clause_words import (
    ADJECTIVAL,
    BE,
    COUNTED,
    COUNTING,
    DENIALS,
    FUNCTION_WORDS,
    MONTHS,
    SPEECH,
    is_adverb,
)
from tollwire.figures.figure import NONE, Figure, exact
from tollwire.figures.harm_words import ADJECTIVES, NOUNS, OUTCOMES, PARTICIPLES, harm_forms
from tollwire.figures.lexicons import lexicon
from tollwire.figures.nouns import Head, Noun, families, head_after, pair_openers, person_at, persons, things
from tollwire.figures.numbers import is_number_word
from tollwire.figures.parse import DEFINITE, is_none
from tollwire.figures.places import adjectives
from tollwire.figures.profile import Profile
from tollwire.figures.quantity import openers, read_quantity
from tollwire.figures.tokens import Tokens

ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
PRONOUNS = frozenset(("them", "whom", "us", "you"))
LONGEST_GUESS = 6  # tokens from a quantity to a noun that no list has
LEADING = DEFINITE | {"a", "an"}
LONGEST_WHOLE = 4  # words after "of the" in which the number or noun stands
YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Mention:
    """
    A phrase that counts persons, as token places: it starts at ``start``, ends at ``end``; ``after`` is where the
    sentence goes on, past "of the 43 aboard".

    ``noun`` is None for a bare number; ``is_bare`` marks a phrase without any number or article,
    ``is_guess`` one whose noun is in no list and may be no person.
    """

    start: int
    end: int
    after: int
    figure: Figure
    noun: Noun | None
    is_bare: bool = False
    is_guess: bool = False


@cache
def _plural_adjectives() -> frozenset[str]:
    listed = lexicon("nouns")["adjectives"]["words"]
    return frozenset(listed) | {word.lower() for word in adjectives() if " " not in word}


@cache
def _starts(profile: str) -> frozenset[str]:
    """Give the words that a mention may start with, beside digits."""
    return (
        openers(profile)
        | DEFINITE
        | {"a", "an", "any", "no", "another"}
        | _plural_adjectives()
        | frozenset(persons())
        | pair_openers()
    )


def find_mentions(tokens: Tokens, profile: Profile) -> list[Mention]:
    """List the mentions of one sentence from left to right; they never overlap."""
    mentions: list[Mention] = []
    starts, quantities, words = _starts(profile.name), openers(profile.name), tokens.words
    place = after = 0
    for place, word in enumerate(words):
        if place < after or not (place == 0 or word in starts or word[0].isdecimal()):
            continue
        mention = None
        after = place + 1
        following = words[place + 1] if word in DEFINITE and place + 1 < len(words) else word
        if following in quantities or following[0].isdecimal():  # "the nine people", but not "the people"
            mention, after = _counted(tokens, place, profile)
        mention = mention or _one(tokens, place, profile) or _bare(tokens, place, profile)
        if mention:
            mentions.append(mention)
            after = mention.after
    return mentions


def _counted(tokens: Tokens, place: int, profile: Profile) -> tuple[Mention | None, int]:
    """Read a mention with a quantity; give too where to go on, past the words of what does not count persons."""
    word = tokens.words[place]
    before = tokens.word(place - 1)
    if before == "how" or (word == "one" and before in BE and tokens.word(place + 1) == "of"):
        return None, place + 1  # "how many died", "he was one of ten wounded men"
    if (
        word in ("this", "that")
        or (word == "one" and tokens.word(place - 1) == "the")
        or _is_age_or_date(tokens, place)
    ):
        return None, place + 1
    if word == "no":
        if tokens.word(place + 1) == "one":
            return _with_noun(tokens, place, place + 2, NONE), place + 2
        if is_none(tokens, place):
            return _with_noun(tokens, place, place + 1, NONE), place + 1
    quantity = read_quantity(tokens, place, profile)
    if quantity is None:
        return None, place + 1
    mention = _with_noun(tokens, place, quantity.end, quantity.figure)
    return mention, place + 1 if word in DEFINITE else max(place + 1, quantity.end)


def _with_noun(tokens: Tokens, start: int, end: int, figure: Figure) -> Mention | None:
    """Add the head noun to a quantity; None when what is counted is not persons."""
    following = end + (end < len(tokens) and tokens.words[end] == "of")
    if following > end and following < len(tokens) and tokens.words[following] in DEFINITE | PRONOUNS:
        return _part(tokens, start, end, following, figure)
    if head := head_after(tokens, following):
        after = _past_members(tokens, head.end)
        return Mention(start, after, after, figure, head.noun)
    for step in (following, following + 1):
        if tokens.word(step) in families():
            at_least = Figure("at_least", low=figure.low) if figure.bound == "exact" else figure
            return Mention(start, step + 1, step + 1, at_least, Noun(True))
    for step in range(following, min(following + 3, len(tokens))):
        if tokens.words[step] in FUNCTION_WORDS or not tokens.is_word(step):
            break
        if tokens.words[step] in NOUNS and tokens.words[step] not in ADJECTIVES:
            return Mention(start, step + 1, step + 1, figure, Noun(True))
    if end < len(tokens) and tokens.words[end] == "more":
        end += 1
    if tokens.word(end) in ADJECTIVES and _is_noun(tokens, start, end):
        return Mention(start, end + 1, end + 1, figure, None)
    if end < len(tokens) and tokens.is_number(end):
        return None  # "one 60 mm mortar"
    if end >= len(tokens) or not tokens.is_word(end) or _may_follow_number(tokens.words[end]):
        is_date = (
            end == start + 1 and tokens.words[start].isdecimal() and (figure.low in YEARS or _is_time(tokens, start))
        )
        return None if is_date else Mention(start, end, end, figure, None)
    if following > end:
        return None
    while end < start + LONGEST_GUESS and tokens.word(end) in _plural_adjectives():
        end += 1
    word = tokens.word(end)
    if word in things() or word in MONTHS or not word.endswith("s") or word.endswith(("'s", "ss")):
        return None
    return Mention(start, end + 1, end + 1, figure, None, is_guess=True)


def _is_time(tokens: Tokens, place: int) -> bool:
    """Tell the time in "at 1300", but not the count in "stood at 1300"."""
    if len(tokens.words[place]) != len("1300") or tokens.word(place - 1) not in ("at", "by", "until"):
        return False
    return COUNTING.isdisjoint(tokens.words[max(0, place - 6) : place - 1])


def _is_noun(tokens: Tokens, start: int, place: int) -> bool:
    """
    Tell "dead" or "wounded" as a noun: "counts two dead", "nine dead and thirty wounded".

    Source: annotations/GUIDELINES.md, 2 "Spans".
    """
    if tokens.words[place] in ("dead", "missing"):
        phrase = OUTCOMES.at(tokens, place)
        return phrase is None or phrase[1] == place + 1  # "eleven dead or wounded" are eleven
    is_object = tokens.word(start - 1) in COUNTED and (place + 1 >= len(tokens) or tokens.is_mark(place + 1))
    is_listed = tokens.word(place + 1) == "," and tokens.word(place + 2) in ("including", "among")
    is_beside = tokens.words[place] in ("wounded", "injured") and "dead" in tokens.words[max(0, start - 4) : start]
    return is_object or is_listed or is_beside


def _past_members(tokens: Tokens, end: int) -> int:
    """Step past whose members they are: "six members of a dissident faction"."""
    if tokens.word(end - 1) not in ("members", "member") or tokens.word(end) != "of":
        return end
    step = end + 1
    for word in tokens.words[step : step + LONGEST_WHOLE + 2]:
        if word in harm_forms() or not (word in LEADING or _is_led(word)):
            break
        step += 1
    return step if step > end + 1 else end


def _may_follow_number(word: str) -> bool:
    """Tell a word that shows that the number before it stands alone: "nine were killed", "hundreds sought refuge"."""
    return word not in things() and (word in FUNCTION_WORDS or word in harm_forms() or word in OUTCOMES)


def _part(tokens: Tokens, start: int, end: int, following: int, figure: Figure) -> Mention:
    """
    Read a part of others: "three of his men" with the noun, "three of them" and "19 of the 43 aboard" without.

    Source: annotations/GUIDELINES.md, 2 "Spans".
    """
    whole = tokens.words[following + 1 : following + 1 + LONGEST_WHOLE]
    numbers = [step for step, word in enumerate(whole) if word[0].isdecimal() or is_number_word(word)]
    after = following + 1
    if tokens.words[following] in PRONOUNS:
        return Mention(start, end, after, figure, None)
    if numbers and all(_is_led(word) for word in whole[: numbers[0]]):
        head = head_after(tokens, after + numbers[0] + 1)  # "the 43 aboard" are read by themselves
        return Mention(start, end, end, figure, head.noun if head else None)
    if head := head_after(tokens, after):
        return Mention(start, head.end, head.end, figure, head.noun)
    for step, word in enumerate(whole):
        if word in ADJECTIVES or word in PARTICIPLES or word in things():
            return Mention(start, after + step + 1, after + step + 1, figure, Noun(True))
        if not _is_led(word):
            break
    return Mention(start, end, after, figure, None)


def _is_led(word: str) -> bool:
    """Tell a word that may stand between "of the" and what is meant: "the bus's 30", "the escaped convicts"."""
    return word[0].isalpha() and word not in FUNCTION_WORDS


def _is_age_or_date(tokens: Tokens, place: int) -> bool:
    before = tokens.words[place - 1] if place else ""
    if before in ("aged", "age", "ages") or (before in MONTHS and tokens.is_number(place)):
        return True
    # "Idris Mohan, 46, was killed"
    return before == "," and tokens.word(place + 1) in (",", "") and place > 1 and len(tokens.words[place]) < 3


def _one(tokens: Tokens, place: int, profile: Profile) -> Mention | None:
    """Read one person: "a soldier", "the rebel commander"; and "soldier" where a headline starts."""
    word = tokens.words[place]
    if place and tokens.words[place - 1] in ("neither", "nor", "not"):
        return None
    if word == "that" or (word == "this" and tokens.word(place + 1) in harm_forms()):
        return None  # "that killed a soldier", "that one soldier died"
    if word == "any" and not DENIALS.isdisjoint(tokens.words[:place]):
        head = head_after(tokens, place + 1)
        vague = Figure("vague", low=profile.bare_plural)
        return head and Mention(place, head.end, head.end, vague if head.noun.is_plural else exact(1), head.noun)
    if (word == "another" and _is_closed(tokens, place + 1)) or (
        word in ("a", "the")
        and tokens.word(place + 1) in ORDINALS
        and _is_closed(tokens, place + 2)
        and tokens.word(place - 1) not in ("in", "on", "for", "since")
    ):
        end = place + 1 + (word != "another")
        return Mention(place, end, end, exact(1), None)  # "another wounded", "arrested a third"
    if word in ("a", "an", "another") or word in DEFINITE:
        head = head_after(tokens, place + 1)
        if head is None or _names_a_thing(tokens, head):
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
            return Mention(place, head.end, head.end, exact(1), head.noun)
    if place == 0 and (head := person_at(tokens, 0) or _headline(tokens)) and not head.noun.is_plural:
        return Mention(0, head.end, head.end, exact(1), head.noun, is_bare=True)
    return None


def _names_a_thing(tokens: Tokens, head: Head) -> bool:
    """Tell a noun that only says whose something is: "an insurgent threat", "a rebel stronghold"."""
    if head.noun.is_plural or tokens.words[head.end - 1] not in ADJECTIVAL or _is_closed(tokens, head.end):
        return False
    follower = tokens.words[head.end]
    return follower not in SPEECH and not is_adverb(follower) and not follower.endswith(("ed", "ing"))


def _headline(tokens: Tokens) -> Head | None:
    """Read the person that a headline opens with: "Ex-minister gunned down", "Senior rebel commander killed"."""
    head = head_after(tokens, 0)
    follows = tokens.word(head.end) if head else ""
    return head if follows in harm_forms() or follows in OUTCOMES else None


def _is_closed(tokens: Tokens, place: int) -> bool:
    """Tell whether no noun can follow."""
    if place >= len(tokens):
        return True
    return tokens.is_mark(place) or tokens.words[place] in FUNCTION_WORDS or tokens.words[place] in harm_forms()


def _bare(tokens: Tokens, place: int, profile: Profile) -> Mention | None:
    """Read a plural without a number or article: "terrorists", "Kurdish civilians"."""
    step = place
    while step < len(tokens) and step < place + 4 and tokens.words[step] in _plural_adjectives():
        if tokens.words[step] in persons() and person_at(tokens, step + 1) is None:
            break
        step += 1
    head = head_after(tokens, step) if person_at(tokens, step) else None
    if head is None or not head.noun.is_plural or tokens.words[place] == "bodies" or _has_determiner(tokens, place):
        return None
    if tokens.words[max(0, place - 2) : place] == ["number", "of"]:
        return None  # "the number of people killed rose to 14"
    return Mention(place, head.end, head.end, Figure("vague", low=profile.bare_plural), head.noun, is_bare=True)


def _has_determiner(tokens: Tokens, place: int) -> bool:
    """Tell whether an article or an owner stands before a plural: "the following members", "the rebels' leaders"."""
    for step in range(place - 1, max(-1, place - 4), -1):
        word = tokens.words[step]
        if word in DEFINITE or word in ("a", "an", "-", "'", "’") or word.endswith("'s"):
            return True
        if not tokens.is_word(step) or word in FUNCTION_WORDS or word in harm_forms():
            return False
    return False
