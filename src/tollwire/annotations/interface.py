"""Hold the labelling interface and the label set together: same labels, keys and colours, nothing from outside."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from xml.etree import ElementTree

from tollwire.contracts.contract import Label, Labels
from tollwire.problems import Problem, shown

WHERE = "annotations/interface.xml"
INCIDENTS = range(1, 6)
TEXT = "text"

# Keys that the editor itself listens to in a text task. Source: the keymap of label-studio 1.23.2.
EDITOR_KEYS = frozenset(
    "ctrl+enter ctrl+space ctrl+z ctrl+shift+z ctrl+backspace ctrl+h ctrl+d enter escape backspace delete u "
    "alt+r alt+h alt+l alt+m alt+.".split()
)
# Markdown renders HTML that stands in the data; HyperText and Paragraphs count offsets otherwise than Python does.
TAGS = frozenset(
    "View Style Header Text Labels Label Choices Choice Number TextArea Relations Relation".split()
)  # fmt: skip
FROM_OUTSIDE = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//|\b(?:javascript|data):|@import|\burl\s*\(|<\s*script", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Control:
    """One control of the interface: what annotations name it, its tag, and the vocabulary that it offers."""

    name: str
    tag: str
    vocabulary: str | None = None
    per_region: bool = True
    choice: str | None = None


CONTROLS = (
    Control("span", "Labels", per_region=False, choice="multiple"),
    Control("bound", "Choices", "bound", choice="single"),
    Control("low", "Number"),
    Control("best", "Number"),
    Control("high", "Number"),
    Control("victim_status", "Choices", "victim_status", choice="single"),
    Control("victim_groups", "Choices", "victim_group", choice="multiple"),
    Control("status", "Choices", "status", choice="single"),
    Control("scope", "Choices", "scope", choice="single"),
    Control("kind", "Choices", "kind", choice="single"),
    Control("name", "TextArea"),
    Control("code", "TextArea"),
    Control("article_status", "Choices", "article_status", per_region=False, choice="single"),
)
# An article is annotated when it is submitted with spans, and skipped with the editor's own button.
NOT_CHOSEN = ("annotated", "skipped")


def check_interface(xml: str, labels: Labels) -> list[Problem]:
    """List all that is wrong with a labelling interface: by our rules, and when those hold by Label Studio's own."""
    return interface_problems(xml, labels) or config_problems(xml)


def interface_problems(xml: str, labels: Labels) -> list[Problem]:
    """List where a labelling interface differs from the label set, or could do what labelling does not need."""
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        return [_problem("interface-not-xml", str(error), "mend the XML")]
    return [*_foreign(root), *_controls(root, labels), *_keys(root)]


def config_problems(xml: str) -> list[Problem]:
    """List what Label Studio's own check says against a labelling interface. Takes seconds: it loads the SDK."""
    # No public module of the SDK exports what its validation raises.
    from label_studio_sdk._legacy.exceptions import (
        LabelStudioValidationErrorSentryIgnored,
        LabelStudioXMLSyntaxErrorSentryIgnored,
    )
    from label_studio_sdk.label_interface import LabelInterface

    try:
        LabelInterface(xml).validate()
    except (LabelStudioValidationErrorSentryIgnored, LabelStudioXMLSyntaxErrorSentryIgnored) as error:
        return [_problem("interface-refused", " ".join(str(error).split()), "mend the tag")]
    return []


def _foreign(root: ElementTree.Element) -> Iterator[Problem]:
    for element in root.iter():
        if element.tag not in TAGS:
            known = ", ".join(sorted(TAGS))
            yield _problem("interface-tag", f"<{element.tag}> is not a tag for this work", f"use {known}")
        for name, value in element.attrib.items():
            if name.lower().startswith("on") or FROM_OUTSIDE.search(value):
                yield _outside(element, f"{name}={shown(value)}")
        for text in (element.text, element.tail):
            if text and (found := FROM_OUTSIDE.search(text)):
                yield _outside(element, shown(text[found.start() : found.start() + 40]))


def _outside(element: ElementTree.Element, what: str) -> Problem:
    return _problem("interface-external", f"<{element.tag}> has {what}", "the page must load and run nothing else")


