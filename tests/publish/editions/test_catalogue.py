"""The page on which readers pick an edition."""

import json

import pytest
from lxml import html

from wavebook.publish.editions import catalogue
from wavebook.publish.editions.edition import Edition

WORK, SCHOOL = (
    Edition("2014", "2010", segment=f"theme={name}", languages=("nl", "en"), usual="2010")
    for name in ("work", "school")
)
EVERYONE = Edition("2014", "2010", languages=("nl",), usual="2010")
EARLIER = Edition("2013", "2010", segment="theme=work", languages=("nl",), usual="2010")


@pytest.fixture
def root(small):
    config = (
        "languages: [nl, en]\ntitle: Boek\nhtml: {baseurl: https://x.nl}\n"
        "sphinx: {config: {html_theme_options: {source: Bron, licence: L}}}"
    )
    (small.root / "_config.yml").write_text(config)
    (small.root / "book" / "en").mkdir(parents=True)
    (small.root / "book" / "en" / "_config.yml").write_text("title: Book\n")
    (small.root / "book" / "en" / "index.md").touch()
    return small.root


def written(root, small, *editions):
    catalogue.write(root / "out", root, list(editions), small.load().definitions)
    return {path.relative_to(root / "out").as_posix(): path for path in (root / "out").rglob("*") if path.is_file()}


def read(path):
    return html.fromstring(path.read_text(encoding="utf-8"))


def test_each_wave_and_breakdown_is_a_list_of_its_editions(root, small):
    page = read(written(root, small, EARLIER, EVERYONE, WORK, SCHOOL)["index.html"])
    groups = [
        (" ".join(section.findtext("h2").split()), [(a.text, a.get("href")) for a in section.iter("a")])
        for section in page.iter("section")
    ]
    assert [name for name, _ in groups] == ["Meting 2013, thema", "Meting 2014", "Meting 2014, thema"]
    assert groups[1][1] == [("iedereen", "2014/index.html")]
    assert groups[2][1] == [("werk", "2014-theme-work/index.html"), ("school", "2014-theme-school/index.html")]


def test_readers_of_another_language_have_the_editions_that_are_in_it(root, small):
    files = written(root, small, EVERYONE, WORK)
    assert set(files) == {"index.html", "en/index.html", "editions.json"}
    page = read(files["en/index.html"])
    (section,) = page.iter("section")
    assert [(a.text, a.get("href")) for a in section.iter("a")] == [("work", "../2014-theme-work/en/index.html")]
    assert (page.get("lang"), read(files["index.html"]).get("lang")) == ("en", "nl")
    assert "../index.html" in [a.get("href") for a in page.iter("a")]
    assert "en/index.html" in [a.get("href") for a in read(files["index.html"]).iter("a")]
    assert "Book" in page.findtext(".//title")


def test_without_an_english_edition_there_is_one_page(root, small):
    assert set(written(root, small, EVERYONE)) == {"index.html", "editions.json"}


def test_machines_get_the_same_list(root, small):
    found = json.loads(written(root, small, WORK, EVERYONE)["editions.json"].read_text())
    assert found["editions"][0] == {
        "folder": "2014-theme-work",
        **{"wave": 2014, "baseline": 2010, "population": "", "segment": "theme=work"},
        "languages": ["nl", "en"],
        "name": {"nl": "werk", "en": "work"},
    }
    assert found["editions"][1]["name"] == {"nl": "iedereen"}


def test_the_page_has_its_source_licence_and_address(root, small):
    text = written(root, small, WORK)["index.html"].read_text(encoding="utf-8")
    assert "Bron" in text
    assert "https://x.nl/index.html" in text
    assert "https://x.nl/en/index.html" in (root / "out/en/index.html").read_text(encoding="utf-8")


def test_a_wave_that_nobody_measured_marks_the_page(root, small):
    plain = written(root, small, WORK)["index.html"].read_text(encoding="utf-8")
    small.edit("waves.toml", "[waves.2013]\n", "[waves.2013]\nmade_up = true\n")
    assert written(root, small, WORK)["index.html"].read_text(encoding="utf-8") != plain
