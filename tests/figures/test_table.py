import re

import pandas as pd
import pytest

from wavebook.figures import COLUMNS, AbsentFigureError, figures_of

# name: what is typed in the row on line 2 of 2014 (the grade of everyone), and the one problem that must come of it
WRONG_CELLS = {
    "text for a number": ({"value": "zes"}, "W213 .*csv:2: value is 'zes', not a number"),
    "a decimal comma": ({"value": "6,9"}, "W213 .*csv:2: value is '6,9', not a number"),
    "not a number": ({"value": "NaN"}, "W213 .*csv:2: value is 'NaN', not a number"),
    "infinity": ({"value": "inf"}, "W213 .*csv:2: value is 'inf', not a number"),
    "a number beyond all numbers": ({"n": "1e999"}, "W213 .*csv:2: n is '1e999', not a number"),
    "an infinite error": ({"se": "inf"}, "W213 .*csv:2: se is 'inf', not a number"),
    "a negative error": ({"se": "-0.1"}, "W213 .*csv:2: se is -0.1, which fails"),
    "a mark for thousands": ({"n": "1.000"}, "W213 .*csv:2: n is '1.000', not digits alone"),
    "a comma for thousands": ({"n": "1,000"}, "W213 .*csv:2: n is '1,000', not a number"),
    "a blank for thousands": ({"n": "1 000"}, "W213 .*csv:2: n is '1 000', not a number"),
    "a number as a spreadsheet shortens it": ({"n": "1e3"}, "W213 .*csv:2: n is '1e3', not digits alone"),
    "another such number": ({"n": "1.2E+03"}, "W213 .*csv:2: n is '1.2E\\+03', not digits alone"),
    "two noughts behind the point": ({"n": "1.00"}, "W213 .*csv:2: n is '1.00', not digits alone"),
    "an effective number with such a mark": (
        {"n": "1400", "n_effective": "1.234"},
        "W213 .*csv:2: n_effective is '1.234', whose point may be for thousands",
    ),
    "an effective number of nobody knows how many": (
        {"n_effective": "812.345"},
        "W213 .*csv:2: n_effective is '812.345', whose point may be for thousands",
    ),
    "half a respondent": ({"n": "10.5"}, "W213 .*csv:2: n is 10.5, which fails whole"),
    "a value out of range": ({"value": "11"}, "W213 .*csv:2: value 11 is outside 1–10 for a grade"),
    "no value": ({"value": ""}, "W213 .*csv:2: value is empty"),
    "an interval back to front": ({"ci_low": "7.5", "ci_high": "6.5"}, "W213 .*csv:2: value lies outside"),
    "an interval beside the value": ({"ci_low": "7.0", "ci_high": "7.5"}, "W213 .*csv:2: value lies outside"),
    "half an interval": ({"ci_low": "6.5"}, "W213 .*csv:2: only one end"),
    "a number in a suppressed row": ({"status": "suppressed"}, "W213 .*csv:2: is suppressed and still holds"),
    "an interval in a suppressed row": (
        {"status": "suppressed", "value": "", "ci_low": "6", "ci_high": "7"},
        "W213 .*csv:2: is suppressed and still holds",
    ),
    "a status that does not exist": ({"status": "final"}, "W213 .*csv:2: status is 'final', which fails"),
    "another wave": ({"wave": "2013"}, "W213 .*csv:2: wave is '2013'"),
    "half a wave": ({"wave": "2014.5"}, "W213 .*csv:2: wave is '2014.5'"),
    "no wave": ({"wave": ""}, "W213 .*csv:2: wave is ''"),
    "the unit of another indicator": ({"unit": "percent"}, "W213 .*csv:2: unit is percent, not grade"),
    "a unit that does not exist": ({"unit": "points"}, "W213 .*csv:2: unit is points, not grade"),
    "no locator": ({"locator": " "}, "W213 .*csv:2: locator is empty"),
    "half a segment": ({"segment_by": "theme"}, "W213 .*csv:2: segment_by and segment are not both"),
    "an indicator that is not declared": ({"indicator": "grad"}, "W214 .*csv:2: indicator 'grad' .*nearest is grade"),
    "a population that is not declared": ({"population": "totl"}, "W214 .*csv:2: .*'totl' .*nearest is total"),
    "no population": ({"population": ""}, "W214 .*csv:2: population is empty, and this book declares some"),
    "a source that is not declared": ({"source": "raport"}, "W214 .*csv:2: .*'raport' .*nearest is report"),
    "a category of no indicator": ({"category": "yes"}, "W214 .*csv:2: category 'yes' is not declared for grade"),
    "a segment that is not declared": (
        {"segment_by": "theme", "segment": "sport"},
        "W214 .*csv:2: segment theme=sport is not declared",
    ),
    "a breakdown that is not declared": (
        {"segment_by": "thema", "segment": "work"},
        "W214 .*csv:2: segment thema=work is not declared",
    ),
    "a figure that stands there already": (
        {"population": "citizens"},
        "W215 .*csv:5: this figure is in the file twice",
    ),
}


