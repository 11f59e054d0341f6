import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavebook.claims import rises
from wavebook.core.problems import ProblemsError
from wavebook.figures import AbsentFigureError, Key, MissingFigureError, load, load_table

# --- the table --------------------------------------------------------------------------------------------

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
    "a unit that does not exist": ({"unit": "points"}, "W213 .*csv:2: unit is 'points', which fails"),
    "no locator": ({"locator": " "}, "W213 .*csv:2: locator is empty"),
    "half a segment": ({"segment_by": "theme"}, "W213 .*csv:2: segment_by and segment are not both"),
    "an indicator that is not declared": ({"indicator": "grad"}, "W214 .*csv:2: indicator 'grad' .*nearest is grade"),
    "a population that is not declared": ({"population": "totl"}, "W214 .*csv:2: .*'totl' .*nearest is total"),
    "no population": ({"population": ""}, "W214 .*csv:2: population '' is not declared"),
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
        "W215 .*csv:5: this figure stands in the file twice",
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
    small.row(2014, 2, **cells)
    figure = small.load()["grade"]
    assert (figure.n, figure.n_effective) == (n, effective)


@pytest.mark.parametrize(("status", "refused"), [("published", True), ("provisional", True), ("estimated", False)])
def test_a_count_with_a_point_before_three_digits_is_doubtful_unless_it_was_estimated(small, status, refused):
    small.edit("indicators.toml", 'unit = "grade"', 'unit = "count"')
    for wave, lines in ((2010, [2]), (2013, [2]), (2014, [2, 3, 4, 5])):
        for line in lines:
            small.row(wave, line, unit="count")
    small.row(2014, 2, value="1.234", status=status)
    if refused:
        found = "value is '1.234', whose point may be for thousands"
        assert small.problems() == [f"W213 data/figures/2014.csv:2: {found}"]
    else:
        assert small.load()["grade"].value == 1.234


@pytest.mark.parametrize("name", WRONG_CELLS)
def test_a_fault_in_a_cell_is_one_problem_with_file_and_line(small, name):
    cells, expected = WRONG_CELLS[name]
    small.row(2014, 2, **cells)
    found = small.problems()
    assert [bool(re.match(expected, problem)) for problem in found] == [True], found
    assert "data/figures/2014.csv:" in found[0]


def test_a_category_that_an_indicator_needs_must_be_there(small):
    small.row(2014, 6, category="")
    assert small.problems() == ["W214 data/figures/2014.csv:6: category '' is not declared for share"]


def test_all_faults_of_all_tables_are_listed_at_once(small):
    small.row(2010, 2, value="zes")
    small.row(2014, 2, source="raport", unit="points")
    small.row(2014, 3, value="99")
    small.path("figures/2013.csv").unlink()
    codes = [problem.split(": ")[0] for problem in small.problems()]
    assert codes == [
        "W211 data/figures/2013.csv",
        "W213 data/figures/2010.csv:2",
        "W213 data/figures/2014.csv:2",
        "W213 data/figures/2014.csv:3",
        "W214 data/figures/2014.csv:2",
    ]


def test_lines_are_counted_as_an_editor_shows_them(small):
    text = small.path("figures/2014.csv").read_text().replace("6.9,grade", "zes,grade")
    header, rest = text.split("\n", 1)
    small.write("figures/2014.csv", f"{header}\n\n,,,,,,,,,,,,,,,\n{rest}")
    assert small.problems() == ["W213 data/figures/2014.csv:4: value is 'zes', not a number"]


def test_a_cell_of_two_lines_counts_as_two(small):
    small.row(2014, 2, locator="page 1,\nfigure 2")
    small.row(2014, 3, value="zes")
    assert small.problems() == ["W213 data/figures/2014.csv:4: value is 'zes', not a number"]


