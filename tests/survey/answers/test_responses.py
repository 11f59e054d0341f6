import re
import struct

import polars as pl
import pyreadstat
import pytest
from answered import CODES, COLUMNS, WAVE, column
from workbook import xlsx

from wavebook.core.problems import ProblemsError
from wavebook.core.spans import span
from wavebook.survey.answers.questions import load_codebook, save_codebook
from wavebook.survey.answers.responses import read_responses
from wavebook.survey.files import limits

# What a file holds


def test_the_filter_leaves_respondents_out_before_any_check(book):
    text = 'weight = "w"\nfilter = { done = [1] }\n' + COLUMNS + 'mark = "v1"'
    read = book.read(text, {"v1": [7, 55], "w": [1.0, None], "done": [1, 0]})
    assert (read.respondents, read.dropped) == (1, 1)
    assert column(read, "mark") == [7]


def test_a_filter_may_be_a_range_of_dates(book):
    text = 'filter = { day = "2016-09-01..2016-09-30" }\n' + COLUMNS + 'mark = "v1"'
    days = pl.Series(["2016-08-31", "2016-09-30", "2016-10-01"]).str.to_date()
    assert column(book.read(text, {"v1": [5, 6, 7], "day": days}), "mark") == [6]


def test_of_thousands_of_columns_only_the_declared_ones_are_there(book):
    data = {f"x{i}": [i] for i in range(2000)} | {"v1": [6]}
    assert book.read(COLUMNS + 'mark = "v1"', data).frame.collect_schema().names() == ["mark"]


def test_a_filter_that_keeps_nobody_stops_with_what_its_column_holds(book):
    assert book.problems("filter = { v = [3] }\n" + COLUMNS + 'mark = "v"', {"v": [1, 2]}) == [
        "W125 data/responses/2016.parquet, column v: filter v = 3 keeps none of 2 respondents; "
        "it holds 2 texts of 1 character (2 respondents)."
    ]


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
    book.write("waves.toml", "baseline = 2016\n" + WAVE.format(year="2016"))
    with pytest.raises(ProblemsError, match=r"W106 data/waves.toml, waves.2016.responses: is missing"):
        read_responses(book.root, book.definitions(), "2016")


# What is kept


def test_the_kept_codebook_holds_questions_and_labels_and_nothing_else(book):
    labels = {
        "column_labels": {"v1": "Wat vindt u?", "o": "Toelichting"},
        "variable_value_labels": {"v1": {1.0: "slecht"}},
    }
    read = book.read(COLUMNS + 'mark = "v1"', {"v1": [7.0], "o": ["geheim"]}, **labels)
    path = save_codebook(book.root, "2016", read.questions)
    assert path == book.root / "data" / "codebooks" / "2016.json"
    assert '"question": "Wat vindt u?"' in path.read_text(encoding="utf-8")
    assert not re.search("geheim|Toelichting", path.read_text(encoding="utf-8"))
    assert load_codebook(book.root, "2016")["mark"].labels == {"1": "slecht"}


# Declarations


@pytest.mark.parametrize(
    ("declared", "problem"),
    [
        (COLUMNS + 'marc = "v"', "W204 data/waves.toml, waves.2016.responses.columns.marc: is not an indicator"),
        (
            COLUMNS + 'channel.fax = "v"',
            "W204 data/waves.toml, waves.2016.responses.columns.channel.fax: is not a category",
        ),
        (
            COLUMNS + 'mark = ["v", "w"]',
            "W203 data/waves.toml, waves.2016.responses.columns.mark: needs one column and has several",
        ),
        (COLUMNS + 'used = "v"\n' + CODES + 'used = { 1 = "ja" }', "codes.used.1: ja is not declared"),
        (COLUMNS + 'mark = "v"\n' + CODES + 'mark = { 1 = "high" }', "codes.mark.1: high is not a number"),
        (COLUMNS + 'used = "v"\n' + CODES + 'used = { "1..3" = "yes", 3 = "no" }', "codes 1..3 and 3 overlap"),
        (
            COLUMNS + 'used = "v"\n' + CODES + "mark = { 1 = 2 }",
            "W204 data/waves.toml, waves.2016.responses.codes.mark",
        ),
        (COLUMNS + 'mark = "v"\n[waves.2016.responses.ranges]\nmark = [10, 1]', "the first is not below the last"),
        ('missing = ["9..1"]\n' + COLUMNS + 'mark = "v"', "'9..1' is not a code or a range like 8..10"),
        ('wieght = "w"\n' + COLUMNS + 'mark = "v"', "responses.wieght: is not a field known here"),
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


def test_a_weight_that_only_the_file_names_is_told(book):
    """Tables of the bureau are weighted by it, as SPSS was told."""
    path = book.folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"v1": [7.0, 8.0], "Hoog": [0.5, 1.5], "w": [1.5, 0.5]}), path)
    content = bytearray(path.read_bytes())
    struct.pack_into("<i", content, 76, 2)
    path.write_bytes(content)

    def told(declared):
        return [(p.code, p.found) for p in book.read(declared + COLUMNS + 'mark = "v1"').notices]

    said = "is what the file says it is weighted by, and"
    assert told("") == [("W138", f"{said} no weight is declared")]
    assert told('weight = "w"\n') == [("W138", f"{said} w is declared")]
    assert told('weight = "hoog"\n') == []
