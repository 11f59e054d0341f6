"""Figures as a table, with the names that readers see."""

import pandas as pd


def test_parts_of_a_key_stand_beside_their_names(small):
    frame = small.load(language="en").select("share.no", "grade@theme=work", waves="all").frame
    assert list(frame["wave_label"]) == ["2010", "2014", "2014"]
    assert list(frame["indicator_label"]) == ["answer", "answer", "grade"]
    assert list(frame["category_label"]) == ["no", "no", ""]
    assert list(frame["segment_label"]) == ["", "", "work"]
    assert set(frame["population_label"]) == {"everyone"}
    assert list(frame["text"]) == ["80%", "70%", "7.0"]
    assert list(frame["date"]) == [pd.Timestamp(day) for day in ("2010-01-01", "2014-01-01", "2014-01-01")]


def test_a_selection_of_nothing_has_the_same_columns(loaded):
    figures = loaded.select("grade")
    assert list(type(figures)(loaded, ()).frame.columns) == list(figures.frame.columns)


def test_a_notebook_shows_what_readers_see_of_a_selection(loaded):
    html = loaded.select("grade@theme=work")._repr_html_()
    assert "werk" in html
    assert "ci_low" not in html


def test_a_stretch_ends_where_nothing_is_known_and_at_a_full_break(small):
    frame = small.load(language="en").select("share", "grade", waves="all").frame
    assert list(frame[frame["category"] == "no"]["stretch"]) == [1, 2]  # nothing is known of 2013
    assert list(frame[frame["category"] == "yes"]["stretch"]) == [1, 1, 1]
    small.edit("waves.toml", 'kind = "noted"', 'kind = "full"')
    frame = small.load(language="en").select("grade", waves="all").frame
    assert list(frame["stretch"]) == [1, 1, 2]
