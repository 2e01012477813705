"""What a kind of hostile input is: its name, what it plants, and the outcomes in which it must end."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FIELDS = "text html title url published byline section keywords language".split()
SOURCE = """\
source_id = "case"
publisher = "Nobody"
language = "en"
time_zone = "UTC"
licence = "CC0-1.0"
may_redistribute = true
obtained = "Written for this test."
"""
WITH_FIELDS = SOURCE + "[fields]\n" + "".join(f'{name} = "{name}"\n' for name in FIELDS)


@dataclass(frozen=True, slots=True)
class Kind:
    """
    One kind of hostile input.

    ``plant`` writes it into an empty folder. ``expected`` counts the articles and, by rule, the rejections that it must
    end in; where it stops the run with a line for each problem, ``stops`` names their rules instead. Nothing of
    ``never`` may stand in a table. ``source`` is the source record of the run; ``needs_root`` says whether the one who
    runs it has to be root or must not be.
    """

    name: str
    about: str
    plant: Callable[[Path], None]
    expected: dict[str, int]
    stops: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    source: str | bytes = WITH_FIELDS
    needs_root: bool | None = None


def planted(name: str, about: str, plant: Callable[[Path], None], *ends: str, **options: object) -> Kind:
    """Make a kind that writes its files itself; ``ends`` are "article" or a rule, one for each record."""
    return Kind(name, about, plant, dict(Counter(ends)), **options)  # type: ignore[arg-type]


def one_file(name: str, about: str, file: str, build: Callable[[], bytes | str], *ends: str, **options: object) -> Kind:
    """Make a kind that is one file, whose content is built when it is planted."""

    def plant(folder: Path) -> None:
        content = build()
        raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        (folder / file).write_bytes(raw)

    return planted(name, about, plant, *ends, **options)
