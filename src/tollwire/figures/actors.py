"""Actors of one sentence: the names and descriptions of those who attack, suffer or speak."""

from bisect import bisect_left
from typing import Final, NamedTuple

from tollwire.contracts.records import Actor, Casualty
from tollwire.figures.actor_names import ACTOR_PHRASES, TITLE_WORDS, Entry, Meanings
from tollwire.figures.clause_words import ARTICLES
from tollwire.figures.nouns import PAIR_OPENERS, PERSONS, head_after, person_at
from tollwire.figures.roles import DEEDS, actor_nouns, find_role, is_location
from tollwire.figures.speakers import find_speakers
from tollwire.figures.tokens import Tokens

_DESCRIBING: Final = ("ly", "ed")
# The kinds of those who are quoted as members of a side; journalists and doctors speak for themselves.
SPEAKERS: Final = {"security_forces": "state_forces", "militants": "armed_group", "leaders": "armed_group"}
LONGEST_DESCRIPTION: Final = 10  # tokens
LONGEST_NAME: Final = 4  # capitalised words after a title
# The words that an actor may start with; persons known only by a noun where the sentence has them speak.
_OPENERS: Final = ARTICLES | ACTOR_PHRASES.first_words
_OPENERS_OF_SPEECH: Final = _OPENERS | frozenset(PERSONS) | PAIR_OPENERS


class Candidate(NamedTuple):
    """A phrase that may be an actor, as token places. ``is_plain`` marks a common noun that nothing belongs to."""

    start: int
    end: int
    form: str
    kind: str | None
    name: str | None
    code: str | None
    is_plain: bool


Found = tuple[Candidate, int, int, str]  # with the start and end of its span, and its role


def find_actors(text: str, tokens: Tokens, casualties: list[Casualty]) -> list[Actor]:
    """Find the actors of one sentence; a common noun inside a casualty figure ("nine soldiers") is no actor."""
    found: list[Found] = []
    counted = [row.start for row in casualties]
    phrases, words = ACTOR_PHRASES.first_words, tokens.words
    is_quoted = not DEEDS["speech"].isdisjoint(words)
    openers = _OPENERS_OF_SPEECH if is_quoted else _OPENERS
    after = 0
    for place, word in enumerate(words):
        if word not in openers or place < after:
            continue
        first = place + (word in ARTICLES)
        is_actor = word in phrases or (first > place and first < len(words) and words[first] in phrases)
        if not (is_actor or is_quoted):
            continue
        candidate = _candidate(text, tokens, place, first) if is_actor else None
        candidate = candidate or _speaker(tokens, place)
        if candidate is None:
            continue
        after = candidate.end
        start, end = tokens.starts[candidate.start], tokens.ends[candidate.end - 1]
        if candidate.form != "description" and words[candidate.end - 1].endswith("'s"):
            end -= len("'s")
        before = bisect_left(counted, end) if counted else 0
        is_victim = bool(before) and casualties[before - 1].end > start
        role = find_role(tokens, candidate.start, candidate.end) if candidate.is_plain or not is_victim else "target"
        if candidate.is_plain and is_victim and role != "source":
            continue
        found.append((candidate, start, end, role))
    kept = [one for one in _shared(tokens, found) if _is_kept(text, tokens, one[0], one[3])]
    for first, last, kind in find_speakers(tokens):
        inside = [one for one in kept if one[0].start < last and first < one[0].end]
        if all(one.is_plain and _is_part(words, one, first, last) for one, *_ in inside):
            speaker = Candidate(first, last, "speaker", kind, None, None, True)
            kept = [one for one in kept if one not in inside]
            kept.append((speaker, tokens.starts[first], tokens.ends[last - 1], "source"))
    return [
        Actor(f"a{start}-{end}", start, end, text[start:end], role, one.kind, one.name, one.code)
        for one, start, end, role in sorted(kept, key=lambda one: one[1])
    ]


def _is_part(words: list[str], one: Candidate, first: int, last: int) -> bool:
    """Tell whom a speaker's words hold: mother and boy in "the mother of a boy said", the nurse in "its nurse said"."""
    is_owned = one.form == "speaker" and one.start == first + 1 and one.end == last
    return is_owned or "of" in words[first : one.start] or (one.start == first and "of" in words[one.end : last])


def _shared(tokens: Tokens, found: list[Found]) -> list[Found]:
    """Let what is joined by "and" share the role of the last: "survivors and a local official said"."""
    for place in range(len(found) - 2, -1, -1):
        one, start, end, role = found[place]
        following = found[place + 1]
        if (
            role == "other"
            and tokens.words[one.end : following[0].start] in (["and"], [","])
            and following[3] != "target"
        ):
            found[place] = one, start, end, following[3]
    return found


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
    if candidate.form == "speaker":
        return role == "source"
    if candidate.is_plain and candidate.kind in ("person", "civilians"):
        return role in ("source", "target")
    return True


def _is_written(text: str, tokens: Tokens, place: int, end: int) -> bool:
    """Tell whether a name is written as one; "us" is no country and "fars" no agency."""
    surface = text[tokens.starts[place] : tokens.ends[end - 1]]
    return surface.isupper() if end - place == 1 and len(surface) < 4 else surface != surface.lower()


