"""Dates, times and numbers in filters and codes are compared as what they are, in every format of file."""

import datetime
import random
from collections import Counter

import polars as pl
import pyreadstat
import pytest
from answered import CODES, COLUMNS, column, notices

from wavebook.core.moments import CLOCK, COMPACT, FORMATS, ISO, Format, format_of
from wavebook.core.problems import ProblemsError
from wavebook.survey.answers import formats
from wavebook.survey.answers.responses import read_responses
from wavebook.survey.files import limits

# Six days on which somebody answered 1 to 6; as text, the second and third come before the first.
DAYS = [datetime.date(2016, *day) for day in ((9, 28), (10, 5), (10, 15), (11, 1), (11, 9), (12, 24))]
MARKS = [1, 2, 3, 4, 5, 6]


def read_csv(book, declared, **columns):
    """The answers of a CSV file with these columns of texts."""
    lines = [";".join(columns), *(";".join(map(str, row)) for row in zip(*columns.values(), strict=True))]
    (book.folder / "2016.csv").write_text("\n".join(lines), encoding="utf-8")
    book.declare(declared)
    return read_responses(book.root, book.definitions(), "2016")


def csv_problems(book, declared, **columns):
    with pytest.raises(ProblemsError) as error:
        read_csv(book, declared, **columns)
    return [str(problem).splitlines()[0] for problem in error.value.problems]


def kept_by(rule, formats=""):
    return f"filter = {{ dag = {rule} }}\n{formats}\n{COLUMNS}mark = 'v'"


def days(form):
    return [day.strftime(form) for day in DAYS]


@pytest.mark.parametrize("form", ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y"])
def test_a_range_of_days_keeps_those_days_however_a_csv_writes_them(book, form):
    read = read_csv(book, kept_by('"2016-10-05..2016-11-09"'), v=MARKS, dag=days(form))
    assert column(read, "mark") == [2, 3, 4, 5]


def test_a_range_may_be_written_as_the_column_is(book):
    read = read_csv(book, kept_by('"05-10-2016..09-11-2016"'), v=MARKS, dag=days("%d-%m-%Y"))
    assert column(read, "mark") == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ('"2016-10"', [2, 3]),
        ('"2016-10..2016-11"', [2, 3, 4, 5]),
        ('"2016-11-09.."', [5, 6]),
        ('"..2016-10-05"', [1, 2]),
        ('["2016-09-28", "2016-12-24"]', [1, 6]),
        ("2016-10-15", [3]),
        ('"2016"', MARKS),
        ('"2015..2016"', MARKS),
    ],
)
def test_an_end_of_a_range_covers_all_that_it_names(book, rule, kept):
    assert column(read_csv(book, kept_by(rule), v=MARKS, dag=days("%d-%m-%Y")), "mark") == kept


def test_days_of_one_digit_and_names_of_months_are_read(book):
    written = ["28-sep-2016", "5-okt-2016", "15-Oct-2016", "1-november-2016", "9-nov.-2016", "24-DEC-2016"]
    read = read_csv(book, kept_by('"2016-10-05..2016-11-09"'), v=MARKS, dag=written)
    assert column(read, "mark") == [2, 3, 4, 5]
    assert notices(read) == [
        "W187 data/responses/2016.csv, column dag: its dates are read as dd-mm-yyyy, as all of them can be."
    ]


def test_the_last_day_of_a_range_lasts_until_midnight(book):
    written = [
        "4-10-2016 23:59:59",
        "5-10-2016 0:00",
        "9-11-2016 23:59:59,5",
        "10-11-2016 00:00",
        "",
        "13-11-2016 9:00",
    ]
    read = read_csv(book, kept_by('"5-10-2016..9-11-2016"'), v=MARKS, dag=written)
    assert column(read, "mark") == [2, 3]


def test_web_forms_write_times_with_zones_and_halves_of_days(book):
    written = ["2016/10/05 2:30:15 PM GMT+2", "2016/10/05 12:00:01 AM GMT+2", "2016/11/05 12:10:00 PM GMT+1"]
    read = read_csv(book, kept_by('"2016-10-05 12:00..2016-11-05 12:10"'), v=[1, 2, 3], dag=written)
    assert column(read, "mark") == [1, 3]


