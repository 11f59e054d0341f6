"""Figures that are not there: what is said of one, and the cause that many messages share."""

import pytest
from small import SmallBook

from wavebook.figures import MissingFigureError
from wavebook.figures.absence import causes

WAVE = '\n[waves.2016]\nname.nl = "vierde"\nname.en = "fourth"\nbureau = "Twee"\nclient.nl = "wij"\nclient.en = "we"\n'


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """A wave of which little is known: a grade, and one of the answers about a theme."""
    book = SmallBook(tmp_path_factory.mktemp("small"))
    waves = book.path("waves.toml").read_text(encoding="utf-8")
    book.write("waves.toml", waves.replace("\n[[breaks]]", f'{WAVE}source = "report"\n\n[[breaks]]'))
    book.write("figures/2016.csv", book.path("figures/2014.csv").read_text(encoding="utf-8").split("\n")[0] + "\n")
    book.add("2016", indicator="grade", value="7.0", unit="grade")
    book.add("2016", indicator="grade", value="", unit="grade", segment_by="theme", segment="work", status="suppressed")
    book.add("2016", indicator="share", value="8", unit="percent", category="no")
    return book.load()


def message(figures, text):
    with pytest.raises(MissingFigureError) as caught:
        figures[text]
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("share.yes", "; share.yes has 2010, 2013, 2014"),
        ("share.yes@theme=work", ""),  # declared, and in no wave: nothing is mistyped
        ("grade@theme=school", ""),  # suppressed wherever it is
        ("grade@2013,theme=work", "; grade@theme=work has 2014"),
        ("share", "; it has one for each of yes, no, maybe"),
        ("share.yess@2014", "; the nearest is share.yes@2014"),
        ("shaer.yes@2014", "; the nearest is share.yes@2014"),
        ("shaer.yess@2014", "; the nearest is share.yes@2014"),
        ("grade@2014,theme=wrok", "; the nearest is grade@theme=work,2014"),
        ("grade@2014,thema=work", "; the nearest is grade@theme=work,2014"),
        ("grade@2014,population=citizen", "; the nearest is grade@population=citizens,2014"),
        ("trade.yes@2014", ""),  # grade has no answers
        ("channels@2014", ""),
        ("share.nope@2014", ""),
        ("share.yess@2016", "; the nearest is share.yes@2016"),  # of this wave, whether or not it has it
    ],
)
def test_a_message_names_what_is_near_in_kind_and_nothing_else(edition, text, said):
    found = message(edition, text)
    assert found.startswith("there is no figure ")
    assert found.partition(";")[1:] == (";", said[1:]) if said else ";" not in found


@pytest.mark.parametrize(
    ("text", "code", "place", "found"),
    [
        ("share.yes", "W448", "data/figures/2016.csv", "has no share.yes, which 2014 has"),
        ("share.yes@theme=work", "W448", "data/figures/2016.csv", "has no share@theme=work, and no wave has"),
        (
            "grade@theme=work",
            "W448",
            "data/figures/2016.csv",
            "grade@theme=work,2016 is suppressed: too few respondents",
        ),
        ("grade@2013,population=citizens", "W448", "data/figures/2013.csv", "has no grade@population=citizens"),
        ("shaer.yes@2014", "W449", "data/indicators.toml", "there is no indicator shaer; the nearest is share"),
        ("channels@2014", "W449", "data/indicators.toml", "there is no indicator channels"),
        ("share.yess", "W449", "data/indicators.toml", "share has no answer yess; the nearest is yes"),
        ("grade@theme=wrok", "W449", "data/indicators.toml", "theme has no segment wrok; the nearest is work"),
        ("grade@thema=work", "W449", "data/indicators.toml", "there is no breakdown thema; the nearest is theme"),
        ("grade@population=citizen", "W449", "data/indicators.toml", "there is no population citizen; the nearest is"),
        ("grade@2011", "W449", "data/waves.toml", "there is no wave 2011; the waves are wave, baseline"),
    ],
)
def test_a_message_leads_to_its_cause(edition, text, code, place, found):
    (cause,) = causes(edition, message(edition, text))
    assert (cause.code, cause.place) == (code, place)
    assert cause.found.startswith(found)


def test_answers_of_a_question_of_which_a_wave_has_none_have_one_cause(edition):
    some = causes(edition, "there is no figure share.yes@2016; there is no figure share.maybe@2016")
    assert [cause.found for cause in some] == ["has no share.yes, which 2014 has", "has no share.maybe, which 2014 has"]
    none = causes(edition, "there is no figure share.no@2013; share.no has 2010. there is no figure share.maybe@2013")
    assert [cause.found for cause in none] == ["has no share.no, which 2016 has", "has no share.maybe, which 2014 has"]
    whole = causes(edition, "there is no figure share.yes@population=citizens,2016; it is about (nothing else)")
    assert [cause.place for cause in whole] == ["data/figures/2016.csv"]


@pytest.mark.parametrize(
    "text", ["grade has several margins", "'x' is not a key; write indicator.category@selectors", ""]
)
def test_a_message_of_something_else_has_no_cause_here(edition, text):
    assert causes(edition, text) == ()
