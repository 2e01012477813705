"""A digest of what a Parquet file says, whatever its compression, encodings and row groups."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow


def logical_hash(path: Path) -> str:
    """
    Digest the columns of a Parquet file one after the other: name, type, values; XXH3, 128 bits, in hex.

    What is under a null, and how nulls are kept, does not count.
    """
    import pyarrow.parquet as parquet
    import xxhash

    digest = xxhash.xxh3_128()
    with parquet.ParquetFile(path) as file:
        for field in file.schema_arrow:
            digest.update(f"{field.name}\n{field.type}\n".encode())
            for part in _parts(file.read([field.name]).column(0).combine_chunks()):
                digest.update(part)
    return digest.hexdigest()


def _parts(values: "pyarrow.Array") -> "Iterator[bytes | memoryview]":
    """Yield which values there are, and then these: of lists the lengths and what is in them, of texts the same."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as compute

    yield len(values).to_bytes(8, "little")
    if values.null_count:
        yield np.packbits(values.is_valid().to_numpy(zero_copy_only=False)).tobytes()
    kind = values.type
    if pa.types.is_list(kind):
        yield _numbers(compute.list_value_length(values))
        yield from _parts(values.flatten())
    elif pa.types.is_struct(kind):
        for field in values.flatten():
            yield from _parts(field)
    elif pa.types.is_string(kind):
        whole = values.fill_null("") if values.null_count else values
        yield _numbers(compute.binary_length(whole))
        offsets = np.frombuffer(whole.buffers()[1], dtype=np.int32)[whole.offset : whole.offset + len(whole) + 1]
        if len(whole) and whole.buffers()[2] is not None:
            yield memoryview(whole.buffers()[2])[offsets[0] : offsets[-1]]
    else:
        number = {"bool": pa.uint8(), "date32[day]": pa.int32()}.get(str(kind))
        yield _numbers(values.cast(number or (pa.int64() if pa.types.is_timestamp(kind) else kind)))


def _numbers(values: "pyarrow.Array") -> memoryview:
    whole = values.fill_null(0) if values.null_count else values
    return memoryview(whole.to_numpy(zero_copy_only=False)).cast("B")
