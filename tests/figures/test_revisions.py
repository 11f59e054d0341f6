"""The record of revisions as it is written."""

import csv
import io

from wavebook.definitions import REVISIONS
from wavebook.figures.revisions import reasons_in, recorded

OLD = ",".join(REVISIONS) + '\n2016-01-01,2014,grade@2014,6,7,"slip, sorry"'


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_a_record_that_ends_without_a_line_end_stays_whole(tmp_path):
    path = tmp_path / "revisions.csv"
    path.write_text(OLD)
    found = rows(recorded(path, "2014", [("grade@2014", "7", "8")], {"nl": "telfout"}))
    assert [(row["after"], row["reason"]) for row in found] == [("7", "slip, sorry"), ("8", "telfout")]


def test_a_language_that_is_new_gets_a_column(tmp_path):
    path = tmp_path / "revisions.csv"
    path.write_text(OLD)
    found = rows(recorded(path, "2014", [("grade@2014", "7", "8")], {"nl": "telfout", "en": "slip"}))
    assert [row["reason_en"] for row in found] == ["", "slip"]


def test_reasons_are_in_the_languages_of_the_book(small):
    d = small.load().definitions
    said, lacking, wrong = reasons_in(d, {"en": " slip ", "de": "Fehler"}, "--reason")
    assert (said, lacking) == ({"nl": "", "en": "slip"}, ["nl"])
    assert [problem.place for problem in wrong] == ["--reason de="]
