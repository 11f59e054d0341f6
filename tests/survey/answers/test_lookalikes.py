import pytest
from answered import COLUMNS, column, notices

from wavebook.core.problems import ProblemsError

FILTER = 'filter = { k = ["Ja"] }\n' + COLUMNS + 'mark = "v"\n'
ASKED = COLUMNS + 'mark = "v"\n[waves.2016.responses.asked_if]\nmark = { k = ["Ja"] }\n'


def data(other):
    return {"k": ["Ja", "nee", other] * 10, "v": [7.0, None, None] * 10}


@pytest.mark.parametrize("other", ["ja", "JA", "Ja.", "J a", "“Ja”"])
@pytest.mark.parametrize(("declared", "where"), [(FILTER, "filter"), (ASKED, "asked_if.mark")])
def test_a_cell_that_looks_like_a_code_that_chooses_respondents_is_named(book, declared, where, other):
    assert book.problems(declared, data(other)) == [
        f"W136 data/responses/2016.parquet, column k: holds what looks like a code of {where} and is not: "
        f"“{other}” (10 respondents)."
    ]


@pytest.mark.parametrize("other", ["#N/B", "#DIV/0!", "#BEZUG!", "#NOM?", "Fout:502"])
def test_an_error_is_no_code_that_leaves_respondents_out(book, other):
    assert book.problems(FILTER, data(other)) == [
        "W137 data/responses/2016.parquet, column k: has cells in which a spreadsheet could not compute anything: "
        f"“{other}” (10 respondents)."
    ]
    read = book.read(f'missing = ["{other}"]\n{FILTER}', data(other))
    assert read.respondents == 10


@pytest.mark.parametrize("other", ["ja, soms", "nee.", "0", "x", "", None])
def test_other_cells_are_left_out_as_they_were(book, other):
    assert book.read(FILTER, data(other)).respondents == 10


def test_digits_of_any_script_and_signs_that_nobody_sees_make_no_other_code(book):
    read = book.read(
        "filter = { k = [1] }\n" + COLUMNS + 'mark = "v"\n', {"k": ["1", "\uff11", "1\u200b", "2"], "v": [7, 8, 9, 5]}
    )
    assert column(read, "mark") == [7, 8, 9]


def test_strata_that_look_the_same_are_told_and_an_error_is_none(book):
    declared = 'strata = "s"\n' + COLUMNS + 'mark = "v"\n'
    read = book.read(declared, {"s": ["Noord", "noord", "1-2", "12"], "v": [7, 8, 7, 8]})
    assert notices(read) == [
        "W149 data/responses/2016.parquet, column s: has names of a stratum that look the same and are counted apart "
        "(1 name)."
    ]
    assert book.problems(declared, {"s": ["Noord"] * 5 + ["#N/B"] * 5, "v": [7.0, 8.0] * 5}) == [
        "W137 data/responses/2016.parquet, column s: has cells in which a spreadsheet could not compute anything: "
        "“#N/B” (5 respondents)."
    ]


@pytest.mark.parametrize(
    ("cells", "form"),
    [(["45%", "50 %"], "1234,5%"), (["1 250", "900"], "1 234,5"), (["1’250", "1’300"], "1'234.5")],
)
def test_a_form_that_all_cells_have_is_proposed_and_read(book, cells, form):
    with pytest.raises(ProblemsError) as error:
        book.read(COLUMNS + 'visits = "v"\n', {"v": cells})
    assert f'Write v = "{form}"' in error.value.problems[0].action
    formats = f'[waves.2016.responses.formats]\nv = "{form}"\n'
    read = book.read(COLUMNS + f'visits = "v"\n{formats}', {"v": cells})
    assert column(read, "visits") == [float(cell.rstrip(" %").replace(" ", "").replace("’", "")) for cell in cells]
