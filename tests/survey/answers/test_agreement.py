"""Labels of the file against what is declared: a contradiction stops, and what agrees passes without a question."""

import pytest
from answered import CODES, COLUMNS, INDICATORS, column, indicator

from wavebook.core.problems import ProblemsError

PLACE = "data/responses/2016.sav, column v: "
RANGES = "[waves.2016.responses.ranges]\n"
OVERRULED = "[waves.2016.responses.labels_overruled]\n"
YES_NO = CODES + 'used = { 1 = "yes", 2 = "no" }\n'
GRADES = ("heel slecht", "slecht", "matig", "zwak", "onvoldoende", "voldoende", "ruim voldoende", "goed", "zeer goed")
TEN = {float(i): label for i, label in enumerate((*GRADES, "uitstekend"), 1)}
FIVE = {1: "zeer ontevreden", 2: "ontevreden", 3: "niet tevreden, niet ontevreden", 4: "tevreden", 5: "zeer tevreden"}


def sav(book, declared, values, labels, **spss):
    """What is read of one column ``v`` with these labels."""
    return book.read(declared, {"v": [float(v) for v in values]}, **labelled(labels), **spss)


def labelled(labels):
    return {"variable_value_labels": {"v": {float(code): label for code, label in labels.items()}}}


def stops(book, declared, values, labels, *, times=1, **spss):
    return book.problems(declared, {"v": [float(v) for v in values] * times}, **labelled(labels), **spss)


# Yes and no


def test_yes_that_is_labelled_no_stops_with_column_code_label_and_count(book):
    found = stops(book, COLUMNS + 'used = "v"\n' + YES_NO, [1, 1, 1, 2], {1: "nee", 2: "ja"})
    assert found == [
        f"W181 {PLACE}of used, code 1 “nee” is declared yes (3 respondents), code 2 “ja” is declared no (1 respondent)."
    ]


def test_the_action_is_the_line_to_write_and_that_line_is_an_answer(book):
    declared = COLUMNS + 'used = "v"\n' + YES_NO
    with pytest.raises(ProblemsError) as error:
        sav(book, declared, [1, 2], {1: "nee", 2: "ja"})
    line = 'v = { 1 = "nee", 2 = "ja" }'
    assert f"write {line} under [waves.2016.responses.labels_overruled]" in str(error.value)
    assert column(sav(book, declared + OVERRULED + line, [1, 2], {1: "nee", 2: "ja"}), "used") == [1, 0]


def test_an_answer_about_one_label_is_none_about_another(book):
    declared = COLUMNS + 'used = "v"\n' + YES_NO + OVERRULED + 'V = { 1 = "Nee", 2 = "ja" }'
    assert column(sav(book, declared, [1, 2], {1: "nee", 2: "Ja"}), "used") == [1, 0]
    assert stops(book, declared, [1, 2], {1: "niet gebruikt", 2: "ja"})


@pytest.mark.parametrize(
    ("no", "yes"),
    [
        ("Nee", "Ja"),
        ("no", "yes"),
        ("Nein", "Ja, sicher"),
        ("Non", "Oui"),
        ("niet genoemd", "genoemd"),
        ("Not selected", "Selected"),
        ("oneens", "mee eens"),
        ("Helemaal mee oneens", "Helemaal mee eens"),
        ("strongly disagree", "strongly agree"),
        ("stimme nicht zu", "stimme zu"),
        ("pas d'accord", "d'accord"),
        ("zeer ontevreden", "tevreden"),
        ("very dissatisfied", "satisfied"),
        ("unzufrieden", "zufrieden"),
        ("pas du tout satisfait", "satisfait"),
        ("niet verhuisd", "verhuisd"),
        ("geen bijstand ontvangen", "bijstand ontvangen"),
        ("onvoldoende", "goed"),
        ("never", "often"),
    ],
)
def test_the_words_of_no_and_yes_are_known_both_ways(book, no, yes):
    declared = COLUMNS + 'used = "v"\n' + YES_NO
    assert [line[:4] for line in stops(book, declared, [1, 2], {1: no, 2: yes})] == ["W181"]
    assert sav(book, declared, [1, 2], {1: yes, 2: no}).notices == ()


