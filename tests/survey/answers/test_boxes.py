"""Check-boxes with blank for no, and several answers in one cell: who counts as asked."""

import polars as pl
import pyreadstat
import pytest
from answered import CODES, COLUMNS, column, notices

from wavebook.survey.answers import boxes
from wavebook.survey.demo import with_sets
from wavebook.survey.wave import estimate_wave

ASKED = "[waves.2016.responses.asked_if]\n"
BOXES = 'channel = { phone = "c1", desk = "c2" }\n'
PLACE = "data/responses/2016.parquet, column "


def shares(read, *names):
    """The share of each and how many it is of."""
    frame = read.frame.collect()
    return [(round(100 * frame[name].mean(), 1), frame[name].count()) for name in names]


def ticked(*counts, rows=100, code=1, asked=None):
    """Columns c1, c2 … of which the first so many respondents ticked each; q says who was asked."""
    data = {f"c{i}": [code] * count + [None] * (rows - count) for i, count in enumerate(counts, 1)}
    return data | {"q": [1] * (asked or rows) + [2] * (rows - (asked or rows))}


PHONE_AND_DESK = ("channel.phone", "channel.desk")


@pytest.mark.parametrize(
    "codes",
    [
        "",
        CODES + 'channel = { 1 = "yes" }',
        CODES + 'channel = { 1 = "yes", 0 = "no" }',
        CODES + 'channel = { 1 = "yes", blank = "no" }',
    ],
)
def test_who_was_asked_and_ticked_nothing_counts_as_asked(book, codes):
    read = book.read(COLUMNS + BOXES + codes + "\n" + ASKED + "channel = { q = [1] }", ticked(30, 20))
    assert shares(read, *PHONE_AND_DESK) == [(30, 100), (20, 100)]
    assert read.notices == ()


def test_the_figures_of_boxes_are_of_all_who_were_asked(book):
    rules = '[disclosure]\nminimum_base = 10\ndominance_share = 90\nsource = "verzonnen"\n'
    text = f"{COLUMNS}{BOXES}{ASKED}channel = {{ q = [1] }}\n{rules}"
    book.declare(text)
    pl.DataFrame(ticked(30, 20)).write_parquet(book.folder / "2016.parquet")
    estimate_wave(book.root, "2016")
    figures = pl.read_csv(book.root / "data" / "figures" / "2016.csv")
    assert figures.select("category", "value", "n").rows() == [("desk", 20, 100), ("phone", 30, 100)]


def test_who_was_not_asked_does_not(book):
    read = book.read(COLUMNS + BOXES + ASKED + "channel = { q = [1] }", ticked(30, 20, asked=80))
    assert shares(read, *PHONE_AND_DESK) == [(37.5, 80), (25, 80)]


def test_blank_is_no_of_everyone_where_nothing_says_who_was_asked(book):
    read = book.read(COLUMNS + BOXES + CODES + 'channel = { 1 = "yes", blank = "no" }', ticked(30, 20))
    assert shares(read, *PHONE_AND_DESK) == [(30, 100), (20, 100)]


@pytest.mark.parametrize("codes", ["", CODES + 'channel = { 1 = "yes" }'])
def test_what_a_blank_means_must_be_said(book, codes):
    assert book.problems(COLUMNS + BOXES + codes, ticked(30, 20)) == [
        f"W180 {PLACE}c1, c2: hold boxes of channel, some ticked and some empty, "
        "and nothing says who was asked (70 of 100 respondents ticked nothing)."
    ]


def test_where_everybody_ticked_something_a_blank_can_only_be_a_no(book):
    data = {"c1": [1, 1, None, None], "c2": [None, 1, 1, 1]}
    assert shares(book.read(COLUMNS + BOXES, data), *PHONE_AND_DESK) == [(50, 4), (75, 4)]


