"""How two estimates move together, as claims read it from data/correlations/."""

import re

import pytest

from wavebook.figures import Key
from wavebook.figures.correlations import read_correlations

HEADER = "one,other,correlation,within\n"
GRADE, WORK, CITIZENS, BEFORE = "grade@2014", "grade@theme=work,2014", "grade@population=citizens,2014", "grade@2013"


@pytest.fixture
def known(small):
    """The small book, with errors for four grades."""
    for line in (2, 3, 5):
        small.row("2014", line, se="0.1", status="estimated")
    small.row("2013", 2, se="0.1", status="estimated")
    return small


def told(known, *rows, wave="2014"):
    known.write(f"correlations/{wave}.csv", HEADER + "".join(f"{row}\n" for row in rows))
    return known


def between(figures, one, other):
    return figures.correlation(Key.read(one), Key.read(other))


def test_nothing_is_known_without_a_file_and_all_of_itself(known):
    figures = known.load()
    assert between(figures, GRADE, BEFORE) is None
    assert between(figures, GRADE, GRADE) == (1, 1)


def test_an_empty_folder_or_table_tells_nothing(known):
    known.path("correlations").mkdir()
    assert between(known.load(), GRADE, BEFORE) is None
    assert between(told(known).load(), GRADE, BEFORE) is None


def test_a_correlation_lies_within_its_step_whichever_figure_comes_first(known):
    figures = told(known, f'"{GRADE}","{WORK}",0.4,0.05', f"{GRADE},{BEFORE},-0.1,0.1").load()
    assert between(figures, GRADE, WORK) == between(figures, WORK, GRADE) == pytest.approx((0.35, 0.45))
    assert between(figures, BEFORE, GRADE) == pytest.approx((-0.2, 0.0))
    assert between(figures, WORK, CITIZENS) is None


def test_no_correlation_is_above_one_or_below_minus_one(known):
    figures = told(known, f'"{GRADE}","{WORK}",0.98,0.05', f'"{GRADE}","{CITIZENS}",-1,0.1').load()
    assert between(figures, GRADE, WORK) == pytest.approx((0.93, 1))
    assert between(figures, GRADE, CITIZENS) == pytest.approx((-1, -0.9))


def test_an_edition_knows_only_what_it_may_show(known):
    told(known, f'"{GRADE}","{WORK}",0.4,0.05', f"{GRADE},{BEFORE},0.2,0.1")
    assert between(known.load(segment="theme=school"), GRADE, WORK) is None
    assert between(known.load(segment="theme=work"), GRADE, WORK) == pytest.approx((0.35, 0.45))
    assert between(known.load(wave="2013"), GRADE, BEFORE) is None


def test_a_table_that_changed_is_read_again(known):
    assert between(told(known, f"{GRADE},{BEFORE},0.2,0.1").load(), GRADE, BEFORE) == pytest.approx((0.1, 0.3))
    assert between(told(known, f"{GRADE},{BEFORE},0.4,0.1").load(), GRADE, BEFORE) == pytest.approx((0.3, 0.5))


WRONG = {
    "a figure that is not there": (f"{GRADE},grade@2012,0.1,0.1", "W196 .*csv:2: grade@2012 is not a figure"),
    "a key that is none": (f"{GRADE},6.7,0.1,0.1", "W196 .*csv:2: 6.7 is not a figure"),
    "a suppressed figure": (f'{GRADE},"grade@theme=school,2014",0.1,0.1', "W196 .*csv:2: grade@theme=school,2014 is"),
    "a figure without an error": (f"{GRADE},share.yes@2014,0.1,0.1", "W196 .*csv:2: share.yes@2014 is not a figure"),
    "a figure and itself": (f"{GRADE},{GRADE},1,0", "W195 .*csv:2: grade@2014 is paired with itself"),
    "above one": (f"{GRADE},{BEFORE},1.1,0.1", "W195 .*csv:2: correlation is '1.1'"),
    "below minus one": (f"{GRADE},{BEFORE},-1.01,0.1", "W195 .*csv:2: correlation is '-1.01'"),
    "not a number": (f"{GRADE},{BEFORE},nan,0.1", "W195 .*csv:2: correlation is 'nan'"),
    "no number": (f"{GRADE},{BEFORE},,0.1", "W195 .*csv:2: correlation is ''"),
    "a decimal comma": (f'{GRADE},{BEFORE},"0,1",0.1', "W195 .*csv:2: correlation is '0,1'"),
    "a negative width": (f"{GRADE},{BEFORE},0.1,-0.1", "W195 .*csv:2: within is '-0.1'"),
    "a cell too many": (f"{GRADE},{BEFORE},0.1,0.1,0.1", "W195 .*csv:2: has 5 cells"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_is_one_problem_with_file_and_line(known, name):
    row, expected = WRONG[name]
    (found,) = told(known, row).problems()
    assert re.match(expected, found), found
    assert "data/correlations/2014.csv:2" in found


def test_a_pair_stands_in_the_tables_once_in_either_order(known):
    found = told(known, f"{GRADE},{BEFORE},0.1,0.1", f"{BEFORE},{GRADE},0.2,0.1").problems()
    assert found == ["W195 data/correlations/2014.csv:3: this pair is there twice"]


def test_a_pair_stands_in_the_table_of_its_newest_wave(known):
    found = told(known, f"{GRADE},{BEFORE},0.1,0.1", wave="2013").problems()
    assert found == ["W195 data/correlations/2013.csv:2: is not about wave 2013 and earlier ones"]


def test_a_table_of_no_wave_and_one_with_other_columns_are_problems_at_once(known):
    known.write("correlations/2012.csv", HEADER)
    known.write("correlations/2014.csv", "one,other,covariance,within\n")
    assert known.problems() == [
        "W196 data/correlations/2012.csv: belongs to no declared wave",
        "W195 data/correlations/2014.csv: column 'covariance' is not known",
        "W195 data/correlations/2014.csv: column correlation is missing",
    ]


def test_a_file_is_read_alike_at_once_and_row_by_row(known):
    rows = [f'"{GRADE}","{WORK}",0.98,0.05', f"{GRADE},{BEFORE},-0.1,0.1", f'"{WORK}","{CITIZENS}",1e-1,.05']
    quick = told(known, *rows).load()
    slow = told(known, *rows, "").load()  # a blank line is for the reader of rows
    pairs = ((GRADE, WORK), (GRADE, BEFORE), (WORK, CITIZENS))
    assert [between(quick, *pair) for pair in pairs] == [between(slow, *pair) for pair in pairs]
    assert None not in [between(quick, *pair) for pair in pairs]


def test_what_is_known_of_a_figure_is_asked_once(known, tmp_path):
    asked = []

    class Shown(dict):
        def get(self, name, default=None):
            asked.append(name)
            return super().get(name, default)

    folder = tmp_path / "kept"
    folder.mkdir()
    rows = [f'"{GRADE}","{WORK}",0.9,0.05', f'"{GRADE}","{CITIZENS}",0.1,0.1', f'"{WORK}","{CITIZENS}",0.1,0.1']
    (folder / "2014.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows))
    found = read_correlations(folder, ["2013", "2014"], Shown(dict.fromkeys((GRADE, WORK, CITIZENS), "2014")))
    assert (len(found), sorted(asked)) == (3, sorted((GRADE, WORK, CITIZENS)))
