"""Label Studio's JSON export, of any project that labels spans of a text."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tollwire.annotations.foreign import Document
from tollwire.annotations.regions import is_exported
from tollwire.problems import shown

Json = dict[str, Any]


def read_export(path: Path, content: list[Json]) -> Iterator[Document]:
    """
    Read the tasks of an export: one document an annotation that was submitted.

    The text is the task's ``text``, else its longest; offsets are code points. Labels may be of any control of type
    ``labels``; values of controls that are named as ours are kept, those of others are listed.
    """
    for task in content:
        data = task.get("data") or {}
        texts = [value for value in data.values() if isinstance(value, str)]
        text = data["text"] if isinstance(data.get("text"), str) else max(texts, key=len, default="")
        name = str(data.get("article_id") or task.get("id"))
        for annotation in task["annotations"]:
            if annotation.get("was_cancelled"):
                continue
            where = f"{path}, task {task.get('id')}, annotation {annotation.get('id')}"
            document = Document(where, name, text, _moment(annotation), _labeller(annotation))
            _read(document, annotation.get("result") or [])
            yield document


def _moment(annotation: Json) -> datetime:
    stamp = annotation.get("updated_at") or annotation.get("created_at")
    return datetime.fromisoformat(stamp).astimezone(UTC) if stamp else datetime.fromtimestamp(0, UTC)


def _labeller(annotation: Json) -> str | None:
    by = annotation.get("completed_by")
    number = by.get("id") if isinstance(by, dict) else by
    return None if number is None else f"labeller-{number}"


def _read(document: Document, result: list[Json]) -> None:
    spans: dict[str, Json] = {}
    values: dict[str, Json] = {}
    for one in result:
        kind, value = one.get("type"), one.get("value") or {}
        name = str(one.get("from_name"))
        if kind == "relation":
            labels = one.get("labels") or [""]
            document.relations += [(label.lower(), one["from_id"], one["to_id"]) for label in labels]
        elif kind == "labels" and all(isinstance(value.get(end), int) for end in ("start", "end")):
            spans[one["id"]] = value
        elif kind in ("choices", "number", "textarea") and "start" in value:
            said = value.get({"choices": "choices", "number": "number", "textarea": "text"}[kind])
            values.setdefault(one["id"], {})[name] = said[0] if isinstance(said, list) and len(said) == 1 else said
        elif kind == "choices" and name == "article_status":
            document.choices += value.get("choices") or []
        else:
            document.miss("unread-entry", f"an entry of type {shown(kind)} from {shown(name)}")
    for span_id, value in spans.items():
        start, end = value["start"], value["end"]
        told = value.get("text")
        if told is not None and not is_exported(told, document.text[start:end]):
            what = f"a region reads {shown(told)}, the text has {shown(document.text[start:end])}"
            document.miss("text-matches-article", what)
            continue
        labels = value.get("labels") or []
        main = [label for label in labels if not label.startswith("#")]
        if len(main) != 1:
            document.miss("one-label", f"{shown(document.text[start:end])} has the labels {', '.join(main) or 'none'}")
            continue
        stated = values.get(span_id, {})
        if incident := next((label[1:] for label in labels if label.startswith("#")), None):
            stated["incident"] = incident
        document.mark(span_id, start, end, main[0], stated)
