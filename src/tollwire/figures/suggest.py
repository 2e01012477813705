"""suggest: the casualty figures, actors and relations that rules and word lists find in an article."""

from collections.abc import Sequence
from dataclasses import dataclass

from tollwire.contracts.records import Actor, Block, Casualty, Relation
from tollwire.figures.actors import find_actors
from tollwire.figures.casualties import find_casualties
from tollwire.figures.harm_words import triggers
from tollwire.figures.profile import load_profile
from tollwire.figures.sentences import sentences
from tollwire.figures.tokens import tokenise


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a labeller sees first: spans in the order of the text, and the relations between them."""

    actors: tuple[Actor, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    relations: tuple[Relation, ...] = ()


def suggest(text: str, blocks: Sequence[Block] | None = None, language: str = "en") -> Suggestions:
    """
    Suggest the figures, actors and relations of an article, from rules and word lists; nothing is downloaded.

    ``blocks`` are the article's own; without them blank lines part the paragraphs. No span crosses a sentence.
    Empty when ``language`` is another than English. Vague words have the values of the default profile.
    """
    if language.partition("-")[0].lower() != "en":
        return Suggestions()
    profile = load_profile("acled")
    actors: list[Actor] = []
    casualties: list[Casualty] = []
    parts: list[tuple[str, str]] = []
    for start, end in sentences(text, blocks, "en"):
        tokens = tokenise(text, start, end)
        rows: list[Casualty] = []
        if not triggers().isdisjoint(tokens.words):
            rows, pairs = find_casualties(text, tokens, profile)
            parts.extend(pairs)
        casualties.extend(rows)
        actors.extend(find_actors(text, tokens, rows))
    relations = [Relation(f"r{number}", "part_of", *pair) for number, pair in enumerate(parts, start=1)]
    return Suggestions(tuple(actors), tuple(casualties), tuple(relations))
