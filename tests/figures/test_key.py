import pytest

from wavebook.figures import Key, wave_names
from wavebook.figures.key import typed


def test_a_key_is_read_back_from_what_it_prints(loaded):
    for figure in loaded:
        assert Key.read(str(figure.key)) == figure.key
    for text in ("grade", "grade@wave", "grade@theme=work", "grade@a=b,c=d,e=f,2014", "", "grade@"):
        with pytest.raises(LookupError):
            Key.read(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("grade", ("grade", "", ())),
        (" way_used.phone@theme=work, 2014 ", ("way_used", "phone", ("theme=work", "2014"))),
        ("grade@baseline,", ("grade", "", ("baseline",))),
        ("two words", None),
        ("Grade", None),
        ("grade@", None),
        ("grade@a@b", None),
    ],
)
def test_a_key_falls_into_indicator_category_and_selectors(text, parts):
    assert typed(text) == parts


@pytest.mark.parametrize(
    ("text", "waves"),
    [
        ("grade", ("wave",)),
        ("grade@theme=work,2009", ("2009",)),
        ("grade@2008..2009", ("2008", "2009")),
        ("grade@everyone", ("wave",)),
        ("grade@everyone,baseline", ("baseline",)),
    ],
)
def test_the_waves_that_a_key_names_are_told_as_they_are_typed(text, waves):
    assert wave_names(text) == waves
