"""Profiles: named, versioned tables of what a vague word such as "dozens" is worth in persons."""

from functools import cache
from pathlib import Path

from pydantic import Field, PositiveInt

from tollwire.contracts.strict import StrictModel, read_toml
from tollwire.problems import Problem, UsageError, shown
from tollwire.project import template_root


class Profile(StrictModel):
    """One coding rule book's worth of vague words; each value is the least number of persons."""

    name: str
    version: PositiveInt
    about: str
    bare_plural: PositiveInt
    words: dict[str, PositiveInt] = Field(min_length=1)


@cache
def load_profile(name: str) -> Profile:
    """
    Load the profile that ships with the program under this name.

    Raises:
        UsageError: there is no such profile; the message lists those that exist.
        TollwireError: the profile's file has problems, all of them listed.
    """
    files = {file.stem: file for file in sorted((template_root() / "schemas" / "profiles").glob("*.toml"))}
    if name not in files:
        raise UsageError(
            Problem("profile", "no-profile", f"there is no profile {shown(name)}", f"choose one of {', '.join(files)}")
        )
    return read_profile(files[name])


def read_profile(file: Path) -> Profile:
    """Read one profile. Raises TollwireError with all that is wrong in the file."""
    return read_toml(file, Profile)