def test_words_in_the_cells_of_a_table_without_labels_are_compared_too(book):
    declared = COLUMNS + 'used = "v"\n' + CODES
    found = book.problems(declared + 'used = { nee = "yes", ja = "no" }', {"v": ["ja", "nee"]})
    assert found[0].startswith("W181 data/responses/2016.parquet, column v: of used, code nee is declared yes")
    assert column(book.read(declared + 'used = { ja = "yes", nee = "no" }', {"v": ["ja", "nee"]}), "used") == [1, 0]


def test_codes_without_labels_have_nothing_to_be_compared_with(book):
    read = book.read(COLUMNS + 'used = "v"\n' + CODES + 'used = { 1 = "no", 2 = "yes" }', {"v": [1, 2]})
    assert column(read, "used") == [0, 1]


def test_a_label_that_nobody_gave_stops_nothing(book):
    declared = COLUMNS + 'used = "v"\n' + CODES + 'used = { 1 = "yes", 2 = "no", 3 = "yes" }'
    assert sav(book, declared, [1, 2], {1: "ja", 2: "nee", 3: "nee, nooit"}).notices == ()


# Scales of satisfaction


SATISFIED = INDICATORS + indicator("tevreden", "percent") + indicator("ontevreden", "percent")


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("name", ["tevreden", "ontevreden"])
def test_yes_is_the_side_that_the_indicator_speaks_of(book, name, turned):
    book.write("indicators.toml", SATISFIED)
    labels = {6 - code if turned else code: label for code, label in FIVE.items()}
    high = '{ "4..5" = "yes", "1..3" = "no" }' if name == "tevreden" else '{ "1..2" = "yes", "3..5" = "no" }'
    declared = COLUMNS + f'{name} = "v"\n' + CODES + f"{name} = {high}"
    values = [1, 2, 3, 4, 5]
    if turned:
        assert [line[:4] for line in stops(book, declared, values, labels)] == ["W181"]
    else:
        assert column(sav(book, declared, values, labels), name) == [int(v > 3 if name == "tevreden" else v < 3)
                                                                      for v in values]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "yes"),
    [
        (("vaak", "soms", "zelden", "nooit"), "1..3"),
        (("ja, zeker", "ja, misschien", "nee"), "1..2"),
        (("heel eens", "eens", "neutraal", "oneens"), "1..2"),
        (("neutraal", "tevreden", "heel tevreden"), "2..3"),
        (("niets", "weinig", "veel"), "2..3"),
    ],
)
def test_several_shades_of_yes_are_yes(book, texts, yes):
    labels = dict(enumerate(texts, 1))
    rest = [code for code in labels if str(code) not in yes and not int(yes[0]) < code < int(yes[-1])]
    codes = ", ".join([f'"{yes}" = "yes"', *(f'{code} = "no"' for code in rest)])
    declared = COLUMNS + 'used = "v"\n' + CODES + f"used = {{ {codes} }}"
    assert column(sav(book, declared, list(labels), labels), "used") == [int(code not in rest) for code in labels]


def test_the_top_box_alone_may_be_yes(book):
    declared = COLUMNS + 'used = "v"\n' + CODES + 'used = { 5 = "yes", "1..4" = "no" }'
    assert column(sav(book, declared, [4, 5], FIVE), "used") == [0, 1]


def test_no_answer_that_a_range_takes_in_stops_and_one_that_is_declared_does_not(book):
    labels = FIVE | {6: "weet niet"}
    declared = COLUMNS + 'used = "v"\n' + CODES + 'used = { "4..6" = "yes", "1..3" = "no" }'
    assert stops(book, declared, [1, 5, 6, 6], labels) == [
        f"W181 {PLACE}of used, code 6 “weet niet” is declared yes (2 respondents)."
    ]
    for codes in ('"4..5" = "yes", "1..3" = "no", 6 = "missing"', '"4..5" = "yes", "1..3" = "no", 6 = "no"'):
        sav(book, COLUMNS + 'used = "v"\n' + CODES + f"used = {{ {codes} }}", [1, 5, 6], labels)


