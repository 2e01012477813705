"""Measure how figures and actors are read, on public sets and on our own suite, beside what a user would build."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from figure_peers import NUMBERS, PEERS, Figure, Found, number_readers
from figure_sets import Document, Number, Target, data, read_blurbs, read_muc4, read_plover, read_re3d
from measured_page import put
from peer_process import peak_mb
from sets import SHARED

from tollwire.figures.suggest import suggest

CHECKOUT = Path(__file__).parents[1]
sys.path.append(str(CHECKOUT / "tests" / "figures"))
from phenomena_files import Tally, read_cases, read_documents, tally  # noqa: E402  the suite stands beside its tests

DOCUMENT = CHECKOUT / "docs" / "figures.md"
WORDS = 400  # of the article that speed is told in
SETS = ("muc4", "itn_blurbs", "plover", "re3d")
Rows = list[tuple[str, ...]]


def main() -> None:
    """Print every table; write them into docs/figures.md where all sets and peers are at hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N texts of each class of errors")
    given = parser.parse_args()
    missing = [name for name in SETS if data(name) is None]
    for name in missing:
        print(f"not measured: {name}: {SHARED / 'data' / name} is not here; set TOLLWIRE_SHARED to the folder of data/")
    parts = []
    if "muc4" not in missing:
        parts += [
            speed(read_muc4("train")),
            muc4(read_muc4("train"), "DEV", given.errors),
            muc4(read_muc4("dev"), "TST"),
        ]
    if "itn_blurbs" not in missing:
        parts.append(blurbs(read_blurbs()))
    if "plover" not in missing:
        parts.append(plover(read_plover()))
    if "re3d" not in missing:
        parts.append(actors({"re3d": read_re3d(), **({} if "plover" in missing else {"PLOVER": read_plover()})}))
    parts += [suite(), documents(), capitals(), number_words(), growth()]
    print("\n\n".join(parts))
    if not missing:
        put(DOCUMENT, "bench_figures.py", "\n\n".join(parts))
        print(f"\nwritten: {DOCUMENT.relative_to(CHECKOUT)}")


