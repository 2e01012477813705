"""Named persons: the one who is harmed and only called by name, told by where the name stands beside a word of harm."""

from collections.abc import Sequence
from typing import Final

from tollwire.figures.antecedents import find_antecedent
from tollwire.figures.clause_words import (
    ARTICLES,
    AUXILIARIES,
    BLOWN,
    BREAKS,
    DEADLY,
    DETERMINERS,
    FUNCTION_WORDS,
    MONTHS,
    OF_THINGS,
    PREPOSITIONS,
    RELATIVES,
    SPEECH,
    TITLES,
    is_adverb,
)
from tollwire.figures.figure import Figure, exact
from tollwire.figures.harm_words import BASES, HARM_FORMS, SUFFERED
from tollwire.figures.mention import Mention
from tollwire.figures.nouns import PERSONS, Noun, head_after, is_place_or_thing, person_at
from tollwire.figures.tokens import Tokens
from tollwire.figures.triggers import OBJECT, SUBJECT, Trigger

LONGEST_NAME: Final = 6  # tokens
LONGEST_ASIDE: Final = 14  # tokens between the commas behind a name
SURE_NAME: Final = 2  # words that are a name whatever follows
# What a passive is followed or preceded by where one person suffers it; "were killed" is told of several.
SINGULAR: Final = frozenset(("was", "is", "been", "being", "be", "wasn't", "isn't", "gets", "got"))
PERSON: Final = Noun(False)
BOMBERS: Final = Noun(True, "combatant", ("militants",))
REFLEXIVE: Final = frozenset(("himself", "herself", "themselves"))
SELF_REACH: Final = 12  # tokens from the verb to "themselves"


def named_mentions(
    text: str, tokens: Tokens, mentions: Sequence[Mention], triggers: Sequence[Trigger]
) -> list[Mention]:
    """
    List the persons who are harmed and only named, one for each word of harm that nobody else stands beside.

    A text in capitals shows no names; there two words or more count that are in no word list.
    """
    if not triggers:
        return []
    titles = {mention.start for mention in mentions if mention.is_bare and mention.figure.high == 1}
    taken = {place for mention in mentions for place in range(mention.start, mention.after)} - titles
    first, last = (tokens.starts[0], tokens.ends[-1]) if len(tokens) else (0, 0)
    is_upper = text[first:last].isupper()
    found: list[Mention] = []
    for trigger in triggers:
        if find_antecedent(tokens, mentions, trigger) is not None:
            continue
        find = _behind if trigger.side == OBJECT else _before
        for span in find(text, tokens, trigger, is_upper):
            if taken.isdisjoint(range(*span)):
                taken.update(range(*span))
                is_name = tokens.words[span[0]] not in ("him", "her")
                found.append(Mention(span[0], span[1], span[1], exact(1), PERSON, is_name=is_name))
    return found


def reflexive_mentions(tokens: Tokens, mentions: Sequence[Mention]) -> list[Mention]:
    """
    List attackers who die by their own bomb: "killed six shoppers as well as themselves", "blew himself up".

    Source: annotations/GUIDELINES.md, 10 "Victims beside the attackers".
    """
    found: list[Mention] = []
    if REFLEXIVE.isdisjoint(tokens.words):
        return found
    for place, word in enumerate(tokens.words):
        if word in REFLEXIVE and not found:
            before = tokens.words[max(0, place - SELF_REACH) : place]
            is_blown = tokens.word(place + 1) == "up" and not BLOWN.isdisjoint(before)
            is_turned = before[-1:] == ["on"] and "turned" in before  # "turned the gun on himself"
            if is_blown or is_turned or not DEADLY.isdisjoint(before):
                counted = [one.figure for one in mentions if one.end <= place and one.figure.bound == "exact"]
                figure = exact(1) if word != "themselves" else counted[0] if counted else Figure("vague", low=2)
                found.append(Mention(place, place + 1, place + 1, figure, BOMBERS))
    return found


def _is_name(text: str, tokens: Tokens, place: int, is_upper: bool, is_titled: bool = False) -> bool:
    """Tell a word that may be part of a person's name; behind a title capitals show more of them ("GENERAL REYES")."""
    if not 0 <= place < len(tokens) or not tokens.is_word(place):
        return False
    word = tokens.words[place]
    if (
        word in FUNCTION_WORDS
        or word in PREPOSITIONS
        or word in SPEECH
        or word in BREAKS
        or word in HARM_FORMS
        or word in MONTHS
        or is_place_or_thing(word)
    ):
        return False
    if person_at(tokens, place) is not None and not is_upper:
        return False
    surface = text[tokens.starts[place] : tokens.ends[place]]
    if is_upper:
        is_plain = word.endswith("tion" if is_titled else ("ing", "ed", "s", "tion"))
        return len(word) > 2 and not is_adverb(word) and not is_plain
    return surface[0].isupper() and len(word) > 1 and not surface.isupper()


def _is_end(tokens: Tokens, place: int) -> bool:
    word = tokens.word(place)
    return not word or tokens.is_mark(place) or word in FUNCTION_WORDS or is_adverb(word)


def _behind(text: str, tokens: Tokens, trigger: Trigger, is_upper: bool) -> list[tuple[int, int]]:
    if is_upper and tokens.words[trigger.place].endswith("ing"):
        return []  # "KIDNAPPING" is a noun as often
    start = trigger.end
    if tokens.word(start) == "him" or (tokens.word(start) == "her" and _is_end(tokens, start + 1)):
        return [(start, start + 1)]  # GUIDELINES.md, 10 "Counted by a clause"
    is_present = tokens.words[trigger.place].endswith("s") or _opens_headline(tokens, trigger)
    end = _past_person(text, tokens, start, is_upper)
    if end is None and is_present and (head := head_after(tokens, start)) and not head.noun.is_plural:
        return [(start, head.end)]  # headlines leave the article out: "Strike kills senior commander"
    found: list[tuple[int, int]] = []
    while end is not None:
        found.append((start, end))
        start = end + (tokens.word(end) == ",")
        start += tokens.word(start) == "and"
        end = _past_person(text, tokens, start, is_upper) if start > end else None
    return found