def test_three_of_thirteen_boxes_have_the_base_of_all(book):
    data = {f"c{i}": [1 if row % 13 == i - 1 else None for row in range(130)] for i in range(1, 14)}
    some = COLUMNS + 'aspect = { a = "c1", b = "c2", c = "c3" }\n'
    every = some.replace("}", f", other = {[f'c{i}' for i in range(4, 14)]} }}")
    for declared in (some, every):
        read = book.read(declared + CODES + 'aspect = { 1 = "yes", blank = "no" }', data)
        assert shares(read, "aspect.a", "aspect.c") == [(7.7, 130), (7.7, 130)]
    assert shares(book.read(every, data), "aspect.a") == [(7.7, 130)]
    assert book.problems(some, data)[0].startswith(f"W180 {PLACE}c1, c2, c3: hold boxes of aspect, some ticked")
    assert book.problems(some + CODES + 'aspect = { 1 = "yes", blank = "missing" }', data) == [
        f"W180 {PLACE}c1, c2, c3: who ticked one of these is the base of aspect, "
        "and c4 to c13 look like boxes of the same question."
    ]


def test_a_box_that_nobody_ticked_is_zero_and_a_block_that_nobody_ticked_is_empty(book):
    asked = ASKED + "channel = { q = [1] }"
    read = book.read(COLUMNS + BOXES + asked, ticked(30, 0))
    assert shares(read, *PHONE_AND_DESK) == [(30, 100), (0, 100)]
    assert [notice.code for notice in read.notices] == ["W143"]
    data = {name: pl.Series(values, dtype=pl.Int64) for name, values in ticked(0, 0).items()}
    assert book.problems(COLUMNS + BOXES + asked, data) == [f"W113 {PLACE}c1, c2: is empty: nobody answered channel."]


def test_boxes_of_zero_and_one_need_no_word(book):
    data = {"c1": [1, 0, None, 1], "c2": [0, 1, None, 0], "q": [1, 1, 2, 1]}
    for asked in ("", ASKED + "channel = { q = [1] }"):
        read = book.read(COLUMNS + BOXES + asked, data)
        assert column(read, "channel.phone") == [1, 0, None, 1]
        assert read.notices == ()


def test_one_box_of_a_block_with_nothing_but_yes_is_asked_about(book):
    data = {"c1": [1, 0, 0, 1], "c2": [1, None, 1, None]}
    assert book.problems(COLUMNS + BOXES, data) == [
        f"W180 {PLACE}c2: has yes and empty cells but no no, "
        "and nothing says what these mean for channel (2 respondents)."
    ]


def test_a_single_question_with_nothing_but_yes_is_asked_about(book):
    text = COLUMNS + 'used = "v"\n' + CODES + 'used = { 1 = "yes", 2 = "no" }'
    assert [line[:4] for line in book.problems(text, {"v": [1] * 30 + [None] * 70})] == ["W180"]
    read = book.read(text.replace('2 = "no"', '2 = "no", blank = "missing"'), {"v": [1] * 30 + [None] * 70})
    assert shares(read, "used") == [(100, 30)]
    read = book.read(text.replace('2 = "no"', 'blank = "no"'), {"v": [1] * 30 + [None] * 70})
    assert shares(read, "used") == [(30, 100)]


def test_a_blank_in_a_block_of_ratings_stays_no_answer(book):
    text = COLUMNS + 'aspect = { a = "v1", b = "v2" }\n' + CODES + 'aspect = { "4..5" = "yes", "1..3" = "no" }\n'
    read = book.read(text, {"v1": [5, 1, None, 4], "v2": [None, 4, 3, 2]})
    assert column(read, "aspect.a") == [1, 0, None, 1]


def test_a_missing_code_in_a_box_is_no_answer(book):
    text = "missing = [9]\n" + COLUMNS + BOXES + CODES + 'channel = { 1 = "yes", blank = "no" }'
    read = book.read(text, {"c1": [1, 9, None], "c2": [None, 9, None]})
    assert column(read, "channel.phone") == [1, None, 0]


def test_a_blank_may_mean_yes_or_a_number_and_always_of_who_was_asked(book):
    text = COLUMNS + 'used = "v"\nvisits = "n"\ntheme = "t"\n' + CODES
    text += 'used = { 2 = "no", blank = "yes" }\nvisits = { blank = 0 }\n'
    text += 'theme = { 1 = "education", blank = "housing" }\n' + ASKED
    text += "used = { q = [1] }\nvisits = { q = [1] }\ntheme = { q = [1] }"
    read = book.read(text, {"v": [2, None, None], "n": [3, None, None], "t": [1, None, None], "q": [1, 1, 2]})
    assert column(read, "used") == [0, 1, None]
    assert column(read, "visits") == [3, 0, None]
    assert column(read, "theme") == ["education", "housing", None]


