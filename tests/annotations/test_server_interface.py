from pathlib import Path

import pytest

from tollwire.annotations.interface import EDITOR_KEYS, interface_problems
from tollwire.contracts.contract import Labels, read_contracts

CHECKOUT = Path(__file__).parents[2]
LABELS = read_contracts(CHECKOUT / "schemas").labels
INTERFACE = (CHECKOUT / "annotations" / "interface.xml").read_text("utf-8")


def rules(xml: str, labels: Labels = LABELS) -> set[str]:
    return {problem.rule for problem in interface_problems(xml, labels)}


def test_the_interface_that_ships_agrees_with_the_label_set() -> None:
    assert interface_problems(INTERFACE, LABELS) == []


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("interface-not-xml", "</Relations>", ""),
        ("interface-tag", '<Header value="$meta"', '<Markdown value="$meta"'),
        ("interface-tag", "<Style>", "<Script>alert(1)</Script><Style>"),
        ("interface-tag", "<Text name", "<HyperText name"),
        ("interface-external", "display: flex;", "background: url(pixel.png);"),
        ("interface-external", "<Style>", "<Style>@import 'x.css';"),
        ("interface-external", 'value="Figure"', 'value="http://example.org/x"'),
        ("interface-external", 'value="Figure"', 'value="//example.org/x"'),
        ("interface-external", 'value="Figure"', 'value="javascript:alert(1)"'),
        ("interface-external", 'value="Figure"', 'value="Figure" onclick="x()"'),
        ("interface-text", 'value="$text"', 'value="$title"'),
        ("interface-text", '<Text name="text"', '<Text name="body"'),
        ("interface-control", 'name="bound"', 'name="bounds"'),
        ("interface-control", 'name="best"', 'name="low"'),
        ("interface-control", '<TextArea name="code"', '<Number name="code"'),
        ("interface-control", 'perRegion="true" choice="multiple"', 'choice="multiple"'),
        ("interface-control", 'name="span" toName="text" choice="multiple"', 'name="span" toName="text"'),
        ("interface-value", 'value="at_least"', 'value="at least"'),
        ("interface-value", '<Label value="killed" hotkey="k" background="#c0392b"/>', ""),
        ("interface-value", '<Label value="#5" hotkey="5" background="#333333"/>', ""),
        ("interface-value", '<Relation value="updates"/>', ""),
        ("interface-value", '<Relation value="updates"/>', '<Relation value="updates"/><Relation value="near"/>'),
        ("interface-value", 'whenLabelValue="attacker,', 'whenLabelValue="attackers,'),
        ("interface-hotkey", 'value="killed" hotkey="k"', 'value="killed" hotkey="j"'),
        ("interface-hotkey", 'name="low" toName="text" perRegion="true" min="0" hotkey="ctrl+alt+shift+1"',
         'name="low" toName="text" perRegion="true" min="0"'),
        ("interface-hotkey", 'hotkey="ctrl+alt+shift+2"', 'hotkey="ctrl+alt+shift+1"'),
        ("interface-hotkey", 'hotkey="ctrl+alt+shift+2"', 'hotkey="ctrl+enter"'),
        ("interface-colour", 'background="#c0392b"', 'background="#000000"'),
    ],
)  # fmt: skip
def test_an_interface_that_differs_is_refused(rule: str, old: str, new: str) -> None:
    assert old in INTERFACE

    assert rule in rules(INTERFACE.replace(old, new, 1).replace("</HyperText>", "</Text>"))


def test_a_label_that_only_the_label_set_has_is_asked_for() -> None:
    more = LABELS.model_copy(update={"harm": {**LABELS.harm, "evicted": LABELS.harm["killed"]}})

    assert "interface-value" in rules(INTERFACE, more)


def test_no_key_of_the_label_set_is_one_of_the_editor() -> None:
    keys = {label.hotkey for name in Labels.model_fields for label in LABELS.vocabulary(name).values()}

    assert not keys & EDITOR_KEYS