def table(title: str, head: Sequence[str], rows: Rows) -> str:
    """Write a Markdown table; all columns but the first are figures."""
    lines = [f"### {title}", "", f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def share(right: float, whole: float) -> str:
    """Write a share in per cent."""
    return f"{100 * right / whole:.1f}" if whole else "-"


def fits(figure: Figure, number: Number) -> bool:
    """Tell whether a figure says what one reading of a gold number does."""
    said = {figure.low, figure.best, figure.high} - {None}
    if number.modifier == "unspecified_plural":
        return any(value >= 2 for value in said if value is not None)
    if number.modifier == "exact":
        return number.low in (figure.low, figure.best)
    more = {number.low + 1} if number.modifier == "at_least" and number.low is not None else set()
    return bool(({number.low, number.high} - {None} | more) & said)


def is_found(found: Found, target: Target) -> bool:
    """Tell whether some figure of the text has the harm and the number of a target."""
    return any(
        one.harm in target.harms and any(fits(one, number) for number in target.numbers) for one in found.figures
    )


def muc4(texts: Sequence[Document], name: str, errors: int = 0) -> str:
    """Recall of MUC-4's human targets, and the least number killed of whole texts."""
    rows = []
    for peer, read in PEERS.items():
        found = [read(one) for one in texts]
        pairs = [(result, target) for one, result in zip(texts, found, strict=True) for target in one.targets]
        counted = [is_found(*pair) for pair in pairs if not pair[1].is_single]
        single = [is_found(*pair) for pair in pairs if pair[1].is_single]
        tolls = [
            (result.tolls.get("killed", 0), least)
            for one, result in zip(texts, found, strict=True)
            if (least := _least(one))
        ]
        right = sum(ours == least for ours, least in tolls)
        rows.append(
            (peer, share(sum(counted), len(counted)), share(sum(single), len(single)), share(right, len(tolls)))
        )
        if peer == "tollwire":
            classes = _classes(texts, found, errors)
    targets = [target for one in texts for target in one.targets]
    title = f"MUC-4 {name}: {len(texts)} texts, {len(targets)} human targets"
    head = ("tool", "counted targets found, %", "single persons found, %", "least killed right, %")
    missed = "Missed by ours, by class: " + ", ".join(f"{what} {count}" for what, count in classes.most_common()) + "."
    return table(title, head, rows) + "\n\n" + missed


def _least(document: Document) -> int:
    """Add up the least numbers killed of a text's targets; 0 where nobody was."""
    return sum(
        min(one.low or 0 for one in target.numbers) for target in document.targets if target.harms == ("killed",)
    )


def _classes(texts: Sequence[Document], found: Sequence[Found], errors: int) -> Counter[str]:
    """Say why targets were missed: nothing read there, another harm, another number."""
    classes: Counter[str] = Counter()
    for one, result in zip(texts, found, strict=True):
        for target in one.targets:
            if is_found(result, target):
                continue
            near = [
                figure
                for figure in result.figures
                for place in target.places
                if figure.start < place[1] and place[0] < figure.end
            ]
            if near:
                what = "another number" if any(figure.harm in target.harms for figure in near) else "another harm"
            else:
                what = "one person not read" if target.is_single else "nothing read"
            classes[what] += 1
            if classes[what] <= errors and target.places:
                start, end = target.places[0]
                print(f"{what}: {' '.join(one.text[max(start - 160, 0) : end + 160].split())}")
    return classes


def blurbs(texts: Sequence[Document]) -> str:
    """Count the blurbs in which anything is read; they have no gold, but each states a toll or one person's death."""
    rows = []
    for peer, read in PEERS.items():
        found = [read(one) for one in texts]
        rows.append(
            (
                peer,
                share(sum(bool(one.figures) for one in found), len(found)),
                f"{sum(len(one.figures) for one in found)}",
            )
        )
    return table(f"In the news: {len(texts)} blurbs", ("tool", "with a figure, %", "figures"), rows)


def plover(texts: Sequence[Document]) -> str:
    """Tolls of PLOVER's records, and false alarms where a record has nobody dead or injured."""
    rows = []
    stated = sum(len(one.tolls) for one in texts)
    for peer, read in PEERS.items():
        right = alarms = 0
        for one in texts:
            tolls = read(one).tolls
            right += sum(tolls.get(harm) == least for harm, least in one.tolls.items())
            alarms += sum(bool(tolls.get(harm)) for harm in ("killed", "injured") if harm not in one.tolls)
        rows.append((peer, share(right, stated), f"{alarms}"))
    return table(
        f"PLOVER: {len(texts)} records, {stated} tolls",
        ("tool", "tolls right, %", "tolls where the record has none"),
        rows,
    )


def actors(sets: dict[str, Sequence[Document]]) -> str:
    """Share of gold actors with which a span of ours overlaps, and of ours that overlap with one of them."""
    rows = []
    for name, texts in sets.items():
        gold = sum(len(one.actors) for one in texts)
        found = [PEERS["tollwire"](one).actors or () for one in texts]
        hit = sum(_hits(one.actors, spans) for one, spans in zip(texts, found, strict=True))
        right = sum(_hits(spans, one.actors) for one, spans in zip(texts, found, strict=True))
        rows.append((name, f"{gold}", share(hit, gold), share(right, sum(map(len, found)))))
    return table("Actors (overlapping)", ("set", "gold", "found, %", "of ours in the gold, %"), rows)


def _hits(spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> int:
    return sum(any(start < end_of and start_of < end for start_of, end_of in others) for start, end in spans)


def suite() -> str:
    """Shares of our own sentences read exactly right, by phenomenon; of the blind part only the sum."""
    tallies: dict[str, Tally] = {}
    for case in read_cases("open"):
        one = tally(case)
        tallies[case.phenomenon] = tallies.get(case.phenomenon, Tally()) + one
        tallies["all, open part"] = tallies.get("all, open part", Tally()) + one
    blind = sum((tally(case) for case in read_cases("blind")), Tally())
    tallies["all, blind part"] = blind
    rows = [
        (
            name,
            share(one.right, one.expected + one.spurious),
            f"{one.expected}",
            f"{one.spurious}",
            share(one.attributes, one.right),
            share(one.relations_right, one.relations_expected),
        )
        for name, one in sorted(tallies.items(), key=lambda item: (item[0].startswith("all"), item[0]))
    ]
    head = ("phenomenon", "exactly right, %", "figures", "spurious", "status and scope, %", "relations, %")
    return table("Our own sentences", head, rows)


def number_words() -> str:
    """Numbers in words and digits read right, ours beside the libraries; a form that one cannot take is wrong."""
    rows = []
    for name, read in number_readers():
        right = 0
        for form, value in NUMBERS.items():
            try:
                right += read(form) == value
            except (ValueError, TypeError):
                continue
        rows.append((name, share(right, len(NUMBERS))))
    return table(f"Numbers alone: {len(NUMBERS)} forms", ("reader", "right, %"), rows)


def documents() -> str:
    """Tolls of our own whole documents, in the manner of press releases."""
    from figure_peers import naive, ours, spacy_ruler

    from tollwire.figures.tolls import document_toll

    cases = list(read_documents())
    rows = []
    for name, read in (("tollwire", ours), ("spaCy blank, entity ruler", spacy_ruler), ("naive pattern", naive)):
        right = whole = 0
        for case in cases:
            tolls = read(Document(case["text"])).tolls
            if name == "tollwire":
                found = suggest(case["text"])
                summed = document_toll(found.casualties, found.relations, case["profile"])
                tolls = {harm: toll.low or 0 for harm, toll in summed.items()}
            right += sum(tolls.get(harm, 0) == least for harm, least in case["toll"].items())
            whole += len(case["toll"])
        rows.append((name, share(right, whole), f"{whole}"))
    return table(f"Our own documents: {len(cases)}", ("tool", "least toll right, %", "tolls"), rows)


def capitals() -> str:
    """F1 of our own sentences as they are and in capitals."""
    rows = []
    for name, write in (("as written", str), ("in capitals", str.upper)):
        right = expected = predicted = 0
        for case in read_cases("open"):
            text = write(case.text)
            if len(text) == len(case.text):
                found = suggest(text)
                one = tally(case, found)
                right, expected, predicted = (
                    right + one.right,
                    expected + one.expected,
                    predicted + len(found.casualties),
                )
        rows.append((name, share(2 * right, expected + predicted)))
    return table("Letter case", ("text", "F1 of figures, %"), rows)


def speed(texts: Sequence[Document]) -> str:
    """Articles a second of process time on one core, and the memory of ours alone, measured before the peers load."""
    words = sum(len(one.text.split()) for one in texts)
    rows = []
    for name, read in PEERS.items():
        rate = words / WORDS / min(_seconds(read, texts) for _ in range(2))
        rows.append((name, f"{rate:,.0f}", f"{peak_mb():.0f}"))
    return table("Speed on MUC-4 DEV, one core", ("tool", f"articles of {WORDS} words a second", "peak MB"), rows)


def _seconds(read: Callable[[Document], Found], texts: Sequence[Document]) -> float:
    for one in texts[:20]:
        read(one)
    started = time.process_time()
    for one in texts:
        read(one)
    return time.process_time() - started


def growth() -> str:
    """Seconds for long texts: time must grow with the length only."""
    rows = []
    for name, text in _long_texts():
        started = time.process_time()
        suggest(text)
        rows.append((name, f"{len(text):,}", f"{time.process_time() - started:.2f}"))
    return table("Long texts", ("text", "characters", "seconds"), rows)


def _long_texts() -> Iterator[tuple[str, str]]:
    sentence = "Gunmen killed at least nine people and wounded 30 in the market, police said. "
    for size in (1_000_000, 5_000_000):
        yield "news, over and over", (sentence * (size // len(sentence) + 1))[:size]
    yield "digits", "7" * 1_000_000
    yield "no stop at all", ("killed nine men and " * 50_001)[:1_000_000]


if __name__ == "__main__":
    main()