def test_days_that_may_be_months_have_to_be_declared(book):
    written = ["05-10-2016", "06-11-2016", "09-12-2016"]
    rule = '"2016-10-01..2016-11-30"'
    assert csv_problems(book, kept_by(rule), v=[1, 2, 3], dag=written) == [
        "W185 data/responses/2016.csv, column dag: has dates that can be read as dd-mm-yyyy and as mm-dd-yyyy, "
        "and filter depends on it."
    ]
    for name, kept in (("dd-mm-yyyy", [1, 2]), ("d-m-yyyy", [1, 2])):
        assert (
            column(read_csv(book, kept_by(rule, f"formats.dag = '{name}'"), v=[1, 2, 3], dag=written), "mark") == kept
        )
    other = read_csv(book, kept_by('"2016-05..2016-06"', "formats.dag = 'mm-dd-yyyy'"), v=[1, 2, 3], dag=written)
    assert column(other, "mark") == [1, 2]


def test_a_range_that_keeps_the_same_under_every_reading_asks_nothing(book):
    written = ["05-10-2016", "06-11-2016", "09-12-2015"]
    assert column(read_csv(book, kept_by('"2016"'), v=[1, 2, 3], dag=written), "mark") == [1, 2]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (["05-10-16", "24-10-16"], "W186 data/responses/2016.csv, column dag: has years of two digits (2 respondents)"),
        (
            ["25-10-2016", "10/26/2016"],
            "holds texts not written as dd-mm-yyyy (1 respondent): a text of 10 characters",
        ),
        (["25-10-2016", "10-26-2016"], "not written as"),
        (["25-10-2016", "31-02-2016"], "holds texts not written as dd-mm-yyyy (1 respondent)"),
        (["in oktober", "later"], "holds texts, and filter compares it with dates"),
        (["7", "8"], "holds numbers, and filter compares it with dates"),
    ],
)
def test_what_is_no_date_in_one_format_is_a_problem(book, written, problem):
    assert problem in csv_problems(book, kept_by('"2016-10-01..2016-11-30"'), v=[1, 2], dag=written)[0]


def test_a_range_in_another_order_than_the_column_has_to_say_so_itself(book):
    iso = days("%Y-%m-%d")
    assert csv_problems(book, kept_by('"05-10-2016..09-11-2016"'), v=MARKS, dag=iso) == [
        "W185 data/responses/2016.csv, column dag: is written as yyyy-mm-dd, and 05-10-2016..09-11-2016 in filter may "
        "be meant as dd-mm-yyyy or as mm-dd-yyyy."
    ]
    assert column(read_csv(book, kept_by('"15-10-2016..09-11-2016"'), v=MARKS, dag=iso), "mark") == [3, 4, 5]
    assert "is none, or ends too early" in csv_problems(book, kept_by('"2016-11-09..2016-10-05"'), v=MARKS, dag=iso)[0]


def test_an_unreadable_missing_code_is_no_date_and_no_fault(book):
    written = ["28-09-2016", "onbekend", "15-10-2016", "", "99", "24-12-2016"]
    declared = 'missing = ["onbekend", "97..99"]\n' + kept_by('"2016-10.."')
    assert column(read_csv(book, declared, v=MARKS, dag=written), "mark") == [3, 6]


@pytest.mark.parametrize("integers", [True, False])
def test_days_written_as_numbers_of_eight_digits_are_days(book, integers):
    numbers = [int(day.strftime("%Y%m%d")) for day in DAYS]
    data = {"v": MARKS, "dag": numbers if integers else [float(n) for n in numbers]}
    for rule in ('"2016-10-05..2016-11-09"', '"20161005..20161109"'):
        assert column(book.read(kept_by(rule), data), "mark") == [2, 3, 4, 5]


# The other formats of files


