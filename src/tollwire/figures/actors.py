"""Actors of one sentence: the names and descriptions of those who attack, suffer or speak."""

from bisect import bisect_left
from typing import NamedTuple

from tollwire.contracts.records import Actor, Casualty
from tollwire.figures.actor_names import Entry, actor_phrases, title_words
from tollwire.figures.roles import find_role, is_location
from tollwire.figures.tokens import Tokens

_ARTICLES = ("the", "a", "an")
LONGEST_DESCRIPTION = 10  # tokens
LONGEST_NAME = 4  # capitalised words after a title


class Candidate(NamedTuple):
    """A phrase that may be an actor, as token places. ``is_plain`` marks a common noun that nothing belongs to."""

    start: int
    end: int
    form: str
    kind: str | None
    name: str | None
    code: str | None
    is_plain: bool


def find_actors(text: str, tokens: Tokens, casualties: list[Casualty]) -> list[Actor]:
    """Find the actors of one sentence; a common noun inside a casualty figure ("nine soldiers") is no actor."""
    actors: list[Actor] = []
    counted = [row.start for row in casualties]
    phrases, words = actor_phrases().first_words, tokens.words
    after = 0
    for place, word in enumerate(words):
        is_led = word in _ARTICLES and place + 1 < len(words) and words[place + 1] in phrases
        if place < after or not (is_led or word in phrases):
            continue
        candidate = _description(text, tokens, place) or (_name(text, tokens, place) if word in phrases else None)
        if candidate is None:
            continue
        after = candidate.end
        start, end = tokens.starts[candidate.start], tokens.ends[candidate.end - 1]
        if candidate.form != "description" and words[candidate.end - 1].endswith("'s"):
            end -= len("'s")
        before = bisect_left(counted, end)
        if candidate.is_plain and before and casualties[before - 1].end > start:
            continue
        role = find_role(tokens, candidate.start, candidate.end)
        if _is_kept(text, tokens, candidate, role):
            actors.append(
                Actor(
                    f"a{start}-{end}", start, end, text[start:end], role, candidate.kind, candidate.name, candidate.code
                )
            )
    return actors


def _is_kept(text: str, tokens: Tokens, candidate: Candidate, role: str) -> bool:
    if candidate.form == "seat":
        return role in ("source", "attacker") and not is_location(tokens, candidate.start)
    if candidate.form == "country":
        before = candidate.start - 2
        is_in_list_of_places = (
            before >= 0
            and tokens.words[candidate.start - 1] == ","
            and text[tokens.starts[before]].isupper()
            and role == "other"
        )
        return not is_in_list_of_places and not is_location(tokens, candidate.start)
    if candidate.is_plain and candidate.kind in ("person", "civilians"):
        return role in ("source", "target")
    return True


def _is_written(text: str, tokens: Tokens, place: int, end: int, entry: Entry) -> bool:
    """Tell whether a name is written as one; "us" is no country and "fars" no agency."""
    if entry.form in ("noun", "modifier"):
        return True
    surface = text[tokens.starts[place] : tokens.ends[end - 1]]
    return surface.isupper() if end - place == 1 and len(surface) < 4 else any(sign.isupper() for sign in surface)


def _entries(text: str, tokens: Tokens, place: int) -> tuple[list[Entry], int]:
    found = actor_phrases().at(tokens, place)
    if found is None:
        return [], place
    entries = [entry for entry in found[0] if _is_written(text, tokens, place, found[1], entry)]
    return entries, found[1]


def _description(text: str, tokens: Tokens, place: int) -> Candidate | None:
    """Read "the Pakistani Foreign Ministry", "Hamas militants", "gunmen": words that lead to a noun, and that noun."""
    first = place + (tokens.words[place] in _ARTICLES)
    owner: Entry | None = None
    head: tuple[int, Entry] | None = None
    step = first
    while step < min(first + LONGEST_DESCRIPTION, len(tokens)):
        entries, end = _entries(text, tokens, step)
        if not entries:
            break
        nouns = [entry for entry in entries if entry.form == "noun"]
        owners = [entry for entry in entries if entry.form in ("adjective", "owner") or entry.kind == "armed_group"]
        if (nouns and not tokens.touches(end - 1)) or (nouns and tokens.is_mark(end) and tokens.words[end] != "-"):
            head = (end, nouns[0] if head is None or nouns[0].kind != "person" else head[1])
        elif head or not (owners or any(entry.form == "modifier" for entry in entries)):
            break
        if owners and owner is None and not nouns:
            owner = owners[0]
        step = end
    if head is None:
        return None
    end, noun = head
    last = tokens.words[end - 1]
    if first == place and owner is None and end - first == 1 and not last.endswith(("s", "men", "police")):
        return None
    end = _past_name(text, tokens, end) if last in title_words() else end
    kind = noun.kind
    if owner and owner.kind == "armed_group" and kind in ("person", "state_forces", "unknown"):
        kind = "armed_group"
    if owner and owner.kind == "government" and kind == "person":
        kind = "government"
    is_state = owner is not None and (owner.kind == "armed_group" or kind in ("government", "state_forces", "police"))
    return Candidate(
        place,
        end,
        "description",
        kind,
        owner.name if owner and is_state else None,
        owner.code if owner and is_state else None,
        owner is None,
    )


def _past_name(text: str, tokens: Tokens, place: int) -> int:
    end = place
    while end < len(tokens) and end < place + LONGEST_NAME and text[tokens.starts[end]].isupper():
        end += 1
    return end


def _name(text: str, tokens: Tokens, place: int) -> Candidate | None:
    entries, end = _entries(text, tokens, place)
    for entry in entries:
        if entry.form in ("name", "country", "seat"):
            if end < len(tokens) and tokens.words[end] == "-" and tokens.touches(end - 1):
                return None  # Iran-backed
            return Candidate(place, end, entry.form, entry.kind, entry.name, entry.code, False)
    return None