@pytest.mark.parametrize(
    ("label", "code", "stopped"),
    [
        ("geen contact gehad", 6, True),
        ("anders", 6, True),
        ("niet gebruikt", 4, True),
        ("gaat wel", 3, False),
        ("zo-zo", 3, False),
        ("6", 6, False),
    ],
)
def test_a_range_takes_in_no_label_that_is_not_of_its_scale(book, label, code, stopped):
    labels = {1: "zeer ontevreden", 5: "zeer tevreden", code: label}
    declared, values = COLUMNS + 'used = "v"\n' + CODES + 'used = { "4..6" = "yes", "1..3" = "no" }', [1, 3, 4, 5, 6]
    if stopped:
        (found,) = stops(book, declared, values, labels, times=5)
        assert f"code {code} “{label}” is declared" in found
        exact = '"4..5" = "yes", 6 = "yes"' if code == 6 else '4 = "yes", "5..6" = "yes"'
        declared = declared.replace('"4..6" = "yes"', exact)
    assert sav(book, declared, values, labels).notices == ()


def test_bands_are_held_against_the_labels_of_their_marks(book):
    book.write(
        "indicators.toml", INDICATORS.replace('"high nl"', '"zeer tevreden"').replace('"fail nl"', '"ontevreden"')
    )
    declared = COLUMNS + 'band = "v"\n' + CODES + 'band = { "8..10" = "high", "6..7" = "other", "1..5" = "fail" }'
    ends = {1: "zeer slecht", 10: "uitmuntend"}
    assert column(sav(book, declared, [1, 10], ends), "band.high") == [0, 1]
    assert stops(book, declared, [1, 10], {1: "uitmuntend", 10: "zeer slecht"})
    assert stops(book, declared, [1, 10], {1: "zeer slecht", 10: "weet niet"}) == [
        f"W181 {PLACE}of band, code 10 “weet niet” is declared high (1 respondent)."
    ]


# Categories and segments


NAMED = INDICATORS.replace('"phone nl"', '"telefoon"').replace('"desk nl"', '"balie"')
CHANNELS = COLUMNS + 'channel = "v"\n' + CODES + 'channel = { 1 = "phone", 2 = "desk", 3 = "other" }\n'


@pytest.mark.parametrize(
    ("labels", "doubted"),
    [
        ({1: "Telefoon", 2: "Balie"}, []),
        ({1: "Balie", 2: "Telefoon"}, [1, 2]),
        ({1: "per telefoon", 2: "aan de balie"}, []),
        ({1: "aan de balie", 2: "per telefoon"}, [1, 2]),
        ({1: "Telefoon", 2: "Telefoon", 3: "Balie"}, [2, 3]),
        ({1: "iemand gebeld", 2: "er geweest", 3: "anders"}, []),
        ({1: "Telefoon of balie", 2: "Balie"}, []),
        ({1: "gebeld, niet aan de balie", 2: "Balie"}, []),
    ],
)
def test_a_category_is_held_against_its_own_name_and_those_of_others(book, labels, doubted):
    book.write("indicators.toml", NAMED)
    values = [1, 2, 3]
    if not doubted:
        assert column(sav(book, CHANNELS, values, labels), "channel.phone") == [1, 0, 0]
        return
    (found,) = stops(book, CHANNELS, values, labels, times=5)
    assert [code for code in values if f"code {code} “{labels.get(code)}”" in found] == doubted


def test_a_segment_is_held_against_the_names_of_segments(book):
    declared = COLUMNS + 'theme = "v"\n' + CODES + 'theme = { 1 = "education", 2 = "housing" }'
    assert [line[:4] for line in stops(book, declared, [1, 2], {1: "Wonen", 2: "Onderwijs"})] == ["W181"]
    assert column(sav(book, declared, [1, 2], {1: "Onderwijs", 2: "Wonen"}), "theme") == ["education", "housing"]
    assert column(sav(book, declared, [1, 2], {1: "Basisschool", 2: "Huren"}), "theme") == ["education", "housing"]


