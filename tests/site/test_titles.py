"""Titles that settings give: no figure is typed in one."""

import pytest

from wavebook.site.titles import typed

CONTENTS = {"root": "index", "parts": [{"caption": "Deel 2", "chapters": [{"file": "a", "title": "Bijlage 1"}]}]}


@pytest.mark.parametrize(
    ("settings", "contents", "place", "figure"),
    [
        ({}, {"chapters": [{"file": "a", "title": "Gemiddeld een 6,4"}]}, "_toc.yml", "6,4"),
        ({}, {"parts": [{"caption": "65% tevreden"}]}, "_toc.yml", "65%"),
        ({}, {"chapters": [{"url": "https://x.nl", "title": "Twee derde is blij"}]}, "_toc.yml", "Twee derde"),
        ({"html_title": "Twintig procent"}, CONTENTS, "_config.yml, html_title", "Twintig procent"),
        ({"numfig_format": {"figure": "Cijfer 6,4 %s"}}, CONTENTS, "_config.yml, numfig_format", "6,4"),
    ],
)
def test_a_figure_in_a_title_is_named(settings, contents, place, figure):
    (found,) = typed(settings, contents, "nl", "_config.yml")
    assert (found.code, found.place) == ("W538", place)
    assert f"holds {figure!r}" in found.found


@pytest.mark.parametrize(
    "title", ["Publicatie 2015", "1.2 Inleiding", "Overheid 2.0", "WCAG 2.1", "Top 10", "Bijlage A4"]
)
def test_any_other_number_may_be_in_one(title):
    assert [*typed({"html_title": title, "author": 3}, CONTENTS, "nl", "_config.yml")] == []
