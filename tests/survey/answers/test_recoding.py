"""What answers become in the project's names."""

import polars as pl
import pyreadstat
import pytest
from answered import CODES, COLUMNS, INDICATORS, Book, column, indicator, notices

from wavebook.survey.demo import with_sets


def test_numbers_stay_numbers_and_yes_no_becomes_one_and_zero(book):
    read = book.read(COLUMNS + 'mark = "v1"\nused = "v2"', {"v1": [7, 8.5, None], "v2": [1, 0, None]})
    assert column(read, "mark") == [7, 8.5, None]
    assert column(read, "used") == [1, 0, None]


def test_user_missing_codes_and_ranges_are_no_answers(book):
    data = {"v1": [7.0, 98.0, 97.0, 8.0], "v2": [1.0, 2.0, 9.0, 9.0]}
    missing = {"v1": [{"lo": 97, "hi": 99}], "v2": [9]}
    text = COLUMNS + 'mark = "v1"\nused = "v2"\n' + CODES + 'used = { 1 = "yes", 2 = "no" }'
    read = book.read(text, data, missing_ranges=missing)
    assert column(read, "mark") == [7, None, None, 8]
    assert column(read, "used") == [1, 0, None, None]


def test_a_code_with_a_meaning_is_an_answer_even_when_spss_calls_it_missing(book):
    read = book.read(
        COLUMNS + 'visits = "v1"\n' + CODES + "visits = { 98 = 98 }",
        {"v1": [98.0, 99.0]},
        missing_ranges={"v1": [98, 99]},
    )
    assert column(read, "visits") == [98, None]


def test_a_mark_with_one_labelled_value_stays_a_number(book):
    labels = {"v1": {10.0: "uitmuntend"}}
    read = book.read(COLUMNS + 'mark = "v1"', {"v1": [10.0, 6.0]}, variable_value_labels=labels)
    assert column(read, "mark") == [10, 6]
    assert read.questions["mark"].labels == {"10": "uitmuntend"}


def test_codes_stored_as_text_are_the_same_codes(book):
    text = COLUMNS + 'theme = "t"\nmark = "v1"\n' + CODES + 'theme = { 1 = "education", 2 = "housing", 9 = "missing" }'
    read = book.read(text, {"t": ["01", " 2 ", "9", ""], "v1": [" 7", "08", "6,5", ""]})
    assert column(read, "theme") == ["education", "housing", None, None]
    assert column(read, "mark") == [7, 8, 6.5, None]


def test_letters_are_codes_too(book):
    text = COLUMNS + 'population = "p"\n' + CODES + 'population = { B = "citizens", X = "other" }'
    assert column(book.read(text, {"p": ["B", "X ", None]}), "population") == ["citizens", None, None]


def test_an_answer_in_no_published_category_counts_in_the_base(book):
    text = COLUMNS + 'channel = "c"\n' + CODES + 'channel = { 1 = "phone", 2 = "desk", 3 = "other", 9 = "missing" }'
    read = book.read(text, {"c": [1, 2, 3, 9, None]})
    assert column(read, "channel.phone") == [1, 0, 0, None, None]
    assert column(read, "channel.desk") == [0, 1, 0, None, None]


def test_bands_are_read_from_the_column_of_the_marks(book):
    text = (
        COLUMNS
        + 'mark = "v1"\nband = "v1"\n'
        + CODES
        + 'band = { "8..10" = "high", "6..7" = "other", "1..5" = "fail" }'
    )
    read = book.read(text, {"v1": [5, 7, 8, 10, None]})
    assert column(read, "band.high") == [0, 0, 1, 1, None]
    assert column(read, "band.fail") == [1, 0, 0, 0, None]
    assert column(read, "mark") == [5, 7, 8, 10, None]


def test_several_columns_with_codes_are_one_multiple_response(book):
    text = COLUMNS + 'channel = ["c1", "c2"]\n' + CODES + 'channel = { 1 = "phone", 2 = "desk", 3 = "other" }'
    read = book.read(text, {"c1": [1, 2, 3, None], "c2": [2, None, None, None]})
    assert column(read, "channel.phone") == [1, 0, 0, None]
    assert column(read, "channel.desk") == [1, 1, 0, None]


def test_a_block_of_questions_keeps_each_ones_own_missing(book):
    text = COLUMNS + 'aspect = { a = "v1", b = "v2" }\n' + CODES + 'aspect = { "4..5" = "yes", "1..3" = "no" }'
    read = book.read(text, {"v1": [5, 1, None], "v2": [None, 4, 3]})
    assert column(read, "aspect.a") == [1, 0, None]
    assert column(read, "aspect.b") == [None, 1, 0]


