"""brat's stand-off format: a text, and beside it lines of spans, attributes and relations."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tollwire.annotations.foreign import Document
from tollwire.problems import Problem, UsageError, shown


def read_brat(path: Path) -> Document:
    """
    Read an .ann file with its .txt; offsets are code points.

    Spans in several pieces, events, normalisations and notes are listed, since no table holds them.

    Raises:
        UsageError: the text is not beside it, or either is not UTF-8.

    Source: brat standoff format, https://brat.nlplab.org/standoff.html.
    """
    source = path.with_suffix(".txt")
    if not source.exists():
        raise UsageError(Problem(str(path), "no-text", f"there is no {source.name} beside it", "put it there"))
    try:
        # Not with universal newlines: a line end of two characters counts as two.
        text, lines = source.read_bytes().decode("utf-8"), path.read_bytes().decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(Problem(str(path), "not-utf8", str(error.reason), "save both files as UTF-8")) from error
    document = Document(str(path), path.stem, text, datetime.fromtimestamp(int(path.stat().st_mtime), UTC))
    values: dict[str, dict[str, Any]] = {}
    spans: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(lines, start=1):
        head, _, rest = line.partition("\t")
        if not line.strip():
            continue
        if head[:1] == "T":
            spans[head] = (rest.partition("\t")[0], rest.partition("\t")[2])
        elif head[:1] in ("A", "M"):
            name, owner, *value = rest.split(" ", 2)
            _attribute(values.setdefault(owner, {}), name.lower(), value[0] if value else True)
        elif head[:1] == "R" and len(ends := rest.split()) == 3:
            head_id, tail_id = (end.partition(":")[2] for end in ends[1:])
            document.relations.append((ends[0].lower(), head_id, tail_id))
        else:
            document.miss("unread-entry", f"line {number}: {shown(line)}")
    for span_id, (place, surface) in spans.items():
        _span(document, span_id, place, surface, values.pop(span_id, {}))
    for owner, left in values.items():
        document.miss("unread-entry", f"attributes {shown(left)} of {owner}, which is no span")
    return document


def _attribute(values: dict[str, Any], name: str, value: Any) -> None:
    """Note a value; one that is said several times, as groups are, becomes a list."""
    if name in values:
        before = values[name]
        values[name] = [*(before if isinstance(before, list) else [before]), value]
    else:
        values[name] = value


def _span(document: Document, span_id: str, place: str, surface: str, values: dict[str, Any]) -> None:
    label, _, offsets = place.partition(" ")
    if ";" in offsets or len(ends := offsets.split()) != 2 or not all(one.isdecimal() for one in ends):
        document.miss("broken-span", f"{label} {shown(surface)} is in several pieces, or has no place")
        return
    start, end = map(int, ends)
    if document.text[start:end] != surface:
        what = f"{label} reads {shown(surface)}, the text has {shown(document.text[start:end])}"
        document.miss("text-matches-article", what)
        return
    document.mark(span_id, start, end, label, values)
