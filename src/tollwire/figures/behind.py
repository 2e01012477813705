"""Who is harmed behind the word that says it: objects, nouns of harm, tolls, and subjects that follow their verb."""

from typing import Final

from tollwire.figures.clause import Clause, is_counted, is_joined_at
from tollwire.figures.clause_words import (
    AUXILIARIES,
    BE,
    BREAKS,
    CONFIRMS,
    DETERMINERS,
    JOINERS,
    LOSE,
    OF_THINGS,
    PARTICLES,
    PREPOSITIONS,
    PUT,
    QUOTES,
    RELATIVES,
    SPEECH,
    STATES,
    TAKE,
    is_adverb,
)
from tollwire.figures.harm_words import ACTIVE, ADJECTIVES, AROUND, NOUNS, PARTICIPLES
from tollwire.figures.mention import Mention
from tollwire.figures.tokens import Tokens
from tollwire.figures.triggers import EITHER, OBJECT, Trigger, noun_of

SAME: Final = "same"  # the harm of the figure before: "the rebels put it at seven", "the nine victims"
_SUBJECTS: Final = frozenset(("he", "she", "they", "we", "i", "it"))
_SPEAKS_OF: Final = frozenset((("spoke", "of"), ("speaks", "of"), ("speak", "of"), ("talked", "of")))
_INCLUDES: Final = frozenset(("include", "included", "includes", "including", ":"))
_BEFORE_STATE: Final = DETERMINERS | BE
_VICTIMS: Final = frozenset(("victims", *ADJECTIVES))
_NUMBERS: Final = frozenset(("number", "tally", "count", "total"))
_COUNTS: Final = frozenset(("count", "tally", "figure", "estimate"))
_WHOSE_COUNT: Final = frozenset(("its", "their", "our", "the", "own", "official", "government"))
_ASIDE: Final = frozenset((",", "-", "–", "—", "("))
TOLLS: Final = {"injury": "injured", "injured": "injured", "casualty": "casualties"}  # by the word before "toll"
# Tokens behind a verb in which an object that is no mention may lead to one: "killed the mayor of Dorn and two guards".
OBJECT_REACH: Final = 16


def find_object(clause: Clause, trigger: Trigger) -> int | None:
    tokens, place = clause.tokens, trigger.end
    if is_counted(clause, trigger):
        return None
    while tokens.word(place) in ("and", "or", ",") and (
        tokens.word(place + 1) in PARTICIPLES or is_adverb(tokens.word(place + 1))
    ):
        place += 2
    place += tokens.word(place) in PARTICLES and place not in clause.starts
    is_listed = False
    for step in range(place, min(place + OBJECT_REACH, len(tokens))):
        number = clause.starts.get(step)
        is_owner = tokens.words[step - 1] == "of" and tokens.words[step - 2] in AROUND["limbs"]  # "cut off the arms of"
        if number is not None and (not is_listed or is_owner or is_joined_at(clause, step)):
            is_thing = clause.mentions[number].is_guess and (is_listed or tokens.words[trigger.place] in OF_THINGS)
            return None if is_thing else number
        word = tokens.words[step]
        if is_adverb(word) or word in QUOTES or word in DETERMINERS or (word == "what" and not is_listed):
            continue
        if step > place and JOINERS.at(tokens, step):
            is_listed = True
            continue
        if word in BREAKS or word in RELATIVES or word in AUXILIARIES or word in SPEECH or word in PARTICIPLES:
            return None
        if step > place and word in ACTIVE:
            return None
        if word in PREPOSITIONS and not (is_listed or word == "of") and step <= place + 1:
            return None
        if tokens.is_mark(step) and word not in (",", "-", "'", "."):
            return None
        is_listed = True
    return None


