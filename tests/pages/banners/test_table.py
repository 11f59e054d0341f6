"""The rows of a table and what stands below them, before they are a sheet."""

import pytest
from bannered import sourced
from by_hand import FULL, made

from wavebook.pages.banners.layout import Layout, Options
from wavebook.pages.banners.letters import Judge
from wavebook.pages.banners.table import TableSheet


def sheet(series, *, since="", **more):
    figures = sourced(made(series, **more))
    layout = Layout(figures, Options(since=since))
    table = next(iter(layout))
    return TableSheet(layout, Judge(figures, layout.options), table)


def whats(table):
    return [line.what and line.what.content for line in table.lines()]


def notes(series, **more):
    return " ".join(sheet(series, **more).notes())


def test_rows_of_which_nothing_is_known_are_left_out():
    assert whats(sheet({"grade": {"2014": 7}})) == ["rapportcijfer (1–10)"]
    known = {"value": 7, "se": 0.1, "n": 50, "n_effective": 40, "ci_low": 6.8, "ci_high": 7.2}
    assert whats(sheet({"grade": {"2014": known}})) == [None, None, "rapportcijfer (1–10)", "95% van", "95% tot"]


@pytest.mark.parametrize(
    ("figure", "told", "not_told"),
    [
        (7, "niet bekend; daarom", "alsof zij"),
        ({"value": 7, "se": 0.1, "n": 50}, "", "niet bekend"),
        (None, "– verborgen", "niet bekend"),
    ],
)
def test_errors_that_are_not_known_are_told(figure, told, not_told):
    found = notes({"grade": {"2014": figure}})
    assert told in found
    assert not_told not in found


@pytest.mark.parametrize(("high", "told"), [(7.02, True), (7.92, False), (None, False)])
def test_that_no_difference_is_shown_is_told_where_groups_were_compared(high, told):
    groups = {"school": 7.01, "work": high}
    cells = {f"grade@theme={name}": {"2014": {"value": v, "se": 0.1, "n": 50}} for name, v in groups.items() if v}
    assert ("geen verschillen aangetoond" in notes(cells)) == told


def test_errors_that_follow_from_numbers_are_told():
    assert "alsof zij aselect waren getrokken" in notes({"share.yes": {"2014": {"value": 20, "n": 400}}})
    assert "Aantal respondenten niet bekend." in notes({"share.yes": {"2014": 20}})


def test_what_is_not_of_people_has_no_number_of_them():
    assert "deelnemers" not in notes({"things": {"2014": 20}})


def test_a_full_break_is_told_and_nothing_compared_across_it():
    series = {"grade": {"2010": 6, "2014": 7}}
    assert len(whats(sheet(series, since="2010"))) == 3
    found = sheet(series, since="2010", breaks=[FULL])
    assert len(whats(found)) == 1
    assert "Niet te vergelijken over 2010–2014: x." in [*found.notes()]


def test_a_status_is_in_the_form_of_its_number():
    (line,) = sheet({"grade": {"2014": {"value": 7, "status": "provisional"}}}).lines()
    assert (line.cells[0].content, line.cells[0].form) == (7.0, '0.0" [v]"')
