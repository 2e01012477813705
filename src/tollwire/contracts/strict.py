"""Read a TOML file into a typed model, refusing every key and value that the model does not know, by name."""

import difflib
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from tollwire.problems import Problem, TollwireError, shown


class StrictModel(BaseModel):
    """A record read from a file: unknown keys are refused, values are never coerced, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Model = TypeVar("Model", bound=StrictModel)


def read_toml(path: Path, model: type[Model], where: str | None = None) -> Model:
    """
    Read a TOML file as a ``model``.

    Raises:
        TollwireError: the file is missing, is not TOML, or has keys or values that the model does not know;
            every one of them is listed, with the nearest key that is known.
    """
    where = where or f"{path.parent.name}/{path.name}"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TollwireError(
            Problem(where, "unreadable-file", error.strerror or str(error), "check that it is there")
        ) from error
    except (ValueError, RecursionError) as error:
        raise TollwireError(Problem(where, "not-toml", str(error), "mend the line")) from error
    return check_model(values, model, where)


def check_model(values: dict[str, object], model: type[Model], where: str) -> Model:
    """Make a ``model`` of parsed values. Raises TollwireError as ``read_toml`` does."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise TollwireError([fault for one in error.errors() for fault in _problems(one, model, where)]) from error


def _problems(error: object, model: type[StrictModel], where: str) -> list[Problem]:
    """Say what pydantic found; a validator of ours may have found several things at once, one argument each."""
    assert isinstance(error, dict)
    if error["type"] != "value_error":
        return [_problem(error, model, where)]
    name = ".".join(str(part) for part in error["loc"])
    if not isinstance(error["input"], dict):
        name = f'"{name}" is {shown(error["input"])}'
    faults = error["ctx"]["error"].args
    return [Problem(where, "bad-value", f"{name}: {fault}" if name else str(fault)) for fault in faults]


def _problem(error: dict[str, Any], model: type[StrictModel], where: str) -> Problem:
    place = [str(part) for part in error["loc"]]
    name = ".".join(place)
    if error["type"] == "extra_forbidden":
        known = sorted(_known_keys(model))
        near = difflib.get_close_matches(place[-1], known, n=1)
        fix = f'did you mean "{near[0]}"?' if near else f"known keys are {', '.join(known)}"
        return Problem(where, "unknown-key", f'"{name}" is not a key here', fix)
    if error["type"] == "missing":
        return Problem(where, "missing-key", f'"{name}" is not set', "add it")
    return Problem(where, "bad-value", f'"{name}" is {shown(error["input"])}: {error["msg"]}')


def _known_keys(model: type[StrictModel], seen: frozenset[type] = frozenset()) -> set[str]:
    """List the keys of a model and of the models in it: a misspelt key is looked up among all of them."""
    keys: set[str] = set()
    if model in seen:
        return keys
    for name, field in model.model_fields.items():
        keys.add(field.alias or name)
        for inner in _models_in(field.annotation):
            keys |= _known_keys(inner, seen | {model})
    return keys


def _models_in(annotation: object) -> list[type[StrictModel]]:
    if isinstance(annotation, type) and issubclass(annotation, StrictModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
