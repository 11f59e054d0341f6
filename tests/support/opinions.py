"""A made-up survey of opinions in three waves, for charts and tables that editors draw with other programs."""

from drawn import broken, edition

OPINIONS = ("zeer tevreden over de dienstverlening", "tevreden", "neutraal", "ontevreden")
SHARES = {"2008": (41, 30, 20, 9), "2010": (44, 32, 17, 7), "2014": (38, 29, 22, 11)}


def opinions(language="nl", breaks=()):
    """Shares that are parts of one whole, and a mean grade with its interval."""
    rows = [(wave, f"oordeel.c{i}", value) for wave, values in SHARES.items() for i, value in enumerate(values)]
    ends = {"ci_low": 6.51, "ci_high": 7.02, "n": 1234, "se": 0.13}
    rows += [("2008", "cijfer", 6.4), ("2014", "cijfer", 6.7634, ends)]
    return edition(
        rows, breaks=breaks, oordeel=("percent", OPINIONS), cijfer=("grade", ()), language=language, wave="2014"
    )


def divided():
    """The same with a full break after 2010."""
    return opinions(breaks=[broken("full")])
