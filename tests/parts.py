"""Parts that some tests need, and what is said where one is not there."""

import os

import pytest


def missing(what: str, command: str) -> None:
    """Skip, saying which command would make the test run; fail instead when everything has to run."""
    message = f"{what}; `{command}` brings it"
    if os.environ.get("TOLLWIRE_REQUIRE_ALL") == "1":
        pytest.fail(message)
    pytest.skip(message)