def find_noun(clause: Clause, mention: Mention) -> Trigger | None:
    """Find the noun that tells of a mention: "the deaths of nine people", "claimed nine lives", "a toll of nine"."""
    tokens = clause.tokens
    if trigger := noun_of(tokens, mention.start):
        return None if is_counted(clause, trigger) else trigger
    place = mention.start - 1
    while place > 0 and (tokens.words[place] in DETERMINERS or is_adverb(tokens.words[place])):
        place -= 1
    word = tokens.word(place)
    if word in _INCLUDES and tokens.word(place - 1) in _VICTIMS:
        harm = ADJECTIVES.get(tokens.word(place - 1), SAME)
        return Trigger(place, place + 1, harm, OBJECT, place)  # "the 19 victims included"
    if tokens.word(place - 1) in ("lives", "life") and word == "of":
        before = tokens.words[max(0, place - 4) : place - 1]
        if not AROUND["lives"].isdisjoint(before):
            return Trigger(place - 1, place, "killed", OBJECT, place - 1)
    hurts = [one for one in tokens.words[mention.after + 1 : mention.after + 4] if one in AROUND["hurts"]]
    if hurts and tokens.words[mention.after] == "with":
        return Trigger(mention.after, mention.after + 1, "injured", OBJECT, mention.after)  # "left nine with burns"
    noun = tokens.word(place - 1)
    if word in BE and noun in NOUNS and noun not in ADJECTIVES and all(one.end != place for one in clause.mentions):
        return Trigger(place - 1, place, NOUNS[noun], OBJECT, place - 1)  # "the only fatality was a nurse"
    if word in AROUND["lives"] and tokens.word(mention.end - 1) in ("lives", "life"):
        return Trigger(place, place + 1, "killed", OBJECT, place)
    if word in TAKE and tokens.words[mention.end - 1] in ("hostages", "captives", "prisoners"):
        return Trigger(place, place + 1, "captured", OBJECT, place)
    is_told = tokens.word(mention.after) in ADJECTIVES  # "lost 40 men dead and wounded"
    if word in LOSE and mention.noun and not mention.is_bare and not is_told:
        return Trigger(place, place + 1, "killed", OBJECT, place)
    if (tokens.word(place - 1), word) in (("shot", "dead"), ("gunned", "down"), ("took", "hostage")):
        return Trigger(place - 1, place + 1, "captured" if word == "hostage" else "killed", OBJECT, place - 1)
    return _find_toll(clause, mention)


def _find_toll(clause: Clause, mention: Mention) -> Trigger | None:
    """Find the words of counting before a number, those that name a harm first: "the number of injured was put at"."""
    return _find_named_toll(clause, mention) or _find_put(clause.tokens, mention)


def _find_put(tokens: Tokens, mention: Mention) -> Trigger | None:
    """Find "put it at seven", which counts what was counted before."""
    link = tokens.word(mention.start - 1)
    if (
        link == "at"
        and tokens.word(mention.start - 2) not in ADJECTIVES
        and not PUT.isdisjoint(tokens.words[max(0, mention.start - 6) : mention.start])
    ):
        return Trigger(mention.start - 1, mention.start, SAME, OBJECT, mention.start - 1)  # "put it at seven"
    return None


