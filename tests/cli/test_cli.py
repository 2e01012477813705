"""The command line as a user meets it: help with examples, one line for each mistake, exit codes."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
import typer

from tollwire.cli import application

CHECKOUT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).parent / "tollwire"


def tollwire(*arguments: str, cwd: Path = CHECKOUT, text: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run([str(PROGRAM), *arguments], cwd=cwd, input=text, capture_output=True, text=True, check=False)


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    found = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group) or hasattr(command, "commands"):
            found += commands(command, (*path, name))
        else:
            found.append(((*path, name), command))
    return found


COMMANDS = commands(typer.main.get_command(application()))


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS])
def test_every_command_shows_an_example_of_itself_that_parses(path, command):
    assert command.help
    assert command.epilog

    words = shlex.split(command.epilog.removeprefix("Example: ").split("|")[-1])
    assert words[: len(path) + 1] == ["tollwire", *path]
    command.make_context(" ".join(path), words[len(path) + 1 :])


@pytest.mark.parametrize("path", [(), ("normalise",), ("studio",), ("studio", "users")])
def test_help_is_an_answer(path):
    answer = tollwire(*path, "--help")

    assert answer.returncode == 0
    assert "Usage: tollwire" in answer.stdout


def test_the_version_is_that_of_the_package():
    from importlib.metadata import version

    assert tollwire("--version").stdout.strip() == version("tollwire")


@pytest.mark.parametrize(
    ("arguments", "rule", "code"),
    [
        (("normalise", "nowhere"), "no-such-path", 2),
        (("normalise", "README.md"), "which-source", 2),
        (("normalise", "README.md", "--source", "nobody"), "unknown-source", 2),
        (("push", "1"), "bad-batch", 2),
        (("release", "one"), "bad-version", 2),
        (("studio", "users", "add"), "no-names", 2),
        (("studio", "users", "add", "--file", "nowhere.txt"), "no-such-path", 2),
        (("studio", "users", "add", "Bob"), "bad-pseudonym", 2),
        (("suggest", "nowhere.txt"), "no-such-path", 2),
        (("--project", "nowhere", "check"), "no-such-path", 2),
        (("--project", "/", "check"), "no-project", 2),
        (("pull", "001", "--corpus", "nowhere"), "missing-table", 1),
    ],
)
def test_a_mistake_is_one_line_with_a_rule_and_an_exit_code(arguments, rule, code):
    answer = tollwire(*arguments)

    assert answer.returncode == code
    assert len(answer.stderr.splitlines()) == 1
    assert re.search(rf"^\S.*: \[{rule}\] .+", answer.stderr)
    assert answer.stdout == ""


def test_a_command_that_does_not_exist_is_wrong_use():
    answer = tollwire("normalize")

    assert answer.returncode == 2
    assert "No such command" in answer.stderr


def test_suggest_reads_standard_input():
    answer = tollwire("suggest", "-", text="Gunmen killed at least nine people.\r\n\r\nNo one was hurt.")

    assert answer.stdout.splitlines() == [
        "14-34\tat least nine people\tkilled\tat_least\tlow 9",
        "37-43\tNo one\tinjured\tnone\tlow 0 best 0 high 0",
        "0-6\tGunmen\tattacker\tarmed_group\t",
        "toll\tinjured\tlow 0 best 0 high 0",
        "toll\tkilled\tlow 9",
    ]


def test_suggest_refuses_what_is_no_text(tmp_path):
    (tmp_path / "picture").write_bytes(bytes(range(256)) * 10)

    answer = tollwire("suggest", str(tmp_path / "picture"))

    assert answer.returncode == 1
    assert re.fullmatch(r"\S+/picture: \[binary-file\] .+\n", answer.stderr)


def test_check_finds_nothing_wrong_here():
    answer = tollwire("check")

    assert answer.returncode == 0, answer.stderr
    assert "nothing wrong" in answer.stdout


def test_check_lists_every_mistake_of_hand_written_files(tmp_path):
    tollwire("init", str(tmp_path / "mine"))
    (tmp_path / "mine/corpus/sources/post.toml").write_text('source_id = "post"\nlicense = "MIT"\n')
    (tmp_path / "mine/annotations/batches/001").mkdir()
    (tmp_path / "mine/annotations/batches/001/batch.toml").write_text('batch = "002"\ntitle = "x"\n')

    answer = tollwire("--project", str(tmp_path / "mine"), "check")

    assert answer.returncode == 1
    assert '"license" is not a key here; did you mean "licence"?' in answer.stderr
    assert "[batch-name]" in answer.stderr
    assert all(re.match(r"^\S.*: \[[a-z-]+\] ", line) for line in answer.stderr.splitlines())


def test_init_makes_a_project_that_works_and_spares_what_is_there(tmp_path):
    assert tollwire("init", str(tmp_path / "mine")).returncode == 0

    again = tollwire("init", str(tmp_path / "mine"))

    assert again.returncode == 2
    assert "[folder-in-use]" in again.stderr
    assert tollwire("check", cwd=tmp_path / "mine" / "corpus").returncode == 0, "found from a folder inside"


def test_show_prints_the_article_that_is_meant(tmp_path):
    tollwire("normalise", "corpus/raw", "--out", str(tmp_path))

    answer = tollwire("show", "near Bol", "--corpus", str(tmp_path))
    several = tollwire("show", "killed", "--corpus", str(tmp_path))

    assert answer.stdout.splitlines()[2] == "Chad says it beat off raid near Bol; about a dozen dead"
    assert several.returncode == 2
    assert "[which-article]" in several.stderr


def test_show_and_report_of_what_is_no_release_say_so(tmp_path):
    for words in (("show", "Bol", "--release", "9.9.9"), ("report", "9.9.9")):
        answer = tollwire(*words)

        assert (answer.returncode, answer.stdout) == (2, "")
        assert "[not-a-release]" in answer.stderr
        assert len(answer.stderr.splitlines()) == 1

    assert "[is-a-folder]" in tollwire("report", "--out", str(tmp_path)).stderr
    assert "[two-inputs]" in tollwire("report", "0.1.0", "--corpus", str(tmp_path)).stderr


def test_a_reader_that_goes_away_is_no_error():
    pipe = f"{shlex.quote(str(PROGRAM))} --help | head -1; exit ${{PIPESTATUS[0]}}"

    answer = subprocess.run(["bash", "-c", pipe], capture_output=True, text=True, check=False)

    assert "Traceback" not in answer.stderr


def test_a_command_whose_extra_is_not_installed_says_which_to_install(tmp_path):
    (tmp_path / "tenacity.py").write_text("raise ModuleNotFoundError('none', name='tenacity')")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from tollwire.cli import main; main()"
    server = {"LABEL_STUDIO_URL": "http://127.0.0.1:9", "LABEL_STUDIO_API_KEY": "abc"}

    answer = subprocess.run(
        [sys.executable, "-c", code, "studio", "status"],
        cwd=CHECKOUT, env={**os.environ, **server}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert answer.returncode == 2
    assert answer.stderr.splitlines() == [
        "tollwire: [missing-package] the package tenacity is not installed; "
        'install what this command needs: pip install "tollwire[annotate]"'
    ]


def test_a_dry_push_checks_and_sends_nothing(tmp_path):
    tollwire("normalise", "corpus/raw", "--out", str(tmp_path))

    answer = tollwire("push", "001", "--dry-run", "--corpus", str(tmp_path))

    assert answer.returncode == 0, answer.stderr
    assert re.fullmatch(r"17 tasks with \d+ entries of suggestions are ready; nothing was sent\n", answer.stdout)
