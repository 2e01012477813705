"""Make accounts for labellers on the embedded server, the way people join: with the invitation link."""

import re
import secrets
from html import unescape
from typing import TYPE_CHECKING

from tollwire.annotations.client import Studio
from tollwire.annotations.credentials import Account, read_credentials, write_credentials
from tollwire.annotations.server import server_status
from tollwire.problems import Problem, ServiceError, UsageError, shown
from tollwire.project import Project

if TYPE_CHECKING:
    import httpx


def add_user(project: Project, email: str, password: str | None = None) -> Account:
    """
    Make an account on the embedded server and keep its password and token in the credentials file.

    Asked again for the same address, gives the account that was made. Without a password, one is made up.

    Raises:
        ServiceError: no embedded server runs, somebody signed up by this address already, or the server refused.
        UsageError: the address is not one.
    """
    email = email.strip().lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise UsageError(
            Problem("tollwire studio users", "bad-email", f"{shown(email)} is not an e-mail address",
                    "any will do that no two people share: no mail is sent")
        )  # fmt: skip
    status, credentials = server_status(project), read_credentials(project)
    if status.url is None or credentials is None:
        raise ServiceError(
            Problem(str(project.root), "no-studio", "no embedded Label Studio is running",
                    "run `tollwire studio up`; on a server of your own, invite people in its Organization page")
        )  # fmt: skip
    if email in credentials.labellers:
        return credentials.labellers[email]
    with Studio(status.url, credentials.curator.token) as studio:
        if email in studio.users().values():
            raise ServiceError(
                Problem(status.url, "account-exists", f"{email} has signed up already", "name another address")
            )
        invitation = studio.invitation()
    password = password or secrets.token_urlsafe(12)
    account = Account(email, password, sign_up(status.url, invitation, email, password))
    credentials.labellers[email] = account
    write_credentials(project, credentials)
    return account


def sign_up(url: str, invitation: str, email: str, password: str) -> str:
    """
    Fill in the server's sign-up page and give the new account's token.

    Signing up logs in: the same session then asks for its own token.

    Raises:
        ServiceError: the page refused; the message has its words.
    """
    import httpx

    with httpx.Client(base_url=url, trust_env=False, timeout=60) as browser:
        page = browser.get(invitation)
        form = {"email": email, "password": password, "csrfmiddlewaretoken": browser.cookies.get("csrftoken") or ""}
        answer = browser.post(invitation, data=form, headers={"Referer": str(page.url)})
        if not answer.is_redirect:
            raise _refusal(url, email, answer)
        token = browser.get("/api/current-user/token")
        if not token.is_success:
            raise _refusal(url, email, token)
        return str(token.json()["token"])


def _refusal(url: str, email: str, answer: "httpx.Response") -> ServiceError:
    # The page lists what is wrong with a form's field right under it.
    errors = " ".join(re.findall(r'class="field_errors">(.*?)</ul>', answer.text, re.DOTALL))
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", errors)).split()) or f"it answered {answer.status_code}"
    return ServiceError(Problem(url, "account-refused", f"no account for {email}: {words}", "mend it and ask again"))