def _meanings(text: str, tokens: Tokens, place: int) -> tuple[Meanings, int] | None:
    found = ACTOR_PHRASES.at(tokens, place)
    if found is None:
        return None
    (as_name, as_common), end = found
    has_names = len(as_common.entries) < len(as_name.entries)
    meanings = as_common if has_names and not _is_written(text, tokens, place, end) else as_name
    return (meanings, end) if meanings.entries else None


def _candidate(text: str, tokens: Tokens, place: int, first: int) -> Candidate | None:
    """Read the actor at ``place``, of which ``first`` is the first word behind an article."""
    found = _meanings(text, tokens, first)
    if found is None:
        return None
    return _description(text, tokens, place, found) or _name(tokens, place, *found)


def _description(text: str, tokens: Tokens, place: int, found: tuple[Meanings, int] | None) -> Candidate | None:
    """
    Read "the Pakistani Foreign Ministry", "Hamas militants", "gunmen": words that lead to a noun, and that noun.

    ``found`` is what its first word or phrase behind an article may be, and where that ends.
    """
    first = step = place + (tokens.words[place] in ARTICLES)
    owner: Entry | None = None
    head: tuple[int, Entry] | None = None
    last_step = min(first + LONGEST_DESCRIPTION, len(tokens))
    while step < last_step:
        if step > first:
            found = _meanings(text, tokens, step)
        if found is None and owner and not head and tokens.words[step].endswith(_DESCRIBING):
            step += 1  # "Yemen's internationally recognised government"
            continue
        if found is None:
            break
        (entries, nouns, owners, is_modifier), end = found
        if nouns and head and tokens.words[step - 1].endswith("s") and not tokens.words[end - 1].endswith("s"):
            break  # "soldiers patrol a road"
        if step == first and not owners and tokens.word(end) in actor_nouns():
            owners = [entry for entry in entries if entry.form == "country"]  # "Burkina Faso villagers"
        if (nouns and not tokens.touches(end - 1)) or (nouns and tokens.is_mark(end) and tokens.words[end] != "-"):
            head = (end, nouns[0] if head is None or nouns[0].kind != "person" else head[1])
        elif head or not (owners or is_modifier):
            break
        if owners and owner is None and not nouns:
            owner = owners[0]
        step = end
    if head is None:
        return None
    end, noun = head
    last = tokens.words[end - 1]
    is_bare = first == place and owner is None and end - first == 1 and not last.endswith(("s", "men", "police"))
    if is_bare and not _is_in_headline(tokens, place, end):
        return None
    end = _past_name(text, tokens, end) if last in TITLE_WORDS else end
    if owner is None and (group := _group_of(text, tokens, end)):
        owner, end = group
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


def _is_in_headline(tokens: Tokens, place: int, end: int) -> bool:
    """Tell a noun without an article that speaks or acts in a headline: "..., army says", "Army shells village"."""
    after, before = tokens.word(end), tokens.word(place - 1)
    acts = after in DEEDS["speech"] or (place == 0 and after.endswith("s") and after in DEEDS["attack"])
    is_quoted = before == "says" and end == len(tokens)
    return (acts and (place == 0 or before == ",")) or is_quoted or before in ("accuse", "accuses")


def _group_of(text: str, tokens: Tokens, place: int) -> tuple[Entry, int] | None:
    """Read whose fighters they are behind their noun: "fighters of the Islamic State group", "members of Hamas"."""
    if tokens.word(place) not in ("of", "from"):
        return None
    found = _meanings(text, tokens, place + 1 + (tokens.word(place + 1) == "the"))
    if found is None:
        return None
    meanings, end = found
    group = next((entry for entry in meanings.entries if entry.form == "name" and entry.kind == "armed_group"), None)
    return (group, end + (tokens.word(end) in ("group", "movement"))) if group else None


def _past_name(text: str, tokens: Tokens, place: int) -> int:
    end = place
    while end < len(tokens) and end < place + LONGEST_NAME and text[tokens.starts[end]].isupper():
        end += 1
    return end


def _name(tokens: Tokens, place: int, meanings: Meanings, end: int) -> Candidate | None:
    article = tokens.words[place] if tokens.words[place] in ARTICLES else ""
    if article in ("a", "an"):
        return None
    for entry in meanings.entries:
        if entry.form in ("name", "country") or (entry.form == "seat" and not article):
            if end < len(tokens) and tokens.words[end] == "-" and tokens.touches(end - 1):
                return None  # Iran-backed
            return Candidate(place, end, entry.form, entry.kind, entry.name, entry.code, False)
    return None


def _speaker(tokens: Tokens, place: int) -> Candidate | None:
    """Read somebody who is known only by a noun for persons; whether he speaks is told by his role."""
    first = place + (tokens.words[place] in ARTICLES)
    head = head_after(tokens, first)
    if head is None or (head.noun.is_plural and first == place and person_at(tokens, place) is None):
        return None
    kind = next(
        (SPEAKERS[one] for one in head.noun.groups if one in SPEAKERS), "civilians" if head.noun.is_plural else "person"
    )
    return Candidate(place, head.end, "speaker", kind, None, None, True)
