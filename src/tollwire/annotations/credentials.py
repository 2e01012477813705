"""Keep the embedded server's password and tokens in a file that only its owner can read."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tollwire.problems import Problem, ServiceError
from tollwire.project import Project


@dataclass(frozen=True, slots=True)
class Account:
    """One person's way in: the password for the browser, the token for programs. Neither is shown by ``repr``."""

    email: str
    password: str = field(repr=False)
    token: str = field(repr=False)


@dataclass(slots=True)
class Credentials:
    """The curator's account on the embedded server, and those made for labellers."""

    curator: Account
    labellers: dict[str, Account] = field(default_factory=dict)


def credentials_path(project: Project) -> Path:
    """Say where the file is."""
    return project.studio / "credentials.json"


def read_credentials(project: Project) -> Credentials | None:
    """
    Read the accounts of the embedded server; None when there are none yet.

    Raises:
        ServiceError: the file is not what we wrote.
    """
    path = credentials_path(project)
    try:
        found = json.loads(path.read_text("utf-8"))
        labellers = {email: Account(**account) for email, account in found["labellers"].items()}
        return Credentials(Account(**found["curator"]), labellers)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ServiceError(
            Problem(str(path), "bad-credentials", f"the file can't be read ({type(error).__name__})",
                    "put back a copy; or delete it and .studio/data, to begin with an empty server")
        ) from error  # fmt: skip


def write_credentials(project: Project, credentials: Credentials) -> None:
    """Write the accounts, so that at no moment anybody else can read them or finds half a file."""
    path = credentials_path(project)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_suffix(".tmp")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(credentials), file, indent=2)
        file.write("\n")
    aside.replace(path)
