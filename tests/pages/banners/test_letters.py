"""The letters of a row, and when there are none."""

import pytest
from bannered import bannered, emptied
from by_hand import made
from small import SmallBook

from wavebook.figures import Figures
from wavebook.pages.banners.layout import Layout, Options
from wavebook.pages.banners.letters import Judge


def by_hand(low, high, indicator="grade", **options):
    """The letters of two groups with these cells."""
    _, _, category = indicator.partition(".")
    figures = made({f"{indicator}@theme=school": {"2014": low}, f"{indicator}@theme=work": {"2014": high}})
    layout = Layout(figures, Options(**options))
    (table,) = layout
    found = Judge(figures, layout.options).letters(table, category)
    return {column.place[2]: text for column, text in found.items()}


def cells(value, se=0.1, n=400):
    return {"value": value, "se": se, "n": n}


LOW, HIGH = ({"indicator": "grade", "segment_by": "theme", "unit": "grade", "segment": s} for s in ("school", "work"))


def letters(root, low, high, among=(), **options):
    """The letters of two groups with these cells, and of more groups by their values."""
    small = emptied(SmallBook(root))
    small.add("2014", **LOW, **low)
    small.add("2014", **HIGH, **high)
    for name, value in among:
        small.edit(
            "indicators.toml",
            "[indicators.grade]",
            f'[segments.theme.values.{name}]\nnl = "{name}"\nen = "{name}"\n\n[indicators.grade]',
        )
        small.add("2014", **{**HIGH, "segment": name}, value=value, se="0.1", n="400")
    figures = small.load()
    layout = Layout(figures, Options(**options))
    (made,) = layout
    found = Judge(figures, layout.options).letters(made, "")
    return {column.place[2]: text for column, text in found.items()}


@pytest.mark.parametrize(
    ("low", "high", "options", "expected"),
    [
        (cells(6.71), cells(7.02), {}, {}),  # 0.31 is three errors of one, two if they move against each other
        (cells(6.71), cells(7.02), {"independent": True}, {"work": "B"}),
        (cells(6.71), cells(7.12), {}, {"work": "B"}),
        (cells(6.71), cells(6.96), {"independent": True}, {}),
        (cells(6.71), cells(6.96), {"independent": True, "ninety": True}, {"work": "b"}),
        (cells(6.71, n=29), cells(7.92), {}, {}),
        (cells(6.71, n=None), cells(7.92), {}, {}),
        (cells(6.71, se=None), cells(7.92), {}, {}),
        (cells(6.7), cells(7.1), {}, {}),  # 6.75 and 7.05, before they were rounded
    ],
)
def test_a_letter_needs_more_than_chance_and_rounding_explain(low, high, options, expected):
    assert by_hand(low, high, **options) == expected


def test_pairs_are_judged_together_unless_each_by_itself(tmp_path):
    among = [("a", "6.751"), ("b", "6.752"), ("c", "6.753")]
    low, high = cells(6.711), cells(7.012)  # 2.13 errors
    alone = letters(tmp_path / "1", low, high, among, independent=True, holm=False)
    together = letters(tmp_path / "2", low, high, among, independent=True)
    assert (alone, together) == ({"work": "B"}, {})


def test_a_kept_correlation_counts(monkeypatch):
    pair = {"grade@theme=school,2014", "grade@theme=work,2014"}
    monkeypatch.setattr(Figures, "correlation_of", lambda self, *names: (0.0, 0.02) if {*names} == pair else None)
    assert by_hand(cells(6.71), cells(7.02)) == {"work": "B"}


def test_a_share_of_nobody_is_compared_by_its_limits():
    low, high = cells(0, se=0), cells(3, se=0.9)
    assert by_hand(low, high, "share.yes", independent=True) == {"work": "B"}
    assert by_hand(low, cells(1, se=0.5), "share.yes", independent=True) == {}


def test_changes_are_tested_one_by_one(tmp_path):
    small = bannered(SmallBook(tmp_path))
    small.row("2013", 2, value="6.72", se="0.03", n="1800")
    figures = small.load()
    layout = Layout(figures, Options(since="previous"))
    judge = Judge(figures, layout.options)
    table, *_ = layout
    assert {column.name: sign for column, sign in judge.moved(table, "").items()} == {"Iedereen": "▲"}
