"""Where things are: the project a command works on, and the template that ships with the program."""

import shutil
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
    def withdrawn(self) -> Path:
        return self.root / "corpus" / "withdrawn.toml"

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
    def standoff(self) -> Path:
        """Where the stand-off annotations of withheld articles are, a file a source."""
        return self.root / "annotations" / "standoff"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def normalised(self) -> Path:
        """Where `tollwire normalise` writes articles.parquet, and the other commands read it, unless told otherwise."""
        return self.root / "build" / "corpus"

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


def make_project(folder: Path) -> Project:
    """
    Make a new project: contracts, guidelines and interface as they ship with the program, the other folders empty.

    Raises:
        UsageError: the folder is there already and has something in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "there is something in it already"
        raise UsageError(Problem(str(folder), "folder-in-use", what, "name a folder that is new or empty"))
    project, template = Project(folder.resolve()), Project(template_root())
    shutil.copytree(template.schemas, project.schemas)
    for empty in (project.sources, project.raw, project.splits, project.batches):
        empty.mkdir(parents=True)
    for file in ("guidelines", "interface"):
        shutil.copyfile(getattr(template, file), getattr(project, file))
    (project.root / ".gitignore").write_text("build/\nrelease/\n.studio/\n", "utf-8")
    return project


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
