import pytest

from wavebook.language.spoken import is_one_of, value_of


@pytest.mark.parametrize(
    ("language", "phrase", "value"),
    [
        ("nl", "Eén op de vijf", 20),
        ("nl", "zes van de tien", 60),
        ("nl", "driekwart", 75),
        ("nl", "de helft", 50),
        ("nl", "tweederde", 200 / 3),
        ("en", "a seventh", 100 / 7),
        ("en", "three-quarters", 75),
        ("en", "one half", 50),
        ("de", "eine von drei", 100 / 3),
        ("de", "dreiviertel", 75),
        ("fr", "une personne sur trois", 100 / 3),
        ("fr", "neuf dixièmes", 90),
        ("fr", "la moitié", 50),
        ("nl", "zes komma acht", None),
        ("nl", "half procent", None),
        ("en", "twice as", None),
        ("en", "a hundred per cent", None),
        ("nl", "een half procent", None),
        ("nl", "zeven komma vier procent", None),
        ("fr", "sept virgule quatre pour cent", None),
        ("de", "siebzig Prozent", 70),
        ("de", "zwei Millionen", None),
        ("nl", "tweeëntwintig procent", 22),
        ("nl", "drie keer zo", 3),
        ("en", "twenty-five per cent", 25),
        ("fr", "soixante et onze pour cent", 71),
        ("fr", "quatre-vingt-dix points de pourcentage", 90),
    ],
)
def test_a_part_of_a_whole_is_read_back(language, phrase, value):
    assert value_of(phrase, language) == (value if value is None else pytest.approx(value))


@pytest.mark.parametrize(
    ("phrase", "sizes", "expected"),
    [
        ("een zevende", [100 / 7, 1], True),
        ("een zevende", [14], True),
        ("een zesde", [100 / 7, 1], False),
        ("zeventig procent", [50.0], False),
        ("negentig procent", [89, 1], True),
        ("een kwart", [25], True),
        ("een derde", [33], True),
        ("driekwart", [50], False),
        ("driekwart", [], False),
        ("twee keer zo", [2, 50], True),
        ("twee keer zo", [], False),
    ],
)
def test_a_number_in_words_is_one_that_was_tested_or_is_not(phrase, sizes, expected):
    assert is_one_of(phrase, sizes, "nl") is expected