def _controls(root: ElementTree.Element, labels: Labels) -> Iterator[Problem]:
    texts = [element for element in root.iter("Text") if element.get("name") is not None]
    if [(text.get("name"), text.get("value")) for text in texts] != [(TEXT, "$text")]:
        yield _problem("interface-text", "there must be one text to label", 'write <Text name="text" value="$text"/>')
    named = [element for element in root.iter() if element.get("toName") is not None]
    known = {control.name for control in CONTROLS}
    for element in named:
        if element.get("name") not in known:
            what = f"<{element.tag}> is named {shown(element.get('name'))}"
            yield _problem("interface-control", what, f"names are {', '.join(sorted(known))}")
    for control in CONTROLS:
        found = [element for element in named if element.get("name") == control.name]
        if len(found) != 1:
            yield _problem(
                "interface-control", f'{len(found)} controls are named "{control.name}"', "there must be one"
            )
            continue
        yield from _attributes(found[0], control)
        if control.tag in ("Labels", "Choices"):
            yield from _values(found[0].iter(control.tag[:-1]), control.name, _offered(control, labels))
    relations: dict[str, Label | None] = dict(labels.relation)
    yield from _values(root.iter("Relation"), "relation", relations)
    spans = set(labels.harm) | set(labels.role)
    for element in root.iter():
        for value in filter(None, element.get("whenLabelValue", "").split(",")):
            if value not in spans:
                yield _problem("interface-value", f"whenLabelValue names {shown(value)}, which is no label", "mend it")


def _attributes(element: ElementTree.Element, control: Control) -> Iterator[Problem]:
    wanted = {"toName": TEXT, "perRegion": "true" if control.per_region else None, "choice": control.choice}
    if element.tag != control.tag:
        yield _problem("interface-control", f'"{control.name}" is a <{element.tag}>', f"make it a <{control.tag}>")
    for name, value in wanted.items():
        if element.get(name) != value:
            fix = f'write {name}="{value}"' if value else f"leave {name} out"
            yield _problem("interface-control", f'"{control.name}" has {name}={shown(element.get(name))}', fix)


def _offered(control: Control, labels: Labels) -> dict[str, Label | None]:
    if control.vocabulary is None:
        return {**labels.harm, **labels.role, **{f"#{number}": None for number in INCIDENTS}}
    offered = labels.vocabulary(control.vocabulary).items()
    return {value: label for value, label in offered if control.name != "article_status" or value not in NOT_CHOSEN}


def _values(elements: Iterator[ElementTree.Element], name: str, offered: dict[str, Label | None]) -> Iterator[Problem]:
    seen = {element.get("value", ""): element for element in elements}
    for value in [value for value in offered if value not in seen]:
        yield _problem("interface-value", f'"{name}" does not offer "{value}" of schemas/labels.toml', "add it")
    for value, element in seen.items():
        if value not in offered:
            yield _problem(
                "interface-value", f'"{name}" offers {shown(value)}', "add it to schemas/labels.toml, or remove it"
            )
            continue
        label = offered[value]
        incident = value.removeprefix("#") if value.startswith("#") else None
        for rule, attribute, wanted in (
            ("interface-hotkey", "hotkey", label.hotkey if label else incident),
            ("interface-colour", "background", label.colour if label else None),
        ):
            if wanted is not None and element.get(attribute) != wanted:
                what = f'"{value}" of "{name}" has {attribute}={shown(element.get(attribute))}'
                yield _problem(rule, what, f'schemas/labels.toml says "{wanted}"')


def _keys(root: ElementTree.Element) -> Iterator[Problem]:
    pressed = list(chain.from_iterable(root.iter(tag) for tag in ("Label", "Choice", "Number")))
    times = Counter(element.get("hotkey") for element in pressed)
    for element in pressed:
        key, name = element.get("hotkey"), element.get("value") or element.get("name")
        if key is None:
            # The editor hands every control without a key one that is free, and it acts on a selected region unseen.
            yield _problem("interface-hotkey", f'"{name}" has no hotkey, so the editor makes one up', "give it one")
        elif key in EDITOR_KEYS:
            yield _problem("interface-hotkey", f'"{name}" has the key "{key}" of the editor itself', "choose another")
        elif times[key] > 1:
            yield _problem("interface-hotkey", f'"{name}" shares the key "{key}"', "choose another")


def _problem(rule: str, what: str, fix: str) -> Problem:
    return Problem(WHERE, rule, what, fix)
