import re

import polars as pl
import pyreadstat
import pytest
from answered import CODES, COLUMNS, WAVE, Book, column, notices
from workbook import xlsx

from wavebook.core.problems import ProblemsError
from wavebook.core.spans import span
from wavebook.survey.answers.questions import load_codebook, save_codebook
from wavebook.survey.answers.responses import read_responses
from wavebook.survey.demo import with_sets
from wavebook.survey.files import limits


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


# What a file holds


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


def test_a_multiple_response_set_of_spss_is_read_by_its_name(book):
    path = book.folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"k1": [1.0, None, None], "k2": [1.0, 1.0, None]}), path)
    path.write_bytes(with_sets(path.read_bytes(), {"kanalen": ("Welke kanalen?", ["k1", "k2"])}))
    text = COLUMNS + 'channel = "$kanalen"\n' + CODES + 'channel = { k1 = "phone", k2 = "desk", blank = "no" }'
    read = book.read(text)
    assert column(read, "channel.phone") == [1, 0, 0]
    assert column(read, "channel.desk") == [1, 1, 0]


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


def test_the_filter_leaves_respondents_out_before_any_check(book):
    text = 'weight = "w"\nfilter = { done = [1] }\n' + COLUMNS + 'mark = "v1"'
    read = book.read(text, {"v1": [7, 55], "w": [1.0, None], "done": [1, 0]})
    assert (read.respondents, read.dropped) == (1, 1)
    assert column(read, "mark") == [7]


def test_a_filter_may_be_a_range_of_dates(book):
    text = 'filter = { day = "2016-09-01..2016-09-30" }\n' + COLUMNS + 'mark = "v1"'
    days = pl.Series(["2016-08-31", "2016-09-30", "2016-10-01"]).str.to_date()
    assert column(book.read(text, {"v1": [5, 6, 7], "day": days}), "mark") == [6]


def test_the_design_comes_under_its_own_names(book):
    text = 'respondent = "id"\nweight = "w"\nstrata = ["s", "t"]\nclusters = "c"\n'
    text += 'population_size = { "1|A" = 20, "2|A" = 9 }\n'
    data = {"id": [1, 2], "w": ["0,5", "1,5"], "s": [1, 2], "t": ["A", "A"], "c": ["x", "y"], "v1": [6, 7]}
    made = book.read(text + COLUMNS + 'mark = "v1"', data).frame.collect()
    assert made["respondent"].to_list() == ["1", "2"]
    assert made["weight"].to_list() == [0.5, 1.5]
    assert made["strata"].to_list() == ["1|A", "2|A"]
    assert made["population_size"].to_list() == [20, 9]


def test_column_names_match_whatever_their_case(book):
    assert column(book.read(COLUMNS + 'mark = "V1"', {"v1": [6]}), "mark") == [6]


def test_of_thousands_of_columns_only_the_declared_ones_are_there(book):
    data = {f"x{i}": [i] for i in range(2000)} | {"v1": [6]}
    assert book.read(COLUMNS + 'mark = "v1"', data).frame.collect_schema().names() == ["mark"]


# Files


THEME = COLUMNS + 'mark = "v1"\ntheme = "t"\n' + CODES + 'theme = { "café" = "education", b = "housing" }'


def lying_sav(path):
    """An SPSS file that says it holds UTF-8 and has answers in cp1252."""
    pyreadstat.write_sav(pl.DataFrame({"v1": [7.0, 8.0], "t": ["café", "b"]}), path)
    path.write_bytes(path.read_bytes().replace("café".encode(), b"caf\xe9 "))


def test_nothing_is_read_from_a_file_that_lies_about_its_letters(book):
    lying_sav(book.folder / "2016.sav")
    assert book.problems(THEME) == [
        "W105 data/responses/2016.sav: says that it holds UTF-8 and does not: letters would be lost."
    ]


def test_a_file_is_read_with_its_declared_encoding(book):
    lying_sav(book.folder / "2016.sav")
    assert column(book.read('encoding = "cp1252"\n' + THEME), "theme") == ["education", "housing"]


def test_a_workbook_is_read_from_its_declared_sheet(book):
    xlsx(book.folder / "2016.xlsx", [["v1"], [7]], [["v1"], [8]])
    assert column(book.read('sheet = "Blad2"\n' + COLUMNS + 'mark = "v1"'), "mark") == [8]


def test_what_is_to_be_looked_at_in_a_file_is_told_with_its_answers(book):
    (book.folder / "2016.csv").write_text("v1;o\n7;é\n", encoding="cp1252")
    assert [notice.code for notice in book.read(COLUMNS + 'mark = "v1"').notices] == ["W147"]


