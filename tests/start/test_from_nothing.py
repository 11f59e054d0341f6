"""From an empty environment with the built wheel to a book that is built, in each language, as a newcomer does it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import listeners
import pytest

from book import ROOT
from wavebook.language.words import LANGUAGES

pytestmark = pytest.mark.slow


def run(*command, cwd, **environment):
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | environment
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wavebook(tmp_path_factory):
    """The command of an environment with nothing but the wheel and the extra survey."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy2(ROOT / name, source / name)
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copytree(ROOT / "examples" / "new-zealand", source / "src/wavebook/start/example")  # as tools/release does
    build = ("--no-build-isolation", "--python", sys.executable, "--wheel", "--out-dir", str(folder))
    run(uv, "build", "--quiet", *build, str(source), cwd=folder)
    (wheel,) = folder.glob("*.whl")
    run(uv, "venv", "--quiet", "--python", sys.executable, "venv", cwd=folder)
    told = shlex.split(run(sys.executable, str(ROOT / "tools" / "registry"), cwd=ROOT))
    registry = dict(part.split("=", 1) for part in told if "=" in part)
    python = folder / "venv" / "bin" / "python"
    pins = ("--constraints", str(ROOT / "requirements-dev.txt"))
    run(uv, "pip", "install", "--quiet", "--python", str(python), *pins, f"{wheel}[survey]", cwd=folder, **registry)
    return python.with_name("wavebook")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("answers", [True, False], ids=["answers", "made-up"])
def test_three_commands_make_a_book(wavebook, tmp_path, language, answers):
    asked = ["--from", str(listeners.spss(tmp_path / "answers.sav"))] if answers else []
    began = time.monotonic()
    run(str(wavebook), "init", "mybook", "--language", language, "--wave", "2024-03", *asked, cwd=tmp_path)
    out = run(str(wavebook), "build", cwd=tmp_path / "mybook")
    took = time.monotonic() - began
    print(f"{language}, {'answers' if answers else 'made-up'}: {took:.1f} s")
    assert "5 pages" in out
    assert took < 600
    assert (tmp_path / "mybook/_build/html/index.html").is_file()


def test_the_example_comes_with_the_wheel_and_builds(wavebook, tmp_path):
    out = run(str(wavebook), "init", "mybook", "--example", cwd=tmp_path)
    assert "the example" in out
    run(str(wavebook), "build", cwd=tmp_path / "mybook")
    assert (tmp_path / "mybook/_build/html/index.html").is_file()


@pytest.mark.browser
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_pages_of_a_new_book_have_no_fault_that_a_reader_with_other_needs_meets(browser, tmp_path, language):
    from wavebook.pages import accessibility
    from wavebook.publish import build
    from wavebook.publish.reader import CHECKS, Reader
    from wavebook.start.begin import begin
    from wavebook.start.options import Options, completed

    root = tmp_path / "mybook"
    begin(completed(Options(root, (language,), wave="2024-03")))
    build.build(root)
    faults = {}
    reader = Reader(browser, root / "_build" / "html")
    for page in accessibility.site_pages(root, (language,)):
        found = reader.read(page)
        assert found.keys() == set(CHECKS)
        faults |= {(page, check): found[check].faults for check in CHECKS if found[check].faults}
    assert faults.keys() <= {("search", "no-script")}  # a search needs scripts, and says so
