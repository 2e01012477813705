"""Releases load as their users load them, and a changed one does not."""

import datasets
import pytest

import tollwire
from tollwire.contracts.contract import read_contracts
from tollwire.contracts.forms import features
from tollwire.problems import TollwireError
from tollwire.release.shape import CONFIGS, release_contract


@pytest.fixture(autouse=True)
def _offline(monkeypatch, tmp_path):
    """No network, and a cache of our own: load_dataset must not find an earlier build."""
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


@pytest.mark.parametrize("config", CONFIGS)
def test_every_config_loads_with_the_features_of_its_contract(built, config):
    contracts = read_contracts(built.schemas)

    loaded = datasets.load_dataset(str(built.release / "0.1.0"), config)

    declared = features(release_contract(config, contracts), contracts.labels)
    assert loaded["train"].features == declared
    assert sum(len(split) for split in loaded.values()) > 0


def test_the_default_config_is_the_articles_with_their_spans(built):
    loaded = datasets.load_dataset(str(built.release / "0.1.0"))

    article = loaded["train"][0]
    assert set(loaded) == {"train", "validation", "test"}
    assert article["casualties"]
    for span in (*article["casualties"], *article["actors"]):
        assert article["text"][span["start"] : span["end"]] == span["surface"]


def test_labels_are_strings_in_the_files_and_classes_when_loaded(built):
    import pyarrow.parquet as parquet

    folder = built.release / "0.1.0"
    stored = parquet.read_table(folder / "casualties" / "train-00000-of-00001.parquet")["harm"].to_pylist()

    loaded = datasets.load_dataset(str(folder), "casualties", split="train")

    assert set(stored) <= {"killed", "injured", "missing", "captured", "displaced", "casualties"}
    assert loaded.features["harm"].int2str(loaded["harm"][:]) == stored


@pytest.mark.parametrize("config", ["articles", "casualties"])
def test_it_streams(built, config):
    stream = datasets.load_dataset(str(built.release / "0.1.0"), config, split="train", streaming=True)

    rows = list(stream.take(2))

    assert len(rows) == 2
    assert rows[0]["article_id"] <= rows[1]["article_id"]


def test_the_flat_spans_are_those_nested_in_the_articles(built):
    folder = str(built.release / "0.1.0")
    nested = {
        (article["article_id"], span["span_id"])
        for split in datasets.load_dataset(folder).values()
        for article in split
        for span in article["casualties"]
    }

    flat = {
        (row["article_id"], row["span_id"])
        for split in datasets.load_dataset(folder, "casualties").values()
        for row in split
    }

    assert flat == nested


def test_tollwire_load_takes_a_version_of_a_folder(built):
    loaded = tollwire.load(str(built.release), "0.1.0", "tolls")

    assert loaded["train"].num_rows > 0


def test_tollwire_load_refuses_a_changed_a_missing_and_a_foreign_file(project):
    folder = project.release / "0.1.0"
    (folder / "README.md").write_text("changed", "utf-8")
    (folder / "tolls" / "train-00000-of-00001.parquet").unlink()
    (folder / "articles" / "train-00001-of-00001.parquet").write_bytes(b"PAR1")

    with pytest.raises(TollwireError) as caught:
        tollwire.load(str(folder))

    assert [problem.rule for problem in caught.value.problems] == ["changed-file", "foreign-file", "missing-file"]


def test_a_folder_that_is_no_release_is_named(tmp_path):
    with pytest.raises(TollwireError, match=r"\[not-a-release\]"):
        tollwire.load(str(tmp_path))


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "a/../../b", None])
def test_a_manifest_that_leads_out_of_its_folder_is_refused(project, path):
    import json

    manifest = project.release / "0.1.0" / "manifest.json"
    told = json.loads(manifest.read_text("utf-8"))
    told["files"][0]["path"] = path
    manifest.write_text(json.dumps(told), "utf-8")

    with pytest.raises(TollwireError, match=r"manifest.json: \[broken-manifest\] .* is no file of a release"):
        tollwire.load(str(project.release / "0.1.0"))


def test_a_flipped_byte_is_named(project):
    path = project.release / "0.1.0" / "casualties" / "train-00000-of-00001.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(TollwireError, match=r"casualties/train-00000-of-00001.parquet: \[changed-file\] its SHA-256"):
        tollwire.load(str(project.release / "0.1.0"))


def test_a_folder_that_holds_another_version_is_refused(project):
    from tollwire.problems import UsageError

    with pytest.raises(UsageError, match=r"\[other-version\] it holds 0.1.0, not 0.2.0"):
        tollwire.load(str(project.release / "0.1.0"), "0.2.0")
