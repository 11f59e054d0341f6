import dataclasses
import datetime
import re
from decimal import ROUND_FLOOR, Decimal
from types import SimpleNamespace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measures import UNITS

from wavebook.core.units import SCORE, Forms, Unit, built_in
from wavebook.language.wording import (
    Style,
    cited,
    date,
    difference,
    listing,
    number,
    number_word,
    quantity,
    round_half_up,
    scale_name,
    trend_word,
)
from wavebook.language.words import LANGUAGES, words_in

MINUS = "−"
values = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=6)
decimals = st.integers(0, 4)
languages = st.sampled_from(sorted(LANGUAGES))


NARROW = "\u202f"
MARKS = {"nl": (".", ","), "en": (",", "."), "de": (".", ","), "fr": (NARROW, ",")}


def parsed(text, language):
    """The number that a reader of ``language`` reads in ``text``."""
    thousands, point = MARKS[language]
    return Decimal(text.replace(thousands, "").replace(point, ".").replace(MINUS, "-"))


# --- rounding ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (6.85, 1, "6.9"),  # as a float 6.8499999…, which Python itself rounds down
        (6.849, 1, "6.8"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.5, 0, "-1"),
        (-6.85, 1, "-6.9"),
        (0.05, 1, "0.1"),
        (-0.04, 1, "0.0"),
        (-0.0, 0, "0"),
        (0.285, 2, "0.29"),
        (13.49999, 0, "13"),
        (99.5, 0, "100"),
        (1e16, 0, "10000000000000000"),
        (1e16, 1, "10000000000000000.0"),
        (1e-7, 1, "0.0"),
        (7, 1, "7.0"),
        (Decimal("6.85"), 1, "6.9"),
    ],
)
def test_halves_are_rounded_away_from_zero_on_the_decimals_one_reads(value, places, rounded):
    assert str(round_half_up(value, places)) == rounded


@given(values, decimals)
def test_rounding_moves_a_number_by_at_most_half_a_unit(value, places):
    assert abs(round_half_up(value, places) - value) <= Decimal(5).scaleb(-places - 1)


@given(values, decimals)
def test_rounding_is_the_same_on_both_sides_of_zero(value, places):
    assert round_half_up(-value, places) == -round_half_up(value, places)


@given(st.decimals(0, 10**6, places=4), decimals)
def test_rounding_is_flooring_half_a_unit_further(value, places):
    unit = Decimal(1).scaleb(-places)
    assert round_half_up(value, places) == (value / unit + Decimal("0.5")).to_integral_value(ROUND_FLOOR) * unit


@given(values, decimals)
def test_zero_never_has_a_sign(value, places):
    rounded = round_half_up(value, places)
    assert rounded != 0 or not rounded.is_signed()


# --- numbers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "places", "dutch", "english"),
    [
        (6.9, 1, "6,9", "6.9"),
        (7, 1, "7,0", "7.0"),
        (40, 0, "40", "40"),
        (1234, 0, "1.234", "1,234"),
        (1400000, 0, "1.400.000", "1,400,000"),
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (999.95, 1, "1.000,0", "1,000.0"),
        (1e16, 0, "10.000.000.000.000.000", "10,000,000,000,000,000"),
        (-3, 0, "−3", "−3"),
        (-0.04, 1, "0,0", "0.0"),
    ],
)
def test_a_number_has_the_marks_of_its_language(value, places, dutch, english):
    assert (number(value, places, "nl"), number(value, places, "en")) == (dutch, english)


@pytest.mark.parametrize(("value", "text"), [(3, "+3"), (-3, "−3"), (0, "0"), (0.4, "0"), (-0.4, "0")])
def test_a_signed_number_has_a_plus_a_minus_or_is_zero(value, text):
    assert number(value, 0, "nl", signed=True) == text


@given(values, decimals, languages)
def test_a_number_reads_back_as_what_was_rounded(value, places, language):
    assert parsed(number(value, places, language), language) == round_half_up(value, places)


@given(values, decimals, languages)
def test_a_number_always_shows_all_its_decimals(value, places, language):
    _, _, shown = number(value, places, language).partition(MARKS[language][1])
    assert len(shown) == places


@given(values, decimals, languages)
def test_a_number_and_its_opposite_differ_in_the_minus_only(value, places, language):
    text, opposite = number(value, places, language), number(-value, places, language)
    assert text.lstrip(MINUS) == opposite.lstrip(MINUS)
    assert "-" not in text
    assert not text.startswith(MINUS) or round_half_up(value, places) < 0


