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


def test_a_csv_that_claims_utf8_and_is_not_is_an_error(folder):
    path = folder / "2016.csv"
    path.write_bytes(b"\xef\xbb\xbfthema,v1\ncaf\xe9,7\n")
    assert [problem.code for problem in open_file(path).problems] == ["W105"]


@pytest.mark.parametrize("content", ["a,v1\nJan,1,2\n", 'a,v1\n"Jan,1\n', ""])
def test_a_broken_text_file_is_named_without_its_content(folder, content):
    (folder / "2016.csv").write_text(content)
    found = str(problems(open_file, folder / "2016.csv"))
    assert "W103" in found
    assert "Jan" not in found


def test_two_columns_with_one_name_are_an_error(folder):
    (folder / "2016.csv").write_text("v1,v1\n1,2\n")
    assert problems(open_file, folder / "2016.csv") == [
        "W108 data/responses/2016.csv, column v1: occurs more than once."
    ]


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
