"""Tables that a run leaves for the next one: some in one file, which is as it was written or counts as not there."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollwire.contracts.whole_files import written_aside

if TYPE_CHECKING:
    import pyarrow as pa

DIGEST_BYTES = 32
HEAD = b"head"


def write_kept(path: Path, tables: "Sequence[pa.Table]", head: Any = None) -> None:
    """Keep tables, and a ``head`` of JSON that says what they hang on, behind the digest of all that."""
    import pyarrow as pa

    digest = sha256()
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with written_aside(path) as aside:
        with aside.open("wb") as stream:
            stream.write(bytes(DIGEST_BYTES))
            for number, table in enumerate(tables):
                described = table.replace_schema_metadata({HEAD: json.dumps(head).encode()} if not number else None)
                with pa.ipc.new_stream(stream, described.schema, options=options) as writer:
                    writer.write_table(described)
        with aside.open("r+b") as stream:
            stream.seek(DIGEST_BYTES)
            while held := stream.read(1 << 20):
                digest.update(held)
            stream.seek(0)
            stream.write(digest.digest())


def read_kept(path: Path) -> "tuple[list[pa.Table], Any] | None":
    """Give what ``write_kept`` kept, the tables and the head; None where there is nothing, or it is damaged."""
    import pyarrow as pa

    try:
        with path.open("rb") as stream:
            written = stream.read(DIGEST_BYTES)
            held = stream.read()
    except OSError:
        return None
    if sha256(held).digest() != written:
        return None
    tables = []
    reader = pa.BufferReader(held)
    while reader.tell() < reader.size():
        with pa.ipc.open_stream(reader) as one:
            tables.append(one.read_all())
    return tables, json.loads(tables[0].schema.metadata[HEAD])
