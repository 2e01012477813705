"""Who is harmed before the word that says it: the subject of a passive, and who shares its fate."""

from collections.abc import Set
from typing import Final

from tollwire.figures.behind import OBJECT_REACH
from tollwire.figures.clause import Clause, is_of_them
from tollwire.figures.clause_words import (
    ARTICLES,
    AUXILIARIES,
    BE,
    BREAKS,
    DETERMINERS,
    FALLS,
    JOINERS,
    OF_THINGS,
    PASTS,
    POSTPOSED,
    PREPOSITIONS,
    QUOTES,
    RELATIVES,
    SEEN,
    SPEECH,
    STATES,
    is_adverb,
)
from tollwire.figures.harm_words import PARTICIPLES, SUFFERED
from tollwire.figures.mention import Mention
from tollwire.figures.triggers import SUBJECT, Trigger

LONGEST_ASIDE: Final = 6  # words of an aside such as "still at his microphone"
SUBJECT_REACH: Final = 28  # tokens before a verb in which its subject is looked for
_SUBLISTS: Final = frozenset("including among mostly most mainly some many".split())
_WITH: Final = (["as", "well"], ["along", "with"], ["together", "with"])
_TELLING_MORE: Final = STATES | SEEN | POSTPOSED | PASTS | {"known", "sought", "thought"}  # right behind persons
_CLAUSES: Final = BREAKS - {"as"}
_CALLED: Final = frozenset(("known", "identified"))
_CLOSERS: Final = frozenset((",", ")", "-", "–", "—"))
_ENDS: Final = _CLOSERS | {"]"}


def find_subject(clause: Clause, trigger: Trigger, objects: Set[int]) -> int | None:
    """Find the persons of whom a verb tells that stands behind them: the nearest that are no part of a place."""
    second = None
    apposed: dict[int, int] = {}
    place = trigger.first - 1
    nearest = None
    for number in range(len(clause.mentions) - 1, -1, -1):
        mention = clause.mentions[number]
        if mention.start > place or _is_aside(clause, mention, trigger):
            continue
        if (closing := _apposition_end(clause, number, trigger)) is not None:
            apposed[number - 1] = closing  # "the fourth, a conscript who had a week to serve, died"
            continue
        is_told = clause.tokens.words[mention.after : trigger.first] == [",", "who"]  # "hurt the driver, who was held"
        is_relative = is_told or clause.tokens.word(mention.after) in RELATIVES
        if number - 1 in objects and _is_joined(clause, number) and not is_relative:
            continue  # "shot dead his commander and three comrades and fled"
        if number in objects and not is_relative:
            if mention.after == trigger.first and _agrees(clause, mention, trigger):
                return number  # "are holding eight men captive", "freed 70 hostages held by the group"
            continue
        if mention.after > trigger.first or trigger.first - mention.after > SUBJECT_REACH:
            if mention.start < trigger.first < mention.after + 1:
                continue
            break
        if _is_sublist(clause, mention, trigger):
            continue
        gap = _gap(clause, apposed.get(number, mention.after), trigger.first)
        if gap is None:
            break
        if mention.is_guess and (
            clause.tokens.word(trigger.first - 1) == "to" or clause.tokens.words[trigger.place] in OF_THINGS
        ):
            continue
        before = clause.tokens.word(mention.start - 1)
        if before in BE and mention.is_bare and clause.tokens.word(mention.after) == ",":
            continue  # "eleven people, of whom two were children, were hurt"
        if before in ("which", "that") and clause.tokens.word(mention.start - 2) == "," and gap == 0:
            is_passive = not BE.isdisjoint(clause.tokens.words[trigger.first : trigger.place])
            if not is_passive:
                return None  # "the school, which the rebels seized"
        if before == "among" and (gap == 0 or is_relative) and not mention.is_bare:
            return number  # "was among four people killed"
        if (
            (before in ("by", "than") and not is_relative)
            or before in _SUBLISTS
            or _is_sublisted(clause, number)
            or not _agrees(clause, mention, trigger)
        ):
            continue
        is_fall = clause.tokens.words[trigger.place] in FALLS and trigger.end == trigger.place + 1  # not "fell dead"
        is_landing = (
            mention.noun is None and clause.tokens.word(trigger.end) in PREPOSITIONS
        )  # "the other four fell in"
        if is_fall and (is_landing or not _is_fighter(clause, mention)):
            continue
        if trigger.harm == "displaced" and mention.noun is not None and mention.noun.status == "combatant":
            continue  # fighters who flee are not displaced
        if not is_relative and before in PREPOSITIONS and before not in ("after", "as", "before", "when", "that"):
            second = second if second is not None else number
            nearest = gap if nearest is None else nearest
            continue
        if gap == 0 and (head := _head_of(clause, number, trigger)) is not None:
            return head
        return number
    return second if second is not None and not nearest else None


