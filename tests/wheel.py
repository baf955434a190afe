"""Build the wheel as a release would: `python -m tests.wheel FOLDER` prints where it is.

From a copy of what belongs in it, so that neither an old `build/` nor a list of files from an
earlier build can hide a file that is missing.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "wagtail_contracts"
METADATA = ("pyproject.toml", "setup.cfg", "README.md", "LICENSE")
JUNK = shutil.ignore_patterns("__pycache__", "*.egg-info")


def build(folder: Path) -> Path:
    """The wheel, made from the source archive, which is made first; both lie in `folder`."""
    with tempfile.TemporaryDirectory() as copy:
        for name in METADATA:
            shutil.copy2(ROOT / name, copy)
        shutil.copytree(PACKAGE, Path(copy) / PACKAGE.name, ignore=JUNK)
        words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), copy]
        done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"The wheel can't be built:\n{done.stdout}{done.stderr}")
    [wheel] = folder.glob("*.whl")
    return wheel


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))  # noqa: T201
