"""A real Ray cluster: the same rows, the same clusters, the same bytes; also when a node of it is lost in mid-run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import ray
from test_stopped_runs import OURS, bytes_of, write_records
from test_workers import Double, results

from tollwire.corpus.normalise import normalise
from tollwire.corpus.ray_engine import RayEngine
from tollwire.problems import ServiceError, UsageError
from tollwire.project import Project, make_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = make_project(tmp_path_factory.mktemp("ray") / "project")
    shutil.copy(OURS.sources / "re3d.toml", made.sources)
    return made


def test_rows_that_hurt_cost_themselves_on_ray_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with RayEngine(seconds=2, cores=2) as engine:
        found = results(engine, Double(kills=(5,), hangs=(33,)), 30)
    assert {number: rule for number, rule in found.items() if not rule.isdigit()} == {5: "worker-died", 33: "too-slow"}
    assert len(found) == 120


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator["ray.cluster_utils.Cluster"]:
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    yield made
    made.shutdown()


def test_a_node_that_is_killed_in_mid_run_does_not_change_a_byte(
    project: Project, tmp_path: Path, cluster: "ray.cluster_utils.Cluster"
) -> None:
    pages = write_records(tmp_path / "pages", 6_000)
    normalise(project, [pages], tmp_path / "here", "re3d")
    other = cluster.add_node(num_cpus=1)
    killed: list[tuple[str, int]] = []
    stages: set[str] = set()

    def kill_a_node(stage: str, done: int, total: int | None) -> None:
        stages.add(stage)
        if stage == "normalising" and done > 1_000 and not killed:
            killed.append((stage, done))
            cluster.remove_node(other, allow_graceful=False)

    with RayEngine(cluster.address) as engine:
        assert len([node for node in ray.nodes() if node["Alive"]]) == 2
        counts = normalise(project, [pages], tmp_path / "there", "re3d", kill_a_node, engine)
        assert len([node for node in ray.nodes() if node["Alive"]]) == 1
    assert killed
    assert killed[0][1] < counts.records
    assert {"normalising", "comparing"} <= stages
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "here")


def test_without_ray_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(UsageError, match=r'^--engine: \[ray-not-installed\] .*; pip install "tollwire\[ray\]"$'):
        RayEngine()


def test_a_cluster_that_does_not_answer_is_told_in_one_line() -> None:
    with pytest.raises(ServiceError, match=r"^--ray-address 127.0.0.1:1: \[ray-not-reached\] .*; start it: ray start"):
        RayEngine("127.0.0.1:1")