def test_a_set_of_spss_asks_the_same_and_takes_the_same_answers(book):
    path = book.folder / "2016.sav"
    data = {"k1": [1.0] * 3 + [None] * 7, "k2": [None] * 2 + [1.0] * 3 + [None] * 5, "q": [1.0] * 8 + [2.0] * 2}
    pyreadstat.write_sav(pl.DataFrame(data), path)
    path.write_bytes(with_sets(path.read_bytes(), {"kanalen": ("Welke?", ["k1", "k2"])}))
    text = COLUMNS + 'channel = "$kanalen"\n' + CODES + 'channel = { k1 = "phone", k2 = "desk", blank = "no" }'
    unsaid = text.replace(', blank = "no"', "")
    assert [line[:4] for line in book.problems(unsaid)] == ["W180"]
    assert shares(book.read(text), *PHONE_AND_DESK) == [(30, 10), (30, 10)]
    assert shares(book.read(text.replace('"no"', '"missing"')), *PHONE_AND_DESK) == [(60, 5), (60, 5)]
    assert shares(book.read(unsaid + "\n" + ASKED + "channel = { q = [1] }"), *PHONE_AND_DESK) == [(37.5, 8), (37.5, 8)]


def test_a_set_of_one_and_two_has_a_no_by_its_label(book):
    path = book.folder / "2016.sav"
    labels = {name: {1.0: "genoemd", 2.0: "niet genoemd"} for name in ("k1", "k2")}
    pyreadstat.write_sav(
        pl.DataFrame({"k1": [1.0, 2.0, None], "k2": [1.0, 1.0, None]}), path, variable_value_labels=labels
    )
    path.write_bytes(with_sets(path.read_bytes(), {"kanalen": ("Welke?", ["k1", "k2"])}))
    read = book.read(COLUMNS + 'channel = "$kanalen"\n' + CODES + 'channel = { k1 = "phone", k2 = "desk" }')
    assert column(read, "channel.phone") == [1, 0, None]


# Several answers in a cell

CELLS = ["A;B", "A", " B ; A;", "C", None, None]
MEANT = CODES + 'channel = { A = "phone", B = "desk", C = "other" }\n'


@pytest.mark.parametrize("separator", ['";"', '{ channel = ";" }'])
def test_several_answers_in_a_cell_are_several_answers(book, separator):
    text = f"separator = {separator}\n{COLUMNS}channel = 'k'\n{MEANT}{ASKED}channel = {{ q = [1] }}"
    read = book.read(text, {"k": CELLS, "q": [1, 1, 1, 1, 1, 2]})
    assert column(read, "channel.phone") == [1, 1, 1, 0, 0, None]
    assert column(read, "channel.desk") == [1, 0, 1, 0, 0, None]
    assert read.questions["channel"].columns == ("k",)
    assert read.notices == ()


def test_answers_on_lines_of_their_own_in_a_cell_are_several_answers(book):
    text = f'separator = {{ channel = "\\n" }}\n{COLUMNS}channel = "k"\n{MEANT}{ASKED}channel = {{ q = [1] }}'
    read = book.read(text, {"k": [c and c.replace(";", "\r\n") for c in CELLS], "q": [1, 1, 1, 1, 1, 2]})
    assert column(read, "channel.phone") == [1, 1, 1, 0, 0, None]
    assert column(read, "channel.desk") == [1, 0, 1, 0, 0, None]


def test_a_separator_for_all_leaves_dates_and_codes_of_other_names_alone(book):
    text = f"separator = ';'\n{COLUMNS}channel = 'k'\ntheme = 'day'\n{MEANT}"
    text += 'theme = { "2016-09-01..2016-09-15" = "education", "2016-09-16..2016-10-31" = "housing" }\n'
    days = ["05-10-2016", "01-09-2016", "15-09-2016", "16-09-2016", "30-09-2016", "31-10-2016"]
    read = book.read(f"{text}{ASKED}channel = {{ q = [1] }}", {"k": CELLS, "day": days, "q": [1] * 5 + [2]})
    assert column(read, "theme") == ["housing", "education", "education", "housing", "housing", "housing"]
    assert column(read, "channel.phone") == [1, 1, 1, 0, 0, None]


