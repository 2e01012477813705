"""Read the rows of a Parquet file as raw records, each the JSON object that its columns make."""

import base64
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tollwire.contracts.records import Rejection
from tollwire.corpus.fields import BYTES
from tollwire.corpus.page import RawPage
from tollwire.corpus.raw_files import RawFile
from tollwire.corpus.record_files import LARGEST_RECORD
from tollwire.corpus.sources import FieldPaths

if TYPE_CHECKING:
    import pyarrow.parquet as parquet

ROWS_AT_ONCE = 16  # so that rows of the largest size still fit into memory
LARGEST_GROUP = 2_000_000_000  # bytes of a row group when it is decompressed; a damaged or hostile file states more


def read_parquet_file(file: RawFile, fields: FieldPaths | None) -> Iterator[RawPage | Rejection]:
    """
    Read its rows one by one; ``fields`` are the field paths of its source.

    A record's bytes are the canonical JSON of its row: times as ISO 8601, bytes as text where they are UTF-8 and else
    as ``{"base64": ...}``. So its digest hangs neither on how the file was written nor on which columns are used.
    """
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    raw_uri = file.raw_uri
    if fields is None:
        detail = "the source has no [fields] that say in which columns its rows keep what"
        yield Rejection(raw_uri, 0, "no-field-paths", detail, None)
        return
    number = -1
    try:
        with file.open() as stream:
            table = parquet.ParquetFile(stream, pre_buffer=False, page_checksum_verification=True)
            if fault := _fault(table, raw_uri, fields):
                yield fault
                return
            for batch in table.iter_batches(batch_size=ROWS_AT_ONCE, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield _record(row, raw_uri, number)
    except (arrow.ArrowException, OSError, ValueError, OverflowError, LookupError) as error:
        # Python knows neither every moment that Parquet can state (OverflowError) nor every zone (LookupError).
        yield Rejection(raw_uri, number + 1, "broken-parquet", f"it cannot be read on: {error}", None)


def _fault(file: "parquet.ParquetFile", raw_uri: str, fields: FieldPaths) -> Rejection | None:
    """Say what is wrong with a file before any of it is read."""
    columns = file.schema_arrow.names
    if missing := [path for path in fields.paths() if path.split(".")[0] not in columns]:
        detail = f"no column {', '.join(missing)}, which the source's [fields] name; it has {', '.join(columns[:20])}"
        return Rejection(raw_uri, 0, "missing-column", detail, None)
    groups = [file.metadata.row_group(number).total_byte_size for number in range(file.metadata.num_row_groups)]
    if max(groups, default=0) > LARGEST_GROUP:
        detail = f"a row group of {max(groups)} bytes, more than the {LARGEST_GROUP} that one may have"
        return Rejection(raw_uri, 0, "too-large", detail, None)
    if not file.metadata.num_rows:
        return Rejection(raw_uri, 0, "empty-file", "no row in the file", None)
    return None


def _record(row: dict[str, Any], raw_uri: str, number: int) -> RawPage | Rejection:
    written = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_json_value)
    raw = written.encode("utf-8", "surrogatepass")
    if len(raw) > LARGEST_RECORD:
        detail = f"{len(raw)} bytes, more than the {LARGEST_RECORD} that one row may have"
        return Rejection(raw_uri, number, "too-large", detail, None)
    return RawPage(raw, "parquet", raw_uri, number)


def _json_value(value: Any) -> Any:
    """Write what JSON has no type for."""
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return {BYTES: base64.b64encode(value).decode("ascii")}
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
