"""Mentions that state a number: the quantity, what it counts, and whether that is persons."""

from dataclasses import replace
from typing import Final

from tollwire.figures.clause_words import (
    ADJECTIVAL,
    BE,
    COMPOUNDS,
    CONFIRMS,
    COUNTED,
    COUNTING,
    DEFINITE,
    DETERMINERS,
    FUNCTION_WORDS,
    LABELLED,
    MONTHS,
    NO_CASUALTIES,
    PASTS,
    STATES,
    is_adverb,
)
from tollwire.figures.figure import NONE, Figure, exact
from tollwire.figures.harm_words import ADJECTIVES, AROUND, HARM_FORMS, NOUNS, OUTCOMES, PARTICIPLES
from tollwire.figures.lexicons import lexicon
from tollwire.figures.mention import Mention
from tollwire.figures.nouns import FAMILIES, PERSONS, THINGS, Head, Noun, head_after, is_plural_word
from tollwire.figures.numbers import NUMBER_WORDS
from tollwire.figures.places import adjectives
from tollwire.figures.profile import Profile
from tollwire.figures.quantity import GROUPS, is_none, read_quantity
from tollwire.figures.tokens import Tokens

PRONOUNS: Final = frozenset(("them", "whom", "us", "you"))
_WHOLES: Final = DEFINITE | PRONOUNS  # open the whole behind "of"
LONGEST_GUESS: Final = 6  # tokens from a quantity to a noun that no list has
_NO_PERSON: Final = frozenset(("nobody", "one", "else"))
_AGED: Final = frozenset(("is", "was"))
_ONE_WHO: Final = frozenset(("who", "he", "she"))
_MEMBERS: Final = frozenset(("member", "members", "men", "followers", "supporters", "residents"))
LONGEST_AGE: Final = 2  # signs
LONGEST_WHOLE: Final = 4  # words after "of the" in which the number or noun stands
YEARS: Final = range(1900, 2101)
# The adjectives of countries that are one word, in lower case.
NATIONALITIES: Final = frozenset(word.lower() for word in adjectives() if " " not in word)
PLURAL_ADJECTIVES: Final = frozenset(lexicon("nouns")["adjectives"]["words"]) | NATIONALITIES


def described_at(tokens: Tokens, place: int) -> Head | None:
    """Read who somebody is told to be: "a former tailor" behind "was", "suspected gunmen" behind "of them"."""
    place += tokens.word(place) in ("a", "an")
    while tokens.word(place) in PLURAL_ADJECTIVES or is_adverb(tokens.word(place)):
        place += 1
    return head_after(tokens, place)


def read_counted(tokens: Tokens, place: int, profile: Profile) -> tuple[Mention | None, int]:
    """Read a mention with a quantity; give too where to go on, past the words of what does not count persons."""
    word = tokens.words[place]
    before = tokens.word(place - 1)
    if before == "how" or (word == "one" and before in BE and tokens.word(place + 1) == "of"):
        return None, place + 1  # "how many died", "he was one of ten wounded men"
    if (
        word in ("this", "that")
        or (word == "one" and tokens.word(place - 1) == "the")
        or _is_age_or_date(tokens, place)
        or (before in LABELLED and tokens.is_number(place) and head_after(tokens, place + 1) is None)
    ):
        return None, place + 1
    if word == "no":
        if tokens.word(place + 1) == "one":
            end = place + 2 + (tokens.word(place + 2) == "else")
            return _with_noun(tokens, place, end, NONE), end
        if is_none(tokens, place):
            mention = _with_noun(tokens, place, place + 1, NONE)
            return (None if mention and _is_unconfirmed(tokens, mention) else mention), place + 1
    quantity = read_quantity(tokens, place, profile)
    if quantity is None:
        return None, place + 1
    mention = _with_noun(tokens, place, quantity.end, quantity.figure)
    if mention and mention.noun is None and tokens.words[mention.start : mention.after] == ["a", "couple"]:
        mention = replace(mention, figure=exact(2), noun=Noun(True))
    return mention, place + 1 if word in DEFINITE else max(place + 1, quantity.end)


def _is_unconfirmed(tokens: Tokens, mention: Mention) -> bool:
    """
    Tell "confirmed no deaths" and "no deaths have been confirmed", which do not say that there were none.

    Source: annotations/GUIDELINES.md, 10 "No figure of none".
    """
    is_event = tokens.words[mention.end - 1] in NO_CASUALTIES
    behind = tokens.words[mention.end : mention.end + 4]
    return is_event and (tokens.word(mention.start - 1) in CONFIRMS or "confirmed" in behind)


