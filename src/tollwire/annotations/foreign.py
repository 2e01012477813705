"""Annotations made elsewhere: what every reader of a foreign format gives, and which format a file has."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tollwire.annotations.regions import CONTROLS, FIGURE_NUMBERS, INCIDENTS, Region
from tollwire.problems import Problem, UsageError, shown

Json = Any
LARGEST = 64_000_000  # bytes of a file


@dataclass(slots=True)
class Document:
    """
    One text with what one person marked on it, as it was elsewhere.

    Offsets of ``regions`` are code points of ``text``; their labels and the names of their values are still the foreign
    ones, in small letters. ``name`` may be an article's id. ``problems`` are what could not be read.
    """

    where: str
    name: str
    text: str
    moment: datetime
    annotator: str | None = None
    regions: list[Region] = field(default_factory=list)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def miss(self, rule: str, what: str, fix: str = "it is left out; mark it again after importing") -> None:
        """List something that could not be read."""
        self.problems.append(Problem(self.where, rule, what, fix))

    def mark(self, span_id: str, start: int, end: int, label: str, values: dict[str, Any]) -> None:
        """Add a region; a value ``incident`` is its number, and values of controls that we have none of are listed."""
        if not 0 <= start < end <= len(self.text):
            self.miss(
                "span-in-text", f"{shown(label)} stands at {start}-{end}, the text has {len(self.text)} characters"
            )
            return
        known, labels = {}, [label.lower()]
        for name, value in values.items():
            key = name.lower()
            if key == "incident" and (tag := f"#{value}") in INCIDENTS:
                labels.append(tag)
            elif key not in CONTROLS:
                self.miss("unknown-attribute", f"{shown(name)} of {shown(self.text[start:end])} is {shown(value)}")
            elif key in FIGURE_NUMBERS and not str(value).isdecimal():
                self.miss("bad-value", f"{name} of {shown(self.text[start:end])} is {shown(value)}")
            else:
                known[key] = _value(key, value)
        self.regions.append(Region(span_id, start, end, self.text[start:end], tuple(labels), known))


def _value(name: str, value: Any) -> Any:
    if name in FIGURE_NUMBERS:
        return int(value)
    if name == "victim_groups":
        return [value] if isinstance(value, str) else list(value)
    return value


def read_foreign(paths: list[Path]) -> Iterator[Document]:
    """
    Read files of annotations, and all such files in folders: brat's .ann, Label Studio's and UIMA's JSON.

    Raises:
        UsageError: a path does not exist, or is none of them.
    """
    from tollwire.annotations.brat import read_brat
    from tollwire.annotations.cas_json import read_cas
    from tollwire.annotations.studio_export import read_export

    for path in paths:
        files = sorted([*path.rglob("*.ann"), *path.rglob("*.json")]) if path.is_dir() else [path]
        if not files or not path.exists():
            what = "there is no annotation in it" if path.is_dir() else "there is no such file"
            raise UsageError(Problem(str(path), "no-such-path", what, "name .ann or .json files, or their folder"))
        for file in files:
            if file.stat().st_size > LARGEST:
                raise UsageError(Problem(str(file), "too-large", f"it has over {LARGEST:,} bytes", "split it"))
            if file.suffix == ".ann":
                yield read_brat(file)
                continue
            content = _json(file)
            reader: Callable[[Path, Json], Iterator[Document]] | None = None
            if isinstance(content, dict) and "%FEATURE_STRUCTURES" in content:
                reader = read_cas
            elif isinstance(content, list) and all(isinstance(one, dict) and "annotations" in one for one in content):
                reader = read_export
            if reader is None:
                fix = "export as Label Studio JSON, brat stand-off or UIMA CAS JSON"
                raise UsageError(Problem(str(file), "unknown-format", "it is none of the formats that are read", fix))
            yield from reader(file, content)


def _json(file: Path) -> Json:
    try:
        return json.loads(file.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UsageError(Problem(str(file), "not-json", shown(str(error)), "export it again")) from error