def test_a_table_that_is_saved_while_it_is_read_is_not_taken_for_what_it_was_before(small, monkeypatch):
    table = small.path("figures/2014.csv")
    before = table.read_bytes()

    def saved_first(*arguments):
        small.row(2014, 2, value="6.5")
        return load_table(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr("wavebook.figures.figures.load_table", saved_first)
        assert load(small.root)["grade"].value == 6.5
    table.write_bytes(before)
    assert load(small.root)["grade"].value == 6.9


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
        ["W212 data/figures/2014.csv: column ci_high stands there twice"],
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
    assert small.problems() == ["W211 data/figures/2011.csv: is of no declared wave"]


def test_a_folder_in_place_of_a_table_is_a_problem(small):
    small.path("figures/2013.csv").unlink()
    small.path("figures/2013.csv").mkdir()
    assert small.problems() == ["W212 data/figures/2013.csv: cannot be read: is no regular file"]


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
    small.row(2014, 2, n="1200", n_effective="980.5", se="0.05", ci_low="6.8", ci_high="7.0")
    figure = small.load()["grade"]
    assert (figure.n, figure.n_effective, figure.se, figure.ci_low, figure.ci_high) == (1200, 980.5, 0.05, 6.8, 7.0)


def test_the_figures_of_the_book_load_without_a_problem(root):
    assert {figure.key.wave for figure in load(root)} == set(load(root).definitions.waves)


# --- editions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "problem"),
    [
        ({"wave": 2011}, "W501 wave 2011: is not known"),
        ({"baseline": 2009}, "W501 baseline 2009: is not known"),
        ({"wave": 2013, "baseline": 2013}, "W501 baseline 2013: does not come before wave 2013"),
        ({"wave": 2010}, "W501 baseline 2010: does not come before wave 2010"),
        ({"population": "firms"}, "W501 population 'firms': is not known"),
        ({"language": "fy"}, "W501 language 'fy': is not known"),
    ],
)
def test_an_edition_that_cannot_be_is_refused(small, edition, problem):
    assert small.problems(**edition) == [problem]


def test_everything_that_is_wrong_with_an_edition_is_said_at_once(small):
    assert len(small.problems(wave=2011, population="firms", language="fy")) == 3


def test_an_earlier_edition_sees_nothing_of_later_waves(small):
    edition = small.load(wave=2013)
    assert edition["grade"].value == 6.8
    assert {figure.key.wave for figure in edition} == {2010, 2013}
    assert [figure.value for figure in edition.series("grade")] == [6.7, 6.8]
    assert [key.wave for key in edition.select("grade", waves="all").keys] == [2010, 2013]
    with pytest.raises(MissingFigureError, match=r"grade has 2010, 2013$"):
        edition["grade@2014"]


# --- keys -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("grade", 6.9),
        (" grade ", 6.9),
        ("grade@wave", 6.9),
        ("grade@2014", 6.9),
        ("grade@baseline", 6.7),
        ("grade@previous", 6.8),
        ("grade@2010", 6.7),
        ("grade@theme=work", 7.0),
        ("grade@theme=work,2014", 7.0),
        ("grade@2014,theme=work", 7.0),
        ("grade@ theme = work , wave", 7.0),
        ("grade@population=citizens", 6.8),
        ("share.yes", 14),
        ("share.yes@2013", 17),
    ],
)
def test_a_key_names_one_figure(loaded, text, value):
    assert loaded[text].value == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not a key"),
        ("Grade", "is not a key"),
        ("grade.", "is not a key"),
        ("grade@", "is not a key"),
        ("grade@2014@2013", "is not a key"),
        ("grade 2014", "is not a key"),
        ("grade@2011", "there is no wave 2011; the waves are wave, baseline, previous, 2010, 2013, 2014"),
        ("grade@next", "there is no wave next"),
        ("grade@2013,2014", "names more than one wave"),
        ("grade@theme=work,theme=school", "names more than one segment"),
        ("grade@population=total,population=citizens", "names more than one population"),
        ("grad", "there is no figure grad@2014; the nearest is grade@2014"),
        ("share.yess@2010", "the nearest is share.yes@2010"),
        ("grade@theme=wrok", "the nearest is grade@theme=work,2014"),
        ("share", "there is no figure share@2014; the nearest is share"),
        ("share.maybe@2010", r"there is no figure share.maybe@2010; share.maybe has 2014"),
        ("grade@theme=school", "grade@theme=school,2014 is suppressed: too few respondents"),
    ],
)
def test_a_key_of_no_figure_says_what_is_wrong_and_what_is_nearest(loaded, text, message):
    with pytest.raises(MissingFigureError, match=message):
        loaded[text]


