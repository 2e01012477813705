"""What labellers are called in the data: never by their own name or address, unless they chose it as pseudonym."""

import re

from tollwire.problems import Problem, UsageError

OWN_ADDRESS = "@labellers.example"  # of the accounts that are made by a pseudonym; no mail can go there
PSEUDONYM = re.compile(r"[a-z0-9][a-z0-9_-]{0,30}")
TAKEN = ("gold", "suggestion")


def address_of(name: str) -> str:
    """
    Give the e-mail address of the account that is made for a pseudonym; an address stays as it is.

    Raises:
        UsageError: it can be neither.
    """
    if "@" in name:
        return name
    if not PSEUDONYM.fullmatch(name) or name in TAKEN:
        what = f'"{name}" cannot be a pseudonym'
        raise UsageError(Problem("users", "bad-pseudonym", what, "use small letters, digits, - and _, e.g. labeller-a"))
    return name + OWN_ADDRESS


def pseudonym(number: int, email: str) -> str:
    """
    Name the account of that number and address in the data.

    Accounts made by a pseudonym are called by it; anybody else by the number that the server gave.
    """
    return email.removesuffix(OWN_ADDRESS) if email.endswith(OWN_ADDRESS) else f"labeller-{number}"
