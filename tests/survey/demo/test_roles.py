import pytest
from answered import CONTACT, INDICATORS, WAVE, Book, indicator

from wavebook.survey.demo.roles import Band, planted_in, roles_of, truths_of

BAND = """
[indicators.mark_band.categories]
good = { nl = "zeer tevreden", en = "very satisfied" }
bad = { nl = "ontevreden", en = "dissatisfied" }
"""


@pytest.fixture
def definitions(tmp_path):
    book = Book(tmp_path)
    more = indicator("mark_band", "percent") + BAND + CONTACT
    more += indicator("mark_later", "grade") + indicator("lead", "percentage_point")
    more += '\n[bases.form]\nnl = "formulier"\nen = "form"\npeople = false\n'
    more += indicator("pages", "count").replace('"clients"', '"form"')
    book.write("indicators.toml", INDICATORS + more)
    book.write("waves.toml", "baseline = 2016\n" + WAVE.format(year="2016"))
    return book.definitions()


def test_an_indicator_is_asked_by_its_kind_and_its_words(definitions):
    roles = roles_of(definitions, {"channel.phone": 70.0, "channel.desk": 40.0})
    assert roles.grades == ("mark", "mark_later")
    assert (roles.counts, roles.differences, roles.answers) == (("visits",), ("lead",), ("used",))
    assert roles.bands == {"mark_band": Band("mark", "good", "", "bad")}
    assert roles.scales == {"contact": -1}
    assert roles.sets == ("channel",)  # 70 + 40 is more than everybody
    assert roles.choices == ("band", "aspect")
    assert "pages" not in roles.asked  # nobody is asked for it


def test_a_question_whose_answers_add_up_to_a_hundred_has_one(definitions):
    assert roles_of(definitions, {"channel.phone": 60.0, "channel.desk": 40.0}).sets == ()


def test_one_grade_its_bands_and_one_share_rise(definitions):
    published = {"mark": 6.0, "mark_band.good": 60.0, "mark_band.bad": 10.0, "used": 85.0}
    planted = planted_in(definitions, roles_of(definitions, published), published)
    # 60 + 20 and 85 + 12 stop at 70 and 90; a grade without decimals rises by less than one
    assert planted == {"mark": 6.0, "mark_band.good": 70.0, "mark_band.bad": 14.0, "used": 90.0}


def test_truths_are_planted_or_published_or_guessed(definitions):
    published = {"mark": 6.0, "channel.phone": 70.0, "channel.desk": 40.0}
    roles = roles_of(definitions, published)
    truths = truths_of(definitions, roles, published, {"used": 50.0, "unknown": 1.0})
    assert truths["mark"] == 6.0
    assert truths["used"] == 50.0
    assert truths["mark_later"] == 6.8
    assert truths["channel.phone"] == 56.0  # asked in another way: 14 lower
    assert "unknown" not in truths
    assert truths_of(definitions, roles, published, {})["channel.phone"] == 70.0
