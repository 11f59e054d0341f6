"""What a new book is asked for."""

from datetime import date
from pathlib import Path

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.start.options import Options, asked, completed, languages_in


def wrong(**options):
    with pytest.raises(ProblemsError) as error:
        completed(Options(Path("x"), **options))
    return [(problem.code, problem.place) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ({"languages": ("xx",)}, "--language"),
        ({"languages": ()}, "--language"),
        ({"wave": "R8"}, "--wave"),
        ({"wave": "2024-13"}, "--wave"),
        ({"wave": "../2024"}, "--wave"),
        ({"file": Path("nowhere.sav")}, "nowhere.sav"),
        ({"file": Path("answers.txt")}, "answers.txt"),
        ({"minimum": 1}, "--minimum-base"),
        ({"title": "a\nb"}, "--title"),
        ({"title": "a\u200bb"}, "--title"),
    ],
)
def test_what_cannot_be_is_named(options, place):
    assert wrong(**options) == [("W513", place)]


def test_all_faults_are_named_at_once():
    assert len(wrong(languages=("xx", "yy"), wave="R8")) == 3


def test_languages_are_listed_once():
    assert languages_in(" NL, en,nl,") == ("nl", "en")


def test_the_wave_is_that_in_the_name_of_the_file_else_this_year(tmp_path):
    def wave(name):
        path = tmp_path / name
        path.write_text("a")
        return completed(Options(tmp_path / "b", file=path)).wave

    assert [wave(name) for name in ("answers_2023.csv", "2024-03 final.csv", "wave-2023H2.csv")] == [
        "2023",
        "2024-03",
        "2023H2",
    ]
    assert wave("answers.csv") == str(date.today().year)


def test_a_title_is_in_the_language_of_the_book():
    assert completed(Options(Path("x"), ("nl", "en"))).title == "Een verzonnen bibliotheek"
    assert completed(Options(Path("x"), title="Own")).title == "Own"


def test_each_question_has_a_default(tmp_path):
    path = tmp_path / "2024.csv"
    path.write_text("a")
    questions = []

    def ask(question, default):
        questions.append(question)
        return {"Title": "Trust"}.get(question, default)

    given = asked(Options(tmp_path / "b", file=path), ask, lambda options: f"w{options.wave}")
    assert (given.wave, given.title, given.minimum, given.languages) == ("2024", "Trust", 30, ("en",))
    assert given.weight == "w2024"
    assert len(questions) == 5
    with pytest.raises(ProblemsError):
        asked(Options(tmp_path / "b"), lambda text, default: "xx" if "Languages" in text else default, lambda _: "-")
