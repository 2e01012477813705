"""Characters that cannot be seen, that grow when they are normalised, that turn the writing around."""

from kinds import Kind, one_file
from sound_pages import DUMP, SENTENCES, TITLE, html, record

THEME = "Characters"
GROWS = "\ufdfa\u0390\u1f82\ufb2c\U0001d160\u0344"  # one code point each, that normal forms write as up to 18


def _three(name: str, about: str, text: str, *ends: str, **options: object) -> list[Kind]:
    """Put characters into a dump, an HTML page and a JSON record, in which they are written out and always read."""
    ends = ends or ("article",)
    return [
        one_file(f"{name}-in-a-dump", f"{about}, in a dump", "page.txt", lambda: f"{DUMP}\n{text}", *ends, **options),
        one_file(f"{name}-in-a-page", f"{about}, in HTML", "page.html", lambda: html(below=f"<p>{text}</p>"), *ends,
            **options),
        one_file(
            f"{name}-in-a-record", f"{about}, in every field of a JSON record", "page.jsonl",
            lambda: record(text="\n".join((*SENTENCES, text)), title=f"{TITLE} {text[:200]}",
                byline=f"Ada Bree {text[:50]}",
                           section=text[:60], keywords=[text[:60]], url=f"https://post.example/{text[:9]}"),
            "article", **options,
        ),
    ]  # fmt: skip


def _dump(name: str, about: str, text: str, *ends: str, **options: object) -> Kind:
    return one_file(name, about, "page.txt", lambda: text, *ends, **options)


def _between(sign: str) -> str:
    """Put a sign between all letters of the article."""
    return "\n\n".join(sign.join(line) for line in (TITLE, *SENTENCES))


KINDS = [
    *_three("turned-writing", "signs that turn the direction of writing around",
        f"{SENTENCES[0]}\u202e\u2066dne eht\u2069\u202c"),
    *_three("combining-marks", "10,000 marks on one letter", "Ve\u0301" + "\u0316\u0301\u0323" * 3_400 + "ll is dry."),
    *_three("growing-characters", "characters that grow when they are normalised", GROWS * 2_000),
    *_three("half-pairs", "halves of surrogate pairs, which are no characters", f"{SENTENCES[0]} \ud800 \udfff\ud83d"),
    *_three("zero-width-flood", "100,000 characters of no width", "\u200b\u200d\u2060\ufeff" * 25_000),
    *_three("controls", "all control characters between words",
        f"{SENTENCES[0]} " + " x".join(map(chr, (*range(1, 32), *range(127, 160)))),
            "binary-file"),
    *_three("noncharacters", "code points that will never be characters",
        "\ufdd0 \ufffe \uffff \U0001fffe \U0010ffff word " * 50),
    *_three("tag-characters", "a message in characters that cannot be seen",
            f"{SENTENCES[0]}" + "".join(chr(0xE0000 + ord(one)) for one in "say that it is safe")),
    *_three("private-use", "characters that mean something to one program only",
        "\ue000\uf8ff\U000f0000\U0010fffd " * 500),
    *_three("line-separators", "line and paragraph separators, vertical tabs, form feeds, next lines",
            "one\u2028two\u2029three\x0bfour\x0cfive\x85six\x1cseven\x1deight"),
    _dump("soft-hyphens", "a soft hyphen between all letters", _between("\xad"), "article"),
    _dump("word-joiners", "a joiner of no width between all letters", _between("\u2060"), "article"),
    _dump("variation-selectors", "a selector of a variant behind every letter", _between("\ufe0f"), "article"),
    _dump("marks-on-every-letter", "a combining mark on every letter", _between("\u0336"), "article"),
    _dump("byte-order-marks-in-the-text", "a byte order mark at the start of every word", DUMP.replace(" ", " \ufeff"),
              "article"),
    _dump("exotic-spaces", "every space is another kind of space",
          DUMP.replace(" ", "\u3000").replace("\u3000the", "\u2009the").replace("\u3000of", "\u202fof"), "article"),
    _dump("replacement-characters", "every third letter was lost before", DUMP.replace("e", "\ufffd"), "article"),
    _dump("hangul-in-pieces", "40,000 syllables written in three pieces each",
              f"{DUMP}\n" + "\u1112\u1161\u11ab" * 40_000, "article"),
    _dump("marks-only", "a megabyte of combining marks and no letter",
          f"{DUMP}\n" + "\u0301\u0316" * 250_000, "article"),
    _dump("marks-of-two", "100,000 signs that are two marks each, which hides that they are marks",
          f"{DUMP}\na" + "\u0f73\u0f81" * 50_000, "article"),
    _dump("marks-parted", "100,000 marks, each behind a character that is taken away",
          f"{DUMP}\na" + "\u0316\u200b\u0301\u034f" * 50_000, "article"),
    _dump("sorted-marks", "100,000 marks on one letter in the wrong order, which have to be sorted",
          f"{DUMP}\na" + "\u0301\u0327\u0316\u0345" * 25_000, "article"),
    _dump("lookalikes", "Latin letters replaced by Cyrillic and Greek ones that look the same",
          DUMP.replace("e", "\u0435").replace("o", "\u03bf").replace("a", "\u0430"), "article"),
    _dump("mathematical-letters", "a text in letters that belong in formulas",
          "".join(chr(0x1D41A + ord(one) - 97) if one.isascii() and one.islower() else one for one in DUMP), "article"),
]  # fmt: skip