def test_before_the_first_wave_there_is_no_previous_one(small):
    edition = small.load()
    edition.wave = 2010
    with pytest.raises(MissingFigureError, match="there is no wave before 2010"):
        edition["grade@previous"]


def test_the_population_of_the_edition_is_meant_unless_a_key_says_otherwise(small):
    edition = small.load(population="citizens")
    assert edition["grade"].value == 6.8
    assert edition["grade@population=total"].value == 6.9


def test_a_selection_gives_its_own_figures_in_an_edition_for_others(small):
    edition = small.load(population="citizens")
    assert [figure.value for figure in edition.select("grade@population=total")] == [6.9]


@given(
    st.builds(
        Key,
        st.sampled_from([2010, 2013, 2014]),
        st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
        st.sampled_from(["total", "citizens"]),
        st.just("theme"),
        st.sampled_from(["work", "school"]),
        st.from_regex(r"([a-z0-9_]{1,9})?", fullmatch=True),
    )
)
def test_a_key_written_out_means_itself(figures, key):
    assert figures.resolve(str(key)) == key


@pytest.fixture(scope="module")
def figures(root):
    return load(root)


def test_every_figure_of_the_book_is_found_by_its_written_key(figures):
    assert all(figures[str(figure.key)] is figure for figure in figures)


def test_every_figure_of_the_book_has_a_place_of_its_own_on_the_data_page(figures):
    anchors = [figure.key.anchor for figure in figures]
    assert len(set(anchors)) == len(anchors)


# --- changes, series and selections -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "waves"),
    [
        ("grade", (2010, 2014)),
        ("grade@2010..2013", (2010, 2013)),
        ("grade@previous..wave", (2013, 2014)),
        ("grade@ 2010 .. 2013 ", (2010, 2013)),
    ],
)
def test_a_change_runs_from_its_first_wave_to_its_last(loaded, text, waves):
    assert tuple(figure.key.wave for figure in loaded.between(text)) == waves


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("grade@2014", "is not a change; write key or key@2010..2014"),
        ("grade@2010..2013,2013..2014", "is not a change"),
        ("grade@2014..2010", "is not a change: 2014 does not come before 2010"),
        ("grade@2014..wave", "is not a change: 2014 does not come before 2014"),
        ("grade@2010..2012", "there is no wave 2012"),
        ("share.maybe", "there is no figure share.maybe@2010"),
        ("share.mabye", "share.mabye@2010.*; .*share.mabye@2014"),
    ],
)
def test_what_is_no_change_says_why(loaded, text, message):
    with pytest.raises(MissingFigureError, match=message):
        loaded.between(text)


def test_a_segment_has_a_change_of_its_own(small):
    small.add(2010, indicator="grade", segment_by="theme", segment="work", value="6.0", unit="grade")
    first, last = small.load().between("grade@theme=work")
    assert (first.value, last.value) == (6.0, 7.0)


def test_a_series_runs_through_the_waves_that_have_a_figure(loaded):
    assert [figure.value for figure in loaded.series("share.no")] == [80, 70]


def test_a_series_leaves_suppressed_figures_out(loaded):
    assert loaded.series("grade@theme=school") == []


def keys(selection):
    return [str(key) for key in selection.keys]


