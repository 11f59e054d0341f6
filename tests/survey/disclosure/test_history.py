import json

import pandas as pd
import polars as pl
import pytest

from wavebook.core.problems import ProblemsError
from wavebook.figures import COLUMNS, KEY_COLUMNS
from wavebook.survey.disclosure.history import History, anew, fingerprint


def table(*values, weight=1.0, n=50.0):
    """Rows of everyone with these values, suppressed where there is none."""
    rows = [
        {"wave": "2016", "indicator": f"i{k}", "population": "", "segment_by": "", "segment": "", "category": ""}
        | {"value": 5.0 if value is None else value, "unit": "grade", "n": n}
        | {"status": "suppressed" if value is None else "estimated", "source": "s", "locator": "l", "why": ""}
        | {
            "printed": value,
            "half": 0.05,
            "weight": weight * n,
            "n_cell": None,
            "answers": 5.0 * n,
            "squares": 30.0 * n,
        }
        for k, value in enumerate(values)
    ]
    return pd.DataFrame(rows).reindex(
        columns=[*COLUMNS, "why", "n_cell", "weight", "answers", "squares", "printed", "half"]
    )


def kept(tmp_path, *editions):
    """A history with these editions: (table, published)."""
    path = tmp_path / "2016.json"
    for rows, published in editions:
        text = History.read(path).with_edition(rows, published=published)
        path.write_text(json.dumps({"editions": text}))
    return History.read(path)


def test_without_a_report_nothing_was_public(tmp_path):
    history = History.read(tmp_path / "2016.json")
    assert history.rows.empty
    before = table(5.0)
    assert history.known(before, before) is before


@pytest.mark.parametrize("content", ["[", '{"editions": "a,b\\n1,2"}', '{"editions": 3}', "[]"])
def test_what_is_no_history_is_refused(tmp_path, content):
    path = tmp_path / "2016.json"
    path.write_text(content)
    with pytest.raises(ProblemsError, match="W192"):
        History.read(path)


def test_a_draft_takes_the_place_of_a_draft_and_never_of_what_was_public(tmp_path):
    drafts = kept(tmp_path, (table(5.0), False), (table(6.0), False))
    assert drafts.rows[["edition", "public", "value"]].to_numpy().tolist() == [[1, 0, 6.0]]
    public = kept(tmp_path, (table(6.0), True), (table(7.0), False))
    assert public.rows[["public", "value"]].to_numpy().tolist() == [[1, 6.0], [0, 7.0]]


def test_the_same_table_published_again_is_no_new_edition(tmp_path):
    again = kept(tmp_path, (table(6.0), True), (table(6.0), True))
    assert set(again.rows["edition"]) == {1}
    other = kept(tmp_path, (table(6.1), True))
    assert set(other.rows["edition"]) == {1, 2}
    assert other.last["value"].to_list() == [6.1]


def test_the_edition_behind_a_public_table_is_the_newest_that_printed_it(tmp_path):
    history = kept(tmp_path, (table(6.0, None), True), (table(6.1, None), True))
    assert history.behind(table(6.0, None))["value"].to_list() == [6.0, 5.0]
    assert history.behind(table(6.2, None)) is None


def test_readers_know_what_was_shown_at_any_time(tmp_path):
    history = kept(tmp_path, (table(6.0, 7.0), True), (table(6.1, None), True))
    now = table(6.1, None)
    known = history.known(now, now).set_index("indicator")["value"]
    assert known.to_dict() == {"i0": 6.1, "i1": 7.0}


def test_weights_of_the_past_are_on_the_scale_of_the_present(tmp_path):
    history = kept(tmp_path, (table(6.0), True))
    after = table(6.0, weight=3.0)
    assert history.known(table(6.0), after)["weight"].to_list() == [150.0]
    assert "weight" not in history.known(table(6.0), after.drop(columns="weight"))


def test_a_fingerprint_is_what_all_answers_and_their_squares_add_up_to():
    rows = table(5.0)
    found = fingerprint(rows, pl.LazyFrame({"i0": [1, 2, None, 3]}), ["i0"])
    assert found[["answers", "squares"]].to_numpy().tolist() == [[6.0, 14.0]]
    segment = fingerprint(rows.assign(segment_by="theme", segment="a"), pl.LazyFrame({"i0": [1]}), ["i0"])
    assert segment["answers"].isna().all()


def test_the_same_answers_weighed_otherwise_are_weighed_anew():
    one = pd.concat([table(5.0), table(5.0).assign(segment_by="theme", segment="a", weight=20.0)])
    assert not anew(one, one)
    assert not anew(one, one.assign(weight=one["weight"] * 2))  # the same on another scale
    assert anew(one, one.assign(weight=[50.0, 21.0]))
    assert anew(one, one.assign(weight=None))
    assert not anew(one, one.assign(weight=[50.0, 21.0], n=51))
    assert not anew(one, one.assign(weight=[50.0, 21.0], squares=1.0))
    assert not anew(one, one.iloc[:1])
    assert list(one[KEY_COLUMNS])
