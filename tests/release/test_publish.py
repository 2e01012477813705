"""Publishing is whole or not at all, whatever request fails and however; and a version never changes."""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from loopback_hub import LoopbackHub

import tollwire
from tollwire.problems import ServiceError, TollwireError, UsageError
from tollwire.release.folder import Folder
from tollwire.release.hub import Hub
from tollwire.release.hub_client import Retries
from tollwire.release.manifest import manifest_problems, write_manifest
from tollwire.release.publish import find_target, publish

NAME = "tester/news"
CARD = """---
configs:
- config_name: articles
  data_files:
  - split: train
    path: articles/train-*.parquet
---

# News
"""


def make_release(folder: Path, version: str = "0.1.0", rows: int = 3) -> Path:
    """A release of two tables, small enough to publish it a hundred times."""
    for table in ("articles", "tolls"):
        (folder / table).mkdir(parents=True)
        ids = pa.table({"article_id": [f"{table} {number} of {version}" for number in range(rows)]})
        parquet.write_table(ids, folder / table / "train-00000-of-00001.parquet")
    (folder / "README.md").write_text(CARD)
    write_manifest(folder, version, {"rows": {"articles": rows, "tolls": rows}})
    return folder


@pytest.fixture
def release(tmp_path):
    return make_release(tmp_path / "0.1.0")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch, tmp_path):
    """A token of the loopback's, a cache of our own, and no waiting between tries."""
    monkeypatch.setenv("HF_TOKEN", "hf_loopback")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub-cache"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_ETAG_TIMEOUT", 0.4)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DOWNLOAD_TIMEOUT", 0.4)
    monkeypatch.setattr("huggingface_hub.utils._http.time.sleep", lambda seconds: None)


@pytest.fixture(params=["lfs", "xet"])
def hub(request, tmp_path, monkeypatch):
    if request.param == "lfs":
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
    with LoopbackHub(tmp_path / "hub", xet=request.param == "xet", patience=0.8) as running:
        yield running


def target(hub: LoopbackHub, tries: int = 3) -> Hub:
    return Hub(NAME, Retries(tries, 0.001), hub.url, seconds=0.4)


def use(hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch) -> None:
    """What HF_ENDPOINT does, which the client reads when it is imported."""
    template = hub.url + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", hub.url)
    monkeypatch.setattr("huggingface_hub.constants.HUGGINGFACE_CO_URL_TEMPLATE", template)


def published(hub: LoopbackHub) -> dict[str, str]:
    """The versions that are visible, and their commits."""
    try:
        return dict(hub.store.repo(NAME).tags)
    except Exception:
        return {}


def assert_whole(hub: LoopbackHub, release: Path, version: str = "0.1.0") -> None:
    repo = hub.store.repo(NAME)
    tree = repo.trees[repo.tags[f"v{version}"]]
    ours = {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}
    assert {path: hub.store.content(tree[path]) for path in tree if path != ".gitattributes"} == ours


def versions_committed(hub: LoopbackHub) -> list[str]:
    return [message for message in hub.store.repo(NAME).messages if message != "initial commit"]


def test_a_release_is_one_commit_and_a_tag(hub, release):
    plan, how = publish(release, target(hub))

    assert plan.written == ("README.md", "articles/train-00000-of-00001.parquet",
                            "tolls/train-00000-of-00001.parquet", "manifest.json")  # fmt: skip
    assert how == 'tollwire.load("tester/news", "0.1.0")'
    assert versions_committed(hub) == ["Version 0.1.0"]
    assert_whole(hub, release)
    paths = [path.split("?")[0] for _, path in hub.requests]
    tag = next(number for number, path in enumerate(paths) if "/tag/" in path)
    assert all("/resolve/" not in path for path in paths[tag:]), "everything is read back before the tag"
    entry = hub.store.repo(NAME).tree("main")["articles/train-00000-of-00001.parquet"]
    assert (entry.xet is not None) == hub.store.has_xet


def test_publishing_twice_changes_nothing(hub, release):
    publish(release, target(hub))
    done = len(hub.requests)

    plan, _ = publish(release, target(hub))

    assert plan.is_there
    writes = [one for one in hub.requests[done:] if one[0] not in ("GET", "HEAD")]
    assert writes == []


