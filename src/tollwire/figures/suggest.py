"""suggest: the casualty figures, actors and relations that rules and word lists find in an article."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tollwire.contracts.records import Actor, Block, Casualty, Relation
from tollwire.figures.actors import find_actors
from tollwire.figures.again import names_a_count
from tollwire.figures.attribution import attribute
from tollwire.figures.casualties import Sighting, find_casualties
from tollwire.figures.harm_words import tells_harm
from tollwire.figures.linking import link
from tollwire.figures.profile import load_profile
from tollwire.figures.sentences import sentences
from tollwire.figures.tokens import Tokens, pieces, tokenise
from tollwire.problems import Problem, UsageError, shown

LONGEST_SENTENCE: Final = 300  # tokens


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

    Raises:
        UsageError: the kind of a block is no name, but the number that ``load_dataset`` gives for it.
    """
    if language.partition("-")[0].lower() != "en":
        return Suggestions()
    if unnamed := next((block for block in blocks or () if not isinstance(block.kind, str)), None):
        what = f"the kind of the block at {unnamed.start} is {shown(unnamed.kind)}, which is no name"
        fix = 'give its name, such as "title": `int2str` of the release\'s features has it'
        raise UsageError(Problem("blocks", "unnamed-kind", what, fix))
    profile = load_profile("acled")
    actors: list[Actor] = []
    sightings: list[Sighting] = []
    attributed: list[Relation] = []
    speakers: list[Actor] = []
    before: list[Tokens] = []
    for start, end, block, is_title in sentences(text, blocks, "en"):
        for tokens in pieces(tokenise(text, start, end), LONGEST_SENTENCE):
            found: list[Sighting] = []
            if tells_harm(tokens) or (sightings and names_a_count(tokens.words)):
                found = find_casualties(text, tokens, profile, block, is_title, before)
                sightings += found
            named = find_actors(text, tokens, [one.row for one in found])
            attributed += attribute(text, tokens, found, named, speakers)
            speakers = [one for one in named if one.role == "source"][-1:] or speakers
            actors += named
            before = [*before[-1:], tokens] if not is_title else []
    casualties, relations = link(sightings)
    kept = {one.span_id for one in casualties}
    relations += [one for one in attributed if one.head_span_id in kept or one.kind == "attacks"]
    numbered = [
        Relation(f"r{number}", one.kind, one.head_span_id, one.tail_span_id)
        for number, one in enumerate(relations, start=1)
    ]
    return Suggestions(tuple(actors), tuple(casualties), tuple(numbered))