def test_parquet_days_and_moments_are_compared_as_such(book):
    at_midnight = pl.Series(DAYS).cast(pl.Datetime("ms"))
    for cells in (pl.Series(DAYS), at_midnight, at_midnight.dt.replace_time_zone("Europe/Amsterdam")):
        read = book.read(kept_by('"2016-10-05..2016-11-09"'), {"v": MARKS, "dag": cells})
        assert column(read, "mark") == [2, 3, 4, 5]


def test_parquet_times_and_lengths_are_compared_as_such(book):
    times = pl.Series([datetime.time(9, 30), datetime.time(17, 0, 30), datetime.time(18, 0)])
    assert column(book.read(kept_by('"9:00..17:00"'), {"v": [1, 2, 3], "dag": times}), "mark") == [1, 2]
    lengths = pl.Series([datetime.timedelta(minutes=5), datetime.timedelta(hours=30), datetime.timedelta(hours=9)])
    assert column(book.read(kept_by('"9:00.."'), {"v": [1, 2, 3], "dag": lengths}), "mark") == [2, 3]


@pytest.mark.parametrize("form", ["DATE11", "ADATE10", "EDATE10", "SDATE10", "JDATE7", "QYR6", "MOYR8", "WKYR10"])
def test_spss_dates_of_every_format_are_days(book, form):
    data = {"v": MARKS, "dag": DAYS}
    read = book.read(kept_by('"2016-10-05..2016-11-09"'), data, variable_format={"dag": form})
    assert column(read, "mark") == [2, 3, 4, 5]


def test_a_format_for_days_that_a_file_holds_as_such_is_that_of_the_codes(book):
    rule = kept_by('"05-10-2016..09-11-2016"')
    assert "W185" in book.problems(rule, {"v": MARKS, "dag": DAYS})[0]
    declared = kept_by('"05-10-2016..09-11-2016"', "formats.dag = 'dd-mm-yyyy'")
    assert column(book.read(declared, {"v": MARKS, "dag": DAYS}), "mark") == [2, 3, 4, 5]


def test_a_day_in_another_format_deep_in_a_column_is_met(book, monkeypatch):
    monkeypatch.setattr(formats, "SAMPLE_ROWS", 3)
    written = [*days("%d-%m-%Y")[:5], "12-24-2016"]
    found = csv_problems(book, kept_by('"2016-10-05..2016-11-09"'), v=MARKS, dag=written)
    assert "holds texts not written as dd-mm-yyyy (1 respondent)" in found[0]
    monkeypatch.setattr(formats, "SAMPLE_ROWS", 1)
    early = ["05-10-2016", "06-10-2016", "25-10-2016"]
    assert column(read_csv(book, kept_by('"2016-10-06.."'), v=[1, 2, 3], dag=early), "mark") == [2, 3]


def test_spss_moments_times_and_lengths_are_compared_as_such(book):
    seconds = [9 * 3600 + 1800, 17 * 3600 + 30, 18 * 3600, 30 * 3600 + 15.5]
    for form in ("TIME8", "DTIME11", "MTIME8"):
        data = {"v": [1.0, 2.0, 3.0, 4.0], "dag": seconds}
        read = book.read(kept_by('"9:00..17:00"'), data, variable_format={"dag": form})
        assert column(read, "mark") == [1, 2]
        read = book.read(kept_by('"24:00.."'), data, variable_format={"dag": form})
        assert column(read, "mark") == [4]
    moments = [datetime.datetime(2016, 9, 30, 23, 59, 59, 500_000), datetime.datetime(2016, 10, 1)]
    read = book.read(kept_by('"..2016-09-30"'), {"v": [1, 2], "dag": moments}, variable_format={"dag": "DATETIME20"})
    assert column(read, "mark") == [1]


def test_a_missing_day_of_spss_is_missing(book):
    seconds = [(day - datetime.date(1582, 10, 14)).days * 86400.0 for day in DAYS]
    frame = pl.DataFrame({"v": [float(m) for m in MARKS], "dag": seconds})
    pyreadstat.write_sav(
        frame, book.folder / "2016.sav", variable_format={"dag": "DATE11"}, missing_ranges={"dag": [seconds[5]]}
    )
    text = (
        f"{COLUMNS}mark = 'v'\ntheme = 'dag'\n{CODES}theme = {{ '..2016-10-15' = 'education', '2016-11' = 'housing' }}"
    )
    assert column(book.read(text), "theme") == ["education"] * 3 + ["housing"] * 2 + [None]


