"""Between spans and Label Studio's regions: what a labeller sees of a suggestion, and what comes back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from tollwire.contracts.records import Actor, Casualty, Relation
from tollwire.problems import shown

Json = dict[str, Any]

ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")
STAND_IN = "\u25a1"  # one UTF-16 unit, so that the browser counts as Python does, and a resized region stays right
INCIDENTS = {f"#{number}": number for number in range(1, 6)}
FIRST = "#1"  # may be left out in an article that has no other
DIFFERS = "differs"  # shown to an adjudicator on what labellers do not agree on; it is no part of what anybody says
FIGURE_CHOICES = ("bound", "victim_status", "victim_groups", "status", "scope")
FIGURE_NUMBERS = ("low", "best", "high")
ACTOR_CHOICES = ("kind",)
ACTOR_TEXTS = ("name", "code")
CONTROLS = (*FIGURE_CHOICES, *FIGURE_NUMBERS, *ACTOR_CHOICES, *ACTOR_TEXTS)


@dataclass(frozen=True, slots=True)
class Region:
    """One stretch of text that a labeller marked: its labels, and the values of the controls that were used on it."""

    id: str
    start: int
    end: int
    text: str
    labels: tuple[str, ...] = ()
    values: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marks:
    """All that one labeller put on one article: regions by place, drawn relations, choices about the whole article."""

    regions: tuple[Region, ...] = ()
    relations: tuple[tuple[str, str, str], ...] = ()  # (kind, head, tail)
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spans:
    """The rows that marks become, still without their article and annotator."""

    actors: tuple[Actor, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    relations: tuple[Relation, ...] = ()


def essence(region: Region) -> tuple[Any, ...]:
    """Give what of a region two labellers must have alike, whatever its id; a value that says nothing is none."""
    stated = sorted((name, value) for name, value in region.values.items() if value not in (None, "", []))
    values = tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in stated)
    return region.start, region.end, tuple(sorted(region.labels)), values


def without_sole_incident(marks: Marks) -> Marks:
    """
    Take the number of the incident from the marks of an article that has one only: some write it there, some do not.

    Source: annotations/GUIDELINES.md, 7 "Incidents".
    """
    if any(label in INCIDENTS and label != FIRST for region in marks.regions for label in region.labels):
        return marks
    return replace(marks, regions=tuple(map(_unnumbered, marks.regions)))


def _unnumbered(region: Region) -> Region:
    return replace(region, labels=tuple(label for label in region.labels if label != FIRST))


def display_text(text: str) -> str:
    """Copy a text for the editor: each character outside the basic plane becomes one inside, so offsets stay equal."""
    return ASTRAL.sub(STAND_IN, text)


def is_exported(told: str, surface: str) -> bool:
    """
    Say whether what the editor exported of a region is the text of its place.

    Of a region that goes over the end of a line it may write the line break as a backslash and an n.
    """
    return told in (surface, surface.replace("\n", "\\n"))


def marks_of(spans: Spans) -> Marks:
    """Write spans as marks, as the editor would show them."""
    regions = [_figure_region(one) for one in spans.casualties] + [_actor_region(one) for one in spans.actors]
    relations = [(one.kind, one.head_span_id, one.tail_span_id) for one in spans.relations]
    return Marks(tuple(sorted(regions, key=_place)), tuple(sorted(relations)))


def _figure_region(one: Casualty) -> Region:
    values = {name: getattr(one, name) for name in (*FIGURE_NUMBERS, "bound", "victim_status", "status", "scope")}
    values["victim_groups"] = list(one.victim_groups) or None
    return _region(one, one.harm, values)


def _actor_region(one: Actor) -> Region:
    return _region(one, one.role, {"kind": one.kind, "name": one.name, "code": one.code})


def _region(one: Actor | Casualty, label: str, values: Json) -> Region:
    incident = next((tag for tag, number in INCIDENTS.items() if number == one.incident), None)
    labels = (label, incident) if incident else (label,)
    stated = {name: value for name, value in sorted(values.items()) if value is not None}
    return Region(one.span_id, one.start, one.end, display_text(one.surface or ""), labels, stated)


def _place(region: Region) -> tuple[int, int, str]:
    return region.start, region.end, region.id


def to_result(marks: Marks) -> list[Json]:
    """Write marks as a Label Studio ``result``: one entry a region, one more for each of its values."""
    result: list[Json] = []
    for region in marks.regions:
        span = {"start": region.start, "end": region.end, "text": region.text}
        head = {"id": region.id, "to_name": "text"}
        result.append({**head, "from_name": "span", "type": "labels", "value": {**span, "labels": list(region.labels)}})
        for name, value in region.values.items():
            kind, key = _control(name)
            written = value if kind == "number" or isinstance(value, list) else [value]
            result.append({**head, "from_name": name, "type": kind, "value": {**span, key: written}})
    for kind, head_id, tail_id in marks.relations:
        ends = {"from_id": head_id, "to_id": tail_id, "direction": "right"}
        result.append({"type": "relation", **ends, "labels": [kind]})
    for choice in marks.choices:
        whole = {"from_name": "article_status", "to_name": "text", "type": "choices", "value": {"choices": [choice]}}
        result.append({"id": f"status-{choice}", **whole})
    return result


def _control(name: str) -> tuple[str, str]:
    if name in FIGURE_NUMBERS:
        return "number", "number"
    return ("textarea", "text") if name in ACTOR_TEXTS else ("choices", "choices")


def from_result(result: Iterable[Json]) -> tuple[Marks, list[str]]:
    """
    Read a Label Studio ``result``.

    Returns:
        The marks, in the order of the text whatever the order of clicks; and what could not be read, in words.
    """
    regions: dict[str, Region] = {}
    values: dict[str, Json] = {}
    relations, choices, unread = set(), set(), []
    for one in result:
        value, kind, name = one.get("value") or {}, one.get("type"), one.get("from_name")
        if kind == "relation" and {"from_id", "to_id"} <= one.keys():
            relations |= {(label, one["from_id"], one["to_id"]) for label in one.get("labels") or [""]}
        elif (kind, name) == ("labels", "span") and _has_place(one):
            labels = tuple(label for label in value.get("labels") or () if label != DIFFERS)
            regions[one["id"]] = Region(one["id"], value["start"], value["end"], value.get("text") or "", labels)
        elif (kind, name) == ("choices", "article_status"):
            choices |= set(value.get("choices") or ())
        elif name in CONTROLS and kind == _control(name)[0] and _has_place(one):
            stated = _value_of(name, kind, value)
            values.setdefault(one["id"], {}).update({name: stated} if stated is not None else {})
        else:
            unread.append(f"an entry of type {shown(kind)} from {shown(name)}")
    for region_id, stated in values.items():
        if region_id in regions:
            regions[region_id] = replace(regions[region_id], values=dict(sorted(stated.items())))
        else:
            unread.append(f"values {shown(stated)} of region {region_id}, which has no label")
    marks = Marks(tuple(sorted(regions.values(), key=_place)), tuple(sorted(relations)), tuple(sorted(choices)))
    return marks, unread


def _has_place(one: Json) -> bool:
    value = one.get("value") or {}
    return isinstance(one.get("id"), str) and all(isinstance(value.get(end), int) for end in ("start", "end"))


def _value_of(name: str, kind: str, value: Json) -> Any:
    """Give what a control says, None when nothing; several values where one belongs stay several, to be told."""
    if kind == "number":
        return value.get("number")
    found = value.get("choices" if kind == "choices" else "text") or []
    found = [found] if isinstance(found, str) else sorted(filter(None, found))
    return found[0] if len(found) == 1 and name != "victim_groups" else found or None


def to_json(marks: Marks) -> Json:
    """Write marks for the log of annotations: one flat object a region, so that a change is one readable line."""
    regions = [
        {"id": one.id, "start": one.start, "end": one.end, "text": one.text, "labels": list(one.labels)}
        | dict(sorted(one.values.items()))
        for one in marks.regions
    ]
    relations = [{"kind": kind, "head": head, "tail": tail} for kind, head, tail in marks.relations]
    return {"regions": regions, "relations": relations, "choices": list(marks.choices)}


def from_json(line: Json) -> Marks:
    """Read marks from a line of the log."""
    regions = []
    for one in line["regions"]:
        values = {name: value for name, value in one.items() if name not in ("id", "start", "end", "text", "labels")}
        regions.append(Region(one["id"], one["start"], one["end"], one["text"], tuple(one["labels"]), values))
    relations = tuple((one["kind"], one["head"], one["tail"]) for one in line["relations"])
    return Marks(tuple(regions), relations, tuple(line["choices"]))
