"""The questions of a wave by the names that they are declared under."""

import polars as pl
import pyreadstat
from answered import CODES, COLUMNS, Book

from wavebook.survey.answers.columns import Columns
from wavebook.survey.answers.described import questions_of_wave, text_of
from wavebook.survey.files.opening import find_file, open_file
from wavebook.survey.files.surveyfile import Variable


def described(root, responses, texts, labels=None):
    book = Book(root)
    book.declare(responses)
    frame = pl.DataFrame({name: [1.0, 2.0] for name in texts})
    pyreadstat.write_sav(frame, book.folder / "2016.sav", column_labels=texts, variable_value_labels=labels or {})
    d = book.definitions()
    return questions_of_wave(Columns(d, "2016", d.waves["2016"].responses, open_file(find_file(root, "2016"))))


def test_columns_with_the_same_text_and_labels_are_twins(tmp_path):
    texts = dict.fromkeys(("v1", "v2", "v3"), "Hoe goed ging het?") | {"v4": "Hoe goed gaat het?"}
    labels = {"v3": {1.0: "slecht", 10.0: "goed"}}
    found = described(tmp_path, COLUMNS + 'mark = "v1"\nvisits = "v4"\n', texts, labels)
    assert (found["mark"].twins, found["mark"].namesakes) == (("v2",), ("v3",))
    assert (found["visits"].twins, found["visits"].namesakes) == ((), ())


def test_texts_that_were_cut_off_are_twins(tmp_path):
    start = "Kunt u aangeven hoe tevreden u bent over elk van deze onderdelen van de dienstverlening? " * 3
    texts = {name: f"{start}{item}"[:256] for name, item in (("v1", "snelheid"), ("v2", "gemak"))}
    assert described(tmp_path, COLUMNS + 'mark = "v1"\n', texts)["mark"].twins == ("v2",)


def test_the_columns_of_one_question_are_no_twins(tmp_path):
    texts = dict.fromkeys(("v1", "v2"), "Welke kanalen?")
    codes = CODES + 'channel = { 1 = "phone", 2 = "desk" }\n'
    found = described(tmp_path, COLUMNS + 'channel = ["v1", "v2"]\n' + codes, texts)
    assert found["channel"].twins == ()


def test_a_scale_of_numbers_has_its_ends(tmp_path):
    declared = "ranges = { mark = [0, 7] }\n" + COLUMNS + 'mark = "v1"\nvisits = "v2"\nused = "v3"\n'
    found = described(tmp_path, declared, {"v1": "a b", "v2": "c d", "v3": "e f"})
    assert [found[name].ends for name in ("mark", "visits", "used")] == [(0, 7), None, None]


def test_a_text_that_is_only_the_name_of_its_column_is_none():
    assert text_of(Variable("v11", "number", "V11")) == ""
    assert text_of(Variable("v11", "number", "Hoe oud?")) == "Hoe oud?"
    assert text_of(Variable("Hoe oud bent u?", "number", "Hoe oud bent u?")) == "Hoe oud bent u?"
