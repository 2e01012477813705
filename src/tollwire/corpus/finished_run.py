"""What a finished run left: when all that its tables hang on is as it was, they are, and need not be made again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tollwire.contracts.contract import Contracts
from tollwire.contracts.whole_files import file_sha256, write_whole
from tollwire.corpus.known_files import NAME as SURVEY
from tollwire.corpus.outlet_record import outlet_path
from tollwire.corpus.page import NORMALISER
from tollwire.corpus.page_work import MISHAPS
from tollwire.corpus.raw_records import Part
from tollwire.corpus.run_record import LIBRARIES

NAME = "finished.json"
TABLES = ("articles.parquet", "rejected.parquet")


@dataclass(frozen=True)
class FinishedRun:
    """
    The record of the last run that was finished in ``out``, kept in the folder ``kept``.

    ``circumstances`` are a digest of what the tables hang on besides the raw records: see ``circumstances_of``.
    """

    out: Path
    kept: Path
    circumstances: str

    def result(self) -> Mapping[str, Any] | None:
        """Give what that run found, None where its tables are not those that would be made now."""
        try:
            record = json.loads((self.kept / NAME).read_bytes())
            made = {name: file_sha256(self.out / name) for name in TABLES}
            if record["circumstances"] != self._named() or record["tables"] != made:
                return None
            result: Mapping[str, Any] = record["result"]
        except (OSError, ValueError, LookupError, TypeError):
            return None
        return result

    def keep(self, result: Mapping[str, Any], by_rule: Mapping[str, int]) -> None:
        """Write down what a run found; not where a page hung or killed a process, for that is tried again."""
        if not any(by_rule.get(rule) for rule in MISHAPS):
            made = {name: file_sha256(self.out / name) for name in TABLES}
            record = {"circumstances": self._named(), "tables": made, "result": result}
            write_whole(self.kept / NAME, json.dumps(record, indent=1))

    def _named(self) -> str:
        return f"{self.circumstances} {file_sha256(self.kept / SURVEY)}"


def circumstances_of(parts: Sequence[Part], contracts: Contracts, sources: Path) -> str:
    """Name what the tables of a run hang on: sources, what was saved of outlets, contracts, and the program."""
    digest = sha256()
    for source in {part.source.source_id: part.source for part in parts}.values():
        saved = outlet_path(sources, source.source_id)
        digest.update(source.model_dump_json().encode() + (saved.read_bytes() if saved.exists() else b"") + b"\0")
    stated = (NORMALISER, *(f"{name} {version(name)}" for name in (*LIBRARIES, "datasets")), repr(contracts))
    digest.update("\0".join(stated).encode())
    return digest.hexdigest()
