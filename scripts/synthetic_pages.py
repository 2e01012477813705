"""Make any number of raw pages for measuring: text dumps of about 3 kB in made-up words, all of one outlet."""

import csv
from pathlib import Path

import numpy as np

WORDS = 4000  # of the made-up language, the commonest of them in many phrases
FOLDER = 1000  # pages in one folder
COPIES = 0.15  # of the pages are copies of one of the 50 before them
MENDED = 0.022  # of a copy's words are others, so that some eight of ten runs of five words are in both
NOTED = 0.5  # of the pages end in the same legal note
PARAGRAPHS, SENTENCES, LENGTH = 8, 3, 16  # of a page, of a paragraph, of a sentence in words
HEAD = ("Harbour Post", "Home", "World", "Harbour", "Sport", "Weather", "Sign in")
TAIL = ("Share this story", "More from the harbour", "Write to the desk", "About us", "Terms of use")
CONSONANTS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "st")


def write_pages(folder: Path, count: int, seed: int = 1) -> None:
    """
    Write so many pages into folders below ``folder``; the first ones are the same whatever the count.

    ``copies.csv`` beside the folder lists each copy with its original, by their paths below the folder.
    """
    rng = np.random.default_rng(seed)
    syllables = [first + second for first in CONSONANTS for second in "aeiou"]
    made = sorted({"".join(rng.choice(syllables, rng.integers(1, 4))) for _ in range(3 * WORDS)})
    words = rng.permutation(made)[:WORDS]
    share = 1 / (np.arange(WORDS) + 8.0)
    rank = np.cumsum(share / share.sum())
    size, sentences = PARAGRAPHS * SENTENCES * LENGTH, PARAGRAPHS * SENTENCES
    note = " ".join(words[np.searchsorted(rank, rng.random(3 * LENGTH))]).capitalize() + "."
    folder.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".copies.csv").open("w", newline="") as stream:
        copies = csv.writer(stream)
        for start in range(0, count, FOLDER):
            texts = np.searchsorted(rank, rng.random((FOLDER, size)))
            tolls = rng.integers(2, 90, (FOLDER, sentences))
            noted = rng.random(FOLDER) < NOTED
            below = folder / f"{start // FOLDER:06d}"
            below.mkdir(exist_ok=True)
            for number in range(FOLDER):
                original = number - int(rng.integers(1, 50))
                if rng.random() < COPIES and original >= 0:
                    texts[number] = np.where(rng.random(size) < MENDED, texts[number], texts[original])
                    tolls[number] = tolls[original]
                    if start + number < count:
                        copies.writerow((f"{below.name}/{number:03d}.txt", f"{below.name}/{original:03d}.txt"))
            for number in range(min(FOLDER, count - start)):
                text = _page(words[texts[number]], tolls[number], start + number, note if noted[number] else "")
                (below / f"{number:03d}.txt").write_text(text, "ascii")


def _page(words: "np.ndarray", tolls: "np.ndarray", number: int, note: str) -> str:
    half = LENGTH // 2
    sentences = []
    for at in range(PARAGRAPHS * SENTENCES):
        ours = words[at * LENGTH : (at + 1) * LENGTH]
        sentences.append(f"{' '.join(ours[:half]).capitalize()} {tolls[at]} {' '.join(ours[half:])}.")
    paragraphs = [" ".join(sentences[at : at + SENTENCES]) for at in range(0, len(sentences), SENTENCES)]
    title, day = " ".join(words[-7:]).capitalize(), f"Published {1 + number % 28} March 2021"
    return "\n".join((*HEAD, title, "By Mera Vell", day, *paragraphs, *([note] if note else []), *TAIL)) + "\n"
