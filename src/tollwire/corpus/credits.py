"""Split a caption from the credit at its end: who made the picture, and who supplied it."""

import re
import tomllib
from functools import cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation

from tollwire.corpus.names import NAME, UPPER

LEXICON = Path(__file__).parent / "lexicon" / "credits.toml"
LONGEST_CREDIT = 160  # characters at the end of a caption in which its credit is looked for
AGENCIES = ("REUTERS", "Reuters", "EPA", "AFP", "AP", "Getty")


@cache
def _words() -> tuple[str, ...]:
    """List the words that stand before a credit as they are written there, the longest first."""
    words = tomllib.loads(LEXICON.read_text(encoding="utf-8"))["before"]
    forms = {form for word in words for form in (word[0].upper() + word[1:], word.title(), word.upper())}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


@cache
def _starts() -> AhoCorasick:
    """Find where a credit may start: most captions have no such place."""
    said = [form for word in ("photo", "courtesy") for form in (word, word.title(), word.upper())]
    return AhoCorasick(sorted({*"/|([\u00a9=\uff1d", *said, *AGENCIES, *_words()}), implementation=Implementation.DFA)


@cache
def _credit() -> re.Pattern[str]:
    """
    Give the pattern of a credit at the end of a line, after a slash, in brackets, or after a word for it.

    It follows the end of a sentence, or the line does not end like one: "..., a resident told AFP." credits nobody.
    """
    words = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in _words())
    return re.compile(
        rf"""(?:(?P<sentence>(?:^|(?<=[.!?\u2026"'\u201d\u2019)\]]))\s*)|\s*)(?:
            (?<![\w,;])[/|]\s?(?:via\s)?{NAME}(?:[ /](?:and\s)?[\w.&'\u2019-]+){{0,8}}        # ... /CFP  ... /Wire pool
          | [\[(](?i:file|handout|archive)(?:\s(?i:photo|picture|image))?[\])]                  # (File photo)
          | [\[(](?i:photo|image|picture|credit)s?\b[^\])]{{0,60}}[\])]                        # (Photo: N. N.)
          | [\[(](?:{words})\s?[:\uff1a][^\])]{{1,80}}[\])]                                      # (Quelle: N. N.)
          | [\[(](?:{"|".join(AGENCIES)})\b[^\])]{{0,60}}[\])]                     # (AP Photo/N. N.)
          | [\[(]{NAME}[^\])\d/]{{0,40}}/\s?[{UPPER}][^\])\d]{{0,40}}[\])]                     # [N. N./Agency]
          | (?<!\w)(?:{words})                                                                  # Photo: N. N.
            (?:\s(?i:credit|by|courtesy(?:\sof)?))?\s?[:\uff1a]\s*(?:[^.!?\u3002]|(?<=\b[{UPPER}])\.){{1,60}}
          | (?(sentence)[\[(](?:the\s)?{NAME}                                     # (N. N. for The Post)
            (?:[ /](?:(?:for|of|and|via|the)\s){{0,2}}(?:{NAME}|archive|handout|pool|stringer)){{1,7}}[\])]|(?!))
          | \b(?i:photo(?:graph)?s?\sby|(?:photo\s)?courtesy\sof)\s+{NAME}[^.!?]{{0,50}}         # Photo by N. N.
          | (?(sentence)(?:REUTERS|EPA|AFP|AP|Getty\sImages)(?:\s?/\s?{NAME}(?:\s{NAME}){{0,5}})*|(?!))  # REUTERS/N. N.
          | (?:\u00a9|\([Cc]\))\s?{NAME}(?:[^.!?]|(?<=\b[{UPPER}])\.){{0,60}}                  # \u00a9 N. N.
          | (?<=[\u3040-\u9fff])[=\uff1d][^=\uff1d\u3002]{{1,20}}                             # \uff1dAP, after Japanese
        )(?(sentence)\.?|(?<![.!?]))\s*$""",
        re.VERBOSE,
    )


def split_credit(caption: str) -> tuple[str, str]:
    """Split a caption such as "Smoke over the market. /Wire pool" from the credit at its end; "" where it has none."""
    end = caption[-LONGEST_CREDIT:]
    found = _starts().find_matches_as_indexes(end, overlapping=True)
    for start in sorted({start for _, start, _ in found}) if found else ():
        before = len(end[:start].rstrip())
        if _credit().match(end, before):
            cut = len(caption) - len(end) + before
            return caption[:cut].rstrip(" ,;|/\u2013\u2014-"), caption[cut:].strip()
    return caption, ""
