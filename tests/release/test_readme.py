"""The examples of the README run as they stand there."""

import re
from pathlib import Path

import datasets
import pytest
from test_token_labels import trained

from tollwire.release.build import build_release
from tollwire.release.rows import read_rows

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
PAGE = "<html><head><title>Raid kills nine</title></head><body><p>{}</p></body></html>"


@pytest.fixture
def surroundings(project, monkeypatch, tmp_path):
    """What the examples take as given: a release at hand, a tokenizer, a page, and what a model said."""
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.chdir(project.root)
    Path("page.html").write_text(PAGE.format("Gunmen killed nine people in Orsk on Friday, police said. " * 5))
    rows = read_rows(build_release(project, "1.0.0", project.normalised, "none").folder)
    return {"gold_rows": rows, "predicted_rows": rows, "tokenizer": trained("byte-level")}


def test_every_example_of_the_readme_runs(surroundings, capsys):
    assert len(EXAMPLES) == 4

    for example in EXAMPLES:
        exec(example, surroundings)

    printed = capsys.readouterr().out
    assert "B-killed" in printed
    assert "exact" in printed
    assert "labeller-a" in printed
    assert len(surroundings["articles"]["train"]) == 15
