"""Settings of all tests."""

import os
from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest
from hypothesis import settings

# A change is judged by the same examples each time; whoever works on the code gets new ones with every run.
settings.register_profile("judged", derandomize=True, deadline=None)
settings.register_profile("working", deadline=None)
settings.load_profile("judged" if os.environ.get("CI") else "working")


FIGURES = Path(__file__).parents[1] / "src/tollwire/figures"


def pytest_sessionstart() -> None:
    """Refuse to test what was compiled of an older source."""
    for source in FIGURES.glob("*.py"):
        for built in map(source.with_suffix, EXTENSION_SUFFIXES):
            if built.exists() and built.stat().st_mtime < source.stat().st_mtime:
                pytest.exit(
                    f"{source.name} is newer than what was compiled of it: `make setup` compiles it again, "
                    "`python scripts/compile.py --remove` goes back to the source",
                    returncode=2,
                )


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """A server that speaks as S3 does, moto's own, on the loopback."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """A new bucket there, and the surroundings in which clients find it."""
    import s3fs

    found = {"AWS_ENDPOINT_URL": s3_endpoint, "AWS_DEFAULT_REGION": "us-east-1"}
    secrets = {"AWS_ACCESS_KEY_ID": "loopback", "AWS_SECRET_ACCESS_KEY": "verysecret"}
    for name, value in (found | secrets).items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    bucket = f"bucket-{abs(hash(request.node.name))}"
    s3fs.S3FileSystem().mkdir(bucket)
    return bucket
