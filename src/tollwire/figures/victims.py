"""Who the victims of a figure are: whether they took part in the fighting, and the groups that its words name."""

from typing import Final

from tollwire.figures.actor_names import ACTOR_PHRASES
from tollwire.figures.clause_words import BE, DETERMINERS, LOSE, is_adverb
from tollwire.figures.counted import described_at
from tollwire.figures.lexicons import lexicon
from tollwire.figures.mention import Mention
from tollwire.figures.nouns import PERSONS, Noun
from tollwire.figures.tokens import Tokens

# The kinds of armed sides (schemas/labels.toml, actor_kind), and the group that their members are.
_GROUPS: Final = {"armed_group": "militants", "state_forces": "security_forces", "police": "security_forces"}
_MEMBERS: Final = frozenset(("member", "members", "men", "fighters", "followers", "supporters"))
_OWN: Final = frozenset(("men", "comrades", "defenders", "troopers", "own", "ranks"))
_OWNERS: Final = frozenset(("its", "their", "our"))
_LOSES: Final = LOSE | {"suffered", "suffers", "suffering", "reported", "had", "took"}
_PARTS: Final = frozenset((";", "but", "while", "whereas", "though"))  # behind them another side may be counted


def victims(tokens: Tokens, mention: Mention, before: Mention | None) -> tuple[str, tuple[str, ...]]:
    """
    Tell the status and groups of those whom a mention counts; ``before`` are those harmed before it in the sentence.

    Source: annotations/GUIDELINES.md, 5 "Victims" and 10 "A side's own losses".
    """
    noun = mention.noun
    status = noun.status if noun else "unstated"
    groups = noun.groups if noun else ()
    words = tokens.words[mention.start : mention.end]
    for decided, listed in lexicon("nouns")["modifiers"].items():
        if status == "unstated" and not set(words).isdisjoint(listed):
            status = decided
    if status == "unstated" and (told := _told_behind(tokens, mention)):
        status, groups = told.status, told.groups
    if status == "unstated" and _are_somebodys_men(words):
        status = "combatant"
    if status == "unstated" and (side := _side_of_members(tokens, mention)):
        status, groups = "combatant", (*groups, _GROUPS[side])
    if status == "unstated" and _are_own_losses(tokens, mention):
        status = "combatant"
    if status == "unstated" and before and (left_out := _noun_left_out(tokens, mention, before)):
        status = left_out.status
    return status, groups


def _told_behind(tokens: Tokens, mention: Mention) -> Noun | None:
    """Give the noun that says who some are: "four of them suspected gunmen", "two of the dead were clerks"."""
    place = mention.after
    following = tokens.word(mention.end)
    if mention.noun is None and following == "of":
        place = max(place, mention.end + 2)
    elif mention.noun is None and following in BE:
        place = mention.end
    elif mention.noun is None and following == "," and tokens.word(mention.end + 1) in ("a", "an"):
        place = mention.end + 1  # "the fourth, a conscript, died"
    elif tokens.word(mention.end - 1) not in ("dead", "victims", "killed", "wounded") or tokens.word(place) not in BE:
        return None
    head = described_at(tokens, place + (tokens.word(place) in BE))
    return head.noun if head and head.noun.is_plural == (mention.figure.high != 1) else None


def _are_somebodys_men(words: list[str]) -> bool:
    """Tell "two of its own men", "seven of the group's men", "our comrades": a side's own people."""
    is_owned = any(word in _OWNERS or word.endswith(("'s", "s'")) for word in words[:-1])
    return words[-1] in _OWN and is_owned


def _side_of_members(tokens: Tokens, mention: Mention) -> str | None:
    """Give the kind of the armed side in "six members of the militia" and "three Abu Sayyaf men"; None without one."""
    if _MEMBERS.isdisjoint(tokens.words[mention.start : mention.end]):
        return None
    return next((kind for place in range(mention.start, mention.end) if (kind := _armed_side(tokens, place))), None)


def _are_own_losses(tokens: Tokens, mention: Mention) -> bool:
    """Tell "the army lost two" and "the rebels suffered no casualties"."""
    place = mention.start - 1
    while is_adverb(tokens.word(place)) or tokens.word(place) in DETERMINERS:
        place -= 1
    is_told = (
        mention.noun is not None and mention.figure.bound != "none" and tokens.words[mention.end - 1] not in _MEMBERS
    )
    if tokens.word(place) not in _LOSES or is_told:  # "the colonel lost two sons"
        return False
    return any(
        (noun := PERSONS.get(tokens.words[step])) is not None and noun.status == "combatant" for step in range(place)
    ) or any(_armed_side(tokens, step) for step in range(place))


def _armed_side(tokens: Tokens, place: int) -> str | None:
    """Give the kind of the armed side whose name or noun stands here."""
    found = ACTOR_PHRASES.at(tokens, place)
    return next((entry.kind for entry in found[0].as_name.entries if entry.kind in _GROUPS), None) if found else None


def _noun_left_out(tokens: Tokens, mention: Mention, before: Mention) -> Noun | None:
    """Give the noun that a bare number leaves out: "two rebels were killed and a third was captured"."""
    is_number = mention.noun is None and not mention.is_guess and mention.after == mention.end
    is_joined = _PARTS.isdisjoint(tokens.words[before.after : mention.start])
    return before.noun if is_number and is_joined else None
