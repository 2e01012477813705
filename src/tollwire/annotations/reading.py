"""Read marks as spans: each checked against the article's text, nothing moved, nothing guessed in silence."""

from typing import Any

from tollwire.annotations.regions import (
    ACTOR_CHOICES,
    ACTOR_TEXTS,
    FIGURE_CHOICES,
    FIGURE_NUMBERS,
    INCIDENTS,
    Marks,
    Region,
    Spans,
    display_text,
    is_exported,
    without_sole_incident,
)
from tollwire.contracts.contract import Labels
from tollwire.contracts.records import Actor, Casualty, Relation
from tollwire.contracts.references import RELATION_ENDS
from tollwire.problems import Problem, shown

MOST = 2**31 - 1  # the columns of numbers are int32


def read_marks(marks: Marks, text: str, labels: Labels, where: str) -> tuple[Spans, list[Problem]]:
    """
    Turn marks into spans of the article's true ``text``, each surface checked against what the editor exported.

    A region that does not fit is a problem and becomes no span; it is never moved. A figure whose bound was not said
    is read from its words. In an article with one incident no span has its number, for it may be left out.

    Source: annotations/GUIDELINES.md, 7 "Incidents".
    """
    spans: list[Actor | Casualty] = []
    problems: list[Problem] = []
    shown_text = display_text(text)
    for region in without_sole_incident(marks).regions:
        place = f"{where}, span {region.start}-{region.end}"
        if fault := _region_fault(region, shown_text, labels):
            problems.append(Problem(place, *fault))
            continue
        label = next(one for one in region.labels if one not in INCIDENTS)
        is_figure = label in labels.harm
        own = {*FIGURE_CHOICES, *FIGURE_NUMBERS} if is_figure else {*ACTOR_CHOICES, *ACTOR_TEXTS}
        if stray := sorted(region.values.keys() - own):
            what = f"{', '.join(stray)} does not belong to a span labelled {label}"
            problems.append(Problem(place, "hidden-attribute", what, "the value is dropped; nothing need be done"))
        if fault := _value_fault(region, own):
            problems.append(Problem(place, *fault))
            continue
        surface = text[region.start : region.end]
        span = _casualty(region, surface, label) if is_figure else _actor(region, surface, label)
        if isinstance(span, str):
            problems.append(Problem(place, "no-bound", span, "choose its bound in the editor"))
        else:
            spans.append(span)
    relations = []
    sorts = {one.span_id: "actors" if isinstance(one, Actor) else "casualties" for one in spans}
    for kind, head, tail in marks.relations:
        if fault := _relation_fault(kind, sorts.get(head), sorts.get(tail)):
            problems.append(Problem(f"{where}, relation {kind} from {head} to {tail}", *fault))
        else:
            relations.append(Relation(f"{kind}.{head}.{tail}", kind, head, tail))
    actors = tuple(one for one in spans if isinstance(one, Actor))
    casualties = tuple(one for one in spans if isinstance(one, Casualty))
    return Spans(actors, casualties, tuple(relations)), problems


def _relation_fault(kind: str, head: str | None, tail: str | None) -> tuple[str, str, str] | None:
    """Say what is wrong with a relation between spans of two tables, as (rule, what, what to do)."""
    if head is None or tail is None:
        return "relation-ends-exist", "one of its ends is no span", "draw it again between two labelled spans"
    if kind not in RELATION_ENDS:
        return "unknown-label", f"{shown(kind)} is not in schemas/labels.toml", "use the project's own interface"
    if (head, tail) != RELATION_ENDS[kind]:
        return "relation-types", f"it runs from {head} to {tail}", "it runs from {} to {}".format(*RELATION_ENDS[kind])
    return None


def _actor(region: Region, surface: str, role: str) -> Actor:
    kind, name, code = (region.values.get(control) for control in (*ACTOR_CHOICES, *ACTOR_TEXTS))
    return Actor(region.id, region.start, region.end, surface, role, kind, name, code, _incident(region))


def _casualty(region: Region, surface: str, harm: str) -> Casualty | str:
    """Make a casualty of a region; where its figure can't be told, say so in words instead."""
    low, best, high = given = [_whole(region.values.get(name)) for name in FIGURE_NUMBERS]
    bound = region.values.get("bound")
    if not bound:
        from tollwire.figures.parse import parse_figure

        figure = parse_figure(surface)
        if figure is None:
            return f"no bound is chosen, and no number can be read from {shown(surface)}"
        bound, low, best, high = figure.bound, figure.low, figure.best, figure.high
        if any(number not in (None, read) for number, read in zip(given, (low, best, high), strict=True)):
            return f"no bound is chosen, and the numbers given are not those of {shown(surface)}"
    chosen = region.values
    return Casualty(
        region.id,
        region.start,
        region.end,
        surface,
        harm,
        bound,
        low,
        best,
        high,
        victim_status=chosen.get("victim_status") or "unstated",
        victim_groups=tuple(chosen.get("victim_groups") or ()),
        status=chosen.get("status") or "reported",
        scope=chosen.get("scope") or "incident",
        incident=_incident(region),
    )


def _whole(number: Any) -> Any:
    """Give a number that the editor's field wrote as 9.0 as 9."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _value_fault(region: Region, own: set[str]) -> tuple[str, str, str] | None:
    """Say which value of a region is of a sort that no column holds; whether it is a right one the contract judges."""
    for name in sorted(own & region.values.keys()):
        value = region.values[name]
        if name in FIGURE_NUMBERS:
            number = _whole(value)
            fits = isinstance(number, int) and not isinstance(number, bool) and abs(number) <= MOST
        elif name == "victim_groups":
            fits = isinstance(value, list) and all(isinstance(group, str) for group in value)
        else:
            fits = isinstance(value, str)
        if not fits and value is not None:
            return "bad-value", f"{name} is {shown(value)}", "mend it in the editor"
    return None


def _incident(region: Region) -> int | None:
    return next((INCIDENTS[tag] for tag in region.labels if tag in INCIDENTS), None)


def _region_fault(region: Region, text: str, labels: Labels) -> tuple[str, str, str] | None:
    """Say what is wrong with a region, as (rule, what, what to do); None when it is sound."""
    if not 0 <= region.start < region.end <= len(text):
        return "span-in-text", f"the text has {len(text)} characters", "delete it and mark it again"
    if not is_exported(region.text, text[region.start : region.end]):
        what = f"it reads {shown(region.text)}, the article has {shown(text[region.start : region.end])}"
        return "text-matches-article", what, "the text changed since it was pushed, or the region was edited by hand"
    main = [one for one in region.labels if one not in INCIDENTS]
    if unknown := [one for one in main if one not in labels.harm and one not in labels.role]:
        return "unknown-label", f"{shown(unknown[0])} is not in schemas/labels.toml", "use the project's own interface"
    if len(main) != 1:
        return "one-label", f"it has the labels {', '.join(main) or 'none'}", "give it exactly one harm or one role"
    if len(region.labels) > 2:
        return "one-incident", f"it has the labels {', '.join(region.labels)}", "give it one incident number at most"
    return None
