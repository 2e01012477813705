"""Print recall and precision of the near-duplicates on planted articles, in words and in a script without spaces."""

import sys
from pathlib import Path

# The planted set is part of the tests, which hold the figures to their bars.
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "corpus"))

from planted_copies import report


def measure_duplicates(stories: int = 200) -> str:
    """Give the figures for so many stories of each kind, as text."""
    return f"{report(stories)}\n\nin a script without spaces\n{report(stories // 4, unspaced=True)}"


if __name__ == "__main__":
    print(measure_duplicates())