def test_a_selection_keeps_the_order_it_was_asked_in(loaded):
    assert keys(loaded.select("share.no", "share.yes", "grade")) == [
        "share.no@2014",
        "share.yes@2014",
        "grade@2014",
    ]


def test_a_key_without_category_takes_all_categories_as_they_are_declared(loaded):
    assert keys(loaded.select("share")) == ["share.yes@2014", "share.no@2014", "share.maybe@2014"]


def test_a_key_without_category_takes_the_categories_that_have_a_figure(loaded):
    assert keys(loaded.select("share@2013")) == ["share.yes@2013"]


def test_all_waves_of_one_category_come_before_those_of_the_next(loaded):
    assert keys(loaded.select("share", waves="all")) == [
        *("share.yes@2010", "share.yes@2013", "share.yes@2014"),
        *("share.no@2010", "share.no@2014"),
        "share.maybe@2014",
    ]


def test_both_waves_are_taken_of_the_categories_that_have_both(loaded):
    assert keys(loaded.select("share", waves="both")) == [
        *("share.yes@2010", "share.yes@2014"),
        *("share.no@2010", "share.no@2014"),
    ]


def test_a_figure_that_lacks_one_of_both_waves_is_named_with_that_wave(loaded):
    with pytest.raises(MissingFigureError) as caught:
        loaded.select("share.maybe", waves="both")
    assert str(caught.value) == "there is no figure share.maybe@2010; share.maybe has 2014"


def test_all_figures_that_a_selection_lacks_are_named_at_once(loaded):
    with pytest.raises(MissingFigureError) as caught:
        loaded.select("grad", "grade", "share.yess", "grade@theme=school", "grade@1999")
    parts = str(caught.value).split("; ")
    assert [part for part in parts if part.startswith("there is no")] == [
        "there is no figure grad@2014",
        "there is no figure share.yess@2014",
        "there is no wave 1999",
    ]
    assert "grade@theme=school,2014 is suppressed: too few respondents to show it" in parts


def test_a_selection_as_a_frame_has_one_row_a_figure_with_its_label(loaded):
    frame = loaded.select("share", "grade@theme=work").frame
    assert list(frame["label"]) == ["ja", "nee", "misschien", "werk"]
    assert list(frame["value"]) == [14, 70, 16, 7.0]


def test_labels_are_in_the_language_of_the_edition(small):
    frame = small.load(language="en").select("share.no", "grade@theme=work", "grade").frame
    assert list(frame["label"]) == ["no", "work", "grade"]


def test_a_line_through_a_break_knows_it(loaded):
    edition = loaded
    assert [b.start for b in edition.breaks(edition.select("grade", waves="all").keys)] == [2013]
    assert edition.breaks(edition.select("grade").keys) == []


def test_a_source_line_names_each_source_once_with_its_places(small):
    small.row(2014, 6, locator="page 9")
    edition = small.load()
    assert edition.sources(edition.select("grade", "share").keys) == ["Jansen, 2015 (page 1; page 9)"]


def test_a_suppressed_figure_cannot_be_had_by_any_way(loaded):
    edition = loaded
    small_key = edition.resolve("grade@theme=school")
    for ask in (lambda: edition[small_key], lambda: edition.select("grade@theme=school", waves="all")):
        with pytest.raises(MissingFigureError, match="suppressed"):
            ask()
    assert rises("grade@theme=school").verdict(edition).outcome == "open"


def test_loading_outside_a_book_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProblemsError, match="W201"):
        load()


# --- an edition about a segment ---------------------------------------------------------------------------


def about_work(small, **edition):
    small.edit(
        "indicators.toml",
        "[bases.people]",
        '[bases.questions]\nnl = "vragen"\nen = "questions"\npeople = false\n\n[bases.people]',
    )
    small.edit("indicators.toml", "[indicators.grade]", COUNTED)
    small.add(2014, indicator="asked", value="70", unit="count")
    small.add(2010, indicator="grade", segment_by="theme", segment="work", value="6.5", unit="grade")
    return small.load(segment="theme=work", **edition)


