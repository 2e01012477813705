"""What a single line of a news page is, by its words alone: furniture of the site, a by-line, prose."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation

from tollwire.corpus.names import DAY_OR_MONTH, announced_people, is_office
from tollwire.corpus.names import people as people

LEXICON = Path(__file__).parent / "lexicon" / "lines.toml"
LONG_LINE = 24  # words from which a line is prose whether or not it ends like a sentence
LONGEST_BYLINE = 20  # words
LONGEST_ANNOUNCED = 12  # words of a by-line in another language
LONGEST_OFFICE = 8  # words of a by-line that names no person but an office
# Scripts that put no space between words, with the letters that a word has on average.
UNSPACED = (
    (re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"), 2),  # Chinese, Japanese
    (re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"), 5),  # Thai, Lao, Burmese, Khmer
)
ANY_UNSPACED = re.compile(rf"[{''.join(script.pattern[1:-1] for script, _ in UNSPACED)}]")
GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?!\?)")  # where one begins, or what is no group
LONGEST_FURNITURE = 600  # characters; a longer line is read as text, and no pattern is tried on it
BYLINE = re.compile(
    r"\(?(?:(?:words|story|text|report(?:ed|ing)?|written) )?by[:\s]\s*(?P<rest>[^\s;][^;]*).*", re.IGNORECASE
)
ROLE = re.compile(
    r"(?:[\w'\u2019-]+ ){0,4}(?:correspondent|reporter|editor|writer)(?: (?:in|at|for) [^,]{1,40})?"
    r"(?:,[^,]*\d{4}.{0,20})?",
    re.IGNORECASE,
)
LONGEST_END = 8  # characters: a stop and what closes behind it
STOPS, CLOSINGS = ".!?\u2026\u3002\uff01\uff1f\u061f\u0964", "\"'\u201d\u2019\u00bb)]"
TERMINATED = re.compile(rf"[{STOPS}][{re.escape(CLOSINGS)}]*$|,[\"\u201d\u2019']$")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """
    The patterns of furniture, for lines in small letters.

    ``quick`` has those that are tried on every line, a named group for each kind; ``slow`` says of the others which
    kind they are of and what every such line has one of, and ``cues`` lists what any of them has.
    """

    quick: re.Pattern[str]
    slow: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...]
    cues: AhoCorasick


@cache
def _patterns() -> _Patterns:
    quick, slow = [], []
    for name, entries in tomllib.loads(LEXICON.read_text(encoding="utf-8")).items():
        plain = _uncaptured("|".join(entry for entry in entries if isinstance(entry, str)))
        quick.append(f"(?P<{name}>{plain})")
        slow += [(name, frozenset(one["has"]), re.compile(one["line"])) for one in entries if not isinstance(one, str)]
    cues = sorted({cue for _, has, _ in slow for cue in has})
    return _Patterns(re.compile("|".join(quick)), tuple(slow), AhoCorasick(cues, implementation=Implementation.DFA))


def _uncaptured(pattern: str) -> str:
    """Let the groups of a pattern capture nothing, which takes half the time."""
    return GROUP.sub(lambda found: "(?:" if found[0] == "(" else found[0], pattern)


@lru_cache(maxsize=8192)  # a site's menu is on all of its pages
def furniture(line: str) -> str | None:
    """Name what sort of page furniture a line is (a section of ``lexicon/lines.toml``); None for what may be text."""
    if len(line) > LONGEST_FURNITURE:
        return None
    patterns = _patterns()
    folded = line.casefold()
    if found := patterns.quick.fullmatch(folded):
        return found.lastgroup
    held = set(patterns.cues.find_matches_as_strings(folded, overlapping=True))
    if not held:
        return None
    return next((name for name, cues, pattern in patterns.slow if cues & held and pattern.fullmatch(folded)), None)


def count_words(line: str) -> int:
    """Count the words of a line; where a script puts no spaces between them, estimate them from its letters."""
    if line.isascii() or not ANY_UNSPACED.search(line):
        return len(line.split())
    words = 0
    for letters, letters_per_word in UNSPACED:
        line, count = letters.subn(" ", line)
        words += -(-count // letters_per_word)
    return words + sum(any(map(str.isalnum, word)) for word in line.split())


def is_terminated(line: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    last = line[-1:]
    return last in STOPS if last not in CLOSINGS else bool(TERMINATED.search(line[-LONGEST_END:]))


def is_prose(line: str) -> bool:
    """Tell a line of running text from a headline, a label or a menu: it ends as a sentence does, or is long."""
    words = count_words(line)
    return words >= LONG_LINE or (words >= 3 and is_terminated(line))


def byline_people(line: str) -> list[str] | None:
    """
    Read the people of a by-line: "By Nadia Karim and Tom Obi, 14 March 2021", or "Nadia Karim, war correspondent".

    Returns:
        Their names in order; empty when the line is a by-line that names nobody ("By our staff"); None when it is none.
    """
    found = _byline_people(line) if line.count(" ") < LONGEST_BYLINE and not is_terminated(line) else None
    return None if found is None else list(found)


@lru_cache(maxsize=1024)  # a line is asked for by its kind, as a headline, and beside the headline
def _byline_people(line: str) -> Sequence[str] | None:
    if "by" in line.lower() and (found := BYLINE.fullmatch(line)):
        names = people(found["rest"].rstrip(")"))
        return names if names or _is_office(found["rest"]) else None
    if line.count(" ") < LONGEST_ANNOUNCED and (names := announced_people(line)):
        return names
    name, comma, role = line.partition(",")
    return people(name) or None if comma and ROLE.fullmatch(role.strip()) else None


def _is_office(rest: str) -> bool:
    """Tell what follows "By" in "By our staff" or "By AFP" from a headline such as "By land and sea, they flee"."""
    words = rest.split()
    is_name = len(words) <= 3 and all(word[0].isupper() for word in words)
    return len(words) < LONGEST_OFFICE and (is_office(rest) or is_name) and not DAY_OR_MONTH.match(rest)
