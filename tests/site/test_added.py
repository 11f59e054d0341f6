"""Files that an editor adds to the site as they are: none takes the place of what the site makes."""

from types import SimpleNamespace

import pytest

from wavebook.core import marker
from wavebook.site import added


@pytest.fixture
def root(tmp_path):
    """A book with a page, a page in a folder, and the figures of a wave."""
    for name in ("book/welcome.md", "book/story/one.md", "book/extra/notes.md", "data/figures/2014.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return tmp_path


def add(root, *names):
    for name in names:
        path = root / "book" / "extra" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", encoding="utf-8")
    return [*added.taken(root, root / "book", ["extra"])]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "welcome.html",
            "story/mine.txt",
            "2014/mine.txt",
            "nl/mine.txt",
            "404.html",
            "search.html",
            "searchindex.js",
        ),
        *("_static/house-style.css", "data/mine.csv", "charts/mine.svg", "SHA256SUMS", "edition.json", ".wavebook"),
        *(".git/HEAD", "citation.bib", "feed.xml"),
    ],
)
def test_a_name_that_the_site_has_itself_is_refused(root, name):
    (found,) = add(root, name)
    assert (found.code, found.place) == ("W537", "_config.yml, html_extra_path")
    assert name in found.found


@pytest.mark.parametrize(
    "name",
    ["CNAME", ".nojekyll", ".well-known/security.txt", "robots.txt", "sitemap.xml", "google1a2b.html", "v2/old.html"],
)
def test_any_other_name_is_free(root, name):
    assert add(root, name) == []


def test_of_many_the_first_are_named(root):
    (found,) = add(root, *(f"data/{n}.csv" for n in range(8)))
    assert found.found.endswith("data/4.csv and 3 more")


def test_what_is_added_no_longer_goes_and_what_the_site_makes_stays(root, tmp_path):
    """Also where an earlier version let an editor add to what the site makes."""
    site = tmp_path / "site"
    for name in ("index.html", "_static/wavebook.css", "old/a.txt", "CNAME"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("x", encoding="utf-8")
    marker.write(site, marker.SITE, added={"_static", "old", "CNAME"})
    add(root, "CNAME")
    config = SimpleNamespace(html_extra_path=["extra"])
    added.forget(SimpleNamespace(outdir=str(site), confdir=str(root / "book"), config=config))
    assert sorted(path.name for path in site.iterdir()) == [".wavebook", "CNAME", "_static", "index.html"]
