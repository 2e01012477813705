"""Parts that some tests need, and what is said where one is not there."""

import os
from pathlib import Path

import pytest


def missing(what: str, command: str) -> None:
    """Skip, saying which command would make the test run; fail instead when everything has to run."""
    message = f"{what}; `{command}` brings it"
    if os.environ.get("TOLLWIRE_REQUIRE_ALL") == "1":
        pytest.fail(message)
    pytest.skip(message)


LABELLED = ("harbour_post", "meridian_wire", "quillford_courier")


def only_labelled(folder: str, names: list[str]) -> list[str]:
    """Leave out, when ``corpus`` is copied, the pages of outlets that no batch has; for ``shutil.copytree``."""
    return [name for name in names if Path(folder).name == "raw" and name not in LABELLED]
