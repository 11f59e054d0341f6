"""The markup of the built pages is what validators ask; tests/site/test_markup.py plants faults against each rule."""

from markup import faults


def test_every_page_is_valid(site):
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert len(pages) > 40
    assert {name: found for name, text in pages.items() if (found := faults(text))} == {}
