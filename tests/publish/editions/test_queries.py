"""Queries for editions: what they name, and what is said of those that name nothing."""

from __future__ import annotations

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.definitions import load_definitions
from wavebook.publish.editions import queries


def asked(small, *texts, **defaults):
    d = load_definitions(small.root)
    return [item.slug for item in queries.chosen(d, queries.asked(texts, defaults))]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("theme=*", ["2014-theme-work", "2014-theme-school"]),
        ("theme", ["2014-theme-work", "2014-theme-school"]),
        ("theme=w*", ["2014-theme-work"]),
        ("theme=work,theme=school", ["2014-theme-work", "2014-theme-school"]),
        ("theme=work,wave=2013", ["2013-theme-work"]),
        ("wave=201[34]", ["2013", "2014"]),
        ("population=*", ["2014", "2014-population-citizens"]),
        ("population", ["2014", "2014-population-citizens"]),
        ("population=citizens,theme=work", ["2014-population-citizens-theme-work"]),
        ("wave=2014,baseline=2013", ["2014-since-2013"]),
        ("language=nl", ["2014"]),
    ],
)
def test_a_query_names_editions(small, query, slugs):
    assert asked(small, query) == slugs


def test_a_wave_in_preparation_has_no_edition_unless_it_is_named(small):
    small.edit("waves.toml", "[waves.2013]\n", "[waves.2013]\npublished = true\n")
    assert asked(small, "theme=work") == ["2013-theme-work"]
    assert asked(small, "wave=*,baseline=2010")[-1] == "2013"
    assert asked(small, "wave=2014") == ["2014"]


def test_queries_are_joined_and_each_edition_is_made_once(small):
    assert asked(small, "theme=work", "theme=*") == ["2014-theme-work", "2014-theme-school"]
    assert asked(small, "theme=work", waves="2013") == ["2013-theme-work"]


def test_a_file_lists_queries(small, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[editions]]\nsegment = "theme=*"\nwaves = [2013, 2014]\nbaseline = 2010\nlanguages = ["nl"]\n'
        '[[editions]]\npopulation = "citizens"\n'
    )
    segments = [f"{wave}-theme-{theme}" for wave in ("2013", "2014") for theme in ("work", "school")]
    assert asked(small, str(path)) == [*segments, "2014-population-citizens"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("theme=wrok", "segment 'theme=wrok' is not known.\n     The nearest is theme=work."),
        ("thema", "segment 'thema=*' is not known.\n     The nearest is theme="),
        ("population=citizen", "population 'citizen' is not known.\n     The nearest is citizens."),
        ("wave=2015", "wave '2015' is not known"),
        ("wave=2013,baseline=2013", "baseline 2013 does not come before wave 2013"),
        ("language=en", "has no pages in nl"),
        ("language=fr", "language 'fr' is not known"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(small, query, found):
    with pytest.raises(ProblemsError) as caught:
        asked(small, query)
    assert f"W501 query '{query}': {found}" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [("[[editions]]\nsegments = 'x'", "W203"), ("editions = 3", "W203"), ("", "W203"), ("[[", "W202")],
)
def test_a_file_that_is_no_list_of_editions_is_refused(tmp_path, text, code):
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(ProblemsError) as caught:
        queries.asked([str(path)], {})
    assert [p.code for p in caught.value.problems] == [code]
