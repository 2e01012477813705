"""Links between the figures of one article: the same figure again, a part, an update, a rival; and its incidents."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from tollwire.contracts.records import Casualty, Relation
from tollwire.figures.behind import SAME
from tollwire.figures.casualties import Sighting
from tollwire.figures.clause_words import ORDINALS
from tollwire.figures.lexicons import lexicon
from tollwire.figures.likeness import are_alike, have_a_word, is_added, last_word
from tollwire.figures.summing import sums
from tollwire.figures.told_before import MOST, is_uncounted

_WORDS: Final[dict[str, frozenset[str]]] = {name: frozenset(words) for name, words in lexicon("links")["words"].items()}
_ARTICLES: Final = frozenset(("the", "these", "those", "this", "that", "both", "all"))
OPENING_BLOCKS: Final = 2  # the headline and the lead: a figure in them is told again below
# Figures of one harm that are compared with a new one: the first of the article and the last, so that time is linear.
OPENING_FIGURES: Final = 12
RECENT_FIGURES: Final = 24
_PRONOUNS: Final = (["him"], ["her"])
_FATES: Final = frozenset(("killed", "injured", "captured"))  # of a band, of which the rest got away
_FLEES: Final = frozenset(("fled", "escaped", "ran"))
_OWNED: Final = frozenset(("his", "her", "their"))
_HELPLESS: Final = frozenset(("women", "children"))  # of whom no fighter is a part
_BODIES: Final = (["their", "bodies"], ["his", "body"], ["her", "body"])
_FREED: Final = frozenset(("released", "freed", "ransomed", "let"))
_NOW: Final = frozenset(("now", "later"))
_LESS: Final = {"killed": ("casualties", "captured", "missing"), "injured": ("casualties",), "captured": ("missing",)}
LONGEST_GAPPED: Final = 6  # tokens from one toll to the next, whose verb is left out
NEAR: Final = 10  # tokens before a figure in which "rose to" or "bringing the toll to" stands


def link(sightings: Sequence[Sighting]) -> tuple[list[Casualty], list[Relation]]:
    """
    Link the figures of one article, given in the order of its text.

    Returns:
        The figures, each with the number of its incident, without those that only name again whom the text has
        counted ("the rebels"); and the relations part_of, same_as, updates and disputes between them, without ids.

    Source: annotations/GUIDELINES.md, 7 "Incidents", 9 "Relations" and 10 "Hard cases".
    """
    return _Linker(sightings).linked()


class _Linker:
    """The figures of an article so far, and what was found to link them."""

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        self.sightings = sightings
        self.kept: list[Sighting] = []
        self.relations: list[tuple[str, str, str]] = []
        self.risen: Sighting | None = None  # a toll that has changed, before the article has told from which
        self.early: set[str] = set()  # figures of which an earlier state was found
        self.same: dict[str, Sighting] = {}  # the first mention of each figure that is told again
        self.linked_heads: set[str] = set()
        self.linked_tails: set[str] = set()
        self.news: dict[str, list[Sighting]] = defaultdict(list)  # by harm
        self.incident_of: dict[str, int] = {}

    def linked(self) -> tuple[list[Casualty], list[Relation]]:
        incident = 1
        tokens = None
        for sighting in self.sightings:
            if sighting.tokens is not tokens:
                tokens = sighting.tokens
                is_other = self.kept and not sighting.is_title and self._opens_incident(sighting)
                incident += bool(is_other)
            if sighting.is_again:
                if self._repeats(sighting):
                    self.kept.append(sighting)
                    continue
                if not sighting.is_counted_before:
                    self._find_bodies(sighting)
                    continue
            if not self._is_told(sighting) or self._names_again(sighting) or self._is_flight(sighting):
                continue
            self._link(sighting, incident)
            self.kept.append(sighting)
        for kind, head, tail in sums(self.kept, OPENING_BLOCKS, _is_news, self.linked_heads, self.linked_tails):
            self._add(kind, head, tail)
        self._drop_uncounted()
        rows = [self._numbered(sighting.row) for sighting in self.kept]
        return rows, [Relation("", *one) for one in self.relations]

    def _drop_uncounted(self) -> None:
        """Leave out "the insurgents" where the text counts them later."""
        counted = {
            harm: max(map(_start, one)) for harm, news in self.news.items() if (one := list(filter(_is_counted, news)))
        }
        kept = [one for one in self.kept if not _is_uncounted(one) or _start(one) > counted.get(one.row.harm, -1)]
        gone = {one.row.span_id for one in self.kept} - {one.row.span_id for one in kept}
        self.kept = kept
        self.relations = [one for one in self.relations if gone.isdisjoint(one[1:])]

    def _numbered(self, row: Casualty) -> Casualty:
        is_event = row.scope == "incident" and row.status != "hypothetical"
        return replace(row, incident=self.incident_of[row.span_id]) if is_event else row

    def _opens_incident(self, sighting: Sighting) -> bool:
        opening = sighting.tokens.words[:12]
        return not _WORDS["elsewhere"].isdisjoint(opening)

    def _is_told(self, sighting: Sighting) -> bool:
        """Give a figure that names no harm that of the one before; tell whether there is one."""
        if sighting.row.harm != SAME:
            return True
        if sighting.whole is not None:
            if sighting.whole.row.harm == SAME:
                self._is_told(sighting.whole)  # "one of the six": the whole stands behind
            sighting.row = replace(sighting.row, harm=sighting.whole.row.harm)
            return sighting.row.harm != SAME
        words, mention = sighting.tokens.words, sighting.mention
        is_victims = words[mention.end - 1] in ("victims", "victim")
        is_put = words[sighting.harm.place] not in _ARTICLES and sighting.harm.place < mention.start
        if sighting.tells_who:
            larger = [one for one in self.kept[-RECENT_FIGURES:] if _is_news(one) and one.count > sighting.count]
            sighting.row = replace(sighting.row, harm=larger[-1].row.harm) if larger else sighting.row
            return bool(larger)
        is_free = is_victims or is_put or words[mention.start] not in _ARTICLES
        recent = self.kept[-RECENT_FIGURES:]
        if is_victims and not ORDINALS.isdisjoint(words[mention.start : mention.end]):
            recent.sort(key=_is_dead)  # "the third victim" of three dead and five hurt
        for one in reversed(recent):
            is_again = is_free or one.count == sighting.count
            if _is_news(one) and is_again:
                sighting.row = replace(sighting.row, harm=one.row.harm)
                return True
        if is_victims and _is_counted(sighting):
            sighting.row = replace(sighting.row, harm="killed")
            return True
        return False

    def _repeats(self, sighting: Sighting) -> bool:
        """Give a figure that names again whom another counts that one's number; tell whether there is such a one."""
        harm, is_one = sighting.row.harm, sighting.count == 1
        for one in reversed(self.kept[-RECENT_FIGURES:]):
            is_drawn = one.row.span_id in self.linked_heads and one.row.span_id not in self.same
            is_part = not is_one and (one.whole is not None or is_drawn)
            if is_part or not _is_news(one) or (one.count == 1) != is_one or harm not in (one.row.harm, SAME):
                continue
            first = self._first(one)
            told = {name: getattr(one.row, name) for name in ("harm", "bound", "low", "best", "high")}
            sighting.row, sighting.count = replace(sighting.row, **told), one.count
            self.incident_of[sighting.row.span_id] = self.incident_of[one.row.span_id]
            self._add("same_as", sighting, first)
            return True
        return False

    def _find_bodies(self, sighting: Sighting) -> None:
        """Tell that those are dead who the sentence before said were taken or missing: "Their bodies were found"."""
        words = sighting.tokens.words[sighting.mention.start : sighting.mention.end]
        if words not in _BODIES or not self.kept:
            return
        last = [one for one in self.kept[-RECENT_FIGURES:] if one.tokens is self.kept[-1].tokens and _is_news(one)]
        for one in last:
            if one.row.harm in ("captured", "missing") and one in self.news[one.row.harm]:
                self.news[one.row.harm].remove(one)
                one.row = replace(one.row, harm="killed")
                self.news["killed"].append(one)

    def _names_again(self, sighting: Sighting) -> bool:
        news = self.news[sighting.row.harm]
        if sighting.is_counted_before:
            return any(one.count == sighting.count for one in news)  # the number was taken from there
        return _is_uncounted(sighting) and bool(news)

    def _is_flight(self, sighting: Sighting) -> bool:
        """Tell the rest of a band of fighters that got away; they are not displaced."""
        is_rest = is_added(sighting)
        before = self.kept[-1].row if self.kept else None
        if sighting.row.harm != "displaced" or before is None:
            return False
        is_left = self.kept[-1].tokens is sighting.tokens and before.harm in _FATES and sighting.mention.noun is None
        is_band = sighting.count <= MOST and sighting.tokens.word(sighting.mention.after) in _FLEES
        return (is_rest and before.victim_status == "combatant") or (is_left and is_band)

    def _link(self, sighting: Sighting, incident: int) -> None:
        self.incident_of[sighting.row.span_id] = incident
        if sighting.whole is not None:
            self._add("part_of", sighting, self._first(sighting.whole))
            return
        if not _is_news(sighting):
            return
        news = self.news[sighting.row.harm]
        before = news[:OPENING_FIGURES] + news[max(OPENING_FIGURES, len(news) - RECENT_FIGURES) :]
        news.append(sighting)
        if self._made_it_rise(sighting, before) or self._takes_in(sighting, before):
            return
        for one in before[-1:]:  # "a leader was among those killed", and then how many they were
            is_among = "among" in one.tokens.words[one.mention.end : one.harm.place]
            is_besides = not _OWNED.isdisjoint(sighting.tokens.words[sighting.mention.start : sighting.mention.end])
            is_among = is_among and not is_besides and one.row.span_id not in self.linked_heads  # "six of his men"
            if is_among and one.count < sighting.count:
                self._add("part_of", one, sighting)
                return
        if self._is_outcome(sighting):
            return
        for kind, find in self._rules():
            if (other := find(sighting, before)) is not None:
                self._add(kind, sighting, other)
                if kind in ("same_as", "part_of", "updates"):
                    self.incident_of[sighting.row.span_id] = self.incident_of[other.row.span_id]
                return

    def _made_it_rise(self, sighting: Sighting, before: Sequence[Sighting]) -> bool:
        """Tell those by whom a toll rose: it has "risen from six to eight", and then "two policemen died overnight"."""
        by_id = {one.row.span_id: one for one in before}
        for kind, head, tail in self.relations[-RECENT_FIGURES:]:
            is_rise = kind == "updates" and head in by_id and tail in by_id
            if is_rise and by_id[head].count - by_id[tail].count == sighting.count:
                self._add("part_of", sighting, by_id[head])
                return True
        return False

    def _takes_in(self, sighting: Sighting, before: Sequence[Sighting]) -> bool:
        """Tell "all three died", where one of them was told before."""
        single = [one for one in before if one.whole is None and one.row.span_id not in self.linked_heads]
        is_all = sighting.tokens.words[sighting.mention.start] == "all" and sighting.mention.noun is None
        if not is_all or not single or sum(one.count for one in single) >= sighting.count:
            return False
        for one in single:
            self._add("part_of", one, sighting)
        return True

    def _is_outcome(self, sighting: Sighting) -> bool:
        """
        Give the harm of one person to what the text has told of him before: "headman shot", and that he died.

        Source: annotations/GUIDELINES.md, 3 "Harm" and 10 "Shot, and dead further down".
        """
        harm, mention = sighting.row.harm, sighting.mention
        is_definite = sighting.tokens.words[mention.start] in _ARTICLES
        if (sighting.count != 1 and not sighting.is_counted_before) or is_added(sighting):
            return False
        hurt = ("injured",) if sighting.is_counted_before and harm == "killed" else ()
        for early in _LESS.get(harm, ()) + hurt:
            for one in reversed(self.news[early][-RECENT_FIGURES:]):
                is_other = one.tokens is sighting.tokens or one.count != sighting.count
                if is_other or one.row.span_id in self.linked_heads:
                    continue
                is_meant = sighting.is_counted_before and one is self.kept[-1]  # "He died on the way."
                if is_meant or (are_alike(one, sighting, is_definite) and have_a_word(one, sighting)):
                    one.row = replace(one.row, harm=harm)
                    self.news[early].remove(one)
                    self.news[harm].insert(0, one)
                    self._add("same_as", sighting, one)
                    self.incident_of[sighting.row.span_id] = self.incident_of[one.row.span_id]
                    return True
        return False

    def _rules(self) -> Sequence[tuple[str, Callable[[Sighting, Sequence[Sighting]], Sighting | None]]]:
        return (
            ("updates", self._updated),
            ("part_of", self._counted_in),
            ("same_as", self._repeated),
            ("disputes", self._disputed),
        )

    def _add(self, kind: str, head: Sighting, tail: Sighting) -> None:
        self.relations.append((kind, head.row.span_id, tail.row.span_id))
        if kind == "same_as":
            self.same[head.row.span_id] = self._first(tail)
        self.linked_heads.add(head.row.span_id)
        self.linked_tails.add(tail.row.span_id)

    # The rules, each for a figure and those of the same harm before it.

    def _updated(self, sighting: Sighting, before: Sequence[Sighting]) -> Sighting | None:
        """Find the toll that a later one replaces: "rose to 14", "to 14 from nine"; what made it rise is a part."""
        words, start = sighting.tokens.words, sighting.mention.start
        near = words[max(0, start - NEAR) : start]
        older = [one for one in before if one.count != sighting.count]
        if (
            self.risen is not None
            and sighting.count < self.risen.count
            and self.risen.row.harm == sighting.row.harm
            and not _WORDS["former"].isdisjoint(words)
        ):
            self._add("updates", self.risen, sighting)
            self.risen = None
            return None
        is_early = not _WORDS["early"].isdisjoint(words[:start]) and not _WORDS["reporting"].isdisjoint(words)
        if is_early and before and before[0].count > sighting.count and before[0].row.span_id not in self.early:
            self.early.add(before[0].row.span_id)
            self._add("updates", before[0], sighting)
            return None
        now = next((place for place in range(start - 1, max(-1, start - NEAR), -1) if words[place] in _NOW), 0)
        is_now = not _WORDS["early"].isdisjoint(words[:now])
        if is_now and older and older[-1].tokens is sighting.tokens:
            return older[-1]  # "who at first spoke of ten dead, now say that thirteen died"
        changes = near[-1:] != ["after"] and not _WORDS["changes"].isdisjoint(near)
        if near[-1:] == ["after"] and before and before[-1].tokens is sighting.tokens and before[-1] is self.risen:
            self._add("part_of", sighting, before[-1])  # "has climbed to 37 after six of the wounded died"
            return None
        if changes and not older:
            self.risen = sighting
        if near[-1:] == ["from"] or not older:
            same = [one for one in before if one.tokens is sighting.tokens]
            if near[-1:] == ["from"] and same:  # "rose to 14 from nine": the older stands behind
                self._add("updates", same[-1], sighting)
            return None
        if changes:
            if not _WORDS["brings"].isdisjoint(near):
                for one in before:
                    if one.tokens is sighting.tokens and one.count < sighting.count:
                        self._add("part_of", one, sighting)
                older = [one for one in older if one.tokens is not sighting.tokens]
            totals = [one for one in older if one.row.span_id not in self.linked_heads] or older
            return totals[-1] if totals else None
        return None

    def _counted_in(self, sighting: Sighting, before: Sequence[Sighting]) -> Sighting | None:
        """Find the whole that a figure is told to be part of: "among the dead were two girls", "three of them"."""
        words, mention = sighting.tokens.words, sighting.mention
        after = words[mention.end : mention.after + 1]
        is_share = after[:1] == ["of"] and not _WORDS["them"].isdisjoint(after)
        is_freed = mention.noun is None and sighting.row.harm == "captured" and words[sighting.harm.place] in _FREED
        is_share = (
            is_share or is_freed or ("of" in words[mention.start : mention.end] and _is_of_those(words, mention.end))
        )
        larger = [
            one
            for one in before
            if one.count > sighting.count
            and (is_share or one.tokens is not sighting.tokens)
            and not (sighting.row.victim_status == "combatant" and not _HELPLESS.isdisjoint(one.row.victim_groups))
        ]
        if not larger:
            return None
        around = words[max(0, mention.start - NEAR) : mention.start]
        is_seen = not _WORDS["confirms"].isdisjoint(around[-4:]) and _WORDS["additive"].isdisjoint(
            words[mention.start : mention.end + 1]
        )
        told = words[mention.end : max(mention.end, sighting.harm.place)]
        is_one = "among" in told or ("one" in told and "of" in told)  # "was one of the dead"
        is_victim = words[mention.end - 1] == "victim" and words[mention.start] in _ARTICLES  # "the third victim"
        is_listed = is_one or is_seen or is_victim or "among" in around or not _WORDS["includes"].isdisjoint(around)
        wholes = [one for one in larger if one.whole is None and one.row.span_id not in self.linked_heads]
        if sighting.tells_who and wholes:
            return self._first(wholes[-1])
        return self._first(larger[-1]) if is_listed or is_share else None

    def _first(self, sighting: Sighting) -> Sighting:
        """Give the first mention of a figure that is told again."""
        first = self.same.get(sighting.row.span_id)
        return sighting if first is None else first

    def _repeated(self, sighting: Sighting, before: Sequence[Sighting]) -> Sighting | None:
        """Find the first mention of a figure that is told again: in headline and lead, or as "the nine victims"."""
        words, mention = sighting.tokens.words, sighting.mention
        if words[mention.start : mention.end] in _PRONOUNS:
            return next((one for one in reversed(before) if one.count == 1 and one.tokens is not sighting.tokens), None)
        if is_added(sighting):
            is_definite = words[mention.start] in _ARTICLES  # "the seven others", "the second man" after "another"
            return next((one for one in before if is_definite and is_added(one) and one.count == sighting.count), None)
        if "also" in words[mention.end : mention.end + 4]:
            return None
        count, is_definite = sighting.count, words[mention.start] in _ARTICLES
        for one in before:
            if one.tokens is sighting.tokens or (one.whole is not None and count == 1):
                continue
            is_same = one.count == count
            first = one.is_title or one.block < OPENING_BLOCKS
            is_item = (
                words[0] == "in" and not is_definite and one.block >= OPENING_BLOCKS and one.block < sighting.block
            )
            is_alike = _is_vague(one) == _is_vague(sighting) or last_word(one) == last_word(sighting)
            if count > 1 and is_same and not is_item and is_alike and (not _is_vague(sighting) or first or is_definite):
                return one
            is_told = (
                one.block < OPENING_BLOCKS and one.row.span_id not in self.linked_tails and sighting.block > one.block
            )
            is_summed = "operations" in one.tokens.words and last_word(one) == last_word(sighting)
            if count == 1 and is_same and is_told and (is_summed or one.row.surface == sighting.row.surface):
                return one
            if count == 1 and is_same and are_alike(one, sighting, is_definite):
                return one
            is_vague_title = one.is_title and _is_vague(one) and one.row.span_id not in self.linked_tails
            if is_vague_title and one.count <= max(count, 1):
                return one
            is_kept = is_told and _is_vague(sighting) and not _is_vague(one) and one.count >= count > 1
            if is_kept and last_word(one) == last_word(sighting) and _WORDS["elsewhere"].isdisjoint(words):
                return one  # "more than ten insurgents were killed", and then that several were
            is_counted = is_told and _is_vague(one) and not one.mention.is_bare and one.count <= count
            if is_counted and not _is_vague(sighting) and last_word(one) == last_word(sighting):
                return one  # "several insurgents were killed", and then how many
        return None

    def _disputed(self, sighting: Sighting, before: Sequence[Sighting]) -> Sighting | None:
        """Find the toll that another side puts otherwise: "the rebels put it at seven", "but the mayor said nine"."""
        words, mention = sighting.tokens.words, sighting.mention
        if not before or is_added(sighting):
            return None
        other = before[-1]
        if other.count == sighting.count or other.whole is not None:
            return None
        between = words[other.mention.end if other.tokens is sighting.tokens else 0 : mention.end]
        is_put = not _WORDS["puts"].isdisjoint(between) and not _WORDS["toll"].isdisjoint(between)
        is_gapped = other.tokens is sighting.tokens and between[:2] == [",", "the"] and len(between) <= LONGEST_GAPPED
        if is_gapped and not _WORDS["says"].isdisjoint(words[: other.mention.start]):
            return other  # "the mayor counts nine dead, the clinic eleven"
        is_contrast = not _WORDS["contrast"].isdisjoint(between) and not _WORDS["says"].isdisjoint(
            words[max(0, mention.start - NEAR) : mention.end + NEAR]
        )
        return other if is_put or is_contrast else None


def _is_news(sighting: Sighting) -> bool:
    return sighting.row.status == "reported" and sighting.row.scope == "incident" and sighting.row.bound != "none"


def _is_uncounted(sighting: Sighting) -> bool:
    return is_uncounted(sighting.tokens, sighting.mention)


def _is_counted(sighting: Sighting) -> bool:
    return not sighting.mention.is_bare and sighting.count > 1


def _is_dead(sighting: Sighting) -> bool:
    return sighting.row.harm == "killed"


def _is_of_those(words: list[str], end: int) -> bool:
    """Tell "of the wounded", but not "of its victims"."""
    return words[end - 1] in _WORDS["them"] and words[end - 2] != "its" and words[end - 2] not in _OWNED


def _start(sighting: Sighting) -> int:
    return sighting.row.start


def _is_vague(sighting: Sighting) -> bool:
    return sighting.row.bound == "vague"
