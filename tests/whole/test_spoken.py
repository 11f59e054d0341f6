"""Books in one language other than Dutch, and in three: each builds strictly, and each page is in its own language."""

import itertools
import re

import pytest
from lxml import html
from spoken import make_spoken

import book
from wavebook.core import files
from wavebook.language.words import words_in

SPOKEN = [("de",), ("fr", "en", "nl")]


@pytest.fixture(scope="module", params=SPOKEN, ids="-".join)
def built(request, tmp_path_factory):
    """Languages, the folder of a book in them, and its strict build."""
    root = make_spoken(tmp_path_factory.mktemp("spoken"), *request.param)
    return request.param, root, book.wavebook(root, "build")


def pages(built):
    languages, root, _ = built
    site = root / "_build" / "html"
    for code in languages:
        folder = site if code == languages[0] else site / code
        for path in [*folder.glob("*.html"), *folder.glob("notebooks/*.html")]:
            yield code, path.relative_to(folder).as_posix(), html.parse(path).getroot()


def test_it_builds_strictly(built):
    languages, root, run = built
    assert (run.code, run.err) == (0, "")
    folders = {path.name for path in (root / "_build" / "html").iterdir() if len(path.name) == 2}
    assert folders == set(languages[1:])


def test_each_page_is_in_its_language_and_leads_to_itself_in_each_other(built):
    languages, root, _ = built
    seen = 0
    for code, name, page in pages(built):
        assert page.get("lang") == code
        links = page.xpath("//a[@class='language']")
        others = [other for other in languages if other != code]
        assert [link.get("hreflang") for link in links] == (others if name != "404.html" else [])
        place = root / "_build" / "html" / ("" if code == languages[0] else code) / name
        for link in links:
            assert (place.parent / link.get("href")).is_file()
            assert link.text == words_in(link.get("lang")).name
        seen += 1
    assert seen == 4 * len(languages) - (len(languages) - 1) * ("404.html" not in {n for _, n, _ in pages(built)})


def test_only_what_is_known_to_be_in_another_language_is_marked(built):
    known = {"Het rapport over de zenders.", "Het rapport over de zenders", "bijlage 1", "bijlage 2"}
    for code, name, page in pages(built):
        marked = {
            (e.get("lang"), " ".join(e.text_content().split()))
            for e in page.xpath("//body//*[@lang]")
            if e.get("class") != "language" and e.tag not in ("svg", "bdi")  # the title of a notebook
        }
        sources = {text for lang, text in marked if lang == "nl"} & known
        others = {item for item in marked if item[1] not in known}
        if name == "index.html":
            assert bool(sources) == (code != "nl")
            assert others == set()


def test_no_module_knows_a_language_by_its_code():
    code = re.compile(
        r"""(?<![\w=])["'](nl|en|de|fr)["']|\b(has|make)_english|in_dutch|reason_en\b.*:|book/en|wavebook_nl|\.(nl|en)\b(?!\.)"""
    )
    folder = files.PACKAGE
    paths = itertools.chain(folder.rglob("*.py"), folder.rglob("*.html"))
    found = {
        f"{path.relative_to(folder)}: {line.strip()}"
        for path in paths
        if path.parent.name != "language" or len(path.stem) != 2
        for line in path.read_text(encoding="utf-8").splitlines()
        if code.search(line) and ">>>" not in line and not re.match(r"\s+\(?'", line)
    }
    allowed = ("core/languages.py", "definitions/references.py", "language/checking.py")
    assert {line for line in found if not line.startswith(allowed)} == set()
