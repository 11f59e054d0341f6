"""What was asked otherwise than in an earlier wave stops the estimate until data/waves.toml answers for it."""

import random

import polars as pl
import pyreadstat
import pytest
from answered import INDICATORS, WAVE, Book, indicator

from wavebook.core.problems import ProblemsError
from wavebook.definitions import load_definitions
from wavebook.survey.answers.changes import wording_changes
from wavebook.survey.answers.questions import Question, earlier_codebook, load_codebook, save_codebook
from wavebook.survey.answers.responses import read_responses


class Series(Book):
    """A small book of several waves, each read from an SPSS file with two marks."""

    def __init__(self, root):
        super().__init__(root)
        self.write("indicators.toml", INDICATORS + indicator("other_mark", "grade"))

    def wave(self, year, questions, labels=None, columns=("v1", "v2"), more="", breaks=""):
        """What is read of a wave in which v1 and v2 have these questions and v1 these labels."""
        text = f"baseline = {year}\n{breaks}\n" + "".join(WAVE.format(year=y) for y in {"2016", year})
        text += f'[waves.{year}.responses]\nsource = "bureau"\nlocator = "bestand"\n{more}\n'
        text += f'[waves.{year}.responses.columns]\nmark = "{columns[0]}"\nother_mark = "{columns[1]}"'
        self.write("waves.toml", text)
        frame = pl.DataFrame({"v1": [7.0, 6.0], "v2": [8.0, 5.0]})
        options = {
            "column_labels": questions,
            "variable_value_labels": labels if labels and "v2" in labels else {"v1": labels or {}},
        }
        pyreadstat.write_sav(frame, self.folder / f"{year}.sav", **options)
        return read_responses(self.root, self.definitions(), year)

    def stops(self, *args, **kwargs):
        with pytest.raises(ProblemsError) as error:
            self.wave(*args, **kwargs)
        return [str(problem).splitlines()[0] for problem in error.value.problems]


ASKED = {"v1": "Wat vindt u van de keten?", "v2": "Wat vindt u van de samenwerking?"}
LABELS = {1.0: "heel slecht", 10.0: "top"}


@pytest.fixture
def series(tmp_path):
    made = Series(tmp_path)
    save_codebook(made.root, "2016", made.wave("2016", ASKED, LABELS).questions)
    return made


def told(read):
    return [(notice.code, notice.action) for notice in read.notices]


def test_the_same_words_with_other_spaces_capitals_quotes_or_stops_are_no_change(series):
    same = {"v1": "Wat  vindt u van de KETEN", "v2": "wat vindt u van de samenwerking?"}
    assert told(series.wave("2018", same, {1.0: "Heel  slecht", 10.0: "top."})) == []
    quoted = [Question(text, {}, ()) for text in ("‘n “keten” – nu", '\'n "keten" - nu')]
    assert wording_changes({"a": quoted[0]}, {"a": quoted[1]}) == []


def test_a_question_or_label_in_other_words_stops_the_estimate(series):
    changed = series.stops("2018", ASKED | {"v1": "Wat vond u van de keten?"}, LABELS | {1.0: "zeer slecht"})
    assert changed == [
        "W145 data/responses/2018.sav, column v1: the question of mark was “Wat vindt u van de keten?” and is "
        "“Wat vond u van de keten?”.",
        "W146 data/responses/2018.sav, column v1: the label of code 1 of mark was “heel slecht” and is “zeer slecht”.",
    ]


def test_a_change_that_is_answered_is_told_and_stops_nothing(series):
    questions, labels = ASKED | {"v1": "Wat vond u van de keten?"}, LABELS | {1.0: "zeer slecht"}
    more = 'reworded.mark = "alleen de tijd van het werkwoord"'
    answered = series.wave("2018", questions, labels, more=more)
    reason = "It means the same: alleen de tijd van het werkwoord"
    assert told(answered) == [("W145", reason), ("W146", reason)]


