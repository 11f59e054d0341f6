import datetime
import struct

import polars as pl
import pyreadstat
import pytest
from opened import answers

from wavebook.survey.files.opening import open_file
from wavebook.survey.files.staging import Staging


def test_an_spss_file_brings_its_questions_labels_and_missing_codes(folder):
    path = folder / "2016.sav"
    pyreadstat.write_sav(
        pl.DataFrame({"v1": [7.0, 98.0], "t": ["a ", ""]}),
        path,
        column_labels={"v1": "Wat  vindt u?"},
        variable_value_labels={"v1": {1.0: "slecht"}},
        missing_ranges={"v1": [{"lo": 97, "hi": 99}]},
    )
    file = open_file(path)
    found = file.variables["v1"]
    assert (found.kind, found.question, found.labels) == ("number", "Wat vindt u?", {"1": "slecht"})
    assert found.missing == ((97, 99),)
    assert file.variables["t"].kind == "text"


def test_user_missing_codes_are_still_there_and_blanks_are_not(folder):
    path = folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"v1": [7.0, 98.0], "t": ["a ", " "]}), path, missing_ranges={"v1": [98]})
    assert answers(path) == {"v1": [7, 98], "t": ["a", None]}


def sav_with_bytes(folder, old, new, **options):
    """An SPSS file that says it holds UTF-8 and in which ``old`` is replaced by ``new``."""
    path = folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"v1": [7.0, 8.0], "t": ["café", "b"]}), path, **options)
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    return path


@pytest.mark.parametrize("new", [b"caf\xe9 ", b" caf\xe9"])
def test_cp1252_answers_in_a_file_that_says_utf8_are_an_error(folder, new):
    path = sav_with_bytes(folder, "café".encode(), new)
    _, found = open_file(path).load(["t"], Staging(path))
    assert [str(problem).splitlines()[0] for problem in found] == [
        "W105 data/responses/2016.sav: says that it holds UTF-8 and does not: letters would be lost."
    ]


@pytest.mark.parametrize("new", [b"caf\xc3 ", b"caf\x9d ", b"caf\xe9 "])
def test_a_text_that_is_cut_within_a_letter_is_an_error_only_where_it_is_needed(folder, new):
    path = sav_with_bytes(folder, "café".encode(), new)
    assert open_file(path).load(["v1"], Staging(path))[1] == []
    frame, found = open_file(path).load(["v1", "t"], Staging(path))
    assert frame.collect()["v1"].to_list() == [7, 8]
    assert [(problem.code, "column t:" in problem.action) for problem in found] == [("W105", True)]


def test_cp1252_labels_in_a_file_that_says_utf8_are_an_error_and_are_read(folder):
    path = sav_with_bytes(folder, "één".encode(), b"\xe9\xe9n  ", column_labels={"v1": "Vraag één"})
    file = open_file(path)
    assert [problem.code for problem in file.problems] == ["W105"]
    assert file.variables["v1"].question == "Vraag één"


def test_the_given_encoding_reads_its_letters_right(folder):
    path = sav_with_bytes(folder, "café".encode(), b"caf\xe9 ")
    assert answers(path, encoding="cp1252")["t"] == ["café", "b"]


def test_spss_dates_and_times_are_texts_as_iso_8601_has_them_without_loss(folder):
    start = datetime.datetime(1582, 10, 14)
    moments = [datetime.datetime(1500, 1, 1), datetime.datetime(2016, 9, 30, 23, 59, 59, 500_000)]
    seconds = [(moment - start).total_seconds() for moment in moments]
    frame = pl.DataFrame({"d": seconds, "dt": seconds, "t": [30.25, 108_000.0], "du": [None, 5.0]})
    formats = {"d": "DATE11", "dt": "DATETIME23", "t": "TIME11", "du": "DTIME11"}
    path = folder / "2016.sav"
    pyreadstat.write_sav(frame, path, variable_format=formats)
    assert answers(path) == {
        "d": ["1500-01-01", "2016-09-30 23:59:59.500"],
        "dt": ["1500-01-01", "2016-09-30 23:59:59.500"],
        "t": ["00:00:30.250000", "30:00:00"],
        "du": [None, "00:00:05"],
    }
    assert [item.kind for item in open_file(path).variables.values()] == ["date", "date", "time", "time"]


