import pytest


def typed(small, *values, decimals=None):
    """The shares of 2014, typed."""
    for line, value in enumerate(values, 6):
        small.row(2014, line, value=value)
    if decimals is not None:
        share = small.path("indicators.toml").read_text(encoding="utf-8")
        head, tail = share.split("[indicators.share]")
        small.write(
            "indicators.toml", f"{head}[indicators.share]{tail.replace('decimals = 0', f'decimals = {decimals}')}"
        )
    return small


@pytest.mark.parametrize(
    ("values", "decimals"),
    [
        (("0.14", "0.70", "0.16"), 0),
        (("0.14", "0.7", "0"), 0),
        (("0.14", "0.70", "0.16"), 1),
        (("0.143", "0.701", "0.156"), 1),
    ],
)
def test_shares_that_are_fractions_are_named(small, values, decimals):
    assert typed(small, *values, decimals=decimals).problems() == [
        "W213 data/figures/2014.csv:6: the 3 shares of share lie between 0 and 1, as fractions do"
    ]


@pytest.mark.parametrize(
    ("values", "decimals"),
    [
        (("14", "70", "16"), 0),
        (("0.4", "0.3", "99.3"), 0),
        (("1", "0", "1"), 0),
        (("0.4", "0.3", "0.1"), 1),  # small shares, and no whole
    ],
)
def test_other_shares_are_read_as_they_are(small, values, decimals):
    figures = typed(small, *values, decimals=decimals).load()
    assert [figures[f"share.{name}"].value for name in ("yes", "no", "maybe")] == [float(value) for value in values]


@pytest.mark.parametrize(
    ("value", "action"), [("69%", "Leave out the sign"), ("#N/B", "the error of a formula"), ("6,9", "a decimal point")]
)
def test_what_is_no_number_is_told_how_to_become_one(small, value, action):
    small.row(2014, 2, value=value)
    with pytest.raises(Exception, match="W213") as error:
        small.load()
    assert action in error.value.problems[0].action


def test_a_title_above_the_names_of_columns_is_named(small):
    path = small.path("figures/2014.csv")
    path.write_text("Cijfers 2014\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert small.problems() == ["W212 data/figures/2014.csv: begins with 'Cijfers 2014', not with the names of columns"]
