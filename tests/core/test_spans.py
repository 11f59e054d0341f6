import pytest

from wavebook.core.spans import halves, overlap, span


@pytest.mark.parametrize(
    ("code", "ends"),
    [
        ("8..10", (8.0, 10.0)),
        ("07", (7.0, 7.0)),
        ("2..", (2.0, float("inf"))),
        ("..-1,5", (float("-inf"), -1.5)),
        ("A", ("A", "A")),
        ("A..", ("A", chr(0x10FFFF))),
        ("05-10-2016..09-11-2015", ("05-10-2016", "09-11-2015")),  # which comes first, the column's format says
    ],
)
def test_a_code_stands_for_all_between_its_ends(code, ends):
    assert span(code) == ends


@pytest.mark.parametrize("code", ["", "..", "10..8", "C..A", "1..b"])
def test_what_is_no_range_is_refused(code):
    with pytest.raises(ValueError, match="is not a code or a range"):
        span(code)


def test_a_range_has_two_halves_as_they_are_written():
    assert halves(" 1 .. 05 ") == ("1", "05")
    assert halves("07") == ("07", "07")


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [("1..5", "5", True), ("1..5", "6..", False), ("1..5", "A", False), ("A..C", "B", True), ("A..C", "D..", False)],
)
def test_ranges_overlap_when_a_value_is_in_both(one, other, both):
    assert overlap(span(one), span(other)) is overlap(span(other), span(one)) is both