def _with_noun(tokens: Tokens, start: int, end: int, figure: Figure) -> Mention | None:
    """Add the head noun to a quantity; None when what is counted is not persons."""
    following = end + (end < len(tokens) and tokens.words[end] == "of")
    if following > end and _is_of_things(tokens, following):
        return None  # "dozens of cows"
    if following > end and following < len(tokens) and tokens.words[following] in _WHOLES:
        return _part(tokens, start, end, following, figure)
    is_pronoun = tokens.words[end - 1] in _NO_PERSON and tokens.word(end - 2) != "not"
    if figure.bound == "none" and is_pronoun:
        return Mention(start, end, end, figure, None)  # "nobody here": no noun can follow
    if figure.bound == "none" and tokens.word(end + 1) in ("or", "nor") and (head := head_after(tokens, end + 2)):
        return Mention(start, head.end, head.end, figure, head.noun)  # "no coalition or Afghan soldiers"
    if tokens.word(end) in ADJECTIVAL and tokens.word(end + 1) == "dead":
        return Mention(start, end + 2, end + 2, figure, None)  # "40 rebel dead"
    if head := head_after(tokens, following):
        after = past_members(tokens, head)
        return Mention(start, after, after, figure, head.noun)
    for step in (following, following + 1):
        if tokens.word(step) in FAMILIES:
            least = figure.low if figure.bound == "exact" else figure.best if figure.bound == "about" else None
            at_least = figure if least is None else Figure("at_least", low=least)
            return Mention(start, step + 1, step + 1, at_least, Noun(True))
    for step in range(following, min(following + 3, len(tokens))):
        if tokens.words[step] in FUNCTION_WORDS or not tokens.is_word(step):
            break
        is_loss = figure.bound == "none" and tokens.words[step] == "losses"
        if tokens.words[step] == "death" and tokens.word(step + 1) in COMPOUNDS:
            return None  # "three death threats"
        if is_loss or (tokens.words[step] in NOUNS and tokens.words[step] not in ADJECTIVES):
            return Mention(start, step + 1, step + 1, figure, Noun(True))
    if end < len(tokens) and tokens.words[end] == "more":
        end += 1
    if tokens.word(end) in ADJECTIVES and _is_noun(tokens, start, end):
        return Mention(start, end + 1, end + 1, figure, None)
    if end < len(tokens) and tokens.is_number(end):
        return None  # "one 60 mm mortar"
    phrase = OUTCOMES.at(tokens, end)
    is_told = phrase is not None and phrase[1] > end + 1  # "seven shot dead"
    is_compound = tokens.word(end + 1) == "-" and tokens.touches(end)  # "three burned-out buses"
    if (
        end >= len(tokens)
        or not tokens.is_word(end)
        or is_told
        or (_may_follow_number(tokens.words[end]) and not is_compound)
    ):
        is_date = (
            end == start + 1 and tokens.words[start].isdecimal() and (figure.low in YEARS or _is_time(tokens, start))
        )
        return None if is_date else Mention(start, end, end, figure, None)
    if following > end:
        return None
    if tokens.words[end].endswith("ed") and tokens.word(end + 1) in FUNCTION_WORDS:
        return Mention(start, end, end, figure, None)  # "thousands streamed across"
    while end < start + LONGEST_GUESS and tokens.word(end) in PLURAL_ADJECTIVES:
        end += 1
    word = tokens.word(end)
    if (
        word in THINGS
        or word in MONTHS
        or word in AROUND["limbs"]
        or not word.endswith("s")
        or word.endswith(("'s", "ss"))
    ):
        return None
    return Mention(start, end + 1, end + 1, figure, None, is_guess=True)


def _is_of_things(tokens: Tokens, place: int) -> bool:
    near = [word for word in tokens.words[place : place + 2] if word != "number"]  # "one of their number"
    is_of_people = not FAMILIES.isdisjoint(near) or not GROUPS.isdisjoint(near)
    return not THINGS.isdisjoint(near) and not is_of_people and head_after(tokens, place) is None


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
    is_definite = tokens.words[start] == "the" and tokens.word(place + 1) in BE
    is_listed = tokens.word(place + 1) == "," and tokens.word(place + 2) in ("including", "among")
    is_beside = tokens.words[place] in ("wounded", "injured") and "dead" in tokens.words[max(0, start - 4) : start]
    return is_object or is_definite or is_listed or is_beside