COUNTED = """[indicators.asked]
unit = "count"
decimals = 0
base = "questions"
name.nl = "vragen"
name.en = "questions"
definition.nl = "Aantal vragen"
definition.en = "Number of questions"

[indicators.grade]"""


def test_a_key_means_the_segment_the_edition_is_about(small):
    figures = about_work(small)
    assert (figures["grade"].value, figures["grade@baseline"].value) == (7.0, 6.5)
    assert figures["grade@theme=work,2010"].value == 6.5
    assert [f.value for f in figures.series("grade")] == [6.5, 7.0]


def test_everyone_is_asked_for_by_name(small):
    figures = about_work(small)
    assert figures["grade@everyone"].value == 6.9
    assert [f.value for f in figures.between("grade@everyone,2010..2013")] == [6.7, 6.8]
    assert small.load()["grade@everyone"].value == 6.9  # in other editions it says what goes without saying


def test_no_figure_about_people_is_taken_from_everyone_in_silence(small):
    figures = about_work(small)
    with pytest.raises(AbsentFigureError):
        figures["share.yes"]
    assert figures["asked"].value == 70  # of which there is one for all


def test_other_segments_are_no_part_of_the_edition(small):
    figures = about_work(small)
    assert {f.key.segment for f in figures} == {"", "work"}
    for text in ("grade@theme=school", "grade@everyone,theme=school"):
        with pytest.raises(AbsentFigureError):
            figures[text]


def test_a_misspelt_key_is_not_taken_for_an_absent_figure(small):
    figures = about_work(small)
    for text in ("grad", "share.yess", "share", "grade@population=citizen", "grade@2099"):
        with pytest.raises(MissingFigureError) as caught:
            figures[text]
        assert not isinstance(caught.value, AbsentFigureError), text


def test_a_selection_about_a_segment_holds_what_there_is(small):
    figures = about_work(small)
    assert [f.value for f in figures.select("grade", "share", "share.yes", waves="all")] == [6.5, 7.0]
    assert not figures.select("share").keys
    with pytest.raises(MissingFigureError):
        figures.select("grade", "shar")


def test_what_sets_a_figure_apart_is_told_from_the_edition(small):
    figures = about_work(small)
    own, all_, counted = figures["grade"].key, figures["grade@everyone"].key, figures["asked"].key
    assert [figures.label(key) for key in (own, all_, counted)] == ["cijfer", "iedereen", "vragen"]
    assert [figures.segment_label(key) for key in (own, all_, counted)] == ["werk", "iedereen", ""]
    assert figures.about == "werk"
    assert small.load().about == ""


def test_an_unknown_segment_is_told_with_the_nearest(small):
    (problem,) = small.problems(segment="theme=wrok")
    assert problem.startswith("W501 segment 'theme=wrok'")


def test_a_figure_of_too_few_people_is_never_shown_whatever_its_status(small):
    limit = '\n[disclosure]\nminimum_base = 30\ndominance_share = 50\nsource = "us"\n'
    small.write("waves.toml", small.path("waves.toml").read_text(encoding="utf-8") + limit)
    small.row(2014, 2, n="29")
    small.row(2014, 3, n="30")
    figures = small.load()
    with pytest.raises(AbsentFigureError, match="too few respondents"):
        figures["grade"]
    (hidden,) = [f for f in figures if f.key == figures.resolve("grade")]
    assert (hidden.value, hidden.n, hidden.status, hidden.text("nl")) == (None, None, "suppressed", "–")
    assert figures["grade@theme=work"].n == 30


def test_a_key_is_read_back_from_what_it_prints(loaded):
    for figure in loaded:
        assert Key.read(str(figure.key)) == figure.key
    for text in ("grade", "grade@wave", "grade@theme=work", "grade@a=b,c=d,2014", "", "grade@"):
        with pytest.raises(LookupError):
            Key.read(text)
