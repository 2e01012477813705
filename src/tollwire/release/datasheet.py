"""What a datasheet says, section by section: the card and the Croissant description take their words from it."""

import re
from pathlib import Path

from tollwire.problems import Problem, UsageError

SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
IN_SHORT = "In short"
BASELINE = "Baseline"
COMMENT = re.compile(r"<!--.*?-->\n*", re.DOTALL)


def read_sections(datasheet: Path) -> dict[str, str]:
    """Read the sections of a datasheet, by their headings."""
    return {name.strip(): text.strip() for name, text in SECTION.findall(datasheet.read_text("utf-8"))}


def read_baseline(datasheet: Path) -> str:
    """Read what a datasheet says a first model reaches, without the marks of the script that wrote it; or nothing."""
    return COMMENT.sub("", read_sections(datasheet).get(BASELINE, "")).strip()


def read_in_short(datasheet: Path) -> str:
    """
    Read what a datasheet says under "In short": what nobody may overlook who uses the data.

    Raises:
        UsageError: it says nothing there.
    """
    said = read_sections(datasheet).get(IN_SHORT)
    if not said:
        fix = 'write a section "## In short": what the texts are, who labelled them, what they must not be used for'
        raise UsageError(Problem(datasheet.name, "missing-section", 'it has no section "In short"', fix))
    return said