def test_parts_of_a_large_file_stay_as_long_as_its_answers(book, monkeypatch):
    (book.folder / "2016.csv").write_text("v1\n" + "7\n" * 600)
    monkeypatch.setattr(limits, "IN_MEMORY", 1000)
    read = book.read(COLUMNS + 'mark = "v1"')
    assert column(read, "mark") == [7] * 600
    assert list(book.folder.glob(".staging-*"))
    del read
    assert not list(book.folder.glob(".staging-*"))


def test_a_wave_without_declared_responses_says_so(book):
    book.write("waves.toml", "baseline = 2016\n" + WAVE.format(year=2016))
    with pytest.raises(ProblemsError, match=r"W106 data/waves.toml, waves.2016.responses: is missing"):
        read_responses(book.root, book.definitions(), 2016)


# What is wrong in it


def place(name):
    return f"data/responses/2016.parquet, column {name}: "


YES_NO = CODES + 'used = { 1 = "yes", 2 = "no" }'


@pytest.mark.parametrize(
    ("declared", "data", "found"),
    [
        (
            COLUMNS + 'used = "v"\n' + YES_NO,
            {"v": [1, 2, 7, 7]},
            ["W104 " + place("v") + "code 7 is not in the codebook of used (2 respondents)."],
        ),
        (
            COLUMNS + 'mark = "v"',
            {"v": [1, 11, 11, 0]},
            ["W111 " + place("v") + "has answers outside 1–10 for mark: 11 (2 respondents), 0 (1 respondent)."],
        ),
        (
            COLUMNS + 'mark = "v"\n[waves.2016.responses.ranges]\nmark = [0, 100]',
            {"v": [0, 101]},
            ["W111 " + place("v") + "has answers outside 0–100 for mark: 101 (1 respondent)."],
        ),
        (
            COLUMNS + 'used = "v"\n' + YES_NO,
            {"v": ["1", "2", "Jan"]},
            ["W104 " + place("v") + "a code is not in the codebook of used (1 respondent), of 3 characters."],
        ),
        (
            COLUMNS + 'used = "v"\n' + YES_NO,
            {"v": ["1", *["xyz"] * 5, *["Jan"] * 4, "Anna-Maria"]},
            [
                "W104 "
                + place("v")
                + "2 other codes are not in the codebook of used (5 respondents), of 3 to 10 characters.",
                "W104 " + place("v") + "code xyz is not in the codebook of used (5 respondents).",
            ],
        ),
        (
            COLUMNS + 'used = "v"\n' + YES_NO,
            {"v": [1, 2, 1953, 2512]},
            ["W104 " + place("v") + "2 codes are not in the codebook of used (2 respondents), of 4 characters."],
        ),
        (
            "\n[disclosure]\nminimum_base = 6\ndominance_share = 90\nsource = 'x'\n"
            + COLUMNS
            + 'used = "v"\n'
            + YES_NO,
            {"v": ["1", *["xyz"] * 5]},
            ["W104 " + place("v") + "a code is not in the codebook of used (5 respondents), of 3 characters."],
        ),
        (
            COLUMNS + 'mark = "v"',
            {"v": [1, *[1953] * 5, 1987, "2512"]},
            [
                f"W111 {place('v')}has answers outside 1–10 for mark: "
                "1953 (5 respondents), 2 other numbers (2 respondents), of 4 characters."
            ],
        ),
        (
            COLUMNS + 'mark = "v"',
            {"v": ["1", "731955", "12.25"]},
            [
                "W111 "
                + place("v")
                + "has answers outside 1–10 for mark: 2 numbers (2 respondents), of 5 to 6 characters."
            ],
        ),
        (
            COLUMNS + 'mark = "v"',
            {"v": ["7", "zeven", "geen idee"]},
            [
                "W112 " + place("v") + "a text stands where a number is expected: "
                "2 texts of 5 to 9 characters (2 respondents)."
            ],
        ),
        (COLUMNS + 'mark = "v"', {"v": ["", " "]}, ["W113 " + place("v") + "is empty: nobody answered mark."]),
        (
            "missing = [99]\n" + COLUMNS + 'mark = "v"',
            {"v": [99, 99]},
            ["W113 " + place("v") + "has missing codes only: nobody answered mark."],
        ),
        (
            COLUMNS + 'mark = "v"',
            {"v": ["7.5", "6,5"]},
            ["W114 " + place("v") + "has decimal points and decimal commas."],
        ),
        (
            COLUMNS + 'used = "v"',
            {"v": [f"antwoord {i}" for i in range(1200)]},
            ["W115 " + place("v") + "holds 1200 different values, not the codes of used."],
        ),
        (
            'respondent = "id"\n' + COLUMNS + 'mark = "v"',
            {"id": [1, 1, 2, 2, 3, None], "v": [6] * 6},
            [
                "W121 " + place("id") + "the same number occurs again: 4 respondents share 2.",
                "W122 " + place("id") + "a respondent has no number (1 respondent).",
            ],
        ),
        (
            COLUMNS + 'mark = "v"\n[waves.2016.responses.asked_if]\nmark = { q = ["2.."] }',
            {"q": [1, 2, 3, 1], "v": [6, None, 7, None]},
            [
                "W123 " + place("v") + "mark is answered by who was not asked (1 respondent).",
                "W124 " + place("v") + "mark is empty for who was asked (1 respondent).",
            ],
        ),
        (
            "filter = { v = [3] }\n" + COLUMNS + 'mark = "v"',
            {"v": [1, 2]},
            [
                "W125 " + place("v") + "filter v = 3 keeps none of 2 respondents; "
                "it holds 2 texts of 1 character (2 respondents)."
            ],
        ),
        (
            COLUMNS + 'theme = "v"\n' + CODES + 'theme = { 1 = "education", 2 = "housing" }',
            {"v": [1, 1]},
            ["W126 " + place("v") + "theme housing has no respondents."],
        ),
        (
            'weight = "w"\nweight_sum = 5\n' + COLUMNS + 'mark = "v"',
            {"v": [6] * 5, "w": [1.0, None, 0, -1, float("inf")]},
            [
                "W131 " + place("w") + "a weight is missing (1 respondent).",
                "W132 " + place("w") + "a weight is not positive and finite (3 respondents).",
                "W133 " + place("w") + "the weights add up to 1, not 5.",
            ],
        ),
        (
            'strata = "s"\nclusters = "c"\n' + COLUMNS + 'mark = "v"',
            {"v": [6, 6], "s": [1, None], "c": ["", "a"]},
            [
                "W134 " + place("c") + "a cluster is missing (1 respondent).",
                "W134 " + place("s") + "a stratum is missing (1 respondent).",
            ],
        ),
        (
            'strata = "s"\npopulation_size = "p"\n' + COLUMNS + 'mark = "v"',
            {"v": [6] * 5, "s": [1, 1, 2, 2, 3], "p": [9, 8, 1, 1, None]},
            [
                "W135 " + place("p") + "a population size is missing (1 respondent).",
                "W135 " + place("p") + "the population size is below what was drawn in 1 stratum.",
                "W135 " + place("p") + "the population size varies within 1 stratum.",
            ],
        ),
        (
            COLUMNS + 'mark = "v1"\nchannel = "$kanalen"',
            {"v1_nieuw": [6]},
            [
                "W107 data/responses/2016.parquet: no declared column is there.",
                "W107 " + place("v1") + "is not in the file.",
                "W109 data/responses/2016.parquet, set $kanalen: is not in the file.",
            ],
        ),
    ],
)
def test_a_fault_is_named_with_column_code_and_count(book, declared, data, found):
    assert book.problems(declared, data) == found


