"""A release loads with the oldest `datasets` that it promises, in an environment of its own."""

import json
import os
import subprocess
from pathlib import Path

import polars as pl
from parts import missing

from tollwire.release.shape import CONFIGS

PYTHON = Path(__file__).parents[2] / ".venv" / "older-datasets" / "bin" / "python"
PROGRAM = """
import json, sys, datasets
told = {"version": datasets.__version__}
for config in sys.argv[2:]:
    loaded = datasets.load_dataset(sys.argv[1], config)
    told[config] = sum(len(split) for split in loaded.values())
article = datasets.load_dataset(sys.argv[1], split="train")[0]
told["surfaces"] = [article["text"][one["start"]:one["end"]] == one["surface"] for one in article["casualties"]]
harm = datasets.load_dataset(sys.argv[1], "casualties", split="train").features["harm"]
told["names"] = harm.names
print(json.dumps(told))
"""


def test_every_config_loads_with_datasets_of_3_6(built, tmp_path):
    if not PYTHON.is_file():
        missing("there is no environment with an older datasets", "python scripts/test_parts.py")
    folder = built.release / "0.1.0"
    surroundings = {
        **os.environ,
        "HF_HOME": str(tmp_path),
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    }

    command = [str(PYTHON), "-c", PROGRAM, str(folder), *CONFIGS]
    done = subprocess.run(command, capture_output=True, text=True, env=surroundings, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["version"].startswith("3.6.")
    assert {config: told[config] for config in CONFIGS} == {
        config: pl.read_parquet(folder / config).height for config in CONFIGS
    }
    assert told["surfaces"]
    assert all(told["surfaces"])
    assert told["names"][0] == "killed"
