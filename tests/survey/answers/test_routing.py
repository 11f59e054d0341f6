"""Who was asked a question: as declared, or as empty cells show it, as far as they do."""

import random

import pytest
from series import CODES, COLUMNS, LABELS, MARK, OTHER, TEXTS, USED, Series

from wavebook.core.problems import ProblemsError
from wavebook.survey.answers.questions import load_codebook, save_codebook
from wavebook.survey.answers.responses import read_responses
from wavebook.survey.answers.routing import UNKNOWN, differs, told

ROWS = 200
USES = [1.0 + i % 2 for i in range(ROWS)]  # half of them used it
MARKS = [float(random.Random(i).randint(1, 10)) for i in range(ROWS)]
LED = [7.0 if used == 1 else None for used in USES]
RULE = "asked_if = { mark = { v13 = [1] } }"


def asked_of(root, year="2018", more="", columns=COLUMNS, **file):
    series = Series(root)
    series.declare_wave(year, columns, more=more)
    series.respondents(year, rows=ROWS, **({"v11": MARKS, "v13": USES} | file))
    return series, read_responses(series.root, series.definitions(), year).questions


@pytest.mark.parametrize(("empty", "asked"), [(0, {}), (8, {}), (25, None)])
def test_a_question_with_hardly_an_empty_cell_was_asked_of_everyone(tmp_path, empty, asked):
    _, questions = asked_of(tmp_path, v12=[None] * empty + [7.0] * (ROWS - empty))
    assert questions["other_mark"].asked == asked


def stops(root, **file):
    with pytest.raises(ProblemsError) as error:
        asked_of(root, **file)
    return [f"{problem.code} {problem.found}" for problem in error.value.problems]


def test_others_than_before_stop_the_estimate_and_what_leads_to_the_question_is_named(tmp_path):
    assert stops(tmp_path, v12=LED) == [
        "W120 other_mark was asked of everyone, and now of those with “ja” at used",
    ]


def test_a_code_that_says_that_nobody_asked_is_an_empty_cell(tmp_path):
    labels = LABELS | {"v12": LABELS["v12"] | {98.0: "n.v.t. (niet gevraagd)"}}
    cells = [98.0 if cell is None else cell for cell in LED]
    found = stops(tmp_path, v12=cells, labels=labels, more="missing = [98]")
    assert found == ["W120 other_mark was asked of everyone, and now of those with “ja” at used"]


def test_some_of_whom_nothing_tells_are_some(tmp_path):
    chosen = random.Random(3).sample(range(ROWS), 120)
    cells = [7.0 if i in chosen else None for i in range(ROWS)]
    assert stops(tmp_path, v12=cells) == [
        "W120 other_mark was asked of everyone, and now of some, and the file does not show whom"
    ]


def test_two_questions_that_could_both_lead_to_it_tell_nothing(tmp_path):
    marks = [float(used) for used in USES]
    (stop,) = stops(tmp_path, v11=marks, v12=LED)
    assert stop.endswith("some, and the file does not show whom")


def test_an_answer_of_a_few_tells_nothing(tmp_path):
    uses = [2.0] * 3 + [1.0] * (ROWS - 3)
    chosen = [None] * 3 + [7.0] * 140 + [None] * (ROWS - 143)
    assert stops(tmp_path, v13=uses, v12=chosen) == [
        "W120 other_mark was asked of everyone, and now of some, and the file does not show whom"
    ]


def test_a_rule_that_is_declared_is_named_by_questions_and_labels_whatever_their_columns(tmp_path):
    series, questions = asked_of(tmp_path, year="2017", v11=LED, more=RULE + '\nreworded = { mark = "r" }')
    assert questions["mark"].asked == {"used": ("ja",)}
    save_codebook(series.root, "2017", questions)
    assert load_codebook(series.root, "2017")["mark"].asked == {"used": ("ja",)}
    assert load_codebook(series.root, "2017")["other_mark"].asked == {}
    texts = {"a1": MARK, "a2": OTHER, "a3": USED}
    columns = {"mark": "a1", "other_mark": "a2", "used": "a3"}
    turned = {"used": '{ 1 = "no", 2 = "yes" }'}
    labels = {"a1": LABELS["v11"], "a2": LABELS["v12"], "a3": {1.0: "nee", 2.0: "ja"}}
    series.declare_wave("2018", columns, turned, more='asked_if = { mark = { a3 = [2] } }\nreworded = { used = "r" }')
    cells = {"a3": [3 - used for used in USES], "a1": LED}
    series.respondents("2018", texts, labels, rows=ROWS, **cells)
    read = read_responses(series.root, series.definitions(), "2018")
    assert read.questions["mark"].asked == {"used": ("ja",)}
    assert CODES.keys() == turned.keys()


def test_the_labels_in_a_range_are_not_kept_as_they_may_be_typed(tmp_path):
    labels = LABELS | {"v13": LABELS["v13"] | {3.0: "bij mijn buurman Jan"}}
    more = 'asked_if = { mark = { v13 = ["1..3"] } }\nreworded = { mark = "r" }'
    _, questions = asked_of(tmp_path, labels=labels, more=more)
    assert questions["mark"].asked == {"used": ("1..3",)}


def test_what_is_not_known_of_a_wave_differs_from_nothing():
    assert not differs(None, {})
    assert not differs({}, None)
    assert not differs(UNKNOWN, {"used": ("ja",)})
    assert not differs({"used": ("Ja.",)}, {"used": ("ja",)})
    assert differs({}, UNKNOWN)
    assert differs({"used": ("ja",)}, {"used": ("ja", "nee")})
    assert differs({"used": ("ja",)}, {"channel": ("ja",)})


def test_who_was_asked_is_told_in_words():
    assert told({"used": (), "channel.phone": ("ja", "soms")}) == (
        "those with an answer at used and “ja” or “soms” at channel.phone"
    )
    assert TEXTS["v13"] == USED
