"""JSON records that are deep, endless, of the wrong types or no JSON."""

import base64
import json

from kinds import SOURCE, WITH_FIELDS, Kind, one_file
from sound_pages import DUMP, SENTENCES, TITLE, html, record

THEME = "JSON records"
DEEP = 100_000
TEXT = json.dumps("\n".join(SENTENCES))
NESTED = SOURCE + '[fields]\ntext = "a.b.c.text"\nhtml = "a.html"\ntitle = "title"\npublished = "a.b.date"\n'


def _lines(name: str, about: str, raw: str | bytes, *ends: str, file: str = "records.jsonl", **options: object) -> Kind:
    return one_file(f"json-{name}", about, file, lambda: raw, *ends, **options)


def _between(name: str, about: str, line: str | bytes, *ends: str, **options: object) -> Kind:
    """Put a line between two sound records, which it must not cost."""
    line = line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
    first, last = (record(text=f"{n}. {DUMP}", url=f"https://post.example/{n}").encode() for n in "12")
    return _lines(name, about, first + line + b"\n" + last, "article", "article", *ends, **options)


def _stated(name: str, about: str, **fields: object) -> Kind:
    return _between(f"field-{name}", about, record(**fields).strip(), "article")


KINDS = [
    _between("deep-lists", "a record of 100,000 lists inside one another", "[" * DEEP + "]" * DEEP, "broken-json"),
    _between("deep-objects", "a record of 100,000 objects inside one another", '{"a":' * DEEP + "1" + "}" * DEEP,
              "broken-json"),
    _between("deep-below-the-text", "a sound record with 150 lists inside one another in another field",
             f'{{"title":"{TITLE}","text":{TEXT},"more":{"[" * 150}{"]" * 150}}}', "article"),
    _lines("deep-alone", "a file that is 100,000 lists inside one another", "[" * DEEP + "]" * DEEP, "broken-json",
              file="records.json"),
    _lines("deep-item", "an array over many lines, one of whose items is 50,000 deep",
           "[\n" + record() + ",\n" + "[" * 50_000 + "]" * 50_000 + "\n]", "broken-json", file="records.json"),
    _lines("deep-but-read", "an array whose item can be read or not, as deep as the reader is in calls",
           "[\n" + record() + ",\n" + "[" * 980 + "]" * 980 + "\n]", "broken-json", file="records.json"),
    _between("number-of-digits", "a number of 10,000 digits",
              f'{{"title":"{TITLE}","text":{TEXT},"published":{"9" * 10_000}}}', "broken-json"),
    _between("number-too-large", "a date of 1e999", f'{{"title":"{TITLE}","text":{TEXT},"published":1e999}}',
              "article"),
    _between("no-numbers", "NaN and Infinity, which JSON does not have",
              f'{{"title":"{TITLE}","text":{TEXT},"published":NaN,"section":-Infinity}}', "article"),
    _between("same-key-again", "every key stands twice", f'{{"text":5,"text":{TEXT},"title":[],"title":"{TITLE}"}}',
              "article"),
    _between("many-keys", "a record with 200,000 keys",
              f'{{"title":"{TITLE}","text":{TEXT},' + ",".join(f'"k{n}":1' for n in range(200_000)) + "}", "article"),
    _between("key-of-a-megabyte", "a key of a megabyte", f'{{"{"k" * 1_000_000}":1,"title":"{TITLE}","text":{TEXT}}}',
              "article"),
    _between("keys-of-controls", "keys with NUL, line breaks and half pairs",
              f'{{"a\\u0000b":1,"\\ud800":2,"\\n":3,"text":{TEXT},"title":"{TITLE}"}}', "article"),
    _between("raw-line-ends", "a text with raw control characters in it", f'{{"title":"{TITLE}","text":"a\tb\x07c"}}',
              "broken-json"),
    _between("surrogates-in-bytes", "halves of pairs as UTF-8 in the text",
              f'{{"title":"{TITLE}","text":"{SENTENCES[0]} \ud800"}}', "article"),
    _between("bytes-of-latin", "a record in Windows-1252 among records in UTF-8",
              f'{{"title":"Café","text":{TEXT}}}'.encode("cp1252"), "article"),
    _between("bytes-of-chance", "a line that is no text", bytes(range(256)).replace(b"\n", b"") * 4, "binary-file"),
    _between("line-of-eleven-megabytes", "a record of eleven megabytes", record(more="x" * 11_000_000), "too-large"),
    _between("text-of-nine-megabytes", "a text of nine megabytes", record(text="\n".join(SENTENCES * 16_000)),
              "article"),
    _between("lines-in-a-text", "a text of a million lines", record(text="\n".join((*SENTENCES, *"a" * 1_000_000))),
              "article"),
    _between("trailing-comma", "a comma before the end", f'{{"text":{TEXT},}}', "broken-json"),
    _between("comments", "comments, which JSON does not have", f'{{"text":{TEXT} /* and so on */}} // end',
              "broken-json"),
    _between("single-quotation-marks", "a record as another language writes it",
              "{'text': 'It rained.', 'more': None}", "broken-json"),
    _between("two-on-a-line", "two records on one line", '{"text":"a"}{"text":"b"}', "broken-json"),
    _between("cut-off", "a record that is cut off", record()[:300], "broken-json"),
    *(
        _between(f"scalar-{name}", f"a line that is {name}", value, "empty-text")
        for name, value in (("null", "null"), ("true", "true"), ("a-number", "5"), ("a-string", TEXT),
            ("a-list", "[[]]"))
    ),
    _lines("byte-order-mark", "a byte order mark before the first record", "\ufeff" + record(), "article"),
    _lines("byte-order-mark-array", "a byte order mark before an array over many lines", "\ufeff[\n" + record() + "]",
              "article", file="records.json"),
    _lines("utf-16", "a file in UTF-16", record().encode("utf-16"), "article", "broken-json"),
    _lines("utf-16-lines", "records in UTF-16, one a line", (record() + record(text=DUMP)).encode("utf-16"), "article",
              "broken-json", "broken-json"),
    _lines("carriage-returns", "records that end in carriage returns only",
              (record() + record(text=DUMP)).replace("\n", "\r"), "broken-json"),
    _lines("record-separators", "records between the separators of RFC 7464",
              "\x1e" + record() + "\x1e" + record(text=DUMP), "broken-json"),
    _lines("of-nothing", "no byte at all", "", "empty-file"),
    _lines("of-white-space", "only empty lines", "\n \r\n\t\n" * 10_000, "empty-file"),
    _lines("empty-array", "an array without items", "[]", "empty-file", file="records.json"),
    _lines("array-of-empties", "an array of 5,000 empty objects", "[" + "{}," * 4_999 + "{}]", *["empty-text"] * 5_000,
              file="records.json"),
    _lines("array-never-closed", "an array that never closes", "[\n" + record(), "broken-json", file="records.json"),
    _lines("array-of-mixed", "an array of all that JSON knows", '[null, true, 1, "a", [], {}]', *["empty-text"] * 6,
              file="records.json"),
    _lines("html", "a page of HTML that is named .json", html(), "broken-json", file="records.json"),
    _lines("text", "a dump that is named .jsonl", DUMP, "broken-json"),
    _lines("a-program", "a program that hands the record to a function", f"callback({record()});", "broken-json",
              file="records.json"),
    _lines("no-field-paths", "records of a source that does not say where their text is", record(), "no-field-paths",
              source=SOURCE),
    _lines("paths-through-lists", "a text inside objects inside lists inside lists",
           json.dumps({"title": TITLE, "a": [[{"b": [{"c": [{"text": one}]} for one in SENTENCES]}], [[]], None, 5]}),
               "empty-text", source=NESTED),
    _lines("paths-that-multiply", "lists inside lists, 300 each, on the way to the text",
           json.dumps({"title": TITLE, "a": [{"b": [{"c": [{"text": "Rain. "}] * 10}] * 100}] * 100}), "article",
               source=NESTED),
    _lines("paths-that-end", "texts where the path goes on into objects",
              json.dumps({"title": TITLE, "a": {"b": "text", "html": []}}), "empty-text", source=NESTED),
    _stated("wrong-types", "every field but the text is of another type", title=5, url=[], published={}, byline=7,
              section=[[]], keywords={"a": 1}, language=[1]),
    _between("text-of-wrong-type", "the text is a list of numbers and objects",
              record(text=[1, {"a": "b"}, [[None]], True]), "empty-text"),
    _between("field-text-in-parts", "the text is a list of lists of paragraphs",
              record(text=[[one] for one in SENTENCES]).strip(), "empty-text"),
    _stated("dates-out-of-range", "a date past the end of time, as a number", published=10**300),
    _stated("date-negative", "a negative date, as a number", published=-(10**18)),
    _stated("date-true", "a date that is true", published=True),
    _stated("address-script", "an address that is a script", url="javascript:alert(1)"),
    _stated("address-of-nul", "an address with NUL and a line break in it", url="https://post.example/a\0b\nc"),
    _stated("keywords-many", "100,000 keywords", keywords=[f"k{n}" for n in range(100_000)]),
    _stated("byline-of-a-megabyte", "a by-line of a megabyte", byline="Ada Bree and " * 80_000),
    _stated("section-of-a-megabyte", "a section of a megabyte", section="Weather " * 125_000),
    _stated("title-of-a-megabyte", "a title of a megabyte", title="Flood " * 170_000),
    _stated("language-junk", "a language that is a script", language="<script>en</script>"),
    _stated("html-of-a-script", "a page with scripts inside the record",
              html=f"<p>{'<p>'.join(SENTENCES)}<script>alert(1)</script>"),
    _stated("html-deep", "a page inside the record with 50,000 elements inside one another",
              html="<div>" * 50_000 + f"<p>{'<p>'.join(SENTENCES)}"),
    _between("field-html-empty", "a page inside the record that has no text",
              record(html="<html><body></body></html>"), "no-article"),
    _between("field-html-base64-of-junk", "bytes inside the record that are no page",
             record(html={"base64": base64.b64encode(bytes(range(256)) * 9).decode()}), "binary-file"),
    _stated("html-base64-broken", "bytes inside the record that are written wrongly",
              html={"base64": "!!not base64!!"}),
    _between("field-text-is-html", "the text is markup, with a script in it",
             record(text=f"<p>{'</p><p>'.join(SENTENCES)}</p><script>alert(1)</script>"), "article"),
    _lines("newline-in-a-name", "the name of a field in the source has a dot at its end", record(), "empty-text",
           source=WITH_FIELDS.replace('"text"', '"text."')),
]  # fmt: skip
