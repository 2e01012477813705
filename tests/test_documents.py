"""What the documents say is there, is there: commands, files, configs, public names."""

import re
import subprocess
from pathlib import Path

import click
import pytest
import typer

import tollwire
from tollwire.cli import application
from tollwire.release.datasheet import read_sections
from tollwire.release.shape import CONFIGS

CHECKOUT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path
    for path in CHECKOUT.rglob("*.md")
    if not {".venv", ".studio", "build", "release"} & set(path.relative_to(CHECKOUT).parts)
)
NAMES = [str(path.relative_to(CHECKOUT)) for path in DOCUMENTS]


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_command_that_a_document_names_exists(document):
    root = typer.main.get_command(application())
    for line in re.findall(r"`(?:\.venv/bin/)?tollwire ([a-z ]+)", document.read_text("utf-8")):
        command: click.Command = root
        for word in line.split():
            if not hasattr(command, "commands"):
                break
            assert word in command.commands, line
            command = command.commands[word]


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_file_that_a_document_links_to_exists(document):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text("utf-8")):
        assert (document.parent / target).exists(), target


def test_every_target_of_make_that_the_readme_names_exists():
    makefile = (CHECKOUT / "Makefile").read_text("utf-8")

    for target in re.findall(r"make ([a-z]+)", (CHECKOUT / "README.md").read_text("utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_readme_names_every_config_and_its_examples_are_true():
    readme = (CHECKOUT / "README.md").read_text("utf-8")

    assert all(config in readme for config in CONFIGS)
    assert repr(tollwire.parse_figure("at least nine people")) in readme
    assert tollwire.suggest("Gunmen killed two children, police said.").casualties[0].surface == "two children"
    assert all(hasattr(tollwire, name) for name in re.findall(r"tollwire\.([a-z_]+)\(", readme))


def test_the_changelog_has_the_version_of_the_package():
    from importlib.metadata import version

    assert f"## {version('tollwire')}" in (CHECKOUT / "CHANGELOG.md").read_text("utf-8")


def test_every_top_level_folder_says_whom_it_is_for():
    tracked = subprocess.run(["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True, check=False).stdout
    folders = {Path(name).parts[0] for name in tracked.splitlines() if "/" in name} - {".ci", "src"}

    assert folders == {"annotations", "corpus", "docs", "schemas", "scripts", "tests"}
    assert all((CHECKOUT / folder / "README.md").is_file() for folder in folders)


# Source: Gebru et al. 2021, "Datasheets for Datasets"; how many questions each section has here, those that it joins
# counted once.
QUESTIONS = {
    "Motivation": 3,
    "Composition": 15,
    "Collection process": 8,
    "Preprocessing, cleaning, labelling": 5,
    "Uses": 5,
    "Distribution": 4,
    "Maintenance": 6,
}


def test_the_datasheet_answers_every_question():
    sections = read_sections(CHECKOUT / "DATASHEET.md")

    for name, least in QUESTIONS.items():
        parts = re.split(r"^\*\*([^*]+\?)\*\*$", sections[name], flags=re.MULTILINE)
        answers = dict(zip(parts[1::2], (one.strip() for one in parts[2::2]), strict=True))
        assert len(answers) >= least, (name, list(answers))
        assert all(answers.values()), name