def test_a_category_may_have_codes_of_its_own(book):
    text = COLUMNS + 'aspect = { a = "v1", b = "v2" }\n[waves.2016.responses.codes.aspect]\n'
    text += '"4..5" = "yes"\n"1..3" = "no"\nb = { "1..2" = "yes", "3..5" = "no" }'
    read = book.read(text, {"v1": [5, 1], "v2": [5, 1]})
    assert column(read, "aspect.a") == [1, 0]
    assert column(read, "aspect.b") == [0, 1]


def test_a_set_whose_columns_hold_codes_is_read_by_its_codes(book):
    path = book.folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"k1": [1.0, 2.0, None], "k2": [2.0, None, None]}), path)
    dichotomies = with_sets(path.read_bytes(), {"kanalen": ("Welke kanalen?", ["k1", "k2"])})
    path.write_bytes(dichotomies.replace(b"D1 1 14 Welke kanalen?", b"C 17 Welke kanalen?   "))
    read = book.read(COLUMNS + 'channel = "$kanalen"\n' + CODES + 'channel = { 1 = "phone", 2 = "desk" }')
    assert column(read, "channel.phone") == [1, 0, None]
    assert column(read, "channel.desk") == [1, 1, None]


def test_a_set_keeps_its_question_and_its_base(book):
    path = book.folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"k1": [1.0, None, None], "k2": [1.0, 1.0, None]}), path)
    path.write_bytes(with_sets(path.read_bytes(), {"kanalen": ("Welke kanalen?", ["k1", "k2"])}))
    text = COLUMNS + 'channel = "$kanalen"\n' + CODES + 'channel = { k1 = "phone", k2 = "other", blank = "missing" }'
    read = book.read(text)
    assert read.questions["channel"].text == "Welke kanalen?"
    assert column(read, "channel.phone") == [1, 0, None]


def test_a_number_may_be_recoded(book):
    read = book.read(COLUMNS + 'visits = "v1"\n' + CODES + "visits = { 7 = 8.5, blank = 0 }", {"v1": [7, 1, None]})
    assert column(read, "visits") == [8.5, 1, 0]


def test_a_breakdown_has_the_declared_names_and_those_outside_are_in_none(book):
    text = COLUMNS + 'theme = "t"\n' + CODES + 'theme = { 1 = "education", 2 = "housing", 3 = "other" }'
    read = book.read(text, {"t": [2, 1, 3]})
    assert read.frame.collect_schema()["theme"] == pl.Enum(["education", "housing"])
    assert column(read, "theme") == ["housing", "education", None]


def test_names_are_codes_where_none_are_declared(book):
    text = COLUMNS + 'population = "p"\ntheme = "t"\nchannel = "c"'
    read = book.read(text, {"p": ["citizens"] * 2, "t": ["education", "housing"], "c": ["phone", "desk"]})
    assert column(read, "theme") == ["education", "housing"]
    assert column(read, "channel.desk") == [0, 1]
    assert read.frame.collect_schema()["population"] == pl.Enum(["citizens"])  # everyone is no group
    assert notices(read) == []


def test_an_empty_cell_may_be_a_segment(book):
    text = COLUMNS + 'theme = "t"\n' + CODES + 'theme = { 1 = "education", blank = "housing" }'
    assert column(book.read(text, {"t": [1, None]}), "theme") == ["education", "housing"]


def test_an_empty_cell_may_be_a_category(book):
    text = COLUMNS + 'channel = "c"\n' + CODES + 'channel = { 1 = "phone", blank = "desk" }'
    read = book.read(text, {"c": [1, None]})
    assert [column(read, f"channel.{name}") for name in ("phone", "desk")] == [[1, 0], [0, 1]]


def test_a_category_that_no_code_means_is_not_there(book):
    read = book.read(COLUMNS + 'channel = "c"\n' + CODES + 'channel = { 1 = "phone", 2 = "other" }', {"c": [1, 2]})
    assert read.frame.collect_schema().names() == ["channel.phone"]


def test_a_category_of_two_columns_of_a_set_is_chosen_in_either(book):
    path = book.folder / "2016.sav"
    pyreadstat.write_sav(
        pl.DataFrame({"k1": [1.0, None, None], "k2": [None, 1.0, None], "k3": [None, None, 1.0]}), path
    )
    path.write_bytes(with_sets(path.read_bytes(), {"kanalen": ("Welke kanalen?", ["k1", "k2", "k3"])}))
    text = COLUMNS + 'channel = "$kanalen"\n' + CODES
    text += 'channel = { k1 = "phone", k2 = "phone", k3 = "desk", blank = "no" }'
    read = book.read(text)
    assert column(read, "channel.phone") == [1, 1, 0]
    assert column(read, "channel.desk") == [0, 0, 1]


def test_columns_of_other_answers_are_read_and_not_published(book):
    text = COLUMNS + 'channel = { phone = "k1", other = "k2" }\n' + CODES + 'channel = { 1 = "yes", blank = "missing" }'
    read = book.read(text, {"k1": [1, None, None], "k2": [None, 1, None]})
    assert read.frame.collect_schema().names() == ["channel.phone"]
    assert column(read, "channel.phone") == [1, 0, None]  # who ticked the other answered
    assert read.questions.keys() == {"channel.phone"}