def test_a_set_and_its_codes_have_to_agree(book):
    path = book.folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"k1": [1.0], "k2": [1.0]}), path)
    path.write_bytes(with_sets(path.read_bytes(), {"kanalen": ("Welke kanalen?", ["k1", "k2"])}))
    found = book.problems(COLUMNS + 'channel = "$kanalen"\n' + CODES + 'channel = { k1 = "phone", k9 = "desk" }')
    assert found == [
        "W109 data/responses/2016.sav, set $kanalen: has no column k9.",
        "W109 data/responses/2016.sav, set $kanalen: its column k2 has no meaning.",
    ]


def test_a_declared_blank_is_no_routing_fault(book):
    text = COLUMNS + 'mark = "v"\n' + CODES + 'mark = { blank = "missing" }\n'
    text += "[waves.2016.responses.asked_if]\nmark = { q = [1] }"
    assert column(book.read(text, {"q": [1, 1], "v": [6, None]}), "mark") == [6, None]


def test_many_unknown_codes_make_one_line_after_the_first_five(book):
    found = book.problems(COLUMNS + 'used = "v"', {"v": list(range(20))})
    assert len(found) == 6
    assert sum("13 other codes are not in the codebook of used (13 respondents)" in line for line in found) == 1


def test_what_somebody_typed_is_never_shown(book):
    with pytest.raises(ProblemsError) as error:
        book.read(COLUMNS + 'used = "v"\nmark = "w"', {"v": ["1", "mijn buurman Jan"], "w": ["7", "acht volgens Piet"]})
    assert not re.search("Jan|Piet", str(error.value))
    assert {p.code for p in error.value.problems} == {"W104", "W112"}


# What is reported and does not stop


