import pytest

from wavebook import charts

TOWNS = """
[segments.town]
nl = "gemeente"
en = "town"
[segments.town.values]
a = { nl = "%s", en = "Bergen (L)" }
b = { nl = "%s", en = "Bergen (NH)" }
[segments.province]
nl = "provincie"
en = "province"
[segments.province.values]
c = { nl = "Utrecht", en = "Utrecht" }
"""


def with_towns(small, first, second):
    small.write("indicators.toml", small.path("indicators.toml").read_bytes() + (TOWNS % (first, second)).encode())
    for by, segment, value in (("town", "a", "7.4"), ("town", "b", "6.1"), ("province", "c", "6.8")):
        small.add(2014, indicator="grade", segment_by=by, segment=segment, value=value, unit="grade")


@pytest.mark.parametrize("other", ["Bergen", "bergen", " Bergen"])
def test_segments_that_readers_cannot_tell_apart_are_refused(small, other):
    with_towns(small, "Bergen", other)
    assert small.problems() == [
        "W203 data/indicators.toml, segments.town.values: a and b are both called “Bergen” in nl"
    ]


def test_a_letter_and_its_accent_are_the_letter_with_it(small):
    with_towns(small, "Café", "Cafe\u0301")
    assert small.problems() == ["W203 data/indicators.toml, segments.town.values: a and b are both called “Café” in nl"]


@pytest.mark.parametrize(
    ("old", "new", "place", "keys"),
    [
        ('no.nl = "nee"', 'no.nl = "Ja"', "indicators.share.categories", "yes and no are both called “ja”"),
        ('nl = "school"', 'nl = "werk"', "segments.theme.values", "work and school are both called “werk”"),
        ('nl = "burgers"', 'nl = "iedereen"', "populations", "total and citizens are both called “iedereen”"),
        ('name.nl = "antwoord"', 'name.nl = "cijfer"', "indicators", "grade and share are both called “cijfer”"),
    ],
)
def test_names_of_any_list_are_compared(small, old, new, place, keys):
    small.edit("indicators.toml", old, new)
    assert small.problems() == [f"W203 data/indicators.toml, {place}: {keys} in nl"]


def test_three_of_one_name_are_one_problem(small):
    small.edit("indicators.toml", 'no.nl = "nee"', 'no.nl = "ja"')
    small.edit("indicators.toml", 'maybe.nl = "misschien"', 'maybe.nl = "ja"')
    assert small.problems() == [
        "W203 data/indicators.toml, indicators.share.categories: yes, no and maybe are all called “ja” in nl"
    ]


def test_segments_of_several_breakdowns_with_one_name_are_told_apart_in_every_chart(small):
    with_towns(small, "Utrecht", "Zeist")
    selection = small.load().select("grade@town=a", "grade@town=b", "grade@province=c")
    for form in (charts.bars, charts.heat):
        rows = form("gemeenten", selection).payload["table"]["rows"]
        assert sorted(row[:2] for row in rows) == [
            ["Utrecht (gemeente)", "7,4"],
            ["Utrecht (provincie)", "6,8"],
            ["Zeist", "6,1"],
        ]
    assert small.load(language="en").label(selection.keys[0]) == "Bergen (L)"
