"""Make any number of raw pages for measuring: text dumps of about 3 kB in made-up words, all of one outlet."""

import argparse
from pathlib import Path

import numpy as np

WORDS = 4000  # of the made-up language, the commonest of them in many phrases
FOLDER = 1000  # pages in one folder
COPIES = 0.15  # of the pages, which are copies of the page 1 to 50 before them, with a word mended here and there
PARAGRAPHS, SENTENCES, LENGTH = 8, 3, 16  # of a page, of a paragraph, of a sentence in words
HEAD = ("Harbour Post", "Home", "World", "Harbour", "Sport", "Weather", "Sign in")
TAIL = ("Share this story", "More from the harbour", "Write to the desk", "About us", "Terms of use")
SYLLABLES = [
    a + b for a in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "st") for b in "aeiou"
]


def write_pages(folder: Path, count: int, seed: int = 1) -> None:
    """Write so many pages below a folder; the first ones are the same whatever the count."""
    rng = np.random.default_rng(seed)
    words = np.array(sorted({"".join(rng.choice(SYLLABLES, rng.integers(1, 4))) for _ in range(2 * WORDS)})[:WORDS])
    weights = 1 / (rng.permutation(len(words)) + 8.0)
    rank = np.cumsum(weights / weights.sum())
    size = PARAGRAPHS * SENTENCES * LENGTH
    for start in range(0, count, FOLDER):
        texts = np.searchsorted(rank, rng.random((FOLDER, size)))
        copied = np.flatnonzero(rng.random(FOLDER) < COPIES)
        for number in copied[copied > 50].tolist():
            mended = rng.random(size) < 0.01
            texts[number] = np.where(mended, texts[number], texts[number - int(rng.integers(1, 50))])
        below = folder / f"{start // FOLDER:06d}"
        below.mkdir(parents=True, exist_ok=True)
        for number in range(min(FOLDER, count - start)):
            tolls = rng.integers(2, 90, SENTENCES * PARAGRAPHS)
            (below / f"{number:03d}.txt").write_text(_page(words[texts[number]], tolls, start + number), "ascii")


def _page(words: "np.ndarray", tolls: "np.ndarray", number: int) -> str:
    half = LENGTH // 2
    sentences = []
    for at in range(PARAGRAPHS * SENTENCES):
        ours = words[at * LENGTH : (at + 1) * LENGTH]
        sentences.append(f"{' '.join(ours[:half]).capitalize()} {tolls[at]} {' '.join(ours[half:])}.")
    title = " ".join(words[:7]).capitalize()
    day = f"{1 + number % 28} March 2021"
    paragraphs = [" ".join(sentences[at : at + SENTENCES]) for at in range(0, len(sentences), SENTENCES)]
    return "\n".join((*HEAD, title, "By Mera Vell", f"Published {day}", *paragraphs, *TAIL)) + "\n"


def main() -> None:
    """Write pages from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    arguments = parser.parse_args()
    write_pages(arguments.folder, arguments.count)


if __name__ == "__main__":
    main()
