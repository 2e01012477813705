"""Sources: one record for each outlet, ``corpus/sources/<source_id>.toml``. Adding one needs no Python."""

from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from tollwire.contracts.strict import StrictModel, read_toml
from tollwire.problems import Problem, TollwireError, UsageError


class FieldPaths(StrictModel):
    """
    Where a JSON record of this source, or a row of its Parquet files, keeps what.

    A dot goes into a nested object, or into each object of a list. ``html`` is a field that holds the whole page, or
    its body; where it is filled it is read instead of ``text``.
    """

    text: str | None = None
    html: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    modified: str | None = None
    byline: str | None = None
    section: str | None = None
    keywords: str | None = None
    dateline: str | None = None
    language: str | None = None

    @model_validator(mode="after")
    def _has_text(self) -> Self:
        if self.text is None and self.html is None:
            raise ValueError("it names no field that holds the article; add text, or html")
        return self

    def paths(self) -> list[str]:
        """List the paths that are named."""
        return [path for path in self.model_dump().values() if path is not None]


class Source(StrictModel):
    """An outlet: who publishes it, in which language and time zone, under which licence, and its own fixed lines."""

    source_id: str = Field(pattern="^[a-z][a-z0-9_]*$")
    publisher: str
    language: str
    time_zone: str
    licence: str = Field(pattern="^(LicenseRef-)?[A-Za-z0-9.+-]+$")
    may_redistribute: bool
    obtained: str
    home: str | None = None
    encoding: str | None = None
    boilerplate: list[str] = Field(default_factory=list)
    fields: FieldPaths | None = None

    @field_validator("time_zone")
    @classmethod
    def _time_zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("not the name of a time zone, such as Africa/Bamako") from error
        return name

    @field_validator("encoding")
    @classmethod
    def _encoding_exists(cls, name: str | None) -> str | None:
        try:
            "".encode(name or "utf-8")
        except LookupError as error:
            raise ValueError("not the name of an encoding, such as windows-1252") from error
        return name


# What is taken of a page that came without a source record: nothing may be published of it.
UNKNOWN_SOURCE = Source(
    source_id="unknown",
    publisher="unknown",
    language="en",
    time_zone="UTC",
    licence="LicenseRef-unknown",
    may_redistribute=False,
    obtained="unknown",
)


def read_source(path: Path) -> Source:
    """Read one source record. Raises TollwireError with all that is wrong in it."""
    source = read_toml(path, Source)
    if source.source_id != path.stem:
        what = f'the file is called {path.name}, its source_id is "{source.source_id}"'
        raise TollwireError(Problem(f"sources/{path.name}", "source-id", what, "give both the same name"))
    return source


def find_source(sources: Path, source_id: str) -> Source:
    """Read the record of one source. Raises UsageError when there is none of that name."""
    path = sources / f"{source_id}.toml"
    if not path.is_file() or path.parent != sources:
        known = ", ".join(sorted(one.stem for one in sources.glob("*.toml"))) or "none yet"
        fix = f"write corpus/sources/{source_id}.toml, or name one of: {known}"
        raise UsageError(Problem("--source", "unknown-source", f'there is no source "{source_id}"', fix))
    return read_source(path)