def _find_named_toll(clause: Clause, mention: Mention) -> Trigger | None:
    """Find "the death toll rose to", "the number of injured reached", "dead: " before a number."""
    tokens = clause.tokens
    link = tokens.word(mention.start - 1)
    if link in _ASIDE and mention.noun is None and tokens.word(mention.start - 3) == "the":
        harm = ADJECTIVES.get(tokens.word(mention.start - 2))  # "the dead, 17 in all, included"
        return Trigger(mention.start - 2, mention.start - 1, harm, OBJECT, mention.start - 2) if harm else None
    if mention.noun is None and (counting := _counting(tokens, mention.start, mention.end)) is not None:
        return Trigger(counting, counting + 1, SAME, OBJECT, counting)
    if link not in AROUND["toll_links"] and link != "from" and not is_adverb(link):
        return None
    for place in range(mention.start - 1, max(-1, mention.start - OBJECT_REACH), -1):
        word = tokens.words[place]
        if word in _COUNTS and tokens.word(place - 1) in _WHOSE_COUNT:
            return Trigger(place, place + 1, SAME, OBJECT, place)
        is_whose = tokens.word(place - 1) in DETERMINERS or tokens.word(place - 1).endswith(("'s", "s'"))
        if word in ADJECTIVES and is_whose and place == mention.start - 2 and not mention.noun:
            return Trigger(place, place + 1, ADJECTIVES[word], OBJECT, place)  # "bring the dead to 13"
        if word == "toll" or (word == "count" and tokens.word(place - 1) == "body"):
            kind = TOLLS.get(tokens.word(place - 1), "killed")
            return Trigger(place, place + 1, kind, OBJECT, place)
        is_number = not _NUMBERS.isdisjoint(tokens.words[max(0, place - 3) : place])
        if is_number and (counted := ADJECTIVES.get(word) or NOUNS.get(word) or PARTICIPLES.get(word)):
            return Trigger(place, place + 1, counted, OBJECT, place)
        if word in ("fatalities", "deaths", "losses") and link in (":", "to", "at"):
            return Trigger(place, place + 1, "killed", OBJECT, place)
        is_other = place in clause.starts and place != mention.start and word not in ("the", "a")
        is_other = is_other and tokens.word(place - 1) != "by"  # "rose by two to 31"
        if (word in (".", ";") or is_other) and "from" not in (link, tokens.word(place - 1)):
            return None
    return None


def _counting(tokens: Tokens, start: int, end: int) -> int | None:
    """Find what says that a number counts what was counted before: "would confirm twelve", "the total was nine"."""
    place = start - 1
    while place > 0 and is_adverb(tokens.words[place]):
        place -= 1
    if tokens.word(place) in CONFIRMS or (tokens.word(place - 1), tokens.word(place)) in _SPEAKS_OF:
        return place
    is_last = end >= len(tokens) or tokens.is_mark(end)
    if is_last and (tokens.word(place) in SPEECH or tokens.word(place) in LOSE):
        return place  # "state television reported nine"
    is_number = tokens.word(place) in BE and tokens.word(place - 1) in ("number", "figure", "total")
    return place if is_number else None


def find_inverted(clause: Clause, trigger: Trigger) -> int | None:
    """Find those harmed behind a verb that opens the clause: "killed were two guards", "among the dead was a nurse"."""
    tokens = clause.tokens
    counted = is_counted(clause, trigger)
    if counted and tokens.word(0) != "among":
        return None  # "two of the dead were children", but "among the 60 captured were three officers"
    for place in range(trigger.end, min(trigger.end + OBJECT_REACH, len(tokens))):
        word = tokens.words[place]
        if word in BE or word in _INCLUDES:
            step = place + 1
            while step < len(tokens) and (is_adverb(tokens.words[step]) or tokens.words[step] in _BEFORE_STATE):
                if step in clause.starts:
                    break
                step += 1
            number = clause.starts.get(step)
            is_only_who = (
                number is not None and clause.mentions[number].is_bare and tokens.word(trigger.place - 1) == "the"
            )
            return None if is_only_who and tokens.word(0) != "among" else number  # "the dead were guards of the bank"
        is_aside = place in clause.starts and tokens.word(place - 1) in _ASIDE
        if word in BREAKS - {"as", "when"} or word in (".", ";") or (place in clause.starts and not is_aside):
            break
    if trigger.side == EITHER:  # "left dead at least nine people", "dead: nine"
        place = trigger.end
        while is_adverb(tokens.word(place)):
            place += 1
        return clause.starts.get(place) if tokens.word(trigger.place - 1) in STATES else None
    return None


def find_fronted(clause: Clause, trigger: Trigger) -> int | None:
    """Find of whom a participle tells with which the sentence opens: "left homeless by the fire, nine families"."""
    tokens = clause.tokens
    for place in range(trigger.end, len(tokens)):
        word = tokens.words[place]
        if word == ",":
            number = clause.starts.get(place + 1)
            return None if number is None or clause.mentions[number].is_guess else number
        if word in _SUBJECTS or (place in clause.starts and tokens.words[place - 1] != "by"):
            return None
        if word in AUXILIARIES or (word in BREAKS and word not in ("as", "when", "while", "before", "after")):
            return None
    return None