def test_columns_are_held_against_the_questions_that_the_file_gives_them(book):
    book.write("indicators.toml", NAMED)
    declared = COLUMNS + 'channel = { phone = "v1", desk = "v2" }\n'
    data = {"v1": [1.0, 0.0], "v2": [0.0, 1.0]}
    right, wrong = (
        {"v1": "Contact: telefoon", "v2": "Contact: balie"},
        {"v1": "Contact: balie", "v2": "Contact: telefoon"},
    )
    assert column(book.read(declared, data, column_labels=right), "channel.phone") == [1, 0]
    found = book.problems(declared, data, column_labels=wrong)
    assert found == [
        "W181 data/responses/2016.sav, column v1: is asked as “Contact: balie” and declared phone of channel.",
        "W181 data/responses/2016.sav, column v2: is asked as “Contact: telefoon” and declared desk of channel.",
    ]
    overruled = declared + OVERRULED + 'v1 = "Contact: balie"\nv2 = "Contact: telefoon"'
    assert column(book.read(overruled, data, column_labels=wrong), "channel.phone") == [1, 0]


def test_columns_of_one_question_are_held_against_the_label_of_their_box(book):
    book.write("indicators.toml", NAMED)
    declared = COLUMNS + 'channel = { phone = "v1", desk = "v2" }\n'
    data, same = {"v1": [1.0, 0.0], "v2": [0.0, 1.0]}, {"v1": "Welke kanalen?", "v2": "Welke kanalen?"}
    for first, second, wrong in (("Telefoon", "Balie", False), ("Balie", "Telefoon", True)):
        labels = {"v1": {0.0: "niet genoemd", 1.0: first}, "v2": {0.0: "niet genoemd", 1.0: second}}
        spss = {"column_labels": same, "variable_value_labels": labels}
        if wrong:
            assert [line[:4] for line in book.problems(declared, data, **spss)] == ["W181", "W181"]
        else:
            assert column(book.read(declared, data, **spss), "channel.phone") == [1, 0]


def test_a_box_may_be_titled_by_something_bad(book):
    declared = COLUMNS + 'aspect = { a = "v1", b = "v2" }\n'
    questions = {"v1": "Waarom? Slechte bereikbaarheid", "v2": "Waarom? Veel moeite"}
    labels = {"v1": {1.0: "Slechte bereikbaarheid"}, "v2": {1.0: "Veel moeite"}}
    data = {"v1": [1.0, 0.0], "v2": [0.0, 1.0]}
    read = book.read(declared, data, column_labels=questions, variable_value_labels=labels)
    assert column(read, "aspect.a") == [1, 0]


# Numbers


@pytest.mark.parametrize(
    ("declared", "labels"),
    [
        ("", {1: "zeer slecht", 10: "uitmuntend"}),
        ("", {10: "uitmuntend"}),
        ("", TEN),
        ("", {code: f"{code:g} = {label}" for code, label in TEN.items()}),
        ("", {code: f"{code:g}" for code in range(1, 11)}),
        ("", {1: "1 beneden alle peil", 2: "2", 9: "9", 10: "10 niets op aan te merken"}),
        ("", {1: "beneden alle peil", 10: "niets op aan te merken"}),
        ("", {1: "heel slecht", 6: "voldoende", 10: "heel goed"}),
        ("", {1: "zeer slecht", 10: "uitmuntend", 98: "weet niet"}),
        (RANGES + "mark = [0, 10]", {0: "heel slecht", 5: "neutraal", 10: "heel goed"}),
        (RANGES + "mark = [0, 10]", {0: "zeer onwaarschijnlijk", 10: "zeer waarschijnlijk"}),
        (RANGES + "mark = [0, 10]", {0: "0% kans", 10: "100% kans"}),
        (RANGES + "mark = [1, 5]", FIVE),
        (RANGES + "mark = [1, 5]", FIVE | {9: "weet niet"}),
        (RANGES + "mark = [1, 7]", {code: f"antwoord van soort {'abcdefg'[code - 1]}" for code in range(1, 8)}),
        (CODES + "mark = { 1 = 10, 10 = 1 }", {1: "uitmuntend", 10: "zeer slecht"}),
    ],
)
def test_labels_of_a_scale_that_agree_pass_without_a_question(book, declared, labels):
    values = [code for code in labels if code <= 10 and not (code == 9 and "weet" in labels[code])]
    read = sav(book, COLUMNS + 'mark = "v"\n' + declared, values, labels)
    assert read.notices == ()


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("mark", "weet niet"),
        ("mark", "Geen mening"),
        ("mark", "n.v.t."),
        ("mark", "don't know"),
        ("mark", "Refused"),
        ("mark", "keine Angabe"),
        ("mark", "ne sait pas"),
        ("visits", "weet ik niet meer"),
        ("visits", "No answer"),
    ],
)
def test_no_answer_that_would_count_as_a_number_stops_even_at_the_end_of_a_scale(book, name, label):
    declared = COLUMNS + f'{name} = "v"\n'
    values, labels = [4, 6, 10, 10], {1: "zeer slecht", 10: label}
    assert stops(book, declared, values, labels) == [
        f"W182 {PLACE}code 10 “{label}” counts as the number 10 of {name} (2 respondents)."
    ]
    missing = (
        "missing = [10]\n" + declared,
        "missing_in = { V = [10] }\n" + declared,
        f"missing_in = {{ {name} = [10] }}\n" + declared,
        declared + CODES + f'{name} = {{ 10 = "missing" }}',
    )
    for text in missing:
        assert column(sav(book, text, values, labels), name) == [4, 6, None, None]
    assert column(sav(book, declared + CODES + f"{name} = {{ 10 = 10 }}", values, labels), name) == values
    assert column(sav(book, declared, values, labels, missing_ranges={"v": [10]}), name) == [4, 6, None, None]


