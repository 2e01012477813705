"""Profiles: named, versioned tables of what a vague word such as "dozens" is worth in persons."""

import tomllib
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, ValidationError

from tollwire.problems import Problem, TollwireError, UsageError, shown
from tollwire.project import template_root


class Profile(BaseModel):
    """One coding rule book's worth of vague words; each value is the least number of persons."""

    model_config = ConfigDict(extra="forbid", frozen=True)

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
    """
    Read one profile file with strict keys.

    Raises:
        TollwireError: the file is not TOML, has a key that a profile has not, or a value that does not fit.
    """
    where = f"schemas/profiles/{file.name}"
    try:
        return Profile.model_validate(tomllib.loads(file.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TollwireError(Problem(where, "not-toml", f"cannot be read: {error}", "correct the file")) from error
    except ValidationError as error:
        raise TollwireError(_problem(where, detail["loc"], detail) for detail in error.errors()) from error


def _problem(where: str, path: tuple[int | str, ...], detail: object) -> Problem:
    key = ".".join(map(str, path))
    assert isinstance(detail, dict)
    if detail["type"] == "extra_forbidden":
        close = get_close_matches(key, Profile.model_fields, 1)
        hint = f'did you mean "{close[0]}"?' if close else f"its keys are {', '.join(Profile.model_fields)}"
        return Problem(where, "unknown-key", f'"{key}" is not a key of a profile', hint)
    if detail["type"] == "missing":
        return Problem(where, "missing-key", f'a profile needs "{key}"', "add it")
    return Problem(where, "bad-value", f'"{key}" is {shown(detail["input"])}', str(detail["msg"]))
