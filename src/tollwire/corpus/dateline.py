"""The place that the dateline of a story names: "KYIV, March 3 (Reuters) - ...", "Berlin (dpa) - ..."."""

import re
import tomllib
from functools import cache
from pathlib import Path

from tollwire.corpus.agencies import agency, agency_names
from tollwire.corpus.names import UPPER
from tollwire.corpus.statements import Statements, stated_objects, stated_text

LEXICON = Path(__file__).parent / "lexicon" / "datelines.toml"
OPENING = 160  # characters of a paragraph in which a dateline ends
LONGEST_PLACE = 60
DASH = r"(?:[-\u2013\u2014\u2015]{1,2}|\.\s?[-\u2013\u2014]{1,2})"
WORD = rf"[{UPPER}][\w'\u2019.-]*"
PLACE = rf"{WORD}(?:(?: | ?/ ?)(?:(?:de|del|da|do|la|am|an der|im|of|sur|upon|di|el|al)[ -])?{WORD}){{0,3}}"
DATE = r"(?:,? (?:\w{3,12}\.? \d{1,2}|\d{1,2}\.?\u00ba?(?: de)? \w{3,12}\.?)(?:,? \d{4})?)?"
# The agency, in brackets, tells a dateline from a sentence.
WITH_AGENCY = re.compile(rf"(?P<place>{PLACE}(?:, ?{PLACE})?){DATE},? ?[(\[](?P<agency>[^()\[\]]{{2,60}})[)\]]")
# So do capitals throughout before a dash or, in German papers, a full stop.
CAPITALS = rf"[{UPPER}][{UPPER}'\u2019.-]+(?:[ /][{UPPER}][{UPPER}'\u2019.-]+){{0,3}}"
IN_CAPITALS = re.compile(rf"(?P<place>{CAPITALS}(?:, {PLACE})?){DATE}(?:,? [(\[][^()\[\]]{{2,60}}[)\]])? ?{DASH}\s")
FULL_STOP = re.compile(
    rf"(?P<place>[{UPPER}]{{4,}}(?:[ /-][{UPPER}]{{2,}}){{0,2}})\. (?=[{UPPER}\"\u201e\u201c\u00ab])"
)
# And a country behind the town.
WITH_COUNTRY = re.compile(rf"(?P<place>{PLACE}, (?P<country>{PLACE})){DATE} ?{DASH}\s")
XINHUA = re.compile(r"(?:新华社|新華社|中新社|中新网)(?P<place>[^\d\s\uff0c,]{2,10}?)\d{1,2}月\d{1,2}日电")
JAPANESE = re.compile(r"【(?P<place>[^【】=＝、]{2,12}?)(?P<rest>[=＝、][^【】]{1,20}|共同|時事)】")
KOREAN = re.compile(r"[(\[](?P<place>[\uac00-\ud7af]{2,8})=(?P<agency>[\uac00-\ud7af]{2,8})[)\]]")


@cache
def _countries() -> frozenset[str]:
    lexicon: dict[str, list[str]] = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    return frozenset(one.casefold() for section in ("countries", "states") for one in lexicon[section])


@cache
def _no_places() -> frozenset[str]:
    lexicon: dict[str, list[str]] = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    return frozenset(one.casefold() for one in lexicon["labels"])


def dateline(first_paragraph: str) -> str | None:
    """
    Read the place of a dateline, as it is written there; None where the paragraph begins with none.

    A capitalised word and a dash are no dateline by themselves ("Ceasefire - or surrender?"): an agency in brackets,
    capitals throughout, or a country behind the town has to say so.
    """
    opening = first_paragraph[:OPENING]
    if (found := WITH_AGENCY.match(opening)) and agency_names(found["agency"]):
        return _place(found["place"])
    for pattern in (IN_CAPITALS, FULL_STOP):
        if found := pattern.match(opening):
            return _place(found["place"])
    if (found := WITH_COUNTRY.match(opening)) and found["country"].casefold() in _countries():
        return _place(found["place"])
    for pattern in (XINHUA, JAPANESE, KOREAN):
        if found := pattern.match(opening):
            return _place(found["place"])
    return None


def stated_place(statements: Statements) -> str | None:
    """Give the place that the page's JSON-LD states as ``dateline`` or ``contentLocation``; None without one."""
    stated = stated_text(statements.linked.get("dateline"))
    if stated and (place := dateline(f"{stated} (Reuters) -") or _place(stated)):
        return place
    for key in ("contentLocation", "locationCreated"):
        for one in stated_objects(statements.linked.get(key), statements):
            if place := _place(stated_text(one.get("name"))):
                return place
    return None


def _place(text: str) -> str | None:
    """Clean a place; None for an agency, a label such as "BREAKING", or what holds a figure."""
    place = text.strip(" ,-\u2013\u2014")
    if not 1 < len(place) <= LONGEST_PLACE or any(map(str.isdigit, place)):
        return None
    return None if agency(place) or place.casefold() in _no_places() else place