def test_days_of_a_workbook_are_days_and_those_mixed_with_texts_a_problem(book):
    from openpyxl import Workbook

    sheet = Workbook()
    for row in (("v", "dag", "tijd"), *zip(MARKS, DAYS, [datetime.time(8 + m, 0) for m in MARKS], strict=True)):
        sheet.active.append(row)
    sheet.save(book.folder / "2016.xlsx")
    declared = "filter = { dag = '2016-10-05..2016-11-09', tijd = '11:00..' }\n" + COLUMNS + "mark = 'v'"
    assert column(book.read(declared), "mark") == [3, 4, 5]
    sheet.active["B3"] = "15-10-2016"
    sheet.save(book.folder / "2016.xlsx")
    assert "holds texts not written as yyyy-mm-dd (1 respondent)" in book.problems(declared)[0]


def random_ranges(book, tally, seed, number):
    """Read columns of days in many formats by ranges of days; what is not read as those days must be asked about."""
    rng, counts = random.Random(seed), Counter()
    for _ in range(number):
        first = datetime.date(2016, rng.randint(1, 12), rng.randint(1, 28))
        spread = rng.choice((3, 12, 60, 700))
        cells = [first + datetime.timedelta(days=rng.randrange(spread)) for _ in range(8)]
        low, high = sorted(first + datetime.timedelta(days=rng.randrange(spread)) for _ in range(2))
        form = rng.choice(("%d-%m-%Y", "%m-%d-%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%Y%m%d", "%d.%m.%Y"))
        bounds = rng.choice((form, "%Y-%m-%d"))
        declared = kept_by(f'"{low.strftime(bounds)}..{high.strftime(bounds)}"').replace("mark", "visits")
        expected = [i for i, day in enumerate(cells) if low <= day <= high]
        try:
            read = read_csv(book, declared, v=range(8), dag=[day.strftime(form) for day in cells])
        except ProblemsError as error:
            asked = "W185" in {problem.code for problem in error.problems}
            counts["asked about" if asked else "of nobody" if not expected else str(error)] += 1
            continue
        assert column(read, "visits") == expected, (form, bounds, low, high)
        counts["right"] += 1
    assert counts.keys() <= {"right", "asked about", "of nobody"}
    for what, count in counts.items():
        tally(f"ranges of days in text files: {what}", count)
    return counts


def test_a_random_range_of_days_keeps_those_days_or_asks(book, tally):
    counts = random_ranges(book, tally, 7, 12)
    assert counts["right"] > 5 > counts["asked about"] > 0


@pytest.mark.slow
def test_so_do_thousands(book, tally):
    assert random_ranges(book, tally, 8, 2000)["right"] > 1000


# Routing and codes


def test_who_was_asked_may_depend_on_a_day(book):
    declared = COLUMNS + "mark = 'v'\n[waves.2016.responses.asked_if]\nmark = { dag = '05-10-2016..' }"
    read = read_csv(book, declared, v=["", 2, 3, 4, 5, 6], dag=days("%d-%m-%Y"))
    assert column(read, "mark") == [None, 2, 3, 4, 5, 6]


def test_a_group_may_be_a_range_of_days(book):
    declared = COLUMNS + "theme = 'dag'\n" + CODES
    declared += "theme = { '28-09-2016..15-10-2016' = 'education', '01-11-2016..24-12-2016' = 'housing' }"
    read = read_csv(book, declared, v=MARKS, dag=days("%d-%m-%Y"))
    assert column(read, "theme") == ["education"] * 3 + ["housing"] * 3


