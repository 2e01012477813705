"""Harm: what happened to the persons of each mention of a sentence, by the words of harm that tell of them."""

from collections.abc import Sequence
from typing import NamedTuple

from tollwire.figures.clause_words import (
    AUXILIARIES,
    BE,
    BREAKS,
    DETERMINERS,
    JOINERS,
    PREPOSITIONS,
    QUOTES,
    RELATIVES,
    SPEECH,
    STATES,
    TAKE,
    is_adverb,
)
from tollwire.figures.harm_words import ADJECTIVES, AROUND, NOUNS, PARTICIPLES, SUFFERED
from tollwire.figures.mentions import Mention
from tollwire.figures.named import REFLEXIVE, named_mentions, reflexive_mentions
from tollwire.figures.tokens import Tokens
from tollwire.figures.triggers import EITHER, OBJECT, SUBJECT, Trigger, find_triggers, noun_of

_SUBLISTS = frozenset("including among mostly most mainly some many".split())
_CLOSERS = frozenset((",", ")", "-", "–", "—"))
SAME = "same"  # the harm of the figure before: "the rebels put it at seven", "the nine victims"
OF_THINGS = frozenset("seize seizes seized seizing capture captures captured capturing hit attacked release releases released free freed hold held".split())
PUT = frozenset("put puts putting placed places".split())
VICTIMS = frozenset(("victims", "victim", "casualties"))
OBJECT_REACH = 16  # tokens behind a verb in which an object that is no mention may lead to one: "killed the mayor of X and"
SUBJECT_REACH = 28  # tokens before a verb in which its subject is looked for
LIST_REACH = 14  # tokens between two members of a list: "a guard of the bank in the old town and two clerks"


class Harm(NamedTuple):
    """A harm, the place of the word that says it, whether it is a mere possibility, and whether it did not happen."""

    kind: str
    place: int
    is_possible: bool = False
    is_negated: bool = False


def find_harmed(text: str, tokens: Tokens, mentions: Sequence[Mention]) -> list[tuple[Mention, Harm | None]]:
    """
    Give the persons of a sentence in their order, those only named among them, each with what happened to them.

    None where the sentence does not say that anything did.
    """
    triggers = find_triggers(tokens, _starts(mentions))
    more = named_mentions(text, tokens, mentions, triggers) + reflexive_mentions(tokens, mentions)
    if not more:
        return list(zip(mentions, _Linker(tokens, mentions, triggers).harms(), strict=True))
    named = {one.start for one in more}  # "Mayor" is part of "Mayor Lena Orsk"
    every = sorted([*(one for one in mentions if one.start not in named), *more], key=lambda one: one.start)
    return list(zip(every, _Linker(tokens, every, find_triggers(tokens, _starts(every))).harms(), strict=True))


def _starts(mentions: Sequence[Mention]) -> dict[int, int]:
    return {mention.start: number for number, mention in enumerate(mentions)}