def test_two_names_may_be_read_from_the_same_cells(book):
    text = 'separator = ";"\n' + COLUMNS + 'channel = "k"\nband = "k"\n' + CODES
    text += 'channel = { A = "phone", B = "desk", C = "other", blank = "no" }\n'
    text += 'band = { A = "high", B = "fail", C = "other", blank = "missing" }'
    read = book.read(text, {"k": CELLS})
    assert column(read, "channel.phone") == [1, 1, 1, 0, 0, 0]
    assert column(read, "band.fail") == [1, 0, 1, 0, None, None]


def test_numbers_in_a_cell_are_codes_as_anywhere(book):
    text = 'separator = ","\nmissing = [9]\n' + COLUMNS + 'channel = "k"\n' + CODES
    text += 'channel = { 1 = "phone", 2 = "desk", blank = "missing" }'
    read = book.read(text, {"k": ["1,2", "02", "9", ""]})
    assert column(read, "channel.phone") == [1, 0, None, None]
    assert column(read, "channel.desk") == [1, 1, None, None]


def test_what_an_empty_cell_means_must_be_said_there_too(book):
    text = 'separator = ";"\n' + COLUMNS + 'channel = "k"\n' + MEANT
    assert book.problems(text, {"k": CELLS}) == [
        f"W180 {PLACE}k: is empty, and nothing says what that means for channel (2 respondents)."
    ]
    read = book.read(text.replace('"other"', '"other", blank = "no"'), {"k": CELLS})
    assert column(read, "channel.phone") == [1, 1, 1, 0, 0, 0]


def test_an_unknown_code_is_told_with_its_place_in_the_cell(book):
    text = 'separator = ";"\n' + COLUMNS + 'channel = "k"\n' + CODES + 'channel = { A = "phone", B = "desk" }'
    found = book.problems(text, {"k": ["A;B;Z", "B", "Z"] * 10})
    assert [line.split(":")[0] for line in found] == [f"W104 {PLACE}k, answer 1", f"W104 {PLACE}k, answer 3"]


@pytest.mark.parametrize("mark", list(";|,/\n"))
def test_a_mark_that_is_not_declared_is_proposed(book, mark):
    found = book.problems(COLUMNS + "channel = 'k'\n" + MEANT, {"k": [c and c.replace(";", mark) for c in CELLS]})
    told = "a line break" if mark == "\n" else mark
    assert (
        f"W183 {PLACE}k: holds several answers to channel in a cell, with {told} between them (2 respondents)." in found
    )


def test_answers_of_which_one_is_not_in_the_codebook_are_known_as_several(book):
    found = book.problems(COLUMNS + "channel = 'k'\n" + MEANT, {"k": ["A, per fax", "A", "B"] * 5})
    assert any(line.startswith(f"W104 {PLACE}k: ") for line in found)
    assert (
        f"W183 {PLACE}k: may hold several answers to channel in a cell, with , between them, some of them unknown "
        "(5 respondents)." in found
    )
    alone = book.problems(COLUMNS + "channel = 'k'\n" + MEANT, {"k": ["eens, of niet", "A", "B"] * 5})
    assert not any("W183" in line for line in alone)


def test_a_text_with_the_mark_in_it_makes_no_columns_without_end(book, monkeypatch):
    monkeypatch.setattr(boxes, "MOST_PARTS", 15)
    text = 'separator = ";"\n' + COLUMNS + 'channel = "k"\n' + MEANT
    found = book.problems(text, {"k": ["A", ";".join(["praat"] * 300)]})
    assert f"W115 {PLACE}k: has cells of more than 15 parts, not the answers to channel." in found
    assert len(found) < 40


@pytest.mark.parametrize("name", ["used", "mark"])
def test_a_separator_of_what_has_no_categories_is_refused(book, name):
    found = book.problems(f'separator = {{ {name} = ";" }}\n{COLUMNS}{name} = "k"', {"k": [1]})
    assert "has no categories" in found[0]


def test_several_answers_in_cells_of_four_are_no_straight_line(book):
    text = 'separator = ";"\n' + COLUMNS + 'aspect = "k"\n'
    read = book.read(text, {"k": ["a;a;a;a", "b", "c", "d"]})
    assert notices(read) == []
