"""Who did it, who suffered it and who says so: for each figure, as drawn or as the guidelines let it be understood."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tollwire.contracts.records import Actor, Casualty, Relation

FIRST_INCIDENT: Final = 1
PARTIES: Final = ("inflicted_by", "suffered_by", "claimed_by")
# What a figure without a party of its own has it from, and whom else: the only side or speaker of its incident.
HEIRS: Final = ("same_as", "part_of")
DEFAULTS: Final = {"inflicted_by": "attacker", "claimed_by": "source"}


def complete_relations(
    casualties: Iterable[Casualty], actors: Iterable[Actor], relations: Iterable[Relation]
) -> list[Relation]:
    """
    Give the relations of one article with those that need no drawing, so that each figure's parties can be read off.

    Behind what is drawn comes, for each figure: what is drawn from the figure that it repeats or is a part of; else,
    in the news of an incident, inflicted_by the nearest mention of its attacker and claimed_by that of its source,
    where it has just one side or speaker. A figure of none is inflicted by nobody.

    Relations that were not drawn have the id ``<kind>.<head>.<tail>``.

    Source: annotations/GUIDELINES.md, 9 "Relations".
    """
    figures, mentions, drawn = list(casualties), list(actors), list(relations)
    incidents = _incidents(figures, mentions)
    has_own = {(one.kind, one.head_span_id) for one in drawn}
    targets: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in drawn:
        targets[one.kind, one.head_span_id].append(one.tail_span_id)
    found = list(drawn)
    for figure in figures:
        for kind in PARTIES:
            is_nobody = kind == "inflicted_by" and figure.bound == "none"
            if (kind, figure.span_id) in has_own or is_nobody:
                continue
            tails = _inherited(kind, figure.span_id, targets)
            if not tails and kind in DEFAULTS and _is_news(figure):
                tails = _only_party(DEFAULTS[kind], figure, mentions, incidents)
            found += (Relation(f"{kind}.{figure.span_id}.{tail}", kind, figure.span_id, tail) for tail in tails)
    return found


def are_one(mentions: Sequence[Actor]) -> bool:
    """
    Say whether mentions can be of one side or speaker: of one kind, and with one name at most.

    Persons need the same noun besides, for two witnesses are two.
    """
    names = {one.name.casefold() for one in mentions if one.name}
    nouns = set(_nouns(mentions))
    is_of_one_kind = len({one.kind for one in mentions}) == 1
    return is_of_one_kind and len(names) <= 1 and (mentions[0].kind != "person" or len(nouns) == 1)


def _is_news(figure: Casualty) -> bool:
    return figure.scope == "incident" and figure.status != "hypothetical"


def _incidents(figures: Sequence[Casualty], mentions: Sequence[Actor]) -> dict[str, int | None]:
    """Number the incident of each span: in an article with one, that one; else as stated, None for several at once."""
    spans: list[Casualty | Actor] = [*figures, *mentions]
    is_one = all((one.incident or FIRST_INCIDENT) == FIRST_INCIDENT for one in spans)
    return {one.span_id: FIRST_INCIDENT if is_one else one.incident for one in spans}


def _inherited(kind: str, span_id: str, targets: dict[tuple[str, str], list[str]]) -> list[str]:
    """Give the tails drawn from the nearest of the figures that this one repeats or is a part of."""
    seen, waiting = {span_id}, [span_id]
    while waiting:
        wholes = [tail for one in waiting for heir in HEIRS for tail in targets.get((heir, one), ())]
        waiting = [one for one in dict.fromkeys(wholes) if one not in seen]
        seen.update(waiting)
        if tails := [tail for one in waiting for tail in targets.get((kind, one), ())]:
            return list(dict.fromkeys(tails))
    return []


def _only_party(role: str, figure: Casualty, mentions: Sequence[Actor], incidents: dict[str, int | None]) -> list[str]:
    """Give the nearest mention of the incident's only side or speaker in this role; the one before goes first."""
    incident = incidents[figure.span_id]
    there = [one for one in mentions if one.role == role and incidents[one.span_id] == incident is not None]
    if not there or not are_one(there):
        return []
    return [min(there, key=lambda one: (one.start > figure.start, abs(one.start - figure.start))).span_id]


def _nouns(mentions: Sequence[Actor]) -> Iterator[str]:
    """Give the last word of each mention; of one whose text is withheld its id, so that it is like no other."""
    for one in mentions:
        words = (one.surface or "").casefold().split()
        yield words[-1] if words else one.span_id
