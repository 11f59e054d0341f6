"""Markup that did not parse; what becomes of it on a whole page is in tests/whole/test_any_markup.py."""

import pytest
from page import Page, book_with

from wavebook.pages.checks import markup
from wavebook.pages.checks.markup import MarkupTransform, unclosed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```python\nx\n```", []),
        ("~~~\n```\n~~~", []),
        ("````md\n```{note}\n````", []),
        (":::{note}\n```\n:::\n```\n:::", [(2, "```"), (4, "```")]),
        (":::{note}\nx", [(1, ":::{note}")]),
        ("x\n:::{note}\n:::{tip}\n:::\n:::", [(3, ":::{tip}"), (5, ":::")]),
        ("::::{note}\n:::{tip}\n::::", [(2, ":::{tip}")]),
        ("```{code-block} md\n:::{note}\n```", []),
        ("`a` en ```b```\n", []),
        ("```a``` is geen blok", []),
    ],
)
def test_a_fence_that_is_left_open_is_found(text, found):
    assert list(unclosed(text.split("\n"))) == found


def test_a_page_names_each_once(loaded, tmp_path):
    text = "# T\n\nEen {value} los,\nen `{value}` als code.\n\n<div>\n\n<!-- noot -->\n\n</div>\n"
    page = Page(book_with(loaded, tmp_path), tmp_path / "book", text)
    page.transformed(MarkupTransform)
    assert page.problems == ["W435 book/index.md:3: '{value}' is printed as it is typed"]
    assert "noot" not in page.document.astext()


def test_no_more_than_a_hundred_signs_of_a_page_are_named(loaded, tmp_path, monkeypatch):
    monkeypatch.setattr(markup, "_TOLD", 3)
    page = Page(book_with(loaded, tmp_path), tmp_path / "book", "# T\n\n" + "Een {value} los.\n\n" * 9)
    page.transformed(MarkupTransform)
    said = "'{value}' is printed as it is typed"
    assert page.problems == [f"W435 book/index.md:{line}: {said}" for line in (3, 5)] + [
        f"W435 book/index.md:7: {said}, and so is more below"
    ]