def test_the_ages_and_minutes_of_the_issue(book):
    ages = COLUMNS + 'visits = "v"\n'
    assert "999 “Don't know” counts as the number 999" in stops(book, ages, [40, 45.64, 999], {999: "Don't know"})[0]
    read = sav(book, ages + CODES + 'visits = { 999 = "missing" }', [40, 45.64, 999], {999: "Don't know"})
    assert column(read, "visits") == [40, 45.64, None]
    assert "9999" in stops(book, ages, [30, 31, 9999], {9999: "Refused"})[0]


@pytest.mark.parametrize(
    ("labels", "stopped"),
    [
        ({0: "geen"}, False),
        ({0: "nooit", 1: "één keer", 2: "twee keer"}, False),
        ({1: "1 keer", 2: "2 keer", 6: "6 keer of vaker"}, False),
        ({97: "97 of ouder"}, False),
        ({6: "geen contact gehad"}, True),
        ({6: "heel vaak"}, True),
        ({2: "3 tot 5 keer"}, True),
        ({2: "2 tot 5 keer"}, True),
        ({1: "0", 2: "1"}, True),
    ],
)
def test_a_labelled_count_is_a_number_when_its_label_says_that_number(book, labels, stopped):
    declared, values = COLUMNS + 'visits = "v"\n', [0, 1, 2, 6, *(97 for code in labels if code == 97)]
    if stopped:
        assert stops(book, declared, values, labels)
    else:
        assert column(sav(book, declared, values, labels), "visits") == values


def test_a_label_inside_a_scale_that_is_no_point_of_it_stops(book):
    labels = {1: "zeer slecht", 8: "niet bij deze organisatie geweest", 10: "uitmuntend"}
    assert stops(book, COLUMNS + 'mark = "v"\n', [1, 8, 10], labels, times=5) == [
        f"W182 {PLACE}code 8 “niet bij deze organisatie geweest” counts as the number 8 of mark (5 respondents)."
    ]
    other = {1: "sehr schlecht", 9: "trifft nicht zu", 10: "ausgezeichnet"}
    assert stops(book, COLUMNS + 'mark = "v"\n', [1, 9, 10], other)[0].startswith("W182")
    full = {1: "zeer slecht", 2: "slecht", 3: "niet gebruikt", 4: "goed", 5: "zeer goed"}
    assert stops(book, COLUMNS + 'mark = "v"\n' + RANGES + "mark = [1, 5]", [1, 3, 5], full)[0].startswith("W182")
    labels = {0: "geen contact gehad", 10: "uitmuntend"}
    assert stops(book, COLUMNS + 'mark = "v"\n' + RANGES + "mark = [0, 10]", [0, 10], labels)[0].startswith("W182")


