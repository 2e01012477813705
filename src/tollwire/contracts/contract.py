"""The contracts in schemas/: what each table's columns are, and the closed vocabularies they use."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from tollwire.contracts.strict import StrictModel, read_toml
from tollwire.problems import Problem, TollwireError
from tollwire.project import template_root

TABLES = (
    "articles",
    "rejected",
    "actors",
    "casualties",
    "relations",
    "annotations",
    "tolls",
    "withdrawn",
    "changes",
    "proofs",
)


class Label(StrictModel):
    """One value of a closed vocabulary: what it means, one example, and how the editor shows it."""

    about: str
    example: str
    hotkey: str | None = None
    colour: str | None = Field(default=None, pattern="^#[0-9a-f]{6}$")


Vocabulary = dict[str, Label]


class Labels(StrictModel):
    """Every closed vocabulary, its values in the order in which they are shown."""

    harm: Vocabulary
    role: Vocabulary
    kind: Vocabulary
    bound: Vocabulary
    victim_status: Vocabulary
    victim_group: Vocabulary
    status: Vocabulary
    scope: Vocabulary
    relation: Vocabulary
    article_status: Vocabulary
    block_kind: Vocabulary
    raw_format: Vocabulary
    cluster_reason: Vocabulary
    split: Vocabulary
    change: Vocabulary
    level: Vocabulary

    def vocabulary(self, name: str) -> Vocabulary:
        """Give one vocabulary by its name, e.g. ``harm``."""
        found: Vocabulary = getattr(self, name)
        return found

    @model_validator(mode="after")
    def _each_hotkey_once(self) -> Self:
        owner: dict[str, str] = {}
        faults = []
        for vocabulary in type(self).model_fields:
            for value, label in self.vocabulary(vocabulary).items():
                name = f"{vocabulary}.{value}"
                if label.hotkey and owner.setdefault(label.hotkey, name) != name:
                    faults.append(f'{name} and {owner[label.hotkey]} share the hotkey "{label.hotkey}"')
        if faults:
            raise ValueError(*faults)
        return self


def _vocabulary_exists(name: str) -> str:
    if name not in Labels.model_fields:
        raise ValueError(f"no such vocabulary; there are {', '.join(Labels.model_fields)}")
    return name


def _rule_exists(name: str) -> str:
    from tollwire.contracts.rules import ROW_RULES

    if name not in ROW_RULES:
        raise ValueError(f"no such rule; there are {', '.join(ROW_RULES)}")
    return name


def _can_be_matched(pattern: str) -> str:
    # The engine that will try it on the table is the one that has to understand it: no look-around, for one.
    import polars as pl

    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.ComputeError as error:
        lines = str(error).splitlines()
        reason = next((line for line in lines if line.startswith("error: ")), lines[0])
        raise ValueError(f"not a regular expression of polars: {reason.removeprefix('error: ')}") from error
    return pattern


# Which types of column a check can be put on.
CHECKS = {
    "min": ("int32", "float64"),
    "max": ("int32", "float64"),
    "match": ("string",),
    "min_length": ("string",),
}


class Column(StrictModel):
    """One column, or one part of a nested column: its type, what it means, and the values it may take."""

    type: Literal["string", "label", "int32", "float64", "bool", "date", "timestamp", "list", "struct"]
    about: str
    unit: str | None = None
    nullable: bool = False
    min: int | None = None
    max: int | None = None
    match: Annotated[str, AfterValidator(_can_be_matched)] | None = None
    min_length: int | None = None
    labels: Annotated[str, AfterValidator(_vocabulary_exists)] | None = None
    items: "Column | None" = None
    fields: "dict[str, Column] | None" = None

    @model_validator(mode="after")
    def _parts_fit_the_type(self) -> Self:
        faults = [
            f'a column of type "{owner}" has {part}, and no other has'
            for part, owner in (("items", "list"), ("fields", "struct"), ("labels", "label"))
            if (getattr(self, part) is not None) != (self.type == owner)
        ]
        faults += [
            f'{check} can\'t be checked in a column of type "{self.type}"'
            for check, types in CHECKS.items()
            if getattr(self, check) is not None and self.type not in types
        ]
        if faults:
            raise ValueError(*faults)
        return self


class Contract(StrictModel):
    """One table: its columns in order, the key it is sorted by, and the rules that hold between its columns."""

    table: str
    about: str
    key: list[str] = Field(min_length=1)
    rules: list[Annotated[str, AfterValidator(_rule_exists)]]
    columns: dict[str, Column]

    @model_validator(mode="after")
    def _key_is_always_set(self) -> Self:
        loose = [name for name in self.key if name not in self.columns or self.columns[name].nullable]
        if loose:
            raise ValueError(*(f'the key has "{name}", which is not a column that is always set' for name in loose))
        return self


@dataclass(frozen=True, slots=True)
class Contracts:
    """The tables and the label set of one project or release. Indexing by a table's name gives its contract."""

    tables: dict[str, Contract]
    labels: Labels

    def __getitem__(self, table: str) -> Contract:
        return self.tables[table]


def read_contracts(schemas: Path | None = None) -> Contracts:
    """
    Read the seven tables and the label set from a ``schemas/`` folder; without one, those that ship with the program.

    Raises:
        TollwireError: all that is wrong in any of the files.
    """
    schemas = schemas or template_root() / "schemas"
    problems: list[Problem] = []
    tables = {}
    for table in TABLES:
        try:
            tables[table] = read_toml(schemas / f"{table}.toml", Contract)
            if tables[table].table != table:
                what = f'the file says that it is "{tables[table].table}"'
                problems.append(Problem(f"schemas/{table}.toml", "table-name", what, f'write table = "{table}"'))
        except TollwireError as error:
            problems += error.problems
    try:
        labels = read_toml(schemas / "labels.toml", Labels)
    except TollwireError as error:
        problems += error.problems
    if problems:
        raise TollwireError(problems)
    return Contracts(tables, labels)
