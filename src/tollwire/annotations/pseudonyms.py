"""What labellers are called in the data: never by their own name or address, unless they chose it as pseudonym."""

import re

from tollwire.problems import Problem, UsageError

OWN_ADDRESS = "@labellers.example"  # of the accounts that are made by a pseudonym; no mail can go there
PSEUDONYM = re.compile(r"[a-z0-9][a-z0-9_-]{0,30}")
TAKEN = re.compile(r"gold|suggestion|labeller-[0-9]+")  # the last are what accounts without a pseudonym are called


def address_of(name: str) -> str:
    """
    Give the e-mail address of the account that is made for a pseudonym; an address stays as it is.

    Raises:
        UsageError: it can be neither.
    """
    if "@" in name:
        return name
    check_pseudonym(name, "users")
    return name + OWN_ADDRESS


def check_pseudonym(name: str, where: str) -> None:
    """Raise UsageError unless a name can be a labeller's pseudonym."""
    if not is_pseudonym(name):
        what = f'"{name}" cannot be a pseudonym'
        raise UsageError(Problem(where, "bad-pseudonym", what, "use small letters, digits, - and _, e.g. labeller-a"))


def pseudonym(number: int, email: str) -> str:
    """
    Name the account of that number and address in the data.

    Accounts made by a pseudonym are called by it; anybody else by the number that the server gave.
    """
    name = email.removesuffix(OWN_ADDRESS)
    return name if name != email and is_pseudonym(name) else f"labeller-{number}"


def is_pseudonym(name: str) -> bool:
    """Say whether a labeller can be called so in the data."""
    return bool(PSEUDONYM.fullmatch(name)) and not TAKEN.fullmatch(name)