class _Linker:
    """The mentions of one sentence, and the triggers that were found to tell of each."""

    def __init__(self, tokens: Tokens, mentions: Sequence[Mention], triggers: Sequence[Trigger]) -> None:
        self.tokens, self.mentions, self.triggers = tokens, mentions, triggers
        self.starts = _starts(mentions)
        self.links: list[list[Trigger]] = [[] for _ in mentions]
        self.objects: set[int] = set()

    def harms(self) -> list[Harm | None]:
        for trigger in self.triggers:
            if trigger.side == OBJECT and (number := self._object(trigger)) is not None:
                self.links[number].append(trigger)
                self.objects.add(number)
        for number, mention in enumerate(self.mentions):
            if not self.links[number] and (noun := self._noun(mention)):
                self.links[number].append(noun)
                self.objects.add(number)
        for trigger in self.triggers:
            if trigger.side != OBJECT:
                number = self._subject(trigger)
                may_invert = self.tokens.words[trigger.place] not in SUFFERED and _may_invert(self.tokens, trigger)
                if number is None and (trigger.side == EITHER or may_invert):
                    number = self._inverted(trigger)
                    self.objects |= {number} if number is not None else set()
                for one in (number, self._companions(trigger) if trigger.side == SUBJECT else None):
                    if one is not None:
                        self.links[one].append(trigger)
        found = [self._decided(number) or self._within(mention) for number, mention in enumerate(self.mentions)]
        return self._shared(found)

    # Behind the verb.

    def _object(self, trigger: Trigger) -> int | None:
        tokens, place = self.tokens, trigger.end
        while tokens.word(place) in ("and", "or", ",") and (
            tokens.word(place + 1) in PARTICIPLES or is_adverb(tokens.word(place + 1))
        ):
            place += 2
        is_listed = False
        for step in range(place, min(place + OBJECT_REACH, len(tokens))):
            number = self.starts.get(step)
            if number is not None and (not is_listed or self._is_joined_at(step)):
                is_thing = self.mentions[number].is_guess and (is_listed or tokens.words[trigger.place] in OF_THINGS)
                return None if is_thing else number
            word = tokens.words[step]
            if is_adverb(word) or word in QUOTES or word in DETERMINERS or (word == "what" and not is_listed):
                continue
            if step > place and JOINERS.at(tokens, step):
                is_listed = True
                continue
            if word in BREAKS or word in RELATIVES or word in AUXILIARIES or word in SPEECH or word in PARTICIPLES:
                return None
            if word in PREPOSITIONS and not (is_listed or word == "of") and step <= place + 1:
                return None
            if tokens.is_mark(step) and word not in (",", "-", "'", "."):
                return None
            is_listed = True
        return None

    def _is_joined_at(self, start: int) -> bool:
        """Tell whether "and" or a comma leads to the mention at ``start``, and it is no subject of its own verb."""
        place = start - 1
        while place > 0 and (self.tokens.words[place] in DETERMINERS or self.tokens.words[place] in ("with", "also")):
            place -= 1
        leads = self.tokens.words[place] in ("and", "or", "plus", "as", "along", "together", "alongside", "besides", "by")
        if self.tokens.words[place] == "as":
            leads = self.tokens.word(place - 1) == "well"
        if self.tokens.words[place] == "by":
            leads = self.tokens.word(place - 1) == "accompanied"
        return leads and not self._has_own_verb(self.mentions[self.starts[start]])

    def _has_own_verb(self, mention: Mention) -> bool:
        place = mention.after
        while is_adverb(self.tokens.word(place)):
            place += 1
        word = self.tokens.word(place)
        return word in AUXILIARIES or word in SPEECH or word in PARTICIPLES or word in ADJECTIVES

    def _noun(self, mention: Mention) -> Trigger | None:
        """Find the noun that tells of a mention: "the deaths of nine people", "claimed nine lives", "a toll of nine"."""
        tokens = self.tokens
        if noun := noun_of(tokens, mention.start):
            return noun
        place = mention.start - 1
        while place > 0 and (tokens.words[place] in DETERMINERS or is_adverb(tokens.words[place])):
            place -= 1
        word = tokens.word(place)
        is_lives = tokens.word(mention.end - 1) == "lives" or tokens.words[place - 2 : place + 1] == ["lives", "of"]
        if word in AROUND["lives"] and is_lives:
            return Trigger(place, place + 1, "killed", OBJECT, place)
        if word in TAKE and tokens.words[mention.end - 1] in ("hostages", "captives", "prisoners"):
            return Trigger(place, place + 1, "captured", OBJECT, place)
        if word in ("lost", "lose", "loses", "losing") and mention.noun and not mention.is_bare:
            return Trigger(place, place + 1, "killed", OBJECT, place)
        if (tokens.word(place - 1), word) in (("shot", "dead"), ("gunned", "down"), ("took", "hostage")):
            return Trigger(place - 1, place + 1, "captured" if word == "hostage" else "killed", OBJECT, place - 1)
        return self._toll(mention)

    def _toll(self, mention: Mention) -> Trigger | None:
        """Find "the death toll rose to", "the number of injured reached", "dead: " before a number."""
        tokens = self.tokens
        link = tokens.word(mention.start - 1)
        if link == "at" and not PUT.isdisjoint(tokens.words[max(0, mention.start - 6) : mention.start]):
            return Trigger(mention.start - 1, mention.start, SAME, OBJECT, mention.start - 1)  # "put it at seven"
        if link not in AROUND["toll_links"] and link != "from" and not is_adverb(link):
            return None
        for place in range(mention.start - 1, max(-1, mention.start - OBJECT_REACH), -1):
            word = tokens.words[place]
            if word == "toll" or (word == "count" and tokens.word(place - 1) == "body"):
                kind = "injured" if tokens.word(place - 1) in ("injury", "injured") else "killed"
                kind = "casualties" if tokens.word(place - 1) == "casualty" else kind
                return Trigger(place, place + 1, kind, OBJECT, place)
            is_number = "number" in tokens.words[max(0, place - 3) : place]
            if is_number and (kind := ADJECTIVES.get(word) or NOUNS.get(word) or PARTICIPLES.get(word)):
                return Trigger(place, place + 1, kind, OBJECT, place)
            if word in ("fatalities", "deaths") and link in (":", "to", "at"):
                return Trigger(place, place + 1, "killed", OBJECT, place)
            if word in (".", ";") or place in self.starts and place != mention.start and word not in ("the", "a"):
                if link != "from" and tokens.word(place - 1) != "from":
                    return None
        return None

    # Before the verb.

    def _subject(self, trigger: Trigger) -> int | None:
        """Find the persons of whom a verb tells that stands behind them: the nearest that are no part of a place."""
        second = None
        place = trigger.first - 1
        nearest = None
        for number in range(len(self.mentions) - 1, -1, -1):
            mention = self.mentions[number]
            if mention.start > place or self._is_aside(mention, trigger):
                continue
            is_relative = self.tokens.word(mention.after) in RELATIVES
            if number in self.objects and not is_relative:
                continue
            if mention.after > trigger.first or trigger.first - mention.after > SUBJECT_REACH:
                if mention.start < trigger.first < mention.after + 1:
                    continue
                break
            gap = self._gap(mention.after, trigger.first)
            if gap is None:
                break
            before = self.tokens.word(mention.start - 1)
            if before in ("by", "than") or before in _SUBLISTS or self._is_sublist(mention) or not self._agrees(mention, trigger):
                continue
            if trigger.harm == "displaced" and mention.noun is not None and mention.noun.status == "combatant":
                continue  # fighters who flee are not displaced
            if not is_relative and before in PREPOSITIONS and before not in ("after", "as", "before", "when", "that"):
                second = second if second is not None else number
                nearest = gap if nearest is None else nearest
                continue
            return number
        return second if second is not None and not nearest else None

    def _is_aside(self, mention: Mention, trigger: Trigger) -> bool:
        """Tell whether persons stand in brackets or between dashes that close before the verb."""
        words = self.tokens.words
        behind = words[mention.after : trigger.first]
        for opening, closing in (("(", ")"), ("[", "]"), ("–", "–"), ("—", "—"), ("-", "-")):
            if closing in behind and opening in words[: mention.start]:
                opened = len(words[: mention.start]) - 1 - words[: mention.start][::-1].index(opening)
                is_dash = opening != "-" or not self.tokens.touches(opened) or words[opened - 1] == "-"
                if is_dash and closing not in words[opened + 1 + (words[opened + 1] == opening) : mention.start]:
                    return mention.after + behind.index(closing) > mention.start and not (
                        opening == "-" and self.tokens.touches(mention.after + behind.index(closing) - 1)
                    )
        return False

    def _is_sublist(self, mention: Mention) -> bool:
        return self.tokens.words[max(0, mention.start - 2) : mention.start] in (["among", "them"], ["of", "whom"])

    def _agrees(self, mention: Mention, trigger: Trigger) -> bool:
        """Tell whether the auxiliary is of the number of the persons: one was, two were."""
        group = self.tokens.words[trigger.first : trigger.place]
        is_one = mention.figure.bound == "none" or (mention.figure.high == 1 or (mention.noun is not None and not mention.noun.is_plural))
        if group and group[0] in ("was", "is", "has", "wasn't", "hasn't"):
            return is_one or mention.noun is None or "group" in self.tokens.words[mention.start : mention.end]
        if group and group[0] in ("were", "are", "have") and is_one and mention.figure.bound != "none":
            return self.tokens.word(mention.start - 1) in ("and", "or", ",") or "and" in self.tokens.words[mention.after : trigger.first]
        return True

    def _companions(self, trigger: Trigger) -> int | None:
        """Find who suffered it too: "was killed in his home, along with two of his guards"."""
        tokens = self.tokens
        for place in range(trigger.end, min(trigger.end + OBJECT_REACH, len(tokens))):
            joined = JOINERS.at(tokens, place)
            if joined and joined[1] - place > 1:
                step = joined[1]
                while tokens.word(step) in DETERMINERS and step not in self.starts:
                    step += 1
                return self.starts.get(step)
            if tokens.words[place] in BREAKS - {"as"} or tokens.words[place] in RELATIVES or place in self.starts:
                return None
        return None

    def _gap(self, start: int, end: int) -> int | None:
        """
        Count the words between persons and their verb; None where another clause starts in between.

        What may stand there tells more of them: "guarding the gate", "in the market", "who had come to pray", ", mostly
        women,".
        """
        words = self.tokens.words[start:end]
        while words and (is_adverb(words[-1]) or words[-1] in QUOTES):
            words.pop()
        if not words:
            return 0
        opener = words[0]
        if opener in SPEECH or opener in BREAKS or "those" in words:
            return None
        if opener in ("-", "–", "—", "(", "[") and words[-1] in (*_CLOSERS, "]"):
            return len(words)
        if opener in RELATIVES or opener in ("-", "–", "—", "(", "[") or opener in PREPOSITIONS or opener == "and":
            pass
        elif opener == ",":
            if len(words) > 1 and words[1] in BREAKS and words[-1] != ",":
                return None
            if words[-1] not in _CLOSERS and not (len(words) > 1 and (words[1] in RELATIVES or words[1] in _SUBLISTS)):
                return None if len(words) > 3 else len(words)
        elif opener == "aged" or opener.endswith(("ing", "ed")) or opener in STATES:
            pass
        elif (opener in BE and (len(words) < 5 or words[-1] in ("before", "after", "then"))) or words[-1] == "and":
            pass  # "were carried out wounded", "was treated before being taken into custody", "laid down arms and"
        elif len(words) > 2:
            return None
        if opener not in RELATIVES and any(
            word in BREAKS and not (word in ("before", "after") and "".join(words[place : place + 1])[-3:] in ("", "ing"))
            for place, word in enumerate(words[1:], start=2)
        ):
            return None
        if ";" in words or ":" in words or "." in words:
            return None
        # A verb of its own between them takes the subject: "two men ran when a girl was hit".
        if "and" in words[1:-1] and words[-1] not in (",",) and opener not in RELATIVES | PREPOSITIONS:
            tail = words[len(words) - words[::-1].index("and") :]
            if tail and not all(is_adverb(word) or word in AUXILIARIES or word in PARTICIPLES for word in tail):
                return None
        return len(words)

    def _inverted(self, trigger: Trigger) -> int | None:
        """Find those harmed behind a verb that opens the clause: "killed were two guards", "among the dead was a nurse"."""
        tokens = self.tokens
        for place in range(trigger.end, min(trigger.end + OBJECT_REACH, len(tokens))):
            word = tokens.words[place]
            if word in BE or word in ("include", "included", "includes", "including", ":"):
                step = place + 1
                while step < len(tokens) and (is_adverb(tokens.words[step]) or tokens.words[step] in DETERMINERS | BE):
                    if step in self.starts:
                        break
                    step += 1
                return self.starts.get(step)
            if word in BREAKS - {"as", "when"} or word in (".", ";") or place in self.starts:
                break
        if trigger.side == EITHER:  # "left dead at least nine people", "dead: nine"
            place = trigger.end
            while is_adverb(tokens.word(place)):
                place += 1
            return self.starts.get(place) if tokens.word(trigger.place - 1) in STATES else None
        return None

    # What all that says of each mention.

    def _decided(self, number: int) -> Harm | None:
        links = [link for link in self.links[number] if not link.is_negated] or self.links[number]
        if not links:
            return None
        kinds = {link.harm for link in links}
        kind, chosen = links[0].harm, links[0]
        if len(kinds) > 1:
            strong = [link for link in links if link.harm != "casualties"] or links
            kind, chosen = strong[0].harm, strong[0]
            for link in strong[1:]:
                between = self.tokens.words[chosen.end : link.place]
                is_either = len(between) == 1 and between[0] in ("and", "or")
                if is_either and {kind, link.harm} == {"killed", "injured"}:
                    return Harm("casualties", chosen.place, chosen.is_possible)
                if link.harm == "killed":
                    kind, chosen = "killed", link
        return Harm(kind, chosen.place, chosen.is_possible, chosen.is_negated and self.mentions[number].figure.bound != "none")

    def _within(self, mention: Mention) -> Harm | None:
        """Find the harm inside the mention: "12 casualties", "one dead soldier", "nine bodies"; and in "himself"."""
        if self.tokens.words[mention.start] in REFLEXIVE:
            return Harm("killed", mention.start)
        words = self.tokens.words
        if words[mention.end - 1] in VICTIMS and words[mention.start] in DETERMINERS and not mention.is_bare:
            return Harm(SAME, mention.end - 1)
        for place in range(mention.end - 1, mention.start - 1, -1):
            word = self.tokens.words[place]
            if word in ("bodies", "body", "corpses", "corpse"):
                return Harm("killed", place)
            if word == "losses" and mention.figure.bound == "none":
                return Harm("casualties", place)
            if kind := NOUNS.get(word) or ADJECTIVES.get(word) or PARTICIPLES.get(word):
                return Harm(kind, place)
        return None

    def _shared(self, harms: list[Harm | None]) -> list[Harm | None]:
        """Let the members of a list share what is said of one: "two soldiers and a guard were killed"."""
        mentions = self.mentions
        for number in range(len(mentions) - 2, -1, -1):
            following = harms[number + 1]
            if harms[number] is None and following and number + 1 not in self.objects:
                if following.place >= mentions[number + 1].end and self._are_joined(number, is_backward=True):
                    harms[number] = following
        for number in range(1, len(mentions)):
            before = harms[number - 1]
            if harms[number] is None and before and self._are_joined(number - 1, is_backward=False):
                harms[number] = before
        return harms

    def _are_joined(self, number: int, is_backward: bool) -> bool:
        first, second = self.mentions[number], self.mentions[number + 1]
        if second.is_guess and not is_backward:
            return False
        between = self.tokens.words[first.after : second.start]
        if not 0 < len(between) <= LIST_REACH:
            return False
        if any(word in BREAKS and word != "as" or word in AUXILIARIES or word in RELATIVES or word in SPEECH or word in PARTICIPLES for word in between):
            return False
        if between[-1] == "," or (is_backward and len(between) == 1):
            return between[-1] in (",", "and", "or") and (len(between) == 1) and self._is_list_end(second, is_backward)
        if not is_backward and self._has_own_verb(second):
            return False
        return self._is_joined_at(second.start) if not is_backward else between[-1] in ("and", "or", ",")

    def _is_list_end(self, mention: Mention, is_backward: bool) -> bool:
        if is_backward:
            return True
        return not mention.is_bare and self.tokens.word(mention.after) in ("", ",", "and", "or", ".") and not self._has_own_verb(mention)


def _may_invert(tokens: Tokens, trigger: Trigger) -> bool:
    before = tokens.word(trigger.first - 1)
    return not before or before in ("those", "among", ",", "the", "people", "also", "and", ";", ":") or is_adverb(before)
