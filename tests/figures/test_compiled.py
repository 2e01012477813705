"""What is compiled of the reading of figures says the same as its source, and sooner."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

from parts import missing
from phenomena_files import FOLDER, read_cases

from tollwire.figures.suggest import suggest

ROOT = Path(__file__).parents[2]
READ = """
import sys
sys.path.insert(0, {source!r})
sys.path += {paths!r}
from test_compiled import read
print(*read())
"""


def read() -> tuple[str, float, str]:
    """A digest of all that is found in the texts of the suite, the least seconds of three, and of what it was read."""
    lines = (FOLDER / "documents.jsonl").read_text("utf-8").splitlines()
    texts = [case.text for case in read_cases("open")] + [json.loads(line)["text"] for line in lines]
    seconds = []
    for _ in range(3):
        started = time.process_time()
        found = [suggest(text) for text in texts]
        seconds.append(time.process_time() - started)
    digest = hashlib.sha256(json.dumps([asdict(one) for one in found]).encode()).hexdigest()
    linking = importlib.util.find_spec("tollwire.figures.linking")
    assert linking is not None
    return digest, min(seconds), str(linking.origin)


def test_the_compiled_modules_find_the_same_and_sooner(tmp_path):
    digest, seconds, origin = read()
    if origin.endswith(".py"):
        missing("the reading of figures is not compiled here", "make setup")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("*.so", "*.pyd", "__pycache__"))
    for part in ("schemas", "pyproject.toml"):  # where the profiles are looked for
        (tmp_path / part).symlink_to(ROOT / part)
    code = READ.format(source=str(tmp_path / "src"), paths=[str(ROOT / "tests"), str(Path(__file__).parent)])

    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONPATH": ""}, check=True, capture_output=True
    )
    of_source, longer, source = answer.stdout.decode().split()

    assert source == str(tmp_path / "src/tollwire/figures/linking.py")
    assert digest == of_source
    assert float(longer) > 1.5 * seconds  # 2.5 times is what was measured; the machine may be busy


def test_what_users_call_keeps_its_docstring():
    import tollwire

    for name in tollwire.__all__:
        assert getattr(tollwire, name).__doc__, name
        assert len(getattr(tollwire, name).__doc__) > 40
