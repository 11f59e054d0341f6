"""Codes that make up for labels that stand elsewhere, and codes that do not."""

import pytest
from answered import WAVE

from wavebook.survey.answers.mending import contradictions
from wavebook.survey.answers.questions import Question

OLD = {"1": "zeer tevreden", "5": "zeer ontevreden"}
TURNED = {"1": "zeer ontevreden", "5": "zeer tevreden"}
REWORDED = {"1": "heel erg ontevreden", "5": "heel erg tevreden"}
YES = 'used = { "1..2" = "yes", "3..5" = "no" }'
NO = 'used = { "1..3" = "no", "4..5" = "yes" }'


@pytest.fixture
def found(book):
    """What contradicts in a question whose codes meant one thing in 2016 and mean another in 2018."""

    def made(name, then, now, labels, earlier="2016"):
        lines = 'source = "bureau"\nlocator = "l"\n'
        text = "baseline = 2016\n"
        for year, codes in (("2016", then), ("2018", now)):
            text += WAVE.format(year=year) + f"[waves.{year}.responses]\n{lines}"
            text += f'[waves.{year}.responses.columns]\n{name} = "v1"\n[waves.{year}.responses.codes]\n{codes}\n'
        book.write("waves.toml", text)
        d = book.definitions()
        old, new = Question("Hoe?", OLD, ("v1",), earlier), Question("Hoe?", labels, ("v1",))
        return [*contradictions(d, name, d.waves["2018"].responses, old, new)]

    return made


@pytest.mark.parametrize("labels", [TURNED, REWORDED])
def test_codes_that_were_turned_with_their_labels_contradict_nothing(found, labels):
    assert found("used", YES, NO, labels) == []
    assert [text.split(" and ")[0] for text in found("used", YES, YES, labels)] == [
        "“zeer tevreden” meant yes at code 1",
        "“zeer ontevreden” meant no at code 5",
    ]


def test_numbers_are_turned_by_codes_that_are_numbers(found):
    turned = "mark = { " + ", ".join(f"{code} = {6 - code}" for code in range(1, 6)) + " }"
    assert found("mark", "", turned, TURNED) == []
    assert found("mark", "", "", TURNED)[0] == "“zeer tevreden” meant 1 at code 1 and means 5 at code 5"


def test_what_is_not_known_contradicts_nothing(found):
    assert found("used", YES, YES, {"1": "blauw", "5": "rood"}) == []
    assert found("used", YES, YES, TURNED, earlier="2010") == []
    assert found("used", YES, YES, {}) == []
