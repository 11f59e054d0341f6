import datetime

import polars as pl
import pytest

from wavebook.core.moments import CLOCK, COMPACT, FORMATS, ISO, Format, format_of, is_year, looks_like_moment

DAY = datetime.datetime(2016, 10, 5)


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_every_format_is_found_by_its_own_name(form):
    assert format_of(str(form)) == form


@pytest.mark.parametrize("name", ["dd-mm-yy", "dd.yyyy", "", "day"])
def test_what_names_no_format_is_refused(name):
    with pytest.raises(ValueError, match="is not a format for dates or times"):
        format_of(name)


@pytest.mark.parametrize(
    ("form", "text", "start", "length"),
    [
        (Format("dmy", "-"), "5-10-2016", DAY, datetime.timedelta(days=1)),
        (Format("mdy", "/"), "10/05/2016 5:30 PM", DAY.replace(hour=17, minute=30), datetime.timedelta(minutes=1)),
        (Format("dmy", " "), "5 okt. 2016", DAY, datetime.timedelta(days=1)),
        (ISO, "2016-10-05T17:30:10Z", DAY.replace(hour=17, minute=30, second=10), datetime.timedelta(seconds=1)),
        (Format("ym", "-"), "2016-02", datetime.datetime(2016, 2, 1), datetime.timedelta(days=29)),
        (COMPACT, "20161005", DAY, datetime.timedelta(days=1)),
        (CLOCK, "25:10", datetime.timedelta(hours=25, minutes=10), datetime.timedelta(minutes=1)),
    ],
)
def test_a_text_names_all_of_a_day_a_month_or_a_minute(form, text, start, length):
    assert form.ends(text) == (start, start + length - datetime.timedelta(microseconds=1))
    column = pl.DataFrame({"t": [text, "?"]}).select(form.moment(pl.col("t"))).to_series().to_list()
    assert column == [start, None]


@pytest.mark.parametrize("text", ["2016-13-01", "31-02-2016", "5-10-16", "05-10-2016 24:00"])
def test_what_is_no_moment_has_no_ends(text):
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds
        Format("dmy", "-").ends(text)


def test_a_range_may_be_written_as_the_column_is_or_as_iso_and_has_two_ends_in_order():
    form = Format("dmy", "-")
    assert form.span("5-10-2016..") == (DAY, datetime.datetime.max)
    assert form.span("2016-10-05..2016") == (DAY, datetime.datetime(2016, 12, 31, 23, 59, 59, 999999))
    assert form.span("1..5") == (1.0, 5.0)
    with pytest.raises(ValueError, match="ends before it begins"):
        form.span("6-10-2016..5-10-2016")
    with pytest.raises(ValueError, match="ends before it begins"):
        CLOCK.span("17:00..9:00")


@pytest.mark.parametrize(("text", "moment"), [("5-10-2016", True), ("17:30", True), ("2016-10", True), ("12", False)])
def test_a_date_or_time_is_known_from_afar(text, moment):
    assert looks_like_moment(text) is moment


def test_a_year_has_four_digits():
    assert is_year(" 2016 ")
    assert not is_year("16")