def past_members(tokens: Tokens, head: Head) -> int:
    """
    Step past whose members they are: "six members of a dissident faction", "two fighters of Al-Shabaab".

    Source: annotations/GUIDELINES.md, 2 "Spans".
    """
    end = head.end
    is_member = tokens.word(end - 1) in _MEMBERS or head.noun.status == "combatant"
    if not is_member or tokens.word(end) != "of":
        return end
    step, last = end + 1, end + LONGEST_WHOLE + 3
    while step < min(last, len(tokens)):
        word = tokens.words[step]
        is_hyphen = word == "-" and tokens.touches(step - 1) and tokens.touches(step)
        is_count = word in NUMBER_WORDS and word != "one"  # "three members of one family"
        if word in HARM_FORMS or is_count or not (is_hyphen or word in DETERMINERS or _is_led(word)):
            break
        step += 1
        last += 2 * is_hyphen  # a hyphenated word is one
    return step if step > end + 1 else end


def _may_follow_number(word: str) -> bool:
    """Tell a word that shows that the number before it stands alone: "nine were killed", "hundreds sought refuge"."""
    is_verb = word in STATES or word in PASTS or word in HARM_FORMS or word in OUTCOMES
    return word not in THINGS and (word in FUNCTION_WORDS or is_verb)


def read_part(tokens: Tokens, start: int, end: int) -> Mention | None:
    """Read one of others, who "of" and those others follow: "another of the hostages"."""
    following = end + 1
    is_whole = following < len(tokens) and tokens.words[following] in _WHOLES
    return _part(tokens, start, end, following, exact(1)) if is_whole else None


def _part(tokens: Tokens, start: int, end: int, following: int, figure: Figure) -> Mention:
    """
    Read a part of others: "three of his men" with the noun, "three of them" and "19 of the 43 aboard" without.

    Source: annotations/GUIDELINES.md, 2 "Spans".
    """
    whole = tokens.words[following + 1 : following + 1 + LONGEST_WHOLE]
    numbers = [step for step, word in enumerate(whole) if word[0].isdecimal() or word in NUMBER_WORDS]
    after = following + 1
    if tokens.words[following] in PRONOUNS:
        return Mention(start, end, after, figure, None)
    if numbers and all(_is_led(word) for word in whole[: numbers[0]]):
        head = head_after(tokens, after + numbers[0] + 1)  # "the 43 aboard" are read by themselves
        return Mention(start, end, end, figure, head.noun if head else None)
    if head := head_after(tokens, after):
        return Mention(start, head.end, head.end, figure, head.noun)
    for step, word in enumerate(whole):
        is_noun = word in ADJECTIVES or word in PARTICIPLES or word in THINGS or is_plural_word(tokens, after + step)
        is_noun = is_noun or word in GROUPS  # "ten of the gang"
        if is_noun or (step == 0 and word == "own"):  # "lost three of their own"
            return Mention(start, after + step + 1, after + step + 1, figure, Noun(True))
        if not _is_led(word):
            break
    return Mention(start, end, after, figure, None)


def _is_led(word: str) -> bool:
    """Tell a word that may stand between "of the" and what is meant: "the bus's 30", "the escaped convicts"."""
    return word[0].isalpha() and word not in FUNCTION_WORDS


def _is_age_or_date(tokens: Tokens, place: int) -> bool:
    before = tokens.words[place - 1] if place else ""
    if before in _AGED and tokens.word(place - 2) in _ONE_WHO and len(tokens.words[place]) <= LONGEST_AGE:
        return True  # "his apprentice, who is 14"
    of = place - 1 - (before in ("about", "some", "around"))
    if tokens.word(of) == "of" and (owner := PERSONS.get(tokens.word(of - 1))) and not owner.is_plural:
        return True  # "a boy of 16", "a mother of three"
    month = tokens.word(place - 2) if before == "." else before  # "Jan. 8"
    if before in ("aged", "age", "ages") or (month in MONTHS and tokens.is_number(place)):
        return True
    if place < 2 or len(tokens.words[place]) > LONGEST_AGE:
        return False
    following = tokens.words[place + 1 : place + 4]
    if before == "and" and tokens.is_number(place - 2) and following[:1] == [","]:
        return _is_age_or_date(tokens, place - 2)
    is_pair = following[:1] == ["and"] and following[2:] == [","] and tokens.is_number(place + 2)
    # "Idris Mohan, 46, was killed", "two brothers, 9 and 11, were killed"
    return before == "," and (tokens.word(place + 1) in (",", "") or is_pair)
