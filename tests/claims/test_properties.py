"""What holds of every statement, whatever the figures."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from by_hand import made
from hypothesis import given
from hypothesis import strategies as st
from simulation import CASES, STEP, Draw, Published

from wavebook import claims
from wavebook.claims import ALPHA, Evidence, OpenError, direction, falls, rises, stable

LEVELS = st.sampled_from([ALPHA, ALPHA / 2, ALPHA / 19, 1e-6])
NAMES = [case.name for case in CASES]
EMPTY = {
    unit: made({name: {"2010": 5.0, "2014": 5.0}}, alike={name: alike} if alike else None)
    for unit, name, alike in (("grade", "grade", None), ("share", "share", None), ("fine", "grade", 0.04))
}


def found(predicate, figures, alpha=ALPHA):
    return predicate.find(Evidence(figures, alpha)).truth


def drawn(case, values, se=None):
    """Figures of a case by their printed values, and their errors."""
    shape = (1, len(case.series), len(case.waves))
    errors = None if se is None else np.array(se, float).reshape(shape)
    given = Published(np.array(values, float).reshape(shape), errors)
    return Draw(case, given, 0).with_figures()


def values_of(data, case, spread=4):
    """Printed values that lie close together, or around what the statement is held against."""
    step = STEP[case.unit] / 1000
    around = {"grade": 7.0, "share": data.draw(st.sampled_from([4, 25, 30, 50]))}[case.unit]
    count = len(case.series) * len(case.waves)
    return [around + step * data.draw(st.integers(-spread, spread)) for _ in range(count)]


def errors_of(data, case):
    step = STEP[case.unit] / 1000
    count = len(case.series) * len(case.waves)
    return [step * data.draw(st.sampled_from([0.01, 0.1, 0.5, 1, 3])) for _ in range(count)]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
@given(data=st.data())
def test_a_statement_and_its_denial_never_both_hold(case, data):
    se = errors_of(data, case) if data.draw(st.booleans()) else None
    figures = drawn(case, values_of(data, case), se)
    predicate = case.make(claims)
    outcomes = predicate.verdict(figures).outcome, (~predicate).verdict(figures).outcome
    assert outcomes in {("holds", "fails"), ("fails", "holds"), ("open", "open"), ("not certain", "not certain")}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
@given(data=st.data())
def test_what_rounded_figures_show_is_true_wherever_they_were_rounded_from(case, data):
    values = values_of(data, case)
    truth = found(case.make(claims), drawn(case, values))
    if truth is None:
        return
    step = STEP[case.unit]
    # in millionths: the lowest that is printed so, and as good as the highest
    ends = [(round(v * 10**6) - step * 500, round(v * 10**6) + step * 500 - 1) for v in values]
    inside = [data.draw(st.integers(low, high)) for low, high in ends]
    corners = list(product(*ends)) if len(ends) <= 4 else list(zip(*ends, strict=True))
    for point in [inside, *corners]:
        thousandths = np.array([Fraction(value, 1000) for value in point], dtype=object)
        assert bool(case.holds(thousandths.reshape(len(case.series), len(case.waves)))) == truth


@pytest.mark.parametrize("case", CASES, ids=NAMES)
@given(data=st.data())
def test_a_stricter_level_shows_nothing_that_a_milder_one_does_not(case, data):
    figures = drawn(case, values_of(data, case), errors_of(data, case))
    predicate = case.make(claims)
    mild, strict = sorted((data.draw(LEVELS), data.draw(LEVELS)), reverse=True)
    shown = found(predicate, figures, strict)
    if shown is not None:
        assert found(predicate, figures, mild) == shown


@st.composite
def changes(draw):
    """A grade or share in two waves, with or without errors, hardly or clearly changed."""
    unit = draw(st.sampled_from(sorted(EMPTY)))
    size = 1.0 if unit == "share" else 0.1
    errors = [draw(st.sampled_from([None, 0.01, 0.1, 0.5, 2.0])) for _ in range(2)]
    decimals = draw(st.sampled_from([0, 1, 2]))
    values = [5 + round(draw(st.integers(-40, 40)) / 10, decimals) * size for _ in range(2)]
    figures = EMPTY[unit]
    status = draw(st.sampled_from(["published", "estimated"]))
    figures._rows = {
        key: type(figure)(
            **{
                **figure.__dict__,
                "value": round(value, 6),
                "se": None if error is None else error * size,
                "status": status,
            }
        )
        for (key, figure), value, error in zip(figures._rows.items(), values, errors, strict=True)
    }
    return figures, "share" if unit == "share" else "grade"


def word(figures, text):
    """What the page's word says: up, down, the same, uncertain (None) or open."""
    try:
        return direction(Evidence(figures), text)
    except OpenError:
        return "open"


@given(changes(), LEVELS)
def test_the_word_for_a_change_never_contradicts_a_statement_on_the_same_page(change, alpha):
    figures, text = change
    said = word(figures, text)
    rose, fell, same = (found(make(text), figures, alpha) for make in (rises, falls, stable))
    if said == "up":
        assert not fell
        assert rose is not False
    if said == "down":
        assert not rose
        assert fell is not False
    if said == "same":
        assert True not in (rose, fell)
        assert same is not False
    if said in (None, "open"):
        assert True not in (rose, fell, same)


@given(changes(), LEVELS)
def test_a_statement_that_holds_is_what_the_word_says(change, alpha):
    figures, text = change
    if found(rises(text), figures, alpha):
        assert word(figures, text) == "up"
    if found(falls(text), figures, alpha):
        assert word(figures, text) == "down"


@given(changes())
def test_a_rise_refutes_a_fall(change):
    figures, text = change
    rose, fell = (found(make(text), figures) for make in (rises, falls))
    assert not (rose and fell)
    if rose:
        assert fell is False
