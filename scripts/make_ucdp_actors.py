"""Write the compact table of armed groups of the UCDP Actor Dataset that ``tollwire.suggest`` links names to."""

import csv
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

TABLE = Path(__file__).parents[1] / "src" / "tollwire" / "figures" / "lexicon" / "ucdp_actors.tsv"
HEAD = """\
# Armed groups: UCDP ActorId, name, other names. Facts of the UCDP Actor Dataset 22.1, Uppsala Conflict Data Program,
# CC BY 4.0 (https://ucdp.uu.se/downloads); written by scripts/make_ucdp_actors.py. Left out: names that are words of
# their own, abbreviations of fewer than four letters, and names that several groups have.
"""
ORGANISED = "1"  # Org: formally organised, not a government
WORDS = frozenset("FACT MODEL BRAS Tibet Cobras Ninjas Outlaws Maidan Rastas Contras Huk Eyie Taleban Cocoyes".split())
NO_NAME = re.compile(r"Military faction|forces of|^Republic of|^Government of|n/a|\d{3}|,")
ABBREVIATION = re.compile(r"[A-Z][A-Za-z0-9-]{3,}")


def main() -> int:
    """Read the dataset's CSV (the one argument) and write the table."""
    if len(sys.argv) != 2:
        print("give the dataset: python scripts/make_ucdp_actors.py ucdp-actor-221.csv", file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Org"] == ORGANISED and row["Alliance"] != "1"]
    names: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for column in ("NameData", "NameOrigFullEng", "NewNameFullEng", "NameOrig", "NameOrigFull"):
            name = " ".join(re.sub(r"\s*[\[(].*?[\])]", "", row[column]).replace("’", "'").split())
            if is_name(name) and name not in names[row["ActorId"]]:
                names[row["ActorId"]].append(name)
    shared = Counter(name.lower() for listed in names.values() for name in listed)
    lines = []
    for actor, listed in names.items():
        own = [name for name in listed if shared[name.lower()] == 1]
        if own:
            lines.append("\t".join([actor, *own]))
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} groups, {sum(line.count(chr(9)) for line in lines)} names")
    return 0


def is_name(name: str) -> bool:
    """Tell a name by which a group is known in the news: several words, or an abbreviation of four letters and more."""
    if NO_NAME.search(name) or name in WORDS:
        return False
    return len(name.split()) > 1 or bool(ABBREVIATION.fullmatch(name))


if __name__ == "__main__":
    sys.exit(main())
