"""Publishing to S3, at moto's own server: whole when its manifest is there, gone on with when a run broke off."""

import pytest
import s3fs
from test_publish import make_release

import tollwire
from tollwire.problems import ServiceError, TollwireError, UsageError
from tollwire.release.publish import find_target, publish


@pytest.fixture
def release(tmp_path):
    return make_release(tmp_path / "0.1.0")


def test_a_release_is_published_and_loaded_from_there(bucket, release, tmp_path, monkeypatch):
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    address = f"s3://{bucket}/news"

    plan, how = publish(release, find_target(address))
    again, _ = publish(release, find_target(address))

    assert (len(plan.written), how) == (4, f'tollwire.load("{address}", "0.1.0")')
    assert again.is_there
    assert len(tollwire.load(address, "0.1.0")["train"]) == 3
    assert len(tollwire.load(f"{address}/v0.1.0")["train"]) == 3
    with pytest.raises(UsageError, match=r"\[no-such-version\] there is no version 9.9.9"):
        tollwire.load(address, "9.9.9")


def test_another_content_under_the_same_version_is_refused(bucket, release, tmp_path):
    files = s3fs.S3FileSystem()
    publish(release, find_target(f"s3://{bucket}/news"))
    before = files.cat_file(f"{bucket}/news/v0.1.0/manifest.json")

    with pytest.raises(TollwireError, match=r"\[version-taken\]"):
        publish(make_release(tmp_path / "other", rows=4), find_target(f"s3://{bucket}/news"))

    assert files.cat_file(f"{bucket}/news/v0.1.0/manifest.json") == before


@pytest.mark.parametrize("number", range(4))
def test_a_run_that_broke_off_shows_no_version_and_is_gone_on_with(bucket, release, monkeypatch, number):
    """The line breaks before each file in turn."""
    import s3fs

    files = s3fs.S3FileSystem()
    sent = []
    whole = s3fs.S3FileSystem._put_file

    async def break_at(self, local, remote, *args, **kwargs):
        if len(sent) == number:
            raise ConnectionError("the line broke")
        sent.append(remote)
        await whole(self, local, remote, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(s3fs.S3FileSystem, "_put_file", break_at)
        s3fs.S3FileSystem.clear_instance_cache()
        with pytest.raises(ServiceError, match=r"\[store-failed\].*the line broke"):
            publish(release, find_target(f"s3://{bucket}/news"))
    s3fs.S3FileSystem.clear_instance_cache()
    files.invalidate_cache()
    assert not files.exists(f"{bucket}/news/v0.1.0/manifest.json")

    plan, _ = publish(release, find_target(f"s3://{bucket}/news"))

    assert len(plan.written) == 4 - number, "what was sent is not sent twice"
    assert publish(release, find_target(f"s3://{bucket}/news"))[0].is_there


def test_a_bucket_that_is_not_there_is_told_without_the_key(bucket, release):
    with pytest.raises(ServiceError, match=r"\[store-failed\]") as caught:
        publish(release, find_target("s3://no-such-bucket-here/news"))

    assert "verysecret" not in str(caught.value)


def test_a_flipped_byte_is_named(bucket, release, tmp_path, monkeypatch):
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    files = s3fs.S3FileSystem()
    publish(release, find_target(f"s3://{bucket}/news"))
    path = f"{bucket}/news/v0.1.0/tolls/train-00000-of-00001.parquet"
    content = bytearray(files.cat_file(path))
    content[len(content) // 2] ^= 1
    files.pipe_file(path, bytes(content))

    with pytest.raises(ServiceError, match=r"\[other-bytes\] tolls/train-00000-of-00001.parquet"):
        publish(release, find_target(f"s3://{bucket}/news"))
    with pytest.raises(TollwireError, match=r"tolls/train-00000-of-00001.parquet: \[changed-file\]"):
        tollwire.load(f"s3://{bucket}/news", "0.1.0")