@pytest.mark.parametrize(
    ("cells", "n", "effective"),
    [
        ({"n": "1000"}, 1000, None),
        ({"n": "1399.0"}, 1399, None),  # as pandas writes it
        ({"n": "1400", "n_effective": "812.345"}, 1400, 812.345),
        ({"n": "1400", "n_effective": "1234"}, 1400, 1234),
        ({"n": "14", "n_effective": "1.234"}, 14, 1.234),
        ({"value": "6.850"}, None, None),
    ],
)
def test_a_number_without_doubt_is_read_as_it_stands(small, cells, n, effective):
    small.row("2014", 2, **cells)
    figure = small.load()["grade"]
    assert (figure.n, figure.n_effective) == (n, effective)


@pytest.mark.parametrize(("status", "refused"), [("published", True), ("provisional", True), ("estimated", False)])
def test_a_count_with_a_point_before_three_digits_is_doubtful_unless_it_was_estimated(small, status, refused):
    small.edit("indicators.toml", 'unit = "grade"', 'unit = "count"')
    for wave, lines in (("2010", [2]), ("2013", [2]), ("2014", [2, 3, 4, 5])):
        for line in lines:
            small.row(wave, line, unit="count")
    small.row("2014", 2, value="1.234", status=status)
    if refused:
        found = "value is '1.234', whose point may be for thousands"
        assert small.problems() == [f"W213 data/figures/2014.csv:2: {found}"]
    else:
        assert small.load()["grade"].value == 1.234


@pytest.mark.parametrize("name", WRONG_CELLS)
def test_a_fault_in_a_cell_is_one_problem_with_file_and_line(small, name):
    cells, expected = WRONG_CELLS[name]
    small.row("2014", 2, **cells)
    found = small.problems()
    assert [bool(re.match(expected, problem)) for problem in found] == [True], found
    assert "data/figures/2014.csv:" in found[0]


def test_a_category_that_an_indicator_needs_must_be_there(small):
    small.row("2014", 6, category="")
    assert small.problems() == ["W214 data/figures/2014.csv:6: category '' is not declared for share"]


def test_all_faults_of_all_tables_are_listed_at_once(small):
    small.row("2010", 2, value="zes")
    small.row("2014", 2, source="raport", unit="points")
    small.row("2014", 3, value="99")
    small.path("figures/2013.csv").unlink()
    codes = [problem.split(": ")[0] for problem in small.problems()]
    assert codes == [
        "W213 data/figures/2010.csv:2",
        "W211 data/figures/2013.csv",
        "W213 data/figures/2014.csv:2",
        "W214 data/figures/2014.csv:2",
        "W213 data/figures/2014.csv:3",
    ]


