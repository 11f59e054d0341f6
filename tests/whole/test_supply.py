"""What the library and its book are made of: packages with hashes, free licences, releases that can be made again."""

import hashlib
import importlib.metadata
import os
import re
import subprocess

import pytest

from book import ROOT

PIN = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)(.*?)(?=^[a-z0-9]|\Z)", re.MULTILINE | re.DOTALL)
PINS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
# Who publishes a book may pass on what is made with these, and need show no source of their own.
FREE = re.compile(
    r"(0BSD|Apache([- ]2\.0| Software License)|(The )?BSD([ -][23]-Clause(-Views)?| License)?|CC0-1\.0|ISC( License.*)?"
    r"|MIT(-0| License)?|PSF-2\.0|Python Software Foundation License|Public Domain|Unlicense|Zlib|HPND)",
)
# The others, with why they may be used: of these nothing is copied into a book.
LOOKED_AT = {
    "axe-playwright-python": "MIT, says the file in it",
    "certifi": "MPL-2.0: a list of certificates, used unchanged",
    "docutils": "public domain, but for a mode for Emacs and a few modules under BSD and PSF licences",
    "hypothesis": "MPL-2.0: only tests use it, unchanged",
    "pathspec": "MPL-2.0: used unchanged",
    "pytauargus": "EUPL-1.2: only tests compare with it",
    "text-unidecode": "Artistic License, or GPL: the first is chosen",
    "tqdm": "MPL-2.0 and MIT: used unchanged",
    "yattag": "LGPL: comes with cosmic-ray, used unchanged",
}


def pinned(name):
    return PIN.findall((ROOT / name).read_text(encoding="utf-8"))


def licences(package):
    """What a package says of its licence: each of several."""
    about = importlib.metadata.metadata(package)
    if said := about.get("License-Expression"):
        return re.split(r" (?:AND|OR) ", said)
    named = [c.split(" :: ")[-1] for c in about.get_all("Classifier", []) if c.startswith("License :: ")]
    named = [name for name in named if name != "OSI Approved"]
    return named or [(about.get("License") or "").partition("\n")[0]]


def present(package):
    try:
        return importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError:
        return None  # another system's, or another set of packages


def test_every_package_has_a_licence_that_allows_what_is_done_with_it():
    names = {name for file in PINS for name, _, _ in pinned(file) if present(name)}
    assert len(names) > 100
    odd = {name for name in names if not all(FREE.fullmatch(said) for said in licences(name))}
    assert odd - LOOKED_AT.keys() == set()


def test_what_was_looked_at_is_still_needed():
    assert LOOKED_AT.keys() - {name for file in PINS for name, _, _ in pinned(file)} == set()


@pytest.mark.parametrize("file", PINS)
def test_every_package_is_pinned_with_the_hashes_of_its_files(file):
    pins = pinned(file)
    assert pins
    assert [name for name, _, rest in pins if not re.search(r"--hash=sha256:[0-9a-f]{64}", rest)] == []


def test_every_promise_names_tests_that_are_there():
    """Each row of a table in SECURITY.md ends with the tests that keep it."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:tests|tools)/[\w./-]+)`", text))
    assert len(named) > 10
    assert sorted(name for name in named if not (ROOT / name).exists()) == []
    table = re.search(r"^\| never trusted .*?(?=\n\n)", text, re.MULTILINE | re.DOTALL)[0].split("\n")[2:]
    assert [row for row in table if "`tests/" not in row.rstrip("| ").rpartition("|")[2]] == []


@pytest.mark.slow
def test_a_release_is_the_same_bytes_each_time(tmp_path):
    def made(name, umask):
        """The hashes of what one run makes, as someone whose files are open to others or closed."""
        folder = tmp_path / name
        order = ["sh", "-c", f"umask {umask}; exec tools/package {folder}"]
        subprocess.run(order, cwd=ROOT, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}, check=True)
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}

    first = made("one", "022")
    (ROOT / "src" / "wavebook" / "__init__.py").touch()
    assert first == made("other", "077")
    assert {name.rpartition(".")[2] for name in first} == {"whl", "gz"}
