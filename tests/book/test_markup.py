"""The markup of the built pages, where browsers forgive what a validator does not."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

EMPTY = {"action", "href", "src", "id", "for"}


class Marked(HTMLParser):
    """The ids of a page, what refers to them, what stands in its figures, and attributes that say nothing."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.named: set[str] = set()
        self.empty: list[str] = []
        self.figures: list[list[str]] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += filter(None, [given.get("id")])
        self.empty += [f"{tag} {name}" for name in EMPTY & given.keys() if not (given[name] or "").strip()]
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget"):
            self.named |= set((given.get(name) or "").split())
        if self._open and self._open[-1] == "figure":
            self.figures[-1].append(tag)
        if tag == "figure":
            self.figures.append([])
        if tag not in ("meta", "link", "br", "img", "input", "hr", "path", "rect", "line", "circle", "use"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass


def pages(site):
    found = {
        path.relative_to(site).as_posix(): Marked(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")
    }
    assert len(found) > 20
    return found


def test_an_id_stands_once_on_a_page_and_what_names_one_finds_it(site):
    for name, page in pages(site).items():
        assert [identity for identity, times in Counter(page.ids).items() if times > 1] == [], name
        assert page.named - set(page.ids) == set(), name


def test_no_attribute_of_the_pages_is_empty_that_may_not_be(site):
    assert {name: page.empty for name, page in pages(site).items() if page.empty} == {}


def test_the_caption_of_a_figure_is_its_first_part(site):
    drawn = [(name, figure) for name, page in pages(site).items() for figure in page.figures]
    assert len(drawn) > 10
    assert [(name, figure) for name, figure in drawn if "figcaption" in figure[1:] or figure[0] != "figcaption"] == []
