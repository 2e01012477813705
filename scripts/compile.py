"""
Compile the reading of figures to machine code: the same Python source, three times as fast.

    python scripts/compile.py            beside the source, for this environment
    python scripts/compile.py --remove   back to the source alone
    HATCH_BUILD_HOOKS_ENABLE=1 pip wheel .   a wheel that has it

Needs a C compiler and mypy, whose mypyc does it; without a compiler it says so, and everything works as before.
"""

import argparse
import contextlib
import io
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "tollwire" / "figures"
GROUP = "tollwire_figures"  # of the library that the modules share
# Compiled functions have no docstrings, so what users call stays as it is, and what reads profiles and tables too.
LEFT = frozenset(
    f"{name}.py" for name in ("__init__", "parse", "parties", "profile", "score", "suggest", "toll_columns", "tolls")
)
SETTINGS = """[mypy]
ignore_missing_imports = true
follow_imports = silent
mypy_path = {source}
[mypy-pydantic.*,pyarrow.*,sentencex.*]
follow_imports = skip
"""


class NotCompiledError(Exception):
    """Says why nothing was compiled."""


def main() -> int:
    """Compile in place, or remove what was compiled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--remove", action="store_true", help="go back to the source alone")
    arguments = parser.parse_args()
    remove()
    if arguments.remove:
        return 0
    try:
        compile_beside()
    except NotCompiledError as why:
        print(f"figures are read by Python alone, at two fifths of the speed: {why}", file=sys.stderr)
    return 0


def compile_beside() -> None:
    """
    Compile, and put what comes of it beside the source.

    Raises:
        NotCompiledError: the compiler is missing, or cannot take the source.
    """
    if why := missing():
        raise NotCompiledError(why)
    print("compiling the reading of figures (two minutes)")
    with tempfile.TemporaryDirectory() as aside:
        for name, built in compiled(Path(aside)).items():
            part = (SOURCE / name).with_suffix(".part")
            shutil.copy2(built, part)
            part.replace(SOURCE / name)


def missing() -> str | None:
    """Say what is not here that compiling needs, and how to bring it; None when all is."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        return f"there is no C compiler {compiler!r} (apt-get install build-essential)"
    if not (Path(sysconfig.get_paths()["include"]) / "Python.h").is_file():
        return "Python's headers are missing (apt-get install python3-dev)"
    return None


def remove() -> None:
    """Remove what was compiled beside the source."""
    for built in (*PACKAGE.glob("*.so"), *PACKAGE.glob("*.pyd"), *SOURCE.glob(f"{GROUP}__mypyc*")):
        built.unlink()


def compiled(aside: Path) -> dict[str, Path]:
    """
    Compile into a folder; give the files by where they belong in an environment.

    Raises:
        NotCompiledError: the compiler cannot take the source.
    """
    from mypyc.build import mypycify
    from setuptools import Distribution
    from setuptools.command.build_ext import build_ext
    from setuptools.errors import CCompilerError

    settings = aside / "mypy.ini"
    settings.write_text(SETTINGS.format(source=SOURCE), "utf-8")
    modules = sorted(str(path.relative_to(ROOT)) for path in PACKAGE.glob("*.py") if path.name not in LEFT)
    said = io.StringIO()
    try:
        with contextlib.chdir(ROOT), contextlib.redirect_stdout(said):  # the compiler's own talk
            extensions = mypycify(
                [f"--config-file={settings}", *modules],
                opt_level="2",
                debug_level="0",
                group_name=GROUP,
                target_dir=str(aside / "c"),
            )
            build = build_ext(Distribution({"name": GROUP, "ext_modules": extensions, "package_dir": {"": "src"}}))
            build.build_lib, build.build_temp = str(aside / "built"), str(aside / "temp")
            build.ensure_finalized()
            build.run()
    except (SystemExit, CCompilerError):
        told = [line for line in said.getvalue().splitlines() if "warning:" not in line]
        raise NotCompiledError("\n".join(["the compiler says", *told])) from None
    built = aside / "built"
    return {str(path.relative_to(built)): path for path in sorted(built.rglob("*")) if path.is_file()}


class CompileHook(BuildHookInterface):
    """Puts the compiled modules into a wheel, where that is asked for."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the wheel by its platform."""
        if version == "editable":
            return
        self.aside = Path(tempfile.mkdtemp())
        build_data["pure_python"], build_data["infer_tag"] = False, True
        build_data["force_include"].update({str(built): name for name, built in compiled(self.aside).items()})

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clear up."""
        if version != "editable":
            shutil.rmtree(self.aside)


if __name__ == "__main__":
    sys.exit(main())