def test_a_break_for_the_indicator_is_an_answer_and_one_for_all_is_none(series):
    questions = ASKED | {"v1": "Wat vond u van de keten?"}
    declared = '[[breaks]]\nfrom = 2016\nto = 2018\nkind = "full"\nreason = {{ nl = "r", en = "r" }}\n{}'
    named = declared.format('indicators = ["mark"]')
    assert [code for code, _ in told(series.wave("2018", questions, LABELS, breaks=named))] == ["W145"]
    assert "W145" in series.stops("2018", questions, LABELS, breaks=declared.format(""))[0]
    assert "W145" in series.stops("2018", questions, LABELS, breaks=named.replace('"mark"', '"other_mark"'))[0]


def test_swapped_questions_stop_the_estimate_and_are_named(series):
    swapped = {"v1": ASKED["v2"], "v2": ASKED["v1"]}
    assert series.stops("2018", swapped, LABELS) == [
        "W189 data/responses/2018.sav, column v1: the question of mark is “Wat vindt u van de samenwerking?”, which "
        "was that of other_mark.",
        "W189 data/responses/2018.sav, column v2: the question of other_mark is “Wat vindt u van de keten?”, which was "
        "that of mark.",
    ]
    assert told(series.wave("2018", swapped, {"v2": LABELS}, columns=("v2", "v1"))) == []


def test_whatever_questions_change_places_each_is_named(tally):
    rng = random.Random(5)
    for _ in range(1000):
        names = [f"q{i}" for i in range(rng.randint(2, 8))]
        moved = dict(zip(names, rng.sample(names, len(names)), strict=True))
        before = {name: Question(f"Vraag over {name}?", {}, (name,), "2016") for name in names}
        after = {name: Question(f"vraag  over {moved[name]}", {}, (name,)) for name in names}
        changes = wording_changes(before, after)
        assert {c.name: c.other for c in changes} == {n: other for n, other in moved.items() if n != other}
    tally("questionnaires whose questions changed places", 1000)


def test_a_label_at_another_code_stops_the_estimate(series):
    moved = series.stops("2018", ASKED, {1.0: "heel slecht", 9.0: "top"})
    assert moved == ["W146 data/responses/2018.sav, column v1: the code of “top” of mark was “10” and is “9”."]
    reversed_ = series.stops("2018", ASKED, {1.0: "top", 10.0: "heel slecht"})
    assert reversed_ == [
        "W117 data/responses/2018.sav, column v1: the scale of mark runs the other way: it was “1 heel slecht … 10 "
        "top” and is “1 top … 10 heel slecht”.",
    ]


def test_an_answer_to_nothing_is_a_problem(series):
    more = 'reworded = { mark = "om het even", "other_mark" = "idem" }'
    assert series.stops("2018", ASKED, LABELS, more=more) == [
        "W188 data/waves.toml, [waves.2018.responses.reworded] mark: is worded as before.",
        "W188 data/waves.toml, [waves.2018.responses.reworded] other_mark: is worded as before.",
    ]
    assert (
        "is not a question in both this wave and an earlier one"
        in series.stops("2018", ASKED, LABELS, more='reworded.marc = "?"')[0]
    )


def test_a_question_is_compared_with_the_last_time_that_it_was_put(series):
    save_codebook(series.root, "2017", {"other_mark": Question(ASKED["v2"], {}, ("v2",))})
    year, asked = earlier_codebook(series.root, "2018", load_definitions(series.root))
    assert (year, asked["mark"].wave, asked["other_mark"].wave) == ("2017", "2016", "2017")
    assert load_codebook(series.root, "2017").keys() == {"other_mark"}
    assert "W145" in series.stops("2018", ASKED | {"v1": "Wat vond u van de keten?"}, LABELS)[0]


def test_questions_that_are_headings_of_a_text_file_are_compared_too(series):
    asked = "Wat vindt u van de keten?"

    def wave(year, heading):
        text = f"baseline = {year}\n" + WAVE.format(year=year) + f'[waves.{year}.responses]\nsource = "bureau"\n'
        text += f'locator = "l"\n[waves.{year}.responses.columns]\nmark = "{heading}"\n'
        series.write("waves.toml", text)
        (series.folder / f"{year}.csv").write_text(f"{heading};nr\n7;1\n6;2\n", encoding="utf-8")
        return read_responses(series.root, series.definitions(), year)

    (series.root / "data" / "codebooks" / "2016.json").unlink()
    save_codebook(series.root, "2017", wave("2017", asked).questions)
    with pytest.raises(ProblemsError, match="W145"):
        wave("2018", "Wat vond u van de keten?")
