"""parse_figure: the count that one phrase states."""

from typing import Final

from tollwire.figures.clause_words import DEFINITE
from tollwire.figures.figure import NONE, Figure, exact
from tollwire.figures.nouns import Head, head_after
from tollwire.figures.profile import Profile, load_profile
from tollwire.figures.quantity import is_none, read_quantity, sized_group
from tollwire.figures.tokens import Tokens, tokenise, without

LONGEST: Final = 200  # tokens of a phrase that are read; a casualty span has five


def parse_figure(phrase: str, profile: str = "acled") -> Figure | None:
    """
    Read the count that a phrase such as "at least nine people" states.

    Returns:
        Bounds in persons; a bound that the phrase does not state is None. A vague word has the profile's value as low.
        None when the phrase states no count ("the people").

    Raises:
        UsageError: there is no such profile; the message lists those that exist.

    Source: annotations/GUIDELINES.md, "Figures"; word values from schemas/profiles.
    """
    values = load_profile(profile)
    tokens = without(tokenise(phrase, limit=LONGEST), frozenset("\"'“”‘’()[]").__contains__)
    if tokens and (group := sized_group(tokens, _after_article(tokens) - 1, values)):
        return group.figure
    head = head_after(tokens, _after_article(tokens))
    for place in range(head.end if head else len(tokens)):
        if is_none(tokens, place):
            return NONE
        if not _is_age(tokens, place) and (quantity := read_quantity(tokens, place, values)):
            return quantity.figure
    return _bare_noun(tokens, head, values) if head else None


def _after_article(tokens: Tokens) -> int:
    has_article = bool(tokens) and (tokens.words[0] in ("a", "an") or tokens.words[0] in DEFINITE)
    return 1 if has_article else 0


def _is_age(tokens: Tokens, place: int) -> bool:
    return place > 0 and tokens.words[place - 1] in ("aged", "age", "ages")


def _bare_noun(tokens: Tokens, head: Head, profile: Profile) -> Figure | None:
    """Read a noun without a number: one soldier, the commander; or a bare plural, unless it is definite."""
    if not head.noun.is_plural:
        return exact(1)
    return None if tokens.words[0] in DEFINITE else Figure("vague", low=profile.bare_plural)
