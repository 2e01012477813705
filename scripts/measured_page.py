"""Pages of measures in docs/: what a script measured stands between two marks, what is said of it around them."""

from pathlib import Path

END = "<!-- end -->"


def put(document: Path, script: str, body: str) -> None:
    """Put what a script measured between its marks; what stands around them stays."""
    begin = f"<!-- begin: scripts/{script} writes what follows -->"
    before, _, rest = document.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(END)
    document.write_text(f"{before}{begin}\n\n{body}\n\n{END}{after}", "utf-8")