# --- units ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "style", "dutch", "english"),
    [
        ("percent", "prose", "40 procent", "40 per cent"),
        ("percent", "chart", "40%", "40%"),
        ("percent", "bare", "40", "40"),
        ("grade", "prose", "40", "40"),
        ("grade", "chart", "40", "40"),
        ("count", "prose", "40", "40"),
        ("percentage_point", "prose", "40 procentpunt", "40 percentage points"),
        ("percentage_point", "chart", "40 procentpunt", "40 percentage points"),
        ("percentage_point", "bare", "40", "40"),
    ],
)
def test_a_quantity_has_the_unit_of_its_place(unit, style, dutch, english):
    shown = [quantity(40, UNITS[unit], 0, language, style=style) for language in ("nl", "en")]
    assert shown == [dutch, english]


@pytest.mark.parametrize(
    ("value", "unit", "places", "dutch", "english"),
    [
        (3, "percent", 0, "3 procentpunt", "3 percentage points"),
        (-3, "percent", 0, "3 procentpunt", "3 percentage points"),
        (1, "percent", 0, "1 procentpunt", "1 percentage point"),
        (0.9, "percent", 0, "1 procentpunt", "1 percentage point"),
        (1.04, "percent", 1, "1,0 procentpunt", "1.0 percentage points"),
        (0.2, "grade", 1, "0,2 punt", "0.2 points"),
        (-1, "grade", 1, "1,0 punt", "1.0 points"),
        (-15, "count", 0, "15", "15"),
        (0, "percent", 0, "0 procentpunt", "0 percentage points"),
    ],
)
def test_a_difference_is_in_points_and_has_no_sign(value, unit, places, dutch, english):
    assert [difference(value, UNITS[unit], places, language) for language in ("nl", "en")] == [dutch, english]


@given(values, decimals, languages)
def test_a_difference_of_percentages_never_reads_as_a_percentage(value, places, language):
    text = difference(value, UNITS["percent"], places, language)
    assert not text.endswith(("procent", "per cent", "%"))


units = st.sampled_from(["grade", "percent", "percentage_point", "count"])
styles = st.sampled_from(get_args(Style))
# Halves at every number of decimals are where rounding goes wrong.
halves = st.builds(
    lambda n, places: Decimal(2 * n + 1).scaleb(-places) * 5 / 10, st.integers(-(10**6), 10**6), decimals
)


def by_hand(value, places, language):
    """``value`` as it is written, worked out on whole numbers: sign, thousands, decimals."""
    units = (abs(Decimal(value)) * 10**places * 2 + 1) // 2  # half up
    digits = str(int(units)).rjust(places + 1, "0")
    whole, rest = (digits[:-places], digits[-places:]) if places else (digits, "")
    thousands, point = MARKS[language]
    groups = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)][::-1]
    sign = MINUS if value < 0 and units else ""
    return sign + thousands.join(groups) + (point + rest if places else "")


@given(values | halves, decimals, languages)
def test_a_number_is_what_one_works_out_by_hand(value, places, language):
    assert number(value, places, language) == by_hand(value, places, language)


@given(values | halves, units, decimals, languages, styles, st.booleans())
def test_a_quantity_is_its_number_and_the_word_of_its_unit(value, unit, places, language, style, signed):
    text = quantity(value, UNITS[unit], places, language, style=style, signed=signed)
    shown, _, word = text.removesuffix("%").rstrip("\u00a0").partition(" ")
    assert shown.lstrip("+") == by_hand(value, places, language)
    assert shown.startswith("+") == (signed and round_half_up(value, places) > 0)
    assert text.endswith("%") == (unit == "percent" and (style == "chart" or (language, style) == ("fr", "prose")))
    size = abs(round_half_up(value, places))
    one = size == 1 and places == 0
    french = "" if size < 2 else "s"
    millions = "de " if size and size % 1_000_000 == 0 and places == 0 else ""
    points = {
        "nl": "procentpunt",
        "en": "percentage point" if one else "percentage points",
        "de": "Prozentpunkt" if one else "Prozentpunkte",
        "fr": f"{millions}point{french} de pourcentage",
    }
    percent = {"nl": "procent", "en": "per cent", "de": "Prozent"}
    words = {"percent": percent if style == "prose" else {}, "percentage_point": points if style != "bare" else {}}
    assert word == words.get(unit, {}).get(language, "")