def test_only_labels_of_what_is_published_are_kept(book):
    labels = {
        "v1": {1.0: "slecht", 10.0: "goed", 11.0: "wat ik typte", 98.0: "weet niet"},
        "t": {1.0: "onderwijs", 2.0: "wonen", 3.0: "wat ik typte"},
        "c": {1.0: "nee", 2.0: "ja", 3.0: "wat ik typte"},
    }
    text = "missing = [98]\n" + COLUMNS + 'mark = "v1"\ntheme = "t"\nused = "c"\n' + CODES
    text += 'theme = { 1 = "education", 2 = "housing", 3 = "other" }\nused = { 2 = "yes", 1 = "no", 3 = "missing" }'
    data = {"v1": [5.0, 6.0], "t": [1.0, 2.0], "c": [1.0, 2.0]}
    questions = book.read(text, data, variable_value_labels=labels, column_labels={"v1": "Wat vindt u?"}).questions
    assert {name: item.labels for name, item in questions.items()} == {
        "mark": {"1": "slecht", "10": "goed"},
        "theme": {"1": "onderwijs", "2": "wonen"},
        "used": {"1": "nee", "2": "ja"},
    }
    assert (questions["mark"].text, questions["mark"].columns) == ("Wat vindt u?", ("v1",))


def test_a_number_has_the_range_of_its_unit_unless_another_is_declared(book):
    data = {"v1": [0, 5, 11]}
    assert len(book.problems(COLUMNS + 'mark = "v1"', data)) == 1
    assert column(book.read(COLUMNS + 'visits = "v1"', data), "visits") == [0, 5, 11]
    ranges = "\n[waves.2016.responses.ranges]\nmark = [0, 11]"
    assert column(book.read(COLUMNS + 'mark = "v1"' + ranges, data), "mark") == [0, 5, 11]
    recoded = COLUMNS + 'mark = "v1"\n' + CODES + "mark = { 0 = 1, 11 = 10 }"
    assert column(book.read(recoded, data), "mark") == [1, 5, 10]


def test_who_was_not_asked_has_no_answer_that_a_blank_means(book):
    text = (
        COLUMNS
        + 'visits = "v1"\n'
        + CODES
        + "visits = { blank = 0 }\n[waves.2016.responses.asked_if]\nvisits = { q = [1] }"
    )
    assert column(book.read(text, {"v1": [3, None, None], "q": [1, 1, 2]}), "visits") == [3, 0, None]


def test_blocks_of_four_are_looked_at_for_straight_lines_and_those_of_three_are_not(book):
    data = {f"v{k}": [3, k, 5] for k in (1, 2, 3, 4)}
    codes = CODES + 'aspect = { "4..5" = "yes", "1..3" = "no" }'
    four = book.read(COLUMNS + 'aspect = { a = "v1", b = "v2", c = "v3", d = "v4" }\n' + codes, data)
    three = book.read(COLUMNS + 'aspect = { a = "v1", b = "v2", c = "v3" }\n' + codes, data)
    assert [notice.partition(" ")[0] for notice in notices(four)] == ["W142"]
    assert notices(three) == []


TIMES = INDICATORS + indicator("spent", "minute") + indicator("hours", "hour")


@pytest.mark.parametrize(("form", "seconds"), [("TIME8", 5400.0), ("DTIME12", 100_800.0)])
def test_times_of_spss_are_numbers_in_a_unit_of_time(tmp_path, form, seconds):
    book = Book(tmp_path)
    book.write("indicators.toml", TIMES)
    data = {"d": [seconds, 60.0, None]}
    read = book.read(COLUMNS + 'spent = "d"\nhours = "d"\n', data, variable_format={"d": form})
    assert column(read, "spent") == [seconds / 60, 1.0, None]
    assert column(read, "hours") == [seconds / 3600, pytest.approx(1 / 60), None]


def test_times_are_no_numbers_of_things(tmp_path):
    found = Book(tmp_path).problems(COLUMNS + 'visits = "d"\n', {"d": [60.0]}, variable_format={"d": "TIME8"})
    assert found == ["W116 data/responses/2016.sav, column d: holds times, and visits is in count."]


def test_texts_are_times_where_their_format_says_so(tmp_path):
    book = Book(tmp_path)
    book.write("indicators.toml", TIMES)
    data = {"d": ["8:30", "26:00", None]}
    formats = '[waves.2016.responses.formats]\nd = "hh:mm"\n'
    read = book.read(COLUMNS + 'spent = "d"\n' + formats, {"d": ["08:30", "20:00", None]})
    assert column(read, "spent") == [510.0, 1200.0, None]
    assert "W112" in book.problems(COLUMNS + 'spent = "d"\n', data)[0]