def test_ranges_of_days_that_overlap_are_a_problem(book):
    declared = COLUMNS + "theme = 'dag'\n" + CODES
    declared += "theme = { '28-09-2016..15-10-2016' = 'education', '05-10-2016..24-12-2016' = 'housing' }"
    found = csv_problems(book, declared, v=MARKS, dag=days("%d-%m-%Y"))
    assert found == [
        "W203 data/waves.toml, [waves.2016.responses.codes.theme]: codes 28-09-2016..15-10-2016 and "
        "05-10-2016..24-12-2016 overlap."
    ]


# Numbers and texts


def test_a_range_of_numbers_reads_decimal_commas_and_no_texts(book):
    declared = "filter = { q = '0.5..10' }\n" + COLUMNS + "mark = 'v'"
    assert column(read_csv(book, declared, v=[1, 2, 3], q=["0,5", "9", "10,5"]), "mark") == [1, 2]
    found = csv_problems(book, declared, v=[1, 2, 3], q=["0,5", "9 jaar", "10"])
    assert found == [
        "W186 data/responses/2016.csv, column q: holds texts, not numbers (1 respondent): a text of 6 characters "
        "(1 respondent); filter compares it with 0.5..10."
    ]


def test_marks_that_may_be_for_thousands_have_to_be_declared(book):
    declared = "filter = { q = '500..2000' }\n{}\n" + COLUMNS + "mark = 'v'"
    columns = {"v": [1, 2, 3], "q": ["1.250", "900", "12.500"]}
    assert csv_problems(book, declared.replace("{}", ""), **columns)[0].startswith(
        "W185 data/responses/2016.csv, column q: has numbers that may have a mark for thousands or for decimals"
    )
    dutch = read_csv(book, declared.replace("{}", "formats.q = '1.234,5'"), **columns)
    assert column(dutch, "mark") == [1, 2]
    english = read_csv(book, declared.replace("{}", "formats.q = '1234.5'"), **columns)
    assert column(english, "mark") == [2]


@pytest.mark.parametrize(
    ("cells", "doubted"),
    [
        (["1.250", "900", "12.500"], True),
        (["1,250", "900", "12,500"], True),
        (["1.250", "900", "0.875"], False),
        (["1.25", "900", "12.500"], False),
        (["1.227", "900", "2.32", "1.575", "12.434"], True),  # a program has dropped a nought
        (["1250", "900", "12500"], False),
    ],
)
@pytest.mark.parametrize("large", [True, False])
def test_an_amount_that_may_be_thousands_is_no_number_yet(book, monkeypatch, cells, doubted, large):
    if large:
        monkeypatch.setattr(limits, "IN_MEMORY", 10)
    declared = COLUMNS + "visits = 'v'"
    if doubted:
        assert "W185" in csv_problems(book, declared, v=cells)[0]
        declared = f'formats.v = "{"1,234.5" if "," in cells[0] else "1.234,5"}"\n{declared}'
        if "2.32" in cells:
            assert "W112" in csv_problems(book, declared, v=cells)[0]  # how many noughts it dropped is not guessed
        else:
            assert column(read_csv(book, declared, v=cells), "visits") == [1250, 900, 12500]
    else:
        assert column(read_csv(book, declared, v=cells), "visits") == [float(cell) for cell in cells]


@pytest.mark.parametrize(
    ("numbers", "doubted"),
    [
        ([1.227, 669, 1.575, 341, 2.32, 1.434], True),
        ([-1.227, 669, 2], True),
        ([1.227, 669, 1.575, 1341], False),  # with a mark for thousands, the last would be 1.341
        ([1.227, 0.875], False),
        ([1.2275, 1.575], False),
        ([1.25, 2.5, 3.125], False),
        ([669, 1341], False),
    ],
)
def test_stored_numbers_that_a_program_took_for_decimals_are_asked_about(book, numbers, doubted):
    declared = "ranges.visits = [-1e6, 1e6]\n" + COLUMNS + "visits = 'v'"
    if doubted:
        (found,) = book.problems(declared, {"v": numbers})
        assert found.startswith("W185 data/responses/2016.parquet, column v: has numbers that may be thousands which a")
        assert book.problems('formats.v = "1.234,5"\n' + declared, {"v": numbers}) == [found]
    settled = declared if not doubted else 'formats.v = "1234.5"\n' + declared
    assert column(book.read(settled, {"v": numbers}), "visits") == numbers