@given(values | halves, units, decimals, languages)
def test_only_percentages_differ_in_percentage_points(value, unit, places, language):
    text = difference(value, UNITS[unit], places, language)
    assert text.split(" ")[0] == by_hand(abs(value), places, language)
    percentages = unit in ("percent", "percentage_point")
    percent = (
        "procentpunt",
        "percentage point",
        "Prozentpunkt",
        "point de pour",
        "points de pour",
        "de points de pour",
    )
    assert text.partition(" ")[2].startswith(percent) == percentages
    points = ("punt", "point", "points", "Punkt", "Punkte", "de points")
    assert (text.partition(" ")[2] in points) == (unit == "grade")


@given(values | halves, units, decimals, languages, styles)
def test_what_rounds_to_nothing_never_has_a_sign(value, unit, places, language, style):
    for shown in (value, value.scaleb(-places - 12)):
        for text in (
            quantity(shown, UNITS[unit], places, language, style=style, signed=True),
            difference(shown, UNITS[unit], places, language),
        ):
            assert not re.match(r"[+−-]0([.,]0*)?(?![\d.,])", text)
            assert "-" not in text


@given(values, values, decimals, languages)
def test_a_difference_is_that_of_what_was_not_rounded_yet(one, two, places, language):
    text = difference(one - two, UNITS["grade"], places, language).split(" ")[0]
    assert parsed(text, language) == abs(round_half_up(one - two, places))


# --- words ------------------------------------------------------------------------------------------------

FORMS = [(language, form) for language in sorted(LANGUAGES) for form, *_ in words_in(language).trends]


def test_a_form_has_a_word_of_its_own_for_each_direction():
    for language, form in FORMS:
        words = [trend_word(form, direction, language) for direction in ("up", "down", "same")]
        assert words[0] == form
        assert len(set(words)) == 3, form
        assert all(word == word.strip() != "" for word in words)


@pytest.mark.parametrize("form", [form for form, *_ in words_in("nl").trends])
def test_a_dutch_comparison_ends_as_its_sentence_goes_on(form):
    up, down, same = (trend_word(form, direction, "nl") for direction in ("up", "down", "same"))
    assert up.endswith(" dan") == down.endswith(" dan") == same.endswith(" als")


@pytest.mark.parametrize("form", [form for form, *_ in words_in("en").trends])
def test_an_english_comparison_ends_as_its_sentence_goes_on(form):
    up, down, same = (trend_word(form, direction, "en") for direction in ("up", "down", "same"))
    assert up.endswith(" than") == down.endswith(" than") == same.endswith(" as")


@pytest.mark.parametrize(
    ("form", "down", "same"),
    [
        ("steeg", "daalde", "bleef vrijwel gelijk"),
        ("stegen", "daalden", "bleven vrijwel gelijk"),
        ("stijgt", "daalt", "blijft vrijwel gelijk"),
        ("stijgen", "dalen", "blijven vrijwel gelijk"),
        ("gestegen", "gedaald", "vrijwel gelijk gebleven"),
        ("hoger dan", "lager dan", "vrijwel even hoog als"),
        ("meer dan", "minder dan", "vrijwel evenveel als"),
    ],
)
def test_a_dutch_form_keeps_number_and_tense(form, down, same):
    assert [trend_word(form, direction, "nl") for direction in ("up", "down", "same")] == [form, down, same]


