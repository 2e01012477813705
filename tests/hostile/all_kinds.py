"""All kinds of hostile input, by theme."""

import hostile_archives
import hostile_attributes
import hostile_characters
import hostile_compression
import hostile_dumps
import hostile_encodings
import hostile_files
import hostile_markup
import hostile_records
import hostile_sources
import hostile_statements
import hostile_tables
from kinds import Kind

MODULES = (
    hostile_markup,
    hostile_attributes,
    hostile_statements,
    hostile_characters,
    hostile_dumps,
    hostile_encodings,
    hostile_compression,
    hostile_archives,
    hostile_records,
    hostile_tables,
    hostile_files,
    hostile_sources,
)
THEMES: dict[str, list[Kind]] = {one.THEME: list(one.KINDS) for one in MODULES}
KINDS: dict[str, Kind] = {kind.name: kind for kinds in THEMES.values() for kind in kinds}
