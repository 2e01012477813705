"""The names and nouns of actors, as one table of phrases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tollwire.figures.lexicons import Phrases, lexicon
from tollwire.figures.places import adjectives, country_names, seats

TITLE_WORDS: Final = frozenset(lexicon("actors")["titles"]["words"])  # the nouns that a person's name may follow


class Entry(NamedTuple):
    """What a phrase may be in an actor's span. ``form``: name, country, seat, adjective, owner, noun or modifier."""

    form: str
    kind: str | None = None
    name: str | None = None
    code: str | None = None


class Meanings(NamedTuple):
    """All that a phrase may be; of that the nouns, those whose men or land a noun behind it may be, and more."""

    entries: list[Entry]
    nouns: list[Entry]
    owners: list[Entry]
    is_modifier: bool


class Written(NamedTuple):
    """What a phrase may be with its capitals, and in small letters: then a common noun or its modifier only."""

    as_name: Meanings
    as_common: Meanings


def _phrases() -> Phrases[Written]:
    table: dict[str, list[Entry]] = {}
    words = lexicon("actors")
    for place, country in country_names().items():
        table.setdefault(place, []).append(Entry("country", "government", *country))
        table.setdefault(f"{place}'s", []).append(Entry("owner", "government", *country))
    for place, country in seats().items():
        table.setdefault(place, []).append(Entry("seat", "government", *country))
    for word, country in adjectives().items():
        table.setdefault(word, []).append(Entry("adjective", "government", *country))
    for group in lexicon("armed_groups").values():
        for name in (group["name"], *group["also"]):
            for form in (name, f"{name}'s"):
                table.setdefault(form, []).append(Entry("name", "armed_group", group["name"], group["code"]))
    for code, name, *also in _ucdp_actors():
        for one in (name, *also):
            for form in (one, f"{one}'s"):
                table.setdefault(form, [Entry("name", "armed_group", name, code)])
    for kind in ("organisation", "media"):
        for name in words[kind]["names"]:
            table.setdefault(name, []).append(Entry("name", kind, name))
    for name, code in words["state_forces"]["names"].items():
        table.setdefault(name, []).append(Entry("name", "state_forces", name, code))
    for kind, nouns in words["nouns"].items():
        for noun in nouns:
            table.setdefault(noun, []).append(Entry("noun", kind))
    for word in words["modifiers"]["words"]:
        table.setdefault(word, []).append(Entry("modifier"))
    folded: dict[str, list[Entry]] = {}
    for phrase, entries in table.items():
        folded.setdefault(phrase.lower(), []).extend(entries)
    return Phrases(
        (phrase, Written(_meanings(entries), _meanings([one for one in entries if one.form in ("noun", "modifier")])))
        for phrase, entries in folded.items()
    )


def _meanings(entries: list[Entry]) -> Meanings:
    return Meanings(
        entries,
        [one for one in entries if one.form == "noun"],
        [one for one in entries if one.form in ("adjective", "owner") or one.kind == "armed_group"],
        any(one.form == "modifier" for one in entries),
    )


def _ucdp_actors() -> Iterator[list[str]]:
    lines = (Path(__file__).parent / "lexicon" / "ucdp_actors.tsv").read_text("utf-8").splitlines()
    return (line.split("\t") for line in lines if not line.startswith("#"))


ACTOR_PHRASES: Final = _phrases()  # every phrase that can be in an actor's span, with all that it may be