@pytest.mark.parametrize("text", ["voilà", "Å", "een vaste spatie\u00a0", "…"])
def test_a_text_that_ends_in_a_byte_like_a_blank_is_utf_8(folder, text):
    path = folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"t": [text, "x"]}), path)
    assert answers(path) == {"t": [text.strip(), "x"]}


CUT = "x" * 59 + "één"


def with_labels(folder, old, new):
    """An SPSS file in UTF-8 with a label in which ``old`` is replaced by ``new``, and others that are sound."""
    path = folder / "2016.sav"
    frame = pl.DataFrame({"v1": [7.0, 8.0], "café": [1.0, 2.0], "t": ["café", "één"]})
    labels = {"v1": {7.0: CUT, 8.0: "één"}, "café": {1.0: "crème"}}
    pyreadstat.write_sav(frame, path, column_labels={"café": "Vraag é"}, variable_value_labels=labels)
    assert path.read_bytes().count(old) == 1
    path.write_bytes(path.read_bytes().replace(old, new))
    return path


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        (CUT.encode(), ("x" * 59).encode() + b"\xc3\xa9\xc3\xa9\xc3", "x" * 59 + "éé"),
        (CUT.encode(), ("x" * 59).encode() + b"\xe9\xe9n  ", CUT),
    ],
)
def test_one_label_that_is_cut_or_of_another_encoding_spoils_its_column_alone(folder, old, new, label):
    path = with_labels(folder, old, new)
    file = open_file(path)
    assert (file.problems, list(file.variables)) == ((), ["v1", "café", "t"])
    assert file.variables["café"].labels == {"1": "crème"}
    assert file.variables["café"].question == "Vraag é"
    assert file.variables["v1"].labels["8"] == "één"
    frame, found = file.load(["café", "t"], Staging(path))
    assert (frame.collect().rows(), found) == ([(1, "café"), (2, "één")], [])
    frame, found = file.load(["v1", "t"], Staging(path))
    assert [(problem.code, "column v1:" in problem.action) for problem in found] == [("W105", True)]


def test_a_spoilt_text_leaves_those_beside_it_as_they_are(folder):
    path = folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"o": ["crème", "é"], "t": ["Café zo", "ü"]}), path)
    path.write_bytes(path.read_bytes().replace("crème".encode(), b"cr\xe8me "))
    frame, found = open_file(path).load(["o", "t"], Staging(path))
    assert frame.collect().to_dict(as_series=False) == {"o": ["crème", "é"], "t": ["Café zo", "ü"]}
    assert "column o:" in found[0].action


@pytest.mark.parametrize("compress", [False, True])
def test_the_weight_by_which_an_spss_file_is_weighted_is_known(folder, compress):
    """Its header has the cell of the weight in a row, in which a text of 20 letters takes three."""
    path = folder / "2016.sav"
    frame = pl.DataFrame({"t": ["x" * 20, "y"], "v1": [7.0, 8.0], "long": ["z" * 600, ""], "hoog": [0.5, 1.5]})
    pyreadstat.write_sav(frame, path, row_compress=compress)
    assert [v.name for v in open_file(path).variables.values() if v.is_weight] == []
    cells = 3 + 1 + 3 * 32 + 1  # a text of 600 letters is in three parts of 255, 255 and 90
    content = bytearray(path.read_bytes())
    for at in range(4, 2 * cells):
        struct.pack_into("<i", content, 76, at)
        path.write_bytes(content)
        found = [v.name for v in open_file(path).variables.values() if v.is_weight]
        assert found in ([], ["v1"], ["hoog"])
        assert (found == ["v1"]) == (at == 4)
        if found == ["hoog"]:
            break
    else:
        pytest.fail("the last column is the weight of no cell")
