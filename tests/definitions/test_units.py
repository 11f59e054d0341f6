import pytest
from commuting import Commuting

from wavebook.core.problems import ProblemsError
from wavebook.definitions import load_definitions


@pytest.fixture
def book(tmp_path):
    return Commuting(tmp_path / "book")


def problems(book):
    with pytest.raises(ProblemsError) as caught:
        load_definitions(book.root)
    return [str(problem).splitlines()[0] for problem in caught.value.problems]


def test_units_are_built_in_or_declared(book):
    found = {name: indicator.unit for name, indicator in load_definitions(book.root).indicators.items()}
    assert {name: unit.kind for name, unit in found.items()} == {
        "trust": "score",
        "recommend": "score",
        "spent": "amount",
        "saved": "amount",
        "delay": "duration",
        "travel": "duration",
        "distance": "count",
        "advice": "share",
        "nps": "balance",
        "price": "index",
    }
    assert (found["trust"].ends, found["recommend"].ends, found["distance"].ends) == ((1, 5), (0, 10), (0, 500))
    assert found["trust"] != found["recommend"]


def test_decimals_and_margin_follow_from_the_unit(book):
    distance = load_definitions(book.root).indicators["distance"]
    assert (distance.decimals, distance.margin) == (1, 0.5)
    book.edit("indicators.toml", 'unit = "kilometre"', 'unit = "kilometre"\ndecimals = 0\nalike = 2')
    distance = load_definitions(book.root).indicators["distance"]
    assert (distance.decimals, distance.margin) == (0, 2)


WRONG = {
    "bounds the wrong way": (
        "bounds = [0, 500]",
        "bounds = [500, 0]",
        "W216 .*kilometre.bounds: 500 is not below",
    ),
    "no such currency": (
        'currency = "EUR"',
        'currency = "EURO"',
        "W216 .*balance_of_money.currency: EURO is not",
    ),
    "a scale on a percentage": (
        'unit = "percent"\n',
        'unit = "percent"\nscale = [0, 100]\n',
        "W217 .*indicators.advice.scale: does not go with the kind share",
    ),
    "a score without a scale": ("scale = [1, 5]\n", "", "W217 .*indicators.trust.scale: is missing"),
    "a scale the wrong way": ("scale = [1, 5]", "scale = [5, 1]", "W217 .*indicators.trust.scale: 5 is not below 1"),
    "words for one only": (
        'many = { nl = "kilometer", en = "kilometres" }\n',
        "",
        "W216 .*units.kilometre: has words for one or for many, and not for both",
    ),
    "words in one language": (
        'one = { nl = "kilometer", en = "kilometre" }',
        'one = { nl = "kilometer" }',
        "W203 .*units.kilometre.one.en: is missing",
    ),
    "no kind": ('kind = "count"\n', "", "W216 .*units.kilometre: has no kind"),
    "an unknown kind": ('kind = "count"\n', 'kind = "lots"\n', "W203 .*units.kilometre.kind"),
    "hours of a currency": (
        'currency = "EUR"\n',
        'currency = "EUR"\nclock = true\n',
        "W216 .*units.balance_of_money.clock: is for minutes and hours only",
    ),
    "a base of a count": ("bounds = [0, 500]", "bounds = [0, 500]\nbase = 100", "W216 .*units.kilometre.base"),
    "a scale of a count": ("bounds = [0, 500]", "scale = [0, 500]", "W216 .*units.kilometre.scale"),
    "a unit that is there": ("[units.kilometre]", "[units.percent]", "W216 .*units.percent: is the name of a unit"),
    "a unit that is not": (
        'unit = "minute"',
        'unit = "minut"',
        "W203 .*delay.unit: is not a unit; the nearest is min",
    ),
    "a unit that nothing has": ('unit = "travel_time"', 'unit = "minute"\ndecimals = 0', "W205 .*units.travel_time"),
    "a balance of one side": ('minus = ["advice.detractor"]', "", "W217 .*indicators.nps: plus and minus go together"),
    "a balance of what is no share": ("advice.detractor", "advice.nobody", "W217 .*nps: advice.nobody is not a share"),
    "a share on both sides": ("advice.detractor", "advice.promoter", "W217 .*indicators.nps: a share counts twice"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_no_unit_can_be_is_a_problem(book, name):
    old, new, expected = WRONG[name]
    text = book.path("indicators.toml").read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new)
    if name == "a unit that is there":
        text = text.replace('unit = "kilometre"', 'unit = "percent"\ndecimals = 0')
    book.write("indicators.toml", text)
    import re

    found = problems(book)
    assert any(re.match(expected, problem) for problem in found), found