def test_lines_are_counted_as_an_editor_shows_them(small):
    text = small.path("figures/2014.csv").read_text().replace("6.9,grade", "zes,grade")
    header, rest = text.split("\n", 1)
    small.write("figures/2014.csv", f"{header}\n\n,,,,,,,,,,,,,,,\n{rest}")
    assert small.problems() == ["W213 data/figures/2014.csv:4: value is 'zes', not a number"]


def test_a_cell_of_two_lines_counts_as_two(small):
    small.row("2014", 2, locator="page 1,\nfigure 2")
    small.row("2014", 3, value="zes")
    assert small.problems() == ["W213 data/figures/2014.csv:4: value is 'zes', not a number"]


HEADERS = {
    "a column too few": ("ci_low,", "", ["W212 data/figures/2014.csv: column ci_low is missing"]),
    "a column too many": (
        "locator\n",
        "locator,remark\n",
        ["W212 data/figures/2014.csv: column 'remark' is not known"],
    ),
    "a column of another name": (
        ",se,",
        ",error,",
        [
            "W212 data/figures/2014.csv: column 'error' is not known",
            "W212 data/figures/2014.csv: column se is missing",
        ],
    ),
    "a column twice": (
        "ci_high",
        "ci_high,ci_high",
        ["W212 data/figures/2014.csv: column ci_high is there twice"],
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_wrong_header_names_the_column(small, name):
    old, new, expected = HEADERS[name]
    small.edit("figures/2014.csv", old, new)
    assert small.problems() == expected


def rows_of(small, change):
    header, *rows = small.path("figures/2014.csv").read_bytes().splitlines()
    return b"\n".join([header, *map(change, rows)])


@pytest.mark.parametrize("change", ["mark", "line ends", "old line ends", "no last line end", "quotes", "blank lines"])
def test_files_that_a_spreadsheet_saved_are_read_as_they_are(small, change):
    content = small.path("figures/2014.csv").read_bytes()
    small.write(
        "figures/2014.csv",
        {
            "mark": b"\xef\xbb\xbf" + content,
            "line ends": content.replace(b"\n", b"\r\n"),
            "old line ends": content.replace(b"\n", b"\r"),
            "no last line end": content.rstrip(),
            "quotes": content.replace(b"report", b'"report"'),
            "blank lines": content.replace(b"\n", b"\n\n"),
        }[change],
    )
    assert small.load()["grade"].value == 6.9
    assert len(small.load()) == 12


UNREADABLE = {
    "semicolons": (lambda b: b.replace(b",", b";"), "W212 data/figures/2014.csv: has ';' between its cells"),
    "tabs": (lambda b: b.replace(b",", b"\t"), "W212 data/figures/2014.csv: has .* between its cells"),
    "Latin-1": (lambda b: b.replace(b"page", b"p\xe9ge", 1), "W212 data/figures/2014.csv:2: is not UTF-8"),
    "UTF-16": (lambda b: b.decode().encode("utf-16"), "W212 data/figures/2014.csv:1: is not UTF-8"),
    "nothing": (lambda b: b"", "W212 data/figures/2014.csv: is empty"),
    "a header only": (lambda b: b.splitlines()[0], "W211 data/figures/2014.csv: holds no figure"),
    "a cell too many": (
        lambda b: b.replace(b"report,page 1", b"report,page 1,x", 1),
        "W212 data/figures/2014.csv:2: has 17 cells, and the header 16",
    ),
    "a cell too few": (
        lambda b: b.replace(b",report,page 1", b",report", 1),
        "W212 data/figures/2014.csv:2: has 15 cells, and the header 16",
    ),
    "a quote that never ends": (
        lambda b: b.replace(b"page 1", b'"page 1', 1),
        "W212 data/figures/2014.csv:2: cannot be read as CSV",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_such_table_is_one_problem(small, name):
    change, expected = UNREADABLE[name]
    small.write("figures/2014.csv", change(small.path("figures/2014.csv").read_bytes()))
    found = small.problems()
    assert [bool(re.match(expected, problem)) for problem in found] == [True], found


def test_a_cell_too_many_in_every_row_does_not_shift_the_columns(small):
    small.write("figures/2014.csv", rows_of(small, lambda row: row + b","))
    assert [problem.split(": ")[1] for problem in small.problems()] == ["has 17 cells, and the header 16"] * 7


def test_a_wave_without_a_table_is_a_problem(small):
    small.path("figures/2013.csv").unlink()
    assert small.problems() == ["W211 data/figures/2013.csv: the file is missing"]


def test_a_table_without_a_wave_is_one_problem_however_many_rows_it_has(small):
    small.write("figures/2011.csv", small.path("figures/2010.csv").read_bytes())
    assert small.problems() == ["W211 data/figures/2011.csv: belongs to no declared wave"]


def test_a_folder_in_place_of_a_table_is_a_problem(small):
    small.path("figures/2013.csv").unlink()
    small.path("figures/2013.csv").mkdir()
    assert small.problems() == ["W212 data/figures/2013.csv: cannot be read: is not a regular file"]


@pytest.mark.parametrize(
    ("declared", "place"),
    [
        ('[populations.firms]\nnl = "x"\nen = "x"', "populations.firms"),
        ('[segments.theme.values.care]\nnl = "x"\nen = "x"', "segments.theme.values.care"),
        ('[indicators.share.categories.often]\nnl = "x"\nen = "x"', "indicators.share.categories.often"),
        (
            '[indicators.other]\nunit = "count"\ndecimals = 0\nbase = "people"\n'
            'name.nl = "x"\nname.en = "x"\ndefinition.nl = "x"\ndefinition.en = "x"',
            "indicators.other",
        ),
    ],
)
def test_what_is_declared_and_used_by_no_figure_is_a_problem(small, declared, place):
    small.write("indicators.toml", small.path("indicators.toml").read_text() + declared + "\n")
    assert [problem.split(":")[0] for problem in small.problems()] == [f"W205 data/indicators.toml, {place}"]


def test_numbers_the_source_does_not_give_are_none(loaded):
    figure = loaded["grade"]
    assert (figure.n, figure.n_effective, figure.se, figure.ci_low, figure.ci_high) == (None,) * 5


def test_numbers_the_source_gives_are_read(small):
    small.row("2014", 2, n="1200", n_effective="980.5", se="0.05", ci_low="6.8", ci_high="7.0")
    figure = small.load()["grade"]
    assert (figure.n, figure.n_effective, figure.se, figure.ci_low, figure.ci_high) == (1200, 980.5, 0.05, 6.8, 7.0)


def test_a_figure_of_too_few_people_is_never_shown_whatever_its_status(small):
    limit = '\n[disclosure]\nminimum_base = 30\ndominance_share = 50\nsource = "us"\n'
    small.write("waves.toml", small.path("waves.toml").read_text(encoding="utf-8") + limit)
    small.row("2014", 2, n="29")
    small.row("2014", 3, n="30")
    figures = small.load()
    with pytest.raises(AbsentFigureError, match="too few respondents"):
        figures["grade"]
    (hidden,) = [f for f in figures if f.key == figures.resolve("grade")]
    assert (hidden.value, hidden.n, hidden.status, hidden.text("nl")) == (None, None, "suppressed", "–")
    assert figures["grade@theme=work"].n == 30


def test_a_table_from_elsewhere_may_say_none_where_a_number_is_not_known(loaded):
    row = dict.fromkeys(COLUMNS) | {"wave": "2014", "indicator": "grade", "value": 6.9, "unit": "grade", "n": None}
    (figure,) = figures_of(pd.DataFrame([row | {"status": "published"}]), loaded.definitions)
    assert (figure.value, figure.n, figure.se, figure.status) == (6.9, None, None, "published")
