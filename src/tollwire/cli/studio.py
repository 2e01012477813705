"""Commands about the labelling server: studio up, down, status, invite, users."""

from pathlib import Path
from typing import Annotated

import typer

from tollwire.cli.app import app, project_of, say
from tollwire.problems import Problem, UsageError

studio = typer.Typer(help="Run Label Studio on this machine.", no_args_is_help=True)
app.add_typer(studio, name="studio")

users = typer.Typer(help="Labellers' accounts.", no_args_is_help=True)
studio.add_typer(users, name="users")

LS_PORT = 8080


@studio.command(epilog="Example: tollwire studio up")
def up(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Port to listen on; the next free one when it is taken.")] = LS_PORT,
) -> None:
    """Install (once) and start Label Studio on this machine, and say where to label."""
    from tollwire.annotations.server import start_server

    status = start_server(project_of(context), port, say)
    print(f"Label Studio {'was running' if status.was_running else 'is running'}: {status.url}")
    print(f"log in as {status.email}" + (f" with {status.new_password}" if status.new_password else ""))
    print(f"passwords and tokens are in {status.credentials}")


@studio.command(epilog="Example: tollwire studio down")
def down(context: typer.Context) -> None:
    """Stop Label Studio; what was labelled stays."""
    from tollwire.annotations.server import stop_server

    print("stopped" if stop_server(project_of(context)) else "it was not running")


@studio.command(epilog="Example: tollwire studio status")
def status(context: typer.Context) -> None:
    """Say whether a server answers, where, and which version it is."""
    from tollwire.annotations.connection import connect

    with connect(project_of(context)) as server:
        print(f"Label Studio {server.version()} at {server.url}, as {server.email()}")


@studio.command(epilog="Example: tollwire studio invite")
def invite(context: typer.Context) -> None:
    """Give the link at which labellers sign up for the server by themselves; whoever has it can join."""
    from tollwire.annotations.connection import connect

    with connect(project_of(context)) as server:
        print(f"{server.url}{server.invitation()}")


@users.command("add", epilog="Example: tollwire studio users add labeller-a labeller-b")
def add(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help="Pseudonyms, or e-mail addresses.")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="A file with one of them a line; # starts a remark.")] = None,
) -> None:
    """Make an account for each labeller on the embedded server; passwords are shown here and kept in .studio."""
    from tollwire.annotations.accounts import add_user
    from tollwire.annotations.pseudonyms import address_of

    project = project_of(context)
    # All of them are looked at before the first account is made.
    addresses = {name: address_of(name) for name in [*(names or ()), *_names_in(file)]}
    if not addresses:
        raise UsageError(Problem("tollwire studio users add", "no-names", "nobody is named", "name them, or --file"))
    for name, address in addresses.items():
        account = add_user(project, address)
        print(f"{name}: log in as {account.email} with {account.password}")


def _names_in(file: Path | None) -> list[str]:
    if file is None:
        return []
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        raise UsageError(Problem(str(file), "no-such-path", "there is no such file", "check the path")) from error
    except UnicodeDecodeError as error:
        raise UsageError(Problem(str(file), "not-utf8", error.reason, "save it as UTF-8")) from error
    return [name for line in lines if (name := line.partition("#")[0].strip())]


@users.command("list", epilog="Example: tollwire studio users list")
def list_accounts(context: typer.Context) -> None:
    """List the accounts of the server, with the pseudonym that each has in the data."""
    from tollwire.annotations.connection import connect
    from tollwire.annotations.pseudonyms import pseudonym

    with connect(project_of(context)) as server:
        for number, email in sorted(server.users().items()):
            print(f"{email}\t{pseudonym(number, email)}")
