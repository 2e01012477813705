"""Harm: what happened to the persons of each mention of a sentence, by the words of harm that tell of them."""

from collections.abc import Sequence
from typing import NamedTuple

from tollwire.figures.antecedents import find_antecedent, find_relative
from tollwire.figures.appositions import described
from tollwire.figures.before import find_companion, find_subject
from tollwire.figures.behind import SAME, find_fronted, find_inverted, find_noun, find_object
from tollwire.figures.clause import Clause, has_own_verb, is_counted, is_joined_at, is_of_them
from tollwire.figures.clause_words import (
    AUXILIARIES,
    BE,
    BREAKS,
    DETERMINERS,
    FINDS,
    JOINERS,
    ORDINALS,
    RELATIVES,
    SIZES,
    SPEECH,
    WEEKDAYS,
    is_adverb,
)
from tollwire.figures.counted import described_at
from tollwire.figures.harm_words import ADJECTIVES, HARMED, NOUNS, PARTICIPLES, SUFFERED
from tollwire.figures.mention import Mention
from tollwire.figures.named import REFLEXIVE, named_mentions, reflexive_mentions
from tollwire.figures.tokens import Tokens
from tollwire.figures.triggers import EITHER, OBJECT, SUBJECT, Trigger, find_triggers

BODIES = frozenset(("bodies", "body", "corpses", "corpse"))
# Around a number without its verb: what may stand behind it, what parts it from the number before, what leads to it.
_GAP_ENDS = frozenset(("", ".", ",", ";", "and", "in", "on", "at", "near", "outside", "inside", "during"))
_PARTING, _IN = frozenset((",", ";", "and")), frozenset(("in", "on", "at", "near", "outside"))
LONGEST_PLACE = 6  # tokens of a place or day before such a number
_THE = frozenset(("the", "these", "those", "all"))
_OPENERS = frozenset((",", ";", "and", "“", '"'))
_OF_SOMETHING = (["of", "a"], ["of", "an"])
_NOT_ONLY = (["not", "only"], ["not", "just"], ["not", "merely"])
VICTIMS = frozenset(("victims", "victim"))
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
    clause = _clause(tokens, mentions)
    more = named_mentions(text, tokens, mentions, clause.triggers) + reflexive_mentions(tokens, mentions)
    if more:
        named = {one.start for one in more}  # "Mayor" is part of "Mayor Lena Orsk"
        others = [one for one in mentions if one.start not in named]
        clause = _clause(tokens, sorted([*others, *more], key=lambda one: one.start))
    if not clause.mentions:
        return []
    return described(tokens, clause.mentions, _Linker(clause).harms())


def _clause(tokens: Tokens, mentions: Sequence[Mention]) -> Clause:
    starts = {mention.start: number for number, mention in enumerate(mentions)}
    return Clause(tokens, mentions, find_triggers(tokens, starts), starts)