def _is_sublisted(clause: Clause, number: int) -> bool:
    """Tell a later member of a list that "including" opens: "eight people, including a clerk and his son"."""
    while number > 0 and _is_joined(clause, number):
        number -= 1
        if clause.tokens.word(clause.mentions[number].start - 1) in _SUBLISTS:
            return True
    return False


def _is_joined(clause: Clause, number: int) -> bool:
    """Tell whether only "and" stands between a mention and the one before it."""
    return clause.tokens.words[clause.mentions[number - 1].after : clause.mentions[number].start] == ["and"]


def _head_of(clause: Clause, number: int, trigger: Trigger) -> int | None:
    """Find whom a clause with "who" tells of, where its verb has the nearer persons: "a woman who held her son was"."""
    words = clause.tokens.words
    inner = clause.mentions[number]
    if BE.isdisjoint(words[trigger.first : trigger.place]):
        return None
    for other in range(number - 1, -1, -1):
        outer = clause.mentions[other]
        between = words[outer.after : inner.start]
        if between[:1] in (["who"], ["that"]) and len(between) > 1:
            is_open = BREAKS.isdisjoint(between) and SPEECH.isdisjoint(between) and "," not in between
            return other if is_open and _agrees(clause, outer, trigger) else None
    return None


def _is_fighter(clause: Clause, mention: Mention) -> bool:
    """Tell persons of whom "fell" says that they died: soldiers, and anybody's men."""
    if mention.noun is None:
        return mention.start <= 1 and not mention.is_guess  # "Thirty-four fell," he said
    return mention.noun.status == "combatant" or clause.tokens.words[mention.end - 1] in ("men", "troops")


def _is_aside(clause: Clause, mention: Mention, trigger: Trigger) -> bool:
    """Tell whether persons stand in brackets or between dashes that close before the verb."""
    words = clause.tokens.words
    behind = words[mention.after : trigger.first]
    for opening, closing in (("(", ")"), ("[", "]"), ("–", "–"), ("—", "—"), ("-", "-")):
        if closing in behind and opening in words[: mention.start]:
            opened = len(words[: mention.start]) - 1 - words[: mention.start][::-1].index(opening)
            is_dash = opening != "-" or not clause.tokens.touches(opened) or words[opened - 1] == "-"
            if is_dash and closing not in words[opened + 1 + (words[opened + 1] == opening) : mention.start]:
                return mention.after + behind.index(closing) > mention.start and not (
                    opening == "-" and clause.tokens.touches(mention.after + behind.index(closing) - 1)
                )
    return False


def _apposition_end(clause: Clause, number: int, trigger: Trigger) -> int | None:
    """Give where an apposition ends that says who the number before it is: "a third, a tailor of Dorn, was shot"."""
    if not number:
        return None
    words, inner, outer = clause.tokens.words, clause.mentions[number], clause.mentions[number - 1]
    is_bare_number = outer.noun is None and not outer.is_guess and outer.figure.high == inner.figure.high == 1
    if not is_bare_number or words[outer.after : inner.start] != [","] or words[inner.start] not in ARTICLES:
        return None
    behind = words[inner.after : trigger.first]
    return inner.after + behind.index(",") + 1 if "," in behind and BREAKS.isdisjoint(behind) else None


def _is_sublist(clause: Clause, mention: Mention, trigger: Trigger) -> bool:
    words = clause.tokens.words
    before = words[max(0, mention.start - 2) : mention.start]
    if before == ["of", "whom"] and mention.after == trigger.first:
        return False  # "eleven, of whom two died"
    if before in (["among", "them"], ["of", "whom"], ["of", "them"], [",", "all"]) or before[:1] == ["whom"]:
        return True  # "58 people, 24 of them children, were killed"
    return (
        is_of_them(clause, mention) and words[mention.start - 1] == "," and "," in words[mention.after : trigger.first]
    )


def _agrees(clause: Clause, mention: Mention, trigger: Trigger) -> bool:
    """Tell whether the auxiliary is of the number of the persons: one was, two were."""
    group = clause.tokens.words[trigger.first : trigger.place]
    is_one = mention.figure.bound == "none" or (
        mention.figure.high == 1 or (mention.noun is not None and not mention.noun.is_plural)
    )
    if group and group[0] in ("was", "is", "has", "wasn't", "hasn't"):
        return is_one or mention.noun is None or clause.tokens.words[mention.start] in ("a", "an")
    if group and group[0] in ("were", "are", "have") and is_one and mention.figure.bound != "none":
        return (
            clause.tokens.word(mention.start - 1) in ("and", "or", ",")
            or "and" in clause.tokens.words[mention.after : trigger.first]
        )
    return True


