"""Find the Label Studio server that a project works with, and make sure that it is one and lets us in."""

import os

from tollwire.annotations.client import Studio
from tollwire.annotations.credentials import read_credentials
from tollwire.annotations.server import server_status
from tollwire.problems import Problem, ServiceError
from tollwire.project import Project

URL_VARIABLE = "LABEL_STUDIO_URL"
TOKEN_VARIABLE = "LABEL_STUDIO_API_KEY"
OLDEST = (1, 20)


def connect(project: Project, labeller: str | None = None) -> Studio:
    """
    Open the team's server when ``LABEL_STUDIO_URL`` and ``LABEL_STUDIO_API_KEY`` are set, else the embedded one.

    With the e-mail address of a labeller of the embedded server, as that labeller.

    Raises:
        ServiceError: there is no server, it is not a Label Studio or too old, or it refuses the token.
    """
    url, token = _where(project, labeller)
    studio = Studio(url, token)
    try:
        check_server(studio)
    except ServiceError:
        studio.close()
        raise
    return studio


def check_server(studio: Studio) -> None:
    """
    Make sure that a recent Label Studio answers and knows our token.

    Raises:
        ServiceError: which of these is not so.
    """
    version = studio.version()
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())
    if numbers < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise ServiceError(
            Problem(studio.url, "old-server", f"it is Label Studio {version}", f"upgrade it to {oldest} or later")
        )
    studio.email()


def _where(project: Project, labeller: str | None) -> tuple[str, str]:
    url, token = os.environ.get(URL_VARIABLE, "").strip(), os.environ.get(TOKEN_VARIABLE, "").strip()
    if url and token:
        if labeller is not None:
            raise ServiceError(
                Problem(url, "no-labeller", f"the token of {labeller} is not known for this server",
                        f"set {TOKEN_VARIABLE} to it")
            )  # fmt: skip
        return url, token
    if url or token:
        given, missing = (URL_VARIABLE, TOKEN_VARIABLE) if url else (TOKEN_VARIABLE, URL_VARIABLE)
        raise ServiceError(Problem(given, "no-studio", f"{missing} is not set", "set both, or neither"))
    status, credentials = server_status(project), read_credentials(project)
    if status.url is None or credentials is None:
        raise ServiceError(
            Problem(str(project.root), "no-studio", "no Label Studio is running for this project",
                    f"run `tollwire studio up`, or set {URL_VARIABLE} and {TOKEN_VARIABLE}")
        )  # fmt: skip
    if labeller is None:
        return status.url, credentials.curator.token
    if labeller not in credentials.labellers:
        raise ServiceError(
            Problem(labeller, "no-labeller", "the embedded server has no account of this labeller from us",
                    f"run `tollwire studio users add {labeller}`")
        )  # fmt: skip
    return status.url, credentials.labellers[labeller].token
