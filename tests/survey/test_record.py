"""The table of a wave as it is kept, by hand."""

import csv
import datetime
import stat

import numpy as np
import pandas as pd
import polars as pl
import pytest
from estimates import row, table_of

from wavebook.definitions import REVISIONS
from wavebook.figures import COLUMNS
from wavebook.survey import record
from wavebook.survey.disclosure.worlds import Precision

PLACES = {"grade": 1}


def rounded(more=1, **numbers):
    table = table_of(row(100, numbers.pop("value", 6.8496), **numbers))
    return record.rounded(table, PLACES, {"grade": more}).iloc[0]


def test_a_value_has_the_decimals_that_readers_see_and_as_many_more():
    assert rounded(more=2)["value"] == 6.849  # it reads as 6.8, as the unrounded one does
    assert rounded(more=1)["value"] == 6.84
    assert rounded(more=0)["value"] == 6.8


def test_an_interval_has_one_decimal_more_and_holds_its_value():
    found = rounded(ci_low=6.7449, ci_high=6.9551)
    assert (found["ci_low"], found["ci_high"]) == (6.74, 6.96)
    found = rounded(more=2, value=6.8512, ci_low=6.8551, ci_high=6.8449)
    assert (found["value"], found["ci_low"], found["ci_high"]) == (6.851, 6.851, 6.851)
    assert np.isnan(rounded(ci_low=np.nan)["ci_low"])


@pytest.mark.parametrize(
    ("error", "kept"),
    [(0.12345, 0.12), (0.0125, 0.013), (1.25, 1.3), (12.5, 13), (125.4, 130), (0, 0), (np.nan, np.nan)],
)
def test_an_error_has_two_digits(error, kept):
    assert rounded(se=error)["se"] == pytest.approx(kept, nan_ok=True)


def test_an_effective_number_is_whole():
    assert rounded(n_effective=87.6)["n_effective"] == 88


def table(**values):
    return table_of(*(row(50, value, segment=f"theme={name}") for name, value in values.items()))


def test_figures_that_differ_come_or_go_are_changes_in_order():
    before, after = table(a=6.5, b=7.0, c=np.nan, d=8.0), table(a=6.5, b=7.25, c=6.0, e=5.0)
    assert record.changes(before, after) == [
        ("grade@theme=b,2016", "7", "7.25"),
        ("grade@theme=c,2016", "", "6"),
        ("grade@theme=d,2016", "8", ""),
        ("grade@theme=e,2016", "", "5"),
    ]
    assert record.changes(before, before) == []


def test_the_old_value_of_what_is_suppressed_now_is_not_public():
    after = table(a=np.nan, b=7.0)
    after.loc[0, "status"] = "suppressed"
    changed = [("grade@theme=a,2016", "6.5", ""), ("grade@theme=b,2016", "6.5", "7")]
    assert list(record.public_changes(changed, after)) == [("grade@theme=a,2016", "", ""), changed[1]]


def test_rows_that_were_entered_stay_unless_others_take_their_place():
    entered = table(a=1.0, z=2.0)
    joined = record.with_entered(table(b=3.0, a=4.0), entered)
    assert list(zip(joined["segment"], joined["value"], strict=True)) == [("a", 4), ("b", 3), ("z", 2)]
    assert list(joined.columns) == COLUMNS
    assert record.with_entered(table(b=3.0, a=4.0), None)["segment"].to_list() == ["a", "b"]
    assert len(record.with_entered(table(a=4.0), entered.iloc[:0])) == 1


def test_a_table_is_written_with_its_report_which_its_owner_alone_reads(small):
    made = table(work=6.5).assign(wave="2010", source="report", locator="p. 1")
    definitions = small.load().definitions
    record.write_wave(small.root, "2010", made[COLUMNS], {"a": 1}, [], {}, population="total")
    lines = small.path("figures/2010.csv").read_text().splitlines()
    assert lines == [",".join(COLUMNS), "2010,grade,total,theme,work,,6.5,grade,50,,0.1,,,estimated,report,p. 1"]
    report = small.path("responses/2010.json")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert not small.path("revisions.csv").exists()
    assert record.table_of(small.root, "2010", definitions)["value"].to_list() == [6.5]
    assert record.table_of(small.root, "2009", definitions) is None


def revised(small, *changed):
    reasons = {"nl": "reden", "en": "reason"}
    record.write_wave(small.root, "2010", table(work=6.5)[COLUMNS], {}, list(changed), reasons)
    return list(csv.DictReader(small.path("revisions.csv").open(encoding="utf-8")))


def test_revisions_are_recorded_once_below_earlier_ones(small):
    today = datetime.date.today().isoformat()
    (first,) = revised(small, ("grade@2010", "6.5", "6.6"))
    assert list(first.values())[:5] == [today, "2010", "grade@2010", "6.5", "6.6"]
    assert list(first) == [*REVISIONS, "reason_en"]
    assert (first["reason"], first["reason_en"]) == ("reden", "reason")
    assert len(revised(small, ("grade@2010", "6.5", "6.6"))) == 1  # a run that was stopped
    rows = revised(small, ("grade@2010", "6.6", "6.7"), ("share@2010", "1", "6.6"))
    assert [(row["figure"], row["after"]) for row in rows] == [
        ("grade@2010", "6.6"),
        ("grade@2010", "6.7"),
        ("share@2010", "6.6"),
    ]


def test_all_estimates_are_kept_with_what_was_printed_and_half_its_rounding():
    made, frame = table(a=6.5123, b=7.0), pl.LazyFrame({"grade": [6.0, 7.0]})
    status = made.assign(status=["estimated", "suppressed"])
    result = made.assign(value=[6.51, np.nan])
    why = pd.Series(["", "few"])
    exact = Precision({"grade": 1}, 0, 0)
    found = record.behind(made, status, result, why, PLACES, exact, frame, ["grade"])
    assert found["value"].to_list() == [6.5123, 7.0]
    assert found["printed"].to_list() == pytest.approx([6.51, np.nan], nan_ok=True)
    assert found["half"].to_list() == pytest.approx([0.005, 0.005])
    assert found["status"].to_list() == ["estimated", "suppressed"]
    assert found["weight"].to_list() == [50, 50]  # of equal weights the respondents


def test_estimates_cite_the_file_that_they_are_made_from():
    class Declared:
        source, locator = "bureau", "file"

    found = record.identified(table(a=1.0).drop(columns=["wave", "status", "source", "locator"]), "2018", Declared)
    assert found.loc[0, ["wave", "status", "source", "locator"]].to_list() == ["2018", "estimated", "bureau", "file"]
