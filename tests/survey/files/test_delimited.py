import pytest
from opened import answers, problems

from wavebook.survey.files import limits
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.staging import Staging


def test_a_dutch_csv_has_semicolons_and_keeps_its_decimal_commas(folder):
    path = folder / "2016.csv"
    path.write_text('v1;w;o\n7;0,5;"a;b"\n8;1,5;\n', encoding="utf-8")
    assert answers(path) == {"v1": ["7", "8"], "w": ["0,5", "1,5"], "o": ["a;b", None]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_keeps_its_letters_in_every_encoding(folder, encoding):
    path = folder / "2016.csv"
    path.write_text("thema,v1\nCafé,7\n€,8\n", encoding=encoding)
    assert answers(path) == {"thema": ["Café", "€"], "v1": ["7", "8"]}
    assert [n.code for n in open_file(path).notices] == (["W147"] if encoding == "cp1252" else [])


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfthema,o,v1\ncaf\xe9,\xc3\xa9,7\n",
        "thema,o,v1\nx,é,6\ny,é,5\n".encode() + b"caf\xe9,x,7\n",
        "thema,o,v1\nx,é,6\ny,é,5\n".encode() + b"caf\xc3,x,7\n",
    ],
)
def test_a_line_that_is_not_in_the_encoding_of_the_others_spoils_the_column_of_its_letter_alone(folder, content):
    path = folder / "2016.csv"
    path.write_bytes(content)
    file = open_file(path)
    assert (file.problems, file.notices) == ((), ())
    frame, found = file.load(["v1", "o"], Staging(path))
    assert (found, frame.collect()["o"].to_list()[0], frame.collect()["v1"].to_list()[-1]) == ([], "é", "7")
    _, found = file.load(["thema", "v1"], Staging(path))
    assert [(problem.code, "column thema:" in problem.action) for problem in found] == [("W105", True)]


def test_a_csv_of_which_no_line_is_utf8_is_read_in_the_other_encoding(folder):
    path = folder / "2016.csv"
    path.write_bytes(b"o,v1\ncaf\xe9,7\nr\xe9,8\n\xc3\xa9,8\n")
    assert answers(path)["o"] == ["café", "ré", "Ã©"]
    assert [notice.code for notice in open_file(path).notices] == ["W147"]


@pytest.mark.parametrize("content", ["a,v1\nJan,1,2\n", 'a,v1\n"Jan,1\n', ""])
def test_a_broken_text_file_is_named_without_its_content(folder, content):
    (folder / "2016.csv").write_text(content)
    found = str(problems(open_file, folder / "2016.csv"))
    assert "W103" in found
    assert "Jan" not in found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "mac_roman"])
@pytest.mark.parametrize("content", ["a;v1\r1;2\r3;4\r", '"é\na";v1\r1;2\r', "v1\r1\r2", "Year 2016\r\ra;v1\r1;2\r"])
def test_the_line_ends_of_old_macintoshes_are_named_with_the_way_out(folder, content, encoding):
    (folder / "2016.csv").write_bytes(content.encode(encoding))
    (told,) = problems(open_file, folder / "2016.csv")
    assert "its lines end in a carriage return alone" in told
    (folder / "2016.csv").write_bytes(content.replace("\r", "\r\n").encode(encoding))
    assert open_file(folder / "2016.csv").variables


def test_columns_with_one_name_are_numbered_and_said_to_be(folder):
    path = folder / "2016.csv"
    path.write_text("Phone,Other,Other,\n1,2,3,4\n")
    assert answers(path) == {"Phone": ["1"], "Other (1)": ["2"], "Other (2)": ["3"], "column 4": ["4"]}
    assert [str(notice).splitlines()[0] for notice in open_file(path).notices] == [
        "W108 data/responses/2016.csv, its columns: have the same name: Other."
    ]


QUALTRICS = """StartDate,Q1,Q2_1
Start Date,"How satisfied
are you, overall?","Which do you use? - Phone"
"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"
2024-03-01,"Very
satisfied",Phone
2024-03-02,Not at all,
"""