def test_another_content_under_the_same_version_is_refused(hub, release, tmp_path):
    publish(release, target(hub))
    other = make_release(tmp_path / "other", rows=4)

    with pytest.raises(TollwireError, match=r"\[version-taken\] 0.1.0 is published there with another content"):
        publish(other, target(hub))

    assert_whole(hub, release)
    assert len(versions_committed(hub)) == 1


def test_the_next_version_takes_away_what_it_has_not(hub, release, tmp_path):
    publish(release, target(hub))
    second = make_release(tmp_path / "0.2.0", "0.2.0")
    shutil.rmtree(second / "tolls")
    write_manifest(second, "0.2.0", {})

    plan, _ = publish(second, target(hub))

    assert plan.removed == ("tolls/train-00000-of-00001.parquet",)
    assert "README.md" not in plan.written, "what is the same is not sent again"
    assert_whole(hub, release, "0.1.0")
    assert_whole(hub, second, "0.2.0")


def test_a_dry_run_says_what_would_change_and_changes_nothing(hub, release):
    plan, how = publish(release, target(hub), dry_run=True)

    assert (plan.is_there, len(plan.written), how) == (False, 4, None)
    assert plan.size == sum((release / name).stat().st_size for name in plan.written)
    assert all(method in ("GET", "HEAD") for method, _ in hub.requests)


@pytest.mark.parametrize("fault", ["error", "drop", "lost", "slow"])
def test_one_fault_at_any_request_is_got_over(tmp_path, monkeypatch, hub, fault):
    """Each request in turn fails once: the release is there all the same, committed once."""
    count = _requests_of_a_publish(hub, make_release(tmp_path / "first"))
    numbers = range(count) if fault != "slow" else range(0, count, 3)
    for number in numbers:
        with LoopbackHub(tmp_path / f"{number}", hub.store.has_xet, patience=0.8) as other:
            release = make_release(tmp_path / f"release-{number}")
            other.fault = lambda at, method, path, wanted=number: fault if at == wanted else None

            publish(release, target(other))

            assert_whole(other, release)
            assert versions_committed(other) == ["Version 0.1.0"], f"request {number}: {other.requests[number]}"


@pytest.mark.parametrize("fault", ["error", "drop", "lost"])
def test_a_hub_that_stays_away_leaves_no_half_version_and_a_second_run_completes_it(tmp_path, hub, fault):
    """From each request in turn on everything fails, until the second run."""
    for number in range(_requests_of_a_publish(hub, make_release(tmp_path / "first"))):
        with LoopbackHub(tmp_path / f"{number}", hub.store.has_xet) as other:
            release = make_release(tmp_path / f"release-{number}")
            # For a token of the content store hf_xet tries on by itself for a minute or two, then fails like the rest.
            other.fault = lambda at, method, path, wanted=number: (
                fault if at >= wanted and "/xet-" not in path else None
            )

            with pytest.raises(ServiceError, match=r"\[hub-(failed|unreachable)\].*publish again"):
                publish(release, target(other, tries=1))

            if published(other):
                assert_whole(other, release)
            other.fault = lambda at, method, path: None
            publish(release, target(other))
            assert_whole(other, release)
            assert versions_committed(other) == ["Version 0.1.0"], f"request {number}"


def _requests_of_a_publish(hub: LoopbackHub, release: Path) -> int:
    publish(release, target(hub))
    return len(hub.requests)


def test_a_head_that_moved_is_told_and_not_overwritten(hub, release):
    """Somebody commits after we looked, and before we commit."""
    hub.store.create(NAME)
    repo = hub.store.repo(NAME)

    def commit_meanwhile(number, method, path):
        if method == "POST" and "/preupload/" in path and len(repo.messages) == 1:
            repo.commit({**repo.tree("main"), "theirs.txt": hub.store.put(b"theirs")}, "theirs")

    hub.fault = commit_meanwhile

    with pytest.raises(TollwireError, match=r"\[head-moved\] somebody else has committed"):
        publish(release, target(hub))

    assert list(repo.tree("main")) == [".gitattributes", "theirs.txt"]
    assert published(hub) == {}


def test_a_head_that_moved_since_the_plan_was_shown_is_not_overwritten(hub, release):
    """Whoever looked at a dry run agreed to that, and not to take away what came since."""
    hub.store.create(NAME)
    repo = hub.store.repo(NAME)
    plan = target(hub).plan(release, "0.1.0")
    repo.commit({**repo.tree("main"), "theirs.txt": hub.store.put(b"theirs")}, "theirs")

    with pytest.raises(TollwireError, match=r"\[head-moved\]"):
        target(hub).publish(release, plan, lambda line: None)

    assert "theirs.txt" in repo.tree("main")
    assert published(hub) == {}


