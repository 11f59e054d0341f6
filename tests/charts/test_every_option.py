"""Each option of each form does something to the picture or the order of its table."""

from functools import cache

import pytest
from drawn import edition
from sweeps import often

from wavebook import charts
from wavebook.charts.form import Form

NAMES = ("brieven", "balie", "site")
SHARES = ((29, 11, 26, 34), (12, 5, 41, 42), (22, 23, 25, 30))
ROWS = [
    (year, f"{name}.c{i}", value - [0, 3, 1][at] * (i == 3) * (year == "2008"))
    for year in ("2008", "2014")
    for at, (name, shares) in enumerate(zip(NAMES, SHARES, strict=True))
    for i, value in enumerate(shares)
]
FOUND = edition(ROWS, **dict.fromkeys(NAMES, ("percent", ("nooit", "soms", "vaak", "altijd"))))
NOW = FOUND.select(*(f"{name}.c3" for name in NAMES))
BOTH = FOUND.select(*(f"{name}.c3" for name in NAMES), waves="both")
SELECTED = {"bars": NOW, "change": BOTH, "dots": NOW, "slope": BOTH, "stacked": FOUND.select(*NAMES)}
VALUES = {
    "sort": "ascending",
    "order": ["site", "balie"],
    "highlight": "site",
    "label": "none",
    "note": {"site": "een opmerking"},
    "reference": "balie.c1",
    "scale": (0, 99),
    "height": 444,
}
CASES = [
    *((form, option) for form in SELECTED for option in getattr(charts, form).takes if option in VALUES),
    *((form, "beside") for form in ("bars", "dots")),
    *(("stacked", option) for option in ("middle", "apart")),
]


def seen(form, selection, **asked):
    payload = getattr(charts, form)("a", selection, **asked).payload
    return payload["svg"]["wide"], payload["table"]["rows"]


@cache
def plain(form):
    return seen(form, SELECTED[form])


QUICK = [("bars", "sort"), ("change", "note"), ("dots", "beside"), ("slope", "label"), ("stacked", "middle")]


@pytest.mark.parametrize(("form", "option"), often(CASES, *QUICK))
def test_an_option_does_something(form, option):
    if option == "beside":
        beside, as_it_is = (seen(form, BOTH, beside=part) for part in ("wave", "indicator"))
        assert beside != as_it_is
        return
    value = VALUES.get(option, "c1")
    picture, rows = seen(form, SELECTED[form], **{option: value})
    assert picture != plain(form)[0]
    assert sorted(rows) == sorted(plain(form)[1]) or option == "apart"
    assert (rows != plain(form)[1]) == (option in ("sort", "order", "apart"))


def test_no_option_of_these_forms_is_left_out():
    taken = {(form, option) for form in SELECTED for option in getattr(charts, form).takes}
    assert taken == set(CASES)
    assert all(isinstance(getattr(charts, form), Form) for form in SELECTED)