# Sentences for each form; a word of another direction must fit in the same place.
FRAMES = {
    "nl": {
        "Het cijfer {} licht.": ("steeg", "stijgt", "groeide"),
        "De cijfers {} licht.": ("stegen", "stijgen"),
        "Het cijfer is {}.": ("gestegen", "hoger", "groter"),
        "De {} zette door.": ("stijging",),
        "Het cijfer is {} toen.": ("hoger dan",),
        "Mensen bellen {}.": ("meer", "vaker"),
        "Het zijn er {} toen.": ("meer dan",),
    },
    "en": {
        "The grade {} slightly.": ("rose", "rises", "grew"),
        "The grades {} slightly.": ("rise",),
        "The grade has {}.": ("risen",),
        "There was {}.": ("an increase",),
        "The grade is {}.": ("higher", "larger"),
        "The grade is {} then.": ("higher than",),
        "There were {} calls.": ("more",),
        "People call {}.": ("more often",),
        "There are {} then.": ("more than",),
    },
    "de": {
        "Die Note {} leicht.": ("stieg", "steigt", "wuchs"),
        "Die Noten {} leicht.": ("stiegen", "steigen"),
        "weil die Note {}": ("anstieg", "ansteigt"),
        "weil die Noten {}": ("anstiegen", "ansteigen"),
        "Die Note ist {}.": ("gestiegen", "höher", "größer"),
        "Das ist {}.": ("ein Anstieg",),
        "Es gab {}.": ("einen Anstieg",),
        "Die Note ist {} damals.": ("höher als", "größer als"),
        "Es rufen {} Menschen an.": ("mehr",),
        "Es sind {} damals.": ("mehr als",),
        "Menschen rufen {} an.": ("häufiger",),
        "Menschen rufen {} damals an.": ("häufiger als",),
    },
    "fr": {
        "La note {}.": ("a augmenté", "augmente", "a progressé"),
        "Les notes {}.": ("ont augmenté", "augmentent"),
        "La note devrait {}.": ("augmenter",),
        "On observe {}.": ("une hausse",),
        "La note est {}.": ("en hausse", "plus élevée", "plus grande"),
        "Les notes sont {}.": ("plus élevées", "plus grandes"),
        "Le taux est {}.": ("plus élevé", "plus grand"),
        "Les taux sont {}.": ("plus élevés", "plus grands"),
        "Le taux est {} la moyenne.": ("plus élevé que",),
        "La note est {} la moyenne.": ("plus élevée que",),
        "Les taux sont {} la moyenne.": ("plus élevés que",),
        "Les notes sont {} la moyenne.": ("plus élevées que",),
        "On appelle {}.": ("plus", "plus souvent"),
        "Il y a {} réponses.": ("plus de",),
        "On appelle {} avant.": ("plus que",),
        "Ils sont {}.": ("plus nombreux",),
        "Elles sont {}.": ("plus nombreuses",),
    },
}
# What each kind of word looks like, whichever its direction: number, tense and article do not change with it.
KINDS = {
    "steeg": r"(steeg|daalde|bleef vrijwel gelijk)",
    "groeide": r"(groeide|kromp|bleef vrijwel gelijk)",
    "stegen": r"(\w+en|bleven vrijwel gelijk)",
    "stijgt": r"(\w+t|blijft vrijwel gelijk)",
    "stijgen": r"(\w+en|blijven vrijwel gelijk)",
    "gestegen": r"(ge\w+|vrijwel gelijk gebleven)",
    "stijging": r"(\w+ing|vrijwel gelijke stand)",  # all with "de"
    "hoger": r"(\w+er|vrijwel even \w+)",
    "groter": r"(\w+er|vrijwel even \w+)",
    "hoger dan": r"(\w+er dan|vrijwel even \w+ als)",
    "meer": r"(meer|minder|vrijwel evenveel)",
    "meer dan": r"(meer|minder) dan|vrijwel evenveel als",
    "vaker": r"(vaker|minder vaak|vrijwel even vaak)",
    "rose": r"(rose|fell|hardly changed)",
    "grew": r"(grew|shrank|hardly changed)",
    "rises": r"(\w+s|hardly changes)",
    "rise": r"(\w+[^s]|hardly change)",
    "risen": r"(\w+en|hardly changed)",
    "an increase": r"(an [aeiou]\w+|a [^aeiou]\w+|hardly any change)",
    "higher": r"(\w+er|about as \w+)",
    "larger": r"(\w+er|about as \w+)",
    "higher than": r"(\w+er than|about as \w+ as)",
    "more": r"(more|fewer|about as many)",
    "more than": r"(more|fewer) than|about as many as",
    "more often": r"(more|less) often|about as often",
    "stieg": r"stieg|sank|änderte sich kaum",
    "wuchs": r"wuchs|schrumpfte|änderte sich kaum",
    "steigt": r"\w+t|ändert sich kaum",
    "stiegen": r"\w+en|änderten sich kaum",
    "steigen": r"\w+en|ändern sich kaum",
    "anstieg": r"anstieg|zurückging|sich kaum änderte",
    "anstiegen": r"\w+en|sich kaum änderten",
    "ansteigt": r"\w+t|sich kaum ändert",
    "ansteigen": r"\w+en|sich kaum ändern",
    "gestiegen": r"ge\w+en|nahezu gleich geblieben",
    "ein Anstieg": r"ein [AR]\w+|kaum eine \w+ung",
    "einen Anstieg": r"einen [AR]\w+|kaum eine \w+ung",
    "höher": r"\w+er|etwa gleich \w+",
    "größer": r"\w+er|etwa gleich \w+",
    "höher als": r"\w+er als|etwa so \w+ wie",
    "größer als": r"\w+er als|etwa so \w+ wie",
    "mehr": r"mehr|weniger|etwa gleich viele",
    "mehr als": r"(mehr|weniger) als|etwa so viele wie",
    "häufiger": r"\w+er|etwa gleich \w+",
    "häufiger als": r"\w+er als|etwa so \w+ wie",
    "a augmenté": r"a \w+é|n’a presque pas changé",
    "a progressé": r"a \w+é|n’a presque pas changé",
    "ont augmenté": r"ont \w+é|n’ont presque pas changé",
    "augmente": r"\w+e|ne change presque pas",
    "augmentent": r"\w+ent|ne changent presque pas",
    "augmenter": r"\w+er|ne presque pas changer",
    "une hausse": r"une [\w-]+",
    "en hausse": r"en \w+|presque sans changement",
    "plus": r"plus|moins|à peu près autant",
    "plus de": r"(plus|moins|à peu près autant) de",
    "plus que": r"(plus|moins|à peu près autant) que",
    "plus souvent": r"(plus|moins|à peu près aussi) souvent",
    "plus nombreux": r"(plus|moins|à peu près aussi) nombreux",
    "plus nombreuses": r"(plus|moins|à peu près aussi) nombreuses",
    **{f"plus élevé{end}": rf"(plus|moins|à peu près aussi) élevé{end}" for end in ("", "e", "s", "es")},
    **{f"plus élevé{end} que": rf"(plus|moins|à peu près aussi) élevé{end} que" for end in ("", "e", "s", "es")},
    **{f"plus grand{end}": rf"(plus|à peu près aussi) grand{end}|plus petit{end}" for end in ("", "e", "s", "es")},
}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_word_of_a_form_fits_its_sentence(language):
    for form in (form for of_language, form in FORMS if of_language == language):
        (frame,) = [frame for frame, forms in FRAMES[language].items() if form in forms]
        for direction in ("up", "down", "same"):
            word = trend_word(form, direction, language)
            assert re.fullmatch(KINDS[form], word), frame.format(word)