def test_a_grade_that_goes_down_as_it_gets_better_stops(book):
    down = {1: "uitstekend", 10: "zeer slecht"}
    (found,) = stops(book, COLUMNS + 'mark = "v"\n', [1, 2, 10], down)
    assert found.startswith(
        f"W181 {PLACE}of mark, code 1 “uitstekend” is declared 1 (1 respondent), code 10 “zeer slecht”"
    )
    assert stops(book, COLUMNS + 'mark = "v"\n', [2, 3], {11 - code: label for code, label in TEN.items()})
    overruled = COLUMNS + 'mark = "v"\n' + OVERRULED + 'v = { 1 = "uitstekend", 10 = "zeer slecht" }'
    assert column(sav(book, overruled, [1, 2, 10], down), "mark") == [1, 2, 10]


@pytest.mark.parametrize(
    ("labels", "values", "ends"),
    [
        ({0: "zeer slecht", 10: "zeer goed"}, [1, 7, 10], "0 “zeer slecht” to 10 “zeer goed”"),
        ({1: "zeer ontevreden", 5: "zeer tevreden"}, [1, 4, 5], "1 “zeer ontevreden” to 5 “zeer tevreden”"),
        ({1: "zeer ontevreden", 7: "zeer tevreden"}, [1, 4, 5], "1 “zeer ontevreden” to 7 “zeer tevreden”"),
    ],
)
def test_a_scale_with_other_ends_than_the_declared_ones_stops(book, labels, values, ends):
    (found,) = stops(book, COLUMNS + 'mark = "v"\n', values, labels)
    assert found == (
        f"W181 {PLACE}the scale of mark runs from {ends} in the file and from 1 to 10 as declared (3 respondents)."
    )
    low, high = labels
    assert sav(book, COLUMNS + 'mark = "v"\n' + RANGES + f"mark = [{low}, {high}]", values, labels).notices == ()


def test_labels_inside_a_scale_are_not_its_ends_when_somebody_answered_beyond(book):
    assert sav(book, COLUMNS + 'mark = "v"\n', [1, 4, 9], {2: "slecht", 8: "goed"}).notices == ()


def test_eleven_codes_for_nought_to_ten_stop(book):
    labels = {code: f"{code - 1}" for code in range(1, 12)}
    (found,) = stops(book, COLUMNS + 'mark = "v"\n', [1, 8, 10], labels)
    assert found.startswith(f"W181 {PLACE}of mark, code 1 “0” is declared 1 (1 respondent)")
    codes = ", ".join(f"{code} = {code - 1}" for code in labels)
    read = sav(
        book, COLUMNS + 'mark = "v"\n' + RANGES + "mark = [0, 10]\n" + CODES + f"mark = {{ {codes} }}", [1, 8], labels
    )
    assert column(read, "mark") == [0, 7]


@pytest.mark.parametrize(
    ("question", "stopped"),
    [
        ("Welk cijfer geeft u, van 0 tot en met 10?", True),
        ("How do you rate this on a scale from 0 to 10?", True),
        ("Welk rapportcijfer geeft u, op een schaal van 1 tot 10?", False),
        ("Welk cijfer geeft u voor de afgelopen 0 tot 5 maanden?", True),
        ("Hoe beoordeelt u de afgelopen 1 tot 5 jaar?", False),
    ],
)
def test_the_question_may_say_which_scale_it_is(book, question, stopped):
    text = COLUMNS + 'mark = "v"\n'
    data = {"v": [1.0, 7.0]}
    if stopped:
        assert book.problems(text, data, column_labels={"v": question})[0].startswith("W181")
        text += RANGES + ("mark = [1, 10]" if "maanden" in question else "mark = [0, 10]")
    assert book.read(text, data, column_labels={"v": question}).notices == ()


# Missing codes


