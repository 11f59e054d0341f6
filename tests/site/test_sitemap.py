"""The list of all pages for search engines."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from lending import ADDRESS


def test_the_sitemap_lists_every_page_in_both_languages(addressed):
    names = {"": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    urls = ET.parse(addressed / "sitemap.xml").getroot().findall("url", names)
    listed = {url.find("loc", names).text: {a.get("href") for a in url.findall("x:link", names)} for url in urls}
    made = {p.relative_to(addressed).as_posix() for p in addressed.rglob("*.html") if p.stem not in ("search", "404")}
    assert listed.keys() == {f"{ADDRESS}{name}" for name in made}
    assert all(address in pair and len(pair) == 2 for address, pair in listed.items())
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (addressed / "robots.txt").read_text(encoding="utf-8")


def test_a_site_that_lost_its_address_lists_no_pages(addressed):
    moved = addressed.parent / "without"
    assert (moved / "index.html").is_file()
    assert not any((moved / name).exists() for name in ("sitemap.xml", "robots.txt"))
