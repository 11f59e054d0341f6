import polars as pl

from wavebook.survey.files.quoting import counted, quoted

ROWS = pl.LazyFrame({"a": ["x"] * 6 + ["Jan"] + [None], "who": [1, 1, 1, 1, 2, 2, 3, 3]})


def test_values_are_counted_with_the_most_frequent_first():
    assert counted(ROWS, pl.col("a"), pl.lit(True)) == [("x", 6), ("Jan", 1)]
    assert counted(ROWS, pl.col("a"), pl.col("who") == 3) == [("Jan", 1)]


def test_a_person_counts_once():
    assert counted(ROWS, pl.col("a"), pl.lit(True), pl.col("who")) == [("x", 2), ("Jan", 1)]


def test_what_enough_gave_is_quoted_and_of_all_else_the_length():
    assert quoted([("x", 6), ("Jan", 4)]) == "“x” (6 respondents) and another text of 3 characters (4 respondents)"
    assert quoted([("x", 6)], enough=7) == "a text of 1 character (6 respondents)"
    assert quoted([]) == ""


def test_a_long_text_is_cut_and_no_more_than_five_are_quoted():
    assert f"“{'a' * 59}…”" in quoted([("a" * 61, 5)])
    assert quoted([(letter, 9) for letter in "abcdefg"]).endswith("and 2 other texts of 1 character (18 respondents)")