def find_companion(clause: Clause, trigger: Trigger, is_told: bool) -> int | None:
    """
    Find who suffered it too: "was killed in his home, along with two of his guards".

    ``is_told`` says whether it is known of whom the verb tells: "a team that left the valley with two prisoners".
    """
    tokens = clause.tokens
    for place in range(trigger.end, min(trigger.end + OBJECT_REACH, len(tokens))):
        joined = JOINERS.at(tokens, place)
        # "was arrested with his two brothers", "walked to the border with her sons"
        is_taken = trigger.harm in ("captured", "killed") or tokens.words[trigger.place] in SUFFERED
        is_next = place == trigger.end and is_taken
        is_near = is_next or (trigger.harm == "displaced" and is_told)
        is_listed = tokens.words[place - 1] != "," and place + 1 in clause.starts
        is_taken_with = trigger.harm == "captured" and trigger.side == SUBJECT and is_listed
        is_with = tokens.words[place] == "with" and (is_near or is_taken_with)
        if is_with:
            joined = True, place + 1
        if joined and (is_with or joined[1] - place > 1):
            step = joined[1]
            while tokens.word(step) in DETERMINERS and step not in clause.starts:
                step += 1
            return clause.starts.get(step)
        is_other = place in clause.starts and not PREPOSITIONS.intersection(tokens.words[place - 1 : place])
        if tokens.words[place] in _CLAUSES or tokens.words[place] in RELATIVES or is_other:
            return None
    return None


def _is_closed_aside(words: list[str]) -> bool:
    """Tell what stands between commas and tells more of the persons before: "who had come to pray", "two of whom"."""
    if not words:
        return False
    tells = words[0] in RELATIVES or words[0] in PARTICIPLES or words[0] in SEEN or words[0].endswith(("ed", "ing"))
    of_them = any(word in ("them", "whom") for word in words[1:5])
    tells = tells or (len(words) <= LONGEST_ASIDE and (words[0] in PREPOSITIONS or is_adverb(words[0])))
    return (tells or of_them) and (words[0] in RELATIVES or SPEECH.isdisjoint(words))


def _gap(clause: Clause, start: int, end: int) -> int | None:
    """
    Count the words between persons and their verb; None where another clause starts in between.

    What may stand there tells more of them: "guarding the gate", "in the market", "who had come to pray", ", mostly
    women,".
    """
    words = clause.tokens.words[start:end]
    while words and (is_adverb(words[-1]) or words[-1] in QUOTES):
        words.pop()
    if words[-1:] == [","] and "," in words[:-1]:
        opened = len(words) - 2 - words[-2::-1].index(",")
        if _is_closed_aside(words[opened + 1 : -1]):
            words = words[: opened + ("," in words[:opened])]  # "a boy of nine, hit as he slept, died"
    if not words:
        return 0
    if words[-1] in ("and", "but") and BREAKS.isdisjoint(words[:-1]) and SPEECH.isdisjoint(words) and "," not in words:
        return len(words)  # "parachuted to safety but was captured"
    is_while = words[-1] in ("after", "before") and clause.tokens.words[end].endswith("ing")
    if is_while and BREAKS.isdisjoint(words[:-1]) and SPEECH.isdisjoint(words) and "," not in words:
        return len(words)  # "slept in a school after fleeing"
    opener = words[0]
    if opener in SPEECH or opener in BREAKS or "those" in words:
        return None
    if opener in ("-", "–", "—", "(", "[") and words[-1] in _ENDS:
        return len(words)
    if opener in RELATIVES or opener in ("-", "–", "—", "(", "[") or opener in PREPOSITIONS or opener == "and":
        pass
    elif opener == ",":
        if words[-1] == "," and (_is_closed_aside(words[1:-1]) or words[1:3] in _WITH):
            return len(words)
        if len(words) > 1 and words[1] in BREAKS and words[-1] != ",":
            return None
        if words[-1] not in _CLOSERS and not (len(words) > 1 and (words[1] in RELATIVES or words[1] in _SUBLISTS)):
            return None if len(words) > 3 else len(words)
    elif opener.endswith(("ing", "ed")) or opener in _TELLING_MORE:
        pass
    elif opener in BE and (len(words) < 5 or words[-1] in ("before", "after", "then")):
        return len(words)  # "were carried out wounded", "was reported killed", "was treated before being taken away"
    elif words[-1] == "and":
        pass  # "laid down arms and surrendered"
    elif len(words) > 2:
        return None
    if opener not in RELATIVES and any(
        word in BREAKS
        and not (word in ("before", "after") and "".join(words[place : place + 1])[-3:] in ("", "ing"))
        and not (word == "as" and words[place - 2] in _CALLED)
        for place, word in enumerate(words[1:], start=2)
    ):
        return None
    if ";" in words or ":" in words or "." in words:
        return None
    # A verb of its own between them takes the subject: "two men ran when a girl was hit".
    if "and" in words[1:-1] and words[-1] not in (",",) and opener not in RELATIVES and opener not in PREPOSITIONS:
        tail = words[len(words) - words[::-1].index("and") :]
        if tail and not all(is_adverb(word) or word in AUXILIARIES or word in PARTICIPLES for word in tail):
            return None
    return len(words)