def test_no_word_serves_for_opposite_directions():
    for language in LANGUAGES:
        rises = {rise for rise, *_ in words_in(language).trends}
        assert rises.isdisjoint(word for _, *others in words_in(language).trends for word in others)


def test_a_word_that_is_no_form_lists_the_forms():
    with pytest.raises(KeyError, match="klom is not a word for a rise; use one of: steeg, stegen"):
        trend_word("klom", "up", "nl")


@pytest.mark.parametrize(
    ("items", "dutch", "english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a en b", "a and b"),
        (["a", "b", "c"], "a, b en c", "a, b and c"),
    ],
)
def test_items_are_listed_as_in_running_text(items, dutch, english):
    assert (listing(items, "nl"), listing(items, "en")) == (dutch, english)


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (0, "nul", "zero"),
        (1, "een", "one"),
        (7.0, "zeven", "seven"),
        (Decimal(12), "twaalf", "twelve"),
        (13, "13", "13"),
        (70, "70", "70"),
        (1400000, "1,4 miljoen", "1.4 million"),
        (1432000, "1.432.000", "1,432,000"),
        (999999, "999.999", "999,999"),
        (-7000000, "−7 miljoen", "−7 million"),
        (2.5e9, "2,5 miljard", "2.5 billion"),
        (1250000000, "1.250.000.000", "1,250,000,000"),
        (-3, "−3", "−3"),
        (2.4, "2,4", "2.4"),
    ],
)
def test_numbers_are_as_people_say_them(value, dutch, english):
    assert (number_word(value, "nl"), number_word(value, "en")) == (dutch, english)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("de", ["1 Million", "1,4 Millionen", "7 Millionen", "1 Milliarde"]),
        ("fr", ["1 million", "1,4 million", "7 millions", "1 milliard"]),
    ],
)
def test_a_million_has_the_plural_of_its_language(language, texts):
    assert [number_word(value, language) for value in (10**6, 1_400_000, 7 * 10**6, 10**9)] == texts


