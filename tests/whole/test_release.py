"""What is released: a wheel that builds a book by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile

import pytest

import wavebook
from book import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of what `make release` makes; it fails unless the wheel builds this book without its source."""
    folder = tmp_path_factory.mktemp("release")
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"PYTHON": sys.executable}
    done = subprocess.run([ROOT / "tools" / "release", folder], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_wheel_holds_every_file_of_the_library(made):
    library = ROOT / "src" / "wavebook"
    files = [path for path in library.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    with zipfile.ZipFile(made / f"wavebook-{wavebook.__version__}-py3-none-any.whl") as wheel:
        held = {name for name in wheel.namelist() if name.startswith("wavebook/")}
    assert {path.relative_to(library.parent).as_posix() for path in files} - held == set()


def test_the_source_distribution_holds_the_licence_and_no_figures(made):
    with tarfile.open(made / f"wavebook-{wavebook.__version__}.tar.gz") as source:
        held = {name.partition("/")[2] for name in source.getnames()}
    assert {"LICENSE", "README.md", "pyproject.toml", "src/wavebook/core/problems.toml"} <= held
    assert not [name for name in held if name.startswith(("data", "book", "tests"))]
