"""Articles that were taken out for good, ``corpus/withdrawn.toml``: a release keeps their ids and nothing else."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from tollwire.contracts.contract import Contract
from tollwire.contracts.strict import StrictModel, check_model, read_toml
from tollwire.contracts.tables import make_frame
from tollwire.contracts.whole_files import write_whole
from tollwire.problems import Problem, UsageError

if TYPE_CHECKING:
    import polars

HEADER = "# Articles that are in no release any more: which, why, and since when. Add to it with `tollwire withdraw`.\n"


class Withdrawal(StrictModel):
    """One article that was taken out."""

    article_id: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
    reason: Annotated[str, Field(min_length=1, pattern=r"^[^\n]+$")]
    withdrawn_date: date


class Withdrawals(StrictModel):
    """The file: one ``[[withdrawn]]`` for each article."""

    withdrawn: list[Withdrawal] = Field(default_factory=list)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        ids = [one.article_id for one in self.withdrawn]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(*(f"article {one} stands twice" for one in twice))
        return self


def read_withdrawn(path: Path) -> list[Withdrawal]:
    """Read the list; no file is an empty one. Raises TollwireError with all that is wrong in it."""
    return read_toml(path, Withdrawals).withdrawn if path.is_file() else []


def withdraw(path: Path, article_id: str, reason: str, day: date) -> None:
    """
    Add an article to the list.

    Raises:
        UsageError: it is there already.
        TollwireError: the id or the reason is none, or the file has mistakes.
    """
    before = read_withdrawn(path)
    if found := next((one for one in before if one.article_id == article_id), None):
        what = f"it was withdrawn on {found.withdrawn_date}: {found.reason}"
        raise UsageError(Problem(article_id, "withdrawn-already", what, "nothing is to be done"))
    entry = {"article_id": article_id, "reason": reason, "withdrawn_date": day}
    check_model(entry, Withdrawal, f"withdrawal of {article_id}")
    text = path.read_text("utf-8").rstrip("\n") + "\n" if path.is_file() else HEADER
    # A JSON string of printable characters is a TOML string.
    quoted = json.dumps(reason, ensure_ascii=False)
    write_whole(
        path, f'{text}\n[[withdrawn]]\narticle_id = "{article_id}"\nreason = {quoted}\nwithdrawn_date = {day}\n'
    )


def withdrawn_frame(withdrawals: list[Withdrawal], contract: Contract) -> "polars.DataFrame":
    """Make the table of tombstones."""
    return make_frame([one.model_dump() for one in withdrawals], contract)