def test_the_number_words_count_up_without_a_gap():
    assert {len(words.numbers) for words in LANGUAGES.values()} == {13}
    assert all(len(set(words.numbers)) == 13 for words in LANGUAGES.values())


@given(st.integers(1 - 10**6, 10**6 - 1) | st.decimals(-1000, 1000, places=1), languages)
def test_a_number_in_running_text_reads_back(value, language):
    text = number_word(value, language)
    words = words_in(language).numbers
    assert (words.index(text) if text in words else parsed(text, language)) == value
    assert (text in words) == (value in range(13))


@pytest.mark.parametrize(
    ("others", "dutch", "english"),
    [(False, "de Vries, 2015", "de Vries, 2015"), (True, "de Vries e.a., 2015", "de Vries et al., 2015")],
)
def test_two_authors_are_shortened_as_in_running_text(others, dutch, english):
    source = SimpleNamespace(author="de Vries", second="", others=others, year="2015", letter="")
    assert (cited(source, "nl"), cited(source, "en")) == (dutch, english)


# --- dates ------------------------------------------------------------------------------------------------

MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}


@given(st.dates(datetime.date(1900, 1, 1)), st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]), languages)
def test_a_date_is_written_as_far_as_it_is_known(day, known, language):
    first = {"de": f"{day.day}.", "fr": "1er" if day.day == 1 else str(day.day)}.get(language, str(day.day))
    parts = [first, MONTHS[language][day.month - 1], str(day.year)]
    assert date(day.strftime(known), language) == " ".join(parts[3 - len(known.split("-")) :])


EUROS, CLOCK = built_in("EUR"), dataclasses.replace(UNITS["minute"], clock=True)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "texts"),
    [
        (1250, EUROS, 0, ("€ 1.250", "€1,250", "1.250 €", "1 250 €")),
        (-12.5, EUROS, 2, ("€ −12,50", "−€12.50", "−12,50 €", "−12,50 €")),
        (1, UNITS["minute"], 0, ("1 minuut", "1 minute", "1 Minute", "1 minute")),
        (25, UNITS["minute"], 0, ("25 minuten", "25 minutes", "25 Minuten", "25 minutes")),
        (85.4, CLOCK, 0, ("1:25 uur", "1:25 hours", "1:25 Stunden", "1 h 25 min")),
        (-5, UNITS["balance"], 0, ("−5",) * 4),
        (104, UNITS["index"], 0, ("104",) * 4),
    ],
)
def test_amounts_times_and_bare_numbers_have_the_form_of_their_language(value, unit, decimals, texts):
    found = (quantity(value, unit, decimals, language) for language in ("nl", "en", "de", "fr"))
    assert [re.sub("[\u00a0\u202f]", " ", text) for text in found] == [*texts]


def test_a_declared_unit_has_its_words_and_its_symbol():
    speed = Forms({"en": "{} kilometre an hour"}, {"en": "{} kilometres an hour"}, {"en": "km/h"}, {"en": "speed"})
    unit = Unit("speed", "count", 0, 300, forms=speed)
    assert [quantity(n, unit, 0, "en") for n in (1, 50)] == ["1 kilometre an hour", "50 kilometres an hour"]
    assert [quantity(50, unit, 0, "en", style=style) for style in ("chart", "bare")] == ["50 km/h", "50"]
    assert scale_name(unit, "en") == "speed"
    without = dataclasses.replace(unit, forms=dataclasses.replace(speed, axis=None))
    assert scale_name(without, "en") == "kilometres an hour"


def test_an_amount_more_is_an_amount_and_a_surplus_more_is_points():
    assert difference(-12, EUROS, 0, "en") == "€12"
    assert quantity(12, EUROS, 0, "en", style="chart", signed=True) == "+€12"
    assert [difference(5, UNITS[name], 0, "nl") for name in ("balance", "index", "score")] == ["5 punt"] * 3


def test_the_scale_beside_an_axis_is_that_which_was_declared():
    assert [scale_name(SCORE.on(*ends), "nl") for ends in ((1, 5), (0, 10))] == ["score (1–5)", "score (0–10)"]
    assert [scale_name(UNITS[name], "nl") for name in ("grade", "percent", "index", "hour")] == [
        "rapportcijfer (1–10)",
        "percentage",
        "index",
        "uur",
    ]
