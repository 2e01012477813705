"""UIMA's JSON, as INCEpTION exports it: one text with spans and relations of its own layers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tollwire.annotations.foreign import Document
from tollwire.problems import Problem, UsageError, shown

Json = dict[str, Any]

# Layers that every document has, and that nobody labelled.
_GIVEN = ("uima.", "de.tudarmstadt.ukp.dkpro.core.api.segmentation.", "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
          "de.tudarmstadt.ukp.clarin.webanno.api.type.")  # fmt: skip
_LABELS = ("label", "value", "harm", "role", "kind")  # features that may hold the label, the likeliest first
_OWN = ("begin", "end")


def read_cas(path: Path, content: Json) -> Iterator[Document]:
    """
    Read a document; its offsets count UTF-16 units, and are turned into code points.

    A span's label is its feature ``label`` (or value, harm, role), other features are values; a relation runs from its
    Governor to its Dependent. Spans without a label are listed.

    Raises:
        UsageError: it has no text, or several.

    Source: UIMA JSON CAS specification 0.4.0, "Feature structures" and "Views".
    """
    structures = content["%FEATURE_STRUCTURES"]
    listed = list(structures.values()) if isinstance(structures, dict) else list(structures)
    texts = [one for one in listed if one.get("%TYPE") == "uima.cas.Sofa" and isinstance(one.get("sofaString"), str)]
    if len(texts) != 1:
        raise UsageError(Problem(str(path), "no-text", f"it has {len(texts)} texts", "export one document a file"))
    text = texts[0]["sofaString"]
    document = Document(str(path), path.stem, text, datetime.fromtimestamp(int(path.stat().st_mtime), UTC))
    places = _code_points(text)
    for one in listed:
        kind = str(one.get("%TYPE", ""))
        if kind.startswith(_GIVEN):
            continue
        if "@Governor" in one and "@Dependent" in one:
            _relation(document, one)
        elif all(isinstance(one.get(end), int) for end in _OWN):
            _span(document, one, places)
        else:
            document.miss("unread-entry", f"{shown(kind)} {one.get('%ID')} is no span and no relation")
    yield document


def _code_points(text: str) -> list[int]:
    """Give the code point of each UTF-16 unit, and of the end."""
    places: list[int] = []
    for place, sign in enumerate(text):
        places += [place] * (2 if ord(sign) > 0xFFFF else 1)
    return [*places, len(text)]


def _span(document: Document, one: Json, places: list[int]) -> None:
    label_name, label = _label(one)
    begin, end = one["begin"], one["end"]
    if not 0 <= begin < end < len(places):
        document.miss("span-in-text", f"{shown(label)} stands at {begin}-{end}, beyond the text")
        return
    values = {name: value for name, value in one.items() if name[0] not in "%@#^" and name not in (*_OWN, label_name)}
    if label is None:
        document.miss("no-label", f"{shown(document.text[places[begin] : places[end]])} of {one['%TYPE']} has no label")
        return
    document.mark(str(one["%ID"]), places[begin], places[end], label, values)


def _relation(document: Document, one: Json) -> None:
    _, label = _label(one)
    if label is None:
        document.miss("no-label", f"relation {one.get('%ID')} has no label")
        return
    document.relations.append((label.lower(), str(one["@Governor"]), str(one["@Dependent"])))


def _label(one: Json) -> tuple[str, str | None]:
    return next(((name, one[name]) for name in _LABELS if isinstance(one.get(name), str)), ("", None))
