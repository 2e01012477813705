"""Source records that are wrong, each of which stops the run with a line a mistake, or made to be slow."""

from kinds import SOURCE, Kind, planted
from sound_pages import DUMP

THEME = "Source records"


def _source(name: str, about: str, source: str | bytes, *stops: str) -> Kind:
    """Read a sound dump with a source record; without ``stops`` it becomes an article."""
    ends = () if stops else ("article",)
    return planted(
        f"source-{name}",
        about,
        lambda folder: (folder / "page.txt").write_text(DUMP),
        *ends,
        source=source,
        stops=stops,
    )


def _with(key: str, value: str) -> str:
    """Write a source record with another value for one key."""
    lines = [line for line in SOURCE.splitlines() if not line.startswith(f"{key} =")]
    return "\n".join([*lines, f"{key} = {value}"]) + "\n"


KINDS = [
    _source("of-nothing", "an empty record", "", *["missing-key"] * 7),
    _source("no-toml", "a record that is no TOML", "source_id: case\n", "not-toml"),
    _source("not-utf-8", "a record that is no UTF-8", SOURCE.encode() + b'# \xff\xfe\n', "not-toml"),
    _source("of-nul", "a record with NUL in it", SOURCE + "# \0\n", "not-toml"),
    _source("deep", "a record with 5,000 lists inside one another", SOURCE + "home = " + "[" * 5_000 + "]" * 5_000,
              "not-toml"),
    _source("deep-names", "a record whose key has 5,000 parts", SOURCE + ".".join(["a"] * 5_000) + " = 1\n",
              "unknown-key"),
    _source("of-another-name", "a record that is called otherwise", _with("source_id", '"other"'), "source-id"),
    _source("name-is-a-path", "a name that is a path", _with("source_id", '"../case"'), "bad-value"),
    _source("unknown-key", "a key of control characters", SOURCE + '"a\\nb\\u001b[2J" = 1\n', "unknown-key"),
    _source("key-of-a-megabyte", "a key of a megabyte", SOURCE + "k" * 1_000_000 + " = 1\n", "unknown-key"),
    _source("wrong-types", "values of other types",
            SOURCE.replace("true", '"yes"').replace('"en"', "5").replace('"UTC"', "[]").replace('"Nobody"',
                "2021-02-30T99:00:00"), "not-toml"),
    _source("date-for-a-name", "a date where a name should be", _with("publisher", "2021-03-14"), "bad-value"),
    _source("zone-unknown", "a time zone that there is not", _with("time_zone", '"Europe/Orsk"'), "bad-value"),
    _source("zone-is-a-path", "a time zone that is a file of the machine", _with("time_zone", '"../../../etc/passwd"'),
              "bad-value"),
    _source("zone-is-a-folder", "a time zone that is a folder", _with("time_zone", '"Europe"'), "bad-value"),
    _source("zone-of-nul", "a time zone with NUL in it", _with("time_zone", '"UTC\\u0000"'), "bad-value"),
    _source("zone-of-a-megabyte", "a time zone of a megabyte", _with("time_zone", f'"{"U" * 1_000_000}"'), "bad-value"),
    _source("zone-of-nothing", "a time zone of no letter", _with("time_zone", '""'), "bad-value"),
    _source("encoding-unknown", "an encoding that there is not", _with("encoding", '"klingon"'), "bad-value"),
    _source("encoding-of-nul", "an encoding with NUL in it", _with("encoding", '"utf-8\\u0000"'), "bad-value"),
    _source("encoding-that-is-none", "a codec that gives bytes for bytes", _with("encoding", '"hex"'), "bad-value"),
    _source("encoding-of-accents", "an encoding of letters beyond ASCII", _with("encoding", '"ütf-8"'), "bad-value"),
    _source("encoding-undefined", "a codec that always fails", _with("encoding", '"undefined"'), "bad-value"),
    _source("licence-of-markup", "a licence that is markup", _with("licence", '"<b>CC</b>"'), "bad-value"),
    _source("language-junk", "a language of control characters", _with("language", '"e\\u0000n"')),
    _source("boilerplate-slow", "fixed lines that are slow as patterns",
              _with("boilerplate", '["(a+)+$", "(.*)*b", "[", "(?P<"]')),
    _source("boilerplate-many", "20,000 fixed lines", _with("boilerplate", str([f"Line {n}." for n in range(20_000)]))),
    _source("boilerplate-of-nothing", "fixed lines of no letter", _with("boilerplate", '["", " ", "\\n", "\\u200b"]')),
    _source("boilerplate-of-a-megabyte", "a fixed line of a megabyte",
              _with("boilerplate", f'["{"rain " * 200_000}"]')),
    _source("publisher-slow", "a publisher whose name is slow as a pattern", _with("publisher", f'"{"(a+)+" * 500}$"')),
    _source("home-of-junk", "a home that is no address", _with("home", '"http://[::1/\\u0000"')),
    _source("fields-of-nothing", "fields that name none", SOURCE + "[fields]\n", "bad-value"),
    _source("fields-of-dots", "field paths of dots only", SOURCE + '[fields]\ntext = "....."\nhtml = ""\n'),
    _source("fields-of-a-thousand", "a field path of 100,000 parts", SOURCE + f'[fields]\ntext = "{"a." * 100_000}"\n'),
    _source("fields-unknown", "a field that there is not", SOURCE + '[fields]\ntext = "a"\ntextt = "b"\n',
              "unknown-key"),
]  # fmt: skip