def test_a_filter_of_stored_numbers_is_asked_about_too(book):
    declared = "filter = { q = '1..700' }\n{}\n" + COLUMNS + "mark = 'v'"
    data = {"v": [1, 2, 3], "q": [1.227, 669, 1.575]}
    assert book.problems(declared.replace("{}", ""), data)[0].startswith("W185 data/responses/2016.parquet, column q")
    assert column(book.read(declared.replace("{}", 'formats.q = "1234.5"'), data), "mark") == [1, 2, 3]


@pytest.mark.parametrize(
    ("form", "cells"),
    [
        ("1.234,5", ["1.250,5", "-900", "12.500.000"]),
        ("1,234.5", ["1,250.5", "-900", "12,500,000"]),
        ("1 234,5", ["1 250,5", "-900", "12\u00a0500\u202f000"]),
        ("1234,5", ["1250,5", "-900", "12500000"]),
    ],
)
def test_a_declared_form_of_numbers_is_read_and_no_other(book, form, cells):
    declared = f"formats.v = '{form}'\nranges.visits = [-1000, 1e9]\n{COLUMNS}visits = 'v'"
    assert column(read_csv(book, declared, v=cells), "visits") == [1250.5, -900, 12_500_000]
    assert "W112" in csv_problems(book, declared, v=["12.50,5", "1,2,3", "1 2"])[0]


def test_marks_with_three_decimals_and_weights_that_all_have_them_are_no_doubt(book):
    read = read_csv(book, 'weight = "w"\n' + COLUMNS + "mark = 'v'", v=["7.500", "8"], w=["1.250", "3.125"])
    assert column(read, "mark") == [7.5, 8]
    assert "W185" in csv_problems(book, 'weight = "w"\n' + COLUMNS + "mark = 'v'", v=[7, 8], w=["1.250", "3"])[0]


def test_a_text_among_numbers_is_quoted_where_enough_gave_it(book):
    cells = [*["7"] * 9, *["weet niet"] * 5, "zeven volgens Jan"]
    assert csv_problems(book, COLUMNS + "mark = 'v'", v=cells) == [
        "W112 data/responses/2016.csv, column v: there is text where a number is expected: “weet niet” (5 respondents) "
        "and another text of 17 characters (1 respondent)."
    ]


def test_what_is_enough_follows_the_smallest_group_that_is_published(book):
    rules = '[disclosure]\nminimum_base = {}\ndominance_share = 50\nsource = "regels"\n'
    cells = [*["7"] * 9, *["weet niet"] * 6]
    (book.folder / "2016.csv").write_text("\n".join(["v", *cells]), encoding="utf-8")
    for least, told in ((6, True), (7, False)):
        book.declare(COLUMNS + "mark = 'v'\n" + rules.format(least))
        with pytest.raises(ProblemsError) as error:
            read_responses(book.root, book.definitions(), "2016")
        assert ("weet niet" in str(error.value)) is told


def test_a_text_in_five_rows_of_one_person_is_theirs_alone(book):
    cells, people = [*["7"] * 4, *["van Jan"] * 6], [1, 2, 3, 4, *[5] * 6]
    found = csv_problems(book, "clusters = 'p'\n" + COLUMNS + "mark = 'v'", v=cells, p=people)
    assert found[-1].endswith("a text of 7 characters (1 respondent).")


def test_digits_of_other_scripts_are_those_numbers(book):
    assert column(read_csv(book, COLUMNS + "mark = 'v'", v=["7", "\uff18", "\u0669"]), "mark") == [7, 8, 9]