def _past_person(text: str, tokens: Tokens, start: int, is_upper: bool) -> int | None:
    """Step past a name of two words or more, or a title and a name: "Mayor Lena Orsk", "Dr. Orsk"."""
    head = head_after(tokens, start) if tokens.word(start) not in DETERMINERS else None
    first = head.end if head and not head.noun.is_plural else start
    if tokens.word(start) in TITLES:
        first = start + 1 + (tokens.word(start + 1) == ".")
    end = _past_name(text, tokens, first, is_upper, first > start)
    if end == first:
        end = _past_name(text, tokens, start, is_upper, False)  # in capitals the words of a title are as names are
        first = start
    return end if end - first >= 1 + (first == start) else None


def _past_name(text: str, tokens: Tokens, start: int, is_upper: bool, is_titled: bool) -> int:
    end = start
    while end < start + LONGEST_NAME and _is_name(text, tokens, end, is_upper, is_titled):
        end += 1
        if tokens.word(end) == "-" and tokens.touches(end - 1) and _is_name(text, tokens, end + 1, is_upper):
            end += 2  # "Idris Saro-Mohan"
    return end


def _opens_headline(tokens: Tokens, trigger: Trigger) -> bool:
    """Tell the present of a headline about several: "Gunmen kidnap priest"."""
    is_base = tokens.words[trigger.place] in BASES and trigger.first == trigger.place
    before = trigger.place - 1 if tokens.word(trigger.place - 1) != "," else 0  # "Gunmen miss judge, kill bodyguard"
    return is_base and trigger.place > 0 and PERSONS.get(tokens.words[before], PERSON).is_plural


def _before(text: str, tokens: Tokens, trigger: Trigger, is_upper: bool) -> list[tuple[int, int]]:
    end = trigger.first
    group = tokens.words[trigger.first : trigger.place]
    word = tokens.words[trigger.place]
    is_suffered = word in SUFFERED and word.endswith(("ed", "es")) and trigger.harm in ("killed", "captured")
    if trigger.side != SUBJECT or not (group or is_suffered):
        return []
    if tokens.word(end - 1) == "," and tokens.word(end - 3) == "," and tokens.is_number(end - 2):
        end -= 3  # the age in "Idris Mohan, 46, was killed"
    elif tokens.word(end - 1) == ",":
        opened = _aside_start(tokens, end - 1)
        start = None if opened is None else _name_start(text, tokens, opened, is_upper)
        if start is None or opened is None or opened - start < SURE_NAME:
            return []
        end = opened  # "Lena Orsk, manager of the Gazette, was killed"
    while end > 0 and is_adverb(tokens.words[end - 1]):
        end -= 1
    start = _name_start(text, tokens, end, is_upper)
    if start == 0 and end == 1 and tokens.words[trigger.place] in OF_THINGS:
        return []  # "Traffic was held up"
    found = [(start, end)] if start is not None else []
    while start is not None and tokens.word(start - 1) in ("and", ",") and group and SINGULAR.isdisjoint(group):
        end = start - 1 - (tokens.word(start - 2) == ",")
        start = _name_start(text, tokens, end, is_upper)
        if start is not None and end - start > 1:
            found.append((start, end))  # "Idris Mohan and Lena Orsk were shot"
    is_one = not group or not SINGULAR.isdisjoint(group)
    return found if is_one or len(found) > 1 else []


def _aside_start(tokens: Tokens, closing: int) -> int | None:
    """Find the comma that opens what is said of a name before its verb, where no noun with an article says it."""
    for place in range(closing - 1, max(0, closing - LONGEST_ASIDE), -1):
        word = tokens.words[place]
        if word == ",":
            return place if place + 1 < closing and tokens.words[place + 1] not in ARTICLES else None
        if word in SPEECH or word in BREAKS or word in HARM_FORMS or word in AUXILIARIES or word in (";", ":", "."):
            return None
    return None


def _name_start(text: str, tokens: Tokens, end: int, is_upper: bool) -> int | None:
    """Find where the name starts that ends here, with its title."""
    start = end
    while start > max(0, end - LONGEST_NAME) and _is_name(text, tokens, start - 1, is_upper):
        start -= 1
        if tokens.word(start - 1) == "-" and tokens.touches(start - 1) and _is_name(text, tokens, start - 2, is_upper):
            start -= 2  # "Idris Saro-Mohan"
    before = tokens.word(start - 1)
    if before in ("named", "called", "nicknamed") or (
        before == "as" and tokens.word(start - 2) in ("known", "identified")
    ):
        return None  # "a man named Idris Mohan was killed" is told of a man
    if before in PREPOSITIONS - {"that", "as", "after", "before"} or before in AUXILIARIES:
        return None
    if before in RELATIVES - {"that"}:
        return None
    title = tokens.words[start - 1] if start else ""
    is_title = title in PERSONS and not PERSONS[title].is_plural
    if is_title and text[tokens.starts[start - 1]].isupper() and not is_upper:
        start -= 1  # "Mayor Lena Orsk"
        before = tokens.word(start - 1)
    least = 2 if is_upper or before in ARTICLES else 1
    return start if end - start >= least and before != "-" and before not in ARTICLES else None