class _Linker:
    """The triggers that were found to tell of each mention of a clause."""

    def __init__(self, clause: Clause) -> None:
        self.clause, self.words = clause, clause.tokens.words
        self.links: list[list[Trigger]] = [[] for _ in clause.mentions]
        self.objects: set[int] = set()
        self.subject: int | None = None  # of the verb before

    def harms(self) -> list[Harm | None]:
        """Give what happened to the persons of each mention."""
        self._link_objects()
        for trigger in self.clause.triggers:
            # A word of harm inside a figure tells of that figure alone: "four dead, nine wounded".
            is_among = self.words[0] == "among"
            if trigger.side != OBJECT and (is_among or not is_counted(self.clause, trigger)):
                self._link_subject(trigger)
        mentions = self.clause.mentions
        return self._shared([self._decided(number) or self._within(one) for number, one in enumerate(mentions)])

    def _link_objects(self) -> None:
        for trigger in self.clause.triggers:
            if trigger.side != OBJECT:
                continue
            number = find_antecedent(self.clause.tokens, self.clause.mentions, trigger)
            number = find_object(self.clause, trigger) if number is None else number
            number = find_relative(self.clause.tokens, self.clause.mentions, trigger) if number is None else number
            if number is not None:
                self.links[number].append(trigger)
                self.objects.add(number)
        for number, mention in enumerate(self.clause.mentions):
            noun = None if self.links[number] else find_noun(self.clause, mention)
            is_told = self._within(mention) or self._is_stated(mention)
            if noun and not (noun.harm == SAME and is_told):
                self.links[number].append(noun)
                self.objects.add(number)

    def _link_subject(self, trigger: Trigger) -> None:
        is_counted_in = is_counted(self.clause, trigger)  # "among the 60 captured were three officers"
        found = [None if is_counted_in else find_subject(self.clause, trigger, self.objects)]
        may_invert = self.words[trigger.place] not in SUFFERED and _may_invert(self.clause.tokens, trigger)
        if found == [None] and (is_counted_in or trigger.side == EITHER or may_invert):
            found = [find_inverted(self.clause, trigger)]
            self.objects.update(number for number in found if number is not None)
        if found == [None] and trigger.first == trigger.place == 0:
            found = [find_fronted(self.clause, trigger)]
        if found == [None] and trigger.side == SUBJECT and self.words[max(0, trigger.first - 1)] in ("and", "but"):
            found = [self.subject]  # "was shot as he left home and died"
        if trigger.side == SUBJECT:
            self.subject = found[0]
            found.append(find_companion(self.clause, trigger, found[0] is not None))
        for number in found:
            if number is not None:
                self.links[number].append(trigger)

    # What all that says of each mention.

    def _decided(self, number: int) -> Harm | None:
        links = [link for link in self.links[number] if not link.is_negated] or self.links[number]
        if not links:
            return None
        kinds = {link.harm for link in links}
        kind, chosen = links[0].harm, links[0]
        if len(kinds) > 1:
            strong = self._main(number, [link for link in links if link.harm != "casualties"] or links)
            kind, chosen = strong[0].harm, strong[0]
            for link in strong[1:]:
                between = self.words[chosen.end : link.place]
                is_either = len(between) == 1 and between[0] in ("and", "or")
                if is_either and kind != link.harm and ("or" in between or {kind, link.harm} == {"killed", "injured"}):
                    return Harm("casualties", chosen.place, chosen.is_possible)
                if link.harm == "killed" or (kind, link.harm) in (("injured", "captured"), ("missing", "captured")):
                    kind, chosen = link.harm, link
        is_negated = chosen.is_negated and self.clause.mentions[number].figure.bound != "none"
        return Harm(kind, chosen.place, chosen.is_possible, is_negated)

    def _main(self, number: int, links: list[Trigger]) -> list[Trigger]:
        """
        Leave out what an aside tells, where the sentence goes on: "a third, who was wounded, was captured".

        So does a participle right behind the persons: "students abducted in May are still missing".
        """
        after = self.clause.mentions[number].after
        is_reduced = links[0].first == links[0].place == after and len(links) > 1
        if is_reduced and links[0].harm != "killed":
            return [one for one in links[1:] if one.first < one.place] or links
        if self.words[after : after + 1] != [","] or self.clause.tokens.word(after + 1) not in RELATIVES:
            return links
        return [one for one in links if one.side == SUBJECT and "," in self.words[after + 1 : one.first]] or links

    def _within(self, mention: Mention) -> Harm | None:
        """Find the harm inside the mention: "12 casualties", "one dead soldier", "nine bodies"; and in "himself"."""
        if self.words[mention.start] in REFLEXIVE:
            return Harm("killed", mention.start)
        words = self.words
        if words[mention.end - 1] in VICTIMS and not mention.is_bare:
            is_figure = words[mention.end - 1] == "victim" and words[mention.end : mention.end + 2] in _OF_SOMETHING
            return None if is_figure else Harm(SAME, mention.end - 1)  # "he was the victim of a plot"
        if self._tells_who(mention):
            return Harm(SAME, mention.end)
        if mention.noun is None and words[mention.start] in _THE and words[mention.end - 1] not in ADJECTIVES:
            return Harm(SAME, mention.end - 1)  # "one of the six was 17"
        for place in range(mention.end - 1, mention.start - 1, -1):
            word = self.words[place]
            if word in BODIES and (word.endswith("s") or not FINDS.isdisjoint(words)):
                return Harm("killed", place)
            if word == "losses" and (mention.figure.bound == "none" or words[mention.start] in SIZES | {"any"}):
                return Harm("casualties", place)
            if kind := NOUNS.get(word) or ADJECTIVES.get(word) or PARTICIPLES.get(word):
                return Harm(kind, place)
        is_whole = mention.is_bare or self.clause.tokens.word(mention.start - 1) == "of"  # "six of the 20 hostages"
        kind = None if is_whole else HARMED.get(words[mention.end - 1])
        return Harm(kind, mention.end - 1) if kind else None

    def _is_stated(self, mention: Mention) -> bool:
        """Tell whether an adjective behind it says the harm: "admitted five were missing"."""
        return self.clause.tokens.word(mention.after) in BE and self.clause.tokens.word(mention.after + 1) in ADJECTIVES

    def _tells_who(self, mention: Mention) -> bool:
        """Tell a number that says who some of those counted before were: "three were clerks", "one was a girl"."""
        words, tokens = self.words, self.clause.tokens
        opens = mention.start == 0 or words[mention.start - 1] in _OPENERS
        if mention.noun or mention.is_bare or not opens or tokens.word(mention.end) not in BE:
            return False
        return described_at(tokens, mention.end + 1) is not None

    def _shared(self, harms: list[Harm | None]) -> list[Harm | None]:
        """Let the members of a list share what is said of one: "two soldiers and a guard were killed"."""
        mentions = self.clause.mentions
        for number in self._fronted():
            harms[number] = harms[number] or next(filter(None, harms[number + 1 :]), None)
        for number in range(len(mentions) - 2, -1, -1):
            following = harms[number + 1]
            is_whole = self.clause.tokens.word(mentions[number].start - 1) == "of"  # "of the 80 villagers, 31 died"
            is_part = is_of_them(self.clause, mentions[number + 1])
            if harms[number] or following is None or number + 1 in self.objects or is_whole or is_part:
                continue
            if following.place >= mentions[number + 1].end and self._are_joined(number, is_backward=True):
                harms[number] = following
        for number in range(1, len(mentions)):
            before = harms[number - 1]
            if (
                harms[number] is None
                and before
                and (self._are_joined(number - 1, is_backward=False) or self._is_gapped(number, before))
            ):
                harms[number] = before
        return harms

    def _fronted(self) -> list[int]:
        """List who shares the fate of those behind them: "as well as two nurses, the shell killed a priest"."""
        joined = JOINERS.at(self.clause.tokens, 0)
        if joined is None or joined[1] == 1 or "," not in self.words or joined[1] not in self.clause.starts:
            return []
        end = self.words.index(",")
        return [number for number, one in enumerate(self.clause.mentions) if one.after <= end]

    def _is_last(self, number: int) -> bool:
        """Tell persons behind whom a headline only says where: "Gunmen seize bishop, two aides on Dorn road"."""
        behind = self.words[self.clause.mentions[number].after :]
        return not any(_parts(word) or word in (",", ".", "and") for word in behind)

    def _is_gapped(self, number: int, before: Harm) -> bool:
        """Tell a number that leaves out the verb before it: "in Vell ten", "the second nine", "three on Thursday"."""
        first, second = self.clause.mentions[number - 1], self.clause.mentions[number]
        between = self.words[max(first.after, before.place + 1) : second.start]
        if second.noun or second.is_bare or second.is_guess or not between or any(map(_parts, between)):
            return False
        following = self.clause.tokens.word(second.after)
        if following not in _GAP_ENDS and following not in WEEKDAYS:
            return False
        while len(between) > 1 and (between[-1] in DETERMINERS or between[-1] in ORDINALS or is_adverb(between[-1])):
            between.pop()
        if between[-1] in _PARTING:
            return True
        parted = max((place for place, word in enumerate(between) if word in _PARTING), default=len(between))
        leads = _IN if following in _IN else _IN | DETERMINERS  # "the clinic eleven"
        return parted + 2 < len(between) < parted + LONGEST_PLACE and between[parted + 1] in leads

    def _are_joined(self, number: int, is_backward: bool) -> bool:
        """Tell whether a mention and the next stand in one list."""
        first, second = self.clause.mentions[number], self.clause.mentions[number + 1]
        between = self.words[first.after : second.start]
        if between[:1] == ["but"] and self.words[max(0, first.start - 2) : first.start] in _NOT_ONLY:
            return len(between) == 1 or between[1] in ("also", "as")
        if not 0 < len(between) <= LIST_REACH or (second.is_guess and not is_backward) or any(map(_parts, between)):
            return False
        if is_backward and first.is_bare and between[0].endswith("ed") and "," in between:
            return False  # "soldiers fired into the crowd, and six people fell dead"
        if is_backward:
            return between == [","] or between[-1] in ("and", "or")
        if between == ["and"] and self.words[first.start - 1] == "of" and number in self.objects:
            return True  # "the killing of a ferryman and his daughter has shaken the town"
        if between == [","] or (between[-1] == "," and between[0] == "of"):
            following = self.clause.tokens.word(second.after)
            ends = following in ("", ",", "and", "or", ".") or (following in _IN and self._is_last(number + 1))
            return ends and not second.is_bare and not has_own_verb(self.clause, second)
        return not has_own_verb(self.clause, second) and is_joined_at(self.clause, second.start)


def _parts(word: str) -> bool:
    """Tell a word that no list goes over: it opens another clause or has a subject of its own."""
    return (
        (word in BREAKS and word != "as")
        or word in AUXILIARIES
        or word in RELATIVES
        or word in SPEECH
        or word in PARTICIPLES
    )


def _may_invert(tokens: Tokens, trigger: Trigger) -> bool:
    before = tokens.word(trigger.first - 1)
    return (
        not before or before in ("those", "among", ",", "the", "people", "also", "and", ";", ":") or is_adverb(before)
    )