def test_straight_lines_are_reported_and_kept(book):
    text = COLUMNS + 'aspect = { a = "v1", b = "v2", c = "v3", d = "v4" }\n' + CODES
    text += 'aspect = { "4..5" = "yes", "1..3" = "no" }'
    data = {"v1": [3, 1, 5, 4], "v2": [3, 4, 5, 1], "v3": [3, 4, 5, None], "v4": [3, 4, 5, 4]}
    read = book.read(text, data)
    assert notices(read) == [
        "W142 data/responses/2016.parquet, columns v1 to v4: 2 respondents (50.0 %) gave one answer to all 4 of aspect."
    ]
    assert read.respondents == 4


def test_an_extreme_weight_is_reported_with_its_size(book):
    text = 'weight = "w"\n' + COLUMNS + 'mark = "v"'
    read = book.read(text, {"v": [6] * 10, "w": [1.0] * 9 + [11.0]})
    assert notices(read) == [
        "W141 data/responses/2016.parquet, column w: "
        "the largest weight is 5.5 times the mean; over 5 times: 1 respondent."
    ]


def test_a_category_nobody_chose_and_a_group_without_code_are_reported(book):
    text = COLUMNS + 'channel = "c"\ntheme = "t"\n' + CODES + 'channel = { 1 = "phone", 2 = "desk" }\n'
    text += 'theme = { 1 = "education" }'
    read = book.read(text, {"c": [1, 1], "t": [1, 1]})
    assert [notice.code for notice in read.notices] == ["W143", "W144"]


def test_clusters_numbered_anew_in_every_stratum_are_reported(book):
    text = 'strata = "s"\nclusters = "c"\n' + COLUMNS + 'mark = "v"'
    read = book.read(text, {"v": [6] * 4, "s": [1, 1, 2, 2], "c": [1, 2, 1, 3]})
    assert notices(read) == [
        "W148 data/responses/2016.parquet, column c: 1 cluster in several strata count once in each."
    ]


def test_the_kept_codebook_holds_questions_and_labels_and_nothing_else(book):
    labels = {
        "column_labels": {"v1": "Wat vindt u?", "o": "Toelichting"},
        "variable_value_labels": {"v1": {1.0: "slecht"}},
    }
    read = book.read(COLUMNS + 'mark = "v1"', {"v1": [7.0], "o": ["geheim"]}, **labels)
    path = save_codebook(book.root, 2016, read.questions)
    assert path == book.root / "data" / "codebooks" / "2016.json"
    assert '"question": "Wat vindt u?"' in path.read_text(encoding="utf-8")
    assert not re.search("geheim|Toelichting", path.read_text(encoding="utf-8"))
    assert load_codebook(book.root, 2016)["mark"].labels == {"1": "slecht"}


# Declarations


@pytest.mark.parametrize(
    ("declared", "problem"),
    [
        (COLUMNS + 'marc = "v"', "W204 data/waves.toml, waves.2016.responses.columns.marc: is no indicator"),
        (
            COLUMNS + 'channel.fax = "v"',
            "W204 data/waves.toml, waves.2016.responses.columns.channel.fax: is no category",
        ),
        (COLUMNS + 'mark = ["v", "w"]', "W203 data/waves.toml, waves.2016.responses.columns.mark: has several columns"),
        (COLUMNS + 'used = "v"\n' + CODES + 'used = { 1 = "ja" }', "codes.used.1: ja is not declared"),
        (COLUMNS + 'mark = "v"\n' + CODES + 'mark = { 1 = "high" }', "codes.mark.1: high is not a number"),
        (COLUMNS + 'used = "v"\n' + CODES + 'used = { "1..3" = "yes", 3 = "no" }', "codes 1..3 and 3 overlap"),
        (
            COLUMNS + 'used = "v"\n' + CODES + "mark = { 1 = 2 }",
            "W204 data/waves.toml, waves.2016.responses.codes.mark",
        ),
        (COLUMNS + 'mark = "v"\n[waves.2016.responses.ranges]\nmark = [10, 1]', "the first is not below the last"),
        ('missing = ["9..1"]\n' + COLUMNS + 'mark = "v"', "'9..1' is not a code or a range like 8..10"),
        ('wieght = "w"\n' + COLUMNS + 'mark = "v"', "responses.wieght: is not a field"),
        (COLUMNS + "mark = 7", "write the name of a column"),
    ],
)
def test_a_faulty_declaration_is_named(book, declared, problem):
    book.declare(declared)
    with pytest.raises(ProblemsError) as error:
        book.definitions()
    assert problem in str(error.value)


@pytest.mark.parametrize(
    ("code", "ends"),
    [
        ("7", (7, 7)),
        ("01", (1, 1)),
        ("8..10", (8, 10)),
        ("5,5 .. 7", (5.5, 7)),
        ("2..", (2, float("inf"))),
        ("A", ("A", "A")),
    ],
)
def test_a_code_is_a_number_a_range_or_a_text(code, ends):
    assert span(code) == ends
