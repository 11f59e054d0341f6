"""An edition from the same sources is the same: in another folder, with other fonts, by another Python."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import lending
import pytest

import book
from wavebook.publish import checksums

pytestmark = pytest.mark.slow
NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/none</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    """A book of which an edition was published."""
    root = lending.copy(tmp_path_factory.mktemp("here") / "book", lending.fresh(tmp_path_factory), english=True)
    run = book.wavebook(root, "publish", "web")
    assert run.code == 0, run.err
    return root


@pytest.fixture
def clone(published, tmp_path) -> Path:
    """A fresh clone in another folder, with what was published."""
    folder = tmp_path / "deeper" / "clone"
    return shutil.copytree(published, folder, ignore=shutil.ignore_patterns("_build", "notebooks.run"))


@pytest.fixture
def fonts(tmp_path) -> dict[str, str]:
    """The environment of a machine without fonts."""
    (tmp_path / "none").mkdir()
    settings = tmp_path / "fonts.conf"
    settings.write_text(NO_FONTS.format(folder=tmp_path), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(settings)}


def publish(root: Path, python: str = sys.executable, **environment: str) -> str:
    command = [python, "-m", "wavebook", "publish", "web"]
    done = subprocess.run(command, cwd=root, env={**os.environ, **environment}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_clone_elsewhere_has_nothing_to_publish(published, clone, fonts, tmp_path):
    before = book.listing(clone / "web")
    told = publish(clone, **fonts, **book.elsewhere(tmp_path / "home"))
    assert "is there already" in told
    assert book.listing(clone / "web") == before


def test_there_an_edition_can_be_repaired_to_the_byte(published, clone, tmp_path):
    for name in ("2014/index.html", "2014/en/lenen.html", "index.html", "2014/SHA256SUMS"):
        (clone / "web" / name).unlink()
    (clone / "web" / "charts" / "overzicht.png").write_bytes(b"damaged")
    assert "published" in publish(clone, **book.elsewhere(tmp_path / "home"))
    assert checksums.everything(clone / "web") == checksums.everything(published / "web")


def test_what_other_fonts_draw_otherwise_is_restored_from_the_edition_itself(published, clone, fonts):
    (clone / "web" / "2014" / "charts" / "overzicht.png").unlink()
    (clone / "web" / "2014" / "index.html").unlink()
    publish(clone, **fonts)
    assert checksums.everything(clone / "web") == checksums.everything(published / "web")


def test_what_is_made_elsewhere_from_nothing_differs_in_pictures_alone(published, clone, fonts, tmp_path):
    shutil.rmtree(clone / "web")
    shutil.rmtree(clone / "data" / "published")
    publish(clone, **fonts, **book.elsewhere(tmp_path / "home"))
    here, there = (checksums.sums(root / "web") for root in (published, clone))
    assert here.keys() == there.keys()
    differ = {name for name in here if here[name] != there[name]}
    assert {name for name in differ if not name.endswith((".png", checksums.SUMS))} == set()


@pytest.mark.skipif("WAVEBOOK_OTHER_PYTHON" not in os.environ, reason="names a Python with the same packages")
def test_another_python_makes_the_same(published, clone):
    shutil.rmtree(clone / "web")
    shutil.rmtree(clone / "data" / "published")
    publish(clone, os.environ["WAVEBOOK_OTHER_PYTHON"])
    assert checksums.everything(clone / "web") == checksums.everything(published / "web")
