"""Plain-text dumps whose shape is against the reader: too long, too many lines, nothing in them."""

from kinds import Kind, one_file
from sound_pages import DUMP, SENTENCES, TITLE

THEME = "Plain text"


def _dump(name: str, about: str, text: str, *ends: str, **options: object) -> Kind:
    return one_file(name, about, "page.txt", lambda: text, *ends, **options)


KINDS = [
    _dump("nothing", "no byte at all", "", "empty-file"),
    _dump("white-space-only", "a megabyte of spaces, tabs and line ends", " \t\r\n" * 250_000, "empty-file"),
    _dump("invisible-only", "100,000 characters that cannot be seen", "\u200b\ufeff\n" * 50_000, "no-article"),
    _dump("wide-spaces-only", "only spaces that ASCII does not know", "\u3000\u2003\n" * 50_000, "no-article"),
    _dump("punctuation-only", "100,000 signs of punctuation", "?!.,;:-\n" * 12_500, "no-article"),
    _dump("one-line-of-punctuation", "a megabyte of punctuation on one line", "?!.,;:-" * 140_000, "no-article"),
    _dump("emoji-only", "50,000 emoji, many of several code points",
              "\U0001f469\u200d\U0001f692\U0001f1f2\U0001f1f1 " * 10_000, "no-article"),
    _dump("digits-only", "100,000 numbers", "12 345 6789\n" * 33_000, "index-page"),
    _dump("capitals-only", "a text in capitals", DUMP.upper(), "article"),
    _dump("one-letter-a-line", "a million lines of one letter", "a\n" * 1_000_000, "no-article"),
    _dump("one-word-a-line", "300,000 lines of one word below the article", DUMP + "Vell\n" * 300_000, "article"),
    _dump("one-word-of-the-text-a-line", "the article with each word on a line of its own", DUMP.replace(" ", "\n"),
              "no-article"),
    _dump("the-same-line-again", "90,000 times the same sentence", f"{TITLE}\n\n" + f"{SENTENCES[0]}\n" * 90_000,
              "article"),
    _dump("different-lines", "100,000 sentences, no two the same",
          f"{TITLE}\n\n"
              + "".join(f"The council said on day {n} that the road to Mera is closed.\n" for n in range(100_000)),
          "article"),
    _dump("one-line-without-space", "nine megabytes on one line without a space", "x" * 9_000_000, "no-article"),
    _dump("one-line-of-words", "the article and five megabytes of words on one line", DUMP + "rain " * 1_000_000,
              "article"),
    _dump("one-line-of-sentences", "the whole article on one line", " ".join(SENTENCES) * 3, "no-title"),
    _dump("exactly-the-limit", "ten million bytes, the most that a page may have",
              DUMP + "\n" * (10_000_000 - len(DUMP)), "article"),
    _dump("a-byte-past-the-limit", "one byte more than a page may have", DUMP + "\n" * (10_000_001 - len(DUMP)),
              "too-large"),
    _dump("mixed-line-ends", "line ends of all kinds, mixed",
          "\r\r\n".join((TITLE, *SENTENCES)).replace(" the ", " the\n\r", 1), "article"),
    _dump("carriage-returns-only", "line ends of old computers", DUMP.replace("\n", "\r"), "article"),
    _dump("gaps", "half a million empty lines between headline and text", DUMP.replace("\n\n", "\n" * 500_000, 1),
              "article"),
    _dump("leading-spaces", "200,000 spaces before each line",
              "\n".join(" " * 200_000 + one for one in (TITLE, *SENTENCES)), "article"),
    _dump("tabs-between-words", "tabs and runs of spaces between words", DUMP.replace(" ", " \t   "), "article"),
    _dump("terminal-commands", "commands to a terminal: colours, titles, cleared screens",
          DUMP.replace("the", "\x1b[31mthe\x1b[0m\x1b]0;owned\x07"), "article"),
    _dump("overstruck", "a manual page's bold type: each letter, a backspace, the letter again",
          "\n\n".join("".join(f"{one}\b{one}" for one in line) for line in (TITLE, *SENTENCES)), "binary-file"),
    _dump("spreadsheet-formulas", "lines that a spreadsheet would run", DUMP + "=cmd|'/c calc'!A1\n@SUM(1)\n+1+1\n",
              "article"),
    _dump("markdown-links", "50,000 opened links and emphases of Markdown", DUMP + "[*_![(" * 50_000, "article"),
    _dump("dates-on-one-line", "100,000 dates on one line", DUMP + "2 May 2021, 03/04/2021 " * 50_000, "article"),
    _dump("dates-on-many-lines", "100,000 lines that may be the date of publication",
              "2 May 2021 10:00\n" * 100_000 + DUMP, "index-page"),
    _dump("bylines-on-many-lines", "50,000 lines that may be the by-line", "By Ada Bree and Bo Coe\n" * 50_000 + DUMP,
              "no-article"),
    _dump("credits-on-many-lines", "50,000 lines that may be the credit of a picture",
              DUMP + "Photo: Ada Bree / AFP\n" * 50_000, "article"),
    _dump("brackets", "200,000 opened brackets and quotation marks", DUMP + "([{\u201c\u00ab" * 40_000, "article"),
    _dump("abbreviations", "100,000 abbreviations on one line, each of which may end a sentence",
              DUMP + "Dr. St. U.S. " * 35_000, "article"),
    _dump("hyphens", "a megabyte of hyphens and dashes, which may part a headline from its site",
          "Vell - Mera | Orsk \u2013 " * 40_000 + "\n\n" + DUMP, "no-title"),
    _dump("html-in-a-dump", "a page of HTML that is named .txt", f"<html><body><p>{'<p>'.join(SENTENCES)}", "no-title"),
    _dump("json-in-a-dump", "a record of JSON that is named .txt", '{"text": "' + "\\n".join(SENTENCES) + '"}',
              "no-title"),
]  # fmt: skip