def test_missing_of_one_column_stands_in_the_place_of_that_of_all(book):
    text = COLUMNS + 'mark = "v"\nvisits = "w"\n' + RANGES + "mark = [0, 10]"
    data = {"v": [0, 8, 9, 10], "w": [1, 2, 8, 9]}
    found = book.problems("missing = [8, 9]\n" + text, data)
    place = "data/responses/2016.parquet, column v: "
    assert found == [
        f"W184 {place}8 is missing in every column and lies among the answers to mark (1 respondent).",
        f"W184 {place}9 is missing in every column and lies among the answers to mark (1 respondent).",
    ]
    read = book.read("missing = [8, 9]\nmissing_in = { v = [] }\n" + text, data)
    assert column(read, "mark") == [0, 8, 9, 10]
    assert column(read, "visits") == [1, 2, None, None]
    read = book.read("missing = [8, 9]\nmissing_in = { mark = [8, 9] }\n" + text, data)
    assert column(read, "mark") == [0, None, None, 10]


def test_a_missing_code_that_the_file_itself_explains_is_none_to_ask_about(book):
    text = "missing = [8, 9]\n" + COLUMNS + 'mark = "v"\n'
    assert column(sav(book, text, [7, 8, 9], {8: "weet niet", 9: "geen antwoord"}), "mark") == [7, None, None]
    assert column(sav(book, text, [7, 8, 9], {}, missing_ranges={"v": [8, 9]}), "mark") == [7, None, None]


def test_a_missing_code_between_counts_is_asked_about_and_one_above_is_not(book):
    text = "missing = [98, 99]\n" + COLUMNS + 'visits = "v"'
    assert column(book.read(text, {"v": [1, 12, 98, 99]}), "visits") == [1, 12, None, None]
    found = book.problems(text, {"v": [60, 98, 120, 600]})
    assert "98 is missing in every column and lies among the answers to visits (1 respondent)" in found[0]
    assert book.problems(text.replace("98, 99", "0"), {"v": [0, 2, 0]})


def test_a_missing_code_that_is_labelled_as_an_answer_stops(book):
    text = "missing = [9]\n" + COLUMNS + 'used = "v"\n' + CODES + 'used = { 1 = "yes" }'
    assert stops(book, text, [1, 9, 9], {1: "ja", 9: "nee"})[0].endswith(
        "code 9 “nee” is declared missing (2 respondents)."
    )


@pytest.mark.parametrize("codes", [[999] * 2, [9999], [99] * 6, [88888]])
def test_a_code_of_nines_far_above_all_else_is_asked_about_without_a_label(book, codes):
    text, values = COLUMNS + 'visits = "v"\n', [*range(18, 88), *codes]
    found = book.problems(text, {"v": values})
    assert found[0].startswith(f"W182 data/responses/2016.parquet, column v: {codes[0]} counts as a number of visits")
    read = book.read(text + RANGES + "visits = [0, 99999]", {"v": values})
    assert column(read, "visits") == values


def test_a_number_of_nines_among_others_is_a_number(book):
    for values in ([*range(60, 130)], [18, 40, 95, 97, 98, 99], [100, 500, 998, 999, 1000, 1200]):
        assert column(book.read(COLUMNS + 'visits = "v"', {"v": values}), "visits") == values


def test_many_labels_may_be_answers_that_were_typed_and_are_not_shown(book):
    labels = {code: f"ja, zei buurman {code}" for code in range(2, 60)} | {1: "nee, zei Piet"}
    found = stops(book, COLUMNS + 'used = "v"\n' + CODES + 'used = { 1 = "yes", "2..60" = "no" }', [1, 2], labels)
    assert "W181" in found[0]
    assert "buurman" not in found[0]
    assert "Piet" not in found[0]


def test_a_label_that_may_be_what_one_person_typed_is_not_shown(book):
    text = COLUMNS + 'mark = "v"\n'
    for values, shown in (([1, 8, 10], False), ([1, 8, 8, 8, 8, 8, 10], True)):
        found = stops(book, text, values, {1: "slecht", 8: "bij Jan de Vries", 10: "goed"})
        assert ("Jan de Vries" in found[0]) == shown
    with pytest.raises(ProblemsError) as error:
        sav(book, COLUMNS + 'used = "v"\n' + YES_NO, [1, 2], {1: "nee, zei mijn buurman Jan de Vries", 2: "ja"})
    assert "Jan" not in str(error.value)
    assert 'write v = { 1 = "…", 2 = "ja" }' in str(error.value)