def test_bytes_that_come_back_otherwise_are_no_version(hub, release, monkeypatch):
    whole = hub.store.content
    monkeypatch.setattr(hub.store, "content", lambda entry: whole(entry).replace(b"# News", b"# Nexs"))

    with pytest.raises(ServiceError, match=r"README.md: \[changed-file\]"):
        publish(release, target(hub))

    assert published(hub) == {}


def test_a_token_that_may_not_write_is_told_without_it(hub, release, monkeypatch, capfd, caplog):
    monkeypatch.setenv("HF_TOKEN", "hf_verysecret")

    with pytest.raises(ServiceError, match=r"\[not-allowed\].*HF_TOKEN") as caught:
        publish(release, target(hub))

    printed = capfd.readouterr()
    assert "hf_verysecret" not in str(caught.value) + printed.out + printed.err + caplog.text


def test_what_is_published_loads_at_its_version_with_and_without_a_network(hub, release, tmp_path, monkeypatch):
    import datasets

    use(hub, monkeypatch)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    publish(release, target(hub))
    publish(make_release(tmp_path / "0.2.0", "0.2.0", rows=5), target(hub))
    first, second = (tollwire.load(NAME, version) for version in ("0.1.0", "0.2.0"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)

    offline = tollwire.load(NAME, "0.1.0")

    assert (len(first["train"]), len(second["train"]), len(offline["train"])) == (3, 5, 3)
    with pytest.raises(TollwireError, match=r"\[not-fetched\] 0.3.0 was not fetched before"):
        tollwire.load(NAME, "0.3.0")


def test_a_version_or_dataset_that_is_not_there_is_told(hub, release, monkeypatch):
    use(hub, monkeypatch)
    publish(release, target(hub))

    with pytest.raises(UsageError, match=r"\[no-such-version\] it has no version 9.9.9"):
        tollwire.load(NAME, "9.9.9")
    with pytest.raises(UsageError, match=r"\[no-such-dataset\]"):
        tollwire.load("tester/none")


def test_a_folder_is_published_to_whole(release, tmp_path):
    root = tmp_path / "versions"
    plan, how = publish(release, Folder(root))

    assert len(plan.written) == 4
    assert manifest_problems(root / "v0.1.0") == []
    assert [path.name for path in root.iterdir()] == ["v0.1.0"]
    assert how == f'tollwire.load("{root}", "0.1.0")'
    assert publish(release, Folder(root))[0].is_there
    with pytest.raises(TollwireError, match=r"\[version-taken\]"):
        publish(make_release(tmp_path / "other", rows=4), Folder(root))


def test_a_copy_that_broke_off_is_made_again(release, tmp_path, monkeypatch):
    root = tmp_path / "versions"
    monkeypatch.setattr("tollwire.release.folder.manifest_problems", lambda folder: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(release, Folder(root))
    assert not (root / "v0.1.0").exists()
    monkeypatch.undo()

    publish(release, Folder(root))

    assert [path.name for path in root.iterdir()] == ["v0.1.0"]


def test_a_release_that_was_changed_is_not_published(release, tmp_path):
    (release / "README.md").write_text("changed")

    with pytest.raises(TollwireError, match=r"README.md: \[changed-file\]"):
        publish(release, Folder(tmp_path / "versions"))


def test_texts_that_were_put_back_are_not_published(release, tmp_path):
    write_manifest(release, "0.1.0", {"hydrated": {"exact": 3}})

    with pytest.raises(UsageError, match=r"\[hydrated-release\]"):
        publish(release, Folder(tmp_path / "versions"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("hf://datasets/tester/news", "Hub"), ("tester/news", "Hub"), ("./tester/news", "Folder"),
     ("versions", "Folder"), ("memory://bucket/news", "Store"), ("file:///tmp/x", "Store")],
)  # fmt: skip
def test_a_target_is_told_by_its_name(name, kind):
    assert type(find_target(name)).__name__ == kind


@pytest.mark.parametrize("name", ["hf://models/x", "hf://datasets/one", "gopher://x/y"])
def test_what_is_no_target_is_told(name):
    with pytest.raises(UsageError, match=r"--to: \[bad-(target|address)\]"):
        find_target(name)
