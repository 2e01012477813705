"""A mention: one phrase that counts persons, as the stages after it see it."""

from dataclasses import dataclass

from tollwire.figures.figure import Figure
from tollwire.figures.nouns import Noun


@dataclass(frozen=True, slots=True)
class Mention:
    """
    A phrase that counts persons, as token places: it starts at ``start``, ends at ``end``; ``after`` is where the
    sentence goes on, past "of the 43 aboard".

    ``noun`` is None for a bare number; ``is_bare`` marks a phrase without any number or article,
    ``is_guess`` one whose noun is in no list and may be no person, ``is_name`` one person who is called by name.
    """

    start: int
    end: int
    after: int
    figure: Figure
    noun: Noun | None
    is_bare: bool = False
    is_guess: bool = False
    is_name: bool = False
