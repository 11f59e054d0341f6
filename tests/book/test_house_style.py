"""The colours of the book's house style are those of the theme, whose contrasts tests/charts/test_theme.py holds."""

import re

from book import ROOT
from wavebook.core.files import THEME


def colours(path):
    return re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6});", path.read_text(encoding="utf-8"))


def test_the_book_has_the_colours_of_the_theme():
    own = colours(ROOT / "book" / "_static" / "house-style.css")
    assert own == colours(THEME / "static" / "house-style.css")
    assert len(own) > 20
