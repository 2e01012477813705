"""Harm: what happened to the persons of each mention of a sentence, by the words of harm that tell of them."""

from collections.abc import Sequence
from typing import Final

from tollwire.figures.antecedents import find_antecedent, find_pronoun_subject, find_relative
from tollwire.figures.appositions import described
from tollwire.figures.before import find_companion, find_subject
from tollwire.figures.behind import SAME, find_fronted, find_inverted, find_noun, find_object
from tollwire.figures.clause import Clause, Harm, is_counted
from tollwire.figures.clause_words import (
    BE,
    FINDS,
    RELATIVES,
    SIZES,
    is_adverb,
)
from tollwire.figures.counted import described_at
from tollwire.figures.harm_words import ADJECTIVES, HARMED, NOUNS, PARTICIPLES, SUFFERED
from tollwire.figures.mention import Mention
from tollwire.figures.named import REFLEXIVE, named_mentions, reflexive_mentions
from tollwire.figures.sharing import share
from tollwire.figures.tokens import Tokens
from tollwire.figures.triggers import EITHER, OBJECT, SUBJECT, Trigger, find_triggers

BODIES: Final = frozenset(("bodies", "body", "corpses", "corpse"))
_SIZES: Final = SIZES | {"any"}  # before losses
_THE: Final = frozenset(("the", "these", "those", "all"))
_OPENERS: Final = frozenset((",", ";", "and", "“", '"'))
_OF_SOMETHING: Final = (["of", "a"], ["of", "an"])
VICTIMS: Final = frozenset(("victims", "victim"))


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
        harms = [self._decided(number) or self._within(one) for number, one in enumerate(mentions)]
        return share(self.clause, harms, self.objects)

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
            if noun and not (noun.harm in (SAME, "casualties") and is_told):
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
        if found == [None]:
            found = [find_pronoun_subject(self.clause.tokens, self.clause.mentions, trigger)]
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
            if word == "losses" and (mention.figure.bound == "none" or words[mention.start] in _SIZES):
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


def _may_invert(tokens: Tokens, trigger: Trigger) -> bool:
    before = tokens.word(trigger.first - 1)
    return (
        not before or before in ("those", "among", ",", "the", "people", "also", "and", ";", ":") or is_adverb(before)
    )