def test_a_text_range_needs_an_order_that_is_known(book):
    declared = "filter = { q = '{}' }\n" + COLUMNS + "mark = 'v'"
    letters = read_csv(book, declared.replace("{}", "A..C"), v=[1, 2, 3], q=["A", "C", "D"])
    assert column(letters, "mark") == [1, 2]
    codes = read_csv(book, declared.replace("{}", "1011AA..1012ZZ"), v=[1, 2, 3], q=["1011AB", "1012XY", "1013AA"])
    assert column(codes, "mark") == [1, 2]
    for rule, cells in (
        ("week 5..week 12", ["week 5", "week 9", "week 12"]),
        ("Q1 2016..Q3 2016", ["Q1 2016", "Q2 2015", "Q3 2016"]),
    ):
        found = csv_problems(book, declared.replace("{}", rule), v=[1, 2, 3], q=cells)
        assert f"{rule} in filter has no order that is known" in found[0]


def test_a_range_of_times_on_numbers_is_a_problem(book):
    (found,) = book.problems(kept_by('"9:30..10:30"'), {"v": [1, 2], "dag": [930, 1030]})
    assert "dag" in found


def test_a_range_of_texts_on_numbers_is_a_problem(book):
    declared = "filter = { w = 'A..C' }\n" + COLUMNS + "mark = 'v'"
    assert book.problems(declared, {"v": [1, 2], "w": [1, 2]}) == [
        "W186 data/responses/2016.parquet, column w: holds numbers, and filter compares it with A..C."
    ]


# A filter that keeps nobody


def test_a_filter_that_keeps_nobody_says_which_part_does(book):
    declared = "filter = { klaar = ['ja'], q = '5..' }\n" + COLUMNS + "mark = 'v'"
    data = {"v": MARKS, "q": [7] * 6, "klaar": [1] * 6}
    assert book.problems(declared, data) == [
        "W125 data/responses/2016.parquet, column klaar: filter klaar = ja keeps none of 6 respondents; "
        "it holds “1” (6 respondents)."
    ]


def test_parts_of_a_filter_that_keep_nobody_together_say_so(book):
    declared = "filter = { klaar = 1, q = 2 }\n" + COLUMNS + "mark = 'v'"
    assert book.problems(declared, {"v": [1, 2, 3], "q": [2, 1, 1], "klaar": [0, 1, 1]}) == [
        "W125 data/responses/2016.parquet, column q: filter q = 2 keeps 1 respondent, and none of the 2 that the parts "
        "before it keep."
    ]


def test_a_filter_that_keeps_nobody_quotes_no_respondent(book):
    declared = "filter = { q = 'ja' }\n" + COLUMNS + "mark = 'v'"
    found = book.problems(declared, {"v": MARKS, "q": ["nee"] * 5 + ["vraag Jan"]})
    assert "“nee” (5 respondents) and another text of 9 characters (1 respondent)" in found[0]


# Formats


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("dd-mm-yyyy", Format("dmy", "-")),
        ("d/m/yyyy hh:mm", Format("dmy", "/")),
        ("dd-mmm-yyyy", Format("dmy", "-")),
        ("yyyymmdd", COMPACT),
        ("HH:MM:SS", CLOCK),
        ("YYYY-MM-DD", ISO),
    ],
)
def test_a_format_is_known_by_its_name(name, form):
    assert format_of(name) == form
    assert format_of(str(form)) == form


@pytest.mark.parametrize("name", ["dd-mm-yy", "dd-mm", "mm:dd", "date", ""])
def test_a_format_without_a_whole_year_is_refused(book, name):
    book.declare(f'formats.dag = "{name or " "}"\n' + COLUMNS + 'mark = "v"')
    with pytest.raises(ProblemsError) as error:
        book.definitions()
    assert "W203" in str(error.value)


def test_texts_and_codes_are_read_alike():
    texts = [
        "5-10-2016",
        "05/10/2016 14:30",
        "2016-10-05T14:30:15.25+02:00",
        "31.12.2016",
        "20161005",
        "26:30:01",
        "30-2-2016",
    ]
    texts += ["5-10-2016 12:00 AM", "5-10-2016 13:00 pm", "5 oktober 2016", "2016-10", "10/2016", "24-12-2016 24:00"]
    for form in FORMATS:
        for text in texts:
            try:
                expected = form.ends(text)[0]
            except ValueError:
                expected = None
            assert pl.select(form.moment(pl.lit(text))).item() == expected, (text, str(form))
