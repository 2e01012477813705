"""The command line: ``tollwire VERB``. Results go to stdout, problems to stderr, one line each."""

import gc
import sys
from typing import TYPE_CHECKING

from tollwire.problems import Problem, TollwireError, UsageError

if TYPE_CHECKING:
    import typer

NEW_OBJECTS = 100_000  # before cycles are looked for; rows of tables are many, have none, and live to the end


def application() -> "typer.Typer":
    """Give the application with all its commands: each module adds its own as it is imported."""
    from tollwire.cli import agreeing, annotating, corpus, planning, release, scoring, studio  # noqa: F401
    from tollwire.cli.app import app

    return app


def main() -> None:
    """Run the command line; every expected mistake ends in lines and an exit code (1 data, 2 use, 3 service)."""
    gc.set_threshold(NEW_OBJECTS)
    try:
        application()()
    except TollwireError as error:
        fail(error)
    except ModuleNotFoundError as error:
        # Of our own modules none can be missing: it is a package of an extra that was not installed.
        fix = 'install what this command needs: pip install "tollwire[annotate]"'
        fail(UsageError(Problem("tollwire", "missing-package", f"the package {error.name} is not installed", fix)))
    except BrokenPipeError:
        # The reader of our output went away (`tollwire show ... | head`).
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        fail(TollwireError(Problem(str(error.filename or "file"), "system", error.strerror or str(error))))
    except KeyboardInterrupt:
        sys.exit(130)


def fail(error: TollwireError) -> None:
    """Print every problem on a line of its own and end with the code of the error."""
    for problem in error.problems:
        print(problem, file=sys.stderr)
    sys.exit(error.exit_code)