def test_the_three_rows_of_qualtrics_are_names_and_questions(folder):
    path = folder / "2016.csv"
    path.write_text(QUALTRICS)
    assert answers(path) == {
        "StartDate": ["2024-03-01", "2024-03-02"],
        "Q1": ["Very\nsatisfied", "Not at all"],
        "Q2_1": ["Phone", None],
    }
    asked = {name: variable.question for name, variable in open_file(path).variables.items()}
    assert asked == {
        "StartDate": "Start Date",
        "Q1": "How satisfied are you, overall?",
        "Q2_1": "Which do you use? - Phone",
    }


MONKEY = """Respondent ID,Which do you use?,,,How old are you?
,Phone,Desk,Other (please specify),Open-Ended Response
11,Phone,,,34
12,,Desk,fax,51
"""


def test_the_two_rows_of_surveymonkey_are_questions_with_their_answers(folder):
    path = folder / "2016.csv"
    path.write_text(MONKEY)
    assert answers(path) == {
        "Respondent ID": ["11", "12"],
        "Which do you use?: Phone": ["Phone", None],
        "Which do you use?: Desk": [None, "Desk"],
        "Which do you use?: Other (please specify)": [None, "fax"],
        "How old are you?": ["34", "51"],
    }


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (
            '"resp";"Hoe snel, goed, prettig en eerlijk, vindt u dit?"',
            ["resp", "Hoe snel, goed, prettig en eerlijk, vindt u dit?"],
        ),
        ('resp,"Hoe tevreden\nbent u?"', ["resp", "Hoe tevreden bent u?"]),
        ('"Hoe tevreden\r\nbent u?",resp', ["Hoe tevreden bent u?", "resp"]),
        ('"Zei u ""ja, graag""\nof niet?"\tresp', ['Zei u "ja, graag" of niet?', "resp"]),
        ("sep=;\nresp;v1", ["resp", "v1"]),
        ('"sep=,"\r\nresp,v1', ["resp", "v1"]),
        ('resp;het 5" scherm', ["resp", 'het 5" scherm']),
    ],
)
def test_a_heading_may_hold_marks_and_line_breaks(folder, monkeypatch, head, names):
    path, mark = folder / "2016.csv", next(c for c in ";\t," if c in head.replace("goed,", "").replace("ja,", ""))
    path.write_bytes(f"{head}\n1{mark}2\n3{mark}4\n".encode())
    expected = {names[0]: ["1", "3"], names[1]: ["2", "4"]}
    assert answers(path) == expected
    monkeypatch.setattr(limits, "IN_MEMORY", 10)
    large = open_file(path).load(names, staging := Staging(path))[0].collect()
    assert large.to_dict(as_series=False) == {names[0]: [1, 3], names[1]: [2, 4]}
    del staging


@pytest.mark.parametrize("lines", [1, 2, 40])
def test_empty_lines_below_the_names_are_nobody(folder, lines):
    path = folder / "2016.csv"
    path.write_text("id;q\n" + lines * "\n" + "1;ja\n2;nee\n")
    assert answers(path) == {"id": ["1", "2"], "q": ["ja", "nee"]}
    path.write_text("".join(f"{line}\n{lines * chr(10)}" for line in ("id;q", "1;ja", "2;nee")))
    assert answers(path) == {"id": ["1", "2"], "q": ["ja", "nee"]}


def test_lines_that_end_twice_are_named_as_such(folder):
    path = folder / "2016.csv"
    path.write_bytes(b"id;q\r\r\n1;ja\r\r\n")
    (problem,) = problems(open_file, path)
    assert "each of its lines ends twice" in problem


def test_a_quotation_mark_within_a_field_is_a_letter_where_none_stands_around_fields(folder):
    path = folder / "2016.csv"
    path.write_text('id;q\n1;6" scherm\n2;"\n3;tv\n4;a "b" c\n'.replace('"\n', "x\n"), encoding="utf-8")
    assert answers(path)["q"] == ['6" scherm', "x", "tv", 'a "b" c']
    path.write_text('id;q\n1;"tv; radio"\n2;a "b" c\n', encoding="utf-8")
    assert answers(path)["q"] == ["tv; radio", 'a "b" c']
    path.write_text('id;q\n1;"tv; radio"\n2;6" scherm\n3;tv\n', encoding="utf-8")
    (problem,) = problems(open_file, path)
    assert "within a field of record 2, and others stand around fields" in problem
    path.write_text('id;q\n1;"6"" scherm"\n2;tv\n', encoding="utf-8")
    assert answers(path)["q"] == ['6" scherm', "tv"]
