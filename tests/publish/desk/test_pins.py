"""Roles that name the wave to which a sentence is pinned."""

import pytest
from waves import add_wave, grade

from wavebook.publish.desk.pins import pinned


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    from small import SmallBook

    made = SmallBook(tmp_path_factory.mktemp("pins"))
    add_wave(made, "2016")
    grade(made, "2016", "5.0")
    return made.load(wave="2016").as_of("2014")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("{value}`grade`", "{value}`grade@2014`"),
        ("{number}`share.yes@ theme=work`", "{number}`share.yes@theme=work,2014`"),
        ("{n}`grade@wave,everyone`", "{n}`grade@everyone,2014`"),
        ("{value}`grade@previous`", "{value}`grade@2013`"),
        ("{value}`grade@latest`", "{value}`grade@2014`"),
        ("{value}`grade@baseline`", "{value}`grade@baseline`"),
        ("{value}`grade@2010`", "{value}`grade@2010`"),
        ("{word}`fact:towns`", "{word}`fact:towns`"),
        ("{trend}`rose<grade>`", "{trend}`rose<grade@baseline..2014>`"),
        ("{trend}`grade@previous`", "{trend}`grade@2013..2014`"),
        ("{change}`grade@theme=work`", "{change}`grade@theme=work,baseline..2014`"),
        ("{compared}`grade@2010..wave`", "{compared}`grade@2010..2014`"),
        ("{change}`grade@2010..2013`", "{change}`grade@2010..2013`"),
        ("{wave}`wave`", "{wave}`2014`"),
        ("{wave}`In previous`", "{wave}`In 2013`"),
        ("{wave}`in grade@latest`", "{wave}`in 2014`"),
        ("{wave}`baseline`", "{wave}`baseline`"),
        ("{credit}`wave`", "{credit}`2014`"),
        ("{cite:p}`report`", "{cite:p}`report`"),
        ("{change}`no such thing`", "{change}`no such thing`"),
    ],
)
def test_a_role_that_floats_names_the_wave_and_any_other_stays(figures, typed, expected):
    assert pinned(f"In {typed}\nso.", figures) == f"In {expected}\nso."
