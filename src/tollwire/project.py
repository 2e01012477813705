"""Where things are: the project a command works on, and the template that ships with the program."""

from dataclasses import dataclass
from pathlib import Path

from tollwire.problems import Problem, UsageError


@dataclass(frozen=True, slots=True)
class Project:
    """One corpus with its contracts and annotations; every path in it follows from ``root``."""

    root: Path

    @property
    def schemas(self) -> Path:
        return self.root / "schemas"

    @property
    def sources(self) -> Path:
        return self.root / "corpus" / "sources"

    @property
    def raw(self) -> Path:
        return self.root / "corpus" / "raw"

    @property
    def splits(self) -> Path:
        return self.root / "corpus" / "splits"

    @property
    def guidelines(self) -> Path:
        return self.root / "annotations" / "GUIDELINES.md"

    @property
    def interface(self) -> Path:
        return self.root / "annotations" / "interface.xml"

    @property
    def batches(self) -> Path:
        return self.root / "annotations" / "batches"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def release(self) -> Path:
        return self.root / "release"

    @property
    def studio(self) -> Path:
        return self.root / ".studio"


def template_root() -> Path:
    """Give the folder with the contracts that ship with the program: the wheel's copy, or this checkout's own."""
    packaged = Path(__file__).parent / "template"
    return packaged if packaged.is_dir() else Path(__file__).parents[2]


def find_project(start: Path | None = None) -> Project:
    """
    Find the project at ``start`` or in the nearest folder above it: the one with ``schemas/`` and ``corpus/``.

    Raises:
        UsageError: there is none; name one with ``--project`` or make one with ``tollwire init``.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "schemas").is_dir() and (folder / "corpus").is_dir():
            return Project(folder)
    raise UsageError(
        Problem(str(here), "no-project", "no folder with schemas/ and corpus/ here or above",
                "name one with --project DIR, or make one with `tollwire init DIR`")
    )  # fmt: skip
